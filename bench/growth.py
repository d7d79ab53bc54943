"""How the pages of figures grow with the people: from 1,000 to 100,000, a unit for each 66."""
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from lms.accounts.models import Account
from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.transaction import transaction
from lms.organisations.models import Placement
from lms.people.models import OFFICER, Person, Posting, Role
from lms.serve import spare_memory

from bench import facts_folder, province
from bench.measuring import application, cpu
from bench.pages import signed_in
from courses.coverage.beforehand_actions import ENOUGH, MONTHS, SETTLED, reckon
from courses.coverage.models import Goal
from courses.coverage.queries import ById, figures, trend, whole
from courses.coverage.queries.history import month_ends
from courses.coverage.truth_queries import rules

#: The sizes of ``make bench``; a hundred thousand people take minutes to be written.
SIZES = (1_000, 10_000)
#: The best of so many runs counts; beyond so many milliseconds the first does.
REPEAT, LONG = 2, 10_000
WHOLE = 1


class Measured(NamedTuple):
    """What a province of ``people`` holds, how many facts its matrix reads, what pages take."""

    people: int
    facts: int
    read: int
    #: what → (CPU, clock) in milliseconds
    times: dict


def measure(people):
    """Build a province of ``people`` and measure it."""
    with tempfile.TemporaryDirectory() as temporary, application(Path(temporary)) as app:
        facts = province.build(people)
        db.session.execute(db.text("ANALYZE"))
        db.session.commit()
        return measured(app, people, facts)


def measured(app, people, facts):
    """The province in the database of ``app``, which holds so many ``facts``."""
    works = _works(app)
    db.session.rollback()
    if people > ENOUGH:
        # As the runner of jobs does; some pages tell of today alone.
        known = clock.now() - SETTLED
        for day in (clock.today(), *month_ends(facts_folder.TODAY, MONTHS)):
            with transaction():
                reckon(day, known)
    # As the server does before it starts its children.
    spare_memory(app)
    return Measured(people, facts, _facts_read(), {
        name: _best(work) for name, work in works.items()})


def _works(app):
    """What is measured: what figures are made of, and the pages as an officer is answered."""
    small, large = _units()
    goal = ById(db.session.scalar(select(func.min(Goal.id))))
    client, day = _officer(app), facts_folder.TODAY
    year_ago = day.replace(year=day.year - 1)

    def page(address, **asked):
        query = "&".join(f"{name}={value}" for name, value in ({"on": day} | asked).items())
        return lambda: _opened(client, f"{address}?{query}")

    def of_goal(unit, end, **asked):
        return page(f"/units/{unit}/goals/{goal.id}/{end}", **asked)

    works = {"the figures of the matrix": lambda: figures(on=day),
             "the matrix": page("/province"), "the exemptions": page("/exemptions"),
             "the groups": page("/groups"), "the confirmations": page("/confirmations"),
             "the nightly look over all facts": lambda: [list(rule.find()) for rule in rules()]}
    for who, unit in (("small unit", small), ("department", large), ("whole", WHOLE)):
        works |= {
            f"{who}: its page": page(f"/units/{unit}/coverage"),
            f"{who}: 24 months": partial(trend, goal, unit, 24, day),
            f"{who}: names": of_goal(unit, "people"),
            f"{who}: the path": of_goal(unit, "path"),
            f"{who}: why it changed": of_goal(unit, "changes", first=year_ago)}
    return works


def _facts_read():
    """How many facts the matrix of one day is made of."""
    day = whole(WHOLE, facts_folder.TODAY, None).day
    return sum(len(people) for facts in (day.people, day.members, day.holders, day.excused)
               for people in facts.values())


def _units():
    """The unit at the bottom with the fewest people, and the department with the most below it."""
    placed = select(Placement.unit_id).where(Placement.parent_id != 1)
    small = db.session.scalar(
        select(Posting.unit_id).where(Posting.unit_id.in_(placed), Posting.valid_to.is_(None))
        .group_by(Posting.unit_id).order_by(func.count()).limit(1))
    large = db.session.scalar(
        select(Placement.parent_id).join(Posting, Posting.unit_id == Placement.unit_id)
        .where(Placement.parent_id != 1, Placement.valid_to.is_(None), Posting.valid_to.is_(None))
        .group_by(Placement.parent_id).order_by(func.count().desc()).limit(1))
    return small, large


def _officer(app):
    with transaction():
        officer = Person(key="OFFICER", full_name="Lê Hoàng Ân")
        db.session.add_all([
            officer, Account(person=officer, username="an", password_hash="-"),
            Role(person=officer, kind=OFFICER, valid_from=date(2026, 1, 1))])
    return signed_in(app, "an")


def _opened(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status)


def _best(work):
    runs = []
    while len(runs) < REPEAT and (not runs or runs[0][0] < LONG):
        begun = time.perf_counter()
        spent = cpu(work, 1)
        runs.append((spent, (time.perf_counter() - begun) * 1000))
    return min(runs)


def main(sizes=SIZES):
    """Measure provinces of these ``sizes`` and tell of them."""
    tell([measure(people) for people in sizes])


def tell(told):
    """Print a line for each of the things measured, with how it grew beside the facts read."""
    print("Milliseconds of CPU of this process (on the clock, with the database's):")
    for one in told:
        print(f"{one.people:>9,} people, {one.people // facts_folder.PEOPLE_A_UNIT:>5,} units, "
              f"{one.facts:>9,} facts, {one.read:>9,} of them read for the matrix")
    first, last = told[0], told[-1]
    for name in first.times:
        row = "".join(f"{one.times[name][0]:>8,.0f} ({one.times[name][1]:>7,.0f})" for one in told)
        print(f"{name:<32}{row}  × {last.times[name][0] / first.times[name][0]:.1f} "
              f"for × {last.read / first.read:.1f} facts read")
