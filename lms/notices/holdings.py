"""What is held of messages and letters to somebody."""
from sqlalchemy import select

from lms.kernel.i18n import _l, language
from lms.kernel.mail import Letter
from lms.notices.models import Notice
from lms.people.holdings import Column, Holding, by_person
from lms.people.models import Person


def _to(ids):
    return Letter.to.in_(select(Person.email).where(Person.id.in_(ids), Person.email != ""))


OWN = (
    Holding(Notice, _l("Messages"), by_person(Notice), (
        Column("told_at", _l("Told")), Column("read_at", _l("Read")),
        Column("text", _l("Text"), lambda row: row.text_in(language())))),
    Holding(Letter, _l("Letters"), _to, (
        Column("posted_at", _l("Written")), Column("sent_at", _l("Sent")),
        Column("to", _l("To")), Column("subject", _l("Subject")), Column("body", _l("Text")))),
)


def own_holdings():
    """What messages hold."""
    return OWN
