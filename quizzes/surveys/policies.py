"""Who answers a survey, and who reads what came of it."""
from lms.people.policies import reads_all

from courses.catalogue.policies import may_edit_course
from courses.classes.policies import may_arrange_class, may_read_results, may_run_class, takes_part
from courses.completions.policies import may_take_part


def may_answer_survey(person, survey):
    """Whoever takes part in the course, once that version was published."""
    return survey.version.published_at is not None and may_take_part(
        person, survey.version.course)


def may_edit_survey(person, survey):
    """The authors of the course write its draft's surveys."""
    return may_edit_course(person, survey.version.course)


def may_read_survey(person, survey):
    """The trainers of the course, officers and auditors read the results."""
    return reads_all(person) or may_edit_course(person, survey.version.course)


def may_answer_for_class(person, course_class):
    """The participants evaluate their class."""
    return takes_part(person, course_class)


def may_open_class_survey(person, course_class):
    """Who runs or arranges a class asks its participants, from its first day on."""
    return may_run_class(person, course_class) or may_arrange_class(person, course_class)


def may_read_class_survey(person, course_class):
    """Who reads the results of a class reads its evaluation."""
    return may_read_results(person, course_class)
