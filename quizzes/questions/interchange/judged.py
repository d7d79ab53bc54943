"""Statements to be judged true or false, as files tell them: in words, in one line, as pairs."""
import re

from lms.kernel.i18n import _l
from lms.kernel.text import fold

from quizzes.questions.interchange.draft import TRUE_FALSE, Unreadable, letters
from quizzes.questions.kinds.statements import EACH, OFFICIAL, STEPS

TRUE, FALSE = ("dung", "true", "d", "t", "yes"), ("sai", "false", "s", "f", "no")
#: What judges one statement, behind its letter, (a) Đúng; b) Sai, a-Đ b-S), or by its place alone.
WORD = r"\(?(đúng|sai|true|false|[đdtsf])\b\)?[\s,;./|–-]*(?:và\s+)?"
LETTERED = re.compile(r"(?:ý\s+)?([a-z])\s*[).:=–-]?\s*" + WORD, re.IGNORECASE)
PLACED = re.compile("()" + WORD, re.IGNORECASE)
#: ĐSSĐ, in one.
GLUED = re.compile(r"[ĐDS]{2,26}|[TF]{2,26}", re.IGNORECASE)
#: What stands behind a statement and judges it: (Đ), [Sai], – Đúng.
BEHIND = re.compile(r"\s*(?:[(\[]\s*(đúng|sai|true|false|[ĐSđs])\s*[)\]]\s*[.;]?"
                    r"|\s[–-]\s*(đúng|sai|Đ|S)\s*[.;]?)\s*$", re.IGNORECASE)


def truth_of(word):
    """T or F for a word that says so, else None."""
    called = fold(word).strip(" .;:()[]")
    return "T" if called in TRUE else "F" if called in FALSE else None


def judgements(text, count):
    """T or F for each of ``count`` statements where ``text`` judges them all, in their order or by
    their letters; else None.
    """
    told = text.strip(" .;")
    if GLUED.fullmatch(told) and len(told) == count:
        return [truth_of(sign) for sign in told]
    return next((found for form in (LETTERED, PLACED) if (found := _in_turn(told, form, count))),
                None)


def _in_turn(told, form, count):
    """The judgements of so many statements one after the other, or None."""
    found, place = [], 0
    for letter in letters():
        one = form.match(told, place)
        if one is None or (one[1] and one[1].upper() != letter):
            return None
        found.append(truth_of(one[2]))
        place = one.end()
        if place == len(told) or len(found) == count:
            break
    return found if place == len(told) and len(found) == count else None


def without_judgement(text):
    """``text`` without what judges it behind it, and T or F; None where nothing does."""
    found = BEHIND.search(text)
    return (text[:found.start()], truth_of(found[1] or found[2])) if found else (text, None)


def statements(options, truths, scale=""):
    """The fields of a question: ``options`` with their words in the order of ``truths``; where the
    file names no ``scale``, four count as the state's examinations count them.
    """
    if len(options) < 2 or None in truths:
        raise Unreadable(_l("Say of every statement whether it is true: “Đ, S, S, Đ” in the order "
                            "of the statements, or Đúng or Sai behind each."))
    named = [option | {"key": key} for option, key in zip(options, letters(), strict=False)]
    return {"kind": "statements", "options": named, "matches": [dict(one) for one in TRUE_FALSE],
            "right": [f"{one['key']}={truth}" for one, truth in zip(named, truths, strict=True)],
            "settings": {"scale": scale or usual_scale(len(named))}}


def usual_scale(count):
    """How ``count`` statements count where a file does not say: four as the state's examinations
    count them, others each alike.
    """
    return OFFICIAL if count == len(STEPS) - 1 else EACH
