"""Courses, their versions, and the activities a version is made of."""
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.kernel.db import Base
from lms.kernel.storage import StoredFile
from lms.kernel.text import fold
from lms.organisations.models import Unit
from lms.people.models import Person

ONLINE, IN_PERSON, BLENDED = MODES = ("online", "in_person", "blended")


class Course(Base):
    """What can be learned; its steps belong to its versions."""

    __tablename__ = "course"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    summary_vi: Mapped[str] = mapped_column(default="")
    summary_en: Mapped[str] = mapped_column(default="")
    #: Months a completion stays valid; none is without limit.
    validity_months: Mapped[int | None]
    #: Length in teaching periods (tiết).
    periods: Mapped[int] = mapped_column(default=0)
    mode: Mapped[str] = mapped_column(default=ONLINE)
    content_kind: Mapped[str] = mapped_column(default="")
    legal_basis: Mapped[str] = mapped_column(default="")
    reviewed_on: Mapped[date | None]
    #: Whether finishing it earns a certificate; a kit of documents does not.
    certified: Mapped[bool] = mapped_column(default=True)
    #: Whether anybody signed in may begin it on their own.
    open: Mapped[bool] = mapped_column(default=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    withdrawn_at: Mapped[datetime | None]
    fold: Mapped[str] = mapped_column(default="", index=True)

    owner: Mapped[Unit | None] = relationship()
    versions: Mapped[list["CourseVersion"]] = relationship(
        back_populates="course", order_by="CourseVersion.number")
    trainers: Mapped[list["CourseTrainer"]] = relationship(back_populates="course")

    @validates("title_vi", "title_en")
    def _keep_the_fold(self, field, title):
        """The key for finding follows both titles."""
        other = self.title_en if field == "title_vi" else self.title_vi
        self.fold = fold(f"{title} {other or ''}")
        return title


class CourseTrainer(Base):
    """``person`` may write and publish ``course``."""

    __tablename__ = "course_trainer"

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)

    course: Mapped[Course] = relationship(back_populates="trainers")
    person: Mapped[Person] = relationship()


class CourseVersion(Base):
    """The steps of a course as published together; the one not yet published is the draft."""

    __tablename__ = "course_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    published_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")

    course: Mapped[Course] = relationship(back_populates="versions")
    activities: Mapped[list["Activity"]] = relationship(
        back_populates="version", order_by="Activity.position")

    __table_args__ = (UniqueConstraint("course_id", "number"),)


class Activity(Base):
    """One step of a course: a page or a document here, a quiz in ``quizzes``.

    A package adds a kind by subclassing this; the course page shows
    ``activity.endpoint`` and never learns which kinds exist.  ``lineage`` is the
    same in every version of the course that holds the step, so that what was
    done in one version counts in the next.
    """

    __tablename__ = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"), index=True)
    lineage: Mapped[str] = mapped_column(index=True)
    position: Mapped[int] = mapped_column(default=0)
    title_vi: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=0)

    version: Mapped[CourseVersion] = relationship(back_populates="activities")

    __mapper_args__ = {"polymorphic_on": "kind"}

    #: Set by each kind: the page where it is done, the page where it is edited.
    endpoint = ""
    edit_endpoint = ""

    @property
    def weight(self):
        """What a reader on a slow line pays for it, in bytes; 0 where it is next to nothing."""
        return 0

    #: The columns of the kind that a copy in the next version takes over.
    own = ()

    def copied_to(self, version):
        """The same step in another version of the course."""
        shared = ("lineage", "position", "title_vi", "title_en", "minutes", *self.own)
        return type(self)(version_id=version.id, **{name: getattr(self, name) for name in shared})


class TextPage(Activity):
    """A text to read: cleaned HTML with pictures."""

    __tablename__ = "text_page"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    body_vi: Mapped[str] = mapped_column(default="")
    body_en: Mapped[str] = mapped_column(default="")

    own = ("body_vi", "body_en")
    endpoint = "learning.step"
    edit_endpoint = "catalogue.edit_step"
    __mapper_args__ = {"polymorphic_identity": "page"}


class Document(Activity):
    """A document to download, and to acknowledge where asked."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    acknowledge: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="vi")

    file: Mapped[StoredFile] = relationship()

    own = ("file_id", "acknowledge", "language")
    endpoint = "learning.step"
    edit_endpoint = "catalogue.edit_step"
    __mapper_args__ = {"polymorphic_identity": "document"}

    @property
    def weight(self):
        """The size of the document in bytes."""
        return self.file.size


class Media(Activity):
    """A video or a sound to play, with its text for those who cannot."""

    __tablename__ = "media"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    transcript_vi: Mapped[str] = mapped_column(default="")
    transcript_en: Mapped[str] = mapped_column(default="")

    file: Mapped[StoredFile] = relationship()

    own = ("file_id", "transcript_vi", "transcript_en")
    endpoint = "learning.step"
    edit_endpoint = "catalogue.edit_step"
    __mapper_args__ = {"polymorphic_identity": "media"}

    @property
    def weight(self):
        """The size of the recording in bytes."""
        return self.file.size


class Link(Activity):
    """A page elsewhere."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    url: Mapped[str]
    note_vi: Mapped[str] = mapped_column(default="")
    note_en: Mapped[str] = mapped_column(default="")

    own = ("url", "note_vi", "note_en")
    endpoint = "learning.step"
    edit_endpoint = "catalogue.edit_step"
    __mapper_args__ = {"polymorphic_identity": "link"}
