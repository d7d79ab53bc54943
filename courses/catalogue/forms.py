"""The forms of courses and their steps."""
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import URL, InputRequired, Length, NumberRange, Optional, Regexp

from lms.kernel.forms import Form, choices
from lms.kernel.i18n import _l

MODE_WORDS = (("online", _l("Online")), ("in_person", _l("In person")), ("blended", _l("Blended")))
CONTENT_KINDS = (
    ("", _l("Not stated")), ("politics", _l("Political theory")),
    ("defence", _l("National defence and security")), ("administration", _l("State administration")),
    ("position", _l("Requirements of the position")),
    ("digital", _l("Science, innovation, digital skills")))
LANGUAGES = (("vi", _l("Vietnamese")), ("en", _l("English")), ("tyz", _l("Tày")),
             ("nut", _l("Nùng")), ("mww", _l("Mông")), ("ium", _l("Dao")), ("zh", _l("Chinese")))
DOCUMENTS = (".pdf", ".docx", ".pptx", ".xlsx")
RECORDINGS = (".mp4", ".webm", ".mp3", ".m4a", ".ogg")
PICTURES = (".jpg", ".jpeg", ".png", ".webp")


class CourseForm(Form):
    """What is said about a course."""

    key = StringField(_l("Code"), [InputRequired(), Length(max=20), Regexp(r"^[A-Za-z0-9Đđ._-]+$")],
                      description=_l("Short and unique, for example C13."))
    title_vi = StringField(_l("Title in Vietnamese"), [InputRequired(), Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
    summary_vi = TextAreaField(_l("Description in Vietnamese"), [Optional(), Length(max=2000)])
    summary_en = TextAreaField(_l("Description in English"), [Optional(), Length(max=2000)])
    periods = IntegerField(_l("Length in periods (tiết)"), [InputRequired(), NumberRange(0, 500)],
                           default=8)
    mode = SelectField(_l("Mode"), choices=choices(MODE_WORDS))
    validity_months = IntegerField(_l("Months a completion stays valid"),
                                   [Optional(), NumberRange(1, 600)],
                                   description=_l("Empty: without limit. A change does not touch "
                                                  "completions already recorded."))
    content_kind = SelectField(_l("Kind of content"), choices=choices(CONTENT_KINDS))
    legal_basis = StringField(_l("Legal basis"), [Optional(), Length(max=500)])
    reviewed_on = DateField(_l("Content reviewed on"), [Optional()])
    certified = BooleanField(_l("Finishing it earns a certificate"), default=True)
    open = BooleanField(_l("Anybody may begin it on their own"), default=True)


class StepForm(Form):
    """What every step has."""

    title_vi = StringField(_l("Title in Vietnamese"), [InputRequired(), Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
    minutes = IntegerField(_l("Minutes it takes"), [InputRequired(), NumberRange(0, 600)],
                           default=10)


class PageForm(StepForm):
    """A text to read."""

    body_vi = TextAreaField(_l("Text in Vietnamese"), [InputRequired(), Length(max=200_000)])
    body_en = TextAreaField(_l("Text in English"), [Optional(), Length(max=200_000)])


class FileForm(StepForm):
    """A step that brings a file."""

    file = FileField(_l("Choose a file"))
    no_secret = BooleanField(_l("The file holds no state secret"))


class DocumentForm(FileForm):
    """A document to download."""

    language = SelectField(_l("Language of the document"), choices=choices(LANGUAGES))
    acknowledge = BooleanField(_l("The reader confirms having received and read it"))


class MediaForm(FileForm):
    """A recording to play."""

    transcript_vi = TextAreaField(_l("The recording as text, in Vietnamese"), [Optional()])
    transcript_en = TextAreaField(_l("The recording as text, in English"), [Optional()])


class LinkForm(StepForm):
    """A page elsewhere."""

    url = StringField(_l("Address"), [InputRequired(), URL(), Length(max=500)])
    note_vi = TextAreaField(_l("What to look for there, in Vietnamese"), [Optional()])
    note_en = TextAreaField(_l("What to look for there, in English"), [Optional()])


class PictureForm(Form):
    """A picture for a page, with the words for those who cannot see it."""

    file = FileField(_l("Choose a picture"), [InputRequired()])
    alternative = StringField(_l("What the picture shows, in words"),
                              [InputRequired(), Length(max=300)])


class PublicationForm(Form):
    """Publishing a draft."""

    note = StringField(_l("What is new in this version"), [Optional(), Length(max=300)])
    move = RadioField(_l("People who are in the middle of the course"), choices=choices((
        ("stay", _l("stay on their version")), ("move", _l("move to the new version")))),
        default="stay")


class AuthorForm(Form):
    """Somebody who will write the course too."""

    username = StringField(_l("Staff code of the author"), [InputRequired(), Length(max=60)])
