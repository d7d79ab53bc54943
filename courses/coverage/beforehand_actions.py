"""Reckoning figures beforehand, so that nobody waits for those of a large unit."""
from datetime import timedelta

from sqlalchemy import delete, exists, insert, or_, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.turns import take_turn
from lms.people.models import Person

from courses.coverage.models import Reckoned, ReckonedFigure
from courses.coverage.queries.beforehand import asked, changed_since, newest
from courses.coverage.queries.figures import PARTS, counts_of
from courses.coverage.queries.reading import Reader

#: Fewer people are counted from their facts in no time.
ENOUGH = 3_000
#: Reckoned is what was known so long ago: whatever was recorded by then has been committed by now.
SETTLED = timedelta(minutes=15)
#: Not more often than this, and only once so many people differ from what was reckoned.
EVERY, CHANGED = timedelta(hours=1), 100
#: From this hour on, on the clock of the deployment, the figures of tomorrow are reckoned too.
EVENING = 22


def reckon_when_due():
    """Reckon the figures of today, in the evening of tomorrow too; gives how many days it did.

    A small organisation needs none.
    """
    if not db.session.scalar(select(exists(select(Person.id).offset(ENOUGH)))):
        return 0
    days = [on for on in _days() if _due(on)]
    if days:
        take_turn("figures beforehand")
    return len([reckon(on) for on in days if _due(on)])


def _days():
    today = clock.today()
    late = clock.local(clock.now()).hour >= EVENING
    return [today, today + timedelta(days=1)] if late else [today]


def _due(on):
    last = newest(on)
    return last is None or (last.made_at <= clock.now() - EVERY
                            and len(changed_since(last.known)) > CHANGED)


def reckon(on, known=None):
    """Reckon the figures of the day ``on`` as known at ``known`` (when all had settled) and keep
    them in place of those of that day and of days gone by; gives the Reckoned.
    """
    reader = Reader(on, known or clock.now() - SETTLED)
    day = reader.day()
    _forget(or_(Reckoned.on == on, Reckoned.on < clock.today()))
    kept = Reckoned(on=on, known=reader.known, goals=[asked(goal) for goal in reader.goals])
    db.session.add(kept)
    db.session.flush()
    for goal in reader.goals:
        counts = counts_of(goal, day)
        rows = [{"reckoned_id": kept.id, "goal_id": goal.id, "unit_id": unit,
                 **{part: count[unit] for part, count in zip(PARTS, counts, strict=True)}}
                for unit in set().union(*counts)]
        if rows:
            db.session.execute(insert(ReckonedFigure), rows)
    return kept


def forget():
    """Forget all that was reckoned beforehand: facts come in that were recorded long ago."""
    take_turn("figures beforehand")
    _forget(Reckoned.id.is_not(None))


def _forget(which):
    db.session.execute(delete(ReckonedFigure).where(
        ReckonedFigure.reckoned_id.in_(select(Reckoned.id).where(which))))
    db.session.execute(delete(Reckoned).where(which))
