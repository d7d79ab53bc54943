"""Requests for exemptions: asked for by a unit, approved or refused by an officer."""
from sqlalchemy import select, update

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, in_both, named
from lms.kernel.locks import lock_row
from lms.kernel.naming import take_out
from lms.kernel.storage import forget_all_of
from lms.notices.actions import tell_answer
from lms.people.models import Person
from lms.people.queries import main_unit

from courses.completions.evidence import keep_evidence
from courses.coverage.actions import exempt
from courses.coverage.exemption_queries import goals_asking
from courses.coverage.models import Exemption, ExemptionRequest
from courses.coverage.policies import may_decide_exemption, may_see_exemption


def ask_exemption(person, goal, values, paper, by):
    """Ask that ``person`` be excused from ``goal``; gives the ExemptionRequest.

    ``values``: ``kind``, ``reason``, ``valid_from``, ``valid_to`` (the day after the last).
    ``paper`` is the scan of the decision as (stream, name).
    """
    # Two presses of one button must not ask twice.
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    if values["valid_to"] <= values["valid_from"]:
        raise Refusal(_("The end must lie after the beginning: the last day is the one before "
                        "the end."))
    if goal not in goals_asking(person):
        raise Refusal(_("This goal does not ask anything of %(name)s today; there is nothing to "
                        "be excused from.", name=person.full_name))
    if db.session.scalar(select(ExemptionRequest.id).filter_by(
            person_id=person.id, goal_id=goal.id, decided_at=None).limit(1)):
        raise Refusal(_("A request about %(name)s and this goal waits already. Let it be decided "
                        "first.", name=person.full_name))
    request = ExemptionRequest(
        person=person, goal=goal, unit=main_unit(person, clock.today()),
        file=keep_evidence(*paper), asked_by_id=by.id if by else None, **values)
    db.session.add(request)
    db.session.flush()
    audit.record(by, "exemption asked for", request, person=person.id, goal=goal.id)
    return request


def approve(request, answer, by):
    """Approve ``request``: the person is exempt on the days asked for."""
    _take(request, by)
    exemption = exempt(request.person, request.goal, {
        "kind": request.kind, "reason": request.reason, "valid_from": request.valid_from,
        "valid_to": request.valid_to}, by)
    _decide(request, answer, by)
    request.exemption_id = exemption.id
    db.session.flush()
    audit.record(by, "exemption approved", request, exemption=exemption.id)
    _tell(request, by, lambda: _(
        "You are exempt from the goal “%(goal)s” from %(first)s; you count again from %(end)s.",
        **_words(request)), lambda: _(
        "The exemption of %(name)s from the goal “%(goal)s”, which you asked for, was approved: "
        "from %(first)s; counts again from %(end)s.", **_words(request)))
    return exemption


def refuse_exemption(request, answer, by):
    """Refuse ``request`` with the reason that the unit reads."""
    _take(request, by)
    if not (answer or "").strip():
        raise Refusal(_("Say why it is refused: the unit reads the reason."))
    _decide(request, answer, by)
    db.session.flush()
    audit.record(by, "exemption refused", request)
    _tell(request, by, lambda: _(
        "Your exemption from the goal “%(goal)s” was not approved. Reason: %(answer)s",
        **_words(request)), lambda: _(
        "The exemption of %(name)s from the goal “%(goal)s”, which you asked for, was not "
        "approved. Reason: %(answer)s", **_words(request)))
    return request


def _tell(request, by, to_person, to_asker):
    reads = request.asked_by and may_see_exemption(request.asked_by, request)
    tell_answer(request, in_both(to_person), reads and in_both(to_asker),
                f"/exemption-requests/{request.id}", by)


def _words(request):
    return {"name": request.person.full_name, "goal": named(request.goal),
            "first": day(request.valid_from), "end": day(request.valid_to),
            "answer": request.answer}


def forget_requests(person, naming, **_former):
    """Somebody was erased: the scans go, and the words that may name them; the days stay.

    From the reasons of others only the name goes.
    What still waited is refused: nobody can look at it any more.
    """
    for request in db.session.scalars(select(ExemptionRequest).filter_by(person_id=person.id)):
        request.reason, request.answer = person.full_name, ""
        request.decided_at = request.decided_at or clock.now()
        forget_all_of(request.file, "quyet-dinh")
    db.session.execute(update(Exemption).values(reason="").where(
        Exemption.person_id == person.id))
    take_out((ExemptionRequest.reason, ExemptionRequest.answer, Exemption.reason), naming,
                  person.full_name)
    db.session.flush()


def _take(request, by):
    # Two officers who decide at once: the second finds it decided.
    lock_row(request)
    if request.decided_at is not None:
        raise Refusal(_("This request was decided meanwhile. Open it again to see the answer."))
    if not may_decide_exemption(by, request):
        raise Refusal(_("Nobody decides a request of their own or about themselves. Ask another "
                        "officer."))


def _decide(request, answer, by):
    request.decided_at, request.decided_by_id = clock.now(), by.id
    request.answer = answer or ""
