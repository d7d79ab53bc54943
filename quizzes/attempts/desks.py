"""Where a device arrives: the attempt, the question and how they stand, in one statement."""
import json
from functools import cache
from typing import NamedTuple

from sqlalchemy import JSON, String, bindparam, case, cast, func, literal, select, true

from lms.accounts.queries import seat_of, seats
from lms.kernel.db import ask, db, kept, prepared, run

from quizzes.attempts.models import AnswerEvent, Attempt
from quizzes.attempts.protocol import ACCEPTED
from quizzes.questions.models import Question, QuestionVersion
from quizzes.questions.queries import versions_of

ATTEMPT, EVENT = Attempt.__table__, AnswerEvent.__table__

#: What is locked, as the text that the database keeps: it compares texts, and no JSON.
LOCKED = cast(ATTEMPT.c.locked, String)

#: The device's name for a page without scripts, before the slot; it counts by its revisions.
NO_SCRIPT = "page"

#: More questions than any paper has; a larger number is no slot.
MOST_SLOTS = 10_000


class Asked(NamedTuple):
    """As much of a version as reads an answer and says whether it fits."""

    options: list
    matches: list
    right: list
    settings: dict


class Standing(NamedTuple):
    """How an attempt and one of its slots stand for a device, when its answer is judged.

    ``newest`` is the newest revision, ``of_others`` the newest that counts and came from another
    device, ``own`` the highest count of this device's own that counts (each 0: none), ``known``
    the id of the event it sent with this count.
    """

    slot: int
    state: str
    deadline: object
    paused_at: object
    locked: list
    newest: int
    of_others: int
    own: int
    known: int | None


class Desk(NamedTuple):
    """Where an answer arrives: the attempt, the question of the slot, and who sits there.

    ``kind`` is None where the paper has no such slot.  ``standing`` is how all that stood when
    it was looked up, ``locked`` the text in the database of what is locked; a desk of several
    (``desks_of``) has neither.  ``begun_at`` and ``shared`` are of the session, where the desk
    was found by one.
    """

    id: int
    slot: int
    state: str
    deadline: object
    paused_at: object
    kind: str | None
    version: Asked
    standing: Standing | None = None
    locked: str = ""
    begun_at: object = None
    shared: bool = False


def at_desk(attempt_id, slot, person_id, sent):
    """The Desk of ``slot`` in an attempt of the person, as it stands for the device that ``sent``
    names (``protocol.Sent``), or None where the attempt is not theirs.

    One statement, which locks nothing.
    """
    return _desk(db.session.connection(), (attempt_id, slot), sent, {"person_id": person_id})


def at_own_desk(connection, place, sent, token):
    """The Desk at ``place``, an attempt's id and a slot, of whoever sits in the session of
    ``token``, or None; otherwise as ``at_desk``.
    """
    return _desk(connection, place, sent, seat_of(token))


def _desk(connection, place, sent, whose):
    attempt_id, slot = place
    asked = slot if 0 <= slot < MOST_SLOTS else MOST_SLOTS
    row = run(connection, _desk_at("token_hash" in whose), {
        "attempt_id": attempt_id, "slot": asked, "place": asked, "client": sent.client,
        "seq": sent.seq, **whose}).first()
    if row is None:
        return None
    state, deadline, paused_at, locked = row[1:5]
    return Desk(row[0], slot, state, deadline, paused_at, row[5], Asked(*row[6:10]),
                Standing(slot, state, deadline, paused_at, json.loads(locked), *row[10:14]),
                locked, *row[14:])


@cache
def _desk_at(seated):
    """The statement of a Desk: every answer asks it."""
    question, version = Question.__table__, QuestionVersion.__table__
    attempt_id, slot = bindparam("attempt_id"), bindparam("slot", type_=EVENT.c.slot.type)
    place = bindparam("place", type_=JSON.JSONIntIndexType())
    own = EVENT.c.client == bindparam("client")
    numbers = select(*_numbers(own)).where(
        EVENT.c.attempt_id == attempt_id, EVENT.c.slot == slot).subquery("numbers")
    known = select(EVENT.c.id).where(
        EVENT.c.attempt_id == attempt_id, own, EVENT.c.seq == bindparam("seq")).scalar_subquery()
    columns = [ATTEMPT.c.id, ATTEMPT.c.state, ATTEMPT.c.deadline, ATTEMPT.c.paused_at, LOCKED,
               question.c.kind, version.c.options, version.c.matches, version.c.right,
               version.c.settings, *numbers.c, known]
    joined = ATTEMPT.outerjoin(
        version, version.c.id == ATTEMPT.c.paper[place]["version"].as_integer()).outerjoin(
        question, question.c.id == version.c.question_id).join(numbers, true())
    if seated:
        seat = seats()
        joined = joined.join(seat, seat.c.person_id == ATTEMPT.c.person_id)
        columns += [seat.c.begun_at, seat.c.shared]
    statement = select(*columns).select_from(joined).where(ATTEMPT.c.id == attempt_id)
    return kept(statement if seated else statement.where(
        ATTEMPT.c.person_id == bindparam("person_id")))


def desks_of(attempt, slots):
    """The Desks of the ``slots`` in the person's own ``attempt``, one statement for all of them;
    it locks nothing.
    """
    asked = {slot: attempt.paper[slot]["version"] for slot in slots
             if 0 <= slot < len(attempt.paper)}
    versions = versions_of(set(asked.values()))
    return [Desk(attempt.id, slot, attempt.state, attempt.deadline, attempt.paused_at,
                 *versions.get(asked.get(slot), (None, None))) for slot in slots]


class Sitting(NamedTuple):
    """A person's own attempt as far as its clock goes, and the session it was found by."""

    id: int
    state: str
    deadline: object
    paused_at: object
    started_at: object
    seen_at: object
    submitted_at: object
    begun_at: object
    shared: bool


def own_sitting(connection, attempt_id, token):
    """The Sitting of an attempt of whoever sits in the session of ``token``, or None."""
    row = run(connection, _own_sitting(), {"attempt_id": attempt_id, **seat_of(token)}).first()
    return row and Sitting(*row)


@cache
def _own_sitting():
    seat = seats()
    columns = [ATTEMPT.c[name] for name in Sitting._fields[:-2]]
    return kept(select(*columns, seat.c.begun_at, seat.c.shared)
                .join_from(ATTEMPT, seat, seat.c.person_id == ATTEMPT.c.person_id)
                .where(ATTEMPT.c.id == bindparam("attempt_id")))


class Progress(NamedTuple):
    """What is held of an attempt: the newest revision of each slot that was answered, the
    highest count of the device asked about (0: none), and when the last answer arrived.
    """

    revisions: dict
    known: int
    saved_at: object


def progress_of(connection, attempt_id, client):
    """The Progress of an attempt and of the device ``client``, in one statement."""
    rows = run(connection, *_progress(attempt_id, client)).all()
    return Progress({slot: rev for slot, rev, _known, _at in rows},
                    max((known for _slot, _rev, known, _at in rows), default=0),
                    max((at for _slot, _rev, _known, at in rows), default=None))


@prepared
def _progress(attempt_id, client):
    known = func.coalesce(func.max(case((EVENT.c.client == client, EVENT.c.seq))), 0)
    return (select(EVENT.c.slot, func.max(EVENT.c.rev), known, func.max(EVENT.c.received_at))
            .where(EVENT.c.attempt_id == attempt_id).group_by(EVENT.c.slot))


def standings_of(attempt):
    """The Standing of every slot of ``attempt``, each for its page without scripts: one statement.

    ``attempt`` is locked and as it stands now.
    """
    found = {slot: numbers for slot, *numbers in ask(*_standings(attempt.id))}
    return {slot: Standing(slot, attempt.state, attempt.deadline, attempt.paused_at,
                           attempt.locked, *found.get(slot, (0, 0, 0)), None)
            for slot in range(len(attempt.paper))}


@prepared
def _standings(attempt_id):
    page = literal(f"{NO_SCRIPT}-").concat(cast(EVENT.c.slot, String))
    return (select(EVENT.c.slot, *_numbers(EVENT.c.client == page))
            .where(EVENT.c.attempt_id == attempt_id).group_by(EVENT.c.slot))


def _numbers(own):
    """What a Standing says of a slot's events, those of the device itself being ``own``."""
    counts = EVENT.c.status == ACCEPTED
    return [func.coalesce(func.max(value), 0) for value in (
        EVENT.c.rev, case((counts & ~own, EVENT.c.rev)), case((counts & own, EVENT.c.seq)))]
