"""An .xlsx file read into plain values, row by row, with the fonts of before Unicode."""
from posixpath import join, normpath
from typing import NamedTuple

from lms.kernel import grid
from lms.kernel.grid import BLANK, Sheet, UnreadableSheet, squared
from lms.kernel.unpacking import BOOK, parse, unpack
from lms.kernel.xlsx_values import (
    SHOWN_BY,
    Format,
    date_format,
    place_of,
    range_of,
    stands_out,
    unescaped,
    value_of,
)

LINKS = "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
WORKSHEET = "/worksheet"
VISIBLE = (None, "visible")


class String(NamedTuple):
    """A text that cells share, and its font of before Unicode if a part of it has one."""

    text: str
    font: str = ""


def read_xlsx(content):
    """The visible sheets of the workbook ``content``; raises UnreadableSheet.

    Everything is read against a limit, and nothing is reserved because the file says so:
    a count or a far corner in a file of a few bytes could otherwise stop the server.
    """
    parts = unpack(content)
    book = _Book()
    parse(parts[BOOK], book)
    strings, styles = _Strings(), _Styles()
    for name, reader in ((LINKS, book), (STRINGS, strings), (STYLES, styles)):
        if name in parts:
            parse(parts[name], reader)
    sheets = []
    for name, part in book.sheets():
        if part in parts:
            reader = _Sheet(strings.found, styles.formats, book.from_1904)
            parse(parts[part], reader)
            sheets.append(Sheet(name, squared(reader.rows), reader.fonts, tuple(reader.merged),
                                frozenset(reader.hidden), reader.marks))
    return sheets


class _Book:
    """The names of the sheets, and where each lies."""

    def __init__(self):
        self.names, self.links, self.from_1904 = [], {}, False

    def start(self, tag, attributes):
        if tag == "sheet" and attributes.get("state") in VISIBLE:
            link = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            self.names.append((attributes["name"], link))
        elif tag == "Relationship" and attributes["Type"].endswith(WORKSHEET):
            self.links[attributes["Id"]] = normpath(join("xl", attributes["Target"])).lstrip("/")
        elif tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")

    def sheets(self):
        """The name and the part of each visible sheet, in order."""
        return [(name, self.links.get(link, "")) for name, link in self.names]


class _Text:
    """A text in one or several runs; what only tells how it sounds is left out."""

    def __init__(self):
        self.pieces, self.length, self.font = [], 0, ""
        self.inside = self.phonetic = False

    def start(self, tag, attributes):
        if tag == "rPh":
            self.phonetic = True
        elif tag == "t":
            self.inside = not self.phonetic
        elif tag == "rFont" and not self.font:
            self.font = Format.font_of(attributes.get("val"))

    def end(self, tag):
        if tag == "rPh":
            self.phonetic = False
        elif tag == "t":
            self.inside = False

    def add(self, text):
        if self.inside and self.length < grid.LONGEST_CELL:
            self.pieces.append(text)
            self.length += len(text)

    def string(self):
        """The whole text, if it is not longer than a cell may be."""
        return String(unescaped("".join(self.pieces))[:grid.LONGEST_CELL], self.font)


class _Strings:
    """The texts that cells share."""

    def __init__(self):
        self.found, self.one = [], _Text()

    def start(self, tag, attributes):
        if tag == "si":
            self.one = _Text()
        else:
            self.one.start(tag, attributes)

    def end(self, tag):
        if tag == "si":
            self.found.append(self.one.string())
        else:
            self.one.end(tag)

    def text(self, text):
        self.one.add(text)


class _Styles:
    """The formats of cells: whether one shows a date, its font of before Unicode, its marks."""

    def __init__(self):
        self.codes, self.fonts, self.formats, self.place = {}, [], [], ""
        #: What each font and each fill stands out by.
        self.marks = {"fonts": [], "fills": []}

    def start(self, tag, attributes):
        if tag in ("numFmts", "fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "dxfs"):
            self.place = tag
        elif tag in ("font", "fill") and self.place == f"{tag}s":
            self.marks[self.place].append(set())
            self.fonts += [""] if tag == "font" else []
        elif tag in SHOWN_BY and self.marks.get(self.place) and stands_out(tag, attributes):
            self.marks[self.place][-1].add(SHOWN_BY[tag])
        elif tag == "numFmt" and self.place == "numFmts":
            self.codes[attributes.get("numFmtId")] = attributes.get("formatCode", "")
        elif tag == "name" and self.place == "fonts" and self.fonts:
            self.fonts[-1] = Format.font_of(attributes.get("val"))
        elif tag == "xf" and self.place == "cellXfs":
            self.formats.append(self._format(attributes))

    def _format(self, attributes):
        number, font = attributes.get("numFmtId", "0"), int(attributes.get("fontId", 0))
        marks = [found[place] for name, found in self.marks.items()
                 if (place := int(attributes.get(f"{name[:-1]}Id", 0))) < len(found)]
        return Format(date_format(number, self.codes.get(number, "")),
                      self.fonts[font] if font < len(self.fonts) else "",
                      frozenset().union(*marks))


class _Sheet:
    """The rows of one sheet."""

    def __init__(self, strings, formats, from_1904):
        self.strings, self.formats, self.from_1904 = strings, formats, from_1904
        self.rows, self.fonts, self.merged, self.hidden, self.marks = [], {}, [], set(), {}
        self.row, self.column, self.count = -1, -1, 0
        self.kind, self.format = "", Format()
        self.number, self.inside, self.inline = [], False, None

    def start(self, tag, attributes):
        if self.inline:
            self.inline.start(tag, attributes)
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "v":
            self.inside = True
        elif tag == "is":
            self.inline = _Text()
        elif tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.add(self.row)
        elif tag == "mergeCell" and len(self.merged) < grid.MOST_MERGED:
            self.merged.append(range_of(attributes["ref"]))

    def text(self, text):
        if self.inside:
            self.number.append(text)
        elif self.inline:
            self.inline.add(text)

    def end(self, tag):
        if tag == "c":
            self._end_cell()
        elif tag == "v":
            self.inside = False
        elif self.inline and tag != "is":
            self.inline.end(tag)

    def _start_cell(self, attributes):
        if "r" in attributes:
            self.row, self.column = place_of(attributes["r"])
        else:
            self.column += 1
        number = int(attributes.get("s", 0))
        self.format = self.formats[number] if number < len(self.formats) else Format()
        self.kind = attributes.get("t", "n")
        self.number, self.inline = [], None

    def _end_cell(self):
        text = "".join(self.number)
        string = self.inline.string() if self.inline else None
        if self.kind == "s" and text:
            string = self.strings[int(text)]
        self.inline = None
        value = string.text if string else value_of(
            self.kind, text, self.format.is_date, self.from_1904)
        if isinstance(value, str) and not value.strip():
            value = None
        if value is not None:
            self._keep(value, string.font if string else "")

    def _keep(self, value, font):
        if self.row >= grid.MOST_ROWS or self.column >= grid.MOST_COLUMNS:
            raise UnreadableSheet("too-large")
        while len(self.rows) <= self.row:
            self.rows.append([])
        row = self.rows[self.row]
        wanted = max(0, self.column + 1 - len(row))
        self.count += wanted
        if self.count > grid.MOST_CELLS:
            raise UnreadableSheet("too-large")
        row.extend([BLANK] * wanted)
        row[self.column] = value
        if font or self.format.font:
            self.fonts[self.row, self.column] = font or self.format.font
        if self.format.marks:
            self.marks[self.row, self.column] = self.format.marks
