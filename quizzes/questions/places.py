"""Which options keep their place when options are shuffled: their author says so, or their words.

Pure.  An option's ``last`` is what its author said: True, False, or nothing, and then its words
decide.
"""
import re
from functools import lru_cache

from lms.kernel.text import fold

from quizzes.questions.richtext import KEPT, plain

#: Options that speak of all the others stay behind them.
ABOUT_ALL = re.compile(
    r"^(tat ca|ca (hai|ba|bon|nam|sau|\d)|khong co|khong (dap an|phuong an|cau|y|lua chon))\b"
    r".*\b(tren|deu dung|deu sai|deu khong|nao|noi tren)\b"
    r"|^(all|none|both|neither|any) (of )?(the )?(above|these|those|answers|options)\b"
    r"|^(tat ca|ca hai) (deu )?(dung|sai)$")
#: Options that name others by their letters: “A và B đều đúng”, “Both A and C”, “đáp án B”.
LETTERS = re.compile(
    r"(?<!\w)[A-H](?:\s*,\s*[A-H])*\s*(?:,|và|and|&|\+|hoặc|or)\s*[A-H](?!\w)"
    r"|(?:[Đđ]áp án|[Pp]hương án|[Cc]âu|[Ýý]|[Oo]ption|[Aa]nswer)\s+[A-H](?!\w)"
    # Statements are called by small letters: “ý b sai”, “nhận định c”.
    r"|(?:[Ýý]|[Nn]hận định|[Mm]ệnh đề|[Ss]tatement)\s+[a-h](?=[\s).,;:]|$)")
#: The kinds whose options may be shuffled and are told apart by letters.
LETTERED = ("single", "multiple")


def last_by_words(option):
    """Whether the words of ``option`` speak of all the others, so that it belongs behind them."""
    return any(_speaks_of_all(option.get(name) or "") for name in ("vi", "en"))


@lru_cache(maxsize=KEPT)
def _speaks_of_all(text):
    return ABOUT_ALL.search(fold(plain(text)).rstrip(". ")) is not None


def stays_last(option):
    """Whether ``option`` keeps its place at the end: its author says so, or else its words do."""
    said = option.get("last")
    return last_by_words(option) if said is None else bool(said)


def names_letters(options):
    """Whether one of the ``options`` names another by its letter, so that none may move."""
    return any(_names_letter(option.get(name) or "")
               for option in options for name in ("vi", "en"))


@lru_cache(maxsize=KEPT)
def _names_letter(text):
    return LETTERS.search(text) is not None


def in_place(kind, options):
    """What of the ``options`` does not move: (whether none of them does, the keys that stay last);
    nothing for a kind whose options are not lettered.
    """
    if kind not in LETTERED:
        return False, []
    return names_letters(options), [option["key"] for option in options if stays_last(option)]
