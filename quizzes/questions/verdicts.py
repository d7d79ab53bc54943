"""What the answers given say about a question: the verdicts, and each in plain words."""
from lms.kernel.i18n import _

#: What there is to say about a question, and that there is nothing to say.
FEW, TURNED, TOO_HARD, TOO_EASY, TELLS_LITTLE, SOUND = VERDICTS = (
    "few", "turned", "hard", "easy", "little", "sound")
#: So many first attempts must have met a version before the bank judges it.
ENOUGH = 20


def worded_verdict(verdict, enough):
    """The ``verdict`` as (status, a word or two, the sentence); fewer than ``enough`` answers
    are too few.
    """
    return {
        FEW: ("none", _("too few"),
              _("Fewer than %(count)s answers: too few to say anything.", count=enough)),
        TURNED: ("bad", _("look at the key"),
                 _("The better half got it wrong more often: look at the key.")),
        TOO_HARD: ("warn", _("look again"),
                   _("Hardly anybody got it right: look at the key, the wording and the lesson.")),
        TOO_EASY: ("none", _("easy"), _("Nearly everybody got it right: it tells little.")),
        TELLS_LITTLE: ("warn", _("look again"),
                       _("It hardly tells who knows from who does not: look at the wording.")),
        SOUND: ("good", _("sound"), _("Nothing stands out.")),
    }[verdict]


def verdict_choices():
    """The verdicts as a list is narrowed to them: pairs of a verdict and its words."""
    return [(TURNED, _("look at the key")), (TOO_HARD, _("too hard")), (TOO_EASY, _("too easy")),
            (TELLS_LITTLE, _("hardly tells people apart")), (FEW, _("too few answers")),
            (SOUND, _("sound"))]
