"""The forms of classes."""
from decimal import Decimal, InvalidOperation

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from lms.kernel.forms import DayField, Form, choices
from lms.kernel.i18n import _, _l

MODE_WORDS = (("in_person", _l("In person")), ("online", _l("Online")), ("blended", _l("Blended")))
HALF_WORDS = (("morning", _l("Morning")), ("afternoon", _l("Afternoon")),
              ("evening", _l("Evening")))


class ClassForm(Form):
    """A class: when, where, for how many, and its rule."""

    course_id = SelectField(_l("Course"), coerce=int)
    organiser_id = SelectField(_l("Organised by"), coerce=int)
    code = StringField(_l("Code"), [InputRequired(), Length(max=30)])
    title_vi = StringField(_l("Title in Vietnamese"), [InputRequired(), Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
    mode = SelectField(_l("Mode"), choices=choices(MODE_WORDS))
    starts_on = DayField(_l("First day"), [InputRequired()])
    ends_on = DayField(_l("Last day"), [InputRequired()])
    place = StringField(_l("Place"), [Optional(), Length(max=200)])
    seats = IntegerField(_l("Seats"), [Optional(), NumberRange(1, 5000)],
                         description=_l("Empty: no limit."))
    decision = StringField(_l("Decision that recognises its results"),
                           [Optional(), Length(max=200)],
                           description=_l("Printed on certificates, for example "
                                          "“Số 412/QĐ-SVHTTDL ngày 26/11/2026”."))
    attendance_min = IntegerField(_l("Attendance needed, per cent of the sessions"),
                                  [InputRequired(), NumberRange(0, 100)], default=80)
    pass_mark = IntegerField(_l("Mark needed, out of 100"), [Optional(), NumberRange(0, 100)],
                             default=50, description=_l("Empty: no mark is asked for."))

    def validate_ends_on(self, field):
        """A class does not end before it begins."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day is before the first day."))


class SessionForm(Form):
    """A half-day of a class."""

    on = DayField(_l("Day"), [InputRequired()])
    half = SelectField(_l("Half-day"), choices=choices(HALF_WORDS))
    topic_vi = StringField(_l("Topic in Vietnamese"), [Optional(), Length(max=200)])
    topic_en = StringField(_l("Topic in English"), [Optional(), Length(max=200)])
    periods = IntegerField(_l("Periods (tiết)"), [InputRequired(), NumberRange(1, 12)], default=4)


class TrainerForm(Form):
    """Somebody who teaches in the class."""

    staff_code = StringField(_l("Staff code of the trainer"), [InputRequired(), Length(max=60)])


class QuotaForm(Form):
    """Seats of a class set aside for a unit."""

    unit_id = SelectField(_l("Unit"), coerce=int)
    seats = IntegerField(_l("Seats"), [Optional(), NumberRange(0, 5000)],
                         description=_l("Empty: no limit for the unit."))


class CancellationForm(Form):
    """Why a class is called off."""

    reason = TextAreaField(_l("Reason"), [InputRequired(), Length(max=500)])


def read_mark(text):
    """A mark out of 100 as typed, comma or point; None for nothing, else ValueError."""
    text = text.strip().replace(",", ".")
    if not text:
        return None
    try:
        mark = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not 0 <= mark <= 100:
        raise ValueError(text)
    return mark.quantize(Decimal("0.01"))
