"""Seals over the trail of what was done: each holds the fingerprints of some entries and rests on
the seal before it, so that nothing sealed is changed, removed or put in between unnoticed.

Acts write their entries as ever; once a minute whoever runs the jobs seals what was committed
since (docs/decisions/0010).
"""
import hmac
import json
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import JSON, func, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import clock
from lms.kernel.audit import AuditEntry, as_kept, fingerprint, key_of_seals
from lms.kernel.db import Base, ask, db
from lms.kernel.locks import advisory_lock
from lms.kernel.transaction import looking

#: A seal covers so many entries at most: more would hold up whoever writes on SQLite.
MOST = 10_000
#: An entry may come so long after others with higher numbers: PostgreSQL gives out the numbers
#: first, and lets an entry be seen when its transaction is committed.
LATE = timedelta(days=1)
#: Bytes of a fingerprint.
LENGTH = 32
#: What the first seal rests on.
NOTHING = "0" * 64


class AuditSeal(Base):
    """A seal over the entries with the ids in ``ranges`` ([[first, last], …]); never changed."""

    __tablename__ = "audit_seal"

    #: 1, 2, 3 … without gaps.
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    ranges: Mapped[list] = mapped_column(JSON)
    #: The highest id sealed so far.
    last_id: Mapped[int]
    #: How many entries this seal covers, and all so far.
    count: Mapped[int]
    total: Mapped[int]
    #: Their fingerprints in the order of the ranges.
    digests: Mapped[bytes]
    #: A fingerprint of the key the head was signed with; the key itself is kept elsewhere.
    key: Mapped[str]
    #: The hash of all this and of the head of the seal before.
    head: Mapped[str]
    #: The signature of the head, by that key.
    mac: Mapped[str]

    @property
    def first_entry(self):
        """The lowest id under this seal."""
        return min(first for first, _last in self.ranges)

    @property
    def last_entry(self):
        """The highest id under this seal."""
        return max(last for _first, last in self.ranges)


def mark_of(secret):
    """A fingerprint of the key ``secret``, 16 letters, which tells keys apart and not the key."""
    return sha256(b"key of the seals:" + secret).hexdigest()[:16]


def head_of(seal, before):
    """The head that ``seal`` must have after a seal with the head ``before``."""
    told = [before, seal.number, seal.at.isoformat(), seal.ranges, seal.last_id, seal.count,
            seal.total, sha256(seal.digests).hexdigest(), seal.key]
    return sha256(json.dumps(told).encode()).hexdigest()


def signed(secret, text):
    """The signature of ``text`` (HMAC-SHA-256, in hexadecimal), which only the ``secret`` makes."""
    return hmac.digest(secret, text.encode(), "sha256").hex()


def last_seal():
    """The newest AuditSeal, or None before the first."""
    return db.session.scalar(select(AuditSeal).order_by(AuditSeal.number.desc()).limit(1))


def seal_what_waits():
    """Seal the entries committed since the last seal, at most MOST; gives how many they were.

    The runner of jobs calls it every minute.  Where nothing waits nobody who writes waits for it.
    """
    with looking():
        if not _waiting(last_seal(), 1):
            return 0
    advisory_lock("audit seal")
    last = last_seal()
    rows = _waiting(last, MOST)
    if rows:
        db.session.add(_seal_over(rows, last))
        db.session.flush()
    return len(rows)


def _seal_over(rows, last):
    secret, ids = key_of_seals(), [row.id for row in rows]
    seal = AuditSeal(
        number=last.number + 1 if last else 1, at=clock.now(), ranges=ranges_of(ids),
        last_id=max(ids[-1], last.last_id if last else 0), count=len(rows),
        total=len(rows) + (last.total if last else 0),
        digests=b"".join(fingerprint(secret, row) for row in rows), key=mark_of(secret))
    seal.head = head_of(seal, last.head if last else NOTHING)
    seal.mac = signed(secret, seal.head)
    return seal


def ranges_of(ids):
    """Ascending ``ids`` as [[first, last], …]."""
    ranges = []
    for key in ids:
        if ranges and ranges[-1][1] == key - 1:
            ranges[-1][1] = key
        else:
            ranges.append([key, key])
    return ranges


def _waiting(last, most):
    """The first ``most`` rows (of ``as_kept``) that no seal covers yet, by their ids."""
    beyond = last.last_id if last else 0
    late = _late(last)
    statement = as_kept().order_by(AuditEntry.id)
    rows = ask(statement.where(AuditEntry.id.in_(late[:most]))).all() if late else []
    return rows + ask(statement.where(AuditEntry.id > beyond).limit(most - len(rows))).all()


def _late(last):
    """The ids of entries that became visible after one with a higher id was sealed."""
    if last is None:
        return []
    below, ranges = open_span()
    span = (AuditEntry.id > below, AuditEntry.id <= last.last_id)
    covered = sum(end - first + 1 for first, end in ranges)
    if ask(select(func.count()).select_from(AuditEntry).where(*span)).scalar() == covered:
        return []
    sealed = set().union(*(range(first, end + 1) for first, end in ranges))
    return [key for key in ask(select(AuditEntry.id).where(*span).order_by(
        AuditEntry.id)).scalars() if key not in sealed]


def open_span():
    """An id above which entries may still come late, and the ranges of ids above it that are
    sealed.
    """
    since = clock.now() - LATE
    # By the index, for there are a thousand seals a day: the last one has the highest ids.
    below = ask(select(AuditSeal.last_id).where(AuditSeal.at <= since).order_by(
        AuditSeal.at.desc(), AuditSeal.number.desc()).limit(1)).scalar() or 0
    return below, [
        [max(first, below + 1), end]
        for ranges in ask(select(AuditSeal.ranges).where(AuditSeal.at > since)).scalars()
        for first, end in ranges if end > below]


def count_waiting():
    """How many entries no seal covers yet, told from the counts alone."""
    total = ask(_of_last(AuditSeal.total)).scalar() or 0
    return max(0, ask(select(func.count()).select_from(AuditEntry)).scalar() - total)


def waiting_since():
    """The moment of the first entry that was made after those under the last seal, and waits for
    the next; None where none does.
    """
    last_id = func.coalesce(_of_last(AuditSeal.last_id).scalar_subquery(), 0)
    return ask(select(AuditEntry.at).where(AuditEntry.id > last_id)
               .order_by(AuditEntry.id).limit(1)).scalar()


def _of_last(column):
    return select(column).order_by(AuditSeal.number.desc()).limit(1)
