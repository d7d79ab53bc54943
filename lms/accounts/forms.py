"""What is typed at the door, about passwords, and about roles."""
from wtforms import BooleanField, DateField, PasswordField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, EqualTo, Length, Optional
from wtforms.widgets import TextInput

from lms.accounts.role_names import ROLE_NAMES
from lms.kernel.forms import Form
from lms.kernel.i18n import _l, named

DAY = ["%d/%m/%Y", "%Y-%m-%d"]


class SignInForm(Form):
    """A user name or phone, and a password or one-time code."""

    username = StringField(_l("User name or phone"), [DataRequired(), Length(max=80)])
    password = PasswordField(
        _l("Password"), [DataRequired(), Length(max=200)],
        description=_l("The first time: the one-time code on your account slip."))
    shared = BooleanField(
        _l("This is a shared computer"),
        description=_l("You are then signed out after 15 minutes without a click."))


class PasswordForm(Form):
    """A new password, typed twice because it cannot be seen."""

    password = PasswordField(
        _l("New password"), [DataRequired(), Length(max=400)],
        description=_l("At least 10 characters; blanks and Vietnamese letters may be used. "
                       "Four words that do not belong together are good."))
    again = PasswordField(
        _l("New password once more"),
        [DataRequired(), EqualTo("password", _l("The two are not the same. Type both again."))])


class ChangePasswordForm(PasswordForm):
    """The present password, and a new one."""

    present = PasswordField(_l("Present password"), [DataRequired(), Length(max=200)])


class RoleForm(Form):
    """Which role, where, from when to when."""

    kind = SelectField(_l("Role"),
                       choices=[SelectChoice(kind, name) for kind, name in ROLE_NAMES.items()])
    unit = SelectField(
        _l("Unit"), coerce=lambda value: int(value) if value else None,
        description=_l("For heads and contact persons: the unit they answer for, "
                       "with all units below it. Empty for the other roles."))
    valid_from = DateField(_l("From"), [DataRequired()], format=DAY, widget=TextInput())
    last_day = DateField(_l("Last day"), [Optional()], format=DAY, widget=TextInput(),
                         description=_l("Leave empty where no end is known."))

    def offer(self, units):
        """Let one of ``units`` be chosen, or none."""
        self.unit.choices = [SelectChoice("", _l("The whole province")),
                             *(SelectChoice(str(unit.id), named(unit)) for unit in units)]


class HandOverForm(Form):
    """Until when somebody acts; empty: for good."""

    last_day = DateField(
        _l("Acts until"), [Optional()], format=DAY, widget=TextInput(),
        description=_l("The last day. Leave empty where the role is handed over for good."))


class RoleEndForm(Form):
    """The last day of a role; empty: it ends at once."""

    last_day = DateField(_l("Last day"), [Optional()], format=DAY, widget=TextInput(),
                         description=_l("Leave empty to end the role now."))
