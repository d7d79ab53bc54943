"""Questions about ladders, about who is missing today, and about what was sent."""
from collections import defaultdict
from datetime import timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from lms.accounts.models import Account
from lms.kernel import clock, mail
from lms.kernel.db import ask, db, prepared
from lms.kernel.mail import Letter
from lms.notices.models import Notice
from lms.organisations.queries import tree, units_on
from lms.people.models import ANSWERING, MANAGER, OFFICER, Person, Posting, Role
from lms.people.policies import is_officer, scope_of
from lms.people.queries import posted_in

from courses.coverage.models import Goal
from courses.coverage.queries import owed_by, standings
from courses.coverage.reckoning import OWING
from courses.reminders.models import LEARNER, MANUAL, Ladder, Reminder, ReminderRun
from courses.reminders.rule import CONTACT, DEFAULT, HEAD, Missing, Staff

#: How a reminder stands, as lists filter it.
STATES = ("unread", "read", "waiting", "sent", "failed", "no_letter")
#: The first page tells of letters that failed in so many days.
LATELY = timedelta(days=30)


def goals_in_force(day):
    """The goals in force on ``day``, by key."""
    return db.session.scalars(select(Goal).where(Goal.valid_on(day)).order_by(Goal.key)).all()


def ladder_of(goal):
    """The ladder set for ``goal``, or None where it follows the default."""
    return db.session.scalar(select(Ladder).filter_by(goal_id=goal.id))


def ladders_on(day):
    """The goals in force on ``day`` with the ladder set for each, or None: (goal, ladder)."""
    return db.session.execute(
        select(Goal, Ladder).join(Ladder, Ladder.goal_id == Goal.id, isouter=True)
        .where(Goal.valid_on(day)).order_by(Goal.key)).all()


def steps_at_work(day):
    """goal id → the steps of its ladder on ``day``, without the goals whose ladder is paused."""
    return {goal.id: ladder.as_steps() if ladder else DEFAULT
            for goal, ladder in ladders_on(day) if ladder is None or ladder.paused_at is None}


def missing_on(day, goals):
    """Everybody who owes one of the ``goals`` on ``day`` with a due date, as the figures say.

    Asked below each unit that stands under no other; somebody who works below two such units
    is missing once, in the units of both.
    """
    parents = tree(day).parents
    found = {}
    for top in [unit for unit in units_on(day) if unit.id not in parents]:
        for goal in goals:
            for row in standings(goal, top, day, statuses=OWING):
                if row.due_on:
                    one = found.get((goal.id, row.person.id))
                    units = tuple(unit.id for unit in row.units)
                    found[goal.id, row.person.id] = Missing(
                        goal.id, row.person.id, row.due_on, (one.units if one else ()) + units)
    return list(found.values())


def staff_on(day):
    """Who is named for which post on ``day``, of those who hold a post in some unit that day."""
    rows = db.session.execute(
        select(Role.kind, Role.unit_id, Role.person_id).join(Person, Person.id == Role.person_id)
        .where(Role.kind.in_((*ANSWERING, OFFICER)), Role.valid_on(day),
               Person.erased_at.is_(None), Role.person_id.in_(posted_in(None, day)))
        .order_by(Role.id))
    named, officers = defaultdict(list), []
    for kind, unit, person in rows:
        if kind == OFFICER:
            officers += [person] if unit is None else []
        elif unit is not None:
            named[HEAD if kind == MANAGER else CONTACT, unit].append(person)
    return Staff(dict(named), tree(day).parents, tuple(officers))


def run_on(day):
    """Whether the ladders were followed on ``day`` already."""
    return db.session.scalar(select(ReminderRun.id).filter_by(on=day)) is not None


def made_before(keys):
    """Those of ``keys`` under which somebody was reminded already."""
    return set(db.session.scalars(select(Reminder.key).where(Reminder.key.in_(keys))))


def missing_in(goal, unit):
    """Those of ``unit`` who owe ``goal`` today, in the order of names, as on the unit's page."""
    return standings(goal, unit, statuses=OWING)


def reminded_by_hand(goal, day):
    """The ids of those who were reminded of ``goal`` by hand on ``day``."""
    return set(db.session.scalars(select(Reminder.to_id).where(
        Reminder.goal_id == goal.id, Reminder.kind == MANUAL, Reminder.made_on == day)))


def able_to_sign_in(ids):
    """Those of the people with these ids who have an account they came in with before."""
    return set(db.session.scalars(select(Account.person_id).where(
        Account.person_id.in_(ids), Account.closed_at.is_(None), Account.password_hash != "")))


def last_text_of(person, goal, day):
    """What ``person`` last wrote in a reminder of ``goal`` by hand on ``day``, or nothing."""
    return db.session.scalar(
        select(Notice.text_vi).join(Reminder, Reminder.notice_id == Notice.id)
        .where(Reminder.by_id == person.id, Reminder.goal_id == goal.id,
               Reminder.kind == MANUAL, Reminder.made_on == day)
        .order_by(Reminder.id.desc()).limit(1))


def reminders_seen_by(viewer, goal=None, unit=None, state=""):
    """The statement of the reminders to people ``viewer`` may follow, the newest first.

    Narrowed to a goal, to those posted in a unit or below it today, and to one of STATES.
    """
    statement = (
        select(Reminder).outerjoin(Reminder.notice).outerjoin(Reminder.letter)
        .options(joinedload(Reminder.to), joinedload(Reminder.goal),
                 joinedload(Reminder.notice), joinedload(Reminder.letter))
        .order_by(Reminder.id.desc()))
    for units in (scope_of(viewer), tree().below(unit) if unit else None):
        if units is not None:
            statement = statement.where(Reminder.to_id.in_(posted_in(units, clock.today())))
    if goal:
        statement = statement.where(Reminder.goal_id == goal)
    return statement.where(_stands(state)) if state in STATES else statement


def _stands(state):
    if state in ("unread", "read"):
        read = Notice.read_at.is_(None) if state == "unread" else Notice.read_at.is_not(None)
        return and_(Reminder.notice_id.is_not(None), read)
    if state == "no_letter":
        return Reminder.letter_id.is_(None)
    return Letter.state == state


def failed_lately(viewer):
    """How many letters were given up in the last days, for the officers who can mend it.

    Where letters are not sent at all, nobody is asked to mend anything.
    """
    if not (mail.is_on() and is_officer(viewer)):
        return 0
    return mail.failed_since(clock.now() - LATELY)


def waiting_for(person_ids=None):
    """The reminders to learners whose letter still waits; of these people only, where given."""
    statement = (
        select(Reminder).join(Reminder.letter)
        .options(joinedload(Reminder.letter), joinedload(Reminder.to))
        .where(Letter.state == mail.WAITING, Reminder.kind.in_((LEARNER, MANUAL))))
    if person_ids is not None:
        statement = statement.where(Reminder.to_id.in_(person_ids))
    return db.session.scalars(statement).all()


def waits_for(person_id):
    """Whether the letter of a reminder to somebody still waits."""
    return ask(*_waiting_for(person_id)).first() is not None


@prepared
def _waiting_for(person):
    return select(Reminder.id).join(Reminder.letter).where(
        Letter.state == mail.WAITING, Reminder.kind.in_((LEARNER, MANUAL)),
        Reminder.to_id == person).limit(1)


def still_owed(person):
    """The ids of the goals that ``person`` still owes today; nothing for who holds no post."""
    if not db.session.scalar(posted_in(None, clock.today()).where(
            Posting.person_id == person.id).limit(1)):
        return set()
    return {one.goal.id for one in owed_by(person) if one.status in OWING}
