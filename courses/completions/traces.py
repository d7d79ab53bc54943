"""What the trail says of what is done here: learning and results."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "course begun": _l("course begun"),
    "step done": _l("step done"),
    "step taken back": _l("step taken back"),
    "step undone": _l("step undone"),
    "step marked again": _l("step marked again"),
    "steps joined": _l("steps joined"),
    "steps parted": _l("steps parted"),
    "course completed": _l("course completed"),
    "completion revoked": _l("completion revoked"),
    "studies moved": _l("studies moved"),
    "learning elsewhere handed in": _l("learning elsewhere handed in"),
    "learning elsewhere accepted": _l("learning elsewhere accepted"),
    "learning elsewhere refused": _l("learning elsewhere refused"),
}
