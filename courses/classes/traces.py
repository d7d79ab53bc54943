"""What the trail says of what is done here: classes."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "class opened": _l("class opened"),
    "class changed": _l("class changed"),
    "class cancelled": _l("class cancelled"),
    "session added": _l("session added"),
    "session changed": _l("session changed"),
    "session removed": _l("session removed"),
    "trainer added": _l("trainer added"),
    "trainer removed": _l("trainer removed"),
    "quota set": _l("quota set"),
    "people nominated": _l("people nominated"),
    "enrolment withdrawn": _l("enrolment withdrawn"),
    "attendance marked": _l("attendance marked"),
    "marks entered": _l("marks entered"),
    "title of lecturer set": _l("title of lecturer set"),
    "class told": _l("class told something"),
    "costs entered": _l("costs entered"),
    "class closed": _l("class closed"),
}
#: What was acted on, by its table, and the page that shows it.
PLACES = {
    "course_class": "classes.show",
}
