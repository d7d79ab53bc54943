"""Quizzes, and the questions they draw from."""
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.db import Base
from lms.kernel.i18n import _

from courses.catalogue.models import Activity
from quizzes.questions.models import Question


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


class QuizItem(Base):
    """A question a quiz may ask, and what it is worth."""

    __tablename__ = "quiz_item"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    points: Mapped[int] = mapped_column(default=1)

    quiz: Mapped[Quiz] = relationship(back_populates="items")
    question: Mapped[Question] = relationship()
