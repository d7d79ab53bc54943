"""The forms of those who watch over a test, and of those who correct a result from paper."""
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from lms.kernel.forms import Form, choices
from lms.kernel.i18n import _l

#: The most minutes given at once.
MOST_MINUTES = 120


class ReasonForm(Form):
    """Why something is done to an attempt."""

    reason = TextAreaField(_l("Reason, which the trainee reads"),
                           [InputRequired(), Length(max=500)])


class MinutesForm(ReasonForm):
    """How many minutes, and why."""

    minutes = IntegerField(_l("Minutes"), [InputRequired(), NumberRange(1, MOST_MINUTES)])


class VoidingForm(ReasonForm):
    """Why an attempt is voided, and whether it is one of those that are allowed all the same."""

    free = RadioField(_l("Attempts allowed"), [InputRequired()], choices=choices((
        ("no", _l("It uses up an attempt, as one that counts")),
        ("yes", _l("It uses up none: the person may begin another instead")))))


class AnswersFileForm(ReasonForm):
    """A file of answers that the page of an attempt saved, and why it is taken in."""

    file = FileField(_l("File of answers"), [FileRequired(_l("Choose the file first."))])


class PaperResultForm(Form):
    """A result from paper as it should have been entered, and why it is corrected."""

    letter = SelectField(_l("Version"))
    answers = StringField(_l("Answers given"), [Length(max=2000)], description=_l(
        "In their order: ABCD… or, with a blank between them, A AC C4 -."))
    mark = StringField(_l("Mark"), [Length(max=20)], description=_l(
        "Out of 100, where no answers are typed."))
    reason = TextAreaField(_l("Reason, which the trainee reads"),
                           [InputRequired(), Length(max=500)])

    def __init__(self, letters, **given):
        """``letters`` are the versions of the set."""
        super().__init__(**given)
        self.letter.choices = choices([("", "–"), *((one, one) for one in letters)])
