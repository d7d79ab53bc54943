"""What the statistics say, in plain sentences."""
from lms.kernel.i18n import _

from quizzes.insight.statistics import ENOUGH
from quizzes.questions.kinds import KINDS
from quizzes.questions.verdicts import worded_verdict


def sentence(item):
    """What there is to say about a question: (status, a word or two, the sentence)."""
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
