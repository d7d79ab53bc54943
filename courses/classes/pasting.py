"""A block copied out of a spreadsheet: whose line is it, and what does it say."""
import re
from dataclasses import dataclass, field
from functools import cached_property

from lms.kernel.i18n import partial_day
from lms.kernel.text import clean, fold

#: How a clerk's list says who was there; compared folded.
WORDS = {
    "present": ("x", "c", "co", "co mat", "+", "1", "du", "present"),
    "late": ("m", "muon", "di muon", "tre", "late"),
    "excused": ("p", "cp", "vp", "co phep", "vang co phep", "phep", "excused"),
    "absent": ("v", "k", "kp", "vkp", "vang", "khong phep", "vang khong phep", "-", "0", "absent"),
}
MEANS = {word: mark for mark, words in WORDS.items() for word in words}


@dataclass(frozen=True)
class Somebody:
    """Who a line may be about; ``key`` is the staff code."""

    id: int
    name: str
    birth: str
    key: str

    @cached_property
    def folded(self):
        """The name as names are compared."""
        return fold(self.name)


@dataclass
class Pasted:
    """What was understood: a value for each somebody, and the lines that were not."""

    values: dict = field(default_factory=dict)
    strange: list = field(default_factory=list)
    doubtful: list = field(default_factory=list)
    unread: list = field(default_factory=list)


def attendance_word(text):
    """The mark of attendance a clerk's word stands for, or None."""
    return MEANS.get(fold(text))


def read_block(text, people, understand):
    """Read lines of "name … value", cells set apart by tabs, in any order of the columns.

    ``understand(cell)`` gives what a cell says or None.  People are found by their full name
    or staff code; two of one name are told apart by their birth.
    """
    found = Pasted()
    for line in text.splitlines():
        cells = _cells(line)
        if cells:
            _take_line(found, " ".join(cells), cells, people, understand)
    return found


def _cells(line):
    cells = [clean(cell) for cell in re.split(r"[\t;|]", line)]
    cells = [cell for cell in cells if cell]
    if len(cells) == 1 and " " in cells[0]:
        cells = cells[0].rsplit(" ", 1)
    return cells


def _take_line(found, line, cells, people, understand):
    meant, at = whose(cells, people)
    said = [understood for cell in reversed(cells[at + 1:])
            if (understood := understand(cell)) is not None
            and not (len(meant) and _is_birth(cell, meant[0]))]
    if not meant:
        # A heading says nothing of anybody; only a line with a value was meant for somebody.
        if said:
            found.strange.append(line)
    elif len(meant) > 1:
        found.doubtful.append(line)
    elif said:
        found.values[meant[0].id] = said[0]
    elif len(cells) > at + 1:
        found.unread.append(line)


def whose(cells, people):
    """Those the line may be about, and in which cell their name ends.

    A name also stands over two cells, as *Họ và đệm* and *Tên* of a clerk's list.
    """
    for at, cell in enumerate(cells):
        for last, name in ((at, cell), (at + 1, " ".join(cells[at:at + 2]))):
            said = fold(name)
            meant = [one for one in people if one.folded == said or one.key == name]
            if meant and last < len(cells):
                exact = [one for one in meant if any(_is_birth(c, one) for c in cells)]
                return exact or meant, last
    return [], -1


def _is_birth(cell, one):
    return bool(one.birth) and cell in (one.birth, one.birth[:4], partial_day(one.birth))
