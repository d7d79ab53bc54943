"""What the trail says of what is done here."""
from lms.kernel.i18n import _l

#: A verb as the trail keeps it, and its words.
VERBS = {"verification of the trail asked": _l("verification of the trail asked for")}
