"""Questions and the versions of their wording."""
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.kernel import clock
from lms.kernel.db import Base
from lms.kernel.shared import Shared
from lms.kernel.storage import StoredFile
from lms.kernel.text import fold
from lms.people.models import Person

from courses.catalogue.models import Course
from quizzes.questions.richtext import plain

#: How far a question has come.  A draft is not asked yet; RETIRED is told by ``retired_at``.
DRAFT, REVIEWED, IN_USE, RETIRED = STATUSES = ("draft", "reviewed", "in_use", "retired")
EASY, MEDIUM, HARD = DIFFICULTIES = (1, 2, 3)


class Question(Shared, Base):
    """A question of a course's bank; its wording belongs to its versions."""

    __tablename__ = "question"
    shown = ("category", "tags", "difficulty", "status")

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), index=True)
    kind: Mapped[str]
    retired_at: Mapped[datetime | None]
    #: The topic as a path: "Luật Báo chí / Nguồn tin"; empty where it has none.
    category: Mapped[str] = mapped_column(default="", index=True)
    tags: Mapped[list] = mapped_column(JSON, default=list)
    #: One of DIFFICULTIES.
    difficulty: Mapped[int] = mapped_column(default=MEDIUM)
    #: DRAFT, REVIEWED or IN_USE; see ``state``.
    status: Mapped[str] = mapped_column(default=IN_USE)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Since when, and why, no new paper asks it until somebody has reviewed it.
    held_at: Mapped[datetime | None]
    held_why: Mapped[str] = mapped_column(default="")
    reviewed_at: Mapped[datetime | None]

    course: Mapped[Course | None] = relationship()
    author: Mapped[Person | None] = relationship()
    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question", order_by="QuestionVersion.number")

    @property
    def said(self):
        """Its place in the bank, and its newest wording."""
        return [*super().said, self.versions[-1].number]

    @property
    def state(self):
        """One of STATUSES."""
        return RETIRED if self.retired_at else self.status


def fold_of(*stems):
    """The key for finding a version with these ``stems``."""
    return fold(" ".join(plain(stem or "") for stem in stems))


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
    #: What its kind wants to know besides: see the kinds.
    settings: Mapped[dict] = mapped_column(JSON, default=dict)
    explanation_vi: Mapped[str] = mapped_column(default="")
    explanation_en: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    #: The last day on which what it says is right, where that is known.
    valid_until: Mapped[date | None]
    #: The words of the stem as they are searched.
    fold: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    question: Mapped[Question] = relationship(back_populates="versions")

    __table_args__ = (UniqueConstraint("question_id", "number"),)

    @validates("stem_vi", "stem_en")
    def _keep_the_fold(self, field, stem):
        """The key for finding follows both stems."""
        stems = {"stem_vi": self.stem_vi, "stem_en": self.stem_en, field: stem}
        self.fold = fold_of(stems["stem_vi"], stems["stem_en"])
        return stem


class VersionFigures(Base):
    """What the answers to a version say, as reckoned last; nobody's mark depends on it."""

    __tablename__ = "version_figures"

    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"), primary_key=True)
    #: How many papers handed in asked it, and of how many first attempts the rest speaks.
    asked: Mapped[int]
    count: Mapped[int]
    #: As ``insight.statistics.Item`` has them.
    facility: Mapped[float | None]
    error: Mapped[float | None]
    discrimination: Mapped[float | None]
    #: [[part of an answer, how many gave it, in the better half, in the other]].
    chosen: Mapped[list] = mapped_column(JSON)
    #: One of ``verdicts.VERDICTS``.
    verdict: Mapped[str]
    reckoned_at: Mapped[datetime]
    #: The newest change of a mark that is part of it.
    event_id: Mapped[int]


class Sound(Base):
    """A recording for the questions of ``course``; ``words`` say what is heard."""

    __tablename__ = "question_sound"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    words: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)

    course: Mapped[Course] = relationship()
    file: Mapped[StoredFile] = relationship()
