"""What the kinds of units are called."""
from lms.kernel.i18n import _l

#: The kind of unit that gathers others in lists and figures; nobody signs or reports in its name.
BLOCK = "block"

KINDS = {
    "province": _l("Province"), BLOCK: _l("Block of units"), "agency": _l("Agency"),
    "department": _l("Department"), "office": _l("Office"), "district": _l("District"),
    "commune": _l("Commune"), "ward": _l("Ward"), "press": _l("Press agency"),
    "force": _l("Armed forces"), "organisation": _l("Mass organisation"),
    "network": _l("Network of collaborators"), "school": _l("School"),
}


def kind_word(kind):
    """The word for a kind of unit; one nobody named yet stands for itself."""
    return KINDS.get(kind, kind)
