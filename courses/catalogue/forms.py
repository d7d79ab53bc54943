"""The forms of courses and their steps."""
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    URLField,
)
from wtforms.validators import URL, InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput

from lms.kernel import clock
from lms.kernel.forms import DayField, Form, SharedForm, choices
from lms.kernel.i18n import _, _l, named, size
from lms.organisations.queries import units_on

from courses.catalogue.html import cleaned

MODE_WORDS = (("online", _l("Online")), ("in_person", _l("In person")), ("blended", _l("Blended")))
#: Decree 171/2025/NĐ-CP: the five contents of training.
CONTENT_KINDS = (
    ("", _l("Not stated")),
    ("politics", _l("Political theory")),
    ("defence", _l("National defence and security")),
    ("administration", _l("State administration")),
    ("position", _l("Requirements of the position")),
    ("digital", _l("Science, innovation, digital skills")))
LANGUAGES = (("vi", _l("Vietnamese")), ("en", _l("English")), ("tyz", _l("Tày")),
             ("nut", _l("Nùng")), ("mww", _l("Mông")), ("hmn", _l("Mông, another dialect")),
             ("ium", _l("Dao")), ("zh", _l("Chinese")))
LONGEST_TEXT = 200_000


def number_or_none(text):
    """The number ``text`` stands for; nothing chosen is None."""
    return int(text) if text not in ("", None, "None") else None


class CourseForm(SharedForm):
    """What is said about a course."""

    title_vi = StringField(_l("Title in Vietnamese"), [InputRequired(), Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
    key = StringField(_l("Code"), [InputRequired(), Length(max=20), Regexp(
        r"^[A-Za-z0-9Đđ._-]+$", message=_l("Letters, digits, dots and hyphens only."))],
                      description=_l("Short and unique, for example C13."))
    summary_vi = TextAreaField(_l("Description in Vietnamese"), [Optional(), Length(max=2000)])
    summary_en = TextAreaField(_l("Description in English"), [Optional(), Length(max=2000)])
    periods = IntegerField(_l("Length in periods (tiết)"), [InputRequired(), NumberRange(0, 500)],
                           default=8)
    mode = SelectField(_l("Mode"), choices=choices(MODE_WORDS))
    owner_id = SelectField(_l("Responsible unit"), coerce=number_or_none)
    content_kind = SelectField(_l("Kind of content"), choices=choices(CONTENT_KINDS))
    legal_basis = StringField(_l("Legal basis"), [Optional(), Length(max=500)])
    reviewed_on = DayField(_l("Content reviewed on"), [Optional()])
    validity_months = IntegerField(_l("Months a completion stays valid"),
                                   [Optional(), NumberRange(1, 600)],
                                   description=_l("Empty: without limit. A change does not touch "
                                                  "completions already recorded."))
    certified = BooleanField(_l("Finishing it earns a certificate"), default=True)
    open = BooleanField(_l("Anybody may begin it on their own"), default=True)

    def __init__(self, course=None):
        super().__init__(obj=course)
        units = units_on(clock.today())
        if course and course.owner and course.owner not in units:
            units = [course.owner, *units]
        self.owner_id.choices = choices(
            [("", _("No unit")), *((unit.id, named(unit)) for unit in units)])


def minutes_field(default):
    """How many minutes a step takes, ``default`` where nobody says so."""
    return IntegerField(_l("Minutes it takes"), [InputRequired(), NumberRange(0, 600)],
                        default=default)


class StepForm(SharedForm):
    """What every step has."""

    title_vi = StringField(_l("Title in Vietnamese"), [InputRequired(), Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
    minutes = minutes_field(10)
    #: The fields that are not columns of the step.
    apart = ()

    def step_values(self):
        """The values of the step; a text left empty is empty."""
        return {name: "" if value is None else value for name, value in self.values().items()
                if name not in self.apart}


class PictureForm(Form):
    """A picture for a page, with the words for those who cannot see it."""

    file = FileField(_l("Choose a picture"))
    alternative = StringField(_l("What the picture shows, in words"), [Length(max=300)])

    def read(self):
        """The stream of the picture, or None with the fault beside its field."""
        if not self.file.data or not self.file.data.filename:
            self.file.errors = [_("Choose a picture as JPG, PNG or WebP.")]
        if not self.alternative.data:
            self.alternative.errors = [_("Say what the picture shows: not everybody can see it.")]
        return None if self.file.errors or self.alternative.errors else self.file.data.stream


class PageForm(StepForm, PictureForm):
    """A text to read, and a picture to go into it."""

    body_vi = TextAreaField(_l("Text in Vietnamese"), [Length(max=LONGEST_TEXT)])
    body_en = TextAreaField(_l("Text in English"), [Length(max=LONGEST_TEXT)])
    into = SelectField(_l("Goes into"), choices=choices((
        ("body_vi", _l("Text in Vietnamese")), ("body_en", _l("Text in English")))))
    add_picture = SubmitField(_l("Add the picture"))
    apart = ("file", "alternative", "into", "add_picture")

    def step_values(self):
        """The values of the step, its texts cleaned."""
        values = super().step_values()
        return values | {name: cleaned(values[name]) for name in ("body_vi", "body_en")}


class FileForm(StepForm):
    """A step that brings a file; one that has a file keeps it where none is given."""

    file = FileField(_l("Choose a file"))
    light = FileField(_l("Choose the lighter version"))
    without_light = BooleanField(_l("Take the lighter version away"))
    no_secret = BooleanField(_l("The file holds no state secret"))
    language = SelectField(_l("Language of the file"), choices=choices(LANGUAGES))
    apart = ("file", "light", "without_light", "no_secret")
    #: The endings of the file and of its lighter version.
    endings = light_endings = ()

    @property
    def given(self):
        """Whether a file came with the form."""
        return _is_given(self.file)

    @property
    def light_given(self):
        """Whether a lighter version came with the form."""
        return _is_given(self.light)


def _is_given(field):
    return bool(field.data and getattr(field.data, "filename", ""))


class DocumentForm(FileForm):
    """A document to download."""

    acknowledge = BooleanField(_l("The reader confirms having received and read it"))
    endings = (".pdf", ".docx", ".pptx", ".xlsx")
    light_endings = (".pdf",)


class MediaForm(FileForm):
    """A recording to play."""

    transcript_vi = TextAreaField(_l("The recording as text, in Vietnamese"),
                                  [Length(max=LONGEST_TEXT)])
    transcript_en = TextAreaField(_l("The recording as text, in English"),
                                  [Length(max=LONGEST_TEXT)])
    caption_file = FileField(_l("Choose the captions"))
    caption_language = SelectField(_l("Language of the captions"), choices=choices(LANGUAGES),
                                   default=LANGUAGES[0][0])
    without_captions = SelectMultipleField(_l("Take captions away"), option_widget=CheckboxInput())
    apart = (*FileForm.apart, "caption_file", "caption_language", "without_captions")
    endings = (".mp4", ".webm", ".mp3", ".m4a", ".ogg")
    light_endings = (".mp3", ".m4a", ".ogg")
    caption_endings = (".vtt", ".srt")

    def __init__(self, obj=None):
        super().__init__(obj=obj)
        words = dict(LANGUAGES)
        self.without_captions.choices = choices(
            (one.language, f"{words[one.language]}, {size(one.file.size)}")
            for one in (obj.captions if obj else ()))

    @property
    def captions_given(self):
        """Whether captions came with the form."""
        return _is_given(self.caption_file)


class LinkForm(StepForm):
    """A page elsewhere."""

    url = URLField(_l("Address"), [InputRequired(), URL(), Length(max=500)])
    note_vi = TextAreaField(_l("What to look for there, in Vietnamese"), [Length(max=2000)])
    note_en = TextAreaField(_l("What to look for there, in English"), [Length(max=2000)])


FORMS = {"page": PageForm, "document": DocumentForm, "media": MediaForm, "link": LinkForm}


class PublicationForm(Form):
    """Publishing a draft."""

    note = StringField(_l("What is new in this version"), [Optional(), Length(max=300)])
    move = RadioField(_l("People who are in the middle of the course"), choices=choices((
        ("stay", _l("stay on their version")), ("move", _l("move to the new version")))),
        default="stay")


class AuthorForm(Form):
    """Somebody who will write the course too: a trainer."""

    person = SelectField(_l("Trainer"), coerce=int)
