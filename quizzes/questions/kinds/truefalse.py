"""True or false."""
from lms.kernel.i18n import _, _l

from quizzes.questions.kinds.base import ALL, NOTHING, wording
from quizzes.questions.kinds.choice import Choice

TRUE_FALSE = [{"key": "T", "vi": "Đúng", "en": "True"}, {"key": "F", "vi": "Sai", "en": "False"}]


class TrueFalse(Choice):
    """A sentence is true or false."""

    name = "truefalse"
    # True stays before false, as every reader expects it.
    shuffles = False
    title = _l("True or false")
    about = _l("A sentence that is true or false.")

    def mark(self, version, answer):
        """All for the right word."""
        return ALL if set(answer) == set(version.right) else NOTHING

    def written(self, fields):
        """The word that is right: T or F."""
        return wording([dict(option) for option in TRUE_FALSE],
                       right=[key for key in ("T", "F") if key == fields.get("right")])

    def typed(self, version):
        """The word that is ticked."""
        return {"right": version.right}

    def lacking_key(self, draft):
        """One of the two words is right."""
        return [] if draft.right in (["T"], ["F"]) else [
            _("Say whether the sentence is true or false.")]
