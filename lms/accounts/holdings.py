"""What is held of somebody's account, its sessions and their roles; never a password or a code."""
from sqlalchemy import select

from lms.accounts.models import Account, SignIn
from lms.accounts.role_names import ROLE_NAMES
from lms.kernel.i18n import _l
from lms.people.holdings import RECORDED, UNIT, Column, Holding, by_person, unit_of
from lms.people.models import Role


def _sessions(ids):
    return SignIn.account_id.in_(select(Account.id).where(Account.person_id.in_(ids)))


OWN = (
    Holding(Account, _l("Account"), by_person(Account), (
        Column("username", _l("User name")), Column("made_at", _l("Made")),
        Column("closed_at", _l("Closed")))),
    Holding(SignIn, _l("Devices signed in on"), _sessions, (
        Column("begun_at", _l("Begun")), Column("ended_at", _l("Ended")),
        Column("device", _l("Device")), Column("address", _l("Address")),
        Column("shared", _l("Shared computer")))),
    Holding(Role, _l("Roles"), by_person(Role), (
        Column("role", _l("Role"), lambda row: str(ROLE_NAMES[row.kind])),
        Column("unit", UNIT, unit_of), *RECORDED[:2]), (Role.unit,)),
)


def own_holdings():
    """What accounts hold."""
    return OWN
