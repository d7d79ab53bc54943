"""The rows of a workbook gathered to questions: a row each, or a row for each option below it."""
import re
import string
from dataclasses import dataclass, field

from lms.kernel.text import fold

from quizzes.questions.interchange.asked import standing_out
from quizzes.questions.interchange.rows import LETTER
from quizzes.questions.interchange.sheet_words import FALSE, TRUE

ONE_LETTER = re.compile(r"([A-Ha-h])\s*[.)]?")
#: What begins a question or an option that is named by its column already.
NUMBERED = re.compile(r"Câu\s*(?:hỏi\s*)?\d{1,4}\s*[.:)]\s*(?=\S)", re.IGNORECASE)
#: What stands beside a right option, and beside another, folded.
TICKED, BARE = (*TRUE, "x", "v", "✓", "✔", "√", "co", "yes", "*"), (*FALSE, "khong", "no", "")


@dataclass
class Told:
    """A row: its number, its texts by field, whether its words stand in it or are merged down from
    above, what counts it, the marks of its cells by field, and whether the columns are those of an
    export of ours.
    """

    number: int
    cells: dict
    own: bool
    count: str = ""
    marks: dict = field(default_factory=dict)
    ours: bool = False
    options: list = field(default_factory=list)
    #: Whether the key is told by nothing but the marks of a cell.
    by_marks: bool = False

    def told(self):
        """The texts of the question, its options by their places, and its key."""
        cells = dict(self.cells)
        if self.options:
            cells.pop("choices", None)
            cells |= {place: text for place, (text, _right, _marks) in enumerate(self.options)}
            places = range(len(self.options))
            marks = [marks for _text, _right, marks in self.options]
            cells["right"] = self._key([cells.get("right", ""), *(
                right for _text, right, _marks in self.options)])
        else:
            places = sorted(place for place in cells if isinstance(place, int) and cells[place])
            marks = [self.marks[place] for place in places]
        if not cells.get("right") and not cells.get("kind"):
            found = [places[place] for place in standing_out(marks)]
            cells["right"] = ", ".join(string.ascii_uppercase[place] for place in found)
            self.by_marks = bool(found)
        return cells if self.ours else _without_names(cells)

    def _key(self, told):
        """The key in what stands beside the question, and beside each of its options."""
        first, *beside = told
        named = list(dict.fromkeys(text for text in told if fold(text) not in (*TICKED, *BARE)))
        if named:
            return ", ".join(named)
        ticked = [letter for letter, text in zip(string.ascii_uppercase, beside, strict=False)
                  if fold(text) in TICKED]
        return ", ".join(ticked) or first

    def option_of(self, row):
        """The words of the option that ``row`` is of this question; None where it is none."""
        if len(self.options) == len(string.ascii_uppercase):
            return None
        expected = string.ascii_uppercase[len(self.options)]
        places = [place for place in row.cells if isinstance(place, int)]
        if any(row.cells[place] for place in places) or any(self.cells[place] for place in places):
            return None
        if (letter := ONE_LETTER.fullmatch(row.count)) and letter[1].upper() == expected:
            return row.cells.get("choices") or row.cells["stem_vi"]
        lettered = LETTER.match(row.cells["stem_vi"]) if row.own else None
        if lettered and lettered[1].upper() == expected and not row.cells.get("choices"):
            return row.cells["stem_vi"][lettered.end():]
        return row.cells.get("choices") or None if not row.own else None

    def take(self, row):
        """Take ``row`` for an option, where it is one."""
        if not self.options and not row.own and self.cells.get("choices"):
            self._add(self, self.cells["choices"], "choices")
        text = self.option_of(row)
        if text is None:
            return False
        self._add(row, text, "choices" if row.cells.get("choices") else "stem_vi")
        return True

    def _add(self, row, text, field_of):
        lettered = LETTER.match(text)
        if lettered and lettered[1].upper() == string.ascii_uppercase[len(self.options)]:
            text = text[lettered.end():]
        self.options.append((text, row.cells.get("right", ""), row.marks[field_of]))


def gathered(rows):
    """The rows that begin a question, with those below them that are options of it."""
    last = None
    for row in rows:
        if last is None or not last.take(row):
            if last is not None:
                yield last
            last = row
    if last is not None:
        yield last


def _without_names(cells):
    """``cells`` without the numbers and letters that questions and options bear a second time."""
    places = sorted(place for place in cells if isinstance(place, int) and cells[place])
    letters = {place: LETTER.match(cells[place]) for place in places}
    if places and all(letter and letter[1].upper() == string.ascii_uppercase[place:place + 1]
                      for place, letter in letters.items()):
        cells = cells | {place: cells[place][letters[place].end():] for place in places}
    return cells | {"stem_vi": NUMBERED.sub("", cells.get("stem_vi", ""), count=1)}
