"""What one person owes, and why: the figure asked the other way round."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select

from lms.kernel import clock
from lms.kernel.db import ask, prepared
from lms.kernel.keys import one_of
from lms.people.models import Membership

from courses.catalogue.models import Course
from courses.coverage import reckoning
from courses.coverage.models import Exemption, Goal, GoalCourse
from courses.coverage.queries.evidence import (
    CourseRow,
    CourseState,
    ExemptionRow,
    completions,
    state,
)
from courses.coverage.queries.rows import GoalRow

#: Of the columns of a row the first tell of the goal, then of one of its courses, then of
#: the person's exemption, if there is one.
OF_THE_GOAL = len(GoalRow._fields) - 1
TO_THE_EXEMPTION = OF_THE_GOAL + len(CourseRow._fields)


@dataclass(frozen=True)
class Owed:
    """How one person stands with one goal, and how that came about."""

    goal: GoalRow
    status: str
    #: The first day of the unbroken membership of the goal's group.
    since: date
    due_on: date | None
    exemption: ExemptionRow | None
    courses: tuple[CourseState, ...]


def owed_by(person, on=None, known=None):
    """How ``person`` stands on ``on`` with each goal in force for one of their groups.

    Whoever is posted nowhere is counted in no figure, and yet owes what their groups owe.
    What is due first comes first; three statements.
    """
    on, known = on or clock.today(), known or clock.now()
    since = _since(person, on, known)
    goals, courses, excused = _asked(person, since, on, known)
    learned = completions({person.id}, courses, on, known)[person.id]
    states = {key: state(course, learned[key], on) for key, course in courses.items()}
    owed = [_owed(goal, since[goal.group_id], excused.get(goal.id),
                  tuple(states[key] for key in goal.courses), on) for goal in goals]
    return sorted(owed, key=lambda one: (one.due_on or date.max, one.goal.key))


def is_asked(person, course, on=None):
    """Whether a goal in force asks ``course`` of a group that ``person`` belongs to on ``on``."""
    on = on or clock.today()
    return ask(
        select(Goal.id).join(GoalCourse, GoalCourse.goal_id == Goal.id)
        .join(Membership, Membership.group_id == Goal.group_id)
        .where(GoalCourse.course_id == course.id, Membership.person_id == person.id,
               Membership.valid_on(on), Membership.known_at(), Goal.valid_on(on))
        .limit(1)).first() is not None


def _owed(goal, since, exemption, states, on):
    # The status comes from where every figure's comes from: a day with one person in it.
    me, nowhere = 1, 0
    day = reckoning.Day(
        on=on, parents={}, people={nowhere: {me}}, members={goal.group_id: {me: since}},
        holders={one.course.id: {me} for one in states if one.completion},
        excused={goal.id: {me}} if exemption else {})
    status = reckoning.standing(goal, day).status_of(me)
    return Owed(goal, status, since, reckoning.due_on(goal, since), exemption, states)


def _since(person, on, known):
    """group → the first day of the membership that holds the day ``on``."""
    return reckoning.first_days(ask(*_memberships(person.id, on, known)), on)


@prepared
def _memberships(person, on, known):
    return (select(Membership.group_id, Membership.valid_from, Membership.valid_to)
            .where(Membership.person_id == person, Membership.valid_from <= on,
                   Membership.known_at(known)).order_by(Membership.valid_from))


def _asked(person, groups, on, known):
    """The goals in force for ``groups`` with their courses by key, each course by id, and from
    which goals ``person`` is exempt: goal → exemption."""
    asked, courses, excused = defaultdict(dict), {}, {}
    for row in ask(*_goals_of(person.id, groups, on, known)):
        goal, course = tuple(row[:OF_THE_GOAL]), CourseRow(*row[OF_THE_GOAL:TO_THE_EXEMPTION])
        courses[course.id] = course
        asked[goal][course.id] = True
        if row[TO_THE_EXEMPTION] is not None:
            excused[row.goal_id] = ExemptionRow(*row[TO_THE_EXEMPTION:])
    return [GoalRow(*goal, tuple(ids)) for goal, ids in asked.items()], courses, excused


@prepared
def _goals_of(person, groups, on, known):
    return (select(*(getattr(Goal, name) for name in GoalRow._fields[:-1]),
                   *(getattr(Course, name) for name in CourseRow._fields),
                   *(getattr(Exemption, name) for name in ExemptionRow._fields))
            .join(GoalCourse, GoalCourse.goal_id == Goal.id)
            .join(Course, Course.id == GoalCourse.course_id)
            .outerjoin(Exemption, and_(
                Exemption.goal_id == Goal.id, Exemption.person_id == person,
                Exemption.valid_on(on), Exemption.known_at(known)))
            .where(one_of(Goal.group_id, groups), Goal.valid_on(on))
            .order_by(Course.key, Exemption.id))
