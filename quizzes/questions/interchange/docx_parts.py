"""A Word document as lines with their marks and numbers, as Word and LibreOffice write it."""
import re
from dataclasses import dataclass, field, replace

from lms.kernel import legacy
from lms.kernel.grid import LARGEST_FILE, UnreadableSheet
from lms.kernel.i18n import _l
from lms.kernel.unpacking import parts_of

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import Unreadable, letters
from quizzes.questions.interchange.omml import LOWERED, RAISED, in_signs
from quizzes.questions.interchange.xml import children, descendants, name_of, tree_of

NEEDED = re.compile(r"word/(?:(?:document|numbering|styles)\.xml|_rels/document\.xml\.rels"
                    r"|media/[\w.-]+\.(?:png|jpe?g|webp))", re.IGNORECASE)
DOCUMENT, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
TARGETS = "word/_rels/document.xml.rels"
#: A picture stands in its line as one of these signs, which no charset gives a meaning.
SIGNS = range(0xE000, 0xF000)
SIGN = re.compile("[\ue000-\uefff]")
#: The words of a text box.
BOX = "txbxContent"
DRAWN = ("drawing", "pict", "object")
OFF = ("0", "false", "none", "auto", "clear", "")
WHITE = ("ffffff", "auto")
BLACK = ("000000", "auto", "windowtext")
SMALL = {"superscript": RAISED, "subscript": LOWERED}
#: So many styles may stand on each other.
DEEPEST = 12
#: What a list numbers with: letters name options, numbers questions.
LETTER_FORMATS = ("upperLetter", "lowerLetter")
MOST_LETTERS = 500
#: What Word says of words that it wrote itself.
MADE = re.compile(r"(?:Description automatically generated|AI-generated content may be incorrect)"
                  r"\.?", re.IGNORECASE)
PLACE = re.compile(r"%(\d)")


@dataclass
class Line:
    """A line: its text, the marks of each character, and the number a list gives it.

    ``marks`` are sets of bold, underline, colour, highlight.  ``label`` is what stands before
    the text by itself, ``label_marks`` its marks, ``lettered`` whether it is a letter.
    ``pictures`` are those by the signs in the text, ``unread`` how many things there are that are
    not taken, ``formulas`` how many formulas, ``boxes`` the words of the text boxes that hang on
    it.
    """

    text: str = ""
    marks: list = field(default_factory=list)
    label: str = ""
    lettered: bool = False
    label_marks: frozenset = frozenset()
    pictures: dict = field(default_factory=dict)
    unread: int = 0
    formulas: int = 0
    boxes: list = field(default_factory=list)
    #: The table it stands in, its row and its column there, from 0.
    cell: tuple | None = None

    def add(self, text, marks):
        """More text with the same marks."""
        self.text += text
        self.marks += [marks] * len(text)

    def part(self, start, end):
        """The text from ``start`` to ``end``, with the marks that all its letters bear."""
        inside = [self.marks[place] for place in range(start, min(end, len(self.text)))
                  if not (self.text[place].isspace() or SIGN.match(self.text[place]))]
        shared = frozenset.intersection(*inside) if inside else frozenset()
        return self.text[start:end], shared


@dataclass(frozen=True)
class Picture:
    """A picture of a document: the name of its part, its bytes, and its words."""

    name: str
    content: bytes
    words: str


class Pictures:
    """The pictures of a document, by the numbers it calls them; each has a sign of its own."""

    def __init__(self, parts):
        self.parts, self.targets, self.count = parts, {}, 0
        root = tree_of(parts[TARGETS]) if TARGETS in parts else None
        for one in children(root, "Relationship") if root is not None else []:
            self.targets[one.get("Id")] = f"word/{one.get('Target', '').removeprefix('/word/')}"

    def take_all(self, line, part, marks):
        """Put the pictures of a ``part`` of a run into ``line``; most parts have none."""
        # What newer programs draw stands beside the same for older ones, which is left aside.
        choices = children(part, "Choice") if name_of(part) == "AlternateContent" else []
        for drawn in [part, *(one for choice in choices for one in choice)]:
            if name_of(drawn) in DRAWN:
                self._take(line, drawn, marks)

    def _take(self, line, drawn, marks):
        """Put one picture into ``line``; one of a kind that is not taken is counted."""
        boxes = ["\n".join("".join(paragraph.itertext()) for paragraph in descendants(box, "p"))
                 for box in descendants(drawn, BOX)]
        line.boxes += boxes
        named = [value for found in descendants(drawn, "blip", "imagedata")
                 for name, value in found.attrib.items() if name.endswith(("}embed", "}id"))]
        content = self.parts.get(self.targets.get(named[0])) if len(named) == 1 else None
        if not named and any(map(str.strip, boxes)):
            return
        if content is None or self.count == len(SIGNS):
            line.unread += 1
            return
        words = next((value for found in descendants(drawn, "docPr", "shape")
                      for name in ("descr", "alt") if (value := found.get(name))), "")
        sign = chr(SIGNS[self.count])
        self.count += 1
        line.pictures[sign] = Picture(self.targets[named[0]].rpartition("/")[2], content,
                                      MADE.sub("", " ".join(words.split())).strip())
        line.add(sign, marks)


def lines_of(content):
    """The lines of a .docx, tables cell by cell; raises Unreadable."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(_l("The file is too large. Split it and send the parts."))
    try:
        parts = parts_of(content, NEEDED)
    except UnreadableSheet as fault:
        if fault.code == "too-large":
            raise Unreadable(_l("The file is too large. Split it and send the parts.")) from None
        parts = {}
    if DOCUMENT not in parts:
        raise Unreadable(_l("This is no Word document, or it is damaged. Save it as .docx and "
                            "send it again."))
    styles = Styles(tree_of(parts[STYLES]) if STYLES in parts else None)
    numbers = Numbers(tree_of(parts[NUMBERING]) if NUMBERING in parts else None)
    found, pictures = [], Pictures(parts)
    root = tree_of(parts[DOCUMENT])
    cells = _cells(root)
    for paragraph in descendants(root, "p"):
        if not _is_aside(paragraph):
            place = next((cells[one] for one in paragraph.iterancestors() if one in cells), None)
            found += [replace(line, cell=place)
                      for line in _lines(paragraph, styles, numbers, pictures)]
    return found


def _cells(root):
    """Each cell of each table: the number of the table, the row, and the column from 0; one that
    spans several columns stands in the first of them.
    """
    found = {}
    for number, table in enumerate(descendants(root, "tbl")):
        for place, row in enumerate(children(table, "tr")):
            column = 0
            for cell in children(row, "tc"):
                found[cell] = number, place, column
                column += _whole(_value(cell, "tcPr", "gridSpan"), 1)
    return found


def _is_aside(element):
    """Whether an element is what programs show that know nothing better, or a text box."""
    return any(name_of(parent) in ("Fallback", BOX) for parent in element.iterancestors())


def _is_gone(run):
    """Whether a run was moved away, or is hidden."""
    properties = next(iter(children(run, "rPr")), None)
    return (any(name_of(parent) == "moveFrom" for parent in run.iterancestors())
            or _value(properties, "vanish") not in (None, *OFF))


def _value(element, *path):
    """The value of a property, or None; one that only stands there is ``on``."""
    for name in path:
        found = children(element, name) if element is not None else []
        element = found[0] if found else None
    if element is None:
        return None
    return next((value for name, value in element.attrib.items() if name.endswith("}val")), "on")


def _lines(paragraph, styles, numbers, pictures):
    """The lines of a paragraph: a break inside it begins another."""
    properties = next(iter(children(paragraph, "pPr")), None)
    style = _value(properties, "pStyle")
    line = Line()
    number = _value(properties, "numPr", "numId") or styles.number(style)[0]
    if number and number != "0":
        level = _value(properties, "numPr", "ilvl") or styles.number(style)[1] or "0"
        line.label, line.lettered = numbers.next(number, _whole(level, 0))
        line.label_marks = _marks(next(iter(children(properties, "rPr")), None))
    lines = [line]
    # A formula has runs of its own, by the same name in another space.
    own = paragraph.tag.removesuffix("p") + "r"
    for part in descendants(paragraph, "r", "oMath"):
        if next(part.iterancestors(paragraph.tag)) is not paragraph:
            continue
        if name_of(part) == "oMath":
            _take_formula(lines[-1], part)
        elif part.tag == own and not _is_gone(part):
            _take_run(lines, part, styles, pictures)
    return lines


def _take_formula(line, formula):
    signs = in_signs(formula)
    line.unread += signs is None
    line.formulas += 1
    line.add(texts.composed(signs or ""), frozenset())


def _take_run(lines, run, styles, pictures):
    properties = next(iter(children(run, "rPr")), None)
    marks = _marks(properties) | styles.marks(_value(properties, "rStyle"))
    font = _font(properties)
    raised = SMALL.get(_value(properties, "vertAlign"), {})
    for part in run:
        name = name_of(part)
        if name == "t":
            lines[-1].add(_shown(part.text or "", font, raised), marks)
        elif name in ("tab", "ptab"):
            lines[-1].add("\t", marks)
        elif name in ("br", "cr"):
            lines.append(Line())
        elif name == "sym":
            # A sign of a font of signs: what it shows only the font knows.
            lines[-1].unread += 1
        elif name == "noBreakHyphen":
            lines[-1].add("-", marks)
        else:
            pictures.take_all(lines[-1], part, marks)


def _shown(text, font, raised):
    """The text of a run in Unicode; digits above and below the line as letters of their own."""
    if font or legacy.looks_legacy(text):
        bare = text.strip()
        text = text.replace(bare, legacy.read(bare, font).text) if bare else text
    # The signs of pictures are ours alone.
    text = SIGN.sub("", text)
    return texts.composed(text).translate(raised)


def _font(properties):
    """The font of a run where it is one of before Unicode."""
    for fonts in children(properties, "rFonts") if properties is not None else []:
        for name, value in fonts.attrib.items():
            if name.endswith("}ascii") and legacy.charset_of_font(value):
                return value
    return None


def _marks(properties):
    """What makes a run stand out."""
    if properties is None:
        return frozenset()
    told = {"bold": _value(properties, "b"), "underline": _value(properties, "u"),
            "highlight": _value(properties, "highlight")}
    marks = {name for name, value in told.items() if value is not None and value not in OFF}
    for shade in children(properties, "shd"):
        if (_attribute(shade, "fill") or "auto").lower() not in WHITE:
            marks.add("highlight")
    colour = _value(properties, "color")
    if colour and colour.lower() not in BLACK:
        marks.add("colour")
    return frozenset(marks)


class Styles:
    """The marks and the numbers that styles give."""

    def __init__(self, root):
        self.styles = {}
        for style in children(root, "style") if root is not None else []:
            key = next((value for name, value in style.attrib.items()
                        if name.endswith("}styleId")), "")
            self.styles[key] = style

    def _chain(self, key):
        for _step in range(DEEPEST):
            style = self.styles.get(key)
            if style is None:
                return
            yield style
            key = _value(style, "basedOn")

    def marks(self, key):
        """The marks that the style of a run gives it."""
        return frozenset().union(*(
            _marks(next(iter(children(style, "rPr")), None)) for style in self._chain(key)))

    def number(self, key):
        """The list and the level that the style of a paragraph puts it in."""
        for style in self._chain(key):
            number = _value(style, "pPr", "numPr", "numId")
            if number:
                return number, _value(style, "pPr", "numPr", "ilvl")
        return None, None


class Numbers:
    """The lists of the document, counted on paragraph by paragraph."""

    def __init__(self, root):
        self.levels, self.lists, self.counts = {}, {}, {}
        for abstract in children(root, "abstractNum") if root is not None else []:
            self.levels[_attribute(abstract, "abstractNumId")] = {
                _whole(_attribute(level, "ilvl"), 0): (
                    _whole(_value(level, "start"), 1), _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "")
                for level in children(abstract, "lvl")}
        for one in children(root, "num") if root is not None else []:
            self.lists[_attribute(one, "numId")] = (
                _value(one, "abstractNumId"), bool(children(one, "lvlOverride")))

    def next(self, number, level):
        """The label of the next paragraph of a list, and whether it is a letter."""
        abstract, restarted = self.lists.get(number, (None, False))
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return "", False
        # Lists of one kind count on together, unless one begins anew.
        counts = self.counts.setdefault(number if restarted else abstract, {})
        counts[level] = counts.get(level, levels[level][0] - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        _start, form, text = levels[level]
        label = PLACE.sub(lambda found: _numeral(
            counts.get(int(found[1]) - 1, 1), levels.get(int(found[1]) - 1, (1, form))[1]), text)
        return ("" if form == "bullet" else label), form in LETTER_FORMATS


def _attribute(element, name):
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), None)


def _whole(text, otherwise):
    """A small whole number of the file; ``otherwise`` where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise


def _numeral(number, form):
    if form not in LETTER_FORMATS or number > MOST_LETTERS:
        return str(number)
    letter = next(name for place, name in enumerate(letters(), 1) if place >= number)
    return letter.lower() if form == "lowerLetter" else letter
