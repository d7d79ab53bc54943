"""What the trail says of what is done here: certificates."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {
    "certificate issued": _l("certificate issued"),
    "certificate corrected": _l("certificate corrected"),
    "certificate revoked": _l("certificate revoked"),
    "certificate put under review": _l("certificate put under review"),
    "certificate upheld": _l("certificate upheld"),
    "review of certificate ended": _l("review of certificate ended"),
    "issuer set": _l("issuer set"),
}
#: What was acted on, by its table, and the page that shows it.
PLACES = {
    "certificate": "certificates.certificate",
}
