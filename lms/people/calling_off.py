"""What was recorded for a day to come is taken back before it comes."""
from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.facts import corrected_meanwhile, supersede
from lms.kernel.i18n import _, day
from lms.kernel.locks import advisory_lock, lock_row
from lms.people.actions import refuse_by_rule
from lms.people.following import follow_rules
from lms.people.models import Membership, Posting


def call_off(fact, by):
    """A post or a membership that has not begun is believed no more.

    The main post that ended for it goes on, as long as it would have; one whose end was entered
    before stays ended.  Refused once it began.
    """
    _take(fact)
    if fact.valid_from <= clock.today():
        raise Refusal(_("It began on %(day)s already. End it instead.", day=day(fact.valid_from)))
    fact.superseded_at = clock.now()
    db.session.flush()
    for former in _ended_for(fact):
        supersede(former, valid_to=_end_before(former))
    follow_rules([fact.person_id])
    audit.record(by, "called off", fact, person=fact.person_id, on=fact.valid_from.isoformat())


def go_on(fact, by):
    """A post or a membership that is to end goes on, as long as it would have before the end was
    entered.  Refused once it ended, and where something follows that does not stand beside it.
    """
    _take(fact)
    if fact.valid_to is None or fact.valid_to <= clock.today():
        raise Refusal(_("It has no end that is still to come. Open the page again to see how it "
                        "stands now."))
    last = _end_before(fact)
    later = next((one for one in _beside(fact) if last is None or one.valid_from < last), None)
    if later is not None:
        raise Refusal(_("Something else begins on %(day)s instead. Call that off first.",
                        day=day(later.valid_from)))
    goes_on = supersede(fact, valid_to=last)
    follow_rules([fact.person_id])
    audit.record(by, "goes on", goes_on, person=fact.person_id)
    return goes_on


def _take(fact):
    if isinstance(fact, Membership):
        refuse_by_rule(fact.group_id, clock.today())
    advisory_lock(f"posts-{fact.person_id}")
    lock_row(fact)
    if fact.superseded_at is not None:
        raise corrected_meanwhile()


def _ended_for(fact):
    """The main post that was ended so that the post ``fact`` follows it."""
    if not isinstance(fact, Posting) or not fact.main:
        return []
    entered_at = _history(fact, lambda _one: True)[-1].recorded_at
    return [former for former in _same(fact, Posting.main, Posting.valid_to == fact.valid_from)
            if former.valid_from < former.valid_to
            and _as_it_ends(former)[-1].recorded_at >= entered_at]


def _end_before(fact):
    """When the fact would have ended before its present end was entered; None: it had none."""
    before = _followed(_as_it_ends(fact)[-1], lambda one: _place(one) == _place(fact))
    return before and before.valid_to


def _as_it_ends(fact):
    """The fact and what it followed, as long as that had the same end, the newest first."""
    return _history(fact, lambda one: (_place(one), one.valid_to) == (
        _place(fact), fact.valid_to))


def _history(fact, goes_on):
    """The fact and what it followed while ``goes_on(row)``, the newest first."""
    rows = [fact]
    while (before := _followed(rows[-1], goes_on)) is not None:
        rows.append(before)
    return rows


def _followed(row, fits):
    """What ``row`` followed, or None: of those that were closed at the moment it was recorded the
    last that ``fits``."""
    kind = type(row)
    return next((one for one in db.session.scalars(select(kind).where(
        kind.person_id == row.person_id, kind.valid_from == row.valid_from,
        kind.superseded_at == row.recorded_at, kind.id < row.id).order_by(kind.id.desc()))
        if fits(one)), None)


def _beside(fact):
    """What begins at the end of the fact or later and cannot be held with it, in order."""
    kind = type(fact)
    return [one for one in _same(fact, kind.valid_from >= fact.valid_to, kind.some_day())
            if _place(one) == _place(fact) or (isinstance(fact, Posting)
                                              and fact.main and one.main)]


def _same(fact, *conditions):
    kind = type(fact)
    return db.session.scalars(select(kind).where(
        kind.person_id == fact.person_id, kind.known_at(), kind.id != fact.id, *conditions)
        .order_by(kind.valid_from, kind.id)).all()


def _place(fact):
    return fact.unit_id if isinstance(fact, Posting) else fact.group_id
