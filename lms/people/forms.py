"""The forms of people, posts and lists."""
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from lms.kernel import clock
from lms.kernel.forms import DayField, Form, SharedForm, choices
from lms.kernel.i18n import _l, partial_day
from lms.people.fault_words import fault_word
from lms.people.lists.births import read_birth
from lms.people.lists.faults import CellFault
from lms.people.lists.phones import read_phone
from lms.people.takeout import LONGEST

GENDERS = (("", _l("Not stated")), ("f", _l("Female")), ("m", _l("Male")))


class BirthField(StringField):
    """A birth typed as the office writes it, 06/02/1991 or 1991; the data is 1991-02-06."""

    def __init__(self, label=None, validators=None, **options):
        options.setdefault("description", _l("06/02/1991, or 1991 alone."))
        super().__init__(label, validators, **options)

    def _value(self):
        return self.raw_data[0] if self.raw_data else partial_day(self.data)

    def pre_validate(self, form):
        """The date is one, or a year."""
        self.data = _read(read_birth, self.data or "", clock.today())


class PersonForm(SharedForm):
    """What identifies a person."""

    full_name = StringField(_l("Full name"), [InputRequired(), Length(max=120)])
    birth = BirthField(_l("Date or year of birth"), [Optional()])
    gender = SelectField(_l("Gender"), choices=choices(GENDERS))
    phone = StringField(_l("Phone"), [Optional(), Length(max=20)])
    email = StringField(_l("E-mail"), [Optional(), Length(max=120)])
    #: As read; an empty field is not looked at, and is nothing.
    phone_read = ""

    def validate_phone(self, field):
        """The number has its ten digits."""
        self.phone_read = _read(read_phone, field.data or "")

    def identity(self):
        """The fields of a person, read."""
        return {"full_name": self.full_name.data, "birth": self.birth.data or "",
                "gender": self.gender.data, "phone": self.phone_read,
                "email": self.email.data or ""}


def _read(read, *values):
    """What ``read`` makes of ``values``; the words of its fault where it cannot."""
    try:
        return read(*values)
    except CellFault as fault:
        raise ValidationError(fault_word(fault.code)) from None


class DataRequestForm(Form):
    """By which request somebody asked for what is held about them."""

    request = StringField(
        _l("Number of the request"), [DataRequired(_l(
            "Give the number of the request by which this was asked for.")), Length(max=LONGEST)],
        description=_l("As it was registered, for example 12/ĐN-2026. It stands in the trail, "
                       "with your name."))


class PostForm(Form):
    """A post in a unit, from a day on."""

    unit_id = SelectField(_l("Unit"), [InputRequired()], coerce=lambda key: int(key or 0))
    title = StringField(_l("Job title"), [Optional(), Length(max=120)])
    valid_from = DayField(_l("From"), [InputRequired()])


class LeavingForm(Form):
    """Somebody leaves, from a day on."""

    how = SelectField(_l("Why"), choices=choices((
        ("resigned", _l("Resigned")), ("retired", _l("Retired")),
        ("elsewhere", _l("Went to an office outside this province")))))
    on = DayField(_l("From this day on no more"), [InputRequired()])


class EndForm(Form):
    """The first day something holds no more."""

    on = DayField(_l("From this day on no more"), [InputRequired()])


class GroupForm(Form):
    """A group the person belongs to, from a day on."""

    group_id = SelectField(_l("Group of people"), coerce=int)
    valid_from = DayField(_l("From"), [InputRequired()])


class UploadForm(Form):
    """A clerk's list."""

    file = FileField(_l("Choose the list"), [InputRequired()])
    effective_on = DayField(_l("From which day the list is true"), [InputRequired()],
                             description=_l("New posts begin and former ones end on this day."))


class ChangesForm(Form):
    """A workbook of staff changes, filled in."""

    file = FileField(_l("Choose the workbook"), [InputRequired()])
