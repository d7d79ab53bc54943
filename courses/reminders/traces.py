"""What the trail says of what is done here: reminders."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "ladder set": _l("ladder set"),
    "ladder paused": _l("ladder paused"),
    "ladder resumed": _l("ladder resumed"),
    "ladders followed": _l("ladders followed"),
    "people reminded": _l("people reminded"),
}
