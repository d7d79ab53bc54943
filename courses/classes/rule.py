"""The rule of a class: who passes, worked out from plain numbers."""
from dataclasses import dataclass
from decimal import Decimal

#: Marks of attendance that count as having been there.
THERE = ("present", "late")


@dataclass(frozen=True)
class Outlook:
    """How somebody stands in a class: sessions attended of all, the mark, what is missing."""

    attended: int
    sessions: int
    unmarked: int
    mark: Decimal | None
    mark_missing: bool
    passed: bool

    @property
    def percent(self):
        """Per cent of the sessions attended, rounded down, so that 79.9 is not shown as 80."""
        return self.attended * 100 // self.sessions if self.sessions else 0

    @property
    def settled(self):
        """Whether nothing is missing for the result."""
        return not self.unmarked and not self.mark_missing


def outlook(marks, sessions, mark, attendance_min, pass_mark):
    """How a participant stands, given ``marks`` (one a session marked) out of ``sessions``.

    Attendance is enough at ``attendance_min`` per cent of all sessions; a mark is asked
    for where ``pass_mark`` is set.
    """
    attended = sum(word in THERE for word in marks)
    enough = sessions > 0 and attended * 100 >= attendance_min * sessions
    marked = pass_mark is None or (mark is not None and mark >= pass_mark)
    return Outlook(attended, sessions, sessions - len(marks), mark,
                   pass_mark is not None and mark is None, enough and marked)
