"""A move between units is asked for by one side, and agreed to or declined by the other."""
from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, in_both, named
from lms.kernel.locks import advisory_lock, lock_row
from lms.kernel.naming import take_out
from lms.notices.actions import Tiding, tell, tell_each
from lms.people.actions import main_posts, refuse_unit_of_another_time
from lms.people.careers import transfer
from lms.people.models import AUDITOR, OFFICER
from lms.people.policies import may_answer, roles_today
from lms.people.queries import answering
from lms.transfers.models import TransferRequest
from lms.transfers.policies import may_decide_transfer, may_see_transfer, may_withdraw_transfer
from lms.transfers.queries import moved_meanwhile, waiting_transfer


def ask_transfer(person, values, by):
    """Ask that the main post of ``person`` moves; gives the TransferRequest.

    ``values``: ``unit`` (the new one), ``title``, ``valid_from`` (its first day, perhaps a past
    one) and ``act``.  ``by`` answers for one of the two units; the side of the other decides.
    """
    unit, start = values["unit"], values["valid_from"]
    # Two presses of one button must not ask twice; and nobody moves the person meanwhile.
    advisory_lock(f"posts-{person.id}")
    if roles_today(person, OFFICER, AUDITOR) or person.erased_at or person.main_id:
        raise Refusal(_("The posts of %(name)s are recorded by training officers. Ask one of them.",
                        name=person.full_name))
    refuse_unit_of_another_time(unit, start)
    former = _former_unit(person, start)
    request = TransferRequest(person=person, from_unit=former,
                              asked_of=_other_side(person, former, unit, by),
                              asked_by_id=by.id, **values)
    if waiting_transfer(person):
        raise Refusal(_("A move of %(name)s is asked for already and waits for an answer. Let it "
                        "be answered first, or let whoever asked take it back.",
                        name=person.full_name))
    db.session.add(request)
    db.session.flush()
    audit.record(by, "transfer asked for", request, person=person.id, unit=unit.id,
                 valid_from=start.isoformat())
    text = in_both(lambda: _(
        "%(asker)s asks you to agree that %(name)s moves from %(former)s to %(unit)s on "
        "%(first)s.", asker=by.full_name, **_words(request)))
    tell_each([Tiding(one, *text, _address(request), f"{_key(request)}-to-{one.id}")
               for one in answering([request.asked_of])[request.asked_of_id]
               if may_decide_transfer(one, request)], by)
    return request


def _former_unit(person, start):
    held = main_posts(person, start)
    if not held:
        raise Refusal(_("%(name)s held no main post on %(first)s, so there is none to move. "
                        "Choose another day, or ask a training officer to record a return.",
                        name=person.full_name, first=day(start)))
    return held[0].unit


def _other_side(person, former, unit, by):
    """The one of both units for which ``by`` does not answer; refused where it is not one."""
    gives, takes = may_answer(by, former), may_answer(by, unit)
    if gives and takes:
        raise Refusal(_("You answer for both units, so nobody needs to agree. Record the move on "
                        "the page of %(name)s.", name=person.full_name))
    if not gives and not takes:
        raise Refusal(_("You answer neither for the new unit nor for that of %(name)s's main "
                        "post on that day. Ask a training officer to record the move.",
                        name=person.full_name))
    return unit if gives else former


def agree(request, by):
    """Agree to ``request``: the main post moves on the day asked for; gives the new post.

    Refused where the person was moved otherwise since, or left.
    """
    _take(request, by)
    advisory_lock(f"posts-{request.person_id}")
    if moved_meanwhile(request):
        raise Refusal(_("The posts of %(name)s have changed since this was asked, so nothing was "
                        "moved. Decline with that reason; the move can be asked for anew.",
                        name=request.person.full_name))
    # Noted before the post is: what the move corrects is told against this moment.
    _decide(request, by)
    posting = transfer(request.person, {
        "unit": request.unit, "title": request.title, "valid_from": request.valid_from}, by,
        agreed=True)
    request.posting_id = posting.id
    db.session.flush()
    audit.record(by, "transfer agreed to", request, posting=posting.id)
    _tell_asker(request, by, lambda: _(
        "%(decider)s agreed: %(name)s moves from %(former)s to %(unit)s on %(first)s. The post is "
        "recorded.", decider=by.full_name, **_words(request)))
    return posting


def decline(request, reason, by):
    """Decline ``request`` with the ``reason`` that whoever asked reads."""
    _take(request, by)
    if not (reason or "").strip():
        raise Refusal(_("Say why you decline: whoever asked reads the reason."))
    request.answer = reason
    _decide(request, by)
    audit.record(by, "transfer declined", request)
    _tell_asker(request, by, lambda: _(
        "%(decider)s declined that %(name)s moves from %(former)s to %(unit)s on %(first)s. "
        "Reason: %(reason)s", decider=by.full_name, reason=reason, **_words(request)))


def withdraw(request, by):
    """Take ``request`` back, which ``by`` asked, while nobody has decided it."""
    _refuse_decided(request)
    if not may_withdraw_transfer(by, request):
        raise Refusal(_("Only whoever asked takes a request back. Decline it with a reason."))
    _decide(request, by)
    audit.record(by, "transfer withdrawn", request)


def _take(request, by):
    _refuse_decided(request)
    if not may_decide_transfer(by, request):
        raise Refusal(_("Nobody decides a request of their own or about themselves. Ask a "
                        "training officer."))


def _refuse_decided(request):
    # Two who decide at once: the second finds it decided.
    lock_row(request)
    if request.decided_at is not None:
        raise Refusal(_("This request was decided meanwhile. Open it again to see the answer."))


def _decide(request, by):
    request.decided_at, request.decided_by_id = clock.now(), by.id
    db.session.flush()


def _tell_asker(request, by, words):
    if request.asked_by and may_see_transfer(request.asked_by, request):
        tell(request.asked_by, *in_both(words), _address(request), _key(request), by)


def _key(request):
    return f"{request.__tablename__}-{request.id}"


def _address(request):
    return f"/transfer-requests/{request.id}"


def _words(request):
    return {"name": request.person.full_name, "former": named(request.from_unit),
            "unit": named(request.unit), "first": day(request.valid_from)}


def forget_requests(person, naming, **_former):
    """Somebody was erased: what was written about their moves goes, and the name elsewhere.

    The days and units stay.  What still waited is declined: there is nobody to move.
    """
    for request in db.session.scalars(select(TransferRequest).filter_by(person_id=person.id)):
        request.act = request.answer = ""
        request.decided_at = request.decided_at or clock.now()
    take_out((TransferRequest.act, TransferRequest.answer), naming, person.full_name)
    db.session.flush()
