"""Who may see, write and publish a course."""
from lms.people.policies import is_auditor, is_officer, is_trainer


def may_create_course(person):
    """Trainers and officers write courses."""
    return is_trainer(person) or is_officer(person)


def may_edit_course(person, course):
    """The course's own trainers, and officers."""
    return is_officer(person) or (
        is_trainer(person) and any(author.person_id == person.id for author in course.trainers))


def may_publish_course(person, course):
    """Who writes a course answers for what readers find in it."""
    return may_edit_course(person, course)


def may_edit_step(person, step):
    """The authors of the course change the steps of its draft."""
    return may_edit_course(person, step.version.course)


def may_see_course(person, course):
    """A published course is open to everybody signed in; a draft to those who write it."""
    if course.published and course.withdrawn_at is None:
        return True
    return may_edit_course(person, course) or (course.published and is_auditor(person))


def may_read_courses(person):
    """The list of courses with their drafts is for those who write or check them."""
    return may_create_course(person) or is_auditor(person)
