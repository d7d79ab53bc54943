"""Answers as they arrive: each is kept, whatever becomes of it, and said to be so once it is."""
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from lms.kernel import clock
from lms.kernel.db import ask, db, kept, prepared, write
from lms.kernel.errors import Refusal
from lms.kernel.group_commit import Busy, one_statement_at_once
from lms.kernel.i18n import _
from lms.kernel.records import lock

from quizzes.attempts.desks import ATTEMPT, LOCKED, NO_SCRIPT, at_desk, standings_of
from quizzes.attempts.models import AnswerEvent
from quizzes.attempts.protocol import LATE, Sent, digest, tidy, verdict
from quizzes.questions.kinds import KINDS

EVENT = AnswerEvent.__table__
#: Nobody asks for the number of the row: it is not fetched.
ENTER = kept(insert(EVENT).inline())
#: How often an answer is judged anew, where others were entered at the same time: each time one of
#: them is through, and hardly so many come at once for one attempt.
TRIES = 60
#: How the databases say "insert"; only their own one goes by in silence where a row is there.
INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


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
    sent = Sent(*sent or (None, None))
    sent = sent._replace(client=sent.client or name_of_page(slot))

    def look():
        return at_desk(attempt.id, slot, by.id, sent)
    desk = look()
    if desk is None:
        raise Refusal(_("This test is somebody else's. Open your own from the course."))
    return keep(desk, answer, sent, look)


def keep(desk, answer, sent, look, write=one_statement_at_once):
    """Keep ``answer`` at ``desk``, which ``look`` gave and gives anew where it has changed.

    A page without scripts does not count: its ``sent`` has no number.  ``write`` does the one
    statement that writes, in this transaction or in one of its own
    (``lms.kernel.group_commit.one_statement``).  Raises NotKept for what is no answer to the
    question, and where the device counts another answer by a number that it has used.

    The answer is judged before it is entered, and entered only where all by which it was judged
    still stands: two at once get numbers one after the other, and none slips in behind a
    submission.
    """
    insist_on_answer(desk, answer)
    sent, sha256 = sent._replace(received_at=sent.received_at or clock.now()), digest(answer)
    for _try in range(TRIES):
        if desk is None:
            break
        kept = (_kept_before(desk.standing.known) if desk.standing.known
                else _judged(desk.id, desk.standing, answer, sha256, sent))
        if desk.standing.known or write(_enter(), _as_it_stands(desk, kept)):
            if (kept.slot, kept.sha256) != (desk.slot, sha256):
                raise NotKept(_("Another answer of this device has this number already. Reload "
                                "the page."))
            return kept
        desk = look()
    raise Busy


def _enter():
    """The statement that enters an answer where its attempt is still as it was."""
    return _enter_in(db.engine.dialect.name)


@cache
def _enter_in(dialect):
    row = select(*(bindparam(f"new_{name}", type_=EVENT.c[name].type) for name in Kept._fields))
    still = row.where(
        ATTEMPT.c.id == bindparam("new_attempt_id"), ATTEMPT.c.state == bindparam("old_state"),
        ATTEMPT.c.deadline.is_not_distinct_from(bindparam("old_deadline")),
        ATTEMPT.c.paused_at.is_not_distinct_from(bindparam("old_paused_at")),
        bindparam("old_locked") == LOCKED).with_for_update(of=ATTEMPT, key_share=True)
    return kept(
        INSERTS[dialect](EVENT).from_select(Kept._fields, still).on_conflict_do_nothing())


def _as_it_stands(desk, kept):
    return {f"new_{name}": value for name, value in kept._asdict().items()} | {
        "old_state": desk.state, "old_deadline": desk.deadline, "old_paused_at": desk.paused_at,
        "old_locked": desk.locked}


def _kept_before(key):
    """The row of an answer that came before, as it was entered then."""
    return Kept(*ask(*_event(key)).one())


def keep_page(attempt, given):
    """Keep what a page without scripts sends in one go: ``given`` has (desk, answer, sent) of
    each of its questions, as of ``desks_of`` and ``keep``.  Gives what was kept.

    All of it or nothing; as many statements for forty answers as for one.
    """
    for desk, answer, _sent in given:
        insist_on_answer(desk, answer)
    if not given:
        return []
    lock(attempt)
    standings = standings_of(attempt)
    events = [_judged(attempt.id, standings[desk.slot], answer, digest(answer), sent._replace(
        client=name_of_page(desk.slot))) for desk, answer, sent in given]
    write(ENTER, [event._asdict() for event in events])
    return events


def name_of_page(slot):
    """The name by which a page without scripts counts its answers in ``slot``."""
    return f"{NO_SCRIPT}-{slot}"


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
