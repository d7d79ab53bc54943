"""Words with gaps as Moodle writes them: ``{1:SHORTANSWER:=Hà Nội~=Ha Noi}``."""
import html
import re
from decimal import Decimal
from itertools import islice

from lms.kernel.i18n import _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.choices import too_many_parts
from quizzes.questions.interchange.draft import (
    GAP_PLACE,
    Unreadable,
    gap,
    letters,
    number_of,
    plain,
    share_of,
)

#: So many gaps one text has at most; one is never so long that looking for its end takes a while.
MOST_GAPS = 200
GAP = re.compile(r"\{(\d*):(\w+):((?:\\.|[^}\\]){0,5000})\}", re.DOTALL)
OPENING = re.compile(r"\{\d*:\w+:")
#: So many digits the points of a gap have at most.
MOST_DIGITS = 4
#: The names of each kind of gap; those that end in C ask for capitals as they are.
TEXTS = ("SHORTANSWER", "SA", "MW")
WITH_CASE = ("SHORTANSWER_C", "SAC", "MWC")
NUMBERS = ("NUMERICAL", "NM")
SEVERAL = re.compile(r"(?:MULTIRESPONSE|MR)(?:_?H?S?)")
CHOICE = re.compile(r"(?:MULTICHOICE|MC)(?:_?[VH]?S?)")
#: A share that is told, other than none.
TOLD = re.compile(r"%-?[\d.,]*[1-9][\d.,]*%")
ALTERNATIVE = re.compile(r"(?:\\.|[^~\\])+", re.DOTALL)
WEIGHT = re.compile(r"\s*(=|%(-?[\d.,]+)%)?")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
SIGNS = re.compile(r'[\\}~#/"]')
#: Moodle's sign for whatever is typed; a star that is meant is written \*.
ANYTHING = re.compile(r"\s*(?:=|%-?[\d.,]+%)\s*\*\s*(?:#.*)?", re.DOTALL)
WORDS = re.compile(r"((?:\\.|[^#\\])*)#?(.*)", re.DOTALL)


def read(markup):
    """The words with ``[[1]]`` where a gap is, the gaps, and whether something was left out."""
    gaps, left = [], []

    def found(place):
        made, simple = _gap(len(gaps) + 1, place)
        gaps.append(made)
        if not simple:
            left.append(place[0])
        return f"[[{len(gaps)}]]"
    words = GAP.sub(found, _bearable(markup))
    if not gaps:
        raise Unreadable(_l("No gap was found. Write one such as {1:SHORTANSWER:=Hà Nội}."))
    return words, gaps, bool(left)


def _bearable(markup):
    """``markup``, where it has no more gaps than are read; raises Unreadable."""
    if next(islice(OPENING.finditer(markup), MOST_GAPS, None), None) is not None:
        raise too_many_parts()
    return markup


def several(markup):
    """The words and the options of a text whose only gap has several answers to tick: a question
    of its own; else None.

    As Moodle counts it the right ones make up all together; where no share is told each wrong one
    takes what a right one gives.
    """
    found = list(GAP.finditer(_bearable(markup)))
    if len(found) != 1 or not SEVERAL.fullmatch(found[0][2].upper()):
        return None
    answers = [_answer(text) for text in ALTERNATIVE.findall(found[0][3]) if text.strip()]
    total = sum(share for _text, text, _said in answers if (share := Decimal(text)) > 0)
    if not total:
        raise _no_right_answer(found[0])
    wrong = 0 if TOLD.search(found[0][3]) else -10_000 / total
    options = [{"vi": text, "en": "", "feedback_vi": said, "feedback_en": "", "share": share_of(
        plain(points * 100 / total if points > 0 else points or Decimal(wrong)))}
        for text, points, said in ((text, Decimal(share), said) for text, share, said in answers)]
    before, after = markup[:found[0].start()], markup[found[0].end():]
    return before + (f" _____ {after}" if texts.without_tags(after) else after), options


def _no_right_answer(place):
    return Unreadable(_l("The gap %(gap)s has no right answer. Write = before it.",
                         gap=place[0][:60]))


def _gap(key, place):
    if len(place[1]) > MOST_DIGITS:
        raise Unreadable(_l("The points of the gap %(gap)s are too many. Write a smaller number.",
                            gap=place[0][:60]))
    points, kind = int(place[1] or 1), place[2].upper()
    given = [text for text in ALTERNATIVE.findall(place[3]) if text.strip()]
    answers = [_answer(text) for text in given]
    right = [text for text, share, _said in answers if share == "100"]
    simple = all(share in ("0", "100") and not said for _text, share, said in answers)
    if SEVERAL.fullmatch(kind):
        raise Unreadable(_l("A gap with several answers to tick stands among others. Make it a "
                            "question of its own with several right answers."))
    if not right:
        raise _no_right_answer(place)
    if not CHOICE.fullmatch(kind):
        _insist_on_words(place, given)
    if kind in TEXTS + WITH_CASE:
        return gap(key, "text", right, points=points, case=kind in WITH_CASE), simple
    if kind in NUMBERS:
        number, _colon, tolerance = right[0].partition(":")
        return gap(key, "number", [number_of(number)], points=points,
                   tolerance=number_of(tolerance) if tolerance.strip() else "0"), (
            simple and len(answers) == 1)
    if CHOICE.fullmatch(kind):
        options = [{"key": name, "vi": text, "en": ""} for name, (text, *_rest) in zip(
            letters(), answers, strict=False)]
        named = [option["key"] for option, (_text, share, _said) in zip(
            options, answers, strict=True) if share == "100"]
        return gap(key, "choice", named, options=options, points=points), simple
    raise Unreadable(_l("A gap of the kind “%(kind)s” is not known here. Take text, a choice or a "
                        "number.", kind=place[2]))


def _insist_on_words(place, given):
    """Refuse what earns points whatever is typed: there is nothing here that it could mean."""
    if any(ANYTHING.fullmatch(text) and _answer(text)[1] != "0" for text in given):
        raise Unreadable(_l("The gap %(gap)s takes whatever is typed by a * alone. Write what is "
                            "right; a star that is meant is written \\*.", gap=place[0][:60]))


def _answer(text):
    """An alternative as (words, share, what is said to it)."""
    weight = WEIGHT.match(text)
    share = "0" if not weight[1] else "100" if weight[1] == "=" else share_of(weight[2])
    words, said = map(_plainly, WORDS.match(text[weight.end():]).groups())
    return words, share, said


def _plainly(words):
    return texts.tidy(html.unescape(texts.TAG.sub("", ESCAPED.sub(r"\1", words))))


def write(words, gaps):
    """HTML ``words`` with each ``[[1]]`` as Moodle writes a gap."""
    by_key = {found["key"]: found for found in gaps}
    return GAP_PLACE.sub(
        lambda place: _written(by_key[place[1]]) if place[1] in by_key else place[0], words)


def _written(found):
    if found["kind"] == "choice":
        kind, answers = "MULTICHOICE", [
            ("=" if option["key"] in found["right"] else "%0%") + _safe(option["vi"])
            for option in found["options"]]
    elif found["kind"] == "number":
        kind, answers = "NUMERICAL", [f"={found['right'][0]}:{found['tolerance']}"]
    else:
        kind = "SHORTANSWER_C" if found["case"] else "SHORTANSWER"
        answers = ["=\\*" if text == "*" else f"={_safe(text)}" for text in found["right"]]
    # Moodle knows whole points only.
    points = found["points"] if isinstance(found["points"], int) else 1
    return f"{{{points}:{kind}:{'~'.join(answers)}}}"


def _safe(text):
    return SIGNS.sub(lambda sign: "\\" + sign[0], html.escape(text, quote=False))
