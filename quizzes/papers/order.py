"""The order of options: shuffled, but for those whose words depend on their place.  Pure."""
import re

from lms.kernel.text import fold

#: Options that speak of all the others stay behind them.
ABOUT_ALL = re.compile(
    r"^(tat ca|ca (hai|ba|bon|nam|sau|\d)|khong co|khong (dap an|phuong an|cau|y|lua chon))\b"
    r".*\b(tren|deu dung|deu sai|deu khong|nao|noi tren)\b"
    r"|^(all|none|both|neither|any) (of )?(the )?(above|these|those|answers|options)\b"
    r"|^(tat ca|ca hai) (deu )?(dung|sai)$")
#: Options that name others by their letters: “A và B đều đúng”, “Both A and C”, “đáp án B”.
LETTERS = re.compile(
    r"(?<!\w)[A-H](?:\s*,\s*[A-H])*\s*(?:,|và|and|&|\+|hoặc|or)\s*[A-H](?!\w)"
    r"|(?:[Đđ]áp án|[Pp]hương án|[Cc]âu|[Ýý]|[Oo]ption|[Aa]nswer)\s+[A-H](?!\w)")

#: Options of these kinds stand as every reader expects them.
STANDING = ("truefalse",)
#: The author's order of these gives the key away.
ALWAYS = ("ordering",)


def stays_last(option):
    """Whether ``option`` keeps its place at the end: its author says so, or its words do."""
    return bool(option.get("last")) or any(
        ABOUT_ALL.search(fold(option.get(name) or "").rstrip(". ")) for name in ("vi", "en"))


def names_letters(options):
    """Whether one of the ``options`` names another by its letter, so that none may move."""
    return any(LETTERS.search(option.get(name) or "")
               for option in options for name in ("vi", "en"))


def option_order(kind, options, shuffled, chance):
    """The keys of ``options`` in the order a paper shows them."""
    keys = [option["key"] for option in options]
    if kind in STANDING or not (shuffled or kind in ALWAYS):
        return keys
    if kind not in ALWAYS and names_letters(options):
        return keys
    last = [option["key"] for option in options if stays_last(option)]
    free = [key for key in keys if key not in last]
    chance.shuffle(free)
    return free + last
