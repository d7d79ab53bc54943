"""What the statistics say, in plain sentences."""
from lms.kernel.i18n import _

from quizzes.insight.statistics import ENOUGH
from quizzes.questions.kinds import KINDS
from quizzes.questions.verdicts import TOO_HARD, worded_verdict


def sentence(item, quiz):
    """What there is to say about a question of ``quiz``: (status, a word or two, the sentence).

    That hardly anybody knows it before the course is no fault of the question.
    """
    if quiz.pretest_of and item.verdict == TOO_HARD:
        return ("none", _("new to them"),
                _("Hardly anybody knew it before the course: this is what there is to learn."))
    return worded_verdict(item.verdict, ENOUGH)


def reliability(alpha):
    """What Cronbach's α says about a test, by the bounds Moodle documents for it."""
    if alpha is None:
        return _("Too few answers to say how reliable the test is.")
    if alpha >= 0.75:
        return _("The test tells people apart reliably.")
    if alpha >= 0.64:
        return _("The test tells people apart fairly well.")
    return _("The marks depend much on chance: more questions, or sharper ones, would help.")


def in_words(kind, version, part, language):
    """A part of an answer as a reader meets it."""
    return "; ".join(KINDS[kind].words(version, [part], language)) or part
