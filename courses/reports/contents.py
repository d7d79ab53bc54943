"""A paper as plain data: drawn as a Word file, as a PDF and as a workbook from the same values."""
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lms.kernel.paper import day_in_words

#: How the values of a column are written and set.
TEXT, CENTRE, NUMBER, RATE, DAY = KINDS = ("text", "centre", "number", "rate", "day")


@dataclass(frozen=True)
class Column:
    """A column: ``share`` is its width in proportion to the others'."""

    title: str
    share: float
    kind: str = TEXT


@dataclass(frozen=True)
class Grid:
    """A table: groups of rows, each group under a line of its own where it has a title.

    Values are text, whole numbers, rates as printed ("93.5"), days, or None (no value).
    """

    title: str
    columns: tuple[Column, ...]
    #: (title of the group or "", its rows)
    groups: tuple
    total: tuple | None = None
    notes: tuple[str, ...] = ()
    #: What the column of group titles is called in a workbook.
    group_word: str = ""
    #: The least height of a row in mm, where there is something to write in.
    row_height: float = 0

    @property
    def rows(self):
        """All rows, without the line of the total."""
        return [row for _title, rows in self.groups for row in rows]


@dataclass(frozen=True)
class Heading:
    """The heading of a part."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph; ``gap`` marks what a clerk still has to write, ``leads`` what stays on one page
    with what follows it; ``bold`` are words in bold at its beginning."""

    text: str
    gap: bool = False
    leads: bool = False
    bold: str = ""


@dataclass(frozen=True)
class Basis:
    """On what a decision rests: a paragraph in italics; ``gap`` as for a Text."""

    text: str
    gap: bool = False


@dataclass(frozen=True)
class Resolved:
    """A line alone in the middle, in bold: who decides, and the word that opens what is decided."""

    text: str


@dataclass(frozen=True)
class Seal:
    """What identifies a locked report on paper: code, hash, the address behind the QR."""

    code: str
    sha256: str
    address: str


@dataclass(frozen=True)
class Annex:
    """An annex: its number, its title, to what it belongs, its table."""

    label: str
    title: str
    belongs: str
    grid: Grid


@dataclass(frozen=True)
class Paper:
    """A whole paper, in the order it is read; what is empty is left out."""

    superior: str
    issuer: str
    #: "Số:      /BC-SVHTTDL"; nothing on a working paper.
    number: str
    #: "Cao Bằng, ngày … tháng … năm 2026"
    place_date: str
    #: BÁO CÁO; a plain letter has none, and says under its number what it is about.
    kind: str
    about: str
    body: tuple
    #: To whom it goes; with several each has a line.
    to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer_title: str = ""
    signer: str = ""
    annexes: tuple[Annex, ...] = ()
    seal: Seal | None = None
    across: bool = False
    #: A list of names keeps upright, as the decree wants; only wide tables of figures lie across.
    annexes_across: bool = True
    #: On exactly one page, however long the names are.
    one_page: bool = False
    #: Whether it tells figures, which are a draft until they are locked.
    figures: bool = True
    #: (word, value) lines of the sheet that says what the workbook is.
    facts: tuple = field(default=())

    @property
    def grids(self):
        """Every table of the paper: those of the body, then those of the annexes."""
        return [part for part in self.body if isinstance(part, Grid)] + [
            annex.grid for annex in self.annexes]

    @property
    def addressed(self):
        """The lines that say to whom the paper goes."""
        if len(self.to) < 2:
            return tuple(f"Kính gửi: {one}" for one in self.to)
        *others, last = self.to
        return ("Kính gửi:", *(f"- {one};" for one in others), f"- {last}.")

    @property
    def signs_as(self):
        """In what function it is signed: for whom on a line of its own, as TM. ỦY BAN NHÂN DÂN."""
        return tuple(self.signer_title.split(" - "))

    def words(self):
        """All the text of the paper, to look for letters that cannot be drawn."""
        texts = [self.superior, self.issuer, self.number, self.place_date, self.kind, self.about,
                 *self.addressed, self.signer_title, self.signer, *self.recipients,
                 *(f"{getattr(part, 'bold', '')} {part.text}" for part in self.body
                   if not isinstance(part, Grid)),
                 *(text for annex in self.annexes
                   for text in (annex.label, annex.title, annex.belongs))]
        for grid in self.grids:
            texts += [grid.title, *grid.notes, *(column.title for column in grid.columns),
                      *(title for title, _rows in grid.groups),
                      *(str(value) for row in [*grid.rows, grid.total or ()] for value in row)]
        return " ".join(texts)


def shown(value, kind=TEXT):
    """A value as a Vietnamese paper prints it: 1.234, 93,8, 14/12/2026; "–" for no value."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if kind == RATE:
        return rate(value)
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return str(value)


def rate(value):
    """A printed rate with the Vietnamese comma: 93,8; 100 and 0 stand alone."""
    if value is None:
        return "–"
    text = f"{Decimal(value):.1f}"
    return text.removesuffix(".0").replace(".", ",") if text in ("100.0", "0.0") \
        else text.replace(".", ",")


def counted(number):
    """A number in a sentence: a zero stands before one of a single digit."""
    return f"{number:02d}" if 0 < number < 10 else shown(number)


def dated(place, day=None, year=None):
    """Where and when: Cao Bằng, ngày 05 tháng 02 năm 2026; with gaps where it is not yet known."""
    return f"{place}, {day_in_words(day)}" if day else f"{place}, ngày …… tháng …… năm {year}"
