"""The forms of those who watch over a test."""
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from lms.kernel.forms import Form
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
