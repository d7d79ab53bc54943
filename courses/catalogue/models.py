"""Courses, their versions, and the activities a version is made of."""
from datetime import date, datetime
from functools import cache

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.kernel import clock
from lms.kernel.db import Base, ask, prepared
from lms.kernel.i18n import _
from lms.kernel.shared import Shared
from lms.kernel.storage import StoredFile
from lms.kernel.text import fold
from lms.organisations.models import Unit
from lms.people.models import Person

ONLINE, IN_PERSON, BLENDED = MODES = ("online", "in_person", "blended")


class Course(Shared, Base):
    """What can be learned; its steps belong to its versions."""

    __tablename__ = "course"
    shown = ("title_vi", "title_en", "key", "summary_vi", "summary_en", "periods", "mode",
             "owner_id", "content_kind", "legal_basis", "reviewed_on", "validity_months",
             "certified", "open")

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
        titles = {"title_vi": self.title_vi, "title_en": self.title_en, field: title}
        self.fold = fold(f"{titles['title_vi'] or ''} {titles['title_en'] or ''}")
        return title

    @property
    def published(self):
        """Whether a version of it was ever published."""
        if "versions" in self.__dict__:
            return any(version.published_at for version in self.versions)
        return ask(*_first_published(self.id)).first() is not None


class CourseTrainer(Base):
    """``person`` may write and publish ``course``."""

    __tablename__ = "course_trainer"

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)

    course: Mapped[Course] = relationship(back_populates="trainers")
    person: Mapped[Person] = relationship(lazy="joined")


class CourseVersion(Base):
    """The steps of a course as published together; the one not yet published is the draft."""

    __tablename__ = "course_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    published_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")

    course: Mapped[Course] = relationship(back_populates="versions", lazy="joined")
    activities: Mapped[list["Activity"]] = relationship(
        back_populates="version", order_by="Activity.position")

    __table_args__ = (UniqueConstraint("course_id", "number"),)


@prepared
def _first_published(course):
    return (select(CourseVersion.id)
            .where(CourseVersion.course_id == course, CourseVersion.published_at.is_not(None))
            .limit(1))


class Activity(Shared, Base):
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

    version: Mapped[CourseVersion] = relationship(back_populates="activities", lazy="joined")

    __mapper_args__ = {"polymorphic_on": "kind"}

    #: Set by each kind: the page where it is done, the page where it is edited.
    endpoint = ""
    edit_endpoint = ""

    #: The columns of the kind that a copy in the next version takes over.
    own = ()

    @property
    def word(self):
        """What a reader calls a step of this kind; each kind has its own."""
        return _("Step")

    @property
    def weight(self):
        """What a reader on a slow line pays for it, in bytes; 0 where it is next to nothing."""
        return 0

    @property
    def light_weight(self):
        """What its lighter version costs on a slow line, in bytes; 0 where it has none."""
        light = getattr(self, "light", None)
        return light.size if light else 0

    @property
    def said(self):
        """The columns of a step and of its kind, and what its kind has besides."""
        return [*(getattr(self, name) for name in self._content()), *self.said_besides]

    @property
    def said_besides(self):
        """What else the step says than its columns, as texts; each kind has its own."""
        return []

    @property
    def lacks(self):
        """What is missing before it can be published, as a sentence; nothing where it is ready."""
        return ""

    @property
    def wants(self):
        """What it should have before it is published, as a sentence; nothing where all is well."""
        return ""

    def copied_to(self, version):
        """The same step in another version of the course."""
        shared = ("lineage", "position", *self._content())
        return type(self)(version_id=version.id, **{name: getattr(self, name) for name in shared})

    def differs_from(self, other):
        """Whether a reader finds something else here than in ``other``, the same step elsewhere."""
        return any(getattr(self, name) != getattr(other, name) for name in self._content())

    def _content(self):
        return ("title_vi", "title_en", "minutes", *self.own)


@cache
def kind_of_step(kind):
    """The class of the kind of step named ``kind``."""
    return Activity.__mapper__.polymorphic_map[kind].class_


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

    @property
    def word(self):
        """A page is read."""
        return _("Page")

    @property
    def lacks(self):
        """A page has its Vietnamese text."""
        return "" if self.body_vi else _("The text in Vietnamese is empty.")


class Document(Activity):
    """A document to download, and to acknowledge where asked."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    #: The same as a small PDF, for slow lines.
    light_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    acknowledge: Mapped[bool] = mapped_column(default=False)
    #: One of the codes of BCP 47 that authors choose from.
    language: Mapped[str] = mapped_column(default="vi")

    file: Mapped[StoredFile] = relationship(foreign_keys=file_id)
    light: Mapped[StoredFile | None] = relationship(foreign_keys=light_id)

    own = ("file_id", "light_id", "acknowledge", "language")
    endpoint = "learning.step"
    edit_endpoint = "catalogue.edit_step"
    __mapper_args__ = {"polymorphic_identity": "document"}

    @property
    def word(self):
        """A document is received."""
        return _("Document")

    @property
    def weight(self):
        """The size of the document in bytes."""
        return self.file.size


class Media(Activity):
    """A video or a sound to play, with its text for those who cannot."""

    __tablename__ = "media"

    id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    #: The same as a sound alone, for slow lines.
    light_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    language: Mapped[str] = mapped_column(default="vi")
    transcript_vi: Mapped[str] = mapped_column(default="")
    transcript_en: Mapped[str] = mapped_column(default="")

    file: Mapped[StoredFile] = relationship(foreign_keys=file_id)
    light: Mapped[StoredFile | None] = relationship(foreign_keys=light_id)
    captions: Mapped[list["Caption"]] = relationship(
        order_by="Caption.language", cascade="all, delete-orphan")

    own = ("file_id", "light_id", "language", "transcript_vi", "transcript_en")
    endpoint = "learning.step"
    edit_endpoint = "catalogue.edit_step"
    __mapper_args__ = {"polymorphic_identity": "media"}

    @property
    def is_video(self):
        """Whether there is something to see."""
        return self.file.mime.startswith("video/")

    @property
    def word(self):
        """A recording is watched or heard."""
        return _("Video") if self.is_video else _("Audio")

    @property
    def weight(self):
        """The size of the recording in bytes."""
        return self.file.size

    @property
    def wants(self):
        """A video has captions, a sound these or its text (WCAG 2.1, 1.2.1 and 1.2.2)."""
        if self.captions or not self.is_video and (self.transcript_vi or self.transcript_en):
            return ""
        return _("The video has no captions: whoever cannot hear it, or has no headphones, misses "
                 "what is said.") if self.is_video else _(
            "The recording has neither captions nor a text: whoever cannot hear it learns nothing "
            "from it.")

    def differs_from(self, other):
        """Whether the recording or its captions are others than in ``other``."""
        return super().differs_from(other) or self._captioned() != other._captioned()

    @property
    def said_besides(self):
        """The captions in each language."""
        return [repr(self._captioned())]

    def _captioned(self):
        return [(one.language, one.file_id) for one in self.captions]

    def copied_to(self, version):
        """The same recording, with its captions, in another version of the course."""
        copy = super().copied_to(version)
        copy.captions = [Caption(language=one.language, file_id=one.file_id)
                         for one in self.captions]
        return copy


class Caption(Base):
    """What is said in a recording, in one language, as a WebVTT file."""

    __tablename__ = "caption"

    media_id: Mapped[int] = mapped_column(ForeignKey("media.id"), primary_key=True)
    #: One of the codes of BCP 47 that authors choose from.
    language: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)

    file: Mapped[StoredFile] = relationship(lazy="joined")


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

    @property
    def word(self):
        """A link leads elsewhere."""
        return _("Link")


class Picture(Base):
    """A picture for the pages of ``course``, with the words for those who cannot see it."""

    __tablename__ = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    alternative: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    course: Mapped[Course] = relationship()
    file: Mapped[StoredFile] = relationship()
