"""What the trail says of what is done here: people and lists."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "person entered": _l("person entered"),
    "person changed": _l("person changed"),
    "person posted": _l("person posted"),
    "person left": _l("person left"),
    "post ended": _l("post ended"),
    "called off": _l("called off before it began"),
    "goes on": _l("goes on after all"),
    "group joined": _l("group joined"),
    "group left": _l("group left"),
    "list uploaded": _l("list uploaded"),
    "cells corrected": _l("cells corrected"),
    "columns corrected": _l("columns corrected"),
    "units told": _l("units told"),
    "list imported": _l("list imported"),
    "import undone": _l("import undone"),
    "staff changes recorded": _l("staff changes recorded"),
    "erasure asked": _l("erasure asked"),
    "erasure declined": _l("erasure declined"),
    "erasure taken back": _l("erasure taken back"),
    "person erased": _l("person erased"),
    "data taken out": _l("data taken out"),
    "mention settled": _l("mention settled"),
    "mention opened again": _l("mention opened again"),
    "people linked": _l("people linked"),
    "people parted": _l("people parted"),
    "people told apart": _l("people told apart"),
    "group rule set": _l("group rule set"),
    "group rule ended": _l("group rule ended"),
}
#: What was acted on, by its table, and the page that shows it.
PLACES = {
    "person": "people.show",
}
