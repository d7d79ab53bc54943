"""The answers that wait for somebody to mark them, without the names of those who gave them."""
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import select

from lms.kernel.db import db
from lms.people.policies import is_officer

from courses.catalogue.models import CourseTrainer
from quizzes.attempts.by_hand import by_hand
from quizzes.attempts.models import Attempt
from quizzes.attempts.regrading_queries import (
    answers_in,
    asked_in,
    hand_marks_in,
    standings_by_hand,
)
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question, QuestionVersion
from quizzes.questions.queries import versions_of


class Waiting(NamedTuple):
    """An answer that waits: its attempt and slot, what was asked and answered, how many markers
    are still needed.
    """

    attempt: Attempt
    slot: int
    version: QuestionVersion
    answer: list
    needed: int

    @property
    def code(self):
        """What stands for the person: the same each time, and in an order that tells nothing."""
        told = f"{self.attempt.id}/{self.slot}/{self.attempt.started_at.isoformat()}"
        return sha256(told.encode()).hexdigest()[:12]


def versions_by_hand(viewer):
    """The ids of the versions that people mark, as far as ``viewer`` marks them."""
    kinds = [kind for kind in KINDS if by_hand(kind)]
    statement = select(QuestionVersion.id).join(QuestionVersion.question).where(
        Question.kind.in_(kinds))
    if not is_officer(viewer):
        statement = statement.where(Question.course_id.in_(
            select(CourseTrainer.course_id).where(CourseTrainer.person_id == viewer.id)))
    return set(db.session.scalars(statement))


def waiting_for(viewer):
    """The answers that wait for ``viewer``: not their own, none they have marked; by question,
    then by code.  Five statements for any number of answers.
    """
    wanted = versions_by_hand(viewer)
    attempts = [attempt for attempt in asked_in(wanted) if attempt.person_id != viewer.id] if (
        wanted) else []
    ids = [attempt.id for attempt in attempts]
    answers, hand_marks = answers_in(ids), hand_marks_in(ids)
    versions = versions_of({item["version"] for attempt in attempts for item in attempt.paper})
    found = [
        Waiting(attempt, slot, versions[attempt.paper[slot]["version"]][1],
                answers[attempt.id].get(slot, []), standing.needed)
        for attempt in attempts
        for slot, standing in standings_by_hand(
            attempt, versions, answers[attempt.id], hand_marks).items()
        if standing.needed and attempt.paper[slot]["version"] in wanted
        and all(one.by_id != viewer.id for one in hand_marks[attempt.id, slot])]
    return sorted(found, key=lambda one: (one.version.question_id, one.code))


def waiting_with(code, viewer):
    """The answer with the ``code`` that waits for ``viewer``, or None."""
    return next((one for one in waiting_for(viewer) if one.code == code), None)
