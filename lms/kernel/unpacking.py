"""The parts of an archive, unpacked against a limit, and parsed without expanding anything."""
import re
import struct
import zlib
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lms.kernel import grid
from lms.kernel.grid import UnreadableSheet

BOOK, BINARY_BOOK = "xl/workbook.xml", "xl/workbook.bin"
NEEDED = re.compile(r"xl/(?:workbook\.xml|_rels/workbook\.xml\.rels|(?!drawings|charts|theme)"
                    r"[^\\]+\.xml)")
#: A name that would lead out of the folder it is unpacked into, or hide another.
ASTRAY = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\\\x00]")
ENCRYPTED = 1
#: What Python's readers of archives and XML raise where something is broken.
DAMAGED = (BadZipFile, zlib.error, expat.ExpatError, struct.error, EOFError, OSError,
           NotImplementedError, RuntimeError, ValueError, LookupError)


def unpack(content):
    """The parts that make up the workbook ``content``: {name: bytes}; raises UnreadableSheet."""
    return _guarded(content, NEEDED, _insist_on_a_workbook)


def parts_of(content, needed):
    """The parts of the archive ``content`` whose names match ``needed``: {name: bytes}.

    Nothing is written anywhere.  Raises UnreadableSheet where the archive is damaged, holds
    too much, is encrypted, or names a part so that it would land outside its folder, or twice.
    """
    return _guarded(content, needed, _insist_on_plain_names)


def _insist_on_a_workbook(names):
    if BOOK not in names:
        raise UnreadableSheet("old-workbook" if BINARY_BOOK in names else "not-a-workbook")


def _insist_on_plain_names(names):
    if len({name.casefold() for name in names}) < len(names) or any(map(ASTRAY.search, names)):
        raise UnreadableSheet("not-a-workbook")


def _guarded(content, needed, insist):
    try:
        return _unpack(content, needed, insist)
    except DAMAGED as error:
        raise UnreadableSheet("not-a-workbook") from error


def _unpack(content, needed, insist):
    parts, left = {}, grid.LARGEST_UNPACKED
    with ZipFile(BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > grid.MOST_PARTS:
            raise UnreadableSheet("too-large")
        insist(archive.namelist())
        for member in members:
            if needed.fullmatch(member.filename):
                parts[member.filename] = _unpack_part(archive, member, left)
                left -= len(parts[member.filename])
    return parts


def _unpack_part(archive, member, left):
    if member.flag_bits & ENCRYPTED:
        raise UnreadableSheet("encrypted")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise UnreadableSheet("not-a-workbook")
    with archive.open(member) as part:
        # Never by the size the archive states: that may be a lie.
        data = part.read(left + 1)
    if len(data) > left:
        raise UnreadableSheet("too-large")
    return data


def parse(data, reader):
    """Send the elements of an XML part to ``reader``, by their names without prefix.

    ``reader`` has ``start(tag, attributes)`` and, if it cares, ``end(tag)`` and
    ``text(text)``.  A document type is refused unread: entities exist only inside one, and
    no spreadsheet program writes it.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda tag, attributes: reader.start(
        tag.rpartition(":")[2], attributes)
    if hasattr(reader, "end"):
        parser.EndElementHandler = lambda tag: reader.end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except DAMAGED as error:
        raise UnreadableSheet("not-a-workbook") from error


def _refuse(*_declaration):
    raise UnreadableSheet("not-a-workbook")
