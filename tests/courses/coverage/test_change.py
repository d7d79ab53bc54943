"""Why a figure changed: everybody has one cause, and the parts add up to the change."""
from datetime import date, timedelta
from io import BytesIO
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.facts import supersede
from lms.people.models import Membership, Person, Posting

from courses.completions.actions import revoke
from courses.coverage.account import CAUSES, Point, account, cause_of
from courses.coverage.actions import end_exemption
from courses.coverage.queries import accounted, corrected, people_of
from courses.coverage.queries.change import point, revoked
from courses.coverage.queries.reading import Reader
from courses.coverage.waterfall import bars
from tests.courses.coverage.facts_of_the_world import excused, learned, newcomers
from tests.courses.coverage.histories import histories
from tests.courses.coverage.test_reckoning_property import KNOWN, ON, Imported, fewer
from tests.statements import counted

MARCH, JUNE, TODAY = date(2026, 3, 1), date(2026, 6, 1), date(2026, 11, 25)


def people(text):
    """A set of people named by letters."""
    return frozenset(text)


def at(inside="", members="", holding="", excused="", posted=None, in_force=True):
    """A point told in letters; whoever is inside is posted."""
    return Point(in_force, people(posted or inside), people(inside), people(members),
                 people(excused), people(holding))


#: The point before, the point after, and the cause for which A counts otherwise.
CASES = {
    "completed": (at("A", "A"), at("A", "A", "A")),
    "ran_out": (at("A", "A", "A"), at("A", "A")),
    "joined": (at("", ""), at("A", "A")),
    "left": (at("A", "A"), at("", "A")),
    "moved_in": (at("", "A", posted="A"), at("A", "A")),
    "moved_away": (at("A", "A"), at("", "A", posted="A")),
    "exempted": (at("A", "A", "A"), at("A", "A", "A", excused="A")),
    "exemption_ended": (at("A", "A", excused="A"), at("A", "A")),
    "goal": (at(in_force=False), at("A", "A")),
}


@pytest.mark.parametrize("cause", CASES)
def test_each_change_has_its_cause(cause):
    then, now = CASES[cause]

    assert cause_of("A", then, now, frozenset()) == cause
    assert [(part.cause, part.people) for part in account(then, then, now)] == [(cause, {"A"})]


def test_a_completion_that_was_revoked_did_not_run_out():
    then, now = CASES["ran_out"]

    assert cause_of("A", then, now, people("A")) == "revoked"


def test_entering_or_leaving_the_group_while_in_post_is_joining_or_leaving():
    assert cause_of("A", at("A", ""), at("A", "A"), frozenset()) == "joined"
    assert cause_of("A", at("A", "A"), at("A", ""), frozenset()) == "left"


def test_what_was_learned_later_about_the_first_day_is_a_correction():
    parts = account(at("AB", "AB", "A"), at("A", "A", "A"), at("A", "A"))

    assert [(part.cause, part.met, part.required) for part in parts] == [
        ("corrected", 0, -1), ("ran_out", -1, 0)]


def test_a_year_of_an_office_is_told_person_by_person(world, monkeypatch):
    # On 1 March three officials of the department must know press law: A and B hold it, C
    # does not.  Until 25 November A's completion is revoked, C learns, D joins untrained,
    # B goes to the newspaper, and E comes from the newspaper with the course done.
    group, course, goal = world.reporters, world.press_law, world.goal_a
    a, b, c = newcomers(3, world.department, group)
    d, e = Person(key="D", full_name="Đàm Thị Dung"), Person(key="E", full_name="Bế Văn Én")
    db.session.add_all([
        Posting(person=d, unit=world.department, valid_from=JUNE),
        Membership(person=d, group=group, valid_from=JUNE),
        Posting(person=e, unit=world.newspaper, valid_from=date(2026, 1, 1), valid_to=JUNE),
        Posting(person=e, unit=world.department, valid_from=JUNE),
        Membership(person=e, group=group, valid_from=date(2026, 1, 1))])
    b.postings[0].valid_to = JUNE
    db.session.add(Posting(person=b, unit=world.newspaper, valid_from=JUNE))
    db.session.flush()
    first = learned(a, course, date(2026, 2, 1))
    learned(b, course, date(2026, 2, 1))
    learned(c, course, JUNE)
    learned(e, course, date(2026, 2, 1))
    revoke(first, JUNE, "Nhập nhầm", by=world.an)
    monkeypatch.setattr(clock, "source", lambda: clock.end_of(TODAY))

    told = accounted(goal, world.department, (MARCH, None), (TODAY, None))

    assert {part.cause: (part.met, part.required) for part in told.parts} == {
        "completed": (1, 0), "revoked": (-1, 0), "joined": (0, 1), "moved_in": (1, 1),
        "moved_away": (-1, -1)}
    assert [(row.full_name, met, required)
            for row, met, required in people_of(told.part("moved_in"))] == [("Bế Văn Én", 1, 1)]


def test_a_corrected_exemption_is_a_correction_of_the_day_before(world, monkeypatch):
    (person,) = newcomers(1, world.department, world.reporters)
    exemption = excused(person, world.goal_a, date(2026, 1, 1))
    before = clock.now()
    monkeypatch.setattr(clock, "source", lambda: clock.end_of(TODAY))
    end_exemption(exemption, MARCH, by=world.an)

    told = accounted(world.goal_a, world.department, (JUNE, before), (JUNE, None))

    assert [(part.cause, part.required) for part in told.parts] == [("corrected", 1)]


def of_everybody(goal, unit, first, second):
    """The parts as the facts about everybody give them, not only about people of the unit."""
    (day, known), (later_day, later_known) = first, second
    known, later_known = known or clock.now(), later_known or clock.now()
    return account(*(point(unit, Reader(on, moment, {goal.id})) for on, moment in (
        (day, known), (day, later_known), (later_day, later_known))),
        revoked(goal, (day, later_day), later_known))


@pytest.mark.slow
@fewer
@given(facts=histories, days=st.lists(ON, min_size=2, max_size=2), known=KNOWN, later=KNOWN,
       data=st.data())
def test_the_parts_add_up_to_the_change_whatever_happened(world, facts, days, known, later, data):
    with Imported(facts) as given_:
        unit = data.draw(st.sampled_from(sorted(given_.units)))
        goal = data.draw(st.sampled_from(sorted(given_.goals)))
        first, second = sorted(days)

        told = accounted(given_.goals[goal], given_.units[unit], (first, known), (second, later))

        ends = []
        for day, moment in ((first, known), (second, later)):
            figure = given_.oracle.figure(goal, unit, day, moment or clock.now())
            ends.append((figure["met"], figure["required"]) if figure else (0, 0))
        assert [(end.met, end.required) for end in (told.first, told.second)] == ends
        assert sum(part.met for part in told.parts) == ends[1][0] - ends[0][0]
        assert sum(part.required for part in told.parts) == ends[1][1] - ends[0][1]
        assert list(told.parts) == of_everybody(
            given_.goals[goal], given_.units[unit], (first, known), (second, later))
        since = [part.people for part in told.parts if part.cause != "corrected"]
        assert sum(map(len, since)) == len(set().union(*since))
        assert [part.cause for part in told.parts] == [
            cause for cause in CAUSES if told.part(cause)]


def test_a_transfer_entered_late_tells_the_figures_it_corrects(world, monkeypatch):
    # On 25 November somebody enters that the reporter worked in the department since 1 June;
    # until then the newspaper counted them, and so did the province, which still does.
    (person,) = newcomers(1, world.newspaper, world.reporters)
    learned(person, world.press_law, MARCH)
    (post,) = person.postings
    before = clock.now()
    monkeypatch.setattr(clock, "source", lambda: clock.end_of(TODAY))
    supersede(post, valid_to=JUNE)
    db.session.add(Posting(person=person, unit=world.department, valid_from=JUNE))
    db.session.flush()

    told = corrected([person], JUNE, before)

    assert [(one.unit.key, one.goal.key, one.first, one.last, one.met, one.required)
            for one in told] == [
        ("BAO", "A", date(2026, 6, 30), date(2026, 11, 24), -1, -1),
        ("SVH", "A", date(2026, 6, 30), date(2026, 11, 24), 1, 1)]
    assert corrected([person], JUNE, clock.now()) == []


@pytest.mark.slow
@fewer
@given(facts=histories, known=KNOWN.filter(bool), data=st.data())
def test_what_is_corrected_is_the_difference_of_the_figures(world, facts, known, data):
    with Imported(facts) as given_:
        person = given_.people[data.draw(st.sampled_from(sorted(given_.people)))]
        yesterday = clock.today() - timedelta(days=1)
        told = {(one.goal.key, one.unit.key): (one.met, one.required)
                for one in corrected([person], yesterday, known)}

        expected = {}
        for goal in given_.goals:
            for unit in given_.units:
                sides = []
                for moment in (known, clock.now()):
                    behind = given_.oracle.people(goal, unit, yesterday, moment) or {}
                    status = behind.get(person.key, (None, None))[0]
                    sides.append((status == "met", status not in (None, "exempt")))
                change = tuple(int(now) - int(then)
                               for then, now in zip(*sides, strict=True))
                if any(change):
                    expected[goal, unit] = change
        assert told == expected


def test_the_bars_stand_where_the_sums_are():
    drawn, floor = bars(("Đầu", 98), [("a", 16), ("b", -4), ("c", 0), ("d", -3)], ("Cuối", 107))

    assert [(bar.name, bar.kind, bar.number) for bar in drawn] == [
        ("Đầu", "whole", 98), ("a", "up", 16), ("b", "down", -4), ("d", "down", -3),
        ("Cuối", "whole", 107)]
    assert floor == 50
    assert max(bar.start + bar.width for bar in drawn) == 88
    assert [bar.join for bar in drawn[1:]] == [88, 82.5, 78.38, 78.38]


def test_a_figure_of_nothing_has_bars_too():
    drawn, floor = bars(("Đầu", 0), [], ("Cuối", 0))

    assert ([bar.width for bar in drawn], floor) == ([0, 0], 0)


def test_the_page_opens_the_names_of_a_part(world, browse):
    newcomers(2, world.department, world.officials, since=JUNE)
    db.session.commit()
    address = f"/units/{world.department.id}/goals/{world.goal_b.id}/changes"

    page = browse(world.ha).get(f"{address}?first=01/03/2026&on=25/11/2026&part=joined")

    assert "Vào nhóm hoặc vào cơ quan: 3 người" in page.text
    assert "Hoàng Văn A0" in page.text
    assert "Vàng A Páo" in page.text


def test_the_days_in_the_wrong_order_are_refused(world, browse):
    address = f"/units/{world.department.id}/goals/{world.goal_b.id}/changes"

    page = browse(world.ha).get(f"{address}?first=01/03/2026&on=01/02/2026", status=409)

    assert "Hãy chọn ngày đầu sớm hơn" in page.text


def test_the_workbook_holds_the_parts_and_the_names(world, browse):
    newcomers(2, world.department, world.officials, since=JUNE)
    db.session.commit()
    address = f"/units/{world.department.id}/goals/{world.goal_b.id}/changes.xlsx"

    answer = browse(world.ha).client.get(f"{address}?first=01/03/2026&on=25/11/2026")
    book = load_workbook(BytesIO(answer.data))

    assert ("Vào nhóm hoặc vào cơ quan", None, 0, 3) in [
        tuple(cell.value for cell in row[:4]) for row in book.worksheets[0].iter_rows()]
    assert [row[1].value for row in book.worksheets[1].iter_rows()][-3:] == [
        "Hoàng Văn A0", "Hoàng Văn B1", "Vàng A Páo"]


def test_both_days_are_read_once_though_time_passes_meanwhile(world, monkeypatch):
    def statements():
        with counted() as asked:
            accounted(world.goal_a, world.newspaper, (MARCH, None), (TODAY, None))
        return len(asked)

    statements()
    still, moments = statements(), count()
    began = clock.now()
    monkeypatch.setattr(clock, "source",
                        lambda: began + timedelta(microseconds=next(moments)))

    assert statements() == still
