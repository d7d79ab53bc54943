"""Who may take a quiz, and who may set one."""
from courses.catalogue.policies import may_edit_course
from courses.completions.policies import may_take_part


def may_take(person, quiz):
    """Whoever takes part in the course may take its quiz, once that version was published."""
    return quiz.version.published_at is not None and may_take_part(person, quiz.version.course)


def may_edit_quiz(person, quiz):
    """The authors of the course write its draft's quizzes."""
    return may_edit_course(person, quiz.version.course)
