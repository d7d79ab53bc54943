"""How the pages of figures grow with the people: from 1,000 to 100,000, a unit for each 66."""
import tempfile
import time
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from lms.accounts.models import Account
from lms.kernel.db import db
from lms.kernel.transaction import transaction
from lms.organisations.models import Placement
from lms.people.models import OFFICER, Person, Posting, Role

from bench import facts_folder, province
from bench.measuring import application, cpu
from bench.pages import signed_in
from courses.coverage.models import Goal
from courses.coverage.queries import ById, figures, trend

SIZES = (1_000, 10_000, 100_000)
#: The best of so many runs counts.
REPEAT = 2


def measure(people):
    """Build a province of ``people``; gives (facts, {what: (CPU, clock)} in milliseconds)."""
    with tempfile.TemporaryDirectory() as temporary, application(Path(temporary)) as app:
        facts = province.build(people)
        db.session.execute(db.text("ANALYZE"))
        db.session.commit()
        return facts, {name: _best(work) for name, work in _works(app).items()}


def _works(app):
    """What is measured: the pages as an officer is answered, and the trend of the whole."""
    small, large = _units()
    goal, whole = ById(db.session.scalar(select(func.min(Goal.id)))), 1
    client, day = _officer(app), facts_folder.TODAY
    return {
        "the figures of the matrix": lambda: figures(on=day),
        "the page of the matrix": lambda: _opened(client, f"/province?on={day}"),
        "a small unit's page": lambda: _opened(client, f"/units/{small}/coverage?on={day}"),
        "the largest department's page": lambda: _opened(
            client, f"/units/{large}/coverage?on={day}"),
        "24 months of the department": lambda: trend(goal, large, 24, day),
        "24 months of the whole": lambda: trend(goal, whole, 24, day),
    }


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
    begun = time.perf_counter()
    spent = cpu(work, REPEAT)
    return spent, (time.perf_counter() - begun) * 1000 / REPEAT


def main(sizes=SIZES):
    """Print a line for each page, with how it grew beside how the facts grew."""
    told = [(people, *measure(people)) for people in sizes]
    print("Milliseconds of CPU of this process (on the clock, with the database's):")
    for people, facts, _times in told:
        print(f"{people:>9,} people, {people // facts_folder.PEOPLE_A_UNIT:>5,} units, "
              f"{facts:>9,} facts")
    (_people, facts, first), (_most, all_facts, last) = told[0], told[-1]
    for name in first:
        row = "".join(f"{times[name][0]:>8,.0f} ({times[name][1]:>7,.0f})"
                      for _size, _facts, times in told)
        print(f"{name:<30}{row}  × {last[name][0] / first[name][0]:.1f} "
              f"for × {all_facts / facts:.1f} facts")
