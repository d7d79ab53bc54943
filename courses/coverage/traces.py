"""What the trail says of what is done here: goals, exemptions and facts."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "goal set": _l("goal set"),
    "goal changed": _l("goal changed"),
    "person exempted": _l("person exempted"),
    "exemption ended": _l("exemption ended"),
    "exemption asked for": _l("exemption asked for"),
    "exemption approved": _l("exemption approved"),
    "exemption refused": _l("exemption refused"),
    "facts looked over": _l("facts looked over"),
    "facts imported": _l("facts imported"),
    "changed by import": _l("changed by import"),
}
#: What was acted on, by its table, and the page that shows it.
PLACES = {
    "goal": "coverage.goal",
    "exemption_request": "coverage.exemption_request",
    "truth_check": "coverage.truth_of",
}
