"""A question told in labelled texts, as a row of a workbook or the lines of a document."""
import re
from datetime import date
from decimal import Decimal
from itertools import islice

from lms.kernel.i18n import _l
from lms.kernel.text import fold

from quizzes.questions.interchange import cloze, kept, texts
from quizzes.questions.interchange import sheet_words as words
from quizzes.questions.interchange.choices import multiple_choice, single_choice
from quizzes.questions.interchange.draft import (
    MIDDLE,
    TRUE_FALSE,
    Unreadable,
    letters,
    number_of,
    paired,
    share_of,
)
from quizzes.questions.interchange.judged import judgements, statements, without_judgement

#: The letter before an option, where all stand in one cell.
LETTER = re.compile(r"([A-Za-z])\s*[.):/]\s*(?=\S)")
#: What people write before the letter of a key.
CALLED_OPTION = re.compile(r"(?:đáp án|phương án|lựa chọn|câu)\s+(?=[A-Z\d]\b)", re.IGNORECASE)
#: A key that can only be the letters of options.
ONLY_LETTERS = re.compile(r"[A-Ha-h](?:[\s,;]+[A-Ha-h])*")
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
#: The columns of options by their letters: as many as a heading can name.
LETTERS_OF_COLUMNS = tuple(islice(letters(), 100))
#: Letters of several options without anything between them: AC.
GLUED = re.compile(r"[A-H]{2,8}")
#: An abbreviation behind a word: Thông hiểu (TH).
BRACKETED = re.compile(r"\s?\([^()]{1,10}\)$")
BETWEEN = re.compile(r"[,;\s]+")


class Row:
    """A question as texts by field: the options by their places from 0, the rest by name."""

    def __init__(self, cells):
        cells = _without_options(cells)
        self.cells = cells | dict(enumerate(parted(cells.get("choices", ""))))
        self.filled = any(text for text in self.cells.values())
        filled = [(place, text) for place, text in sorted(
            pair for pair in self.cells.items() if isinstance(pair[0], int)) if text]
        self.options = [self._option(text) for _place, text in filled]
        #: The option in a column, by its letter and by its number: a blank one moves no letter.
        self.named = {name: place for place, (column, _text) in enumerate(filled)
                      for name in (LETTERS_OF_COLUMNS[column], str(column + 1))}

    def cell(self, field):
        """The text of a cell; nothing where there is no such column."""
        return self.cells.get(field, "")

    def fields(self):
        """The fields of the row's draft; raises Unreadable."""
        if not self.cell("stem_vi"):
            raise Unreadable(_l("The question has no words. Write them."))
        told = self._settings()
        kind = self._kind()
        made = READERS[kind](self)
        settings = made.get("settings", {}) | told
        return {"kind": kind} | {
            name: texts.read_either(self.cell(name))[0]
            for name in ("stem_vi", "stem_en", "explanation_vi", "explanation_en")} | {
            "basis": self.cell("basis"), "category": self.cell("category"),
            "key": self.cell("key"), "valid_until": _day(self.cell("valid_until")),
            "difficulty": _difficulty(self.cell("difficulty")),
            "tags": tuple(tag.strip() for tag in self.cell("tags").split(",") if tag.strip()),
            } | made | {"settings": settings}

    def _settings(self):
        return kept.settings_of(kept.read(self.cell("settings")))

    def _kind(self):
        told = fold(self.cell("kind"))
        if told and told not in words.CHOICE_CALLED:
            if told not in words.KIND_CALLED:
                raise Unreadable(_l("There is no kind of question called “%(kind)s”. Write one of: "
                                    "%(kinds)s.", kind=self.cell("kind"),
                                    kinds=", ".join(words.KINDS.values())))
            return words.KIND_CALLED[told]
        if not self.options and ONLY_LETTERS.fullmatch(self.cell("right").strip(" .")):
            raise Unreadable(_l("The key names an option, and none was found. Write the options in "
                                "columns A, B, C, D, or all in one called “Các phương án”, a line "
                                "each."))
        if self.options and None not in self._truths():
            return "statements"
        if self.options:
            return "multiple" if len(self._letters()) > 1 else "single"
        if fold(self.cell("right")) in ("dung", "sai", "true", "false"):
            return "truefalse"
        return "short" if self.cell("right") else "essay"

    def _option(self, text):
        """The words of an option's cell, by what each line tells."""
        told, field = {}, "vi"
        for line in text.split("\n"):
            mark = next((mark for mark in sorted(words.MARKS, key=len, reverse=True)
                         if line.startswith(mark)), None)
            if mark:
                field, line = words.MARKS[mark], line[len(mark):].strip()
            told.setdefault(field, []).append(line)
        return {field: "\n".join(lines).strip() if field == "share"
                else texts.read_either("\n".join(lines))[0] for field, lines in told.items()}

    def _letters(self):
        """The names of the right options, as the column of the key tells them: letters, places, or
        the words of one option.
        """
        told = CALLED_OPTION.sub("", self.cell("right")).strip()
        named = [part for part in BETWEEN.split(told.upper().strip(" .")) if part]
        if all(name.isalpha() and name in self.named for name in named):
            return named
        lettered = LETTER.match(told)
        words = told[lettered.end():] if lettered else told
        worded = [name for name, place in self.named.items() if not name.isdecimal() and (
            self.options[place].get("vi", "").casefold() in (told.casefold(), words.casefold()))]
        place = self.named.get(told)
        if worded and place is not None and place != self.named[worded[0]]:
            raise Unreadable(_l("The key “%(key)s” may be the words of an option or its place. "
                                "Write the letter of the right option.", key=told))
        if not worded and len(named) == 1 and GLUED.fullmatch(named[0]):
            return list(named[0])
        return worded or named

    def _choice(self):
        """The options with their shares: those that are named as right count."""
        right = set()
        for letter in self._letters():
            if letter not in self.named:
                raise Unreadable(_l("There is no option “%(letter)s”. Write the letters of the "
                                    "right options in “Đáp án đúng”.", letter=letter))
            right.add(self.named[letter])
        each = share_of(Decimal(100) / max(1, len(right)))
        return [{"vi": option.get("vi", ""), "en": option.get("en", ""),
                 "feedback_vi": option.get("feedback_vi", ""),
                 "feedback_en": option.get("feedback_en", ""),
                 "share": share_of(option["share"]) if "share" in option
                 else each if place in right else "0"}
                for place, option in enumerate(self.options)]

    def single(self):
        """One right option."""
        return single_choice(self._choice())

    def multiple(self):
        """Several right options; only with “Từng phần” does each count for itself."""
        partial = fold(self.cell("marking")) == fold(words.PARTLY)
        options = self._choice()
        fields = multiple_choice(options, partial)
        if partial and not any("share" in option for option in self.options):
            fields["options"] = [{name: value for name, value in option.items()
                                  if name != "share"} for option in fields["options"]]
        return fields

    def true_false(self):
        """True or false; what is said to each stands in the cells of options."""
        told = fold(self.cell("right"))
        if told not in words.TRUE + words.FALSE:
            raise Unreadable(_l("Write “Đúng” or “Sai” in “Đáp án đúng”."))
        options = [*self.options, {}, {}][:2]
        return {"right": ["T" if told in words.TRUE else "F"], "options": [
            base | {name: said[name] for name in ("feedback_vi", "feedback_en") if name in said}
            for base, said in zip(TRUE_FALSE, options, strict=True)]}

    def _truths(self):
        """T or F for each option, as the key says in turn or else each of them behind its words;
        None for each that is not judged.
        """
        if self.cell("right"):
            return judgements(self.cell("right"), len(self.options)) or [None]
        return [without_judgement(option.get("vi", ""))[1] for option in self.options]

    def statements(self):
        """Each option judged true or false."""
        told = fold(self.cell("marking"))
        scale = next((name for name, word in words.SCALES.items() if fold(word) == told), "")
        return statements([{"vi": option.get("vi", "") if self.cell("right") else
                            without_judgement(option.get("vi", ""))[0],
                            "en": option.get("en", "")} for option in self.options],
                          self._truths(), scale)

    def short(self):
        """Accepted texts, a line each; some templates hold them where the options are."""
        told = [option["vi"] for option in self.options if option.get("vi")]
        return {"right": told if told and not self.cell("right") else self._lines()}

    def number(self):
        """A number a line, with one tolerance and unit."""
        return {"right": [number_of(line) for line in self._lines()], "settings": {
            "tolerance": number_of(self.cell("tolerance") or "0"), "unit": self.cell("unit")}}

    def _lines(self):
        lines = [line for line in self.cell("right").split("\n") if line]
        if not lines:
            raise Unreadable(_l("No accepted answer was found. Write it in “Đáp án đúng”."))
        return lines

    def matching(self):
        """Pairs: the partner stands behind → in a line of its own."""
        lefts = [(option["vi"], option.get("en", "")) for option in self.options
                 if option.get("vi")]
        rights = [(option.get("partner_vi", ""), option.get("partner_en", ""))
                  for option in self.options if option.get("vi")]
        others = [(option["partner_vi"], option.get("partner_en", ""))
                  for option in self.options if not option.get("vi") and "partner_vi" in option]
        if len(lefts) < 2 or not all(vi for vi, _en in rights):
            raise Unreadable(_l("Each pair stands in one cell: the left part, and below it a line "
                                "with → and its partner. There are two pairs or more."))
        return paired(lefts, rights, others)

    def ordering(self):
        """The options in their right order."""
        if len(self.options) < 2:
            raise Unreadable(_l("Ordering needs two lines or more. Add what is missing."))
        options = [{"key": key, "vi": option.get("vi", ""), "en": option.get("en", "")}
                   for key, option in zip(letters(), self.options, strict=False)]
        return {"options": options, "right": [option["key"] for option in options]}

    def gaps(self):
        """Words with gaps as an export writes them, or as Moodle does."""
        if "gaps" in self._settings():
            return {}
        stem, gaps, _left = cloze.read(self.cell("stem_vi"))
        return {"stem_vi": texts.read_either(stem)[0], "settings": {"gaps": gaps}}

    def by_hand(self):
        """What people mark, or nobody."""
        return {}


def _without_options(cells):
    """``cells`` with the options apart that stand below the question in its own cell, where the
    key names options and no other cell holds any.
    """
    lines = cells.get("stem_vi", "").split("\n")
    first = next((place for place, line in enumerate(lines) if place and (
        found := LETTER.match(line)) and found[1].upper() == "A"), None)
    apart = any(isinstance(field, int) and text for field, text in cells.items()) or cells.get(
        "choices")
    if first is None or apart or not ONLY_LETTERS.fullmatch(cells.get("right", "").strip(" .")):
        return cells
    options = "\n".join(lines[first:])
    return cells | {"stem_vi": "\n".join(lines[:first]), "choices": options} if len(
        parted(options)) > 1 else cells


def parted(text):
    """The options of one cell: a line each, or from one letter to the next."""
    options = []
    for line in filter(None, text.split("\n")):
        letter = LETTER.match(line)
        if letter and letter[1].upper() == LETTERS_OF_COLUMNS[len(options)]:
            options.append(line[letter.end():])
        elif options and LETTER.match(text):
            options[-1] += f"\n{line}"
        else:
            options.append(line)
    return options


READERS = {"single": Row.single, "multiple": Row.multiple, "truefalse": Row.true_false,
           "statements": Row.statements, "short": Row.short, "number": Row.number,
           "matching": Row.matching, "ordering": Row.ordering, "gaps": Row.gaps,
           "essay": Row.by_hand, "upload": Row.by_hand, "description": Row.by_hand}


def _difficulty(text):
    """The difficulty a cell tells; the middle for an empty one."""
    if not text:
        return MIDDLE
    called = BRACKETED.sub("", fold(text)).strip(" .")
    if called not in words.DIFFICULTY_CALLED:
        raise Unreadable(_l("There is no difficulty called “%(text)s”. Write one of: %(names)s.",
                            text=text, names=", ".join(words.DIFFICULTIES.values())))
    return words.DIFFICULTY_CALLED[called]


def _day(text):
    """The day a cell tells, or None for an empty one."""
    if not text:
        return None
    found = DAY.fullmatch(text)
    try:
        return date(*map(int, reversed(found.groups()))) if found else date.fromisoformat(text)
    except ValueError:
        raise Unreadable(_l("“%(text)s” is not a day. Write it as 31/12/2027.",
                            text=text)) from None
