"""Who may learn what, and who may read somebody's record."""
from sqlalchemy import or_, select

from lms.kernel.db import db
from lms.people.policies import (
    answers_for_people,
    is_officer,
    is_trainer,
    may_follow_person,
    reads_all,
)

from courses.catalogue.models import (
    Activity,
    Caption,
    CourseVersion,
    Document,
    Media,
    Picture,
    TextPage,
)
from courses.catalogue.policies import may_edit_course, may_see_course
from courses.classes.models import CourseClass, Enrolment
from courses.completions.models import Completion, Study
from courses.completions.openings import openings
from courses.completions.reasons import reasons


def has_begun(person, course):
    """Whether ``person`` ever began or completed ``course``."""
    begun = select(Study.id).where(Study.person_id == person.id, Study.course_id == course.id)
    learned = select(Completion.id).where(Completion.person_id == person.id,
                                          Completion.course_id == course.id)
    return db.session.scalar(begun.union_all(learned).limit(1)) is not None


def may_open_course(person, course):
    """What one began stays open to one, also when the course was withdrawn meanwhile."""
    return may_see_course(person, course) or (course.published and has_begun(person, course))


def may_invite(person, course):
    """Whoever teaches, answers for people or reads all invites to a course on offer that they may
    open.
    """
    return course.published and course.withdrawn_at is None and may_open_course(
        person, course) and (
        is_trainer(person) or answers_for_people(person) or reads_all(person))


def may_begin(person, course):
    """A course on offer is begun by anybody if it is open, else by those who have a reason."""
    return course.published and is_offered(person, course)


def is_offered(person, course):
    """Whether ``person`` may begin ``course``, which is published."""
    if course.withdrawn_at is not None:
        return False
    return course.open or any(reasons.of(person, course)) or _is_sent(person, course)


def _is_sent(person, course):
    return db.session.scalar(
        select(Enrolment.id).join(Enrolment.course_class)
        .where(Enrolment.person_id == person.id, Enrolment.withdrawn_at.is_(None),
               CourseClass.course_id == course.id, CourseClass.cancelled_at.is_(None))
        .limit(1)) is not None


def may_take_part(person, course):
    """Who may begin a course, and who once began it, does its steps."""
    return course.published and takes_part(person, course)


def takes_part(person, course):
    """As ``may_take_part``, for a ``course`` of which a version was published."""
    return is_offered(person, course) or has_begun(person, course)


def may_learn(person, activity):
    """A published step is read by who takes part, by those who teach and by those who check."""
    course = activity.version.course
    if activity.endpoint != "learning.step":
        return False
    if activity.version.published_at is None:
        return may_edit_course(person, course)
    if takes_part(person, course) or may_edit_course(person, course):
        return True
    return may_see_course(person, course) and (is_trainer(person) or reads_all(person))


def _bringing(kind, file):
    return select(kind.id).where(or_(kind.file_id == file.id, kind.light_id == file.id))


def may_read_file(person, file):
    """A file is open through a step the person may read, to authors of its course, and through
    what a room above shows of it.
    """
    steps = db.session.scalars(select(Activity).where(or_(
        Activity.id.in_(_bringing(Document, file)),
        Activity.id.in_(_bringing(Media, file)),
        Activity.id.in_(select(Caption.media_id).where(Caption.file_id == file.id)),
        Activity.id.in_(_pages_showing(file)))).order_by(Activity.id.desc())).all()
    if any(may_learn(person, step) for step in steps):
        return True
    pictures = db.session.scalars(select(Picture).where(Picture.file_id == file.id))
    return any(may_edit_course(person, picture.course) for picture in pictures) or any(
        openings.of(person, file))


def _pages_showing(file):
    address = f"/files/{file.id}/"
    return (select(TextPage.id).join(CourseVersion, CourseVersion.id == TextPage.version_id)
            .join(Picture, Picture.course_id == CourseVersion.course_id)
            .where(Picture.file_id == file.id,
                   or_(TextPage.body_vi.contains(address), TextPage.body_en.contains(address))))


def may_read_record(person, learner):
    """A record is read by its owner, by officers and auditors, and by who answers for the owner."""
    if person.id == learner.id or reads_all(person):
        return True
    return answers_for_people(person) and may_follow_person(person, learner)


def may_revoke(person, completion):
    """An officer takes a completion back, but never their own."""
    return is_officer(person) and completion.person_id != person.id


def may_hand_in(person, learner):
    """Learning elsewhere is handed in by who learned it, by who answers for them, by officers."""
    return person.id == learner.id or is_officer(person) or (
        answers_for_people(person) and may_follow_person(person, learner))


def may_see_outside(person, claim):
    """A paper handed in is looked at by whose it is, and by those who read their record."""
    return may_read_record(person, claim.person)


def may_see_evidence(person, claim):
    """Whoever may look at a paper sees its photo, until its owner was erased."""
    return claim.person.erased_at is None and may_see_outside(person, claim)


def may_decide_outside(person, claim):
    """An officer decides, but never what is their own or what they handed in for somebody."""
    return is_officer(person) and person.id not in (claim.person_id, claim.asked_by_id)


def may_accept_outside(person):
    """Officers map papers to courses."""
    return is_officer(person)
