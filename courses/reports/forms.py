"""The forms of reports."""
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.kernel.forms import DayField, Form
from lms.kernel.i18n import _l


class LockForm(Form):
    """The period of a report, and the words on its paper."""

    first = DayField(_l("First day of the period"), [InputRequired()])
    on = DayField(_l("Last day: the figures are of this day"), [InputRequired()])
    title = StringField(_l("Subject of the report"), [InputRequired(), Length(max=300)])
    superior = StringField(_l("Agency above"), [Optional(), Length(max=200)])
    issuer = StringField(_l("Agency that reports"), [InputRequired(), Length(max=200)])
    sign = StringField(_l("Sign of the agency in the number"), [InputRequired(), Length(max=30)])
    place = StringField(_l("Place named beside the date"), [InputRequired(), Length(max=60)])
    to = StringField(_l("Addressed to"), [InputRequired(), Length(max=200)])
    signer_title = StringField(_l("Title of the signer"), [InputRequired(), Length(max=100)])
    signer = StringField(_l("Name of the signer"), [Optional(), Length(max=100)])

    def heading(self):
        """The words on the paper, without the period."""
        return {name: value or "" for name, value in self.values().items()
                if name not in ("first", "on")}


class EndForm(Form):
    """Why a report holds no more, and which takes its place."""

    reason = TextAreaField(_l("Reason"), [InputRequired(), Length(max=1000)])
    successor = StringField(
        _l("Code of the report that takes its place"), [Optional(), Length(max=40)],
        description=_l("Empty: the report is withdrawn and nothing takes its place."))
