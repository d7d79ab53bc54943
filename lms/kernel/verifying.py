"""Verifying the trail: every seal rests on the one before, every entry is as it was sealed, and no
checkpoint tells of more than the database knows.
"""
import json
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import func, select

from lms.kernel.audit import REWRITTEN, AuditEntry, as_kept, fingerprint, key_of_seals
from lms.kernel.checkpoints import files, lines_of
from lms.kernel.db import ask, db
from lms.kernel.i18n import _
from lms.kernel.sealing import (
    LENGTH,
    NOTHING,
    AuditSeal,
    head_of,
    mark_of,
    open_span,
    signed,
)

#: So many seals, and entries, are read at a time; so many faults are named.
SEALS, ENTRIES, NAMED = 50, 5_000, 20
EMPTY = bytes(LENGTH)
#: Stands for what somebody wrote into a table past the program, and nobody can read.
UNREADABLE = ()


class Fault(NamedTuple):
    """Something that is not as it was sealed: one of the words below, with where it lies."""

    kind: str
    entry: int | None = None
    seal: int | None = None
    last: int | None = None
    place: str = ""

    def sentence(self):
        """What is wrong and where, in the reader's language."""
        # Under these names numbers of rows are no counts and have no separators.
        return _WORDS[self.kind]({"key": self.entry, "number": self.seal, "n": self.last,
                                  "place": self.place})


_WORDS = {
    "changed": lambda told: _("Entry %(key)s of the trail was changed after it was sealed.",
                              **told),
    "removed": lambda told: _("Entry %(key)s of the trail was removed after it was sealed.",
                              **told),
    "inserted": lambda told: _("Entry %(key)s of the trail was put in afterwards, among entries "
                               "that were sealed.", **told),
    "seal": lambda told: _("Seal %(number)s was changed; it covers the entries %(key)s to "
                           "%(n)s of the trail.", **told),
    "no seal": lambda told: _("Seal %(number)s is missing.", **told),
    "key": lambda told: _("Seal %(number)s was made with another key than the one of this system "
                          "(LMS_AUDIT_KEY_FILE). Put the right key in its place, and verify again.",
                          **told),
    "older": lambda told: _("The checkpoint in %(place)s tells of seal %(number)s, the database "
                            "ends at seal %(n)s: its end was cut off, or an older copy was put "
                            "back.",
                            **told),
    "other": lambda told: _("Seal %(number)s is another one than the checkpoint in %(place)s tells "
                            "of: the trail was sealed anew.", **told),
    "unreadable": lambda told: _("The checkpoint in %(place)s is damaged or not of this system.",
                                 **told),
}


class Verdict(NamedTuple):
    """What verifying found: the faults, the first one first; how many entries are under how many
    seals, how many wait for theirs, and how many checkpoints agree.
    """

    faults: list
    entries: int
    seals: int
    waiting: int
    checkpoints: int


class _Chain:
    """The seals read from the first to the last, and what they tell of each entry."""

    def __init__(self, secret, wanted):
        self.secret, self.wanted, self.heads = secret, wanted, {}
        self.number = self.total = self.last_id = 0
        self.head, self.fault = NOTHING, None
        #: The fingerprint of each id, at its place; nothing where none is sealed.
        self.digests = bytearray()

    def read(self):
        """Read until the end, or until a seal does not hold."""
        for part in _parts(self._after, SEALS):
            if part is UNREADABLE:
                self.fault = Fault("seal", self.last_id + 1, self.number + 1, self.last_id + 1)
            for seal in part:
                self.fault = self.fault or self._wrong_in(seal)
                if self.fault is None:
                    self._take(seal)
                db.session.expunge(seal)
            if self.fault:
                break

    def _after(self, size):
        return db.session.scalars(select(AuditSeal).where(AuditSeal.number > self.number)
                                  .order_by(AuditSeal.number).limit(size)).all()

    def _wrong_in(self, seal):
        if seal.number != self.number + 1:
            return Fault("no seal", seal=self.number + 1)
        if seal.key != mark_of(self.secret):
            return Fault("key", seal=seal.number)
        if seal.head != head_of(seal, self.head) or seal.mac != signed(self.secret, seal.head):
            return Fault("seal", _first_of(seal), seal.number, seal.last_id)
        return None

    def _take(self, seal):
        # It holds, so what it says was written by us.
        self.number, self.head, self.total = seal.number, seal.head, seal.total
        self.last_id = seal.last_id
        if seal.number in self.wanted:
            self.heads[seal.number] = seal.head
        self.digests.extend(bytes(LENGTH * (seal.last_id + 1) - len(self.digests)))
        taken = 0
        for first, last in seal.ranges:
            size = LENGTH * (last - first + 1)
            self.digests[LENGTH * first:LENGTH * (last + 1)] = seal.digests[taken:taken + size]
            taken += size

    def digest_of(self, key):
        """The fingerprint under which the entry ``key`` was sealed; EMPTY where it was not."""
        return self.digests[LENGTH * key:LENGTH * (key + 1)] if 0 < key <= self.last_id else EMPTY

    def sealed_between(self, before, after):
        """The ids of sealed entries above ``before`` and below ``after``, the first few."""
        start, end = max(before, 0) + 1, min(after, self.last_id + 1)
        if start >= end or not any(self.digests[LENGTH * start:LENGTH * end]):
            return []
        return [key for key in range(start, end) if self.digest_of(key) != EMPTY][:NAMED]


def _first_of(seal):
    try:
        return seal.first_entry
    except (TypeError, ValueError):
        return None


class _Look:
    """All entries compared with what is sealed of them."""

    def __init__(self, secret, chain):
        self.secret, self.chain = secret, chain
        self.faults, self.differing, self.rewritten = [], {}, {}
        self.waiting, self.last = 0, None
        self.below, _ranges = open_span()

    def read(self, so_far):
        """Read every entry there is; ``so_far`` as of ``verify``."""
        read = 0
        for part in _parts(self._after, ENTRIES):
            so_far(min(read, self.chain.total), self.chain.total)
            read += len(part)
            if part is UNREADABLE:
                self._pass_unreadable()
            for row in part:
                self._removed(row.id)
                self._compare(row)
                self.last = row.id
        self._removed(self.chain.last_id + 1)

    def _after(self, size):
        return ask(self._beyond(as_kept()).order_by(AuditEntry.id).limit(size)).all()

    def _beyond(self, statement):
        return statement if self.last is None else statement.where(AuditEntry.id > self.last)

    def _pass_unreadable(self):
        """The next entry holds something that is none."""
        key = ask(self._beyond(select(func.min(AuditEntry.id)))).scalar()
        self._removed(key)
        self.differing[key], self.last = EMPTY, key

    def _removed(self, after):
        self.faults += [Fault("removed", key)
                        for key in self.chain.sealed_between(self.last or 0, after)]

    def _compare(self, row):
        sealed = self.chain.digest_of(row.id)
        if sealed == EMPTY and row.id > self.below:
            self.waiting += 1
        elif sealed == EMPTY:
            self.faults.append(Fault("inserted", row.id))
        elif sealed != (found := self._found(row)):
            self.differing[row.id] = found
        if f'"{REWRITTEN}"' in row.details:
            self._note_rewritten(row)

    def _found(self, row):
        try:
            return fingerprint(self.secret, row)
        except TypeError:  # A column holds what the program never writes.
            return EMPTY

    def _note_rewritten(self, row):
        with suppress(ValueError, AttributeError, TypeError):
            self.rewritten |= json.loads(row.details).get(REWRITTEN)

    def all_faults(self):
        """The faults by the ids of their entries.  What a trace says of an entry that was rewritten
        since counts where it fits: nobody can make such a fingerprint without the key.
        """
        changed = [Fault("changed", key) for key, found in self.differing.items()
                   if self.rewritten.get(str(key)) != found.hex()]
        return sorted([*self.faults, *changed], key=lambda fault: fault.entry)


def _parts(after, size):
    """What ``after(size)`` reads, part by part until the end.  Where the database gives something
    that cannot be read, one by one, and UNREADABLE in the place of what it is.
    """
    while True:
        try:
            part = after(size)
        except (TypeError, ValueError):
            if size > 1:
                size = 1
                continue
            part = UNREADABLE
        yield part
        if part is not UNREADABLE and len(part) < size:
            return


def verify(paths=None, so_far=lambda done, total: None):
    """Verify the whole trail, and that it agrees with every checkpoint in the files ``paths``
    (None: those of the folder); gives the Verdict.  It only reads.

    ``so_far`` hears how far it has come: how many entries were compared, of how many under a seal.
    """
    secret = key_of_seals()
    points = list(lines_of(files() if paths is None else paths))
    chain = _Chain(secret, {point.seal for _place, _number, point in points if point})
    chain.read()
    faults = [fault for name, number, point in points
              if (fault := _against(chain, point, f"{name}:{number}"))]
    agreed = len(points) - len(faults)
    if chain.fault:
        return Verdict([chain.fault, *faults][:NAMED], 0, chain.number, 0, agreed)
    look = _Look(secret, chain)
    look.read(so_far)
    return Verdict([*look.all_faults(), *faults][:NAMED], chain.total, chain.number, look.waiting,
                   agreed)


def _against(chain, point, place):
    """What is wrong between the seals and a checkpoint that stands at ``place``."""
    if point is None or point.by(chain.secret).mac != point.mac:
        return Fault("unreadable", place=place)
    if point.seal > chain.number:
        # Behind a seal that does not hold nothing was read, and nothing is said of it.
        return None if chain.fault else Fault(
            "older", seal=point.seal, last=chain.number, place=place)
    if chain.heads[point.seal] != point.head:
        return Fault("other", seal=point.seal, place=place)
    return None
