"""The form of a question: its texts, the part of its kind, its place in the bank."""
from types import SimpleNamespace

from flask import request
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms.kernel.forms import DayField, Form, SharedForm, choices
from lms.kernel.i18n import _, _l
from lms.kernel.text import clean

from courses.catalogue.forms import PictureForm
from quizzes.questions.kinds import KINDS
from quizzes.questions.lines import READERS
from quizzes.questions.models import DRAFT, IN_USE, REVIEWED
from quizzes.questions.sounds import is_named_sound

LONGEST_TEXT, LONGEST_PICTURE_WORDS = 20_000, 300
MOST_TAGS = 20
DIFFICULTY_WORDS = ((1, _l("easy")), (2, _l("medium")), (3, _l("hard")))
STATUS_WORDS = ((IN_USE, _l("in use")), (REVIEWED, _l("reviewed")),
                (DRAFT, _l("draft: not asked yet")))
PLACE = ("category", "tags", "difficulty", "status")


def tags_of(text):
    """The tags in ``text``, parted by commas, each once."""
    return list(dict.fromkeys(filter(None, map(clean, (text or "").split(",")))))


def path_of(text):
    """The path of a category as it is kept: "Luật Báo chí / Nguồn tin"."""
    return " / ".join(filter(None, map(clean, (text or "").split("/"))))


class QuestionForm(SharedForm):
    """A question of one kind in two languages; ``part`` is what its kind's fields hold."""

    stem_vi = TextAreaField(_l("Question in Vietnamese"),
                            [InputRequired(), Length(max=LONGEST_TEXT)])
    stem_en = TextAreaField(_l("Question in English"), [Optional(), Length(max=LONGEST_TEXT)])
    lines = TextAreaField(
        _l("Options, one a line"), [Optional(), Length(max=8000)],
        description=_l("Begin a right option with *. English after |. For an order: the right "
                       "order from above. For pairs: left = right. For a short answer: each "
                       "accepted answer. For true or false: * before the right word."))
    explanation_vi = TextAreaField(_l("Explanation in Vietnamese"),
                                   [Optional(), Length(max=LONGEST_TEXT)])
    explanation_en = TextAreaField(_l("Explanation in English"),
                                   [Optional(), Length(max=LONGEST_TEXT)])
    basis = StringField(_l("Legal basis or source"), [Optional(), Length(max=300)])
    valid_until = DayField(_l("Right until"), [Optional()], description=_l(
        "Empty: without end. After this day no new test asks it until somebody has reviewed it."))
    category = StringField(_l("Topic"), [Optional(), Length(max=200)],
                           description=_l("A path, from large to small: Press law / Sources."))
    tags = StringField(_l("Tags"), [Optional(), Length(max=300)],
                       description=_l("Parted by commas."))
    difficulty = SelectField(_l("Difficulty"), coerce=int, default=2)
    status = SelectField(_l("State"), default=IN_USE)

    def __init__(self, kind, question=None, fields=None):
        newest = question.versions[-1] if question else None
        placed = {name: getattr(question, name) for name in PLACE} if question else {}
        super().__init__(formdata=fields, obj=newest, **{
            **placed, "tags": ", ".join(placed.get("tags") or []),
            "fingerprint": question.fingerprint if question else ""})
        self.known, self.newest, self.fields = KINDS[kind], newest, fields
        self.difficulty.choices = choices(DIFFICULTY_WORDS)
        self.status.choices = choices(STATUS_WORDS)
        self._read = None

    @property
    def in_lines(self):
        """Whether the kind can be typed in lines."""
        return self.known.name in READERS

    def validate_lines(self, field):
        """Lines, where any are given, must make a question of the kind."""
        if field.data and self.in_lines:
            options, matches, right = READERS[self.known.name](
                [clean(line) for line in field.data.splitlines() if clean(line)])
            self._read = {"options": options, "matches": matches, "right": right, "settings": {}}

    def validate_tags(self, field):
        """So many tags at most."""
        if len(tags_of(field.data)) > MOST_TAGS:
            raise ValidationError(_("Give at most %(most)s tags.", most=MOST_TAGS))

    def validate(self, extra_validators=None):
        """Each field, and then whether the question can be asked."""
        if not super().validate(extra_validators):
            return False
        self.form_errors.extend(self.known.lacks(self.draft))
        return not self.form_errors

    @property
    def draft(self):
        """The version as the form gives it, with the names of a version's fields."""
        return SimpleNamespace(**self.wording())

    def wording(self):
        """The fields of a version of the question."""
        return {
            "stem_vi": self.stem_vi.data or "", "stem_en": self.stem_en.data or "",
            **(self._read or self.known.written(self.fields or {})),
            "explanation_vi": self.explanation_vi.data or "",
            "explanation_en": self.explanation_en.data or "", "basis": self.basis.data or "",
            "valid_until": self.valid_until.data}

    @property
    def part(self):
        """What stands in the fields of the kind: as typed, or as kept, or nothing."""
        if self.fields is not None:
            return self.known.typed(self.draft)
        return self.known.typed(self.newest) if self.newest else {}

    def place(self):
        """The question's place in the bank."""
        return {"category": path_of(self.category.data), "tags": tags_of(self.tags.data),
                "difficulty": self.difficulty.data, "status": self.status.data}


class MediaForm(PictureForm):
    """A picture or a recording for a question, with the words for those who miss it."""

    file = FileField(_l("Choose a picture or a recording"))
    alternative = TextAreaField(
        _l("What is seen or heard, in words"), [Length(max=2000)], description=_l(
            "For those who cannot see or hear it: a picture in one sentence, a recording word for "
            "word."))

    @property
    def is_sound(self):
        """Whether the file is called as a recording is."""
        return is_named_sound(self.file.data.filename)

    def read(self):
        """The stream of the file, or None with the fault beside its field."""
        stream = super().read()
        if stream and not self.is_sound and len(self.alternative.data) > LONGEST_PICTURE_WORDS:
            self.alternative.errors = [_("Say in at most %(most)s letters what the picture shows.",
                                         most=LONGEST_PICTURE_WORDS)]
            return None
        return stream


class BulkForm(Form):
    """What changes of the questions ticked; what is left empty stays."""

    category = StringField(_l("Topic"), [Optional(), Length(max=200)])
    tags = StringField(_l("Add tags"), [Optional(), Length(max=300)])
    difficulty = SelectField(_l("Difficulty"), default="")
    status = SelectField(_l("State"), default="")

    def __init__(self):
        super().__init__()
        self.difficulty.choices = choices([("", _("as it is")), *DIFFICULTY_WORDS])
        self.status.choices = choices([("", _("as it is")), *STATUS_WORDS])

    def chosen(self):
        """The ids of the questions ticked."""
        return [int(key) for key in request.form.getlist("question")
                if key.isdecimal() and len(key) < 10]

    def changes(self):
        """The values to set, and under ``tags`` those to add."""
        values = {"category": path_of(self.category.data), "tags": tags_of(self.tags.data),
                  "status": self.status.data,
                  "difficulty": int(self.difficulty.data) if self.difficulty.data else None}
        return {name: value for name, value in values.items() if value}


class ReviewForm(Form):
    """A question found right, and until when it will be."""

    valid_until = DayField(_l("Right until"), [Optional()],
                           description=_l("Empty: without end."))
