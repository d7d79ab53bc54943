"""What people say to have learned elsewhere, as far as somebody may see it."""
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db
from lms.kernel.text import fold
from lms.people.queries import about_people_seen_by, works_in

from courses.catalogue.models import Course
from courses.completions.likeness import likeliest
from courses.completions.models import Completion, OutsideLearning


def outside_seen_by(viewer, state=""):
    """The statement of what ``viewer`` may see, one's own and one's people's.

    ``state`` is one of OutsideLearning.states() or nothing.
    """
    statement = select(OutsideLearning).options(
        joinedload(OutsideLearning.person), joinedload(OutsideLearning.course),
        joinedload(OutsideLearning.file)).order_by(*OutsideLearning.in_turn())
    states = OutsideLearning.states()
    if state in states:
        statement = statement.where(states[state])
    return about_people_seen_by(viewer, statement, OutsideLearning)


def outside_of_units(unit_ids, day):
    """The statement of what waits for the people with a post in one of the units on ``day``."""
    return select(OutsideLearning).options(joinedload(OutsideLearning.person)).where(
        works_in(OutsideLearning.person_id, unit_ids, day),
        OutsideLearning.decided_at.is_(None)).order_by(OutsideLearning.asked_at)


def outside_waiting():
    """How many papers wait for an officer."""
    return db.session.scalar(select(func.count()).select_from(OutsideLearning).where(
        OutsideLearning.decided_at.is_(None)))


def evidence_of(completions):
    """completion → what was handed in for it; a corrected completion keeps its evidence."""
    origins = {row.corrects_id or row.id: row.id for row in completions}
    rows = db.session.scalars(select(OutsideLearning).where(
        OutsideLearning.completion_id.in_([*origins, *origins.values()])))
    return {origins.get(row.completion_id, row.completion_id): row for row in rows}


def holdings(people):
    """person → course → the days on which they completed it, of completions now known."""
    found = {}
    for person, course, learned_on in db.session.execute(
            select(Completion.person_id, Completion.course_id, Completion.learned_on)
            .where(Completion.person_id.in_(people), Completion.known_at(),
                   Completion.revoked_on.is_(None)).order_by(Completion.learned_on)):
        found.setdefault(person, {}).setdefault(course, []).append(learned_on)
    return found


def courses_to_map():
    """The courses that learning elsewhere may be accepted as, by key."""
    return db.session.scalars(
        select(Course).where(Course.withdrawn_at.is_(None)).order_by(Course.key)).all()


def proposals(claims, courses):
    """claim → the id of the course its printed name most likely means, where one is like it."""
    titles = {course.id: fold(course.title_vi) for course in courses}
    return {claim.id: likeliest(fold(claim.course_name), titles) for claim in claims}
