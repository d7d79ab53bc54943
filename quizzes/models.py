"""Quizzes, the questions they draw from, and people's attempts."""
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base
from lms.kernel.i18n import _
from lms.people.models import Person

from courses.catalogue.models import Activity, Course

#: How long after the deadline an answer sent in time may still arrive over a slow line.
GRACE = timedelta(seconds=60)


class Quiz(Activity):
    """A test at the end of a course, or on the way."""

    __tablename__ = "quiz"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    #: How many questions an attempt draws at random; none: all of them.
    draw: Mapped[int | None]
    shuffle: Mapped[bool] = mapped_column(default=True)
    #: Out of 100.
    pass_mark: Mapped[int] = mapped_column(default=50)
    attempts_allowed: Mapped[int] = mapped_column(default=3)
    #: Minutes; none: no limit.
    time_limit: Mapped[int | None]

    items: Mapped[list["QuizItem"]] = relationship(
        back_populates="quiz", order_by="QuizItem.position", cascade="all, delete-orphan")

    own = ("draw", "shuffle", "pass_mark", "attempts_allowed", "time_limit")
    endpoint = "quizzes.quiz"
    edit_endpoint = "quizzes.edit_quiz"
    __mapper_args__ = {"polymorphic_identity": "quiz"}

    @property
    def word(self):
        """A quiz is taken."""
        return _("Test")

    @property
    def lacks(self):
        """A test asks something."""
        return "" if self.items else _("The test has no questions.")

    def differs_from(self, other):
        """Whether the rules or the questions are others than in ``other``."""
        return super().differs_from(other) or self._asks() != other._asks()

    def _asks(self):
        return [(item.question_id, item.points) for item in self.items]

    def copied_to(self, version):
        """The same quiz, with its questions, in another version of the course."""
        copy = super().copied_to(version)
        copy.items = [QuizItem(question_id=item.question_id, position=item.position,
                               points=item.points) for item in self.items]
        return copy


class Question(Base):
    """A question of a course's bank; its wording belongs to its versions."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), index=True)
    kind: Mapped[str]
    retired_at: Mapped[datetime | None]

    course: Mapped[Course | None] = relationship()
    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question", order_by="QuestionVersion.number")


class QuestionVersion(Base):
    """The wording and the key of a question; one that was used never changes."""

    __tablename__ = "question_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int]
    stem_vi: Mapped[str]
    stem_en: Mapped[str] = mapped_column(default="")
    #: [{"key": "A", "vi": "…", "en": "…"}]; none for a short answer.
    options: Mapped[list] = mapped_column(JSON, default=list)
    #: The second column of a matching question, in the same shape.
    matches: Mapped[list] = mapped_column(JSON, default=list)
    #: What is right, in the form the kind of the question gives it.
    right: Mapped[list] = mapped_column(JSON)
    explanation_vi: Mapped[str] = mapped_column(default="")
    explanation_en: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    question: Mapped[Question] = relationship(back_populates="versions")

    __table_args__ = (UniqueConstraint("question_id", "number"),)


class QuizItem(Base):
    """A question a quiz may ask, and what it is worth."""

    __tablename__ = "quiz_item"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    points: Mapped[int] = mapped_column(default=1)

    quiz: Mapped[Quiz] = relationship(back_populates="items")
    question: Mapped[Question] = relationship()


class Attempt(Base):
    """One try at a quiz; the paper is pinned when it starts."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    started_at: Mapped[datetime]
    deadline: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    #: [{"version": 12, "options": ["C", "A", "B"], "points": 1}], in the order shown.
    paper: Mapped[list] = mapped_column(JSON)
    #: The share of each slot that was right, out of 100, once submitted.
    shares: Mapped[list | None] = mapped_column(JSON)
    #: Out of 100, once submitted.
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    passed: Mapped[bool | None]

    quiz: Mapped[Quiz] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("quiz_id", "person_id", "number"),)

    def closed(self, now):
        """Whether no answer counts any more: submitted, or past the deadline and its grace."""
        return self.submitted_at is not None or (
            self.deadline is not None and now > self.deadline + GRACE)


class AnswerEvent(Base):
    """An answer as it was given; nothing is updated, the highest revision of a slot counts."""

    __tablename__ = "answer_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    rev: Mapped[int]
    #: The device that sent it and its own count: a repeated sending is recognised.
    client: Mapped[str]
    seq: Mapped[int]
    answer: Mapped[list] = mapped_column(JSON)
    received_at: Mapped[datetime]
    #: accepted, or late: kept, not counted.
    late: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("attempt_id", "slot", "rev"),
        UniqueConstraint("attempt_id", "client", "seq"),
        Index("ix_answer_event_attempt", "attempt_id"),
    )
