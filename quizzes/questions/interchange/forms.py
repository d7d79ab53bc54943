"""The forms of a file of questions: the file or its text, and the kind of file."""
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from lms.kernel import storage
from lms.kernel.errors import Refusal
from lms.kernel.forms import Form, choices
from lms.kernel.i18n import _, _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import Unreadable
from quizzes.questions.interchange.foreign import foreign, without_macros
from quizzes.questions.interchange.formats import FORMATS, WRITTEN, recognised

#: A list with separators is read as a workbook, and none is written.
ENDINGS = tuple(sorted({".csv", *(ending for form in FORMATS.values() for ending in form.endings)}))
#: A longer text is kept as a file and not mended on the page.
LONGEST_MENDED = 500_000
BY_ITSELF = ""
UNICODE = "\ufeff"


@dataclass(frozen=True)
class Source:
    """A file of questions on its way: ``text`` where it can be mended, else the ``kept`` file."""

    content: bytes
    key: str | None
    name: str
    text: str | None = None
    kept: object = None


class ImportForm(Form):
    """A file of questions, or the text of one."""

    file = FileField(_l("Choose a file of questions"))
    text = TextAreaField(_l("Or paste the text"), [Optional(), Length(max=4_000_000)])
    key = SelectField(_l("Kind of file"), choices=choices(
        [(BY_ITSELF, _l("Told by the file itself")),
         *((form.key, form.words) for form in FORMATS.values())]), default=BY_ITSELF)
    #: The fingerprint of a file that is kept, and what a file or a text was called.
    kept = HiddenField(validators=[Optional(), Length(max=64)])
    name = HiddenField(validators=[Optional(), Length(max=200)])
    #: The fingerprint of the text that the preview showed.
    seen = HiddenField(validators=[Optional(), Length(max=64)])

    def source(self):
        """What was given; raises Refusal where it is nothing."""
        key = self.key.data or None
        if self.file.data:
            name = Path(self.file.data.filename).name[-200:]
            with self.file.data.stream as stream:
                content = stream.read(texts.LARGEST_TEXT + 1)
            return _of_file(content, key or recognised(content, name), name)
        kept = storage.with_fingerprint(self.kept.data) if self.kept.data else None
        if kept is not None:
            content = kept.path.read_bytes()
            return Source(content, key or recognised(content, kept.name), kept.name, kept=kept)
        if not (self.text.data or "").strip():
            raise Refusal(_("No file was chosen and no text pasted. Choose a file, or paste the "
                            "text."))
        content = (UNICODE + self.text.data).encode()
        return Source(content, key or recognised(content, self.name.data or ""),
                      self.name.data or "", self.text.data)


def _of_file(content, key, name):
    """A file just sent: its text where people can mend it, else kept until it is confirmed."""
    if foreign(content):
        return Source(content, key, name)
    if key is None or FORMATS[key].is_text:
        try:
            text = texts.text_of(content)
        except Unreadable:
            return Source(content, key, name)
        if len(text) <= LONGEST_MENDED:
            return Source((UNICODE + text).encode(), key, name, text)
    content, name = without_macros(content, name)
    return Source(content, key, name, kept=storage.keep(BytesIO(content), name, ENDINGS))


class ExportForm(Form):
    """The kind of file a bank is written in."""

    class Meta(Form.Meta):
        """It only asks."""

        csrf = False

    key = SelectField(_l("Kind of file"),
                      choices=choices([(form.key, form.words) for form in WRITTEN]))
