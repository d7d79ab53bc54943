"""Answers as they arrive: each is kept, whatever becomes of it, and said to be so once it is."""
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from lms.kernel import clock
from lms.kernel.db import db, prepared
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.together import at_once

from quizzes.attempts.models import AnswerEvent
from quizzes.attempts.protocol import LATE, Sent, digest, tidy, verdict
from quizzes.attempts.queries import NO_SCRIPT, at_desk, standing_of, standings_of
from quizzes.questions.kinds import KINDS

EVENT = AnswerEvent.__table__
#: Nobody asks for the number of the row: it is not fetched.
ENTER = insert(EVENT).inline()


class Kept(NamedTuple):
    """An answer as it was entered: the columns of AnswerEvent."""

    attempt_id: int
    slot: int
    rev: int
    client: str
    seq: int
    base_rev: int | None
    age_ms: int | None
    answer: list
    sha256: str
    received_at: datetime
    status: str

    @property
    def late(self):
        """Whether it came after the deadline and its grace."""
        return self.status == LATE


class NotKept(Refusal):
    """What was sent cannot be an answer, so nothing was kept; the former answer stays."""


def save_answer(attempt, slot, answer, sent, by):
    """Keep ``answer`` for ``slot``; ``sent`` is the device's (client, seq, …) of
    ``protocol.Sent``, which makes a repeated sending harmless, or None from a page without
    scripts.  Gives what was Kept; its status says whether it counts.
    """
    desk = at_desk(attempt.id, slot, by.id)
    if desk is None:
        raise Refusal(_("This test is somebody else's. Open your own from the course."))
    return keep(desk, answer, Sent(*sent or (None, None)))


def keep(desk, answer, sent, write=at_once):
    """Keep ``answer`` at ``desk``, which ``at_desk`` or ``at_own_desk`` gave.

    A page without scripts has no name and does not count: its ``sent`` has neither.  ``write``
    does what writes, in a transaction: this one, or one with others (``lms.kernel.together``).
    Raises NotKept for what is no answer to the question, and where the device counts another
    answer by a number that it has used.
    """
    insist_on_answer(desk, answer)
    sent = sent._replace(client=sent.client or name_of_page(desk.slot),
                         received_at=sent.received_at or clock.now())
    sha256 = digest(answer)
    kept = write(lambda line: _entered(line, desk, answer, sha256, sent))
    if (kept.slot, kept.sha256) != (desk.slot, sha256):
        raise NotKept(_("Another answer of this device has this number already. Reload the page."))
    return kept


def keep_page(attempt, given):
    """Keep what a page without scripts sends in one go: ``given`` has (desk, answer, sent) of
    each of its questions, as of ``desks_of`` and ``keep``.  Gives what was kept.

    All of it or nothing; as many statements for forty answers as for one.
    """
    for desk, answer, _sent in given:
        insist_on_answer(desk, answer)
    if not given:
        return []
    db.session.refresh(attempt, with_for_update=True)
    standings = standings_of(attempt)
    kept = [_judged(attempt.id, standings[desk.slot], answer, digest(answer), sent._replace(
        client=name_of_page(desk.slot))) for desk, answer, sent in given]
    db.session.connection().execute(ENTER, [one._asdict() for one in kept])
    return kept


def name_of_page(slot):
    """The name by which a page without scripts counts its answers in ``slot``."""
    return f"{NO_SCRIPT}-{slot}"


def _entered(connection, desk, answer, sha256, sent):
    """The row of what was ``sent``, entered now or, where it came before, then.

    Two answers at once get numbers one after the other, and none slips in behind a submission:
    the attempt is locked, or nobody else writes.
    """
    standing = standing_of(connection, desk, sent.client, sent.seq)
    if standing.known:
        return Kept(*connection.execute(*_event(standing.known)).one())
    kept = _judged(desk.id, standing, answer, sha256, sent)
    connection.execute(ENTER, kept._asdict())
    return kept


def _judged(attempt_id, standing, answer, sha256, sent):
    sent = sent._replace(seq=sent.seq or standing.newest + 1)
    return Kept(attempt_id=attempt_id, slot=standing.slot, rev=standing.newest + 1, answer=answer,
                sha256=sha256, status=verdict(standing, sent), **sent._asdict())


def insist_on_answer(desk, answer):
    """Refuse what is no answer to the question at ``desk``."""
    insist_on_question(desk)
    if not KINDS[desk.kind].fits(desk.version, tidy(answer)):
        raise NotKept(_("This answer does not belong to the question. Reload the page."))


def insist_on_question(desk):
    """Refuse where the paper has no question in the slot of ``desk``."""
    if desk.kind is None:
        raise NotKept(_("There is no such question in this test. Reload the page."))


@prepared
def _event(key):
    return select(*(EVENT.c[name] for name in Kept._fields)).where(EVENT.c.id == key)


def read(desk, fields):
    """The answer that the ``fields`` of the question's form give, as its kind reads them."""
    insist_on_question(desk)
    return KINDS[desk.kind].read(desk.version, fields)
