"""The forms of goals."""
from flask_wtf.file import FileField
from wtforms import (
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from lms.kernel.forms import AmountField, DayField, Form, SharedForm, choices
from lms.kernel.i18n import _l

#: Why somebody is excused for a time.
KINDS = {"maternity": _l("maternity leave"), "study": _l("long course of study"),
         "illness": _l("long illness"), "detached": _l("seconded elsewhere"),
         "retiring": _l("retires soon"), "other": _l("another reason")}


class GoalForm(SharedForm):
    """A goal: a group, its courses, the target, and by when."""

    key = StringField(_l("Code"), [
        InputRequired(), Length(max=20),
        Regexp(r"^[\w.-]+$", message=_l("Letters, digits, dots and hyphens only."))])
    title_vi = StringField(_l("Title in Vietnamese"), [InputRequired(), Length(max=300)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=300)])
    group_id = SelectField(_l("Group of people"), coerce=int)
    course_ids = SelectMultipleField(_l("Courses, all of which are asked for"), coerce=int)
    share = AmountField(_l("Target, per cent of the people"), [Optional(), NumberRange(0, 100)],
                         description=_l("Empty: counted, without a target."))
    due_days = IntegerField(_l("Days a newcomer has"), [Optional(), NumberRange(0, 3650)])
    deadline = DayField(_l("Or one last day for everybody"), [Optional()])
    basis = StringField(_l("Legal basis"), [Optional(), Length(max=500)])
    valid_from = DayField(_l("In force from"), [InputRequired()])
    valid_to = DayField(_l("In force until (the day after the last)"), [Optional()])


class ExemptionForm(Form):
    """A request to excuse somebody from a goal for a time."""

    goal_id = SelectField(_l("Goal"), coerce=int)
    #: Nothing is chosen beforehand: it would be sent as it stands.
    kind = SelectField(_l("Kind"), [InputRequired()],
                       choices=choices([("", _l("Choose the kind…")), *KINDS.items()]))
    reason = TextAreaField(_l("Reason, with the number of the decision"),
                           [InputRequired(), Length(max=500)],
                           description=_l("It stands beside the name in every list."))
    valid_from = DayField(_l("First day"), [InputRequired()])
    valid_to = DayField(_l("Counts again from"), [InputRequired()],
                        description=_l("The day after the last day of the exemption."))
    file = FileField(_l("Scan or photo of the decision"), [InputRequired()])


class AnswerForm(Form):
    """An officer's answer to a request."""

    answer = TextAreaField(_l("Answer, which the unit reads"), [Optional(), Length(max=500)],
                           description=_l("To refuse, give the reason."))


class EndingForm(Form):
    """From when an exemption holds no more."""

    on = DayField(_l("Counts again from"), [InputRequired()])
