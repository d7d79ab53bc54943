"""Two records that are one person: figures known since count one, figures known before two."""
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel import clock
from lms.people.linking import link, part

from courses.coverage.queries import figures
from tests.courses.coverage.facts_of_the_world import learned, newcomers, numbers
from tests.courses.coverage.histories import histories
from tests.courses.coverage.oracle import NEVER, Oracle, moment
from tests.courses.coverage.test_reckoning_property import ON, Imported, fewer, plain

MARCH = date(2026, 3, 1)
#: What every example believes of the other's facts from the link on.
OF_PEOPLE = ("postings", "memberships", "completions", "exemptions")


def reckoned(given_, on, known):
    """(goal, unit) → the figure, as the application reckons it."""
    return {(one.goal.key, one.unit.key): plain(one) for one in figures(
        given_.goals.values(), given_.units.values(), on, known)}


def expected(given_, rows, on, known):
    """(goal, unit) → the figure, as the oracle reckons it of ``rows``."""
    oracle = Oracle(rows, given_.oracle.imported_at)
    return {(goal, unit): figure for goal in given_.goals for unit in given_.units
            if (figure := oracle.figure(goal, unit, on, known))}


def joined(rows):
    """The history in which all that is believed in the end of P1 was always said of P0."""
    return rows | {name: [
        row | {"person": "P0"} if row["person"] == "P1" and (
            moment(row.get("superseded_at")) or NEVER) == NEVER else row
        for row in rows[name]] for name in OF_PEOPLE}


@pytest.mark.slow
@fewer
@given(facts=histories, on=ON, data=st.data())
def test_linking_counts_one_and_parting_two_and_the_past_stays(world, facts, on, data):
    with Imported(facts) as given_:
        main, other = given_.people["P0"], given_.people["P1"]
        before = clock.now()
        clock.source = lambda: before + timedelta(hours=1)
        made = link(main, other, by=world.an)
        linked = clock.now()

        assert reckoned(given_, on, before) == expected(given_, facts, on, before)
        assert reckoned(given_, on, None) == expected(given_, joined(facts), on, linked)

        clock.source = lambda: before + timedelta(hours=2)
        part(made, by=world.an)

        assert reckoned(given_, on, None) == expected(given_, facts, on, clock.now())
        assert reckoned(given_, on, linked) == expected(given_, joined(facts), on, linked)
        assert reckoned(given_, on, before) == expected(given_, facts, on, before)
        clock.source = lambda: before


def test_an_office_that_counted_somebody_twice_counts_them_once(world, monkeypatch):
    # Two records of one official of the department: press law was learned under the second.
    # Until the link the office had two people, one of them met; since then one, who is met.
    one, two = newcomers(2, world.department, world.reporters)
    learned(two, world.press_law, MARCH)
    before = clock.now()
    monkeypatch.setattr(clock, "source", lambda: before + timedelta(hours=1))

    link(one, two, by=world.an)

    assert numbers(world.goal_a, world.department, known=before) == (2, 0, 1, 1, 0)
    assert numbers(world.goal_a, world.department) == (1, 0, 1, 0, 0)
