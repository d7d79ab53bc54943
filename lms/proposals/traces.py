"""What the trail says of proposals."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "proposal made": _l("proposal made"),
    "proposal done": _l("proposal done"),
    "proposal declined": _l("proposal declined"),
    "proposal taken back": _l("proposal taken back"),
}
#: What was acted on, by its table, and the page that shows it.
PLACES = {"proposal": "proposals.proposal"}
