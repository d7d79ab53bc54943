"""The forms of certificates."""
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from lms.kernel.forms import Form, SharedForm, choices
from lms.kernel.i18n import _l
from lms.people.forms import BirthField


class DecisionForm(Form):
    """Why a certificate is revoked, or stands all the same."""

    reason = TextAreaField(_l("Reason, with the number of the decision"),
                           [InputRequired(), Length(max=500)])


class FileCheckForm(Form):
    """A certificate's file, to be compared with the one handed out."""

    file = FileField(_l("Choose the certificate’s PDF file"), [InputRequired()])


class CorrectionForm(Form):
    """The printed fields that may hold a fault."""

    name = StringField(_l("Full name"), [InputRequired(), Length(max=80)])
    gender = SelectField(_l("Gender"), choices=choices((
        ("f", _l("Female")), ("m", _l("Male")), ("", _l("Not stated")))))
    birth = BirthField(_l("Date or year of birth"), [Optional()])
    unit_vi = StringField(_l("Unit in Vietnamese"), [Optional(), Length(max=200)])
    unit_en = StringField(_l("Unit in English"), [Optional(), Length(max=200)])
    decision = StringField(_l("Decision"), [Optional(), Length(max=200)])
    reason = StringField(_l("Reason for the correction"), [InputRequired(), Length(max=500)])

    def printed(self):
        """The printed fields as corrected."""
        return {field: value or "" for field, value in self.values().items() if field != "reason"}


class IssuerForm(SharedForm):
    """How certificates are headed, numbered and signed."""

    code = StringField(_l("Code in register numbers"), [
        InputRequired(), Length(max=20), Regexp(
            r"^[A-Z0-9Đ-]+$", message=_l("Capital letters, digits and hyphens only."))],
        description=_l("Capital letters, for example SVHTTDL."))
    superior = StringField(_l("Superior agency, printed above"), [Optional(), Length(max=120)])
    place = StringField(_l("Place"), [InputRequired(), Length(max=60)])
    signer_title_vi = StringField(_l("Title of the signer in Vietnamese"),
                                  [InputRequired(), Length(max=80)])
    signer_title_en = StringField(_l("Title of the signer in English"),
                                  [Optional(), Length(max=80)])
    signer = StringField(_l("Name of the signer"), [Optional(), Length(max=80)])
