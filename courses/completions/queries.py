"""What was learned, and what remains."""
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db

from courses.catalogue.queries import published_version, steps_of
from courses.completions.models import Completion, Place, StepDone, Study


@dataclass(frozen=True)
class Step:
    """A step of a course as one person stands with it: done, next, todo."""

    activity: object
    state: str
    done_at: object = None


@dataclass(frozen=True)
class Progress:
    """How far somebody has come in a version of a course."""

    course: object
    version: object
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


def last_study_of(person, course):
    """The newest study of ``course``, under way or finished, or None."""
    return db.session.scalar(
        select(Study).options(joinedload(Study.version))
        .where(Study.person_id == person.id, Study.course_id == course.id)
        .order_by(Study.id.desc()).limit(1))


def studies_under_way(person):
    """The courses ``person`` is in the middle of, the newest first."""
    return db.session.scalars(
        select(Study).options(joinedload(Study.course), joinedload(Study.version))
        .where(Study.person_id == person.id, Study.finished_at.is_(None))
        .order_by(Study.begun_at.desc())).all()


def steps_done(study):
    """When each step of ``study`` was done, by the step's lineage."""
    if study is None:
        return {}
    return dict(db.session.execute(
        select(StepDone.lineage, StepDone.done_at).where(StepDone.study_id == study.id)).all())


def progress_of(person, course):
    """How ``person`` stands with ``course``: in the version of their study, else the newest."""
    return progress_in(course, last_study_of(person, course))


def progress_in(course, study):
    """How far ``study`` has come in ``course``; None has begun nothing of its newest version."""
    version = study.version if study else published_version(course)
    return Progress(course, version, study, _standing(version, steps_done(study)))


def preview_of(course, version):
    """A version of ``course`` as somebody finds it who has not begun."""
    return Progress(course, version, None, _standing(version, {}))


def _standing(version, done):
    steps, awaited = [], True
    for activity in steps_of(version) if version else []:
        if activity.lineage in done:
            steps.append(Step(activity, "done", done[activity.lineage]))
        else:
            steps.append(Step(activity, "next" if awaited else "todo"))
            awaited = False
    return steps


def steps_left(study):
    """The steps of the study's version that are not done."""
    done = steps_done(study)
    return [step for step in steps_of(study.version) if step.lineage not in done]


def completions_of(person):
    """The completions of ``person`` as now known, the newest first."""
    return db.session.scalars(
        select(Completion).options(joinedload(Completion.course))
        .where(Completion.person_id == person.id, Completion.known_at())
        .order_by(Completion.learned_on.desc(), Completion.id.desc())).all()


def completion_on(person, course, day):
    """The completion of ``course`` that counts for ``person`` on ``day``, or None."""
    return db.session.scalar(
        select(Completion).where(
            Completion.person_id == person.id, Completion.course_id == course.id,
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
    return db.session.scalar(
        select(StepDone.mark).where(StepDone.study_id == study.id, StepDone.mark.is_not(None))
        .order_by(StepDone.done_at.desc()).limit(1))
