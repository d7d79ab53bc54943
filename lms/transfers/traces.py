"""What the trail says of what is done here: moves between units."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "transfer asked for": _l("transfer asked for"),
    "transfer agreed to": _l("transfer agreed to"),
    "transfer declined": _l("transfer declined"),
    "transfer withdrawn": _l("transfer withdrawn"),
}
#: What was acted on, by its table, and the page that shows it.
PLACES = {
    "transfer_request": "transfers.transfer",
}
