"""Who may learn what, and who may read somebody's record."""
from sqlalchemy import or_, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.policies import answers_for_people, is_officer, reads_all, scope_of
from lms.people.queries import units_of

from courses.catalogue.models import CourseVersion, Document, Media, TextPage
from courses.catalogue.policies import may_edit_course, may_see_course


def may_learn(person, activity):
    """A step of a published version is open to whoever may see the course, a draft to authors."""
    course = activity.version.course
    if activity.version.published_at is None:
        return may_edit_course(person, course)
    return may_see_course(person, course)


def may_read_file(person, file):
    """A file is open to whoever may see a course it belongs to, on any of its pages."""
    address = f"/files/{file.id}/"
    versions = db.session.scalars(
        select(CourseVersion).where(or_(
            CourseVersion.activities.of_type(Document).any(Document.file_id == file.id),
            CourseVersion.activities.of_type(Media).any(Media.file_id == file.id),
            CourseVersion.activities.of_type(TextPage).any(or_(
                TextPage.body_vi.contains(address), TextPage.body_en.contains(address)))))).all()
    return any(may_edit_course(person, version.course) or (
        version.published_at is not None and may_see_course(person, version.course))
        for version in versions)


def may_read_record(person, learner):
    """A record is read by its owner, by officers and auditors, and by who answers for the person."""
    if person.id == learner.id or reads_all(person):
        return True
    if not answers_for_people(person):
        return False
    return bool(scope_of(person) & units_of(learner.id, clock.today()))


def may_revoke(person, completion):
    """An officer takes a completion back, but never their own."""
    return is_officer(person) and completion.person_id != person.id
