"""The path to a goal for a unit: who is missing where, the seats planned, what they come short."""
from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import and_, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import named
from lms.organisations.models import Succession, Unit
from lms.organisations.queries import tree

from courses.catalogue.models import IN_PERSON, Course
from courses.classes.models import CourseClass, Enrolment
from courses.classes.queries import classes_open_for, heads_in
from courses.coverage.matrix import BLOCK
from courses.coverage.pathway import CLASS_SIZE, forecast, suggested
from courses.coverage.queries import roll_of, trend, with_evidence
from courses.coverage.queries.figures import figures_of
from courses.coverage.queries.reading import Reader
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
    online: bool
    suggestions: list

    @property
    def shortfall(self):
        """For how many there is neither a place in a class nor a free seat."""
        return 0 if self.free is None else max(0, self.missing - self.planned - self.free)


@dataclass(frozen=True)
class Path:
    """Where a unit stands with a goal, and what leads on from there."""

    figure: object
    short: int
    missing: list
    #: place → unit → the people missing there, the place with the most first.
    places: list
    needs: list
    outlook: object


def path_of(goal, unit, viewer, size=CLASS_SIZE):
    """The path of ``unit`` to ``goal`` as of today; None where the goal is not in force.

    Open classes are those ``viewer`` may send people to; suggested ones have ``size`` seats.
    """
    today = clock.today()
    roll = roll_of(goal, unit, today)
    if roll is None:
        return None
    (figure,) = figures_of(roll.goal, roll.reader.in_order({unit.id}), roll.day)
    missing = with_evidence(roll.behind(roll.named(OWING)), goal, today)
    short = _short(figure)
    points = [(day, one.met if one else None) for day, one in trend(goal, unit.id, 13, today)]
    where = places_of({row.units[0].id for row in missing}, today)
    return Path(figure, short, missing, _grouped(missing, where), _needs(
        goal, missing, where, viewer, size), forecast(points, short))


def _short(figure):
    share = 100 if figure.goal.share is None else figure.goal.share
    return short_of(figure.met, figure.required, share)


def _grouped(missing, where):
    """[(place, people, [(unit, [row])])], the place with the most people first."""
    places = defaultdict(lambda: defaultdict(list))
    for row in missing:
        places[where[row.units[0].id]][row.units[0]].append(row)
    groups = [(place, sum(map(len, units.values())),
               sorted(units.items(), key=lambda item: item[0].precedence))
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


def _needs(goal, missing, where, viewer, size):
    courses = db.session.scalars(select(Course).where(Course.id.in_(
        {state.course.id for row in missing for state in row.courses if not state.completion}))
        .order_by(Course.key)).all()
    classes = defaultdict(list)
    for course_class in classes_open_for([c.id for c in courses], clock.today(), viewer):
        classes[course_class.course_id].append(course_class)
    heads = heads_in([one.id for group in classes.values() for one in group])
    enrolled = _enrolled(courses)
    return [_need(course, missing, where, (classes[course.id], heads, enrolled), size)
            for course in courses]


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


def _need(course, missing, where, planned, size):
    classes, heads, enrolled = planned
    lacking = [row for row in missing
               if any(s.course.id == course.id and not s.completion for s in row.courses)]
    waiting = [row for row in lacking if row.person.id not in enrolled[course.id]]
    free = None if any(one.seats is None for one in classes) else sum(
        max(0, one.seats - heads.get(one.id, 0)) for one in classes)
    places = Counter(where[row.units[0].id] for row in waiting)
    return Need(course, len(lacking), len(lacking) - len(waiting), free, classes,
                course.mode != IN_PERSON and course.withdrawn_at is None,
                [] if free is None else suggested(places, free, size))


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
