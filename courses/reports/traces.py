"""What the trail says of what is done here: reports."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "report locked": _l("report locked"),
    "report ended": _l("report ended"),
}
#: What was acted on, by its table, and the page that shows it.
PLACES = {
    "locked_report": "reports.report",
}
