"""A question as a file tells it, what is wrong with a file, and what a file could not hold."""
import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import count, product

from lms.kernel.i18n import _l

from quizzes.questions.kinds.statements import EACH
from quizzes.questions.places import last_by_words

KINDS = ("single", "multiple", "truefalse", "statements", "short", "number", "matching",
         "ordering", "gaps", "hotspot", "essay", "upload", "description")
TRUE_FALSE = ({"key": "T", "vi": "Đúng", "en": "True"}, {"key": "F", "vi": "Sai", "en": "False"})
MIDDLE, DIFFICULTIES = 2, (1, 2, 3)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

#: The texts of a question, and of one of its options, that may be HTML.
TEXTS = ("stem_vi", "stem_en", "explanation_vi", "explanation_en")
OPTION_TEXTS = ("vi", "en", "feedback_vi", "feedback_en")
#: What readers call the kinds.
KIND_WORDS = {
    "single": _l("One right answer"), "multiple": _l("Several right answers"),
    "truefalse": _l("True or false"),
    "statements": _l("True or false, statement by statement"), "short": _l("Short answer"),
    "number": _l("Number"), "matching": _l("Match pairs"), "ordering": _l("Put in order"),
    "gaps": _l("Fill the gaps"), "hotspot": _l("Place on a picture"), "essay": _l("Essay"),
    "upload": _l("File handed in"), "description": _l("Text between questions"),
}

#: The shares Moodle knows, in percent; others write them with as many digits as they like.
SHARES = tuple(Decimal(text) for text in (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30",
    "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0"))
FIFTH = Decimal("0.00001")
#: Where a gap stands in the words.
GAP_PLACE = re.compile(r"\[\[(\w{1,10})\]\]")
#: How far a share may lie from one of the list to be taken for it: 33, 33.3 and 34 are a third.
NEAR = Decimal("0.7")


#: What the settings say, for whoever reads what a file cannot hold.
SETTING_WORDS = {
    "partial": _l("right only as a whole"), "case": _l("capitals count"),
    "diacritics": _l("marks count"), "spaces": _l("blanks count"),
    "shares": _l("answers that count in part"), "unit": _l("unit"),
    "unit_needed": _l("the unit must be given"), "tolerance": _l("tolerance"),
    "rubric": _l("rubric"), "markers": _l("second marker"), "differ": _l("third marker"),
    "most_words": _l("most words"), "file": _l("a file may be handed in"),
    "types": _l("kinds of file"), "gaps": _l("all that the gaps accept"),
    "stem_en": _l("English words"), "last": _l("place of options that stay last"),
    "scale": _l("how the statements count"),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of a file, and what to do; ``line`` counts from 1, or None."""

    at: object
    why: object
    line: int | None = None


@dataclass(frozen=True)
class Draft:
    """A question that a file tells, in the shape a version of a question has.

    ``at`` says where it stands, ``line`` in which line it begins; neither makes two drafts
    differ.  ``files`` are its pictures and sounds, by the names its texts call them.
    """

    kind: str
    stem_vi: str
    stem_en: str = ""
    options: list = field(default_factory=list)
    matches: list = field(default_factory=list)
    right: list = field(default_factory=list)
    settings: dict = field(default_factory=dict)
    explanation_vi: str = ""
    explanation_en: str = ""
    basis: str = ""
    valid_until: date | None = None
    category: str = ""
    tags: tuple = ()
    #: One of DIFFICULTIES; where a file says nothing, the middle.
    difficulty: int = MIDDLE
    key: str = ""
    files: dict = field(default_factory=dict)
    at: object = field(default="", compare=False)
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Reading:
    """What a file holds: questions, faults that keep it out, and notes on what was left aside."""

    drafts: tuple = ()
    faults: tuple = ()
    notes: tuple = ()


@dataclass(frozen=True)
class Writing:
    """A written file, and what of the questions it could not hold, as faults at their keys."""

    content: bytes
    lost: tuple = ()


class Unreadable(Exception):
    """A place of a file cannot be understood; ``why`` says what to do."""

    def __init__(self, why, line=None):
        super().__init__(why)
        self.why = why
        self.line = line


def others_miss(names):
    """The sentence for settings that are kept in a place which only this system reads."""
    words = [SETTING_WORDS.get(name, name) for name in sorted(names)]
    return _l("Other systems do not read this: %(what)s.", what=_Listed(words))


def missed(settings):
    """The names of those ``settings`` that other systems would need to mark alike."""
    return {name for name, value in settings.items() if (name, value) != ("scale", EACH)}


class _Listed:
    """Words one after the other, in the reader's language when they are read."""

    def __init__(self, words):
        self.words = words

    def __str__(self):
        return ", ".join(map(str, self.words))


def on_line(number):
    """The place of a fault by its line."""
    return _l("line %(number)s", number=number)


def changed(draft, change):
    """``draft`` with every text of its words as ``change`` makes it."""
    fields = {name: change(getattr(draft, name)) for name in TEXTS}
    for column in ("options", "matches"):
        fields[column] = [option | {name: change(option[name]) for name in OPTION_TEXTS
                                    if name in option} for option in getattr(draft, column)]
    return replace(draft, **fields)


def share_of(text):
    """A share in percent as it is kept: the nearest that Moodle knows, five decimals at most."""
    try:
        share = Decimal(str(text).strip().replace(",", "."))
    except InvalidOperation:
        raise Unreadable(_l("“%(text)s” is not a share. Write percent, such as 50 or 33.33333.",
                            text=text)) from None
    if not share.is_finite() or abs(share) > 100:
        raise Unreadable(_l("A share lies between -100 and 100 percent, not at %(text)s.",
                            text=text))
    nearest = min(SHARES, key=lambda known: abs(known - abs(share)))
    if abs(nearest - abs(share)) <= NEAR:
        share = nearest.copy_sign(share) if nearest else nearest
    return plain(share.quantize(FIFTH))


def plain(number):
    """A decimal number as text without an exponent and without zeros at its end."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def number_of(text):
    """A number typed with a point or a comma as it is kept, or Unreadable."""
    try:
        number = Decimal(str(text).strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise Unreadable(_l("“%(text)s” is not a number. Write it like 12.5.", text=text))
    return plain(number)


def equal_shares(draft):
    """The shares of a multiple choice that names none.

    The right ones share the mark alike, and whoever ticks every wrong one loses all of it.
    """
    wrong = len(draft.options) - len(draft.right)
    gain, loss = (share_of(Decimal(100) / count) if count else "0"
                  for count in (len(draft.right), wrong))
    return {option["key"]: gain if option["key"] in draft.right else plain(-Decimal(loss))
            for option in draft.options}


def shares(draft):
    """What each option of a choice counts in percent, by its key."""
    if draft.kind == "multiple" and not any("share" in option for option in draft.options):
        return equal_shares(draft)
    return {option["key"]: option.get("share") or (
        "100" if draft.kind != "multiple" and option["key"] in draft.right else "0")
        for option in draft.options}


def normal(draft):
    """``draft`` in its one form, so that two drafts of one question are equal.

    Settings that say nothing and shares that go without saying are left out; options are
    named anew; the right column of pairs and what is to be ordered stand by the alphabet, so
    that the order in the file gives nothing away.
    """
    settings = {name: value for name, value in draft.settings.items()
                if value not in (False, None, "", 0, "0", [], {})}
    if draft.kind not in ("single", "multiple"):
        settings.pop("partial", None)
    draft = replace(draft, settings=settings, tags=tuple(draft.tags), right=list(draft.right),
                    options=_options(draft, settings),
                    matches=[_bare(match) for match in draft.matches])
    return RENAMED.get(draft.kind, lambda same: same)(draft)


def _bare(option):
    """An option with nothing empty in it but its English."""
    kept = {name: value for name, value in option.items() if value}
    return {"key": option["key"], "vi": option.get("vi", ""), "en": option.get("en", "")} | kept


def _options(draft, settings):
    options = [_bare(option) for option in draft.options]
    if not settings.get("partial"):
        return [_without_share(option) for option in options]
    given = {option["key"]: option.get("share", "0") for option in options}
    usual = dict.fromkeys(given, "0")
    if draft.kind == "single":
        usual |= dict.fromkeys(draft.right, "100")
    elif given == equal_shares(draft):
        usual = given
    return [_without_share(option) if given[option["key"]] == usual[option["key"]] else option
            for option in options]


def _without_share(option):
    return {name: value for name, value in option.items() if name != "share"}


def _named(options, names):
    """``options`` under the next of ``names``, and the new name of each old one."""
    new = {option["key"]: name for option, name in zip(options, names, strict=False)}
    return [option | {"key": new[option["key"]]} for option in options], new


def _words(option):
    return option["vi"], option["en"], option["key"]


def names_of(kind):
    """The names the options of a kind take, in their order."""
    return map(str, count(1)) if kind == "matching" else letters()


def letters(alphabet=LETTERS):
    """A, B, … Z, then AA, AB and so on, without an end."""
    for length in count(1):
        yield from map("".join, product(alphabet, repeat=length))


def _choice(draft):
    options, new = _named(draft.options, letters())
    # What the words of an option say of its place need not be said.
    by_words = {option["key"]: last_by_words(option) for option in options}
    last = {new[key]: said for key, said in draft.settings.get("last", {}).items()
            if key in new and said != by_words[new[key]]}
    settings = {name: value for name, value in draft.settings.items() if name != "last"}
    return replace(draft, options=options, settings=settings | ({"last": last} if last else {}),
                   right=[new[key] for key in new if key in draft.right])


def _ordering(draft):
    options, new = _named(sorted(draft.options, key=_words), letters())
    return replace(draft, options=options, right=[new[key] for key in draft.right])


def _statements(draft):
    options, new = _named(draft.options, letters())
    truths = dict(pair.split("=", 1) for pair in draft.right)
    return replace(draft, options=options, matches=[dict(one) for one in TRUE_FALSE],
                   right=[f"{name}={truths[old]}" for old, name in new.items() if old in truths])


def _judged(draft):
    """The statements that a matching is where its file says how they count, or None."""
    words = {one["vi"]: one["key"] for one in TRUE_FALSE}
    truths = {match["key"]: words.get(match["vi"]) for match in draft.matches}
    if "scale" not in draft.settings or None in truths.values():
        return None
    pairs = (pair.split("=", 1) for pair in draft.right)
    return _statements(replace(draft, kind="statements", right=[
        f"{left}={truths[right]}" for left, right in pairs if right in truths]))


def _matching(draft):
    if told := _judged(draft):
        return told
    options, lefts = _named(draft.options, names_of("matching"))
    matches, rights = _named(sorted(draft.matches, key=_words), letters(LETTERS.lower()))
    partners = dict(pair.split("=", 1) for pair in draft.right)
    return replace(draft, options=options, matches=matches, right=[
        f"{new}={rights[partners[old]]}" for old, new in lefts.items() if old in partners])


def gap(key, kind, right, **more):
    """A gap with all it is made of: ``kind`` is text, choice or number."""
    return {"key": str(key), "kind": kind, "right": list(right), "options": [], "points": 1,
            "tolerance": "0", "case": False, "diacritics": False} | more


def _gaps(draft):
    """Gaps are numbered as they stand in the words, and worth a whole number where they are."""
    told = {found["key"]: found for found in draft.settings.get("gaps", [])}
    standing = dict.fromkeys(GAP_PLACE.findall(draft.stem_vi))
    order = [*filter(told.__contains__, standing), *(key for key in told if key not in standing)]
    new = {old: str(number) for number, old in enumerate(order, 1)}
    # Gaps that are filled from one list share it: else a small file would take much room.
    lists = {id(one["options"]): [_bare(option) for option in one["options"]]
             for one in told.values() if one.get("options")}
    whole = [gap(**{**told[old], "key": new[old], "points": _points(told[old].get("points", 1)),
                    "options": lists.get(id(told[old].get("options")), [])})
             for old in order]

    def numbered(text):
        return GAP_PLACE.sub(lambda found: f"[[{new.get(found[1], found[1])}]]", text)
    return replace(draft, stem_vi=numbered(draft.stem_vi), stem_en=numbered(draft.stem_en),
                   settings=draft.settings | {"gaps": whole})


def _points(points):
    try:
        number = Decimal(str(points).replace(",", "."))
    except InvalidOperation:
        return points
    if not number.is_finite():
        return points
    return int(number) if number == number.to_integral_value() else plain(number)


#: How the options of each kind are named anew.
RENAMED = {"single": _choice, "multiple": _choice, "ordering": _ordering, "matching": _matching,
           "statements": _statements, "gaps": _gaps}


def paired(lefts, rights, distractors=()):
    """The options, matches and right pairs of a matching: texts are (vi, en), in pairs."""
    texts = list(dict.fromkeys([*rights, *distractors]))
    keys = dict(zip(texts, letters(LETTERS.lower()), strict=False))
    return {
        "options": [{"key": str(n), "vi": vi, "en": en} for n, (vi, en) in enumerate(lefts, 1)],
        "matches": [{"key": key, "vi": vi, "en": en} for (vi, en), key in keys.items()],
        "right": [f"{n}={keys[text]}" for n, text in enumerate(rights, 1)]}


def pairs_of(draft):
    """The pairs of a matching as (left, right), and the matches that belong to no left one."""
    by_key = {match["key"]: match for match in draft.matches}
    partners = dict(pair.split("=", 1) for pair in draft.right)
    used = [(option, by_key[partners[option["key"]]]) for option in draft.options]
    taken = set(partners.values())
    return used, [match for match in draft.matches if match["key"] not in taken]


def as_pairs(draft):
    """``draft``, with statements as the matching that other systems know: each with Đúng or Sai,
    in English too where its words are.
    """
    if draft.kind != "statements":
        return draft
    english = draft.stem_en or any(option["en"] for option in draft.options)
    return replace(draft, kind="matching", matches=[
        one | ({} if english else {"en": ""}) for one in draft.matches])


def in_order(draft):
    """The options of an ordering in the right order."""
    by_key = {option["key"]: option for option in draft.options}
    return [by_key[key] for key in draft.right]
