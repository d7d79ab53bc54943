"""What the trail says of what is done here: messages."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "people told": _l("people told"),
    "message read": _l("message read"),
    "messages read": _l("messages read"),
}
