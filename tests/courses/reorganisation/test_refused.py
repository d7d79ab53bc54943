"""An act that was refused on its day reads so wherever it is named, with why and what to do."""
import pytest

from lms.kernel.db import db

from courses.reorganisation.plan import Heir
from tests.courses.reorganisation.test_actions import act
from tests.courses.reorganisation.test_ahead import DECEMBER, merged_in_december

WHY = "Ngày 15/12/2026 không có đơn vị “Báo Cao Bằng”. Hãy chọn đơn vị hoặc ngày khác."
SAID = ("Chưa thực hiện: Sáp nhập: Văn phòng Sở Văn hóa → Báo Cao Bằng, theo Quyết định "
        "12/QĐ-UBND. Lẽ ra có hiệu lực từ 15/12/2026 nhưng bị từ chối ngày 15/12/2026; mọi việc "
        "vẫn như trước.")


@pytest.fixture
def refused(world, the_day):
    """The office was to go over to the newspaper, which ended on that day."""
    made = merged_in_december(world)
    world.newspaper.valid_to = DECEMBER
    db.session.flush()
    the_day(DECEMBER)
    db.session.commit()
    return made


def test_the_unit_and_the_person_say_so_and_who_puts_it_right(world, browse, refused):
    ha = browse(world.ha)
    sentence = f"{SAID} {WHY} Phụ trách đào tạo sẽ xử lý hoặc rút văn bản."

    pages = [ha.get(address).text for address in (
        f"/units/{world.office.id}", f"/units/{world.office.id}/coverage",
        f"/people/{world.pao.id}", f"/record/{world.pao.id}", "/units")]

    assert [(sentence in page, "Có hiệu lực từ 15/12/2026" in page) for page in pages] == [
        (True, False)] * 5


def test_the_officer_reads_what_to_do_there_and_on_the_act(world, browse, refused):
    an = browse(world.an)
    unit, page = an.get(f"/units/{world.office.id}"), an.get(f"/reorganisations/{refused.id}")

    assert f"{SAID} {WHY} Hãy mở văn bản để thử lại hoặc rút." in unit.text
    assert unit.links[SAID.partition(" Lẽ ra")[0]] == f"/reorganisations/{refused.id}"
    assert (f"Văn bản này bị từ chối ngày 15/12/2026. Chưa có việc nào được thực hiện; mọi việc "
            f"vẫn như trước. {WHY} Hãy xử lý vướng mắc rồi thử lại, hoặc rút văn bản.") in page.text
    assert "Lẽ ra có hiệu lực từ ngày 15/12/2026" in page.text


def test_the_list_of_acts_says_on_which_day_and_why(world, browse, refused):
    listed = browse(world.an).get("/reorganisations").text

    assert f"bị từ chối ngày 15/12/2026 {WHY}" in listed
    assert "chờ đến ngày" not in listed


def test_the_reason_is_read_in_the_language_of_the_reader(world, browse, refused):
    english = browse(world.an)
    english.client.set_cookie("language", "en")

    assert "There is no unit “Cao Bằng newspaper” on 15/12/2026." in english.get(
        f"/reorganisations/{refused.id}").text


def test_no_page_of_a_day_to_come_says_that_it_waits(world, browse, refused):
    page = browse(world.an).get(f"/units/{world.office.id}/coverage?on=20/12/2026").text

    assert "Tính theo số liệu hôm nay" not in page
    assert "15/12/2026" not in page


def test_once_taken_back_nothing_is_said_any_more(world, browse, refused):
    an = browse(world.an)
    an.post(f"/reorganisations/{refused.id}/taking-back", {})

    assert "Lẽ ra có hiệu lực từ ngày 15/12/2026" in an.get(f"/reorganisations/{refused.id}").text
    assert SAID not in an.get(f"/units/{world.office.id}").text


def test_what_a_fault_stopped_says_that_it_is_tried_again(world, browse, the_day):
    broken = act(world, "split", world.office, on=DECEMBER, heirs=[
        Heir(name_vi="Phòng Một"), Heir(name_vi="Phòng Hai")])
    broken.plan = broken.plan | {"people": {str(world.pao.id): "hai"}}
    db.session.flush()
    the_day(DECEMBER)
    db.session.commit()

    assert ("Chưa thực hiện: Chia tách: Văn phòng Sở Văn hóa → Phòng Một, Phòng Hai, theo Quyết "
            "định 12/QĐ-UBND.") in browse(world.ha).get(f"/units/{world.office.id}").text
    assert "Hệ thống gặp lỗi nên chưa thực hiện được; việc này được thử lại mỗi phút." in browse(
        world.an).get(f"/units/{world.office.id}").text
