"""The step of a course follows the results of its test whenever one of them becomes another."""
from courses.completions.actions import finish_step, remark_step, undo_step
from courses.completions.policies import may_take_part
from courses.completions.queries import round_in, rounds_of
from quizzes.attempts.regrading_queries import passes_of


def follow(person, quiz, at, reason, by):
    """Let the step that ``quiz`` is stand as the results of ``person`` now say.

    ``at`` is when the result that became another was handed in; what counts is its round of the
    course.  The first result that passed there does the step and gives it its mark; where none
    passes the step is undone, and with it the completion.  Nobody gains a step who was erased or
    takes no part in the course, nor in a round that is over.
    """
    course = quiz.version.course
    rounds = rounds_of(person, course)
    study = round_in(rounds, at)
    first = next((one for one in passes_of(person, quiz) if round_in(rounds, one[0]) is study),
                 None)
    if first is None:
        undo_step(person, quiz, reason, by, at=at)
        return
    moment, mark = first
    if study in (None, *rounds[-1:]) and person.erased_at is None and (
            may_take_part(person, course)):
        finish_step(person, quiz, by, at=moment, mark=mark)
    if not quiz.pretest_of:
        remark_step(person, quiz, mark, reason, by, at=at)
