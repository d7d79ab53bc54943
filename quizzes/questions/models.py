"""Questions and the versions of their wording."""
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base

from courses.catalogue.models import Course


class Question(Base):
    """A question of a course's bank; its wording belongs to its versions."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), index=True)
    kind: Mapped[str]
    #: What it is about, as its authors sort the bank; empty: not sorted yet.
    category: Mapped[str] = mapped_column(default="")
    #: 1 easy, 2 medium, 3 hard.
    difficulty: Mapped[int] = mapped_column(default=2)
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
