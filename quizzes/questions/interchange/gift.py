"""GIFT, which people write by hand: read with the line of every mistake."""
import re
from dataclasses import replace
from decimal import Decimal

from lms.kernel.i18n import _l

from quizzes.questions.interchange import kept, texts
from quizzes.questions.interchange.choices import (
    multiple_choice,
    number_with,
    single_choice,
    too_many_parts,
)
from quizzes.questions.interchange.draft import (
    MIDDLE,
    TRUE_FALSE,
    Draft,
    Fault,
    Reading,
    Unreadable,
    letters,
    normal,
    number_of,
    on_line,
    paired,
    plain,
    share_of,
)

#: The signs that mean something and may be written after a backslash, and what stands for each
#: while the structure is read.
SIGNS = "\\~=#{}:"
ESCAPED = re.compile(r"\\([\\~=#{}:n])")
STANDING = {sign: chr(0xE000 + n) for n, sign in enumerate(SIGNS)} | {"n": chr(0xE010)}
GIVEN = {standing: "\n" if sign == "n" else sign for sign, standing in STANDING.items()}
PRIVATE = re.compile("[\ue000-\ue01f]")

CATEGORY = re.compile(r"\$CATEGORY\s*:(.*)", re.IGNORECASE)
#: What Moodle puts before the path of a category.
CONTEXT = re.compile(r"^(?:\$\w+\$/)?(?:top/?)?")
TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
NOTE = re.compile(r"\[(id|tag|basis|difficulty|valid-until|settings):((?:\\.|[^\]\\])*)\]")
WEIGHT = re.compile(r"\s*%([^%]*)%")
ORDER = re.compile(r"\s*>\s*\d*[A-Z\d_ \t]*\n")
#: How a file of XML begins.
MARKED = re.compile(r"\s*<(?:\?xml|!DOCTYPE|quiz\b)")
#: So many signs and texts the answers of a question have at most.
MOST_SIGNS = 2_000
#: A sign that stands for any words.
ANYTHING = re.compile(r"(?<!\\)\*")
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")


def read(content):
    """The questions of a GIFT file."""
    try:
        text = texts.text_of(content)
        if MARKED.match(text):
            raise Unreadable(_l("This is not a text file. Choose the kind of file that it is, or "
                                "save it as text."))
        return Reader(text).reading()
    except Unreadable as fault:
        line = fault.line or 1
        return Reading(faults=(Fault(on_line(line), fault.why, line),))


class Reader:
    """Reads the blocks of a file, which empty lines part, one after the other."""

    def __init__(self, text):
        self.lines = PRIVATE.sub("", text).split("\n")
        self.category = ""
        self.drafts, self.faults, self.notes = [], [], []

    def reading(self):
        """All that the file holds."""
        open_since = None
        for start, lines in self._blocks():
            inside = _structure("\n".join(lines))
            if open_since is not None and "{" not in inside.partition("}")[0]:
                # The rest of a question that an empty line tore: its fault is told already.
                open_since = None if "}" in inside else open_since
                continue
            open_since = start if inside.count("{") > inside.count("}") else None
            self._read_block(start, lines)
        return Reading(tuple(self.drafts), tuple(self.faults), tuple(self.notes))

    def _blocks(self):
        block, start = [], 0
        for number, line in enumerate([*self.lines, ""], 1):
            if line.strip():
                start = start if block else number
                block.append(line)
            elif block:
                yield start, block
                block = []

    def _read_block(self, start, lines):
        rest, told = [], {"tags": []}
        for number, line in enumerate(lines, start):
            bare = line.strip()
            category = CATEGORY.match(bare) if not any(rest) else None
            if bare.startswith("//"):
                _listen(bare, told, number, self.faults)
            elif category:
                self.category = CONTEXT.sub("", texts.tidy(category[1]))
            rest.append("" if bare.startswith("//") or category else line)
        first = next((n for n, line in enumerate(rest) if line.strip()), None)
        if first is not None:
            self._read_question(start + first, "\n".join(rest[first:]), told)

    def _read_question(self, line, text, told):
        try:
            fields = Question(ESCAPED.sub(lambda found: STANDING[found[1]], text), line)
            draft = Draft(**fields.fields(), category=self.category, at=on_line(line), line=line)
            self.drafts.append(normal(_with(draft, told)))
            self.notes += [Fault(on_line(line), why, line) for why in fields.notes]
        except Unreadable as fault:
            at = fault.line or line
            self.faults.append(Fault(on_line(at), fault.why, at))


def _structure(text):
    """``text`` without what a backslash hides and without comments."""
    shown = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("//"))
    return ESCAPED.sub("", shown)


def _listen(comment, told, number, faults):
    """What a comment tells about its question, as Moodle writes it, and as we do."""
    for name, value in NOTE.findall(comment):
        value = re.sub(r"\\(.)", r"\1", value)
        try:
            if name == "tag":
                told["tags"].append(value)
            elif name == "settings":
                told["settings"] = kept.settings_of(kept.read(value))
            elif name == "difficulty":
                told[name] = kept.difficulty_of({name: int(value) if value.isdecimal() else None})
            elif name == "valid-until":
                told["valid_until"] = kept.day_of({"valid_until": value})
            else:
                told[{"id": "key"}.get(name, name)] = value
        except Unreadable:
            faults.append(Fault(on_line(number), _l(
                "The note “%(name)s” of this comment cannot be read. Delete it, or write it as "
                "an export does.", name=name), number))


def _with(draft, told):
    settings = draft.settings | told.get("settings", {})
    return replace(draft, settings=settings, tags=tuple(told["tags"]),
                   key=told.get("key") or draft.key, basis=told.get("basis", ""),
                   valid_until=told.get("valid_until"),
                   difficulty=told.get("difficulty", MIDDLE))


class Question:
    """One question of the file; ``text`` has its escaped signs put aside."""

    def __init__(self, text, line):
        self.text, self.line, self.notes = text, line, []
        self.format = "moodle"

    def fields(self):
        """The fields of its draft; raises Unreadable."""
        text, key = self.text, ""
        title = TITLE.match(text)
        if title:
            key, text = texts.tidy(_given(title[1])), text[title.end():]
        stem, body, place = self._parted(text, len(self.text) - len(text))
        chosen = FORMAT.match(stem)
        if chosen:
            self.format, stem = chosen[1].lower(), stem[chosen.end():]
        if self.format == "markdown":
            self.notes.append(_l("Markdown is taken as plain words. Look at the question."))
        vietnamese, english = self._words(stem)
        if not vietnamese:
            raise Unreadable(_l("The question has no words before its answers. Write them."),
                             self.line)
        told = {"stem_vi": vietnamese, "stem_en": english, "key": key}
        if body is None:
            return {"kind": "description"} | told
        answers, _marks, general = body.partition("####")
        explained = self._words(general)
        return (self._answers(answers, place)
                | {"explanation_vi": explained[0], "explanation_en": explained[1]} | told)

    def _parted(self, text, offset):
        """The words, what stands in braces and where; words behind them make a gap."""
        opening, closing = text.find("{"), text.rfind("}")
        if opening < 0 and closing < 0:
            return text, None, 0
        if closing < opening or opening < 0:
            brace = "{" if opening >= 0 else "}"
            raise Unreadable(
                _l("The brace { is not closed before the next empty line. Write } behind the last "
                   "answer, and no empty line between.") if brace == "{" else
                _l("The brace } has no { before it. Write { before the first answer, or \\} for "
                   "the sign."), self._line_of(offset + max(opening, closing)))
        body = text[opening + 1:closing]
        if "{" in body or "}" in body:
            raise Unreadable(_l("A question has one pair of braces. Part the questions with an "
                                "empty line; write \\{ and \\} for the signs."),
                             self._line_of(offset + opening))
        after = text[closing + 1:]
        if after.lstrip().startswith("####"):
            raise Unreadable(_l("The explanation stands behind the brace }. Write #### and what "
                                "follows before it."), self._line_of(offset + closing))
        stem = text[:opening] + (f" _____ {after.lstrip()}" if after.strip() else "")
        return stem, body, offset + opening + 1

    def _line_of(self, place):
        return self.line + self.text[:place].count("\n")

    def _words(self, text):
        """A text in two languages."""
        text = text.strip()
        own = FORMAT.match(text)
        how = own[1].lower() if own else self.format
        text = _given(text[own.end():] if own else text).strip()
        if how == "html" or (how == "moodle" and texts.is_html(text)):
            return texts.both(text)
        return texts.as_words(texts.tidy(text)), ""

    def _answers(self, body, place):
        bare = body.strip()
        word = bare.partition("#")[0].strip().upper()
        if not bare:
            return {"kind": "essay"}
        if word in TRUE + FALSE:
            return self._true_false(word, bare)
        if bare.startswith("#"):
            return self._number(bare[1:])
        if ORDER.match(body):
            return self._ordering(body[ORDER.match(body).end():])
        items = self._items(body, place)
        arrows = ["->" in text for _sign, text, _line in items]
        if all(arrows) and all(sign == "=" for sign, *_rest in items):
            return self._matching(items)
        if any(sign == "~" for sign, *_rest in items):
            return self._choice(items)
        if any(arrows):
            raise Unreadable(_l("Some answers are pairs and some are not. Write each pair as "
                                "=left -> right."), items[arrows.index(False)][2])
        return self._short(items)

    def _items(self, body, place):
        """The answers as (sign, text, line)."""
        parts = re.split("([=~])", body)
        if len(parts) == 1:
            # A single accepted answer may stand without its sign.
            return [("=", body, self._line_of(place))]
        if len(parts) > MOST_SIGNS:
            raise too_many_parts()
        if parts[0].strip():
            raise Unreadable(_l("“%(text)s” has no sign before it. Begin a right answer with = "
                                "and a wrong one with ~.", text=_given(parts[0]).strip()[:60]),
                             self._line_of(place + len(parts[0]) - len(parts[0].lstrip())))
        items = []
        place += len(parts[0])
        for sign, text in zip(parts[1::2], parts[2::2], strict=True):
            items.append((sign, text, self._line_of(place)))
            place += 1 + len(text)
        return items

    def _option(self, text, line):
        """The words, the feedback, and the share where one is written, of an answer."""
        weight = WEIGHT.match(text)
        answer, _sign, feedback = (text[weight.end():] if weight else text).partition("#")
        (vi, en), said = self._words(answer), self._words(feedback)
        if not vi:
            raise Unreadable(_l("An answer has no words. Write them, or delete its sign; write "
                                "\\= or \\~ for the signs themselves."), line)
        option = {"vi": vi, "en": en, "feedback_vi": said[0], "feedback_en": said[1]}
        try:
            return option, share_of(weight[1]) if weight else None
        except Unreadable as fault:
            raise Unreadable(fault.why, line) from None

    def _choice(self, items):
        options = []
        for sign, text, line in items:
            option, share = self._option(text, line)
            options.append(option | {"share": share or ("100" if sign == "=" else "0")})
        marked = sum(sign == "=" for sign, *_rest in items)
        if marked > 1:
            self.notes.append(_l("Several answers begin with =: any one of them is taken as right. "
                                 "Give each a share where all of them must be chosen."))
        return single_choice(options) if marked else multiple_choice(options)

    def _short(self, items):
        right, shares = [], {}
        for _sign, text, line in items:
            option, share = self._option(text, line)
            if option["feedback_vi"] or share == "0":
                self.notes.append(_feedback_left())
            if share == "0":
                continue
            right.append(own_star(option["vi"]))
            if share and share != "100":
                shares[right[-1]] = share
            if ANYTHING.search(option["vi"]):
                self.notes.append(stars_left())
        return {"kind": "short", "right": right, "settings": {"shares": shares}}

    def _true_false(self, word, bare):
        if "=" in bare or "~" in bare:
            raise Unreadable(_l("True or false has no further answers. Write {T} or {F}."),
                             self.line)
        right = "T" if word in TRUE else "F"
        # The first is said to whoever is wrong, the second to whoever is right.
        said = [self._words(text) for text in bare.split("#")[1:3]] + [("", "")] * 2
        by_key = {"F" if right == "T" else "T": said[0], right: said[1]}
        return {"kind": "truefalse", "right": [right], "options": [
            option | {"feedback_vi": by_key[option["key"]][0],
                      "feedback_en": by_key[option["key"]][1]} for option in TRUE_FALSE]}

    def _number(self, bare):
        accepted = []
        # A number alone needs no sign; what begins with ~ is only said to whoever is wrong.
        signed = bare if bare.lstrip()[:1] in ("=", "~") else f"={bare}"
        for sign, text, _line in self._items(signed, 0):
            if sign == "~":
                self.notes.append(_feedback_left())
                continue
            weight = WEIGHT.match(text)
            number, _sign, feedback = (text[weight.end():] if weight else text).partition("#")
            if feedback.strip():
                self.notes.append(_feedback_left())
            accepted.append((*_with_tolerance(_given(number)),
                             share_of(weight[1]) if weight else "100"))
        fields, torn = number_with(accepted, self.line)
        if torn:
            self.notes.append(tolerances_left())
        return fields

    def _matching(self, items):
        lefts, rights, others = [], [], []
        for _sign, text, line in items:
            left, _arrow, right = text.partition("->")
            left, right = self._words(left), self._words(right)
            if not right[0]:
                raise Unreadable(_l("A pair has nothing behind ->. Write its partner."), line)
            if left[0]:
                lefts.append(left)
                rights.append(right)
            else:
                others.append(right)
        if len(lefts) < 2:
            raise Unreadable(_l("Matching needs two pairs or more. Add what is missing."),
                             self.line)
        return {"kind": "matching"} | paired(lefts, rights, others)

    def _ordering(self, body):
        words = [both for line in body.split("\n") if (both := self._words(line))[0]]
        if len(words) < 2:
            raise Unreadable(_l("Ordering needs two lines or more. Add what is missing."),
                             self.line)
        options = [{"key": key, "vi": vi, "en": en}
                   for key, (vi, en) in zip(letters(), words, strict=False)]
        return {"kind": "ordering", "options": options,
                "right": [option["key"] for option in options]}


def _feedback_left():
    return _l("What is said to a single accepted answer is left out; the explanation stays.")


def tolerances_left():
    """What is said where each of several numbers has a tolerance of its own."""
    return _l("One tolerance is kept for all the accepted numbers: the first. Look at it.")


def own_star(text):
    """An accepted text as it is kept; Moodle writes the sign * itself behind a backslash."""
    return text.replace("\\*", "*")


def stars_left():
    """What is said where an accepted answer has the sign that stands for anything in Moodle."""
    return _l("In Moodle the sign * stands for any words; here it is a sign like others. Write the "
              "accepted answers out.")


def _given(text):
    """``text`` with the signs put aside put back."""
    return PRIVATE.sub(lambda found: GIVEN[found[0]], text)


def _with_tolerance(text):
    """A number and how far an answer may lie from it: ``3:0.1`` or ``1..5``."""
    if ".." in text:
        low, high = (Decimal(number_of(part)) for part in text.split("..", 1))
        return plain((low + high) / 2), plain(abs(high - low) / 2)
    number, _colon, tolerance = text.partition(":")
    return number_of(number), number_of(tolerance) if tolerance.strip() else "0"
