"""A question typed in lines: an option a line, the right ones with * in front."""
import re

from wtforms.validators import ValidationError

from lms.kernel.i18n import _

from quizzes.questions.kinds.base import LETTERS
from quizzes.questions.kinds.truefalse import TRUE_FALSE


def _both(text):
    vietnamese, _bar, english = text.partition("|")
    return {"vi": vietnamese.strip(), "en": english.strip()}


def _worded(line):
    both = _both(line.lstrip("*"))
    if not both["vi"]:
        raise ValidationError(_("The line “%(line)s” has no words. Write them, or delete the line.",
                                line=line))
    return both


def _options(lines):
    """Options with their keys, and the keys of those marked as right."""
    if not 2 <= len(lines) <= len(LETTERS):
        raise ValidationError(_("Give two to %(most)s options, one a line.", most=len(LETTERS)))
    options = [{"key": LETTERS[n], **_worded(line)} for n, line in enumerate(lines)]
    return options, [LETTERS[n] for n, line in enumerate(lines) if line.startswith("*")]


def read_single(lines):
    """One option marked with *."""
    options, right = _options(lines)
    if len(right) != 1:
        raise ValidationError(_("Mark exactly one option as right: begin its line with *."))
    return options, [], right


def read_multiple(lines):
    """Options marked with *."""
    options, right = _options(lines)
    if not right:
        raise ValidationError(_("Mark the right options: begin their lines with *."))
    return options, [], right


def read_true_false(lines):
    """The word marked with *, in either language."""
    marked = [_both(line.lstrip("*"))["vi"].lower() for line in lines if line.startswith("*")]
    if len(marked) != 1 or marked[0] not in ("đúng", "sai", "true", "false"):
        raise ValidationError(_("Write *Đúng or *Sai: the word that is right."))
    return TRUE_FALSE, [], ["T" if marked[0] in ("đúng", "true") else "F"]


def read_short(lines):
    """Each accepted answer."""
    accepted = [words for line in lines if (words := line.lstrip("*").strip())]
    if not accepted:
        raise ValidationError(_("Give at least one accepted answer."))
    return [], [], accepted


def read_ordering(lines):
    """The options in the right order; they are shown shuffled."""
    options, _right = _options(lines)
    return options, [], [option["key"] for option in options]


def read_matching(lines):
    """Pairs written ``left = right``; the right column is shown in the order of its letters."""
    pairs = [re.split(r"\s*=\s*", line, maxsplit=1) for line in lines]
    if not 2 <= len(pairs) <= len(LETTERS) or any(
            len(pair) != 2 or not all(pair) for pair in pairs):
        raise ValidationError(_("Write two to %(most)s pairs, each as: left = right.",
                                most=len(LETTERS)))
    options = [{"key": str(n), **_worded(left)} for n, (left, _right) in enumerate(pairs, 1)]
    rights = sorted({right for _left, right in pairs})
    matches = [{"key": LETTERS[n].lower(), **_worded(right)} for n, right in enumerate(rights)]
    right = [f"{n}={LETTERS[rights.index(match)].lower()}"
             for n, (_left, match) in enumerate(pairs, 1)]
    return options, matches, right


READERS = {"single": read_single, "multiple": read_multiple, "truefalse": read_true_false,
           "short": read_short, "ordering": read_ordering, "matching": read_matching}
