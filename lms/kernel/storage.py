"""Files, kept by content: a row never points to a file that is not there."""
import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import current_app
from sqlalchemy import event, func, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import clock
from lms.kernel.db import Base, db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.text import clean

#: What may be uploaded: ending → (type sent to browsers, first bytes, at which offset).
#: The browser's own word about the type is never trusted.
KINDS = {
    ".pdf": ("application/pdf", b"%PDF", 0),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",
              b"PK\x03\x04", 0),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
              b"PK\x03\x04", 0),
    ".pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation",
              b"PK\x03\x04", 0),
    ".mp4": ("video/mp4", b"ftyp", 4),
    ".m4a": ("audio/mp4", b"ftyp", 4),
    ".webm": ("video/webm", b"\x1aE\xdf\xa3", 0),
    ".ogg": ("audio/ogg", b"OggS", 0),
    ".mp3": ("audio/mpeg", None, 0),
    ".wav": ("audio/wav", b"RIFF", 0),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff", 0),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff", 0),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n", 0),
    ".webp": ("image/webp", b"RIFF", 0),
    ".csv": ("text/csv", None, 0),
    ".zip": ("application/zip", b"PK\x03\x04", 0),
    ".xml": ("application/xml", None, 0),
    ".txt": ("text/plain", None, 0),
    ".gift": ("text/plain", None, 0),
    ".vtt": ("text/vtt", b"WEBVTT", 0),
}


class StoredFile(Base):
    """A file as somebody gave it; its bytes lie under the name of their hash."""

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    mime: Mapped[str]
    #: In bytes; 0 once they were taken away.
    size: Mapped[int]
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def path(self):
        """Where the bytes lie."""
        return place_of(self.sha256)


def place_of(digest):
    """The path of the bytes with the hash ``digest``."""
    return Path(current_app.config["STORAGE"]) / digest[:2] / digest


def keep(stream, name, allowed=tuple(KINDS)):
    """Store the bytes of ``stream`` under their hash and return their row; otherwise as ``put``."""
    stored = put(stream, name, allowed)
    db.session.add(stored)
    db.session.flush()
    return stored


def put(stream, name, allowed=tuple(KINDS)):
    """Put the bytes of ``stream`` on the disk under their hash, before anybody is kept from
    writing; gives the row, which nobody has entered yet.

    ``allowed`` are the endings this place takes.  Refuses another ending, an empty
    file, and a file whose first bytes are not what its ending says.
    """
    ending = ending_of(name, allowed)
    folder = Path(current_app.config["STORAGE"])
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, delete=False) as target:
        try:
            digest, size, head = _write_down(stream, target)
            _check(ending, head, size, name)
            _settle(target.name, digest)
        except BaseException:  # Refused, cut off, or the disk is full: nothing of it stays.
            Path(target.name).unlink(missing_ok=True)
            raise
    return StoredFile(sha256=digest, name=clean(Path(name).name)[-200:],
                      mime=KINDS[ending][0], size=size)


def ending_of(name, allowed):
    """The ending of the file ``name``; refuses one that is none of the ``allowed``."""
    ending = Path(name).suffix.lower()
    if ending not in allowed:
        raise Refusal(_("Files of the kind “%(ending)s” are not taken here. Give one of: "
                        "%(kinds)s.",
                        ending=ending or name, kinds=", ".join(allowed)))
    return ending


def _write_down(stream, target):
    """Write all of ``stream`` to the disk; gives its hash, its size and its first bytes."""
    digest, size, head = sha256(), 0, b""
    while chunk := stream.read(1 << 20):
        head = head or chunk[:16]
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size, head


def forget_all_of(file, name):
    """Take away the bytes of ``file`` once this transaction is committed, unless another row that
    was not forgotten has the same; its row stays and is called ``name``.
    """
    others = db.session.scalar(select(func.count()).select_from(StoredFile).where(
        StoredFile.sha256 == file.sha256, StoredFile.id != file.id, StoredFile.size > 0))
    if not others:
        take_away(file.path)
    file.name, file.size = name, 0


def take_away(path):
    """Take the file at ``path`` from the disk once this transaction is committed."""
    db.session.info.setdefault("forgotten", []).append(path)


@event.listens_for(db.session, "after_commit")
def _take_away(session):
    for path in session.info.pop("forgotten", ()):
        path.unlink(missing_ok=True)


@event.listens_for(db.session, "after_rollback")
def _keep_after_all(session):
    session.info.pop("forgotten", None)


def with_fingerprint(digest):
    """The newest row of the file whose content has the hash ``digest``, or None.

    Who knows the hash had the content, so a form may carry it from one step to the next.
    """
    return db.session.scalar(
        select(StoredFile).filter_by(sha256=digest).order_by(StoredFile.id.desc()).limit(1))


def _check(ending, head, size, name):
    _mime, magic, offset = KINDS[ending]
    if size == 0 or (magic and head[offset:offset + len(magic)] != magic):
        raise Refusal(_("“%(name)s” is empty or is not a %(ending)s file. "
                        "Open it, save it again, and upload it once more.",
                        name=name, ending=ending))


def _settle(temporary, digest):
    place = place_of(digest)
    place.parent.mkdir(exist_ok=True)
    os.chmod(temporary, 0o640)
    os.replace(temporary, place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
