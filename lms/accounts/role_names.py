"""The roles as readers call them."""
from lms.kernel.i18n import _l
from lms.people.models import AUDITOR, CONTACT, MANAGER, OFFICER, TRAINER

ROLE_NAMES = {
    OFFICER: _l("Training officer"),
    MANAGER: _l("Head of unit"),
    CONTACT: _l("Contact person"),
    TRAINER: _l("Trainer"),
    AUDITOR: _l("Auditor"),
}
