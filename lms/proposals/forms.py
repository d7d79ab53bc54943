"""The forms of proposals."""
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.kernel.forms import Form
from lms.kernel.i18n import _l


class ProposalForm(Form):
    """Why something should be done."""

    reason = TextAreaField(_l("Reason"), [InputRequired(), Length(max=500)])


class DecliningForm(Form):
    """Why it is not done."""

    answer = TextAreaField(_l("Reason"), [Optional(), Length(max=300)],
                           description=_l("Needed to decline: whoever asked reads it."))
