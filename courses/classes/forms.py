"""The forms of classes, and the marks of attendance a page sends."""
import re

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from lms.kernel.forms import DayField, Form, MoneyField, SharedForm, choices
from lms.kernel.i18n import _, _l

from courses.classes.models import MARKS
from courses.classes.words import HALVES, HEADINGS, MODES, SOURCES

#: A choice of attendance: the session, the enrolment, and the mark the page was shown with.
CHOICE = re.compile(r"m-(\d{1,9})-(\d{1,9})-([a-z]*)")
#: The largest amount of one line, in đồng.
MOST_MONEY = 1_000_000_000_000


class ScheduleForm(SharedForm):
    """When and where a class is held."""

    mode = SelectField(_l("Mode"), choices=choices(MODES.items()))
    starts_on = DayField(_l("First day of the class"), [InputRequired()])
    ends_on = DayField(_l("Last day of the class"), [InputRequired()])
    place = StringField(_l("Place"), [Optional(), Length(max=200)])

    def validate_ends_on(self, field):
        """A class does not end before it begins."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day is before the first day."))


class ClassForm(ScheduleForm):
    """All of a class: also its course, its seats and its rule."""

    course_id = SelectField(_l("Course"), coerce=int)
    organiser_id = SelectField(_l("Organised by"), coerce=int)
    code = StringField(_l("Code"), [
        InputRequired(), Length(max=30),
        Regexp(r"^[A-Za-z0-9][A-Za-z0-9./_-]*$",
               message=_l("Letters without marks, digits, dots and hyphens only."))])
    title_vi = StringField(_l("Title in Vietnamese"), [InputRequired(), Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
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

    def values(self):
        """The cleaned data; what was left empty is empty text."""
        values = super().values()
        return values | {name: values[name] or "" for name in ("title_en", "place", "decision")}


class SessionForm(SharedForm):
    """A half-day of a class."""

    on = DayField(_l("Day"), [InputRequired()])
    half = SelectField(_l("Half-day"), choices=choices(HALVES.items()))
    topic_vi = StringField(_l("Topic in Vietnamese"), [Optional(), Length(max=200)])
    topic_en = StringField(_l("Topic in English"), [Optional(), Length(max=200)])
    trainer_id = SelectField(_l("Trainer"), coerce=int)
    periods = IntegerField(_l("Periods (tiết)"), [InputRequired(), NumberRange(1, 12)], default=4)

    def values(self):
        """The cleaned data; no trainer chosen is none."""
        values = super().values()
        return values | {"topic_vi": values["topic_vi"] or "", "topic_en": values["topic_en"] or "",
                         "trainer_id": values["trainer_id"] or None}


class CostForm(Form):
    """A line of what a class costs."""

    heading = SelectField(_l("What for"), choices=choices(HEADINGS.items()))
    source = SelectField(_l("Where the money comes from"), choices=choices(SOURCES.items()))
    payer_id = SelectField(_l("Who pays"), coerce=int)
    planned = MoneyField(_l("Planned (đồng)"), [Optional(), NumberRange(0, MOST_MONEY)])
    actual = MoneyField(_l("Spent (đồng)"), [Optional(), NumberRange(0, MOST_MONEY)])


class QuotaForm(Form):
    """How many seats of a class a unit may fill."""

    unit_id = SelectField(_l("Unit"), coerce=int)
    seats = IntegerField(_l("Seats"), [Optional(), NumberRange(0, 5000)],
                         description=_l("Empty: no limit for the unit."))


class CancellationForm(Form):
    """Why a class is called off."""

    reason = TextAreaField(_l("Reason"), [InputRequired(), Length(max=500)],
                           description=_l("The people in the class read it."))


class LecturerForm(Form):
    """What stands before the name of a lecturer."""

    title = StringField(_l("Academic title and degree"), [Optional(), Length(max=40)],
                        description=_l("As it stands before the name: ThS., TS., PGS.TS."))


class AnnouncementForm(Form):
    """What everybody in a class is told."""

    text = TextAreaField(_l("Announcement"), [InputRequired(), Length(max=500)],
                         description=_l("Everybody in the class reads it among their messages, and "
                                        "on the page of the class."))


class WithdrawalForm(Form):
    """Why somebody leaves a class."""

    reason = StringField(_l("Reason"), [InputRequired(), Length(max=300)])


class ReplacementForm(WithdrawalForm):
    """Who comes instead, and why."""

    person_id = SelectField(_l("Who comes instead"), coerce=int)


def changed_marks(sent):
    """session → enrolment → (the mark shown, the mark chosen), where the two differ; None is none.

    What the page showed travels in the name of each choice, so that a page opened an hour
    ago does not undo what somebody else marked since.
    """
    changed = {}
    for name, chosen in sent.items():
        choice = CHOICE.fullmatch(name)
        if choice and chosen != choice[3] and chosen in ("", *MARKS):
            changed.setdefault(int(choice[1]), {})[int(choice[2])] = (
                choice[3] or None, chosen or None)
    return changed
