"""The parts of an .xlsx file, unpacked against a limit and parsed without expanding anything."""
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
ENCRYPTED = 1
#: What Python's readers of archives and XML raise where something is broken.
DAMAGED = (BadZipFile, zlib.error, expat.ExpatError, struct.error, EOFError, OSError,
           NotImplementedError, RuntimeError, ValueError, LookupError)


def unpack(content):
    """The parts that make up the workbook ``content``: {name: bytes}; raises UnreadableSheet."""
    try:
        return _unpack(content)
    except DAMAGED as error:
        raise UnreadableSheet("not-a-workbook") from error


def _unpack(content):
    parts, left = {}, grid.LARGEST_UNPACKED
    with ZipFile(BytesIO(content)) as archive:
        members, names = archive.infolist(), archive.namelist()
        if len(members) > grid.MOST_PARTS:
            raise UnreadableSheet("too-large")
        if BOOK not in names:
            raise UnreadableSheet("old-workbook" if BINARY_BOOK in names else "not-a-workbook")
        for member in members:
            if NEEDED.fullmatch(member.filename):
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
