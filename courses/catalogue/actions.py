"""Everything that can be done to a course and its draft."""
from secrets import token_hex

from sqlalchemy import inspect, select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

from courses.catalogue.models import Activity, Course, CourseTrainer, CourseVersion
from courses.catalogue.queries import draft_version, next_position, published_version, steps_of
from courses.catalogue.signals import version_published


def create_course(values, by):
    """Begin a course with an empty draft; whoever begins it may write it."""
    if db.session.scalar(select(Course.id).filter_by(key=values["key"])):
        raise Refusal(_("There is already a course with the code %(key)s. Choose another.",
                        key=values["key"]))
    course = Course(**values)
    db.session.add_all([course, CourseVersion(course=course, number=1),
                        CourseTrainer(course=course, person=by)])
    db.session.flush()
    audit.record(by, "course created", course, key=course.key)
    return course


def change_course(course, values, by):
    """Change what is said about ``course``; completions already recorded keep their validity."""
    for field, value in values.items():
        setattr(course, field, value)
    db.session.flush()
    audit.record(by, "course changed", course, fields=sorted(values))
    return course


def draft(course, by):
    """The draft of ``course``; where there is none, a copy of what is published begins one."""
    existing = draft_version(course)
    if existing:
        return existing
    published = published_version(course)
    number = max((version.number for version in course.versions), default=0) + 1
    version = CourseVersion(course=course, number=number)
    db.session.add(version)
    if published:
        db.session.flush()
        db.session.add_all([step.copied_to(version) for step in steps_of(published)])
    db.session.flush()
    audit.record(by, "draft begun", version, course=course.key)
    return version


def kind_of_step(kind):
    """The class of the kind of step named ``kind``."""
    return inspect(Activity).polymorphic_map[kind].class_


def add_step(version, kind, values, by):
    """Add a step of the kind ``kind`` at the end of the draft ``version``."""
    _refuse_if_published(version)
    step = kind_of_step(kind)(version=version, lineage=token_hex(8),
                              position=next_position(version), **values)
    db.session.add(step)
    db.session.flush()
    audit.record(by, "step added", step, kind=kind)
    return step


def change_step(step, values, by):
    """Change a step of a draft."""
    _refuse_if_published(step.version)
    for field, value in values.items():
        setattr(step, field, value)
    db.session.flush()
    audit.record(by, "step changed", step)
    return step


def move_step(step, position, by):
    """Put a step of a draft at ``position``, from 0; the others make room."""
    _refuse_if_published(step.version)
    steps = [other for other in steps_of(step.version) if other is not step]
    steps.insert(max(0, min(position, len(steps))), step)
    for place, other in enumerate(steps):
        other.position = place
    db.session.flush()
    audit.record(by, "step moved", step, position=step.position)
    return step


def remove_step(step, by):
    """Take a step out of a draft; versions already published keep theirs."""
    _refuse_if_published(step.version)
    audit.record(by, "step removed", step, title=step.title_vi)
    db.session.delete(step)
    db.session.flush()


def _refuse_if_published(version):
    if version.published_at is not None:
        raise Refusal(_("This version is published and does not change. Change the draft instead."))


def publish(course, note, move, by):
    """Publish the draft of ``course``; ``move``: people under way go over to it."""
    version = draft_version(course)
    if version is None:
        raise Refusal(_("There is no draft to publish. Change something first."))
    if not steps_of(version):
        raise Refusal(_("The draft has no steps yet. Add a page or a document, then publish."))
    version.published_at, version.note = clock.now(), note
    db.session.flush()
    audit.record(by, "version published", version, course=course.key, moved=move)
    version_published.send(version, move=move, by=by)
    return version


def withdraw(course, by):
    """Offer ``course`` no more; what people completed stays."""
    course.withdrawn_at = clock.now()
    db.session.flush()
    audit.record(by, "course withdrawn", course)


def offer_again(course, by):
    """Offer a withdrawn ``course`` again."""
    course.withdrawn_at = None
    db.session.flush()
    audit.record(by, "course offered again", course)


def add_author(course, person, by):
    """Let ``person`` write ``course``."""
    if any(author.person_id == person.id for author in course.trainers):
        raise Refusal(_("%(name)s already writes this course.", name=person.full_name))
    db.session.add(CourseTrainer(course=course, person=person))
    db.session.flush()
    audit.record(by, "author added", course, person=person.id)


def remove_author(course, person, by):
    """Let ``person`` write ``course`` no more; somebody must remain."""
    author = next((a for a in course.trainers if a.person_id == person.id), None)
    if author is None or len(course.trainers) == 1:
        raise Refusal(_("A course needs at least one author. Add another first."))
    db.session.delete(author)
    db.session.flush()
    audit.record(by, "author removed", course, person=person.id)
