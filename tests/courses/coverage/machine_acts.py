"""What the machine does to units: acts of days gone by and to come, taken back and undone."""
from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Unit
from lms.people.models import Posting

from courses.reorganisation.actions import reorganise, take_back, take_effect
from courses.reorganisation.models import (
    DISSOLVE,
    MERGE,
    MOVE,
    RENAME,
    SPLIT,
    TRANSFER,
    Reorganisation,
)
from courses.reorganisation.plan import Heir, Plan
from courses.reorganisation.queries import waiting_acts
from courses.reorganisation.undoing import undo
from tests.courses.coverage.machine_beforehand import Beforehand
from tests.courses.coverage.told import rows_told

#: Which of those there are.  Few, so that things meet.
PICK = st.integers(0, 7)


class Acts(Beforehand):
    """Units are reorganised, at once or on a day to come."""

    @rule(days=st.integers(0, 6))
    def time_passes(self, days):
        """Some days later, somebody comes to work again; acts whose day has come were done."""
        self.clock_of.pass_by(days=days)
        waited = len(waiting_acts(clock.today()))
        take_effect()
        assert waiting_acts(clock.today()) == []
        self.done += waited

    @rule(kind=st.sampled_from([MERGE, MERGE, SPLIT, RENAME, DISSOLVE, MOVE, TRANSFER]),
          unit=PICK, other=PICK, days=st.integers(-20, 6), turns=st.integers(0, 3))
    def reorganise(self, kind, unit, other, days, turns):
        """An act, with people sent one here and one there by a split; one of a day to come
        changes nothing before."""
        on = self.day(days)
        source, heir = self.some(Unit, unit), self.some(Unit, other)
        new = [Heir(name_vi=f"Đơn vị mới {n}") for n in (1, 2)]
        heirs = {MERGE: [Heir(unit=heir)], SPLIT: [Heir(unit=heir), new[0]] if turns % 2 else new,
                 RENAME: new[:1], TRANSFER: [Heir(unit=heir)]}.get(kind, [])
        posts = db.session.scalars(select(Posting.id).where(
            Posting.unit_id == source.id, Posting.known_at()).order_by(Posting.id)).all()
        people = {key: (n + turns) % 2 for n, key in enumerate(posts)} if kind == SPLIT else {}
        if kind == TRANSFER:
            people = {key: 0 for n, key in enumerate(posts) if (n + turns) % 2}
        before = believed()
        act = self.do(reorganise, Plan(
            kind=kind, sources=[source], on=on, heirs=heirs, act="QĐ 1", people=people,
            parent=heir if kind == MOVE else None))
        self.as_before(act, before)
        if on > clock.today():
            assert believed() == before

    @rule(back=st.integers(1, 2))
    def take_an_act_back(self, back):
        """An act that waits for its day is taken back."""
        before = believed()
        self.do(take_back, self.some(Reorganisation, -back, Reorganisation.waiting()))
        assert believed() == before

    @rule(back=st.integers(1, 2))
    def undo_an_act(self, back):
        """An act of today is taken back, if nothing rests on it: the last, or the one before."""
        self.take_away(undo, self.some(
            Reorganisation, -back, Reorganisation.undone_at.is_(None),
            Reorganisation.done_at.is_not(None)))


def believed():
    """What is believed now, without the facts that hold on no day, in an order of its own."""
    return sorted(
        (name, *(str(value) for column, value in row.items() if column != "recorded_at"))
        for name, rows in rows_told().items() for row in rows
        if not row.get("superseded_at") and row.get("valid_from") != row.get("valid_to", ""))
