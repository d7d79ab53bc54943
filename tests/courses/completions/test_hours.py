"""Teaching periods learned in a year: what counts, for one person and for the people of a unit."""
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.kernel.db import db

from courses.catalogue.models import Course
from courses.classes.actions import close_class, mark_attendance
from courses.completions.hours import all_learned_in, lines_of, years_of
from courses.completions.models import Completion, OutsideLearning
from tests.courses.classes.classroom import SECOND, held, it_is, newcomers
from tests.statements import counted

DAYS = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 11, 20)]


def learned(person, course, on=DAYS[2], **more):
    """``person`` completed ``course`` on the day ``on``."""
    row = Completion(person=person, course=course, learned_on=on, **more)
    db.session.add(row)
    db.session.flush()
    return row


def periods(unit, person, year=2026):
    """What the list of ``unit`` says of ``person``."""
    return next(row.periods for row in all_learned_in(unit, year) if row.person is person)


@pytest.fixture
def books(world):
    """Three courses of 4, 8 and 12 periods."""
    rows = [Course(key=f"T{number}", title_vi=f"Khóa {number}", periods=number,
                   owner=world.department) for number in (4, 8, 12)]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def test_of_a_class_the_sessions_somebody_was_at_count(world, monkeypatch):
    it_is(monkeypatch, SECOND)
    held(world.december_class, by=world.minh)
    world.december_class.attendance_min = 50
    mark_attendance(world.december_class.sessions[-1], {world.seat.id: "absent"}, by=world.an)
    close_class(world.december_class, by=world.an)

    assert [session.periods for session in world.december_class.sessions] == [4, 4, 4]
    assert periods(world.newspaper, world.lan) == 8


def test_learning_elsewhere_counts_with_the_periods_on_the_paper(world, books):
    paper = learned(world.lan, books[0], source="outside")
    db.session.add(OutsideLearning(
        person=world.lan, course_name="Lớp khác", institution="Học viện", learned_on=DAYS[2],
        periods=24, completion_id=paper.id, file=world.lan_paper.file, asked_by=world.lan))
    db.session.flush()

    assert periods(world.newspaper, world.lan) == 24


def test_what_was_taken_back_and_what_is_not_believed_any_more_does_not_count(world, books):
    learned(world.lan, books[0], revoked_on=DAYS[3])
    learned(world.lan, books[1], superseded_at=world.seat.nominated_at)
    learned(world.lan, books[2], valid_until=DAYS[2])

    assert periods(world.newspaper, world.lan) == 12


def test_a_course_completed_twice_in_a_year_counts_once_and_in_two_years_twice(world, books):
    for on in DAYS:
        learned(world.lan, books[1], on)

    assert [periods(world.newspaper, world.lan, year) for year in (2025, 2026)] == [8, 8]
    years = years_of(lines_of(world.lan))
    assert {year: len(lines) for year, lines in years.items()} == {2025: 1, 2026: 1}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.sampled_from(DAYS),
                               st.booleans()), max_size=12))
def test_the_list_and_the_record_count_as_a_reckoning_by_hand(world, books, data):
    with db.session.begin_nested() as part:
        people = [world.lan, world.pao]
        for book, person, on, taken_back in data:
            learned(people[person], books[book], on, revoked_on=on if taken_back else None)
        for number, person in enumerate(people):
            for year in (2025, 2026):
                by_hand = sum(books[book].periods for book in {
                    book for book, whose, on, taken_back in data
                    if whose == number and on.year == year and not taken_back})
                listed = next((row.periods for row in all_learned_in(world.province, year)
                               if row.person is person), 0)
                told = sum(line.periods for line in years_of(lines_of(person)).get(year, ()))
                assert listed == told == by_hand
        part.rollback()


def test_who_learned_too_little_stands_first_and_the_sentence_counts_the_others(
        world, browse, app, monkeypatch, books):
    monkeypatch.setitem(app.config, "YEARLY_PERIODS", 8)
    learned(world.hoa, books[1])

    page = browse(world.an).get(f"/units/{world.newspaper.id}/periods?year=2026")

    assert "1 trên 2 người đã học từ 8 tiết trở lên trong năm 2026." in page.text
    rest = page.text[page.text.index("Người còn thiếu tiết trước"):]
    assert rest.index("thiếu 8 tiết") < rest.index("Bế Thị Hoa") < rest.index("8 đủ")


def test_the_record_tells_each_year(world, browse, books):
    learned(world.lan, books[2])

    page = browse(world.lan).get("/record")

    assert "Số tiết đã học từng năm" in page.text
    assert "2026 12 trên 40 Khóa 12 (12)" in page.text


@pytest.mark.parametrize("number", [3, 300])
def test_the_list_costs_the_same_however_many_people_there_are(world, browse, number, books):
    an, address = browse(world.an), f"/units/{world.newspaper.id}/periods"
    an.get(address)
    with counted() as before:
        an.get(address)
    for person in newcomers(world.newspaper, number):
        learned(person, books[0], DAYS[3] - timedelta(days=1))
    db.session.commit()

    with counted() as after:
        an.get(address)

    assert len(after) == len(before)
