"""What was learned, and what remains."""
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import and_, func, null, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import ask, db, prepared
from lms.kernel.records import columns_of, record

from courses.catalogue.models import Activity, Course
from courses.catalogue.queries import StepRow, newest_in, step_rows_in
from courses.completions.models import ONLINE, Completion, Place, StepDone, Study

#: Of the columns that tell of somebody's progress, the first tell of a step and when it was done.
OF_A_STEP = len(StepRow._fields) + 1


class Step(NamedTuple):
    """A step of a course as one person stands with it: done, next, todo."""

    activity: StepRow
    state: str
    done_at: object = None


@dataclass(frozen=True)
class Progress:
    """How far somebody has come in a course: ``study`` is theirs, None where none is begun."""

    course: object
    study: object
    steps: list

    @property
    def running(self):
        """Whether somebody is in the middle of it."""
        return self.study is not None and self.study.finished_at is None

    def place_of(self, activity):
        """Where the step is that ``activity`` is here or was in another version; None: nowhere."""
        return next((place for place, step in enumerate(self.steps)
                     if step.activity.lineage == activity.lineage), None)

    @property
    def done(self):
        """How many steps are done."""
        return sum(step.state == "done" for step in self.steps)

    @property
    def next(self):
        """The step to do now, or None where all are done."""
        return next((step.activity for step in self.steps if step.state == "next"), None)

    @property
    def minutes_left(self):
        """How many minutes the steps that remain take together."""
        return sum(step.activity.minutes for step in self.steps if step.state != "done")


def study_of(person, course):
    """The study of ``course`` that ``person`` is in the middle of, or None."""
    return db.session.scalar(
        select(Study).options(joinedload(Study.version))
        .where(Study.person_id == person.id, Study.course_id == course.id,
               Study.finished_at.is_(None))
        .order_by(Study.id.desc()).limit(1))


class CourseTitle(NamedTuple):
    """A course as the name of what somebody learns."""

    id: int
    title_vi: str
    title_en: str


class StudyRow(NamedTuple):
    """A study as pages tell of it."""

    id: int
    version_id: int
    begun_at: datetime
    finished_at: datetime | None
    course: CourseTitle

    @property
    def course_id(self):
        """The course that is learned."""
        return self.course.id


def rounds_of(person, course):
    """The studies of ``course`` that ``person`` began, the oldest first."""
    return [record(Study, row, person=person, course=course)
            for row in ask(*_rounds(person.id, course.id))]


@prepared
def _rounds(person, course):
    return select(*columns_of(Study)).where(
        Study.person_id == person, Study.course_id == course).order_by(Study.id)


def round_in(rounds, moment):
    """Of the ``rounds``, studies in their order, the one in which ``moment`` falls (None: the
    last): the newest begun by then, else the first; None where there is none.
    """
    # A study that a step began is a moment younger than the step.
    return next((one for one in reversed(rounds) if moment is None or one.begun_at <= moment),
                rounds[0] if rounds else None)


def studies_under_way(person):
    """The courses ``person`` is in the middle of, the newest first, as StudyRows."""
    return [_study(row) for row in ask(*_under_way(person.id))]


@prepared
def _under_way(person):
    return _studies().where(Study.person_id == person, Study.finished_at.is_(None)).order_by(
        Study.begun_at.desc())


@prepared
def _last_study(person, course):
    return _studies().where(Study.person_id == person, Study.course_id == course).order_by(
        Study.id.desc()).limit(1)


def _studies():
    return (select(Study.id, Study.version_id, Study.begun_at, Study.finished_at,
                   Course.id, Course.title_vi, Course.title_en)
            .join(Course, Course.id == Study.course_id))


def _study(row):
    return StudyRow(*row[:4], CourseTitle(*row[4:]))


def progress_of(person, course):
    """How ``person`` stands with ``course``: in the version of their study, else the newest."""
    rows = ask(*_progress(person.id, course.id)).all()
    if not rows:  # Nothing is learned online, so no step tells of the study.
        row = ask(*_last_study(person.id, course.id)).first()
        return Progress(course, row and _study(row), [])
    study = rows[0][OF_A_STEP:]
    title = CourseTitle(course.id, course.title_vi, course.title_en)
    return Progress(course, StudyRow(*study, title) if study[0] else None,
                    _told(row[:OF_A_STEP] for row in rows))


@prepared
def _progress(person, course):
    """The steps of the version of the last study, else of the newest, each with the moment it
    was done and with what tells of the study.
    """
    last = (select(Study.id).where(Study.person_id == person, Study.course_id == course)
            .order_by(Study.id.desc()).limit(1).scalar_subquery())
    learned = select(Study.version_id).where(Study.id == last).scalar_subquery()
    version = func.coalesce(learned, _newest_version(course))
    return (step_rows_in(version)
            .add_columns(StepDone.done_at, Study.id, Study.version_id, Study.begun_at,
                         Study.finished_at)
            .outerjoin(Study, Study.id == last)
            .outerjoin(StepDone, and_(StepDone.study_id == Study.id,
                                      StepDone.lineage == Activity.__table__.c.lineage)))


def progress_in(course, study):
    """How far ``study`` has come in ``course``; None has begun nothing of its newest version."""
    return Progress(course, study, _standing(study.version_id, study.id) if study
                    else _told(ask(*_steps_to_begin(course.id))))


def preview_of(course, version):
    """A version of ``course`` as somebody finds it who has not begun."""
    return Progress(course, None, _standing(version.id, None) if version else [])


@prepared
def _steps_with(version, study):
    """Each step of a version with the moment it was done in a study (None: no study)."""
    return step_rows_in(version).add_columns(StepDone.done_at).outerjoin(
        StepDone, and_(StepDone.study_id == study,
                       StepDone.lineage == Activity.__table__.c.lineage))


@prepared
def _steps_to_begin(course):
    """Each step of the newest published version of a course, not done."""
    return step_rows_in(_newest_version(course)).add_columns(null())


def _newest_version(course):
    return newest_in(course).scalar_subquery()


def _standing(version_id, study_id):
    return _told(ask(*_steps_with(version_id, study_id)))


def _told(rows):
    steps, awaited = [], True
    for *columns, done_at in rows:
        activity = StepRow(*columns)
        if done_at is not None:
            steps.append(Step(activity, "done", done_at))
        else:
            steps.append(Step(activity, "next" if awaited else "todo"))
            awaited = False
    return steps


def steps_done_in(study):
    """The StepDones of ``study``."""
    return db.session.scalars(select(StepDone).where(StepDone.study_id == study.id)).all()


def completions_of(person):
    """The completions of ``person`` as now known, the newest first."""
    return db.session.scalars(
        select(Completion).options(joinedload(Completion.course))
        .where(Completion.person_id == person.id, Completion.known_at())
        .order_by(Completion.learned_on.desc(), Completion.id.desc())).all()


def completion_on(person, course, day):
    """The completion of ``course`` that counts for ``person`` on ``day``, or None."""
    return db.session.scalar(_counting(select(Completion), person.id, course.id, day))


def completed_on(person, course, day):
    """When the completion that counts on ``day`` was earned, and until when: a row, or None."""
    return ask(*_completed_on(person.id, course.id, day)).first()


@prepared
def _completed_on(person, course, day):
    return _counting(select(Completion.learned_on, Completion.valid_until), person, course, day)


def _counting(statement, person, course, day):
    return (statement
            .where(Completion.person_id == person, Completion.course_id == course,
                   Completion.known_at(), Completion.counts_on(day))
            .order_by(Completion.learned_on.desc()).limit(1))


def standing_in(person, course_ids, day):
    """Which of the courses ``person`` has done or is in the middle of: id → good or wait."""
    under_way = db.session.scalars(select(Study.course_id).where(
        Study.person_id == person.id, Study.course_id.in_(course_ids),
        Study.finished_at.is_(None)))
    learned = db.session.scalars(select(Completion.course_id).where(
        Completion.person_id == person.id, Completion.course_id.in_(course_ids),
        Completion.known_at(), Completion.counts_on(day)))
    return dict.fromkeys(under_way, "wait") | dict.fromkeys(learned, "good")


def learners_of(course):
    """How many people are in the middle of ``course``, and how many completed it."""
    under_way = select(func.count()).select_from(Study).where(
        Study.course_id == course.id, Study.finished_at.is_(None))
    completed = select(func.count(Completion.person_id.distinct())).where(
        Completion.course_id == course.id, Completion.known_at(),
        Completion.revoked_on.is_(None))
    return db.session.scalar(under_way), db.session.scalar(completed)


def place_in(person, activity):
    """How many seconds of a recording ``person`` has watched or heard."""
    place = db.session.get(Place, (person.id, activity.lineage))
    return place.seconds if place else 0


def last_mark(study):
    """The mark of the last marked step of ``study``, or None."""
    return db.session.scalar(select(_last_mark(study.id)))


def step_done(study, lineage):
    """The StepDone of the step ``lineage`` in ``study``, or None."""
    row = ask(*_step_done(study.id, lineage)).first()
    return row and record(StepDone, row)


@prepared
def _step_done(study, lineage):
    return select(*columns_of(StepDone)).where(
        StepDone.study_id == study, StepDone.lineage == lineage)


class Ending(NamedTuple):
    """How near a study is to its end: how many steps are left, when the last one was done, and
    the mark of the last marked one (None: none).
    """

    left: int
    done_at: datetime
    mark: Decimal | None


def ending_of(study):
    """The Ending of ``study``."""
    return Ending(*ask(*_ending(study.version_id, study.id)).one())


@prepared
def _ending(version, study):
    step, done = Activity.__table__, StepDone.__table__
    left = (select(func.count()).select_from(step)
            .outerjoin(done, and_(done.c.study_id == study, done.c.lineage == step.c.lineage))
            .where(step.c.version_id == version, done.c.study_id.is_(None)))
    last = select(func.max(done.c.done_at)).where(done.c.study_id == study)
    return select(left.scalar_subquery(), last.scalar_subquery(), _last_mark(study))


def _last_mark(study):
    return (select(StepDone.mark).where(StepDone.study_id == study, StepDone.mark.is_not(None))
            .order_by(StepDone.done_at.desc()).limit(1).scalar_subquery())


def completion_of(study):
    """The completion that the finished ``study`` gave and that still counts, or None."""
    if study.finished_at is None:
        return None
    return db.session.scalar(
        select(Completion).where(
            Completion.person_id == study.person_id, Completion.course_id == study.course_id,
            Completion.source == ONLINE, Completion.known_at(), Completion.revoked_on.is_(None),
            Completion.learned_on == clock.local(study.finished_at).date())
        .order_by(Completion.id.desc()).limit(1))
