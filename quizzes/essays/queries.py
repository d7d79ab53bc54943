"""The answers that wait for somebody to mark them, without the names of those who gave them."""
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db
from lms.people.policies import is_officer

from courses.catalogue.queries import written_by
from quizzes.attempts.grades import HandMark, ToMark
from quizzes.attempts.models import Attempt
from quizzes.attempts.regrading_queries import answers_in
from quizzes.questions.models import Question, QuestionVersion
from quizzes.questions.queries import versions_of


class Place(NamedTuple):
    """Where an answer waits: its attempt, which began then, and slot; what was asked; how many
    markers are still needed.
    """

    attempt_id: int
    started_at: datetime
    slot: int
    version_id: int
    question_id: int
    needed: int

    @property
    def code(self):
        """What stands for the person: the same each time, and in an order that tells nothing."""
        told = f"{self.attempt_id}/{self.slot}/{self.started_at.isoformat()}"
        return sha256(told.encode()).hexdigest()[:12]


class Waiting(NamedTuple):
    """An answer that waits: its attempt and slot, what was asked and answered, how many markers
    are still needed, and the code that stands for the person.
    """

    attempt: Attempt
    slot: int
    version: QuestionVersion
    answer: list
    needed: int
    code: str


def _open(viewer, *what):
    """The statement that asks ``what`` of the answers that wait for ``viewer``: not their own,
    none they have marked, of the courses they teach or, for an officer, of all.
    """
    return _unfinished(viewer, *what).where(~_marked_by(viewer))


def _marked_by(viewer):
    return select(HandMark.id).where(
        HandMark.attempt_id == ToMark.attempt_id, HandMark.slot == ToMark.slot,
        HandMark.by_id == viewer.id).exists()


def _unfinished(viewer, *what):
    statement = (select(*what).select_from(ToMark).join(ToMark.attempt).join(ToMark.version)
                 .join(QuestionVersion.question)
                 .where(Attempt.standing(), Attempt.person_id != viewer.id))
    if not is_officer(viewer):
        statement = statement.where(Question.course_id.in_(written_by(viewer)))
    return statement


def count_waiting(viewer):
    """How many answers wait for ``viewer``."""
    return db.session.scalar(_open(viewer, func.count()))


def count_for_others(viewer):
    """How many answers that ``viewer`` has marked wait for somebody else."""
    return db.session.scalar(_unfinished(viewer, func.count()).where(_marked_by(viewer)))


def queue_of(viewer):
    """The Place of each answer that waits for ``viewer``, by question, then by code.  One
    statement; no answer is read.
    """
    rows = db.session.execute(_open(
        viewer, ToMark.attempt_id, Attempt.started_at, ToMark.slot, ToMark.version_id,
        QuestionVersion.question_id, ToMark.needed))
    return sorted((Place(*row) for row in rows), key=lambda one: (one.question_id, one.code))


def waiting_for(viewer):
    """The answers that wait for ``viewer``, by question, then by code.  As many statements for
    any number of answers.
    """
    return waiting_at(queue_of(viewer))


def waiting_at(places):
    """What waits at each of the ``places``."""
    if not places:
        return []
    ids = {one.attempt_id for one in places}
    attempts = {attempt.id: attempt for attempt in db.session.scalars(
        select(Attempt).options(joinedload(Attempt.quiz), joinedload(Attempt.person))
        .where(Attempt.id.in_(ids)))}
    versions, answers = versions_of({one.version_id for one in places}), answers_in(ids)
    return [Waiting(attempts[one.attempt_id], one.slot, versions[one.version_id][1],
                    answers[one.attempt_id].get(one.slot, []), one.needed, one.code)
            for one in places]


def waiting_with(code, viewer):
    """The answer with the ``code`` that waits for ``viewer``, or None."""
    found = waiting_at([one for one in queue_of(viewer) if one.code == code])
    return found[0] if found else None
