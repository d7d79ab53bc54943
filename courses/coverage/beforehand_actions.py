"""Reckoning figures beforehand, so that nobody waits for those of a large unit.

Reckoning only reads, for seconds, and nobody waits for it: it says first that it has begun, reads
as a reader does, and writes at the end.  What is recorded meanwhile counts as recorded since.
"""
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, exists, insert, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.jobs import LEASE
from lms.kernel.locks import advisory_lock
from lms.kernel.transaction import looking, transaction
from lms.people.models import Person

from courses.coverage.models import Reckoned, ReckonedFigure
from courses.coverage.queries.beforehand import asked, changed_since, kept_of, moved, together
from courses.coverage.queries.figures import PARTS, counts_of
from courses.coverage.queries.history import month_ends
from courses.coverage.queries.reading import Reader
from courses.coverage.queries.rows import all_goals

#: Fewer people are counted from their facts in no time.
ENOUGH = 3_000
#: Reckoned is what was known so long ago: whatever was recorded by then has been committed by now.
SETTLED = timedelta(minutes=15)
#: Not more often than this, and only once so many people differ from what was reckoned.
EVERY, CHANGED = timedelta(hours=1), 100
#: From this hour on, on the clock of the deployment, the figures of tomorrow are reckoned too.
EVENING = 22
#: The months of a trend, the present one among them.
MONTHS = 24
#: Of so many days at once is forgotten what was reckoned: others want to write too.
FORGOTTEN = 2


class Begun(NamedTuple):
    """What is being reckoned: see ``Reckoned``."""

    id: int
    made_at: datetime


class Counted(NamedTuple):
    """What was read of a day: what the goals ask, and the rows of its figures."""

    goals: list
    rows: list


def reckon_when_due():
    """Reckon the figures of the day that wants it most; gives the day, or None.

    Of today, in the evening of tomorrow too, and of the ends of the months gone by, one day each
    time it is called, which is every minute.  A small organisation needs none.
    """
    with looking():
        if not db.session.scalar(select(exists(select(Person.id).offset(ENOUGH)))):
            return None
        kept = kept_of()
        wanted, outlived = _wanted(kept), _outlived(kept)
    if not wanted and not outlived:
        return None
    with transaction():
        _forget(outlived[:FORGOTTEN])
        begun = wanted and begin(*wanted)
    if not begun:
        return None
    with looking():
        found = counted(*wanted)
    return keep(begun, found) and wanted[0]


def _days():
    today = clock.today()
    late = clock.local(clock.now()).hour >= EVENING
    return [today, today + timedelta(days=1)] if late else [today]


def _closed():
    return month_ends(clock.today(), MONTHS)[:-1]


def _wanted(kept):
    """The day whose figures are wanted most and the moment as known at which; None: no day's, or
    somebody reckons already.
    """
    now = clock.now()
    if any(not one.ready and one.made_at > now - LEASE for one in kept):
        return None
    for on in _days():
        if _due([one for one in kept if one.ready and one.on == on][-1:]):
            return on, now - SETTLED
    return _wanted_month([one for one in kept if one.ready], now - SETTLED)


def _wanted_month(kept, settled):
    """As ``_wanted``, of the months: all as known at one moment, so that a trend reads them
    together, and anew each day.
    """
    days = _closed()
    kept = [one for one in kept if one.on in days]
    newest = [one for one in kept if one.known == kept[-1].known]
    if _due(newest) or clock.local(newest[-1].made_at).date() < clock.today():
        return days[-1], settled
    missing = set(days).difference(one.on for one in newest)
    return (max(missing), newest[-1].known) if missing else None


def _due(kept):
    """Whether the figures ``kept``, as known at one moment, are to be reckoned anew."""
    if not kept:
        return True
    known = kept[-1].known
    return kept[-1].made_at <= clock.now() - EVERY and (
        moved(known) or _ask_otherwise(kept)
        or len(changed_since(known, max(one.on for one in kept))) > CHANGED)


def _ask_otherwise(kept):
    goals = all_goals()
    return any(one.goals != [asked(goal) for goal in goals if goal.in_force(one.on)]
               for one in kept)


def _outlived(kept):
    """The ids of those of ``kept`` that nobody will ask for any more."""
    today, days = clock.today(), set(_closed())
    newest = {one.on: one.id for one in kept if one.ready}
    complete = together(kept, days)
    return [one.id for one in kept if (
        one.made_at <= clock.now() - LEASE if not one.ready
        else one.known < complete if one.on in days and complete
        else one.on not in days and (one.on < today or one.id < newest[one.on]))]


def begin(on, known):
    """Say that the figures of the day ``on`` as known at ``known`` are being reckoned; gives what
    was begun.
    """
    advisory_lock("figures beforehand")
    begun = Reckoned(on=on, known=known, goals=[])
    db.session.add(begun)
    db.session.flush()
    return Begun(begun.id, begun.made_at)


def counted(on, known):
    """Reckon the figures of the day ``on`` as known at ``known``; gives the Counted."""
    reader = Reader(on, known)
    day, rows = reader.day(), []
    for goal in reader.goals:
        counts = counts_of(goal, day)
        rows += [{"goal_id": goal.id, "unit_id": unit,
                  **{part: count[unit] for part, count in zip(PARTS, counts, strict=True)}}
                 for unit in set().union(*counts)]
    return Counted([asked(goal) for goal in reader.goals], rows)


def keep(begun, found):
    """Keep the figures ``found`` as those that were ``begun``; gives the Reckoned.

    None where that was forgotten meanwhile: facts came in that were recorded long ago.
    """
    advisory_lock("figures beforehand")
    kept = db.session.scalar(select(Reckoned).where(
        Reckoned.id == begun.id, Reckoned.made_at == begun.made_at, ~Reckoned.ready))
    if kept is None:
        return None
    if found.rows:
        db.session.execute(insert(ReckonedFigure), [
            {"reckoned_id": kept.id, **row} for row in found.rows])
    kept.ready, kept.goals = True, found.goals
    db.session.flush()
    return kept


def reckon(on, known=None):
    """Reckon the figures of the day ``on`` as known at ``known`` (when all had settled), and keep
    them; gives the Reckoned.
    """
    known = known or clock.now() - SETTLED
    return keep(begin(on, known), counted(on, known))


def forget():
    """Forget all that was reckoned beforehand or is being reckoned: facts come in that were
    recorded long ago.
    """
    advisory_lock("figures beforehand")
    db.session.execute(delete(ReckonedFigure))
    db.session.execute(delete(Reckoned))


def _forget(outlived):
    if outlived:
        advisory_lock("figures beforehand")
        db.session.execute(delete(ReckonedFigure).where(
            ReckonedFigure.reckoned_id.in_(outlived)))
        db.session.execute(delete(Reckoned).where(Reckoned.id.in_(outlived)))
