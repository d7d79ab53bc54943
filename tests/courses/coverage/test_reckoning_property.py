"""Every figure equals an independent reckoning, on random histories, days and moments."""
import os
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Unit
from lms.people.models import Person

from courses.coverage.exemption_queries import TENTH, generous_units
from courses.coverage.facts.load import import_folder
from courses.coverage.models import Goal
from courses.coverage.queries import figures, owed_by, people_behind, roll_of, trend
from courses.coverage.queries.first import first_owing
from courses.coverage.reckoning import OWING
from tests import databases
from tests.courses.coverage.histories import MOMENTS, START, histories, write_folder
from tests.courses.coverage.oracle import Oracle, plain

ON = st.integers(2, 14).map(lambda n: START + timedelta(days=n))
#: Now, or around a moment at which facts were recorded and corrected.
KNOWN = st.sampled_from([*[None] * 12, *(
    moment + timedelta(seconds=seconds) for moment in MOMENTS for seconds in (-1, 0, 1))])
#: On PostgreSQL, where each takes longer, the first half of those that SQLite is asked; more of
#: both in ``make soak``.
EXAMPLES = int(os.environ.get("LMS_TEST_EXAMPLES", 20 if databases.on_postgresql() else 40))
examples = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                    suppress_health_check=[HealthCheck.function_scoped_fixture,
                                           HealthCheck.too_slow, HealthCheck.data_too_large])
#: Half as many of what rests on the figures of a day, which are held to all.
fewer = settings(examples, max_examples=EXAMPLES // 2)


class Imported:
    """A history in the database, for one example, and the oracle that knows it too."""

    def __init__(self, facts):
        self.facts = facts

    def __enter__(self):
        with TemporaryDirectory() as folder:
            write_folder(Path(folder), self.facts)
            import_folder(Path(folder))
        self.oracle = Oracle(self.facts, clock.now())
        self.goals = by_key(Goal, [row["goal"] for row in self.facts["goals"]])
        self.units = by_key(Unit, [row["unit"] for row in self.facts["units"]])
        self.people = by_key(Person, [row["person"] for row in self.facts["people"]])
        return self

    def __exit__(self, *_error):
        db.session.rollback()


def by_key(model, keys):
    """key → row."""
    return {row.key: row for row in db.session.scalars(select(model).where(model.key.in_(keys)))}


@pytest.mark.slow
@examples
@given(facts=histories, days=st.lists(ON, min_size=3, max_size=3, unique=True), known=KNOWN)
def test_every_figure_equals_the_oracles(world, facts, days, known):
    with Imported(facts) as given_:
        for on in days:
            expected = {(goal, unit): figure for goal in given_.goals for unit in given_.units
                        if (figure := given_.oracle.figure(goal, unit, on, known or clock.now()))}

            found = figures(given_.goals.values(), given_.units.values(), on, known)
            everywhere = figures(on=on, known=known)

            assert {(f.goal.key, f.unit.key): plain(f) for f in found} == expected
            assert ({(f.goal.key, f.unit.key): plain(f) for f in everywhere
                     if f.goal.key in given_.goals and f.unit.key in given_.units}
                    == {(goal, unit): figure for (goal, unit), figure in expected.items()
                        if in_force(facts, unit, on) or figure["members"] and stands(
                            given_.oracle, unit, on, known or clock.now())})


@pytest.mark.slow
@examples
@given(facts=histories, on=ON, known=KNOWN, data=st.data())
def test_every_person_stands_where_the_oracle_says(world, facts, on, known, data):
    with Imported(facts) as given_:
        unit = data.draw(st.sampled_from(sorted(given_.units)))
        expected = {key: given_.oracle.people(key, unit, on, known or clock.now()) or {}
                    for key in given_.goals}

        behind = {key: people_behind(goal, given_.units[unit], on, known)
                  for key, goal in given_.goals.items()}
        owed = {key: {one.goal.key: (one.status, one.due_on) for one in owed_by(person, on, known)}
                for key, person in given_.people.items()}

    assert {key: {row.person.key: (row.status, row.due_on) for row in rows}
            for key, rows in behind.items()} == expected
    for key, people in expected.items():
        assert {person: owed[person][key] for person in people} == people
    assert all(one.completion for rows in behind.values() for row in rows
               if row.status == "met" for one in row.courses)


@pytest.mark.slow
@fewer
@given(facts=histories, until=ON, known=KNOWN, data=st.data())
def test_the_trend_is_the_figures_of_its_days(world, facts, until, known, data):
    with Imported(facts) as given_:
        unit = data.draw(st.sampled_from(sorted(given_.units)))
        goal = data.draw(st.sampled_from(sorted(given_.goals)))

        line = trend(given_.goals[goal], given_.units[unit].id, 4, until, known)

        assert len(line) == 4
        assert line[-1][0] == until
        assert [figure and plain(figure) for _day, figure in line] == [
            given_.oracle.figure(goal, unit, day, known or clock.now()) for day, _figure in line]


@pytest.mark.slow
@fewer
@given(facts=histories, on=ON, most=st.integers(1, 4), data=st.data())
def test_the_first_who_owe_a_goal_are_the_first_of_all(world, facts, on, most, data):
    with Imported(facts) as given_:
        unit = given_.units[data.draw(st.sampled_from(sorted(given_.units)))]
        goal = given_.goals[data.draw(st.sampled_from(sorted(given_.goals)))]
        everybody = roll_of(goal, unit, on)
        if everybody is None:
            return

        first = first_owing(everybody.goal, unit, on, most)

        assert first.behind(first.named(OWING)) == everybody.behind(everybody.named(OWING, most))


@pytest.mark.slow
@fewer
@given(facts=histories, on=ON)
def test_units_that_excuse_many_are_found_as_their_figures_say(world, facts, on):
    with Imported(facts):
        everywhere = figures(units=db.session.scalars(select(Unit)).all(), on=on)

        found = generous_units(on)

        assert [(one.goal.id, one.unit.id, one.members, one.exempt) for one in found] == [
            (f.goal.id, f.unit.id, f.members, f.exempt) for f in everywhere
            if f.unit.parent_id and f.exempt * TENTH > f.members]


def stands(oracle, unit, on, known):
    """Whether ``unit`` stood under another on ``on`` as was known then: one that ended, though its
    end was not known yet, is still told of where it has people."""
    return any(row["unit"] == unit for row in oracle.true_on("placements", on, known))


def in_force(facts, unit, on):
    """Whether there was such a unit on the day."""
    row = next(row for row in facts["units"] if row["unit"] == unit)
    return row["valid_from"] <= on.isoformat() and (
        not row["valid_to"] or on.isoformat() < row["valid_to"])
