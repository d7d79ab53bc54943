"""The answers that wait for somebody to mark them, without the names of those who gave them."""
from collections import defaultdict
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db
from lms.people.policies import is_officer

from courses.catalogue.models import CourseTrainer, CourseVersion
from quizzes.attempts.by_hand import by_hand, standing
from quizzes.attempts.grades import HandMark
from quizzes.attempts.models import Attempt
from quizzes.attempts.regrading_queries import answers_in
from quizzes.papers.models import Quiz
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


def _courses_by_hand(viewer):
    """The statement of the versions that people mark and the courses whose banks hold them, as far
    as ``viewer`` marks them.
    """
    kinds = [kind for kind in KINDS if by_hand(kind)]
    statement = select(QuestionVersion.id, Question.course_id).join(
        QuestionVersion.question).where(Question.kind.in_(kinds))
    if not is_officer(viewer):
        statement = statement.where(Question.course_id.in_(
            select(CourseTrainer.course_id).where(CourseTrainer.person_id == viewer.id)))
    return statement


def _asked(wanted, viewer):
    """The attempts of others handed in that ask one of the versions ``wanted`` (id → course):
    (id, paper).

    Only tests of those courses are looked at, and of an attempt only its paper.
    """
    tests = select(Quiz.id).join(Quiz.version).where(
        CourseVersion.course_id.in_(set(wanted.values())))
    statement = select(Attempt.id, Attempt.paper).where(
        Attempt.quiz_id.in_(tests), Attempt.standing(), Attempt.person_id != viewer.id)
    return [(key, paper) for key, paper in db.session.execute(statement)
            if any(item["version"] in wanted for item in paper)]


def _given(ids):
    """What people gave in the attempts, in the order they gave it: (attempt's id, slot) → [(who,
    points)].
    """
    found = defaultdict(list)
    for key, slot, points, by_id in db.session.execute(
            select(HandMark.attempt_id, HandMark.slot, HandMark.points, HandMark.by_id)
            .where(HandMark.attempt_id.in_(ids)).order_by(HandMark.id)):
        found[key, slot].append((by_id, sum(map(Decimal, points))))
    return found


def _open(viewer):
    """What waits for ``viewer``: (attempt's id, slot) → (its version, the answer, how many markers
    are needed).  Five statements for any number of answers.
    """
    wanted = dict(db.session.execute(_courses_by_hand(viewer)).all())
    asked = _asked(wanted, viewer) if wanted else []
    given = _given([key for key, _paper in asked]) if asked else {}
    slots = {(key, slot): item["version"] for key, paper in asked
             for slot, item in enumerate(paper) if item["version"] in wanted
             and all(by_id != viewer.id for by_id, _sum in given.get((key, slot), ()))}
    versions = versions_of(set(slots.values())) if slots else {}
    # An answer is looked for only where one that was given would wait.
    needed = {place: standing(versions[key][1], ["?"], [
        total for _by_id, total in given.get(place, ())]).needed for place, key in slots.items()}
    ids = {key for (key, _slot), count in needed.items() if count}
    answers = answers_in(ids) if ids else {}
    return {(key, slot): (versions[slots[key, slot]][1], answer, needed[key, slot])
            for key, own in answers.items() for slot, answer in own.items()
            if needed.get((key, slot)) and answer}


def count_waiting(viewer):
    """How many answers wait for ``viewer``."""
    return len(_open(viewer))


def waiting_for(viewer):
    """The answers that wait for ``viewer``: not their own, none they have marked; by question,
    then by code.  Six statements for any number of answers.
    """
    found = _open(viewer)
    attempts = {attempt.id: attempt for attempt in db.session.scalars(
        select(Attempt).options(joinedload(Attempt.quiz), joinedload(Attempt.person))
        .where(Attempt.id.in_({key for key, _slot in found})))} if found else {}
    return sorted((Waiting(attempts[key], slot, version, answer, needed)
                   for (key, slot), (version, answer, needed) in found.items()),
                  key=lambda one: (one.version.question_id, one.code))


def waiting_with(code, viewer):
    """The answer with the ``code`` that waits for ``viewer``, or None."""
    return next((one for one in waiting_for(viewer) if one.code == code), None)
