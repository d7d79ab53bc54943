"""Entering an act: done at once, or kept until its day, and then done by itself."""
from functools import partial

from lms.kernel import audit, clock
from lms.kernel.all_or_nothing import all_or_nothing
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, in_both, named
from lms.kernel.locks import advisory_lock, lock_row

from courses.reorganisation.ahead import ids_of, kept, newcomers, plan_kept
from courses.reorganisation.doing import carry_out
from courses.reorganisation.models import ENDING, Reorganisation
from courses.reorganisation.queries import units_named, waiting_acts
from courses.reorganisation.tidings import (
    concerned_by,
    tell_done,
    tell_not_done,
    tell_officers_done,
)
from courses.reorganisation.words import KIND_WORDS


def reorganise(plan, by):
    """Do what ``plan`` says, all of it or nothing; gives the Reorganisation.

    An act of a day to come changes nothing before: it is kept, and ``take_effect`` does it on its
    day for whoever is in the units then.  Refused is what makes no sense on its day, and what
    does not go together with an act that waits.
    """
    advisory_lock("reorganisation")
    refuse_what_collides(plan)
    done = entered(plan, by)
    if plan.on > clock.today():
        done.plan = kept(plan)
        done.units = {"sources": [unit.id for unit in plan.sources],
                      "heirs": [heir.unit.id for heir in plan.heirs if heir.unit]}
        db.session.flush()
        audit.record(by, "act entered ahead", done, **_what(done))
    else:
        concerned = concerned_by(plan)
        carry_out(plan, done)
        audit.record(by, "units reorganised", done, **_what(done))
        tell_done(done, plan, concerned, by)
    return done


def entered(plan, by):
    """The Reorganisation of ``plan``, of which nothing is done yet."""
    done = Reorganisation(
        kind=plan.kind, on=plan.on, act=plan.act, act_on=plan.act_on, scan=plan.scan,
        by_id=by.id if by else None, units={})
    db.session.add(done)
    db.session.flush()
    return done


def _what(act):
    return {"kind": act.kind, "on": act.on.isoformat(), **act.units}


def take_back(act, by):
    """An act that waits for its day is taken back: nothing of it was done, nothing will be."""
    advisory_lock("reorganisation")
    lock_row(act)
    if not act.waits:
        raise Refusal(_("This act does not wait any more. Open it again to see what became of it."))
    act.undone_at = clock.now()
    audit.record(by, "act taken back", act)


def take_effect():
    """Do the acts whose day has come; those of one day in the order they were entered.

    What cannot be done, because something was changed meanwhile that stands in its way, is left
    as it is, and the officers and whoever answers for its units are told.  Where a fault of ours
    stopped it, the others are done all the same, and it is tried again at the next turn.
    """
    if not waiting_acts(clock.today()):
        return
    # Asked again behind the turn: another runner may have done them, or somebody taken one back.
    advisory_lock("reorganisation")
    for act in waiting_acts(clock.today()):
        stopped = all_or_nothing(partial(do_now, act, by=None), f"The act {act.id}")
        if stopped is not None:
            _leave(act, again=not isinstance(stopped, Refusal))


def _leave(act, again):
    """Note that the act was not done on its day, and tell of it once, however often it is tried.
    """
    act.tries_again = again
    if not again:  # Also after a fault of ours: whoever reads of it is told why it waits now.
        act.plan = act.plan | {"stopped_by": in_both(partial(_why_not, act))}
    if act.failed_at is None:
        act.failed_at = clock.now()
        audit.record(None, "act not done", act)
        tell_not_done(act)


def _why_not(act):
    """Why the act is refused as things stand, in the language in force."""
    point = db.session.begin_nested()
    try:
        return getattr(_try_ahead(act), "message", "")
    finally:
        point.rollback()


def do_now(act, by):
    """Do an act that waited, now that its day has come; what stands in its way is a Refusal."""
    advisory_lock("reorganisation")
    lock_row(act)
    if not act.waits or act.on > clock.today():
        raise Refusal(_("This act does not wait any more. Open it again to see what became of it."))
    came, plan = newcomers(act), plan_kept(act)
    concerned = concerned_by(plan)
    carry_out(plan, act)
    audit.record(by, "units reorganised", act, **_what(act))
    tell_officers_done(act, len(came))
    tell_done(act, plan, concerned, by)


def refuse_what_collides(plan):
    """Refuse a plan that does not go together with the acts that wait, as things stand today.

    An act that cannot be done today for a reason of its own stands in nobody's way.
    """
    waiting = waiting_acts()
    for act in waiting:
        _refuse_a_unit_that_ends(act, plan)
    if waiting or plan.on > clock.today():
        point = db.session.begin_nested()
        try:
            _try_in_turn(waiting, plan)
        finally:
            point.rollback()


def _refuse_a_unit_that_ends(act, plan):
    """What follows on an act by which a unit ends cannot name that unit."""
    mine = {unit.id: unit for unit in plan.units}
    first, ends, then = ((act.kind, act.units["sources"], mine) if act.on <= plan.on else
                         (plan.kind, [unit.id for unit in plan.sources], ids_of(act)))
    both = [key for key in ends if key in then]
    if first in ENDING and both:
        unit = units_named(both)[both[0]]
        raise Refusal(_(
            "%(unit)s is part of an act that waits for its day: %(kind)s from %(day)s on, "
            "%(act)s. Take that back first, or wait until it is done.", unit=named(unit),
            kind=KIND_WORDS[act.kind][0], day=day(act.on), act=act.act))


def _try_in_turn(waiting, plan):
    do_ahead([act for act in waiting if act.on <= plan.on])
    later = [act for act in waiting if act.on > plan.on and _can_be_done(act)]
    carry_out(plan, entered(plan, None))
    for act in later:
        try:
            carry_out(plan_kept(act), act)
        except Refusal as refusal:
            raise Refusal(_(
                "This does not go together with %(act)s, which waits for %(day)s: %(why)s",
                act=act.act, day=day(act.on), why=refusal.message)) from None


def _can_be_done(act):
    point = db.session.begin_nested()
    try:
        return _try_ahead(act) is None
    finally:
        point.rollback()


def do_ahead(acts):
    """Do the ``acts`` that wait, inside a block that is taken back; leave out what cannot be."""
    for act in acts:
        _try_ahead(act)


def _try_ahead(act):
    return all_or_nothing(lambda: carry_out(plan_kept(act), act), f"The act {act.id}, tried ahead,")
