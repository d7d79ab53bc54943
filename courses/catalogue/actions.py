"""Everything that can be done to a course, its draft and its publication."""
from io import BytesIO
from pathlib import PurePath
from secrets import token_hex
from typing import NamedTuple

from sqlalchemy import select

from lms.kernel import audit, clock, storage
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, size
from lms.kernel.naming import take_out
from lms.kernel.storage import StoredFile
from lms.people.overtaking import refuse_overtaken
from lms.people.policies import is_trainer

from courses.catalogue.captions import Unreadable, read_captions, write_captions
from courses.catalogue.models import Course, CourseTrainer, CourseVersion, Picture, kind_of_step
from courses.catalogue.pictures import shrunk
from courses.catalogue.queries import (
    course_by_key,
    draft_version,
    next_position,
    published_version,
    steps_of,
    whole_steps_of,
)
from courses.catalogue.secrecy import says_secret
from courses.catalogue.signals import version_published

#: What a lighter document weighs at most, in bytes: a minute at 256 kbit/s.
LIGHT_DOCUMENT = 2_000_000
#: What captions weigh at most, in bytes: those of a day do not.
LARGEST_CAPTIONS = 1_000_000
#: The name every picture goes by: it is part of its address, and what it shows is in its words.
PICTURE = "hinh.webp"


def create_course(values, by):
    """Begin a course with an empty draft; a trainer who begins it writes it."""
    _refuse_taken_code(values["key"])
    course = Course(**values)
    db.session.add_all([course, CourseVersion(course=course, number=1)])
    if is_trainer(by):
        db.session.add(CourseTrainer(course=course, person=by))
    db.session.flush()
    audit.record(by, "course created", course, key=course.key)
    return course


def change_course(course, values, by, seen=""):
    """Change what is said about ``course``; completions already recorded keep their validity.

    ``seen`` is its fingerprint when its author opened it, as for a step.
    """
    refuse_overtaken(course, seen, "course changed")
    _refuse_taken_code(values.get("key", course.key), course)
    for field, value in values.items():
        setattr(course, field, value)
    db.session.flush()
    audit.record(by, "course changed", course, fields=sorted(values))
    return course


def _refuse_taken_code(key, course=None):
    with db.session.no_autoflush:
        other = course_by_key(key)
    if other is not None and other is not course:
        raise Refusal(_("There is already a course with the code %(key)s. Choose another.",
                        key=other.key))


def draft(course, by):
    """The draft of ``course``; where there is none, a copy of what is published begins one."""
    _one_at_a_time(course)
    existing = draft_version(course)
    if existing:
        return existing
    published = published_version(course)
    version = CourseVersion(
        course=course, number=max((old.number for old in course.versions), default=0) + 1)
    db.session.add(version)
    db.session.flush()
    if published:
        db.session.add_all([step.copied_to(version) for step in whole_steps_of(published)])
        db.session.flush()
    audit.record(by, "draft begun", version, course=course.key)
    return version


def _one_at_a_time(course):
    # Two authors, or two presses of a button, must not begin or publish a draft twice.
    db.session.execute(select(Course.id).where(Course.id == course.id).with_for_update())
    db.session.expire(course, ["versions"])


def discard_draft(course, by):
    """Throw the draft of ``course`` away; what is published stays as it is."""
    version = draft_version(course)
    if version is None or published_version(course) is None:
        raise Refusal(_("Only a draft beside a published version can be thrown away. A course "
                        "that was never published can be withdrawn instead."))
    audit.record(by, "draft thrown away", version, course=course.key)
    for step in whole_steps_of(version):
        db.session.delete(step)
    db.session.flush()
    db.session.expire(version, ["activities"])
    course.versions.remove(version)
    db.session.delete(version)
    db.session.flush()


def add_step(version, kind, values, by):
    """Add a step of the kind ``kind`` at the end of the draft ``version``."""
    refuse_published(version)
    step = kind_of_step(kind)(version=version, lineage=token_hex(8),
                              position=next_position(version), **values)
    db.session.add(step)
    db.session.flush()
    audit.record(by, "step added", step, kind=kind)
    return step


def change_step(step, values, by, seen=""):
    """Change a step of a draft.

    ``seen`` is the fingerprint it had when its author opened it; refused as Overtaken where it
    has another by now, so that nobody overwrites what they have not seen.
    """
    refuse_overtaken(step, seen, "step changed")
    refuse_published(step.version)
    for field, value in values.items():
        setattr(step, field, value)
    db.session.flush()
    audit.record(by, "step changed", step)
    return step


def move_step(step, position, by):
    """Put a step of a draft at ``position``, from 0; the others make room."""
    refuse_published(step.version)
    steps = [other for other in steps_of(step.version) if other is not step]
    steps.insert(max(0, min(position, len(steps))), step)
    for place, other in enumerate(steps):
        other.position = place
    db.session.flush()
    audit.record(by, "step moved", step, position=step.position)
    return step


def remove_step(step, by):
    """Take a step out of a draft; versions already published keep theirs."""
    refuse_published(step.version)
    audit.record(by, "step removed", step, title=step.title_vi)
    db.session.delete(step)
    db.session.flush()


def refuse_published(version):
    """Refuse to change the course ``version`` or a step of it once it is published."""
    if version.published_at is not None:
        raise Refusal(_("This version is published and does not change. Change the draft instead."))


def receive_file(stream, name, endings, declared):
    """Keep the file of a step; ``declared``: its giver says that it holds no state secret.

    Law on the Protection of State Secrets: such papers never enter this system.
    """
    _refuse_secret(name, declared)
    return storage.keep(stream, name, endings)


def _refuse_secret(name, declared):
    if not declared:
        raise Refusal(_("Tick that the file holds no state secret; such files never enter this "
                        "system. Nothing was saved."))
    if says_secret(name):
        raise Refusal(_("The name of the file says that it is secret. Such files never enter this "
                        "system. Nothing was saved."))


def receive_light(stream, name, endings, declared, beside):
    """Keep the lighter version of the file ``beside``, as ``receive_file`` keeps a file.

    Refused where it is not lighter, or a document of more than LIGHT_DOCUMENT bytes.
    """
    light = receive_file(stream, name, endings, declared)
    if light.size >= beside.size:
        raise Refusal(_("The lighter version is %(size)s, the file itself %(whole)s. Choose a "
                        "smaller one. Nothing was saved.", size=size(light.size),
                        whole=size(beside.size)))
    if light.mime == "application/pdf" and light.size > LIGHT_DOCUMENT:
        raise Refusal(_("The lighter version of a document is %(most)s at most, and this one "
                        "%(size)s. Print it again as a PDF for the screen. Nothing was saved.",
                        most=size(LIGHT_DOCUMENT), size=size(light.size)))
    return light


def receive_captions(stream, name, endings, declared):
    """Keep a file of captions as WebVTT, as ``receive_file`` keeps a file; refused, with the lines
    and what is wrong there, where it cannot be read.
    """
    _refuse_secret(name, declared)
    storage.ending_of(name, endings)
    content = stream.read(LARGEST_CAPTIONS + 1)
    if len(content) > LARGEST_CAPTIONS:
        raise Refusal(_("The captions are larger than %(most)s. Nothing was saved.",
                        most=size(LARGEST_CAPTIONS)))
    try:
        text = write_captions(read_captions(content))
    except Unreadable as unreadable:
        raise Refusal(_("“%(name)s” was not taken as captions, and nothing was saved. %(what)s",
                        name=name, what=" ".join(unreadable.faults))) from unreadable
    return storage.keep(BytesIO(text.encode()), f"{PurePath(name).stem}.vtt", (".vtt",))


def keep_picture(course, stream, alternative, by):
    """Keep a picture, made small, for the pages of ``course``; ``alternative`` puts it in words."""
    return enter_picture(course, small_picture(stream), alternative, by)


class Small(NamedTuple):
    """A picture, made small, that lies on the disk and that nobody has entered yet."""

    file: StoredFile
    width: int
    height: int


def small_picture(stream):
    """Make a picture Small: what takes its time is done before anybody is kept from writing."""
    content, width, height = shrunk(stream)
    return Small(storage.put(BytesIO(content), PICTURE, (".webp",)), width, height)


def enter_picture(course, small, alternative, by):
    """Enter a Small picture for the pages of ``course``; otherwise as ``keep_picture``."""
    picture = Picture(course=course, file=small.file, alternative=alternative, width=small.width,
                      height=small.height)
    db.session.add(picture)
    db.session.flush()
    audit.record(by, "picture kept", picture, course=course.key)
    return picture


def publish(course, note, move, by):
    """Publish the draft of ``course``; ``move``: people under way go over to it."""
    _one_at_a_time(course)
    version = draft_version(course)
    if version is None:
        raise Refusal(_("There is no draft to publish. Change something first."))
    _refuse_unready(version)
    version.published_at, version.note = clock.now(), note
    db.session.flush()
    audit.record(by, "version published", version, course=course.key, moved=move)
    version_published.send(version, move=move, by=by)
    return version


def _refuse_unready(version):
    steps = whole_steps_of(version)
    if not steps:
        raise Refusal(_("The draft has no steps yet. Add a page or a document, then publish."))
    lacking = [f"“{step.title_vi}”: {step.lacks}" for step in steps if step.lacks]
    if lacking:
        raise Refusal(_("Not everything is ready; nothing was published. %(what)s",
                        what=" ".join(lacking)))


def withdraw(course, by):
    """Offer ``course`` no more; who is in the middle may finish, what was completed stays."""
    if course.withdrawn_at is not None:
        raise Refusal(_("This course is already withdrawn."))
    course.withdrawn_at = clock.now()
    db.session.flush()
    audit.record(by, "course withdrawn", course)


def offer_again(course, by):
    """Offer a withdrawn ``course`` again."""
    if course.withdrawn_at is None:
        raise Refusal(_("This course is on offer already."))
    course.withdrawn_at = None
    db.session.flush()
    audit.record(by, "course offered again", course)


def add_author(course, person, by):
    """Let the trainer ``person`` write ``course``."""
    if not is_trainer(person):
        raise Refusal(_("%(name)s is not a trainer. An officer can give that role first.",
                        name=person.full_name))
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
    course.trainers.remove(author)
    db.session.delete(author)
    db.session.flush()
    audit.record(by, "author removed", course, person=person.id)


def forget_name(person, naming, **_former):
    """Take the name of ``person``, who is erased, out of the notes on versions."""
    take_out((CourseVersion.note,), naming, person.full_name)
