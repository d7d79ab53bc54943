"""Several right answers."""
from lms.kernel.i18n import _, _l

from quizzes.questions.kinds.base import ALL, NOTHING, decimal_of, settings_of
from quizzes.questions.kinds.choice import Choice, earned


class Multiple(Choice):
    """Several options are right: all or nothing, or with ``partial`` a share for each."""

    name = "multiple"
    several = True
    title = _l("Several right answers")
    about = _l("Several options, and one or more of them are right.")

    def mark(self, version, answer):
        """All for exactly the right options; with ``partial`` what the options chosen earn."""
        if set(answer) == set(version.right):
            return ALL
        return decimal_of(earned(version, answer)) if (
            answer and settings_of(version).get("partial")) else NOTHING

    def lacking_key(self, draft):
        """At least one option is right."""
        keys = {option["key"] for option in draft.options}
        return [] if draft.right and set(draft.right) <= keys else [
            _("Mark the options that are right.")]
