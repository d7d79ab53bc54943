"""Looking up attempts and answers."""
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import ask, db, prepared
from lms.kernel.keys import one_of
from lms.kernel.records import columns_of, record

from courses.catalogue.models import Activity
from quizzes.attempts.models import PAUSE, AnswerEvent, Attempt, Intervention, PaperMark
from quizzes.attempts.protocol import ACCEPTED, GRACE, PAUSED, QUEUE, RUNNING, tidy
from quizzes.papers.models import PaperSet, Quiz
from quizzes.papers.rule import opens_now, shows
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question, QuestionVersion
from quizzes.questions.queries import versions_of

ATTEMPT = Attempt.__table__


def attempts_of(quiz, person):
    """The attempts of ``person`` at ``quiz`` and its former versions, oldest first, those that
    were withdrawn among them.
    """
    return [record(Attempt, row) for row in ask(*_attempts(quiz.lineage, person.id))]


@prepared
def _attempts(lineage, person_id):
    return (select(*columns_of(Attempt)).join(Attempt.quiz)
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
    return db.session.scalars(
        select(PaperMark).options(joinedload(PaperMark.attempt))
        .where(replaces(attempt.id)).order_by(PaperMark.id.desc())).all()


def replaces(attempt_id):
    """The condition of those results; ``attempt_id`` is an id or stands in for one."""
    corrected = select(PaperMark.corrects_id).where(PaperMark.attempt_id == attempt_id)
    return and_(PaperMark.withdrawn_at.is_not(None),
                or_(PaperMark.attempt_id == attempt_id, PaperMark.id.in_(corrected)))


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
    row = ask(*_running(quiz.id, person.id)).first()
    return row and record(Attempt, row)


@prepared
def _running(quiz_id, person_id):
    return select(*columns_of(Attempt)).where(
        Attempt.quiz_id == quiz_id, Attempt.person_id == person_id,
        Attempt.submitted_at.is_(None))


def held_back(quiz):
    """Whether results of ``quiz`` that open after the closing wait, although it has closed:
    somebody may still answer it, in whatever version, until an end of their own.
    """
    now = clock.now()
    return opens_now(quiz, now) and ask(*_answering(quiz.lineage, now - GRACE)).first() is not None


@prepared
def _answering(lineage, ended):
    return select(Attempt.id).join(Activity, Activity.id == Attempt.quiz_id).where(
        Activity.lineage == lineage, Attempt.submitted_at.is_(None),
        or_(Attempt.state == PAUSED, Attempt.deadline.is_(None),
            Attempt.deadline >= ended)).limit(1)


def shown_of(quiz):
    """What the rules of ``quiz`` let whoever handed it in see now (``rule.Shows``)."""
    return shows(quiz, clock.now(), held_back(quiz))


def mark_waits(activity_id):
    """Whether the step is a test that does not let whoever handed it in see their mark now."""
    quiz = db.session.get(Quiz, activity_id)
    return quiz is not None and not shown_of(quiz).mark


def pinned(attempt):
    """What the paper asks: the version's id → (kind, version)."""
    return versions_of({item["version"] for item in attempt.paper})


def asking(attempt):
    """The slots of the paper where something is asked: a text to read needs no answer."""
    texts = set(ask(*_texts([item["version"] for item in attempt.paper])).scalars())
    return [slot for slot, item in enumerate(attempt.paper) if item["version"] not in texts]


@prepared
def _texts(version_ids):
    silent = [name for name, kind in KINDS.items() if not kind.worth]
    return select(QuestionVersion.id).join(QuestionVersion.question).where(
        Question.kind.in_(silent), one_of(QuestionVersion.id, version_ids))


def answers_of(attempt):
    """The answer that counts in each slot, tidied: the accepted one of the highest revision."""
    return held_of(attempt).answers


class Held(NamedTuple):
    """What is held of an attempt: the revision and the answer that count in each slot, and when
    the last answer was received, whether it counts or not (None: there is none).
    """

    counting: dict
    saved_at: datetime | None

    @property
    def answers(self):
        """The answer that counts in each slot."""
        return {slot: answer for slot, (_rev, answer) in self.counting.items()}


def held_of(attempt):
    """What is Held of ``attempt``; one statement, whatever was answered before."""
    rows = ask(*_held(attempt.id)).all()
    return Held({slot: (rev, tidy(answer)) for slot, rev, answer, _last in rows if rev},
                rows[0][-1] if rows else None)


@prepared
def _held(attempt_id):
    """A row for each slot with an answer that counts; where none has one, a row without."""
    event, other = AnswerEvent.__table__, AnswerEvent.__table__.alias()
    newest = select(func.max(other.c.rev)).where(
        other.c.attempt_id == attempt_id, other.c.slot == event.c.slot,
        other.c.status == ACCEPTED).correlate(event).scalar_subquery()
    last = select(func.max(other.c.received_at)).where(other.c.attempt_id == attempt_id)
    return (select(event.c.slot, event.c.rev, event.c.answer, last.scalar_subquery())
            .select_from(ATTEMPT)
            .outerjoin(event, and_(event.c.attempt_id == ATTEMPT.c.id, event.c.rev == newest))
            .where(ATTEMPT.c.id == attempt_id))


def answer_in(attempt_id, slot):
    """The revision, the answer and the arrival of what counts in ``slot``."""
    return db.session.execute(
        select(AnswerEvent.rev, AnswerEvent.answer, AnswerEvent.received_at)
        .where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.slot == slot,
               AnswerEvent.status == ACCEPTED)
        .order_by(AnswerEvent.rev.desc()).limit(1)).one()


class Pause(NamedTuple):
    """Since when the clock of an attempt stands still, and why, in the words of who stopped it."""

    since: datetime
    reason: str


def pause_of(attempt):
    """The Pause in which ``attempt`` is, or None; one statement where it is paused, else none."""
    if attempt.paused_at is None:
        return None
    reason = ask(*_reason_of_pause(attempt.id)).scalar()
    return Pause(attempt.paused_at, reason or "")


@prepared
def _reason_of_pause(attempt_id):
    return (select(Intervention.reason)
            .where(Intervention.attempt_id == attempt_id, Intervention.kind == PAUSE)
            .order_by(Intervention.id.desc()).limit(1))


def counts_held(attempt, client):
    """The counts under which events of the device ``client`` are kept, as a set."""
    return set(db.session.scalars(select(AnswerEvent.seq).filter_by(
        attempt_id=attempt.id, client=client)))


def overdue_attempts():
    """The ids of the attempts whose time is over, grace and all, and that nobody submitted, those
    first that ended first.
    """
    return db.session.scalars(
        select(Attempt.id).where(overdue()).order_by(Attempt.deadline, Attempt.id)).all()


def overdue(for_long=timedelta()):
    """The SQL condition that the time of an attempt is over, since ``for_long``, and nobody
    submitted it.

    What arrived in time may still wait inside the server, so they are left alone a little longer.
    """
    return and_(Attempt.state == RUNNING, Attempt.submitted_at.is_(None),
                Attempt.deadline < clock.now() - GRACE - QUEUE - for_long)
