"""What the trail says of what is done here: units and acts."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "units reorganised": _l("units reorganised"),
    "act entered ahead": _l("act entered that takes effect on a later day"),
    "act taken back": _l("act taken back before its day"),
    "act not done": _l("act that could not be done on its day"),
    "reorganisation undone": _l("reorganisation undone"),
    "unit entered": _l("unit entered"),
    "unit described": _l("unit described"),
}
#: What was acted on, by its table, and the page that shows it.
PLACES = {
    "reorganisation": "reorganisation.show",
    "unit": "organisations.unit",
}
