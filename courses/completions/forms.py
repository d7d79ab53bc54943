"""The forms of the record."""
from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.kernel.forms import Form
from lms.kernel.i18n import _l


class RevocationForm(Form):
    """From when a completion counts no more, and why."""

    on = DateField(_l("Counts no more from"), [InputRequired()])
    reason = TextAreaField(_l("Reason, with the number of the decision"),
                           [InputRequired(), Length(max=500)])
