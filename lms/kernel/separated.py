"""Text with separators (.csv) as spreadsheets of many years and countries save it."""
import csv
import re
import unicodedata
from io import StringIO

from lms.kernel import grid, legacy
from lms.kernel.grid import UnreadableSheet
from lms.kernel.syllables import is_syllable, words_of

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
#: The Vietnamese Windows before Unicode; what TCVN3 and VNI text is made of.
WINDOWS, BYTES = "cp1258", "latin-1"
SEPARATORS = (";", ",", "\t")
#: Excel writes the separator in a first line of its own where it may not be clear.
NAMED_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
#: So many lines tell which separator a file uses, and so much text in which charset it is.
LINES_TRIED, TEXT_TRIED = 40, 20_000
BINARY = re.compile("[\x00-\x08\x0e-\x1a]")


def read_rows(content):
    """The rows of texts in ``content``; raises UnreadableSheet where it is no such file."""
    text = decode(content)
    if BINARY.search(text) or text.lstrip()[:1] == "<":
        raise UnreadableSheet("not-a-workbook")
    named = NAMED_SEPARATOR.match(text)
    if named:
        text = text[named.end():]
    reader = csv.reader(StringIO(text, newline=""),
                        delimiter=named[1] if named else separator_of(text))
    return _counted(reader)


def _counted(reader):
    rows, count = [], 0
    try:
        for row in reader:
            rows.append(row)
            count += len(row)
            if (len(row) > grid.MOST_COLUMNS or count > grid.MOST_CELLS
                    or len(rows) > grid.MOST_ROWS):
                raise UnreadableSheet("too-large")
    except csv.Error as error:
        raise UnreadableSheet("not-a-workbook") from error
    return rows


def decode(content):
    """The text of ``content``: Unicode with or without its mark, else Windows-1258.

    Where TCVN3 or VNI gives more Vietnamese syllables than Windows-1258, the bytes are
    left as they are, for ``lms.kernel.legacy`` to read.
    """
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if content.count(0) * 4 > len(content):
        encoding = "utf-16-le" if content[1:200:2].count(0) > 50 else "utf-16-be"
        return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_windows(content)


def _decode_windows(content):
    windows = unicodedata.normalize("NFC", content.decode(WINDOWS, errors="replace"))
    plain = content.decode(BYTES)
    old = max(_syllables(legacy.decode_tcvn3(plain[:TEXT_TRIED])),
              _syllables(legacy.decode_vni(plain[:TEXT_TRIED])))
    return plain if old > _syllables(windows[:TEXT_TRIED]) else windows


def _syllables(text):
    return sum(not word.isascii() and is_syllable(word) for word in words_of(text))


def separator_of(text):
    """The separator on most of the first lines; where two share them, the more frequent one."""
    lines = text.split("\n", LINES_TRIED)[:LINES_TRIED]
    return max(SEPARATORS, key=lambda sign: (sum(sign in line for line in lines),
                                             sum(line.count(sign) for line in lines)))
