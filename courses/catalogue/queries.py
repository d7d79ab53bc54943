"""Looking up courses, their versions and steps."""
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import (
    joinedload,
    lazyload,
    selectin_polymorphic,
    selectinload,
    with_polymorphic,
)

from lms.kernel import clock
from lms.kernel.db import ask, db, prepared
from lms.kernel.storage import StoredFile
from lms.kernel.text import fold
from lms.people.models import TRAINER, Person, Role
from lms.people.policies import is_auditor, is_officer

from courses.catalogue.models import (
    Activity,
    Course,
    CourseTrainer,
    CourseVersion,
    Document,
    Link,
    Media,
    TextPage,
    kind_of_step,
)

#: Steps with the files of documents and recordings, in one statement.
STEPS = with_polymorphic(Activity, [Document, Media])


def courses_seen_by(person, search=""):
    """The statement of the courses ``person`` may see in the list, by code; authors also drafts."""
    statement = select(Course).options(
        joinedload(Course.owner), selectinload(Course.versions)).order_by(Course.key)
    if not (is_officer(person) or is_auditor(person)):
        statement = statement.where(or_(Course.id.in_(written_by(person)), _on_offer()))
    return _found(statement, search)


def courses_on_offer(search=""):
    """The statement of the courses anybody may begin on their own, by title."""
    return _found(select(Course).where(_on_offer(), Course.open).order_by(Course.fold), search)


def _on_offer():
    published = select(CourseVersion.course_id).where(CourseVersion.published_at.is_not(None))
    return Course.id.in_(published) & Course.withdrawn_at.is_(None)


def _found(statement, search):
    wanted = fold(search)
    if not wanted:
        return statement
    return statement.where(or_(Course.fold.contains(wanted, autoescape=True),
                               func.lower(Course.key) == search.strip().lower()))


def written_by(person):
    """The statement of the ids of the courses ``person`` is an author of."""
    return select(CourseTrainer.course_id).where(CourseTrainer.person_id == person.id)


def courses_written_by(person):
    """The ids of the courses ``person`` is an author of, as a set."""
    return set(db.session.scalars(written_by(person)))


def course_by_key(key):
    """The course with the code ``key``, in whatever letters, or None."""
    return db.session.scalar(select(Course).where(func.lower(Course.key) == key.lower()))


def published_version(course):
    """The newest published version of ``course``, or None."""
    published = [version for version in course.versions if version.published_at]
    return published[-1] if published else None


def newest_published(course_id):
    """The id of the newest published version of a course, or None."""
    return ask(*_newest_published(course_id)).scalar()


def newest_in(course):
    """The statement of that id; ``course`` is an id or stands in for one."""
    return (select(CourseVersion.id)
            .where(CourseVersion.course_id == course, CourseVersion.published_at.is_not(None))
            .order_by(CourseVersion.number.desc()).limit(1))


_newest_published = prepared(newest_in)


def draft_version(course):
    """The version of ``course`` that is not yet published, or None."""
    return next((version for version in course.versions if version.published_at is None), None)


def steps_of(version):
    """The steps of ``version`` in their order, with the size of each document and recording."""
    return db.session.scalars(*_steps_of(version.id)).all()


@prepared
def _steps_of(version_id):
    return (select(STEPS).where(STEPS.version_id == version_id)
            .order_by(STEPS.position, STEPS.id)
            .options(lazyload(STEPS.version), joinedload(STEPS.Document.file),
                     joinedload(STEPS.Media.file), joinedload(STEPS.Document.light),
                     joinedload(STEPS.Media.light), selectinload(STEPS.Media.captions)))


def _of_its_kind(name):
    """What the kind of a step says by its property ``name``, worked out from a row."""
    return property(lambda row: getattr(kind_of_step(row.kind), name).fget(row))


class StepRow(NamedTuple):
    """A step as a table of contents tells of it."""

    id: int
    kind: str
    lineage: str
    title_vi: str
    title_en: str
    minutes: int
    acknowledge: bool | None
    #: Of the file of a document or a recording.
    size: int | None
    mime: str | None
    #: Of its lighter version.
    light_weight: int | None

    word, weight, is_video = map(_of_its_kind, ("word", "weight", "is_video"))

    @property
    def endpoint(self):
        """The page where it is done."""
        return kind_of_step(self.kind).endpoint

    @property
    def file(self):
        """Its file, as far as a row tells of it."""
        return self


def step_rows_in(version_id):
    """The statement for the steps of a version in their order: the columns of StepRow."""
    step, document, media = Activity.__table__, Document.__table__, Media.__table__
    light = StoredFile.__table__.alias("light")
    return (select(*(step.c[name] for name in StepRow._fields[:6]),
                   document.c.acknowledge, StoredFile.size, StoredFile.mime, light.c.size)
            .select_from(step).outerjoin(document, document.c.id == step.c.id)
            .outerjoin(media, media.c.id == step.c.id)
            .outerjoin(StoredFile,
                       StoredFile.id == func.coalesce(document.c.file_id, media.c.file_id))
            .outerjoin(light, light.c.id == func.coalesce(document.c.light_id, media.c.light_id))
            .where(step.c.version_id == version_id).order_by(step.c.position, step.c.id))


def trainers_of(course):
    """The names of those who write ``course``."""
    return ask(*_trainers_of(course.id)).scalars().all()


@prepared
def _trainers_of(course):
    return (select(Person.full_name).join(CourseTrainer, CourseTrainer.person_id == Person.id)
            .where(CourseTrainer.course_id == course).order_by(Person.sort_key, Person.id))


def whole_steps_of(version):
    """The steps of ``version`` with all that is in them, for copying and comparing."""
    return db.session.scalars(
        select(Activity).where(Activity.version_id == version.id)
        .order_by(Activity.position, Activity.id)
        .options(selectin_polymorphic(Activity, [TextPage, Document, Media, Link]))).all()


def next_position(version):
    """Where a new step of ``version`` goes."""
    last = db.session.scalar(select(func.max(Activity.position)).filter_by(version_id=version.id))
    return 0 if last is None else last + 1


@dataclass(frozen=True)
class Changes:
    """How a draft differs from what is published; steps by their lineage."""

    new: frozenset
    changed: frozenset
    #: The published steps that the draft no longer holds.
    removed: tuple
    moved: bool

    @property
    def any(self):
        """Whether publishing the draft would change anything for a reader."""
        return bool(self.new or self.changed or self.removed or self.moved)


def changes_of(draft, published):
    """How the version ``draft`` differs from the version ``published`` (None: all is new)."""
    mine = whole_steps_of(draft)
    theirs = {step.lineage: step for step in whole_steps_of(published)} if published else {}
    lineages = [step.lineage for step in mine]
    kept = [lineage for lineage in lineages if lineage in theirs]
    return Changes(
        new=frozenset(lineages) - theirs.keys(),
        changed=frozenset(step.lineage for step in mine if step.lineage in theirs
                          and step.differs_from(theirs[step.lineage])),
        removed=tuple(step for lineage, step in theirs.items() if lineage not in set(lineages)),
        moved=kept != [lineage for lineage in theirs if lineage in set(kept)])


def trainers_on(day):
    """The statement of the people who hold the role of a trainer on ``day``, in the order of a
    clerk's list.
    """
    holders = select(Role.person_id).where(Role.kind == TRAINER, Role.valid_on(day))
    return select(Person).where(Person.id.in_(holders)).order_by(
        Person.sort_key, Person.birth, Person.id)


def trainers_today():
    """The people who hold the role of a trainer today, in the order of a clerk's list."""
    return db.session.scalars(trainers_on(clock.today())).all()
