"""The forms of learning and of the record."""
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.kernel.forms import DayField, Form
from lms.kernel.i18n import _l


class AcknowledgementForm(Form):
    """That a document was received and read."""

    ack = BooleanField(validators=[InputRequired(
        message=_l("Tick this line first, then confirm."))])


class RevocationForm(Form):
    """From when a completion counts no more, and why."""

    on = DayField(_l("Counts no more from"), [InputRequired()])
    reason = TextAreaField(_l("Reason, with the number of the decision"),
                           [InputRequired(), Length(max=500)])
