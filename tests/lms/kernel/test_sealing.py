"""The trail is sealed: whatever is changed in it past the program is found out."""
import json
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from lms.kernel import audit, checkpoints, clock
from lms.kernel.audit import AuditAbout, AuditEntry
from lms.kernel.db import db
from lms.kernel.sealing import AuditSeal, count_waiting, head_of, ranges_of, seal_what_waits, signed
from lms.kernel.verifying import verify
from lms.people.erasing import ask_erasure, erase
from lms.people.models import Posting

from tests.conftest import MORNING

ENTRY, SEAL = AuditEntry.__table__, AuditSeal.__table__
#: No two acts of these tests are alike.
NUMBERS = count()


@pytest.fixture
def folder(app):
    """The folder of checkpoints, which is empty."""
    return Path(app.config["CHECKPOINTS"])


def act(world, times=1, reason=""):
    """``times`` things that Ân did, each with its trace; the ids of the traces."""
    for _time in range(times):
        audit.record(world.an, "tried", world.an, number=next(NUMBERS), reason=reason)
    db.session.commit()
    return db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)).all()[-times:]


@pytest.fixture
def sealed(world, folder):
    """Six seals, of three entries each but the first, with their checkpoints: the ids of all.

    Whoever forges takes away first what would keep the database from losing an entry.
    """
    db.session.execute(delete(AuditAbout))
    for _time in range(6):
        act(world, 3)
        seal_what_waits()
        db.session.commit()
        checkpoints.keep_checkpoint()
    return db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)).all()


def found():
    """What verifying finds, as sentences."""
    return [fault.sentence() for fault in verify().faults]


def test_what_was_sealed_and_not_touched_is_whole(sealed):
    verdict = verify()

    assert verdict == ([], len(sealed), 6, 0, 6)
    assert verdict.entries > 18


def test_what_was_not_sealed_yet_waits(world, sealed):
    act(world, 4)

    assert verify() == ([], len(sealed), 6, 4, 6)
    assert count_waiting() == 4
    assert seal_what_waits() == 4
    assert seal_what_waits() == 0
    assert verify().waiting == count_waiting() == 0


@pytest.mark.parametrize("change", [
    {"verb": "something else"}, {"subject": "person:1"}, {"by_id": None}, {"details": {}},
    {"at": MORNING - timedelta(microseconds=1)}])
def test_a_changed_entry_is_named_and_only_the_first_counts(sealed, change):
    key = sealed[-5]
    db.session.execute(update(ENTRY).where(ENTRY.c.id == key).values(change))

    assert found() == [f"Mục {key} của nhật ký đã bị sửa sau khi niêm phong."]


def test_a_removed_entry_and_one_that_was_put_in_are_named(sealed):
    first, second = sealed[-9], sealed[0] - 1
    db.session.execute(delete(ENTRY).where(ENTRY.c.id == first))
    db.session.execute(insert(ENTRY).values(
        id=second, at=MORNING, verb="tried", subject="person:1", details={}))

    assert found() == [
        f"Mục {second} của nhật ký được chèn thêm vào giữa các mục đã niêm phong.",
        f"Mục {first} của nhật ký đã bị xóa sau khi niêm phong."]


def cut(seals):
    """Take away the last ``seals`` seals and all entries under them, as an old copy would."""
    last = (db.session.scalar(select(func.max(AuditSeal.number))) or 0) - seals
    kept = db.session.scalar(select(AuditSeal.last_id).where(AuditSeal.number == last)) or 0
    db.session.execute(delete(ENTRY).where(ENTRY.c.id > kept))
    db.session.execute(delete(SEAL).where(SEAL.c.number > last))


def test_a_tail_that_was_cut_off_is_seen_by_the_checkpoints(sealed):
    cut(2)

    assert [fault.sentence().partition(" cho biết ")[2] for fault in verify().faults] == [
        f"niêm phong số {number}, nhưng cơ sở dữ liệu chỉ đến niêm phong số 4: phần cuối đã bị cắt,"
        " hoặc một bản cũ được đưa vào thay." for number in (5, 6)]
    assert verify(paths=[]).faults == []


def test_a_trail_sealed_anew_with_the_right_key_is_another_one(world, sealed):
    cut(1)
    act(world, 3, reason="khác")
    seal_what_waits()
    db.session.expire_all()

    assert ["niêm phong lại" in words for words in found()] == [True]


def test_another_key_is_said_to_be_one(app, sealed, monkeypatch):
    monkeypatch.setitem(app.config, "AUDIT_KEY", "another")

    assert "bằng một khóa khác" in found()[0]


def test_a_checkpoint_cut_off_by_a_power_cut_is_written_anew(sealed, folder):
    path, = folder.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])

    checkpoints.keep_checkpoint()

    assert path.read_bytes() == whole
    assert len(whole.splitlines()) == 6


def test_a_checkpoint_that_was_changed_is_named(sealed, folder):
    path, = folder.iterdir()
    lines = path.read_text().splitlines()
    told = json.loads(lines[2])
    path.write_text("\n".join([*lines[:2], json.dumps(told | {"total": 1}), "?"]) + "\n")

    assert found() == [
        f"Mốc kiểm tra ở {path.name}:{number} bị hỏng hoặc không phải của hệ thống này."
        for number in (3, 4)]


def test_an_entry_that_is_committed_late_is_sealed_with_the_next_ones(world, sealed):
    late = act(world, 2)[0]
    row = db.session.execute(select(ENTRY).where(ENTRY.c.id == late)).one()
    db.session.execute(delete(ENTRY).where(ENTRY.c.id == late))
    seal_what_waits()

    db.session.execute(insert(ENTRY).values(row._asdict()))
    act(world)
    assert verify() == ([], len(sealed) + 1, 7, 2, 6)
    assert seal_what_waits() == 2
    assert verify() == ([], len(sealed) + 3, 8, 0, 6)


def test_nobody_comes_late_by_more_than_a_day(world, sealed, monkeypatch):
    late = act(world, 2)[0]
    db.session.execute(delete(ENTRY).where(ENTRY.c.id == late))
    seal_what_waits()
    monkeypatch.setattr(clock, "source", lambda: MORNING + timedelta(days=2))

    db.session.execute(insert(ENTRY).values(
        id=late, at=MORNING, verb="tried", subject="person:1", details={}))

    assert seal_what_waits() == 0
    assert found() == [f"Mục {late} của nhật ký được chèn thêm vào giữa các mục đã niêm phong."]


def gone(world):
    """Lan left; Ân has asked that what identifies her is erased."""
    db.session.execute(update(Posting).where(Posting.person_id == world.lan.id).values(
        valid_to=date(2026, 11, 1)))
    return ask_erasure(world.lan, "Theo đơn", by=world.an)


def test_erasing_a_name_leaves_the_trail_whole_and_says_what_it_rewrote(world):
    key, = act(world, reason=f"Theo đơn của {world.lan.full_name}")
    seal_what_waits()

    erase(gone(world), by=world.vi)

    assert "Nông Thị Lan" not in str(db.session.execute(select(ENTRY.c.details)).all())
    assert verify().faults == []
    seal_what_waits()
    assert verify().faults == []
    told = db.session.scalars(select(AuditEntry).filter_by(verb="person erased")).one()
    assert list(told.details["rewritten"]) == [str(key)]


def test_what_an_erasure_rewrote_cannot_be_changed_again(world):
    key, = act(world, reason=f"Theo đơn của {world.lan.full_name}")
    seal_what_waits()
    erase(gone(world), by=world.vi)
    seal_what_waits()

    db.session.execute(update(ENTRY).where(ENTRY.c.id == key).values(details={"reason": "khác"}))

    assert found() == [f"Mục {key} của nhật ký đã bị sửa sau khi niêm phong."]


def test_ids_are_kept_as_ranges():
    assert ranges_of([]) == []
    assert ranges_of([1, 2, 3, 7, 9, 10]) == [[1, 3], [7, 7], [9, 10]]


class Forger:
    """Somebody who writes into the database past the program, and knows how it works, but has
    neither its key nor its checkpoints.
    """

    #: What leaves little behind is done last.
    last = ("forge_tail", "forge_last_entries", "forge_all_seals")

    def __init__(self, random, ids):
        self.random, self.ids = random, ids

    def __call__(self):
        """Do one thing or several; gives the words for it."""
        ways = [name for name in dir(self) if name.startswith("forge_")]
        done = self.random.sample(ways, self.random.choice((1, 1, 1, 2)))
        for way in sorted(done, key=self.last.__contains__):
            getattr(self, way)()
        return done

    def one(self):
        """An entry that is still there."""
        return self.random.choice(db.session.scalars(select(ENTRY.c.id)).all())

    def set(self, **values):
        """Change an entry."""
        db.session.execute(update(ENTRY).where(ENTRY.c.id == self.one()).values(values))

    def forge_moment(self):
        """Another time."""
        self.set(at=MORNING - timedelta(seconds=self.random.randint(1, 10 ** 7)))

    def forge_actor(self):
        """Another actor, or none."""
        key = self.one()
        by = db.session.scalar(select(ENTRY.c.by_id).where(ENTRY.c.id == key))
        other = db.session.scalar(text("SELECT id FROM person WHERE id != :by"), {"by": by or 0})
        db.session.execute(update(ENTRY).where(ENTRY.c.id == key).values(by_id=other))

    def forge_verb(self):
        """Another act."""
        self.set(verb=f"tried {self.random.random()}")

    def forge_subject(self):
        """About something else."""
        self.set(subject=f"attempt:{self.random.randint(1, 10 ** 6)}")

    def forge_details(self):
        """Another reason."""
        self.set(details={"reason": str(self.random.random())})

    def forge_removal(self):
        """Some entries less."""
        for _time in range(self.random.randint(1, 4)):
            db.session.execute(delete(ENTRY).where(ENTRY.c.id == self.one()))

    def forge_insertion(self):
        """One more, before all others."""
        db.session.execute(insert(ENTRY).values(
            id=-self.random.randint(1, 1000), at=MORNING, verb="tried", subject="person:1",
            details={}))

    def forge_exchange(self):
        """Two entries change places."""
        one, other = self.random.sample(self.ids, 2)
        for former, new in ((one, -1001), (other, one), (-1001, other)):
            db.session.execute(update(ENTRY).where(ENTRY.c.id == former).values(id=new))

    def forge_tail(self):
        """The end is cut off, or an old copy put back."""
        cut(self.random.randint(1, 6))

    def forge_last_entries(self):
        """The last entries go, their seal stays."""
        db.session.execute(delete(ENTRY).where(ENTRY.c.id > self.ids[-self.random.randint(2, 9)]))

    def forge_seal(self):
        """A field of a seal, with a head that fits and a sign by another key."""
        seal = self.random.choice(db.session.scalars(select(AuditSeal)).all())
        name, value = self.random.choice((
            ("digests", bytes(len(seal.digests))), ("ranges", [[1, 1]]), ("last_id", 1),
            ("count", seal.count + 1), ("total", 0), ("at", MORNING - timedelta(days=3)),
            ("number", seal.number + 100)))
        setattr(seal, name, value)
        seal.head = head_of(seal, "0" * 64)
        seal.mac = signed(b"a guess", seal.head)
        db.session.flush()

    def forge_all_seals(self):
        """No seal at all, or none of the first."""
        db.session.execute(delete(SEAL).where(SEAL.c.number <= self.random.choice((1, 3, 6))))


def test_five_hundred_random_falsifications_are_all_found(sealed):
    db.session.commit()
    missed = []
    for seed in range(500):
        point = db.session.begin_nested()
        done = Forger(Random(seed), sealed)()
        db.session.expire_all()
        if not verify().faults:
            missed.append((seed, done))
        point.rollback()
        db.session.expire_all()

    assert missed == []
    assert verify().faults == []
