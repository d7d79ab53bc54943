"""The trail as somebody may read it: their own acts, what was done about the people they follow and
in the classes they teach; officers and auditors all of it (authorisation matrix, row 57).
"""
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select, true, union

from lms.kernel import audit, clock
from lms.kernel.audit import AuditAbout, AuditEntry
from lms.kernel.db import ask, db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, named
from lms.kernel.text import fold
from lms.organisations.models import Unit
from lms.people.models import Person
from lms.people.offers import trail_shares
from lms.people.policies import is_officer, reads_all, scope_of
from lms.people.queries import posted_in

#: So many of the people of an entry are named; the others are counted.
NAMED = 5
#: A workbook holds so many entries at most.
MOST = 20_000
#: What a reader of everything sees no more than the end of: e-mail addresses, long numbers.
PRIVATE = re.compile(r"[\w.+-]+(?=@[\w.-]+)|\d(?:[ .-]?\d){4,}(?=[ .-]?\d{2})")


@dataclass(frozen=True)
class Trace:
    """An entry of the trail as somebody reads it."""

    at: datetime
    #: Who did it; nothing where the system did it by itself.
    who: str
    what: str
    #: (id, name) of people it was about, the id only where their page is open to the reader; and
    #: how many more there are.
    people: list
    more: int
    #: The unit it was about, by name.
    unit: str
    reason: str
    #: The page that shows what was acted on, and its key.
    endpoint: str | None
    key: int


def trail_of(viewer, first=None, last=None, verb="", search=""):
    """The statement of what ``viewer`` may read of the trail, the newest first, by (AuditEntry, the
    name of who did it).

    Narrowed to the days ``first`` to ``last``, to one ``verb``, and to those whose name holds each
    word of ``search``, without marks.
    """
    statement = select(AuditEntry, Person.full_name).outerjoin(
        Person, Person.id == AuditEntry.by_id).order_by(
            AuditEntry.at.desc(), AuditEntry.id.desc())
    if not reads_all(viewer):
        statement = statement.where(AuditEntry.id.in_(_open_to(viewer)))
    if first:
        statement = statement.where(AuditEntry.at > clock.end_of(first - timedelta(days=1)))
    if last:
        statement = statement.where(AuditEntry.at <= clock.end_of(last))
    if verb:
        statement = statement.where(AuditEntry.verb == verb)
    return statement.where(*(Person.fold.contains(word, autoescape=True)
                             for word in fold(search).split()))


def _open_to(viewer):
    """The SQL query for the ids of the entries that ``viewer`` reads, who does not read all.

    Each part goes by an index: it costs what they may read, not what there is.
    """
    parts = [select(AuditEntry.id).where(AuditEntry.by_id == viewer.id)]
    if scope_of(viewer):
        parts.append(
            select(AuditEntry.id).join(AuditAbout, AuditAbout.entry_id == AuditEntry.id)
            .where(AuditAbout.person_id.in_(select(Person.id).where(_followed_by(viewer))),
                   AuditEntry.verb.in_(sorted(audit.about_people))))
    parts += [select(AuditEntry.id).where(entries) for entries, _people in trail_shares.of(viewer)]
    return union(*parts)


def _followed_by(viewer):
    """The SQL condition that ``viewer`` follows a person, or the one to whom a record was linked.
    """
    if reads_all(viewer):
        return true()
    here = posted_in(scope_of(viewer), clock.today())
    return or_(Person.id.in_(here), and_(Person.main_id.is_not(None), Person.main_id.in_(here)))


def verbs_for(viewer):
    """(verb, its words) for each act that ``viewer`` may find in the trail, in the order of words.
    """
    verbs = audit.words if reads_all(viewer) else ask(
        select(AuditEntry.verb).where(AuditEntry.id.in_(_open_to(viewer))).distinct()).scalars()
    return sorted(((verb, str(audit.words.get(verb, verb))) for verb in verbs),
                  key=lambda pair: fold(pair[1]))


def traces(rows, viewer):
    """``rows`` of ``trail_of`` as Traces, in three statements: names only of those whom ``viewer``
    may see today, numbers and addresses in reasons covered for an auditor.
    """
    people, units = _people_in(rows, viewer), _units_in(rows)
    covers = reads_all(viewer) and not is_officer(viewer)
    return [_trace(entry, who, people.get(entry.id, ([], 0)), units, covers)
            for entry, who in rows]


def _trace(entry, who, people, units, covers):
    table, _colon, key = entry.subject.partition(":")
    reason = entry.details.get("reason") or entry.details.get("why") or ""
    unit = units.get(_unit_told(entry))
    return Trace(
        at=entry.at, who=who or "", what=str(audit.words.get(entry.verb, entry.verb)),
        people=people[0], more=people[1] - len(people[0]),
        unit=named(unit) if unit else "",
        reason=covered(reason) if covers else reason,
        endpoint=None if table == "person" else audit.pages.get(table), key=int(key))


def covered(text):
    """``text`` without e-mail addresses and long numbers, but for their end."""
    return PRIVATE.sub("•••", text)


def _people_in(rows, viewer):
    """entry id → ([(id, name) of the first few], how many): whom ``viewer`` may see of those whom
    the entry is about.
    """
    place = func.row_number().over(partition_by=AuditAbout.entry_id,
                                   order_by=(Person.sort_key, Person.id))
    found = select(
        AuditAbout.entry_id, func.coalesce(Person.main_id, Person.id).label("person"),
        Person.full_name, _followed_by(viewer).label("followed"), place.label("place"),
        func.count().over(partition_by=AuditAbout.entry_id).label("count"),
    ).join(Person, Person.id == AuditAbout.person_id).where(
        AuditAbout.entry_id.in_([entry.id for entry, _who in rows]), or_(
            _followed_by(viewer), Person.id == viewer.id,
            *(people for _entries, people in trail_shares.of(viewer)))).subquery()
    people = {}
    for row in ask(select(found).where(found.c.place <= NAMED).order_by(
            found.c.entry_id, found.c.place)):
        several, _count = people.setdefault(row.entry_id, ([], row.count))
        several.append((row.person if row.followed else None, row.full_name))
    return people


def _units_in(rows):
    """What entries say of a unit, its id or its key → the Unit."""
    told = {_unit_told(entry) for entry, _who in rows}
    keys = [one for one in told if isinstance(one, str)]
    ids = [one for one in told if isinstance(one, int)]
    found = {}
    for unit in db.session.scalars(select(Unit).where(or_(Unit.id.in_(ids), Unit.key.in_(keys)))):
        found |= {unit.id: unit, unit.key: unit}
    return found


def _unit_told(entry):
    unit = entry.details.get("unit")
    return unit if isinstance(unit, int | str) else None


def traces_for_file(viewer, **narrowed):
    """All Traces that ``trail_of`` gives, for a workbook; refused where they are too many."""
    rows = db.session.execute(trail_of(viewer, **narrowed).limit(MOST + 1)).all()
    if len(rows) > MOST:
        raise Refusal(_("These are more entries than one workbook holds (%(most)s). Choose fewer "
                        "days, or one kind of act.", most=MOST))
    return traces(rows, viewer)
