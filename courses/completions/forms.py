"""The forms of learning and of the record."""
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

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


class OutsideForm(Form):
    """What somebody learned elsewhere, with the paper that says so."""

    course_name = StringField(_l("Course, as printed on the paper"),
                              [InputRequired(), Length(max=300)])
    institution = StringField(_l("Who held it"), [InputRequired(), Length(max=300)],
                              description=_l("The school, centre or office named on the paper."))
    learned_on = DayField(_l("Last day of the course"), [InputRequired()],
                          description=_l("It counts from this day on, also where it lies in the "
                                         "past."))
    periods = IntegerField(_l("Periods"), [Optional(), NumberRange(1, 2000)],
                           description=_l("Empty where the paper does not say."))
    file = FileField(_l("Photograph the paper"), [InputRequired()])


class OutsideRefusalForm(Form):
    """Why learning elsewhere is not accepted."""

    answer = TextAreaField(_l("Reason, which the person reads"),
                           [InputRequired(), Length(max=500)])
