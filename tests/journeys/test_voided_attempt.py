"""An attempt is voided and restored: its owner reads why, and the certificate follows."""
import pytest

from tests.journeys.server import done
from tests.journeys.sitting import one_passes
from tests.journeys.visitor import DESK, arrives

pytestmark = pytest.mark.browser

COURSE = "Cam kết về lao động"


@pytest.fixture
def passed(server, demonstration):
    """Pao has passed the test of the course, and has its certificate."""
    done(one_passes, demonstration.folder, server.address)


def attempt_of(officer, name):
    """The officer opens the attempt of ``name``, on the way from the list of tests."""
    officer.open("/quizzes/tests")
    officer.page.get_by_role("link", name=COURSE).click()
    arrives(officer.page, "/insight")
    officer.open(officer.path.replace("insight", "watch"))
    officer.press(name)


def certificate_of(trainee):
    """What the page of the certificate of the course says."""
    trainee.open("/certificates")
    trainee.page.get_by_role("row").filter(has_text=COURSE).get_by_role("link").first.click()
    trainee.page.wait_for_load_state()
    return trainee.text


@pytest.mark.usefixtures("passed")
def test_the_certificate_of_a_voided_attempt_is_under_review_until_it_is_restored(visit):
    officer, trainee = visit("an.lh", viewport=DESK), visit("pao.va")
    assert "xem xét lại" not in certificate_of(trainee)
    attempt_of(officer, "Vàng A Páo")
    officer.press("Hủy lần làm bài này")
    officer.page.get_by_label("Lý do").fill("Nhờ người khác làm hộ")
    officer.page.get_by_label("Vẫn tính là một lần làm bài").check()

    officer.press("Hủy lần làm bài")

    assert "Đã hủy lần làm bài" in officer.text
    assert "xem xét lại" in certificate_of(trainee)
    trainee.open("/messages")
    trainee.page.locator("li").filter(has_text="Nhờ người khác làm hộ").filter(
        has_text="bị hủy").get_by_role("button").click()
    arrives(trainee.page, r"/attempts/\d+$")
    assert "Bị hủy; bài được 60 trên 100 điểm" in trainee.text
    officer.press("Khôi phục lần làm bài này")
    officer.page.get_by_label("Lý do").fill("Xác minh lại: chính người này làm")
    officer.press("Khôi phục lần làm bài")
    assert "lại được tính" in officer.text
    assert "xem xét lại" not in certificate_of(trainee)
