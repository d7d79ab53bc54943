"""Large files that come in pieces over poor lines: what has come stays, and the rest follows.

Nothing of it is in the database: the key that its sender holds is signed and says whose the file
is, what it is called and how large it will be; how much of it is here, its own length says.
"""
import fcntl
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flask import after_this_request, current_app, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.storage import take_away
from lms.kernel.web import viewer

#: Seconds after which a file that nobody went on sending is taken away.
PATIENCE = 7 * 24 * 3600
#: What one person may have on the way at once, in files of the largest size.
AT_ONCE = 2
#: So many files are on their way for one person at most; where more are begun the oldest go.
MANY = 20
#: A form says by a field of this ending which file came before it.
ARRIVED = "-arrived"


class Elsewhere(Exception):
    """A piece that does not begin where the bytes end that are here."""


@dataclass(frozen=True)
class Incoming:
    """A file on its way: its sender's ``key``, its name, how many bytes it has when it is whole."""

    key: str
    name: str
    size: int
    path: Path

    @property
    def arrived(self):
        """How many of its bytes are here, every one of them on the disk."""
        return self.path.stat().st_size

    def append(self, offset, piece):
        """Add the bytes ``piece``, the first of which is number ``offset`` of the file; gives how
        many are here then.  Raises Elsewhere where the piece belongs to another place.
        """
        with self.path.open("r+b") as target:
            fcntl.flock(target, fcntl.LOCK_EX)
            here = target.seek(0, os.SEEK_END)
            if offset != here or here + len(piece) > self.size:
                raise Elsewhere
            _make_room(self.path.parent, len(piece), besides=self.path)
            target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        return here + len(piece)


def begin(person, name, size):
    """A file of ``size`` bytes that ``person`` begins to send, of which nothing is here yet.

    Refuses what is empty or larger than the system takes.
    """
    largest = current_app.config["MAX_CONTENT_LENGTH"]
    if not 0 < size <= largest:
        raise Refusal(_("“%(name)s” cannot be sent: a file has at least one byte and at most "
                        "%(largest)s million.", name=name, largest=largest // 1_000_000))
    folder = _folder() / str(person.id)
    folder.mkdir(parents=True, exist_ok=True)
    _make_room(folder, size=0)
    part = secrets.token_hex(16)
    (folder / part).touch(mode=0o640)
    return find(person, _keys().dumps([person.id, part, size, name[-200:]]))


def find(person, key):
    """The file that ``person`` sends under ``key``; None where it is not theirs or not here."""
    try:
        owner, part, size, name = _keys().loads(key)
    except BadData:
        return None
    path = _folder() / str(owner) / part
    return Incoming(key, name, size, path) if owner == person.id and path.exists() else None


def with_arrived(given):
    """``given``, what was typed into a form, and the files that came before it.

    Where the form is sent again because something in it has to be mended, the file stays; once
    the form leads on to another page, it is taken away.
    """
    files = MultiDict()
    for name, key in request.form.items():
        field = name.removesuffix(ARRIVED)
        if field != name and viewer() and not request.files.get(field):
            incoming = find(viewer(), key)
            if incoming and incoming.arrived == incoming.size:
                files.add(field, _opened(incoming))
    return CombinedMultiDict([files, given]) if files else given


def forget_old():
    """Take away what nobody went on sending for a week."""
    long_ago = clock.now().timestamp() - PATIENCE
    for path, status in _standing(_folder().glob("*/*")):
        if status.st_mtime < long_ago:
            path.unlink(missing_ok=True)


def forget_all_of(person):
    """Take away whatever ``person`` has on the way, once this transaction is committed."""
    for path in (_folder() / str(person.id)).glob("*"):
        take_away(path)


def _opened(incoming):
    stream = incoming.path.open("rb")

    @after_this_request
    def let_go(response):
        stream.close()
        if response.location:
            incoming.path.unlink(missing_ok=True)
        return response
    return FileStorage(stream, incoming.name)


def _make_room(folder, size, besides=None):
    """Let go of the oldest files of ``folder``, one person's, until ``size`` bytes more fit in and
    one file more; ``besides`` stays.
    """
    most = AT_ONCE * current_app.config["MAX_CONTENT_LENGTH"]
    found = dict(_standing(folder.iterdir()))
    held = sum(status.st_size for status in found.values())
    others = sorted(found.keys() - {besides}, key=lambda path: found[path].st_mtime)
    for number, path in enumerate(others):
        if held + size <= most and len(others) - number < MANY:
            break
        held -= found[path].st_size
        path.unlink(missing_ok=True)


def _standing(paths):
    """(path, its status) of those that are still there: others may take them away meanwhile."""
    for path in paths:
        with suppress(FileNotFoundError):
            yield path, path.stat()


def _folder():
    return Path(current_app.config["STORAGE"]) / "incoming"


def _keys():
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="incoming")
