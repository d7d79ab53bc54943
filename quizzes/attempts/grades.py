"""How a mark came to be what it is: what was decided about keys, and each change of a mark."""
from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base
from lms.people.models import Person

from quizzes.attempts.models import Attempt
from quizzes.questions.models import Question, QuestionVersion

#: By what an attempt got its mark: it was handed in, a key was mended, all were marked again, a
#: person marked an answer; it was voided, with its mark as it was, or restored.
HANDED_IN, MENDED, AGAIN, BY_HAND, VOIDED, RESTORED = RULES = (
    "handed_in", "mended", "again", "by_hand", "voided", "restored")


class Mending(Base):
    """What was decided about the key of a question after it had been asked; never changed.

    Of several about one version of the question the last one counts.
    """

    __tablename__ = "mending"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    #: The versions of the question it concerns.
    version_ids: Mapped[list] = mapped_column(JSON)
    #: One of marking.EFFECTS.
    effect: Mapped[str]
    #: The keys that are accepted, each a list as ``QuestionVersion.right``.
    keys: Mapped[list] = mapped_column(JSON, default=list)
    #: Whether nobody who had passed loses it.
    keeps: Mapped[bool]
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    question: Mapped[Question] = relationship()
    by: Mapped[Person] = relationship()


class GradeEvent(Base):
    """A mark was given or changed; the changes of an attempt add up to its mark."""

    __tablename__ = "grade_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    #: One of RULES.
    rule: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    #: Out of 100; before the first mark 0.
    old: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    new: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    old_passed: Mapped[bool | None]
    passed: Mapped[bool]
    mending_id: Mapped[int | None] = mapped_column(ForeignKey("mending.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    #: None: the clock handed the attempt in.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    attempt: Mapped[Attempt] = relationship()
    mending: Mapped[Mending | None] = relationship()

    @property
    def change(self):
        """By how much the mark rose, in points out of 100."""
        return self.new - self.old


class HandMark(Base):
    """What one person gave for an answer that people mark; never changed."""

    __tablename__ = "hand_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    #: For each line of the rubric, as text.
    points: Mapped[list] = mapped_column(JSON)
    comment: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    attempt: Mapped[Attempt] = relationship(viewonly=True)

    __table_args__ = (UniqueConstraint("attempt_id", "slot", "by_id"),)

    @property
    def sum(self):
        """All the points given."""
        return sum(map(Decimal, self.points))


class ToMark(Base):
    """An answer handed in that people are still to mark, so that nobody looks for it in papers.

    It follows from the answers and what was given for them; ``grading`` keeps it true.
    """

    __tablename__ = "to_mark"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    #: What was asked.
    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"), index=True)
    #: How many markers are still needed.
    needed: Mapped[int]

    attempt: Mapped[Attempt] = relationship()
    version: Mapped[QuestionVersion] = relationship()
