"""What is made of the sources, kept in a folder and found again as long as they stay as they were.

To compile all templates takes four seconds at every start, and to read the Vietnamese of all rooms
half a second; both give the same until somebody changes a source.  The folder may be removed at any
time; where it cannot be written, all is made anew at each start.
"""
import contextlib
import os
import tempfile
from hashlib import sha256

from jinja2 import FileSystemBytecodeCache

from lms.config import VAR

FOLDER = VAR / "cache"


def fingerprint(paths, *words):
    """A hexadecimal number, another one for other contents of ``paths`` or other ``words``."""
    found = sha256("|".join(words).encode())
    for path in paths:
        found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()


def cached(name, mark, make):
    """The bytes that ``make()`` gives, made once for each ``mark`` and kept under ``name``."""
    place = FOLDER / f"{name}-{mark}"
    with contextlib.suppress(OSError):
        return place.read_bytes()
    content = make()
    with contextlib.suppress(OSError):
        older = set(folder().glob(f"{name}-*")) - {place}
        write(place, content)
        for path in older:
            path.unlink(missing_ok=True)
    return content


def folder():
    """The folder of what is made, readable by its owner alone."""
    FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FOLDER


def write(place, content):
    """Write ``content`` as a whole or not at all, whoever reads it meanwhile."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix="new-")
    with open(handle, "wb") as file:
        file.write(content)
    os.replace(name, place)


class Compiled(FileSystemBytecodeCache):
    """The compiled templates of one language; ``mark`` changes with whatever compiles them."""

    def __init__(self, tongue, mark):
        super().__init__(str(FOLDER), f"{tongue}-%s")
        self.mark = mark

    def get_source_checksum(self, source):
        """What must be as it was: the template, the words, and whatever compiles them."""
        return super().get_source_checksum(source) + self.mark

    def dump_bytecode(self, bucket):
        """Keep it where the folder can be written."""
        with contextlib.suppress(OSError):
            folder()
            super().dump_bytecode(bucket)
