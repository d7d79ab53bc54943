"""Learning elsewhere: handed in with its evidence, accepted as one of our courses or refused."""
from sqlalchemy import select, update

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, in_both, named
from lms.kernel.locks import lock_row
from lms.kernel.naming import take_out
from lms.kernel.storage import forget_all_of
from lms.kernel.text import fold
from lms.notices.actions import tell_answer
from lms.people.models import Person

from courses.completions.actions import complete
from courses.completions.evidence import keep_evidence
from courses.completions.models import OUTSIDE, Completion, OutsideLearning
from courses.completions.policies import may_decide_outside, may_see_outside


def hand_in(person, values, paper, by):
    """Hand in that ``person`` learned something elsewhere; gives the OutsideLearning.

    ``values``: ``course_name`` as printed, ``institution``, ``learned_on``, ``periods`` (or
    None).  ``paper`` is the photo or scan as (stream, name).
    """
    # Two presses of one button must not hand the same paper in twice.
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    _refuse_a_wrong_day(person, values["learned_on"])
    _refuse_a_second_time(person, values)
    claim = OutsideLearning(person=person, file=keep_evidence(*paper),
                            asked_by_id=by.id if by else None, **values)
    db.session.add(claim)
    db.session.flush()
    audit.record(by, "learning elsewhere handed in", claim, person=person.id,
                 learned_on=values["learned_on"].isoformat())
    return claim


def accept(claim, course, by):
    """Accept ``claim`` as a completion of ``course`` from the day of the learning on."""
    _take(claim, by)
    if db.session.scalar(select(Completion.id).where(
            Completion.person_id == claim.person_id, Completion.course_id == course.id,
            Completion.learned_on == claim.learned_on, Completion.known_at(),
            Completion.revoked_on.is_(None)).limit(1)):
        raise Refusal(_("%(name)s has “%(course)s” of %(day)s in the record already. Nothing was "
                        "accepted: refuse this paper with that reason, or map it to another "
                        "course.", name=claim.person.full_name, course=course.title_vi,
                        day=day(claim.learned_on)))
    completion = complete(claim.person, course, claim.learned_on, by, source=OUTSIDE,
                          evidence=f"{claim.course_name}, {claim.institution}")
    claim.decided_at, claim.decided_by_id = clock.now(), by.id
    claim.course, claim.completion_id = course, completion.id
    db.session.flush()
    audit.record(by, "learning elsewhere accepted", claim, course=course.key,
                 completion=completion.id)
    _tell(claim, by, lambda: _(
        "What you learned elsewhere on %(day)s was accepted as “%(course)s”.",
        day=day(claim.learned_on), course=named(course)), lambda: _(
        "What %(name)s learned elsewhere on %(day)s, which you handed in, was accepted as "
        "“%(course)s”.", name=claim.person.full_name, day=day(claim.learned_on),
        course=named(course)))
    return completion


def accept_all(chosen, by):
    """Accept each of ``chosen``, pairs of a claim and its course: all of them or none."""
    if not chosen:
        raise Refusal(_("Tick at least one paper, choose its course, then accept."))
    for claim, course in sorted(chosen, key=lambda pair: pair[0].id):
        if course is None:
            raise Refusal(_("Choose the course that “%(name)s” counts as; nothing was accepted.",
                            name=claim.course_name))
        accept(claim, course, by)


def refuse(claim, reason, by):
    """Refuse ``claim`` with a ``reason`` that the person reads."""
    _take(claim, by)
    if not reason.strip():
        raise Refusal(_("Say why it is refused: the person reads the reason."))
    claim.decided_at, claim.decided_by_id, claim.answer = clock.now(), by.id, reason
    db.session.flush()
    audit.record(by, "learning elsewhere refused", claim)
    _tell(claim, by, lambda: _(
        "What you learned elsewhere on %(day)s was not accepted. Reason: %(reason)s",
        day=day(claim.learned_on), reason=reason), lambda: _(
        "What %(name)s learned elsewhere on %(day)s, which you handed in, was not accepted. "
        "Reason: %(reason)s", name=claim.person.full_name, day=day(claim.learned_on),
        reason=reason))
    return claim


def _tell(claim, by, to_person, to_asker):
    reads = claim.asked_by and may_see_outside(claim.asked_by, claim)
    tell_answer(claim, in_both(to_person), reads and in_both(to_asker),
                f"/learned-elsewhere/{claim.id}", by)


def forget_papers(person, naming, **_former):
    """Somebody was erased: their papers go, with the words on them; the completions stay.

    What still waited is refused: nobody can look at it any more.
    """
    for claim in db.session.scalars(select(OutsideLearning).filter_by(person_id=person.id)):
        claim.course_name = claim.institution = person.full_name
        claim.answer, claim.decided_at = "", claim.decided_at or clock.now()
        forget_all_of(claim.file, "giay-chung-nhan")
    db.session.execute(update(Completion).values(evidence="").where(
        Completion.person_id == person.id, Completion.source == OUTSIDE))
    take_out((OutsideLearning.answer, Completion.evidence), naming, person.full_name)
    db.session.flush()


def _take(claim, by):
    # Two officers who decide at once: the second finds it decided.
    lock_row(claim)
    if claim.decided_at is not None:
        raise Refusal(_("The paper of %(name)s was decided meanwhile. Open the list again.",
                        name=claim.person.full_name))
    if not may_decide_outside(by, claim):
        raise Refusal(_("Nobody decides what is their own, or what they handed in themselves. "
                        "Ask another officer."))


def _refuse_a_wrong_day(person, learned_on):
    if learned_on > clock.today():
        raise Refusal(_("The day of the learning lies in the future. Check the date on the "
                        "paper."))
    if person.birth and learned_on.isoformat() <= person.birth:
        raise Refusal(_("The day of the learning lies before the birth of %(name)s. Check the "
                        "date on the paper.", name=person.full_name))


def _refuse_a_second_time(person, values):
    for other in db.session.scalars(select(OutsideLearning).where(
            OutsideLearning.person_id == person.id,
            OutsideLearning.learned_on == values["learned_on"])):
        if other.state != "refused" and fold(other.course_name) == fold(values["course_name"]):
            raise Refusal(_("“%(name)s” of %(day)s was handed in already; it needs to be handed "
                            "in only once.", name=other.course_name, day=day(other.learned_on)))
