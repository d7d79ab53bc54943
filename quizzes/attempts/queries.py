"""Looking up attempts and answers."""
from functools import cache, lru_cache
from typing import NamedTuple

from sqlalchemy import String, bindparam, case, cast, func, literal, or_, select
from sqlalchemy.orm import joinedload

from lms.accounts.queries import seat_of, seats
from lms.kernel import clock
from lms.kernel.db import db, prepared

from quizzes.attempts.models import AnswerEvent, Attempt, PaperMark
from quizzes.attempts.protocol import ACCEPTED, GRACE, QUEUE, RUNNING, tidy
from quizzes.papers.models import PaperSet, Quiz
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question, QuestionVersion
from quizzes.questions.queries import versions_of

ATTEMPT = Attempt.__table__

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


class Desk(NamedTuple):
    """Where an answer arrives: the attempt, the question of the slot, and who sits there.

    ``kind`` is None where the paper has no such slot.  ``begun_at`` and ``shared`` are of the
    session, where the desk was found by one.
    """

    id: int
    slot: int
    state: str
    deadline: object
    paused_at: object
    kind: str | None
    version: Asked
    begun_at: object = None
    shared: bool = False


def at_desk(attempt_id, slot, person_id):
    """The Desk of ``slot`` in an attempt of the person, or None where the attempt is not theirs.

    One statement.  Where the database has such locks it locks the attempt until the
    transaction ends.
    """
    return _desk(attempt_id, slot, False, {"person_id": person_id})


def at_own_desk(attempt_id, slot, token):
    """The Desk of ``slot`` in an attempt of whoever sits in the session of ``token``, or None.

    One statement, which locks as ``at_desk`` does.
    """
    return _desk(attempt_id, slot, True, seat_of(token))


def _desk(attempt_id, slot, seated, whose):
    place = slot if 0 <= slot < MOST_SLOTS else MOST_SLOTS
    row = db.session.connection().execute(
        _desk_at(place, seated), {"attempt_id": attempt_id, **whose}).first()
    return row and Desk(row[0], slot, *row[1:5], Asked(*row[5:9]), *row[9:])


@lru_cache(maxsize=256)
def _desk_at(place, seated):
    """The statement of a Desk, made once for each place: every answer asks it."""
    question, version = Question.__table__, QuestionVersion.__table__
    columns = [ATTEMPT.c.id, ATTEMPT.c.state, ATTEMPT.c.deadline, ATTEMPT.c.paused_at,
               question.c.kind, version.c.options, version.c.matches, version.c.right,
               version.c.settings]
    joined = ATTEMPT.outerjoin(
        version, version.c.id == ATTEMPT.c.paper[(place, "version")].as_integer()).outerjoin(
        question, question.c.id == version.c.question_id)
    if seated:
        seat = seats()
        joined = joined.join(seat, seat.c.person_id == ATTEMPT.c.person_id)
        columns += [seat.c.begun_at, seat.c.shared]
    statement = select(*columns).select_from(joined).where(ATTEMPT.c.id == bindparam("attempt_id"))
    if not seated:
        statement = statement.where(ATTEMPT.c.person_id == bindparam("person_id"))
    return statement.with_for_update(of=ATTEMPT, key_share=True)


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


def own_sitting(attempt_id, token):
    """The Sitting of an attempt of whoever sits in the session of ``token``, or None."""
    row = db.session.connection().execute(
        _own_sitting(), {"attempt_id": attempt_id, **seat_of(token)}).first()
    return row and Sitting(*row)


@cache
def _own_sitting():
    seat = seats()
    columns = [ATTEMPT.c[name] for name in Sitting._fields[:-2]]
    return (select(*columns, seat.c.begun_at, seat.c.shared)
            .join_from(ATTEMPT, seat, seat.c.person_id == ATTEMPT.c.person_id)
            .where(ATTEMPT.c.id == bindparam("attempt_id")))


class Progress(NamedTuple):
    """What is held of an attempt: the newest revision of each slot that was answered, the
    highest count of the device asked about (0: none), and when the last answer arrived.
    """

    revisions: dict
    known: int
    saved_at: object


def progress_of(attempt_id, client):
    """The Progress of an attempt and of the device ``client``, in one statement."""
    rows = db.session.connection().execute(*_progress(attempt_id, client)).all()
    return Progress({slot: rev for slot, rev, _known, _at in rows},
                    max((known for _slot, _rev, known, _at in rows), default=0),
                    max((at for _slot, _rev, _known, at in rows), default=None))


@prepared
def _progress(attempt_id, client):
    event = AnswerEvent.__table__
    known = func.coalesce(func.max(case((event.c.client == client, event.c.seq))), 0)
    return (select(event.c.slot, func.max(event.c.rev), known, func.max(event.c.received_at))
            .where(event.c.attempt_id == attempt_id).group_by(event.c.slot))


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


def standing_of(connection, desk, client, seq):
    """The Standing of the slot of ``desk`` for the device ``client``, in one statement."""
    return Standing(desk.slot, *connection.execute(
        *_standing(desk.id, desk.slot, client, seq)).one())


@prepared
def _standing(attempt_id, slot, client, seq):
    event = AnswerEvent.__table__
    own = event.c.client == client
    known = select(event.c.id).where(
        event.c.attempt_id == attempt_id, own, event.c.seq == seq).scalar_subquery()
    return (select(ATTEMPT.c.state, ATTEMPT.c.deadline, ATTEMPT.c.paused_at, ATTEMPT.c.locked,
                   *_numbers(event, own), known)
            .select_from(ATTEMPT.outerjoin(
                event, (event.c.attempt_id == ATTEMPT.c.id) & (event.c.slot == slot)))
            .where(ATTEMPT.c.id == attempt_id).group_by(ATTEMPT.c.id))


def standings_of(attempt):
    """The Standing of every slot of ``attempt``, each for its page without scripts: one statement.

    ``attempt`` is locked and as it stands now.
    """
    found = {slot: numbers for slot, *numbers in db.session.execute(*_standings(attempt.id))}
    return {slot: Standing(slot, attempt.state, attempt.deadline, attempt.paused_at,
                           attempt.locked, *found.get(slot, (0, 0, 0)), None)
            for slot in range(len(attempt.paper))}


@prepared
def _standings(attempt_id):
    event = AnswerEvent.__table__
    page = literal(f"{NO_SCRIPT}-").concat(cast(event.c.slot, String))
    return (select(event.c.slot, *_numbers(event, event.c.client == page))
            .where(event.c.attempt_id == attempt_id).group_by(event.c.slot))


def _numbers(event, own):
    """What a Standing says of a slot's events, those of the device itself being ``own``."""
    counts = event.c.status == ACCEPTED
    return [func.coalesce(func.max(value), 0) for value in (
        event.c.rev, case((counts & ~own, event.c.rev)), case((counts & own, event.c.seq)))]


def attempts_of(quiz, person):
    """The attempts of ``person`` at ``quiz`` and its former versions, oldest first, those that
    were withdrawn among them.
    """
    return db.session.scalars(*_attempts(quiz.lineage, person.id)).all()


@prepared
def _attempts(lineage, person_id):
    return (select(Attempt).join(Attempt.quiz)
            .where(Attempt.person_id == person_id, Quiz.lineage == lineage)
            .order_by(Attempt.started_at))


def paper_marks(paper_set):
    """What stands of what was entered from the papers of a set: a person's id → their
    PaperMark.
    """
    return {one.person_id: one for one in db.session.scalars(
        select(PaperMark).options(joinedload(PaperMark.attempt))
        .filter_by(set_id=paper_set.id, withdrawn_at=None))}


def papers_alone(quiz, person):
    """The marks without answers that were entered from paper for ``person`` at ``quiz`` and its
    former versions and stand, the oldest first.
    """
    return db.session.scalars(
        select(PaperMark).join(PaperMark.set).join(PaperSet.quiz)
        .where(PaperMark.person_id == person.id, Quiz.lineage == quiz.lineage,
               PaperMark.attempt_id.is_(None), PaperMark.withdrawn_at.is_(None))
        .order_by(PaperMark.handed_in_at)).all()


def entries_like(mark):
    """All that was ever entered for the person of ``mark`` from the same set, oldest first."""
    return db.session.scalars(
        select(PaperMark).options(
            joinedload(PaperMark.attempt), joinedload(PaperMark.by),
            joinedload(PaperMark.withdrawn_by))
        .filter_by(set_id=mark.set_id, person_id=mark.person_id).order_by(PaperMark.id)).all()


def replaced_by(attempt):
    """The results from paper that were withdrawn where ``attempt`` is concerned: its own, or the
    one in whose place it was entered.
    """
    corrected = select(PaperMark.corrects_id).where(PaperMark.attempt_id == attempt.id)
    return db.session.scalars(
        select(PaperMark).options(joinedload(PaperMark.attempt))
        .where(PaperMark.withdrawn_at.is_not(None),
               or_(PaperMark.attempt_id == attempt.id, PaperMark.id.in_(corrected)))
        .order_by(PaperMark.id.desc())).all()


def running_at(quiz, person_ids):
    """The ids of those who are in the middle of an attempt at ``quiz`` on a device."""
    return set(db.session.scalars(select(Attempt.person_id).where(
        Attempt.quiz_id == quiz.id, Attempt.submitted_at.is_(None),
        Attempt.person_id.in_(person_ids))))


def seen_by(quiz, person):
    """The ids of the questions ``person`` met at ``quiz``, at the test before or after it that
    shares its blueprint, and at their former versions; two statements at most.
    """
    if not (quiz.drawn or quiz.pretest_of):
        return set()
    shared = quiz.pretest_of or quiz.lineage
    papers = db.session.scalars(
        select(Attempt.paper).join(Attempt.quiz).where(
            Attempt.person_id == person.id,
            (Quiz.lineage == shared) | (Quiz.pretest_of == shared))).all()
    versions = {item["version"] for paper in papers for item in paper}
    return set(db.session.scalars(
        select(QuestionVersion.question_id).where(QuestionVersion.id.in_(versions)))
        if versions else ())


def running_attempt(quiz, person):
    """The attempt of ``person`` that is not yet submitted, or None."""
    return db.session.scalar(*_running(quiz.id, person.id))


@prepared
def _running(quiz_id, person_id):
    return select(Attempt).where(Attempt.quiz_id == quiz_id, Attempt.person_id == person_id,
                                 Attempt.submitted_at.is_(None))


def pinned(attempt):
    """What the paper asks: the version's id → (kind, version)."""
    return versions_of({item["version"] for item in attempt.paper})


def asking(attempt):
    """The slots of the paper where something is asked: a text to read needs no answer."""
    silent = [name for name, kind in KINDS.items() if not kind.worth]
    texts = set(db.session.scalars(
        select(QuestionVersion.id).join(QuestionVersion.question).where(
            Question.kind.in_(silent),
            QuestionVersion.id.in_([item["version"] for item in attempt.paper]))))
    return [slot for slot, item in enumerate(attempt.paper) if item["version"] not in texts]


def answers_of(attempt):
    """The answer that counts in each slot, tidied: the accepted one of the highest revision."""
    return {slot: answer for slot, (_rev, answer) in counting(attempt).items()}


def counting(attempt):
    """The revision and the answer that count in each slot."""
    rows = db.session.execute(*_counting(attempt.id))
    return {slot: (rev, tidy(answer)) for slot, rev, answer in rows}


@prepared
def _counting(attempt_id):
    return (select(AnswerEvent.slot, AnswerEvent.rev, AnswerEvent.answer)
            .where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.status == ACCEPTED)
            .order_by(AnswerEvent.rev))


def answer_in(attempt_id, slot):
    """The revision, the answer and the arrival of what counts in ``slot``."""
    return db.session.execute(
        select(AnswerEvent.rev, AnswerEvent.answer, AnswerEvent.received_at)
        .where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.slot == slot,
               AnswerEvent.status == ACCEPTED)
        .order_by(AnswerEvent.rev.desc()).limit(1)).one()


def counts_held(attempt, client):
    """The counts under which events of the device ``client`` are kept, as a set."""
    return set(db.session.scalars(select(AnswerEvent.seq).filter_by(
        attempt_id=attempt.id, client=client)))


def saved_at(attempt):
    """When the last answer of ``attempt`` was received, or None."""
    return db.session.scalar(*_saved_at(attempt.id))


@prepared
def _saved_at(attempt_id):
    return select(func.max(AnswerEvent.received_at)).where(AnswerEvent.attempt_id == attempt_id)


def overdue_attempts():
    """The attempts whose time is over, grace and all, and that nobody submitted.

    What arrived in time may still wait inside the server, so they are left alone a little longer.
    """
    return db.session.scalars(
        select(Attempt).where(Attempt.state == RUNNING, Attempt.submitted_at.is_(None),
                              Attempt.deadline < clock.now() - GRACE - QUEUE)).all()
