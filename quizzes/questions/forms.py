"""The form of a question."""
import re

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms.kernel.forms import Form, choices
from lms.kernel.i18n import _, _l
from lms.kernel.text import clean

from quizzes.questions.kinds import KINDS
from quizzes.questions.kinds.base import LETTERS
from quizzes.questions.kinds.truefalse import TRUE_FALSE


class QuestionForm(Form):
    """A question: its wording in two languages, its options a line each, its key."""

    kind = SelectField(_l("Kind"), choices=[])
    stem_vi = TextAreaField(_l("Question in Vietnamese"), [InputRequired(), Length(max=4000)])
    stem_en = TextAreaField(_l("Question in English"), [Optional(), Length(max=4000)])
    lines = TextAreaField(
        _l("Options, one a line"), [Optional(), Length(max=8000)],
        description=_l("Begin a right option with *. English after |. For an order: the right "
                       "order from above. For pairs: left = right. For a short answer: each "
                       "accepted answer. For true or false: * before the right word."))
    explanation_vi = TextAreaField(_l("Explanation in Vietnamese"), [Optional(), Length(max=4000)])
    explanation_en = TextAreaField(_l("Explanation in English"), [Optional(), Length(max=4000)])
    basis = StringField(_l("Legal basis or source"), [Optional(), Length(max=300)])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = choices((name, KINDS[name].title) for name in READERS)

    def validate_lines(self, field):
        """The lines must give a question of the kind chosen that can be answered."""
        self.read_lines = READERS[self.kind.data](
            [clean(line) for line in (field.data or "").splitlines() if clean(line)])

    def wording(self):
        """The fields of a version of the question."""
        options, matches, right = self.read_lines
        return {"stem_vi": self.stem_vi.data, "stem_en": self.stem_en.data or "",
                "options": options, "matches": matches, "right": right,
                "explanation_vi": self.explanation_vi.data or "",
                "explanation_en": self.explanation_en.data or "", "basis": self.basis.data or ""}


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


def lines_of(kind, version):
    """The lines a question's author would type for ``version``: the inverse of reading them."""
    if kind == "short":
        return "\n".join(version.right)
    if kind == "matching":
        partner = dict(pair.split("=") for pair in version.right)
        names = {match["key"]: _line(match) for match in version.matches}
        return "\n".join(f"{_line(option)} = {names[partner[option['key']]]}"
                         for option in version.options)
    if kind == "ordering":
        by_key = {option["key"]: option for option in version.options}
        return "\n".join(_line(by_key[key]) for key in version.right)
    return "\n".join(("*" if option["key"] in version.right else "") + _line(option)
                     for option in version.options)


def _line(option):
    english = option.get("en")
    return f"{option['vi']} | {english}" if english else option["vi"]
