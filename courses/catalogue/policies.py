"""Who may see, write and publish a course."""
from lms.people.policies import is_auditor, is_officer, is_trainer


def may_create_course(person):
    """Trainers and officers write courses."""
    return is_trainer(person) or is_officer(person)


def may_edit_course(person, course):
    """The course's own trainers, and officers."""
    return is_officer(person) or (
        is_trainer(person) and any(author.person_id == person.id for author in course.trainers))


def may_see_course(person, course):
    """A published course is open to everybody signed in; a draft to those who write it."""
    published = any(version.published_at for version in course.versions)
    return (published and course.withdrawn_at is None) or may_edit_course(person, course) or (
        published and is_auditor(person))


def may_read_courses(person):
    """The list of courses with their drafts is for those who write or check them."""
    return may_create_course(person) or is_auditor(person)
