"""Looking up attempts and answers."""
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db, prepared

from quizzes.attempts.models import AnswerEvent, Attempt, PaperMark
from quizzes.attempts.protocol import ACCEPTED, GRACE, QUEUE, RUNNING, tidy
from quizzes.papers.models import PaperSet, Quiz
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question, QuestionVersion
from quizzes.questions.queries import versions_of

#: More questions than any paper has; a larger number is no slot.
MOST_SLOTS = 10_000


class Desk(NamedTuple):
    """Where an answer arrives: the attempt as far as it matters, and the question of the slot."""

    id: int
    state: str
    deadline: object
    paused_at: object
    submitted_at: object
    locked: list
    slot: int
    kind: str | None
    version: object


def at_desk(attempt_id, slot, person_id):
    """The Desk of ``slot`` in an attempt of the person, or None where the attempt is not theirs.

    One statement.  It locks the attempt until the transaction ends; the Desk has no kind and
    no version where the paper has no such slot.
    """
    place = slot if 0 <= slot < MOST_SLOTS else MOST_SLOTS
    row = db.session.execute(_desk_at(place), {"attempt_id": attempt_id,
                                                "person_id": person_id}).first()
    return row and Desk(*row[:6], slot, *row[6:])


@lru_cache(maxsize=256)
def _desk_at(place):
    """The statement of ``at_desk``, made once for each place: every answer asks it."""
    version_id = Attempt.paper[(place, "version")].as_integer()
    return (select(Attempt.id, Attempt.state, Attempt.deadline, Attempt.paused_at,
                   Attempt.submitted_at, Attempt.locked, Question.kind, QuestionVersion)
            .outerjoin(QuestionVersion, QuestionVersion.id == version_id)
            .outerjoin(Question, Question.id == QuestionVersion.question_id)
            .where(Attempt.id == bindparam("attempt_id"),
                   Attempt.person_id == bindparam("person_id"))
            .with_for_update(of=Attempt, key_share=True))


def standing_of(attempt_id, slot, client, seq):
    """How a slot stands for the device ``client``, in one statement.

    Gives the newest revision, the newest that counts and came from another device, the highest
    count of this device's own that counts (0: none), and the id of the event it sent as ``seq``.
    """
    row = db.session.execute(*_standing(attempt_id, slot, client, seq)).one()
    return row[0] or 0, row[1] or 0, row[2] or 0, row[3]


@prepared
def _standing(attempt_id, slot, client, seq):
    counts = AnswerEvent.status == ACCEPTED
    own = AnswerEvent.client == client
    known = select(AnswerEvent.id).where(
        AnswerEvent.attempt_id == attempt_id, own, AnswerEvent.seq == seq).scalar_subquery()
    return (select(func.max(AnswerEvent.rev), func.max(case((counts & ~own, AnswerEvent.rev))),
                   func.max(case((counts & own, AnswerEvent.seq))), known)
            .where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.slot == slot))


def attempts_of(quiz, person):
    """The attempts of ``person`` at ``quiz`` and its former versions, oldest first, those that
    were withdrawn among them.
    """
    return db.session.scalars(
        select(Attempt).join(Attempt.quiz).where(
            Attempt.person_id == person.id, Attempt.quiz.of_type(type(quiz)).has(
                lineage=quiz.lineage))
        .order_by(Attempt.started_at)).all()


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
    return db.session.scalar(select(Attempt).filter_by(
        quiz_id=quiz.id, person_id=person.id, submitted_at=None))


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
    rows = db.session.execute(
        select(AnswerEvent.slot, AnswerEvent.rev, AnswerEvent.answer)
        .where(AnswerEvent.attempt_id == attempt.id, AnswerEvent.status == ACCEPTED)
        .order_by(AnswerEvent.rev))
    return {slot: (rev, tidy(answer)) for slot, rev, answer in rows}


def answer_in(attempt_id, slot):
    """The revision, the answer and the arrival of what counts in ``slot``."""
    return db.session.execute(
        select(AnswerEvent.rev, AnswerEvent.answer, AnswerEvent.received_at)
        .where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.slot == slot,
               AnswerEvent.status == ACCEPTED)
        .order_by(AnswerEvent.rev.desc()).limit(1)).one()


def revisions(attempt):
    """The newest revision of each slot that was answered."""
    return dict(db.session.execute(
        select(AnswerEvent.slot, func.max(AnswerEvent.rev))
        .where(AnswerEvent.attempt_id == attempt.id).group_by(AnswerEvent.slot)).all())


def counts_held(attempt, client):
    """The counts under which events of the device ``client`` are kept, as a set."""
    return set(db.session.scalars(select(AnswerEvent.seq).filter_by(
        attempt_id=attempt.id, client=client)))


def saved_at(attempt):
    """When the last answer of ``attempt`` was received, or None."""
    return db.session.scalar(
        select(func.max(AnswerEvent.received_at)).where(AnswerEvent.attempt_id == attempt.id))


def overdue_attempts():
    """The attempts whose time is over, grace and all, and that nobody submitted.

    What arrived in time may still wait inside the server, so they are left alone a little longer.
    """
    return db.session.scalars(
        select(Attempt).where(Attempt.state == RUNNING, Attempt.submitted_at.is_(None),
                              Attempt.deadline < clock.now() - GRACE - QUEUE)).all()
