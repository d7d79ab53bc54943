"""What the statistics say, in plain sentences."""
from lms.kernel.i18n import _

from quizzes.insight.statistics import ENOUGH, FEW, SOUND, TELLS_LITTLE, TOO_EASY, TOO_HARD, TURNED
from quizzes.questions.kinds import KINDS


def sentence(item):
    """What there is to say about a question: (status, a word or two, the sentence)."""
    return {
        FEW: ("none", _("too few"),
              _("Fewer than %(count)s answers: too few to say anything.", count=ENOUGH)),
        TURNED: ("bad", _("look at the key"),
                 _("The better half got it wrong more often: look at the key.")),
        TOO_HARD: ("warn", _("look again"),
                   _("Hardly anybody got it right: look at the key, the wording and the lesson.")),
        TOO_EASY: ("none", _("easy"), _("Nearly everybody got it right: it tells little.")),
        TELLS_LITTLE: ("warn", _("look again"),
                       _("It hardly tells who knows from who does not: look at the wording.")),
        SOUND: ("good", _("sound"), _("Nothing stands out.")),
    }[item.verdict]


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
