"""The path to a goal for a unit: who is missing where, the seats planned, what they come short."""
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter

from sqlalchemy import and_, select

from lms.accounts.models import Account
from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import named
from lms.organisations.models import Succession, Unit
from lms.organisations.queries import tree
from lms.organisations.words import BLOCK

from courses.catalogue.models import ONLINE, Course, CourseVersion
from courses.classes.models import CourseClass, Enrolment
from courses.classes.queries import classes_open_for, heads_in
from courses.completions.models import Study
from courses.coverage.pathway import CLASS_SIZE, forecast, suggested
from courses.coverage.queries import roll_of, trend, with_evidence
from courses.coverage.queries.figures import figure_of_all
from courses.coverage.queries.reading import Reader
from courses.coverage.queries.rows import among, people_rows
from courses.coverage.reckoning import OWING, short_of, standing

#: The kind of unit whose territory its successors lie in.
DISTRICT = "district"


@dataclass(frozen=True)
class Need:
    """How far the seats of one course's open classes reach for those who lack it."""

    course: Course
    missing: int
    #: Of those missing, how many are enrolled in an open class of the course.
    planned: int
    #: Seats nobody has; None where a class takes as many as come.
    free: int | None
    classes: list
    suggestions: list
    #: Where it is learned online, so that nobody needs a seat; else None.
    online: "Online | None" = None

    @property
    def shortfall(self):
        """For how many there is neither a place in a class nor a free seat; online for nobody."""
        if self.online or self.free is None:
            return 0
        return max(0, self.missing - self.planned - self.free)


@dataclass(frozen=True)
class Online:
    """How far those who lack a course that is learned online, and are in no class of it, are."""

    #: How many can begin at once.
    ready: int
    #: How many have begun.
    begun: int
    #: How many have no account to begin with.
    without_account: int

    @property
    def people(self):
        """All of them."""
        return self.ready + self.begun + self.without_account


@dataclass(frozen=True)
class Path:
    """Where a unit stands with a goal, and what leads on from there."""

    figure: object
    short: int
    #: (place, how many are missing there, [Missing]), the place with the most first.
    places: list
    needs: list
    outlook: object

    @property
    def missing(self):
        """How many people are missing."""
        return sum(count for _place, count, _units in self.places)


@dataclass
class Missing:
    """The people of ``unit`` who have not met the goal: their ids, and the rows of those named."""

    unit: object
    ids: set
    rows: tuple = ()


def path_of(goal, unit, viewer, size=CLASS_SIZE, most=None):
    """The path of ``unit`` to ``goal`` as of today; None where the goal is not in force.

    Open classes are those ``viewer`` may send people to; suggested ones have ``size`` seats.
    Of those missing at most ``most`` come with name and evidence, None for all.
    """
    today = clock.today()
    roll = roll_of(goal, unit, today)
    if roll is None:
        return None
    figure = figure_of_all(roll.goal, roll.reader.in_order({unit.id})[0], roll.day, roll.standing)
    units = _by_unit(roll)
    where = places_of(set(units), today)
    places = _grouped(units.values(), where)
    _name(roll, [one for _place, _count, parts in places for one in parts], most)
    points = [(day, one.met if one and one.of_a_unit else None)
              for day, one in trend(goal, unit.id, 13, today, last=figure)]
    short = _short(figure)
    return Path(figure, short, places, _needs(roll, units, where, viewer, size),
                forecast(points, short))


def _by_unit(roll):
    """unit → Missing: each person in the first of the units they are posted in."""
    people, posts, first = defaultdict(set), roll.day.posts, roll.reader.first_in_order
    for person in roll.ids(OWING):
        people[first(posts[person])].add(person)
    return {unit.id: Missing(unit, people[unit.id]) for unit in roll.reader.in_order(people)}


def _name(roll, parts, most):
    """Give the first so many of the people of ``parts`` their rows, those of a unit by name."""
    if most is not None:
        before = accumulate((len(one.ids) for one in parts), initial=0)
        parts = [one for one, count in zip(parts, before, strict=False) if count < most]
    unit_of = {person: one.unit.id for one in parts for person in one.ids}
    people = people_rows(unit_of.keys())
    # The sort keeps the order of names within each unit.
    turn = {one.unit.id: number for number, one in enumerate(parts)}
    people = sorted(people, key=lambda row: turn[unit_of[row.id]])[:most]
    rows = defaultdict(list)
    for row in with_evidence(roll.behind(people), roll.goal, roll.day.on, roll.reader.known):
        rows[unit_of[row.person.id]].append(row)
    for one in parts:
        one.rows = tuple(rows[one.unit.id])


def _short(figure):
    share = 100 if figure.goal.share is None else figure.goal.share
    return short_of(figure.met, figure.required, share)


def _grouped(units, where):
    """[(place, people, [Missing])], the place with the most people first."""
    places = defaultdict(list)
    for one in units:
        places[where[one.unit.id]].append(one)
    groups = [(place, sum(len(one.ids) for one in units),
               sorted(units, key=attrgetter("unit.precedence")))
              for place, units in places.items()]
    return sorted(groups, key=lambda group: (-group[1], group[0]))


def places_of(unit_ids, on):
    """unit → the name of the place it lies in.

    A commune lies where its district was; any other unit in its block, else it is its own place.
    """
    placed = tree(on)
    paths = {unit: placed.path(unit) for unit in unit_ids}
    units = {row.id: row for row in db.session.scalars(select(Unit).where(
        Unit.id.in_({step for path in paths.values() for step in path})))}
    districts = dict(db.session.execute(
        select(Succession.to_unit_id, Unit).join(Unit, Unit.id == Succession.from_unit_id)
        .where(Unit.kind == DISTRICT, Succession.to_unit_id.in_(unit_ids))
        .order_by(Succession.on, Succession.id)).all())
    return {unit: _place(path, units, districts) for unit, path in paths.items()}


def _place(path, units, districts):
    if path[0] in districts:
        return named(districts[path[0]])
    block = next((units[step] for step in path if units[step].kind == BLOCK), units[path[0]])
    return named(block)


def _needs(roll, units, where, viewer, size):
    owing, held = roll.ids(OWING), roll.day.holders
    lacking = {course: owing - held.get(course, set()) for course in roll.goal.courses}
    courses = db.session.scalars(
        select(Course).where(Course.id.in_([course for course in lacking if lacking[course]]))
        .order_by(Course.key)).all()
    classes = defaultdict(list)
    for course_class in classes_open_for([c.id for c in courses], clock.today(), viewer):
        classes[course_class.course_id].append(course_class)
    heads = heads_in([one.id for group in classes.values() for one in group])
    enrolled, online = _enrolled(courses), _online(courses)
    begun, accounts = _begun(online), _with_account(owing) if online else set()
    needs = []
    for course in courses:
        waiting = lacking[course.id] - enrolled[course.id]
        learning = None
        if course.id in online:
            here, idle = waiting & begun[course.id], waiting - begun[course.id]
            learning = Online(len(idle & accounts), len(here), len(idle - accounts))
        places = Counter()
        for key, one in units.items():
            places[where[key]] += len(one.ids & waiting)
        needs.append(_need(course, (len(lacking[course.id]), +places, learning),
                           classes[course.id], heads, size))
    return needs


def _online(courses):
    """The ids of those that are learned online alone, and that whoever owes them can begin now."""
    return set(db.session.scalars(select(CourseVersion.course_id).where(
        CourseVersion.course_id.in_([one.id for one in courses
                                     if one.mode == ONLINE and one.withdrawn_at is None]),
        CourseVersion.published_at.is_not(None))))


def _begun(courses):
    """course id → those who are in the middle of it."""
    found = defaultdict(set)
    if courses:
        for course, person in db.session.execute(
                select(Study.course_id, Study.person_id).where(
                    Study.course_id.in_(courses), Study.finished_at.is_(None))):
            found[course].add(person)
    return found


def _with_account(people):
    """The ids of those among ``people`` who have an account that is open."""
    return set(db.session.scalars(select(Account.person_id).where(
        among(Account.person_id, people), Account.closed_at.is_(None))))


def _enrolled(courses):
    """course → those who are in a class of it that is not over."""
    found = defaultdict(set)
    for course, person in db.session.execute(
            select(CourseClass.course_id, Enrolment.person_id)
            .join(Enrolment, and_(Enrolment.class_id == CourseClass.id,
                                  Enrolment.withdrawn_at.is_(None)))
            .where(CourseClass.course_id.in_([c.id for c in courses]),
                   CourseClass.closed_at.is_(None), CourseClass.cancelled_at.is_(None))):
        found[course].add(person)
    return found


def _need(course, people, classes, heads, size):
    """``people`` are how many lack the course, place → how many of them are in no class of it,
    and how far these are, where it is learned online.
    """
    lacking, waiting, online = people
    free = None if any(one.seats is None for one in classes) else sum(
        max(0, one.seats - heads.get(one.id, 0)) for one in classes)
    return Need(course, lacking, lacking - waiting.total(), free, classes,
                [] if online or free is None else suggested(waiting, free, size), online)


def parts_met(goal, unit, on=None):
    """How many of those required in ``unit`` hold each course of ``goal``: course id → people."""
    reader = Reader(on or clock.today(), clock.now(), {goal.id}, {unit.id})
    if not reader.goals:
        return {}
    day = reader.day()
    found = standing(reader.goals[0], day)
    required = found.met | found.overdue | found.within_time
    return {course: len(required & day.holders.get(course, set()))
            for course in reader.goals[0].courses}
