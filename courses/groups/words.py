"""The words of groups: what a rule asks of a post."""
from lms.kernel.i18n import _l

#: What of a post may not be as a rule asks.
LACKING = {"titles": _l("the job title"), "kinds": _l("the kind of unit"), "units": _l("the unit")}


def lacking_word(part):
    """The word for a part of a rule that a post does not meet."""
    return str(LACKING[part])
