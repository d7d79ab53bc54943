"""A list against what is known: what would happen to each row, what then happens, and back."""
from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.actions import post
from lms.people.import_actions import (
    confirm,
    correct_cells,
    correct_mapping,
    undo,
)
from lms.people.models import Membership, Person, Posting
from lms.people.queries import main_unit, memberships_of, postings_of

from courses.coverage.queries import figures
from tests.lms.people.short_lists import HA, HEADINGS, LOAN, MINH, PAO, TODAY, rows, sending
from tests.statements import counted


@pytest.fixture
def sent(world):
    """``sent(row, …)``: a list Hạ uploads."""
    return sending(world)


def known():
    """Every person, post and membership as now believed."""
    people = db.session.execute(select(Person.key, Person.full_name, Person.birth, Person.gender,
                                       Person.phone, Person.email).order_by(Person.id)).all()
    posts = db.session.execute(
        select(Posting.person_id, Posting.unit_id, Posting.title, Posting.main,
               Posting.valid_from, Posting.valid_to)
        .where(Posting.known_at()).order_by(Posting.person_id, Posting.valid_from)).all()
    groups = db.session.execute(
        select(Membership.person_id, Membership.group_id, Membership.valid_from,
               Membership.valid_to)
        .where(Membership.known_at()).order_by(Membership.person_id)).all()
    return list(map(tuple, people)), list(map(tuple, posts)), list(map(tuple, groups))


def called(name):
    """The person of this name."""
    return db.session.scalars(select(Person).filter_by(full_name=name)).one()


def test_each_row_has_one_of_five_outcomes(world, sent):
    batch = sent(
        LOAN, PAO, MINH, HA,
        LOAN.replace("22/12", "31/02"))

    assert rows(batch) == [("new", []), ("unchanged", []), ("moved", []), ("changed", []),
                           ("fault", ["birth-day"])]
    assert batch.plan["counts"] == {
        "new": 1, "unchanged": 1, "moved": 1, "changed": 1, "fault": 1}


@pytest.mark.parametrize("row, changes", [
    (PAO.replace("Chuyên viên", "Chánh văn phòng"), {"title": ["Chuyên viên", "Chánh văn phòng"]}),
    (PAO.replace("1988", "5/6/1988"), {"birth": ["1988", "1988-06-05"]}),
    (PAO.replace(";;B", ";0912000999;B"), {"phone": ["", "+84912000999"]}),
    (PAO.replace(";B;", ";A;"), {"group": ["", "A"]}),
    (PAO.replace("Páo", "Pảo"), {"full_name": ["Vàng A Páo", "Vàng A Pảo"]}),
])
def test_what_a_row_says_otherwise_is_a_change(world, sent, row, changes):
    item = sent(row).plan["rows"][0]

    assert (item["outcome"], item["changes"]) == ("changed", changes)


@pytest.mark.parametrize("row", [
    PAO.replace("1988", ""), PAO.replace("Nam", ""), PAO.replace("Chuyên viên", ""),
    PAO.replace(";B;", ";;"), PAO.upper(), PAO.replace("Văn phòng Sở Văn hóa", "SVH-VP"),
    PAO.replace("Chuyên viên", "chuyên  viên")])
def test_what_a_row_leaves_open_or_writes_otherwise_is_no_change(world, sent, row):
    assert rows(sent(row)) == [("unchanged", [])]


@pytest.mark.parametrize("row, code", [
    (LOAN.replace("Sở Văn hóa", ""), "unit-missing"),
    (LOAN.replace("Sở Văn hóa", "Sở Nội vụ"), "unit-unknown"),
    (LOAN.replace("Sở Văn hóa", "Báo Cao Bằng"), "unit-beyond"),
    (LOAN.replace(";B;", ";X;"), "group-unknown"),
    (LOAN + "PAO", "code-other"),
    ("Nông Thị Lan;1991;Nữ;Chuyên viên;Sở Văn hóa;;;", "person-beyond"),
    ("Lý Hoài Ân;1979;Nữ;Phụ trách;Sở Văn hóa;0912000111;;", "person-above"),
])
def test_a_row_that_cannot_be_taken_says_why(world, sent, row, code):
    assert rows(sent(row)) == [("fault", [code])]


def test_an_officer_moves_people_of_any_unit(world, sent):
    batch = sent("Nông Thị Lan;1991;Nữ;Chuyên viên;Sở Văn hóa;;;",
                 "Lý Hoài Ân;1979;Nữ;Trưởng phòng;Sở Văn hóa;;;", by=world.an)

    assert rows(batch) == [("moved", []), ("changed", [])]


def test_of_two_who_fit_neither_is_taken_until_the_staff_code_tells(world, sent):
    confirm(sent(LOAN), by=world.ha)
    twin = Person(key="L2", full_name="Sầm Thị Loan", birth="1990", gender="f")
    db.session.add_all([twin, Posting(person=twin, unit=world.department, title="Văn thư",
                                      main=True, valid_from=date(2020, 1, 1))])
    db.session.flush()

    assert rows(sent(LOAN)) == [("fault", ["two-fit"])]
    assert rows(sent(LOAN.replace("Kế toán viên", "Văn thư").replace(
        "22/12/1990", "1990").replace("0912000111;B", ";") + "L2")) == [("unchanged", [])]


def test_of_two_who_fit_the_one_in_the_unit_is_meant(world, sent):
    twin = Person(key="P2", full_name="Vàng A Páo", birth="1988")
    db.session.add_all([twin, Posting(person=twin, unit=world.department, main=True,
                                      valid_from=date(2020, 1, 1))])
    db.session.flush()

    item = sent(PAO).plan["rows"][0]

    assert (item["outcome"], item["person_id"]) == ("unchanged", world.pao.id)


def test_a_namesake_with_another_birth_is_new_and_looked_at(world, sent):
    item = sent(PAO.replace("1988", "1995")).plan["rows"][0]

    assert (item["outcome"], [w["code"] for w in item["warnings"]]) == ("new", ["same-name"])


def test_before_the_clerk_confirms_nothing_is_written(world, sent):
    before = known()

    sent(LOAN, PAO.replace("Văn phòng Sở Văn hóa", "Sở Văn hóa"))

    assert known() == before


def test_a_new_person_has_a_post_and_a_group_from_the_day_of_the_list(world, sent):
    confirm(sent(LOAN, on=date(2026, 11, 1)), by=world.ha)

    loan = called("Sầm Thị Loan")
    post, = postings_of(loan)
    assert (loan.birth, loan.gender, loan.phone) == ("1990-12-22", "f", "+84912000111")
    assert (post.unit, post.title, post.main) == (world.department, "Kế toán viên", True)
    assert (post.valid_from, post.valid_to) == (date(2026, 11, 1), None)
    assert [(m.group.key, m.valid_from) for m in memberships_of(loan)] == [
        ("B", date(2026, 11, 1))]
    assert loan.roles == []


def test_whoever_moves_ends_the_old_post_on_the_day_the_new_one_begins(world, sent):
    confirm(sent(PAO.replace("Văn phòng Sở Văn hóa", "Sở Văn hóa"), on=date(2026, 11, 1)),
            by=world.ha)

    assert [(post.unit.key, post.valid_from, post.valid_to) for post in postings_of(world.pao)] == [
        ("SVH", date(2026, 11, 1), None), ("SVH-VP", date(2018, 1, 1), date(2026, 11, 1))]
    assert main_unit(world.pao, date(2026, 10, 31)) == world.office
    assert main_unit(world.pao, date(2026, 11, 1)) == world.department


def test_a_list_ends_no_main_post_of_a_unit_its_clerk_does_not_answer_for(world, sent):
    # Lan's main post is the newspaper's; beside it she writes for the office, which is Hạ's.
    post(world.lan, {"unit": world.office, "title": "Cộng tác viên", "main": False,
                     "valid_from": date(2026, 7, 1)}, by=world.an)
    row = "Nông Thị Lan;1991;Nữ;Biên tập;Sở Văn hóa;;;"

    batch = sent(row)
    item, = batch.plan["rows"]
    confirm(batch, by=world.ha)

    assert (item["outcome"], [w["code"] for w in item["warnings"]]) == (
        "moved", ["main-elsewhere"])
    assert {(post.unit.key, post.main, post.valid_to) for post in postings_of(world.lan)} == {
        ("BAO", True, None), ("SVH-VP", False, None), ("SVH", False, None)}
    assert [w["code"] for w in sent(row, by=world.an).plan["rows"][0]["warnings"]] == []


def test_a_list_that_is_true_of_earlier_leaves_the_later_main_post(world, sent):
    post(world.pao, {"unit": world.newspaper, "title": "Phóng viên", "main": True,
                     "valid_from": date(2026, 10, 1)}, by=world.an)

    confirm(sent(PAO.replace("Văn phòng Sở Văn hóa", "Sở Văn hóa"), on=date(2026, 7, 1),
                 by=world.an), by=world.an)

    assert {(post.unit.key, post.valid_from, post.valid_to)
            for post in postings_of(world.pao)} == {
        ("SVH-VP", date(2018, 1, 1), date(2026, 7, 1)),
        ("SVH", date(2026, 7, 1), date(2026, 10, 1)), ("BAO", date(2026, 10, 1), None)}


def test_rows_with_a_fault_are_left_out_and_the_others_are_taken(world, sent):
    done = confirm(sent(LOAN, "Mã Thế Vinh;31/02/1978;;;Sở Văn hóa;;;"), by=world.ha)

    assert dict(done) == {"new": 1}
    assert db.session.scalars(select(Person).filter_by(full_name="Mã Thế Vinh")).all() == []


def test_the_same_list_again_has_nothing_to_change(world, sent):
    confirm(sent(LOAN, PAO), by=world.ha)
    again = sent(LOAN, PAO)

    assert rows(again) == [("unchanged", []), ("unchanged", [])]
    with pytest.raises(Refusal, match="Không có gì thay đổi"):
        confirm(again, by=world.ha)


def test_a_list_is_imported_once(world, sent):
    batch = sent(LOAN)
    confirm(batch, by=world.ha)

    for action in (lambda: confirm(batch, by=world.ha),
                   lambda: correct_cells(batch, {2: {"title": "Khác"}}, by=world.ha),
                   lambda: correct_mapping(batch, {1: "full_name"}, by=world.ha)):
        with pytest.raises(Refusal, match="đã nhập"):
            action()


def test_what_happened_meanwhile_counts_when_the_clerk_confirms(world, sent):
    first, second = sent(LOAN), sent(LOAN)
    confirm(first, by=world.ha)

    with pytest.raises(Refusal):
        confirm(second, by=world.ha)

    assert called("Sầm Thị Loan")


def test_undoing_restores_what_was_believed_and_the_figures(world, sent, monkeypatch):
    before, counts = known(), figures(on=TODAY)
    batch = sent(LOAN, PAO.replace("Văn phòng Sở Văn hóa", "Sở Văn hóa").replace(
        "1988", "5/6/1988").replace(";B;", ";A;"), "Triệu Văn Minh;1980;;Trưởng phòng;SVH;;B;",
        on=date(2026, 11, 1))
    confirm(batch, by=world.ha)
    assert figures(on=TODAY) != counts
    monkeypatch.setattr(clock, "source", lambda: datetime.fromisoformat("2026-11-25T04:00+00:00"))

    undo(batch, by=world.ha)

    people, posts, groups = known()
    assert (posts, groups) == before[1:]
    assert [person for person in people if person[1] != "Sầm Thị Loan"] == before[0]
    assert postings_of(called("Sầm Thị Loan")) == []
    assert figures(on=TODAY) == counts


def test_a_list_undone_can_be_imported_again(world, sent):
    batch = sent(LOAN)
    confirm(batch, by=world.ha)
    undo(batch, by=world.ha)

    confirm(sent(LOAN), by=world.ha)

    assert main_unit(called("Sầm Thị Loan"), TODAY) == world.department


def test_what_somebody_changed_since_is_not_undone_over(world, sent):
    batch = sent(PAO.replace("Văn phòng Sở Văn hóa", "Sở Văn hóa"))
    confirm(batch, by=world.ha)
    later = sent(PAO)
    confirm(later, by=world.ha)

    with pytest.raises(Refusal, match="từng người"):
        undo(batch, by=world.ha)


def test_only_what_was_imported_is_undone_and_only_once(world, sent):
    batch = sent(LOAN)
    with pytest.raises(Refusal):
        undo(batch, by=world.ha)
    confirm(batch, by=world.ha)
    undo(batch, by=world.ha)

    with pytest.raises(Refusal):
        undo(batch, by=world.ha)


def test_a_mapping_is_corrected_and_remembered(world, sent):
    strange = HEADINGS.replace("Chức vụ", "Công việc đang làm")
    batch = sent(LOAN, headings=strange)
    assert batch.plan["rows"][0]["row"]["title"] == ""
    mapping = {int(column): field for column, field in batch.plan["mapping"].items()}

    correct_mapping(batch, {**mapping, 4: "title"}, by=world.ha)

    assert batch.plan["rows"][0]["row"]["title"] == "Kế toán viên"
    assert sent(LOAN, headings=strange).plan["rows"][0]["row"]["title"] == "Kế toán viên"


def test_a_corrected_cell_mends_its_row_and_the_file_stays_as_it_came(world, sent):
    batch = sent(LOAN.replace("22/12", "31/02"))
    content = batch.file.path.read_bytes()

    correct_cells(batch, {2: {"birth": "22/12/1990", "title": "Văn thư"}}, by=world.ha)
    correct_cells(batch, {2: {"title": "Thủ quỹ"}}, by=world.ha)

    assert rows(batch) == [("new", [])]
    assert batch.edits == {"2": {"birth": "22/12/1990", "title": "Thủ quỹ"}}
    assert batch.file.path.read_bytes() == content
    assert confirm(batch, by=world.ha) == {"new": 1}
    assert postings_of(called("Sầm Thị Loan"))[0].title == "Thủ quỹ"


@pytest.mark.parametrize("cells", [{999: {"title": "X"}}, {0: {"title": "X"}},
                                   {1: {"title": "X"}}, {2: {"email": "a@example.com"}}])
def test_a_correction_of_a_cell_that_is_not_there_changes_nothing(world, sent, cells):
    batch = sent(LOAN)
    before = batch.plan

    correct_cells(batch, cells, by=world.ha)

    assert batch.plan == before


@pytest.mark.parametrize("mapping", [{99: "title"}, {}])
def test_a_mapping_without_a_column_of_names_is_refused(world, sent, mapping):
    batch = sent(LOAN)

    with pytest.raises(Refusal, match="họ tên nằm ở cột nào"):
        correct_mapping(batch, mapping, by=world.ha)

    assert rows(batch) == [("new", [])]


def test_everything_done_leaves_a_trace_without_names(world, sent):
    batch = sent(LOAN)
    confirm(batch, by=world.ha)
    undo(batch, by=world.ha)

    entries = db.session.scalars(select(AuditEntry).filter_by(
        subject=f"import:{batch.id}").order_by(AuditEntry.id)).all()
    assert [entry.verb for entry in entries] == ["list uploaded", "list imported", "import undone"]
    assert "Loan" not in str([entry.details for entry in entries])


def test_comparing_costs_as_many_statements_for_2_rows_as_for_400(world, sent):
    sent(PAO)
    with counted() as for_few:
        sent(LOAN, PAO)
    many = [LOAN.replace("Loan", f"Loan {'X' * (n % 20 + 1)}{chr(97 + n // 20)}")
            for n in range(400)]

    with counted() as for_many:
        sent(*many)

    assert reads(for_many) == reads(for_few)
    assert db.session.scalar(select(func.count(Person.id))) == 7


def reads(statements):
    """How many of the statements ask."""
    return sum(statement.startswith("SELECT") for statement in statements)
