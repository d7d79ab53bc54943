"""Everything held about somebody is theirs to take along, and no table is forgotten."""
import json
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.sql import visitors

from lms.kernel import audit
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.people.actions import leave
from lms.people.holdings import all_holdings
from lms.people.models import Person

from courses.classes.models import Attendance, Session
from courses.classes.queries import enrolments_in
from quizzes.attempts.actions import submit
from quizzes.attempts.grades import HandMark
from quizzes.attempts.intervening import extend
from quizzes.attempts.saving import save_answer
from tests.statements import counted

#: Who did something for others is told by the trail, which is taken out too.
ACTED = {"approved_by_id", "asked_by_id", "author_id", "by_id", "decided_by_id", "ended_by_id",
         "linked_by_id", "locked_by_id", "marked_by_id", "nominated_by_id", "opened_by_id",
         "parted_by_id", "said_by_id", "withdrawn_by_id"}
#: Why other columns that name a person are not told as rows of their own.
EXPLAINED = {
    ("person", "main_id"): "the linked records are told as the person's own",
    ("distinct_people", "one_id"): "that another person looks alike is about that one, too",
    ("distinct_people", "other_id"): "the same",
}
#: Tables that hang on a row about somebody, without naming them.
HANGING = {"sign_in", "letter", "step_done", "attendance", "answer_event", "answer_file",
           "grade_event", "hand_mark", "intervention", "cut"}


def columns_of_people():
    """(table, column) of everything that names a person."""
    return {(table.name, column.name) for table in db.metadata.sorted_tables
            for column in table.columns
            for key in column.foreign_keys if key.column.table.name == "person"}


def told_columns():
    """The same of what the holdings of all rooms ask by."""
    named = columns_of_people()
    return {(part.table.name, part.name) for one in all_holdings()
            for part in visitors.iterate(one.about([1]))
            if getattr(part, "table", None) is not None
            and (part.table.name, part.name) in named}


def test_every_column_that_names_a_person_is_told_or_explained(app, database):
    told = told_columns()

    forgotten = {(table, column) for table, column in columns_of_people() - told
                 if column not in ACTED and (table, column) not in EXPLAINED}

    assert forgotten == set()
    assert EXPLAINED.keys() & told == set()


def test_each_table_is_told_once_and_what_hangs_on_it_too(app, database):
    names = [one.name for one in all_holdings()]

    assert len(names) == len(set(names))
    assert set(names) >= HANGING


def taken(page):
    """The names in the zip, what is told for machines, and the page to read."""
    made = ZipFile(BytesIO(page.response.data))
    return (made.namelist(), json.loads(made.read("du-lieu.json"))["held"],
            made.read("du-lieu.html").decode())


def test_somebody_takes_out_what_is_held_about_them(world, browse):
    names, held, page = taken(browse(world.lan).post("/my-data", {}, status=200))

    assert held["person"] == [{
        "key": "LAN", "full_name": "Nông Thị Lan", "birth": "1991-02-06", "gender": "f",
        "phone": "", "email": ""}]
    assert [(row["unit"], row["title"]) for row in held["posting"]] == [
        ("Báo Cao Bằng", "Phóng viên")]
    assert [row["class"] for row in held["enrolment"]] == ["Luật Báo chí, khóa 2/2026"]
    assert [row["username"] for row in held["account"]] == ["lan"]
    assert {row["what"] for row in held["audit_entry"]} >= {"đăng nhập", "bắt đầu bài kiểm tra",
                                                            "cử đi học"}
    assert f"tep/outside_learning-{world.lan_paper.id}-{world.lan_paper.file.name}" in names
    assert f"tep/answer_file-{world.handed_in.id}-{world.handed_in.file.name}" in names
    assert "Dữ liệu đang lưu về Nông Thị Lan" in page
    assert ("06/02/1991" in page, "1991-02-06" in page) == (True, False)
    assert "Báo Cao Bằng" in page


def test_a_post_ends_with_its_last_day_as_on_every_page(world, browse):
    leave(world.lan, date(2027, 2, 20), "resigned", by=world.an)
    db.session.commit()

    _names, held, page = taken(browse(world.lan).post("/my-data", {}, status=200))

    assert held["posting"][-1]["last_day"] == "2027-02-19"
    assert ("19/02/2027" in page, "20/02/2027" in page) == (True, False)


def test_the_page_has_words_where_the_data_for_machines_have_codes(world, browse):
    save_answer(world.running, 0, ["A"], None, by=world.lan)
    extend(world.running, 5, "Mất điện", by=world.an)
    db.session.commit()

    _names, held, page = taken(browse(world.lan).post("/my-data", {}, status=200))

    assert [row["kind"] for row in held["intervention"]] == ["extended"]
    assert "<td>Thêm giờ</td>" in page
    assert "<td>được tính</td>" in page
    assert "<td>extended</td>" not in page
    assert "<td>accepted</td>" not in page


def test_nothing_in_it_opens_a_door_or_is_about_others(world, browse):
    _names, held, page = taken(browse(world.lan).post("/my-data", {}, status=200))

    keys = {key for rows in held.values() for row in rows for key in row}
    assert not {key for key in keys if "hash" in key or "token" in key or "password" in key}
    assert [name for name in ("Vàng A Páo", "Đàm Thị Vi") if name in page] == []


def test_answers_are_told_as_far_as_the_result_shows_them(world, browse):
    save_answer(world.running, 0, ["A"], None, by=world.lan)
    db.session.commit()
    lan = browse(world.lan)

    assert taken(lan.post("/my-data", {}, status=200))[1]["attempt"][0]["answers"] is None

    submit(world.running, by=world.lan)
    db.session.commit()
    told = taken(lan.post("/my-data", {}, status=200))[1]["attempt"][0]
    assert "Phóng viên có được bảo vệ nguồn tin không? Có" in told["answers"]
    assert told["score"] is not None

    quiz = world.law_quiz
    quiz.show_mark = quiz.show_right = quiz.show_key = quiz.show_explanation = "never"
    db.session.commit()
    told = taken(lan.post("/my-data", {}, status=200))[1]["attempt"][0]
    assert (told["answers"], told["score"], told["passed"]) == (None, None, None)


def test_an_officer_takes_it_out_for_another_with_the_number_of_the_request(world, browse):
    an, page = browse(world.an), f"/people/{world.pao.id}/data"
    without = an.post(page, {"request": " "}, status=200)
    assert "Hãy ghi số của đơn đề nghị cung cấp dữ liệu này." in without.text
    assert "Tải bản sao" in without.text

    _names, held, _page = taken(an.post(page, {"request": "12/ĐN-2026"}, status=200))

    assert held["person"][0]["full_name"] == "Vàng A Páo"
    trace = db.session.scalars(select(AuditEntry).filter_by(verb="data taken out")).one()
    assert (trace.by_id, trace.subject, trace.details) == (
        world.an.id, f"person:{world.pao.id}", {"reason": "12/ĐN-2026"})
    assert "cung cấp bản sao dữ liệu" in an.get("/trail").text


def test_whoever_was_erased_has_no_page_of_data(world, browse):
    world.pao.erased_at = world.pao.postings[0].recorded_at
    db.session.commit()

    browse(world.an).get(f"/people/{world.pao.id}/data", 404)


def one_more(world, number):
    """Lan was at one more session, one more marker wrote, and one more person acted about her."""
    (enrolment,) = enrolments_in(world.december_class)
    session = Session(course_class=world.december_class, on=date(2026, 12, 3 + number),
                      half="morning", half_order=0)
    other = Person(key=f"P{number}", full_name=f"Người {number}")
    db.session.add_all([session, other])
    db.session.flush()
    db.session.add_all([
        Attendance(session_id=session.id, enrolment_id=enrolment.id, mark="present"),
        HandMark(attempt_id=world.handed_in.attempt_id, slot=0, points=["1"], comment="Khá",
                 by_id=other.id)])
    audit.record(other, "person corrected", world.lan)
    db.session.commit()


def test_a_copy_asks_as_many_statements_for_many_rows_as_for_one(world, browse):
    lan, costs = browse(world.lan), []
    for number in range(25):
        one_more(world, number)
        if number in (0, 24):
            with counted() as asked:
                _names, held, _page = taken(lan.post("/my-data", {}, status=200))
            costs.append(len(asked))

    assert costs[0] == costs[1]
    assert len(held["attendance"]) == len(held["hand_mark"]) == 25
    assert {row["by"] for row in held["audit_entry"]} >= {
        f"Người {number}" for number in range(25)}


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_one_statement_for_each_table(world, browse, count):
    for number in range(count):
        world.lan_notice.person.postings[0].title = f"Phóng viên {number}"
    browser = browse(world.lan)
    with counted() as asked:
        page = browser.get("/my-data")

    assert len(asked) == len(all_holdings()) + 2
    assert "Thông báo 1" in page.text
