"""Quizzes, what they ask, extra time for a person, and papers that are printed."""
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base
from lms.kernel.i18n import _
from lms.people.models import Person

from courses.catalogue.models import Activity
from quizzes.papers.rule import AT_ONCE
from quizzes.questions.models import Question


class Quiz(Activity):
    """A test at the end of a course, or on the way."""

    __tablename__ = "quiz"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    #: How many of the chosen questions an attempt draws at random; none: all of them.
    draw: Mapped[int | None]
    #: Whether the questions change their order, each within its section.
    shuffle: Mapped[bool] = mapped_column(default=True)
    shuffle_options: Mapped[bool] = mapped_column(default=True)
    #: Out of 100.
    pass_mark: Mapped[int] = mapped_column(default=50)
    attempts_allowed: Mapped[int] = mapped_column(default=3)
    #: Minutes; none: no limit.
    time_limit: Mapped[int | None]
    #: [{"title_vi": "…", "title_en": "…", "pass_mark": 50 or None}]; none: one without a name.
    sections: Mapped[list] = mapped_column(JSON, default=list)
    #: [{"section": 0, "category": "…", "difficulty": 1 … 3, "count": 5}], drawn from the bank;
    #: a category or a difficulty that is None stands for any.
    blueprint: Mapped[list] = mapped_column(JSON, default=list)
    #: Whether all the questions stand on one page; else one question a page.
    whole_page: Mapped[bool] = mapped_column(default=False)
    #: Whether a question that was left does not open again.
    forward_only: Mapped[bool] = mapped_column(default=False)
    #: Whether each answer can be checked while the attempt runs, and stands from then on.
    practice: Mapped[bool] = mapped_column(default=False)
    #: Minutes between handing in and the next attempt.
    wait_minutes: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    #: What the codes shown in the room are made from; empty: no code is asked.
    code_secret: Mapped[str] = mapped_column(default="")
    #: The lineage of the test after the course whose blueprint and rules this test before it
    #: shares; empty: it is a test of its own.
    pretest_of: Mapped[str] = mapped_column(default="")
    #: When the trainee sees what, one of rule.MOMENTS each.
    show_mark: Mapped[str] = mapped_column(default=AT_ONCE)
    show_right: Mapped[str] = mapped_column(default=AT_ONCE)
    show_key: Mapped[str] = mapped_column(default=AT_ONCE)
    show_explanation: Mapped[str] = mapped_column(default=AT_ONCE)

    items: Mapped[list["QuizItem"]] = relationship(
        back_populates="quiz", order_by="QuizItem.position", cascade="all, delete-orphan")

    own = ("draw", "shuffle", "shuffle_options", "pass_mark", "attempts_allowed", "time_limit",
           "sections", "blueprint", "whole_page", "forward_only", "practice", "wait_minutes",
           "opens_at", "closes_at", "code_secret", "pretest_of", "show_mark", "show_right",
           "show_key", "show_explanation")
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
        if self.pretest_of:
            there = any(step.lineage == self.pretest_of for step in self.version.activities)
            return "" if there else _(
                "The test after the course, whose questions it asks, is gone.")
        return "" if self.items or self.blueprint else _("The test has no questions.")

    @property
    def drawn(self):
        """Whether papers differ in their questions."""
        return bool(self.draw or self.blueprint)

    def differs_from(self, other):
        """Whether the rules or the questions are others than in ``other``."""
        return super().differs_from(other) or self._asks() != other._asks()

    @property
    def said_besides(self):
        """The questions with their points and parts."""
        return [repr(self._asks())]

    def _asks(self):
        return [(item.question_id, item.points, item.section) for item in self.items]

    def copied_to(self, version):
        """The same quiz, with its questions, in another version of the course."""
        copy = super().copied_to(version)
        copy.items = [QuizItem(question_id=item.question_id, position=item.position,
                               points=item.points, section=item.section) for item in self.items]
        return copy


class QuizItem(Base):
    """A question a quiz may ask, and what it is worth."""

    __tablename__ = "quiz_item"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    points: Mapped[int] = mapped_column(default=1)
    #: The place of its section among the quiz's, from 0.
    section: Mapped[int] = mapped_column(default=0)

    quiz: Mapped[Quiz] = relationship(back_populates="items")
    question: Mapped[Question] = relationship()


class ExtraTime(Base):
    """More time for one person at one quiz, in all the versions of its course."""

    __tablename__ = "extra_time"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The lineage of the quiz.
    lineage: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: More of the time limit, in per cent, and minutes besides.
    percent: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    by: Mapped[Person] = relationship(foreign_keys=by_id)

    __table_args__ = (
        Index("ix_extra_time_open", "lineage", "person_id", unique=True,
              sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
    )


class PaperSet(Base):
    """Papers of a quiz for printing, a version for each letter; nothing of it changes."""

    __tablename__ = "paper_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: What the head of the paper says besides the title: the class, the day.
    label: Mapped[str] = mapped_column(default="")
    #: {"A": [slots as in Attempt.paper], "B": …}.
    papers: Mapped[dict] = mapped_column(JSON)

    quiz: Mapped[Quiz] = relationship()
    by: Mapped[Person] = relationship()
