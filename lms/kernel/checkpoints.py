"""Checkpoints: how far the trail was sealed and with which head, written down in a second place.

Whoever changes the database alone, or puts back an old copy of it, cannot change these.
"""
import fcntl
import json
import os
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from flask import current_app

from lms.kernel import clock
from lms.kernel.audit import key_of_seals
from lms.kernel.sealing import last_seal, signed
from lms.kernel.transaction import looking


class Checkpoint(NamedTuple):
    """That the trail was sealed up to ``seal``, with ``total`` entries and this ``head``."""

    seal: int
    total: int
    head: str
    at: datetime
    mac: str = ""

    @property
    def code(self):
        """The head in short, to be read out or compared on paper."""
        return " ".join(self.head[place:place + 4] for place in range(0, 16, 4))

    def line(self):
        """The checkpoint as a line of a file."""
        return json.dumps({"seal": self.seal, "total": self.total, "head": self.head,
                           "at": self.at.isoformat(), "mac": self.mac})

    def by(self, secret):
        """The checkpoint with the signature (``mac``) of whoever has the ``secret``."""
        return self._replace(mac=signed(secret, self._replace(mac="").line()))


def checkpoint():
    """The Checkpoint of the newest seal, or None before the first."""
    seal = last_seal()
    return seal and Checkpoint(seal.number, seal.total, seal.head, seal.at).by(key_of_seals())


def folder():
    """Where the checkpoints are kept."""
    config = current_app.config
    return Path(config["CHECKPOINTS"] or Path(config["STORAGE"]).with_name("checkpoints"))


def files():
    """The files of the folder, the oldest first: one a month."""
    return sorted(folder().glob("*.jsonl"))


def newest_kept():
    """The newest Checkpoint of the folder, or None; a line cut off in the middle does not count."""
    for path in reversed(files()):
        lines = _whole(path).splitlines()
        if lines:
            return read(lines[-1])
    return None


def read(line):
    """The Checkpoint that stands in a ``line``, or None where none does."""
    try:
        told = json.loads(line)
        return Checkpoint(int(told["seal"]), int(told["total"]), str(told["head"]),
                          datetime.fromisoformat(told["at"]), str(told["mac"]))
    except (KeyError, TypeError, ValueError):
        return None


def keep_checkpoint():
    """Write the checkpoint of the newest seal into the folder, unless it stands there; gives it.

    Only of what was committed: it is called by itself, after the work that seals.  It only looks
    at the database, so that nobody who writes waits for the disk.
    """
    folder().mkdir(parents=True, exist_ok=True)
    with _one_at_a_time():
        with looking():
            made = checkpoint()
        if made is not None and made != newest_kept():
            _append(folder() / f"{clock.local(clock.now()):%Y-%m}.jsonl", f"{made.line()}\n")
    return made


@contextmanager
def _one_at_a_time():
    """Two runners of jobs never write into the folder side by side."""
    place = os.open(folder(), os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def _append(path, line):
    whole = _whole(path) if path.exists() else b""
    with path.open("r+b" if path.exists() else "wb") as file:
        file.truncate(len(whole))  # What a power cut left of a line goes.
        file.seek(len(whole))
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


def _whole(path):
    content = path.read_bytes()
    return content[:content.rfind(b"\n") + 1]


def lines_of(paths):
    """(name of the file, number of the line, Checkpoint or None where it is not readable) for each
    whole line of ``paths``.
    """
    for path in paths:
        content = _whole(path) or path.read_bytes()  # A file by hand may lack the last end.
        for number, line in enumerate(content.splitlines(), 1):
            if line.strip():
                yield path.name, number, read(line)
