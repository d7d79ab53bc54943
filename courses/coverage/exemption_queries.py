"""Exemptions and the requests for them, as far as somebody may see them."""
from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.queries import tree
from lms.people.models import Membership, Posting
from lms.people.queries import about_people_seen_by

from courses.coverage.models import Exemption, ExemptionRequest, Goal
from courses.coverage.queries import ById, figures

#: A unit that excuses more than one in so many of its people in a goal is flagged.
TENTH = 10


def requests_seen_by(viewer, state=""):
    """The statement of the requests about oneself and one's people; for officers all.

    ``state`` is one of ExemptionRequest.states() or nothing.
    """
    request, states = ExemptionRequest, ExemptionRequest.states()
    statement = select(request).options(
        joinedload(request.person), joinedload(request.goal), joinedload(request.unit)).order_by(
        *request.in_turn())
    if state in states:
        statement = statement.where(states[state])
    return about_people_seen_by(viewer, statement, request)


def exemptions_seen_by(viewer):
    """The statement of the exemptions now known, one's own and one's people's; the last to end
    first."""
    statement = select(Exemption).options(
        joinedload(Exemption.person), joinedload(Exemption.goal),
        joinedload(Exemption.approved_by)).where(Exemption.known_at()).order_by(
        Exemption.valid_to.is_not(None), Exemption.valid_to.desc(), Exemption.id)
    return about_people_seen_by(viewer, statement, Exemption)


def exemptions_of(person):
    """The exemptions of ``person`` as now known, the newest first."""
    return db.session.scalars(
        select(Exemption).options(joinedload(Exemption.goal))
        .where(Exemption.person_id == person.id, Exemption.known_at())
        .order_by(Exemption.valid_from.desc(), Exemption.id)).all()


def requests_of_people(people):
    """The statement of the requests about the people whose ids the query ``people`` gives."""
    return select(ExemptionRequest).options(
        joinedload(ExemptionRequest.person), joinedload(ExemptionRequest.goal)).where(
        ExemptionRequest.person_id.in_(people)).order_by(
        ExemptionRequest.decided_at.is_not(None), ExemptionRequest.asked_at.desc())


def requests_behind(exemptions):
    """exemption → the request it was approved for; one that was ended keeps its request.

    An exemption ended early is a corrected row: it has the person, goal and first day of the
    row that the approval made.
    """
    rows = db.session.execute(
        select(ExemptionRequest, Exemption)
        .join(Exemption, Exemption.id == ExemptionRequest.exemption_id)
        .options(joinedload(ExemptionRequest.asked_by))
        .where(Exemption.person_id.in_({one.person_id for one in exemptions}))).all()
    made = {(first.person_id, first.goal_id, first.valid_from): request
            for request, first in rows}
    return {one.id: made.get((one.person_id, one.goal_id, one.valid_from)) for one in exemptions}


def requests_waiting():
    """How many requests wait for an officer."""
    return db.session.scalar(select(func.count()).select_from(ExemptionRequest).where(
        ExemptionRequest.decided_at.is_(None)))


def goals_asking(person):
    """The goals in force today that mean ``person``, by key: what one can be excused from."""
    today = clock.today()
    belongs = exists().where(
        Membership.group_id == Goal.group_id, Membership.person_id == person.id,
        Membership.valid_on(today), Membership.known_at())
    return db.session.scalars(
        select(Goal).where(Goal.valid_on(today), belongs).order_by(Goal.key)).all()


def generous_units(on=None):
    """The figures of units that excuse more than a tenth of their members in a goal on ``on``.

    Only goals and units with somebody excused are reckoned; the whole itself is not a unit
    that excuses.
    """
    on = on or clock.today()
    excused = select(Exemption.goal_id, Posting.unit_id).join(
        Posting, Posting.person_id == Exemption.person_id).where(
        Exemption.valid_on(on), Exemption.known_at(), Posting.valid_on(on), Posting.known_at())
    pairs = db.session.execute(excused.distinct()).all()
    if not pairs:
        return []
    standing = tree(on)
    units = {step for _goal, unit in pairs for step in standing.path(unit)
             if step in standing.parents}
    found = figures([ById(goal) for goal in {goal for goal, _unit in pairs}],
                    [ById(unit) for unit in units], on)
    return [figure for figure in found if figure.exempt * TENTH > figure.members]
