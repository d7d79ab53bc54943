"""What the trail says of what is done here: groups and their confirmation."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "group made": _l("group made"),
    "confirmation asked": _l("confirmation asked"),
    "confirmation reminded": _l("confirmation reminded"),
    "groups confirmed": _l("groups confirmed"),
}
#: What was acted on, by its table, and the page that shows it.
PLACES = {
    "target_group": "groups.group",
}
