"""A list written: each person once, at once, and out of reach of whoever was erased."""
from datetime import date
from io import BytesIO

import pytest

from lms.kernel.db import db
from lms.kernel.sheets import Table, write_workbook
from lms.people.actions import post
from lms.people.erasing import ask_erasure, erase
from lms.people.import_actions import confirm, undo, upload
from lms.people.models import Person, Posting
from lms.people.queries import memberships_of, postings_of
from lms.people.rule_actions import set_rule

from tests.lms.people.short_lists import HEADINGS, LOAN, PAO, TODAY, rows, sending
from tests.statements import counted


@pytest.fixture
def sent(world):
    """``sent(row, …)``: a list Hạ uploads."""
    return sending(world)


@pytest.mark.parametrize("again", [
    LOAN, LOAN.upper(), LOAN.replace("22/12/1990", "1990"), LOAN.replace("22/12/1990", ""),
    LOAN.replace("Kế toán viên", "Văn thư")])
def test_a_row_that_may_be_an_earlier_newcomer_is_left_out(world, sent, again):
    assert rows(sent(LOAN, again)) == [("new", []), ("fault", ["twice"])]
    assert rows(sent(again, LOAN)) == [("new", []), ("fault", ["twice"])]


@pytest.mark.parametrize("other", [
    LOAN.replace("1990", "1991"), LOAN.replace("22/12/1990", "1991"), LOAN + "M2",
    LOAN.replace("22/12/1990", "1990") + "M2"])
def test_namesakes_told_apart_by_birth_or_code_are_two(world, sent, other):
    one = LOAN + "M1"

    assert rows(sent(one, other)) == [("new", []), ("new", [])]
    assert not sent(one, other).plan["rows"][1]["warnings"]


def test_one_name_and_birth_in_two_units_is_looked_at(world, sent):
    batch = sent(LOAN, LOAN.replace("Sở Văn hóa", "Văn phòng Sở Văn hóa"))

    assert [(item["outcome"], [note["code"] for note in item["warnings"]])
            for item in batch.plan["rows"]] == [("new", []), ("new", ["twice-elsewhere"])]


def test_somebody_in_two_rows_is_not_moved_to_and_fro(world, sent):
    there = PAO.replace("Văn phòng Sở Văn hóa", "Sở Văn hóa")

    assert rows(sent(PAO, there)) == [("unchanged", []), ("fault", ["two-units"])]
    assert rows(sent(there, PAO)) == [("fault", ["two-units"]), ("unchanged", [])]
    assert rows(sent(PAO, PAO.replace("Chuyên viên", "Chánh văn phòng"))) == [
        ("unchanged", []), ("fault", ["twice"])]


def test_two_posts_that_somebody_holds_stand_in_two_rows(world, sent):
    post(world.pao, {"unit": world.department, "title": "Thư ký", "main": False,
                     "valid_from": date(2026, 7, 1)}, by=world.an)

    assert rows(sent(PAO, "Vàng A Páo;1988;;Thư ký;Sở Văn hóa;;;")) == [
        ("unchanged", []), ("unchanged", [])]


def test_writing_and_undoing_cost_as_many_statements_for_3_newcomers_as_for_60(world, sent):
    def cost(years):
        batch = sent(*(f"Nông Văn Thử;{year};Nam;Chuyên viên;Sở Văn hóa;;B;" for year in years))
        with counted() as writing:
            assert confirm(batch, by=world.ha) == {"new": len(years)}
        with counted() as undoing:
            undo(batch, by=world.ha)
        return len(writing), len(undoing)

    assert cost(range(1950, 1953)) == cost(range(1930, 1950)) == cost(range(1953, 2003))


def test_moves_and_what_a_rule_makes_of_them_cost_as_many_statements_for_3_people_as_for_60(
        world, sent):
    people = [Person(key=f"N{n}", full_name="Nông Văn Thử", birth=str(1930 + n))
              for n in range(63)]
    db.session.add_all(Posting(person=person, unit=world.office, title="Chuyên viên",
                               valid_from=date(2026, 1, 1)) for person in people)
    set_rule(world.officials, {"titles": ["Chuyên viên"], "units": [world.office.key],
                               "valid_from": date(2026, 1, 1)}, by=world.an)

    def cost(movers):
        batch = sent(*(f"Nông Văn Thử;{one.birth};;Kế toán;Sở Văn hóa;;;" for one in movers))
        with counted() as writing:
            assert confirm(batch, by=world.ha) == {"moved": len(movers)}
        ended = {one.valid_to for mover in movers for one in memberships_of(mover)}
        with counted() as undoing:
            undo(batch, by=world.ha)
        return len(writing), len(undoing), ended, {
            (one.valid_to, one.title) for mover in movers for one in postings_of(mover)}

    few, many = cost(people[:3]), cost(people[3:])
    assert few == many
    assert few[2:] == ({TODAY}, {(None, "Chuyên viên")})


def test_several_rows_of_one_person_are_written_one_after_the_other(world, sent):
    post(world.lan, {"unit": world.office, "title": "Cộng tác viên", "main": False,
                     "valid_from": date(2026, 7, 1)}, by=world.an)
    batch = sent("Nông Thị Lan;1991;Nữ;Biên tập;Sở Văn hóa;;;",
                 "Nông Thị Lan;1991;Nữ;Thư ký;Văn phòng Sở Văn hóa;;;")

    assert confirm(batch, by=world.ha) == {"moved": 1, "changed": 1}

    assert {(one.unit.key, one.title, one.main, one.valid_to)
            for one in postings_of(world.lan)} == {
        ("BAO", "Phóng viên", True, None), ("SVH", "Biên tập", False, None),
        ("SVH-VP", "Thư ký", False, None)}
    undo(batch, by=world.ha)
    assert {(one.unit.key, one.title) for one in postings_of(world.lan)} == {
        ("BAO", "Phóng viên"), ("SVH-VP", "Cộng tác viên")}


def test_a_file_with_an_erased_name_is_gone_also_where_the_name_was_not_read(world, sent):
    gone = Person(key="TU", full_name="Lục Văn Tú")
    db.session.add(gone)
    book = write_workbook([Table("Một", ["Họ và tên", "Đơn vị"], [["Sầm Thị Loan", "SVH"]]),
                           Table("Hai", ["Họ và tên", "Đơn vị"], [["Lục Văn Tú", "SVH"]])])
    beside = upload(BytesIO(book), "hai-trang.xlsx", TODAY, by=world.ha)
    signed = upload(BytesIO(f"{HEADINGS}\n1;{LOAN}\n;Giám đốc Lục Văn Tú\n".encode()), "ky.csv",
                    TODAY, by=world.ha)
    other = sent(LOAN)

    erase(ask_erasure(gone, "Đơn ngày 20/11/2026", by=world.an), by=world.minh)

    assert [batch.erased for batch in (beside, signed, other)] == [True, True, False]
