"""The forms of goals."""
from wtforms import (
    DecimalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from lms.kernel.forms import DayField, Form
from lms.kernel.i18n import _l


class GoalForm(Form):
    """A goal: a group, its courses, the target, and by when."""

    key = StringField(_l("Code"), [InputRequired(), Length(max=20), Regexp(r"^[\w.-]+$")])
    title_vi = StringField(_l("Title in Vietnamese"), [InputRequired(), Length(max=300)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=300)])
    group_id = SelectField(_l("Group of people"), coerce=int)
    course_ids = SelectMultipleField(_l("Courses, all of which are asked for"), coerce=int)
    share = DecimalField(_l("Target, per cent of the people"), [Optional(), NumberRange(0, 100)],
                         description=_l("Empty: counted, without a target."))
    due_days = IntegerField(_l("Days a newcomer has"), [Optional(), NumberRange(0, 3650)])
    deadline = DayField(_l("Or one last day for everybody"), [Optional()])
    basis = StringField(_l("Legal basis"), [Optional(), Length(max=500)])
    valid_from = DayField(_l("In force from"), [InputRequired()])
    valid_to = DayField(_l("In force until (the day after the last)"), [Optional()])
