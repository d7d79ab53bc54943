"""What an export of ours keeps beside a question, believed only in the shape it has."""
import json
from datetime import date

from lms.kernel.i18n import _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import DIFFICULTIES, MIDDLE, Unreadable
from quizzes.questions.kinds.statements import SCALES

SWITCHES = ("partial", "case", "diacritics", "spaces", "unit_needed", "file")
WORDS = ("tolerance", "unit", "picture", "alt_vi", "alt_en")
COUNTS = ("markers", "differ", "most_words", "width", "height")
KINDS_OF_GAP = ("text", "choice", "number")
SHAPES = ("rect", "circle", "polygon")


def read(text):
    """The fields that JSON ``text`` keeps: settings, and where it holds them the others.

    Raises Unreadable where it is not what an export writes.
    """
    try:
        kept = json.loads(text) if text else {}
        if not isinstance(kept, dict):
            raise ValueError
        return kept
    except (ValueError, RecursionError):
        raise Unreadable(_l("What an export kept for itself cannot be read. Take it out, or export "
                            "the file again.")) from None


def settings_of(told):
    """``told`` as settings, if every one has its shape; raises Unreadable."""
    if not isinstance(told, dict):
        raise _torn("settings")
    for name, value in told.items():
        check = CHECKS.get(name)
        if check is None or not check(value):
            raise _torn(name)
    return told


def words_of(told, name):
    """The text ``name`` of what was kept, made safe where it is HTML."""
    value = told.get(name, "")
    if not isinstance(value, str):
        raise _torn(name)
    return texts.from_html(value) if texts.is_markup(value) else texts.tidy(value)


def tags_of(told):
    """The tags of what was kept."""
    value = told.get("tags", [])
    if not _all_words(value):
        raise _torn("tags")
    return tuple(map(texts.tidy, value))


def difficulty_of(told):
    """The difficulty of what was kept."""
    value = told.get("difficulty", MIDDLE)
    if value not in DIFFICULTIES or isinstance(value, bool):
        raise _torn("difficulty")
    return value


def day_of(told):
    """The last day of what was kept, or None."""
    value = told.get("valid_until")
    try:
        return date.fromisoformat(value) if value else None
    except (ValueError, TypeError):
        raise _torn("valid_until") from None


def _torn(name):
    return Unreadable(_l("The setting “%(name)s” is not what an export writes. Take it out, or "
                         "export the file again.", name=str(name)[:40]))


def _is_word(value):
    return isinstance(value, str)


def _all_words(value):
    return isinstance(value, list | tuple) and all(map(_is_word, value))


def _is_count(value):
    return value is None or isinstance(value, int)


def _are_shares(value):
    return isinstance(value, dict) and all(map(_is_word, value.values()))


def _are_places(value):
    return isinstance(value, dict) and all(isinstance(one, bool) for one in value.values())


def _are(value, has):
    return isinstance(value, list) and all(isinstance(one, dict) and has(one) for one in value)


def _is_option(one):
    return all(_is_word(one.get(name)) for name in ("key", "vi", "en")) and all(
        map(_is_word, one.values()))


def _is_gap(one):
    return (_is_word(one.get("key")) and one.get("kind") in KINDS_OF_GAP
            and _all_words(one.get("right")) and _are(one.get("options", []), _is_option)
            and isinstance(one.get("points", 1), int | str) and _is_word(one.get("tolerance", "0"))
            and all(isinstance(one.get(name, False), bool) for name in ("case", "diacritics"))
            and set(one) <= {"key", "kind", "right", "options", "points", "tolerance", "case",
                             "diacritics"})


def _is_line(one):
    return _is_word(one.get("vi")) and _is_word(one.get("en", "")) and isinstance(
        one.get("points"), int | str)


def _is_area(one):
    return (one.get("shape") in SHAPES and _all_words(one.get("points"))
            and all(_is_word(one.get(name)) for name in ("key", "vi", "en")))


CHECKS = (
    dict.fromkeys(SWITCHES, lambda value: isinstance(value, bool))
    | dict.fromkeys(WORDS, _is_word) | dict.fromkeys(COUNTS, _is_count)
    | {"scale": SCALES.__contains__, "shares": _are_shares, "last": _are_places,
       "types": _all_words,
       "gaps": lambda value: _are(value, _is_gap),
       "rubric": lambda value: _are(value, _is_line),
       "areas": lambda value: _are(value, _is_area)})
