"""Recording that somebody learned something."""
from collections import defaultdict
from datetime import timedelta

from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.facts import supersede
from lms.kernel.i18n import _
from lms.kernel.locks import advisory_lock
from lms.kernel.records import change, enter

from courses.catalogue.queries import newest_published, steps_of
from courses.classes.queries import passed_enrolments
from courses.completions.models import CLASS, ONLINE, Completion, Place, StepDone, Study
from courses.completions.policies import is_offered
from courses.completions.queries import (
    completion_of,
    ending_of,
    last_mark,
    round_in,
    rounds_of,
    step_done,
    steps_done_in,
    study_of,
)
from courses.completions.signals import (
    completion_remarked,
    completion_revoked,
    course_completed,
)
from courses.completions.validity import valid_until

#: How long a confirmation can be taken back.
SECOND_THOUGHTS = timedelta(minutes=10)

#: The furthest place kept in a recording: a day, in seconds.
LONGEST = 86_400


def begin(person, course, by):
    """Begin ``course``, or go on with it; the newest published version is the one to learn."""
    _one_at_a_time(person)
    return study_of(person, course) or _begin_anew(person, course, by)


def _begin_anew(person, course, by):
    version = newest_published(course.id)
    if version is None or not is_offered(person, course):
        raise Refusal(_("This course is not open to you now. Ask your unit's contact person."))
    study = enter(Study, person_id=person.id, course_id=course.id, version_id=version)
    audit.record(by, "course begun", study, course=course.key)
    return study


def _one_at_a_time(person):
    # Two presses of one button, or two devices, must not begin or complete a course twice.
    advisory_lock(f"learning {person.id}")


def finish_step(person, activity, by, at=None, mark=None):
    """``person`` did ``activity``; the last step completes the course.

    ``at`` is the moment it was done (now), ``mark`` its mark out of 100 where it has one.
    A step done again changes nothing, nor does one of a course completed before: another
    round is begun with ``begin``.  Returns the StepDone, or None where none was due.
    """
    if activity.version.published_at is None:
        raise Refusal(_("This is a draft; nothing is recorded."))
    _one_at_a_time(person)
    rounds = rounds_of(person, activity.version.course)
    under_way = [study for study in rounds if study.finished_at is None]
    study = (under_way or rounds or [_begin_anew(person, activity.version.course, by)])[-1]
    done = step_done(study, activity.lineage) if rounds else None
    if study.finished_at is not None:
        return done
    if done is None:
        done = enter(StepDone, study_id=study.id, lineage=activity.lineage,
                     activity_id=activity.id, done_at=at or clock.now(), mark=mark)
        audit.record(by, "step done", study, step=activity.lineage)
    _finish_if_done(study, by)
    return done


def _finish_if_done(study, by):
    left, done_at, mark = ending_of(study)
    if not left:
        _finish(study, done_at, mark, by)


def _finish(study, moment, mark, by):
    change(study, finished_at=moment)
    complete(study.person, study.course, clock.local(moment).date(), by, mark=mark)


def take_back(person, activity, by):
    """Take back, within ten minutes, that a step was done."""
    study = study_of(person, activity.version.course)
    done = db.session.get(StepDone, (study.id, activity.lineage)) if study else None
    if done is None or done.done_at < clock.now() - SECOND_THOUGHTS:
        raise Refusal(_("This can no longer be taken back: more than ten minutes have passed, or "
                        "the course is completed."))
    db.session.delete(done)
    db.session.flush()
    audit.record(by, "step taken back", study, step=activity.lineage)


def undo_step(person, activity, reason, by, at=None):
    """That ``person`` did ``activity`` holds no more: it was marked again.

    It is undone in the round in which the moment ``at`` (None: the last) falls.  The completion
    that rests on it counts no more from today on, and the course goes on where that step is
    missing, unless another round began since.  Returns the completion revoked, or None.
    """
    study, done, is_last = _step_in_round(person, activity, at)
    if done is None:
        return None
    completion = completion_of(study)
    if is_last:
        study.finished_at = None
    db.session.delete(done)
    db.session.flush()
    audit.record(by, "step undone", study, step=activity.lineage, reason=reason)
    return completion and revoke(completion, clock.today(), reason, by, overturned=True)


def remark_step(person, activity, mark, reason, by, at=None):
    """The step ``activity`` that ``person`` did has become worth another ``mark`` out of 100.

    It is the step of the round in which the moment ``at`` (None: the last) falls.  The completion
    that rests on it is corrected where its mark is another now.  Returns the corrected
    Completion, or None.
    """
    study, done, _is_last = _step_in_round(person, activity, at)
    if done is None or done.mark == mark:
        return None
    before, done.mark = done.mark, mark
    db.session.flush()
    audit.record(by, "step marked again", study, step=activity.lineage, before=str(before),
                 mark=str(mark))
    completion, newest = completion_of(study), last_mark(study)
    if completion is None or completion.mark == newest:
        return None
    corrected = supersede(completion, mark=newest, corrects_id=completion.id)
    completion_remarked.send(corrected, reason=reason, by=by)
    return corrected


def _step_in_round(person, activity, at):
    _one_at_a_time(person)
    rounds = rounds_of(person, activity.version.course)
    study = round_in(rounds, at)
    done = study and db.session.get(StepDone, (study.id, activity.lineage))
    return study, done, rounds[-1:] == [study]


def join_steps(study, other, by):
    """What was done in ``other``, begun under another record of the same person, is done in
    ``study`` too, with its moment and mark; the last step completes the course.
    """
    _one_at_a_time(study.person)
    have = {done.lineage for done in steps_done_in(study)}
    joined = [done for done in steps_done_in(other) if done.lineage not in have]
    db.session.add_all([StepDone(
        study_id=study.id, lineage=done.lineage, activity_id=done.activity_id,
        done_at=done.done_at, mark=done.mark) for done in joined])
    db.session.flush()
    audit.record(by, "steps joined", study, steps=sorted(done.lineage for done in joined))
    if joined:
        _finish_if_done(study, by)


def part_steps(study, other, reason, by):
    """Take back from ``study`` what was done in ``other``: they are two people after all.

    A completion that rested on it never counted.
    """
    _one_at_a_time(study.person)
    theirs = {(done.lineage, done.done_at) for done in steps_done_in(other)}
    joined = [done for done in steps_done_in(study) if (done.lineage, done.done_at) in theirs]
    if not joined:
        return
    completion = completion_of(study)
    for done in joined:
        db.session.delete(done)
    study.finished_at = None
    db.session.flush()
    audit.record(by, "steps parted", study, steps=sorted(done.lineage for done in joined))
    if completion is not None:
        revoke(completion, completion.learned_on, reason, by)


def complete(person, course, learned_on, by, **given):
    """Record that ``person`` completed ``course`` on the day ``learned_on``.

    ``given`` may name ``source`` (online), ``class_id``, ``evidence`` and ``mark``.
    How long it counts follows from the course as it is now.
    """
    if learned_on > clock.today():
        raise Refusal(_("A course cannot be completed in the future. Check the date."))
    completion = enter(
        Completion, person_id=person.id, course_id=course.id, learned_on=learned_on,
        valid_until=valid_until(learned_on, course.validity_months),
        **{"source": ONLINE, **given})
    audit.record(by, "course completed", completion, course=course.key,
                 learned_on=learned_on.isoformat())
    course_completed.send(completion, by=by)
    return completion


def revoke(completion, on, reason, by, overturned=False):
    """From the day ``on`` the completion counts no more; figures of days before keep it.

    ``overturned``: nobody decided about it; a mark on which it rested has become another.
    """
    if completion.revoked_on is not None:
        raise Refusal(_("This completion is already revoked."))
    if not completion.learned_on <= on <= clock.today():
        raise Refusal(_("A completion is taken back from a day between its own and today. Check "
                        "the date."))
    corrected = supersede(completion, revoked_on=on, corrects_id=completion.id)
    audit.record(by, "completion revoked", corrected, reason=reason, on=on.isoformat())
    completion_revoked.send(corrected, reason=reason, by=by, overturned=overturned)
    return corrected


def record_class_results(course_class, by):
    """Everybody who passed ``course_class`` completed its course on the day of its last session."""
    have = set(db.session.scalars(
        select(Completion.person_id).filter_by(class_id=course_class.id)))
    last_day = max((session.on for session in course_class.sessions),
                   default=course_class.ends_on)
    for enrolment in passed_enrolments(course_class):
        if enrolment.person_id not in have:
            complete(enrolment.person, course_class.course, last_day, by, source=CLASS,
                     class_id=course_class.id, mark=enrolment.mark)


def move_studies(version, move, by):
    """A new version was published: those under way go over to it where the author says so.

    What they did counts by its lineage; whoever has nothing left in it has completed the course.
    """
    if not move:
        return
    studies = db.session.scalars(select(Study).where(
        Study.course_id == version.course_id, Study.finished_at.is_(None))).all()
    for study in studies:
        study.version = version
    db.session.flush()
    audit.record(by, "studies moved", version, count=len(studies))
    asked = {step.lineage for step in steps_of(version)}
    done = _done_in(studies)
    for study in studies:
        if asked <= done[study.id]:
            _finish(study, clock.now(), last_mark(study), by)


def _done_in(studies):
    done = defaultdict(set)
    for study_id, lineage in db.session.execute(
            select(StepDone.study_id, StepDone.lineage)
            .where(StepDone.study_id.in_([study.id for study in studies]))):
        done[study_id].add(lineage)
    return done


def keep_place(person, activity, seconds):
    """Remember how far ``person`` has watched or heard a recording."""
    if activity.kind != "media":
        raise Refusal(_("Only a recording is left at a place and gone on with."))
    db.session.merge(Place(person_id=person.id, lineage=activity.lineage,
                           seconds=max(0, min(seconds, LONGEST))))
    db.session.flush()
