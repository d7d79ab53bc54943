"""A list whose rows name no unit, or name it otherwise than the system does."""
import pytest

from lms.kernel.db import db
from lms.organisations.models import Unit
from lms.people.import_actions import confirm, tell_units, undo
from lms.people.lists.letterhead import texts_above
from lms.people.models import Import

from tests.lms.people.test_import_pages import called, uploaded
from tests.lms.people.test_workbook import sheet_of
from tests.world import BEGINNING

LETTERHEAD = "UBND TỈNH CAO BẰNG;;\n{unit};;\n;;\nDANH SÁCH CÁN BỘ;;\n"
LIST = "STT;Họ và tên;Ngày sinh\n1;Sầm Thị Loan;28/02/1990\n2;Mã Thế Vinh;1978\n"
STRANGE = ("STT;Họ và tên;Ngày sinh;Đơn vị\n1;Sầm Thị Loan;28/02/1990;Sở VH và TT\n"
           "2;Mã Thế Vinh;1978;Sở VH và TT\n")


@pytest.fixture
def listed(world, browse):
    """A list that the contact person sends: its import, as last read."""
    ha = browse(world.ha)

    def send(text):
        address = uploaded(ha, text)
        return db.session.get(Import, int(address.rsplit("/", 1)[1]))
    return send


def units_of(batch):
    """The unit that each row of the list is taken for."""
    return [row["unit_id"] for row in batch.plan["rows"]]


def warned(batch):
    """Who is to be looked at, and why."""
    return [(row["row"]["full_name"], note["code"]) for row in batch.plan["rows"]
            for note in row["warnings"]]


def test_the_letterhead_says_whose_people_these_are(world, listed):
    batch = listed(LETTERHEAD.format(unit="SỞ VĂN HÓA") + LIST)

    assert units_of(batch) == [world.department.id, world.department.id]
    assert batch.plan["units"] == [
        {"name": "", "rows": 2, "unit_id": world.department.id, "told": False}]


def test_who_would_move_because_of_the_letterhead_alone_is_to_be_looked_at(world, listed):
    letterhead = LETTERHEAD.format(unit="SỞ VĂN HÓA")
    batch = listed(f"{letterhead}{LIST}3;Vàng A Páo;1988\n")
    assert warned(batch) == [("Vàng A Páo", "letterhead-moves")]

    tell_units(batch, {"": world.department.key}, by=world.ha)
    assert warned(batch) == []


def test_a_unit_beyond_the_clerks_own_is_not_taken_from_the_letterhead(world, listed):
    batch = listed(LETTERHEAD.format(unit=world.newspaper.name_vi.upper()) + LIST)

    assert units_of(batch) == [None, None]


def test_the_letterhead_says_nothing_where_rows_name_their_units(world, listed):
    batch = listed(LETTERHEAD.format(unit="SỞ VĂN HÓA") + LIST.replace(
        "sinh\n", "sinh;Đơn vị\n").replace("1990\n", "1990;Văn phòng Sở Văn hóa\n"))

    assert units_of(batch)[1] is None


def test_the_clerk_says_once_which_unit_a_name_means(world, listed):
    batch = listed(STRANGE)
    assert units_of(batch) == [None, None]
    assert batch.plan["units"] == [
        {"name": "Sở VH và TT", "rows": 2, "unit_id": None, "told": False}]

    tell_units(batch, {"Sở VH và TT": world.department.key}, by=world.ha)
    assert units_of(batch) == [world.department.id, world.department.id]
    confirm(batch, by=world.ha)
    assert [post.unit_id for person in called("Mã Thế Vinh")
            for post in person.postings] == [world.department.id]
    undo(batch, by=world.ha)


def test_the_preview_asks_for_the_unit_and_takes_the_answer(world, browse):
    ha = browse(world.ha)
    address = uploaded(ha, LIST)
    assert "Các dòng không ghi đơn vị" in ha.get(address).text

    answer = ha.follow(ha.post(f"{address}/units", {"name": "", "unit": world.department.id}))
    assert "2 dòng sẽ thay đổi" in answer.text
    beyond = ha.follow(ha.post(f"{address}/units", {"name": "", "unit": world.newspaper.id}))
    assert "2 dòng sẽ thay đổi" in beyond.text


def test_of_a_letterhead_the_lowest_line_comes_first():
    sheet = sheet_of(["UBND TỈNH CAO BẰNG\nSỞ TƯ PHÁP", "", "CỘNG HÒA XÃ HỘI"],
                     ["", "Đơn vị: Phòng Hành chính"], ["STT", "Họ và tên"])

    assert texts_above(sheet, 2) == ("Phòng Hành chính", "SỞ TƯ PHÁP", "UBND TỈNH CAO BẰNG",
                                     "CỘNG HÒA XÃ HỘI", "Danh sách")


def test_the_peoples_committee_of_a_place_is_the_unit_of_that_place(world, listed):
    db.session.add(Unit(key="TL", name_vi="Xã Trà Lĩnh", valid_from=BEGINNING))
    db.session.commit()
    batch = listed(STRANGE.replace("Sở VH và TT", "UBND xã Trà Lĩnh"))

    assert batch.plan["units"] == []
