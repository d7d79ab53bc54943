"""What the trail says of what is done here: courses."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "course created": _l("course created"),
    "course changed": _l("course changed"),
    "draft begun": _l("draft begun"),
    "draft thrown away": _l("draft thrown away"),
    "step added": _l("step added"),
    "step changed": _l("step changed"),
    "step moved": _l("step moved"),
    "step removed": _l("step removed"),
    "picture kept": _l("picture kept"),
    "version published": _l("version published"),
    "course withdrawn": _l("course withdrawn"),
    "course offered again": _l("course offered again"),
    "author added": _l("author added"),
    "author removed": _l("author removed"),
}
