"""A wrong key is corrected after the test: who passes by it is told, and has a certificate."""
import re

import pytest

from tests import pdf
from tests.journeys.server import done
from tests.journeys.sitting import PEOPLE, five_fail
from tests.journeys.visitor import DESK, arrives

pytestmark = pytest.mark.browser

COURSE = "Cam kết về lao động"


@pytest.fixture
def five_below(server, demonstration):
    """Five people failed the test of the course by one question, whose key is wrong."""
    done(five_fail, demonstration.folder, server.address)


def figures(trainer):
    """What the test tells, opened from the list of tests."""
    trainer.open("/quizzes/tests")
    trainer.page.get_by_role("link", name=COURSE).click()
    return trainer.text


def correct_the_key(trainer):
    """The trainer takes another answer for right too, and looks at whose marks change."""
    asked = trainer.page.locator("li").filter(has_text="Hiệp định CPTPP có hiệu lực")
    asked.get_by_role("link", name="Sửa đáp án").click()
    trainer.page.get_by_label("08/3/2018").check()
    trainer.page.get_by_label("Lý do").fill("Đáp án in sai")
    trainer.press("Xem điểm của ai thay đổi")


@pytest.mark.usefixtures("five_below")
def test_five_people_pass_by_a_corrected_key_are_told_and_certified(visit):
    trainer = visit("an.tv", viewport=DESK)
    assert "0 trên 5 người đạt." in figures(trainer)
    correct_the_key(trainer)
    assert "5 kết quả thay đổi. 5 người chuyển thành đạt." in trainer.text

    trainer.press("Đổi 5 kết quả")

    assert "5 trên 5 người đạt." in figures(trainer)
    for username in PEOPLE:
        person = visit(username)
        person.open("/messages")
        assert "Đáp án in sai" in person.text
        person.open("/certificates")
        assert person.page.get_by_role("row").filter(has_text=COURSE).count() == 1
    verify(person)
    person.open("/messages")
    person.page.locator("li").filter(has_text="Đáp án in sai").get_by_role("button").click()
    arrives(person.page, r"/attempts/\d+$")
    assert "Đạt, 60 trên 100 điểm" in person.text
    assert "Đáp án in sai" in person.text


def verify(person):
    """The certificate is opened as a file, and its number is found where anybody may ask."""
    person.page.locator("main").get_by_role("link", name=COURSE).click()
    paper = person.context.request.get(person.links("a[href$='.pdf']")[0])
    printed = " ".join(line.text for page in pdf.pages(paper.body()) for line in page)
    number = re.search(r"\d+/2026/[\w-]+", printed)[0]
    person.open(person.links("a[href*='/c/']")[0])
    assert "Còn hiệu lực" in person.text
    assert number in person.text
