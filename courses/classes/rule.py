"""The rule of a class: who passes, worked out from plain values."""
import re
from dataclasses import dataclass
from decimal import Decimal

#: Marks of attendance that count as having been there: somebody who came late was there.
ATTENDED = ("present", "late")
EXCUSED = "excused"
MARK = re.compile(r"[0-9]{1,3}([.,][0-9]{1,2})?")
HIGHEST = 100


@dataclass(frozen=True)
class Outlook:
    """How somebody stands in a class: sessions attended of all, the mark, what is missing."""

    attended: int
    excused: int
    sessions: int
    unmarked: int
    mark: Decimal | None
    mark_missing: bool
    passed: bool
    #: Whether coming to every session still to be marked would make attendance enough.
    reachable: bool

    @property
    def percent(self):
        """Per cent of the sessions attended, rounded down, so that 79.9 is not shown as 80."""
        return self.attended * 100 // self.sessions if self.sessions else 0

    @property
    def marked(self):
        """How many sessions have been marked for them."""
        return self.sessions - self.unmarked

    @property
    def settled(self):
        """Whether nothing is missing for the result."""
        return not self.unmarked and not self.mark_missing


def outlook(marks, sessions, mark, attendance_min, pass_mark):
    """How a participant stands, given ``marks`` (one a session marked) out of ``sessions``.

    Attendance is enough at ``attendance_min`` per cent of all sessions: an excused absence is
    told apart but was no presence.  A mark is asked for where ``pass_mark`` is set.
    """
    attended = sum(word in ATTENDED for word in marks)
    unmarked = sessions - len(marks)
    needed = attendance_min * sessions
    enough = sessions > 0 and attended * 100 >= needed
    marked = pass_mark is None or (mark is not None and mark >= pass_mark)
    return Outlook(
        attended=attended, excused=sum(word == EXCUSED for word in marks), sessions=sessions,
        unmarked=unmarked, mark=mark, mark_missing=pass_mark is not None and mark is None,
        passed=enough and marked, reachable=(attended + unmarked) * 100 >= needed)


def read_mark(text):
    """A mark out of 100 as typed, comma or point, two decimals at most; None for nothing.

    Raises ValueError for anything else: a mark is never rounded over the line.
    """
    text = str(text if text is not None else "").strip()
    if not text:
        return None
    if not MARK.fullmatch(text):
        raise ValueError(text)
    mark = Decimal(text.replace(",", "."))
    if mark > HIGHEST:
        raise ValueError(text)
    return mark
