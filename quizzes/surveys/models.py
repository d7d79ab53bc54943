"""Surveys, who answered, and, apart from it, what was answered."""
from datetime import datetime
from secrets import token_hex

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base
from lms.kernel.i18n import _
from lms.people.models import Person

from courses.catalogue.models import Activity
from courses.classes.models import CourseClass


class Survey(Activity):
    """A step of a course that asks what people think."""

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    #: As ``wording`` describes them.
    items: Mapped[list] = mapped_column(JSON, default=list)

    own = ("items",)
    endpoint = "quizzes.survey"
    edit_endpoint = "quizzes.edit_survey"
    __mapper_args__ = {"polymorphic_identity": "survey"}

    @property
    def word(self):
        """A survey is answered."""
        return _("Survey")

    @property
    def lacks(self):
        """A survey asks something."""
        return "" if self.items else _("The survey has no questions.")

    @property
    def about(self):
        """What answers are kept under: all versions of the step together."""
        return f"step:{self.lineage}"


class ClassSurvey(Base):
    """The evaluation of a class, open from a moment on."""

    __tablename__ = "class_survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("course_class.id"), unique=True)
    items: Mapped[list] = mapped_column(JSON)
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    course_class: Mapped[CourseClass] = relationship()
    by: Mapped[Person] = relationship()

    @property
    def about(self):
        """What answers are kept under."""
        return f"class:{self.class_id}"


class SurveyTaken(Base):
    """That somebody answered a survey; never what, nor when."""

    __tablename__ = "survey_taken"

    about: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class SurveyAnswer(Base):
    """What somebody answered: without name, number or time.

    The key is drawn by lot, and the rows lie in its order, so that nothing tells which came
    first.
    """

    __tablename__ = "survey_answer"

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: token_hex(16))
    about: Mapped[str] = mapped_column(index=True)
    answers: Mapped[dict] = mapped_column(JSON)
    #: Whether results show it: answers are let out five at a time, so that no single one is
    #: told apart from those before.
    shown: Mapped[bool] = mapped_column(default=False)

    __table_args__ = {"sqlite_with_rowid": False}
