"""One right answer."""
from lms.kernel.i18n import _, _l

from quizzes.questions.kinds.base import ALL, NOTHING, decimal_of, settings_of, share_of
from quizzes.questions.kinds.choice import Choice


class Single(Choice):
    """One of the options is right; with ``partial``, another may earn a share."""

    name = "single"
    title = _l("One right answer")
    about = _l("Several options, and one of them is right.")

    def mark(self, version, answer):
        """All for the right option; with ``partial`` the share of the one chosen."""
        if set(answer) == set(version.right):
            return ALL
        if not settings_of(version).get("partial"):
            return NOTHING
        shares = {option["key"]: option.get("share", 0) for option in version.options}
        return decimal_of(share_of(shares.get(answer[0], 0))) if answer else NOTHING

    def lacking_key(self, draft):
        """Exactly one option is right."""
        keys = {option["key"] for option in draft.options}
        if len(draft.right) == 1 and set(draft.right) <= keys:
            return []
        return [_("Mark exactly one option as right.")]
