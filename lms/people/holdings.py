"""Everything that is held about somebody, told table by table, for themselves to take along.

Each room offers what its tables hold (``lms.people.offers.holdings``).  Law No. 91/2025/QH15 lets
everybody see what is kept about them and have a copy.
"""
from decimal import Decimal
from functools import reduce
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel import audit
from lms.kernel.audit import AuditAbout, AuditEntry
from lms.kernel.db import ask, db
from lms.kernel.i18n import _l, last_day, named, partial_day
from lms.people.models import ErasureRequest, Import, Membership, Person, PersonLink, Posting
from lms.people.offers import holdings


class Column(NamedTuple):
    """A column of what is told: its key for machines, its word, how a row tells it (where nothing
    is said the row has it under the key), and for readers the words of the codes it tells, or
    how they write it.
    """

    key: str
    word: object
    tell: object = None
    words: dict | None = None
    written: object = None

    def of(self, row):
        """What ``row`` tells: a text, a number, a truth, a day, a moment or None."""
        value = self.tell(row) if self.tell else getattr(row, self.key)
        return float(value) if isinstance(value, Decimal) else value

    def shown(self, row):
        """What ``row`` tells its readers: a code as its word, a birth as they write it."""
        value = self.of(row)
        if self.written:
            return self.written(value)
        return str(self.words[value]) if self.words and value in self.words else value


class Holding(NamedTuple):
    """What one table holds about people: ``about`` takes ids and gives the SQL condition that a row
    is about one of them; ``along`` are the relationships that the columns look at, each alone or
    with those that go on from it; ``file`` tells the StoredFile of a row that is the person's own.
    """

    model: type
    title: object
    about: object
    columns: tuple
    along: tuple = ()
    file: object = None

    @property
    def name(self):
        """The name of the table."""
        return self.model.__tablename__

    def rows(self, ids):
        """The rows about the people ``ids``, in the order in which they were entered."""
        keys = self.model.__mapper__.primary_key
        return db.session.scalars(
            select(self.model).where(self.about(ids)).order_by(*keys)
            .options(*map(_joined, self.along))).unique().all()

    def count(self, ids):
        """How many rows are about the people ``ids``."""
        return ask(select(func.count()).select_from(self.model).where(self.about(ids))).scalar()


class Traces(Holding):
    """What the trail holds, each entry with the name of who did it."""

    def rows(self, ids):
        """The rows about the people ``ids``, as named tuples, in one statement."""
        return ask(
            select(AuditEntry.at, AuditEntry.verb, AuditEntry.details,
                   Person.full_name.label("by"))
            .outerjoin(Person, Person.id == AuditEntry.by_id)
            .where(self.about(ids)).order_by(AuditEntry.id)).all()


def _joined(along):
    first, *further = along if isinstance(along, tuple) else (along,)
    return reduce(lambda path, one: path.joinedload(one), further, joinedload(first))


def by_person(model):
    """The condition of a table whose rows have a ``person_id``."""
    return lambda ids: model.person_id.in_(ids)


#: Words that many tables share.
UNIT, REASON, COURSE, MARK = _l("Unit"), _l("Reason"), _l("Course"), _l("Mark")
RECORDED = (Column("valid_from", _l("From the day")),
            Column("last_day", _l("Up to the day"), lambda row: last_day(row.valid_to)),
            Column("recorded_at", _l("Recorded")), Column("superseded_at", _l("Corrected")))
ASKED = (Column("asked_at", _l("Asked")), Column("decided_at", _l("Decided")),
         Column("answer", _l("Answer")))


def unit_of(row):
    """The name of the unit of ``row``."""
    return named(row.unit) if row.unit else None


def _trail(ids):
    """What they did, and what was done about them."""
    return or_(AuditEntry.by_id.in_(ids), AuditEntry.id.in_(
        select(AuditAbout.entry_id).where(AuditAbout.person_id.in_(ids))))


OWN = (
    Holding(Person, _l("Person"), lambda ids: Person.id.in_(ids), (
        Column("key", _l("Staff code")), Column("full_name", _l("Full name")),
        Column("birth", _l("Date or year of birth"), written=partial_day),
        Column("gender", _l("Gender"), words={"f": _l("Female"), "m": _l("Male")}),
        Column("phone", _l("Phone")), Column("email", _l("E-mail")))),
    Holding(Posting, _l("Posts"), by_person(Posting), (
        Column("unit", UNIT, unit_of), Column("title", _l("Job title")),
        Column("main", _l("Main post")), *RECORDED), (Posting.unit,)),
    Holding(Membership, _l("Groups"), by_person(Membership), (
        Column("group", _l("Group"), lambda row: named(row.group)), *RECORDED),
        (Membership.group,)),
    Holding(PersonLink, _l("Linked records"),
            lambda ids: or_(PersonLink.main_id.in_(ids), PersonLink.other_id.in_(ids)), (
                Column("linked_at", _l("Linked")), Column("parted_at", _l("Parted")))),
    Holding(ErasureRequest, _l("Requests to erase"), by_person(ErasureRequest), (
        *ASKED[:2], Column("reason", REASON))),
    Holding(Import, _l("Lists uploaded"), lambda ids: Import.by_id.in_(ids), (
        Column("name", _l("File"), lambda row: row.file.name),
        Column("uploaded_at", _l("Uploaded")), Column("confirmed_at", _l("Confirmed"))),
        (Import.file,)),
)
#: The trail comes last: it is the longest.
TRAIL = Traces(AuditEntry, _l("Trail of changes"), _trail, (
    Column("at", _l("When")),
    Column("what", _l("What was done"), lambda row: str(audit.words.get(row.verb, row.verb))),
    Column("by", _l("Who did it")),
    Column("reason", REASON, lambda row: row.details.get("reason") or row.details.get("why"))))


def own_holdings():
    """What people hold."""
    return OWN


def all_holdings():
    """What all rooms hold, room by room."""
    return [one for several in holdings.of() for one in several] + [TRAIL]


def ids_of(person):
    """The ids of ``person`` and of the records that were linked to theirs."""
    return [person.id, *ask(select(Person.id).where(Person.main_id == person.id)).scalars()]


def counts_of(person):
    """[(title, how many rows)] of everything held about ``person``, one statement for each table;
    without those that hold nothing.
    """
    ids = ids_of(person)
    return [(one.title, count) for one in all_holdings() if (count := one.count(ids))]
