"""The forms of moves between units."""
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.kernel import clock
from lms.kernel.forms import Form
from lms.kernel.i18n import _l
from lms.people.forms import PostForm
from lms.people.lists.births import read_birth
from lms.people.lists.faults import CellFault


class TransferForm(PostForm):
    """The post that somebody moves to, and the act."""

    act = StringField(_l("By which decision"), [InputRequired(), Length(max=200)],
                      description=_l("Number, day and office, for example 125/QĐ-SNV of "
                                     "20/11/2026."))


class FetchForm(TransferForm):
    """Somebody of another unit, by what is known of them, and the post they come to."""

    full_name = StringField(_l("Full name"), [InputRequired(), Length(max=120)])
    known_by = StringField(_l("Staff code, or date or year of birth"),
                           [InputRequired(), Length(max=40)],
                           description=_l("As in the lists of the unit the person comes from."))

    def birth(self):
        """What was typed as a birth, as it is kept; nothing where it is none, but a staff code."""
        try:
            return read_birth(self.known_by.data, clock.today())
        except CellFault:
            return ""


class AnswerForm(Form):
    """The answer to a request; declining needs a reason."""

    answer = TextAreaField(_l("Reason"), [Optional(), Length(max=300)],
                           description=_l("Needed to decline: whoever asked reads it."))
