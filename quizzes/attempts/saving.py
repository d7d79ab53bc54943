"""Answers as they arrive: each is kept, whatever becomes of it, and said to be so once it is."""
from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

from quizzes.attempts.models import AnswerEvent
from quizzes.attempts.protocol import Sent, digest, tidy, verdict
from quizzes.attempts.queries import at_desk, standing_of
from quizzes.questions.kinds import KINDS

#: The device's name for a page without scripts; it counts by the revisions of the slot.
NO_SCRIPT = "page"


class NotKept(Refusal):
    """What was sent cannot be an answer, so nothing was kept; the former answer stays."""


def save_answer(attempt, slot, answer, sent, by):
    """Keep ``answer`` for ``slot``; ``sent`` is the device's (client, seq, …) of
    ``protocol.Sent``, which makes a repeated sending harmless, or None from a page without
    scripts.  Returns the event; its status says whether it counts.
    """
    desk = at_desk(attempt.id, slot, by.id)
    if desk is None:
        raise Refusal(_("This test is somebody else's. Open your own from the course."))
    return keep(desk, answer, Sent(*sent or (None, None)))


def keep(desk, answer, sent):
    """Keep ``answer`` at ``desk``, which ``at_desk`` gave and holds locked: two answers at once
    get numbers one after the other, and none slips in behind a submission.

    A page without scripts has no name and does not count: its ``sent`` has neither.  Raises
    NotKept for what is no answer to the question, and where the device counts another answer
    by a number that it has used.
    """
    insist_on_question(desk)
    if not KINDS[desk.kind].fits(desk.version, tidy(answer)):
        raise NotKept(_("This answer does not belong to the question. Reload the page."))
    client = sent.client or f"{NO_SCRIPT}-{desk.slot}"
    newest, of_others, own, known = standing_of(desk.id, desk.slot, client, sent.seq)
    if known:
        return _again(known, desk, answer)
    sent = sent._replace(client=client, seq=sent.seq or newest + 1,
                         received_at=sent.received_at or clock.now())
    event = AnswerEvent(
        attempt_id=desk.id, slot=desk.slot, rev=newest + 1, answer=answer, sha256=digest(answer),
        status=verdict(desk, sent, of_others, own), **sent._asdict())
    db.session.add(event)
    db.session.flush()
    return event


def insist_on_question(desk):
    """Refuse where the paper has no question in the slot of ``desk``."""
    if desk.version is None:
        raise NotKept(_("There is no such question in this test. Reload the page."))


def _again(key, desk, answer):
    known = db.session.get(AnswerEvent, key)
    if (known.slot, known.sha256) != (desk.slot, digest(answer)):
        raise NotKept(_("Another answer of this device has this number already. Reload the page."))
    return known


def read(desk, fields):
    """The answer that the ``fields`` of the question's form give, as its kind reads them."""
    insist_on_question(desk)
    return KINDS[desk.kind].read(desk.version, fields)
