"""Who stands first among those who owe a goal, without reading everybody behind its figure."""
from sqlalchemy import and_, exists, select

from lms.kernel import clock
from lms.kernel.db import ask
from lms.people.models import Membership, Person, Posting

from courses.completions.models import Completion
from courses.coverage.models import Exemption
from courses.coverage.queries.people import Roll, roll_of
from courses.coverage.queries.reading import Reader
from courses.coverage.queries.rows import by_name

#: Where more people owe a goal than these, the first by name are found among all people.
MANY = 3_000


def those_owing(figure, on, most):
    """Those who owe the goal of ``figure`` in its unit on ``on``, as known now, as a Roll that
    names at least the first ``most`` of them; perhaps it has everybody behind the figure.
    """
    if figure.overdue + figure.within_time > MANY:
        return first_owing(figure.goal, figure.unit, on, most)
    return roll_of(figure.goal, figure.unit, on)


def first_owing(goal, unit, on, most):
    """The Roll of the first ``most`` by name of those who owe ``goal`` in ``unit`` on ``on``.

    As known now; ``goal`` is in force.  Everybody is looked at in the order of names until so
    many are found, which is quick where many owe it.
    """
    reader = Reader(on, clock.now(), {goal.id}, {unit.id})
    people = {person for person, in ask(by_name(_owing(goal, reader)).limit(most))}
    reader = reader.only(people)
    return Roll(reader.goals[0], reader, reader.day())


def _owing(goal, reader):
    """The statement of the ids of those of the reader's units who owe ``goal`` on its day."""
    def holds(fact, *conditions):
        return exists().where(fact.person_id == Person.id, fact.known_at(reader.known),
                              *conditions)

    posted = [] if reader.scope is None else [Posting.unit_id.in_(reader.scope)]
    held = [holds(Completion, Completion.course_id == course, Completion.counts_on(reader.on))
            for course in goal.courses]
    return select(Person.id).where(
        holds(Membership, Membership.group_id == goal.group_id, Membership.valid_on(reader.on)),
        holds(Posting, Posting.valid_on(reader.on), *posted),
        ~holds(Exemption, Exemption.goal_id == goal.id, Exemption.valid_on(reader.on)),
        ~and_(True, *held))
