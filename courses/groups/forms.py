"""The forms of rules and of rounds."""
from wtforms import IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.kernel.forms import DayField, Form, SharedForm
from lms.kernel.i18n import _l


class Ticks(SelectMultipleField):
    """Several of some, by boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class GroupForm(Form):
    """A group of people."""

    key = StringField(_l("Code"), [InputRequired(), Length(max=20)],
                      description=_l("Lists name the group by it, for example A."))
    name_vi = StringField(_l("Name in Vietnamese"), [InputRequired(), Length(max=200)])
    name_en = StringField(_l("Name in English"), [Optional(), Length(max=200)])


class RuleForm(SharedForm):
    """Whom the rule of a group means; what is left empty asks nothing."""

    titles = TextAreaField(_l("Job titles"), [Optional(), Length(max=2000)], description=_l(
        "One on each line, any one of which will do. Capitals and marks do not matter."))
    kinds = Ticks(_l("Kinds of unit"))
    units = Ticks(_l("Units, with what stands below them"))
    valid_from = DayField(_l("From"), [InputRequired()])

    def words(self):
        """The rule as ``rule_actions.set_rule`` takes it."""
        titles = [line.strip() for line in (self.titles.data or "").splitlines()]
        return {"titles": [title for title in titles if title], "kinds": self.kinds.data or [],
                "units": self.units.data or [], "valid_from": self.valid_from.data}


class EndRuleForm(Form):
    """The first day on which the rule holds no more."""

    on = DayField(_l("From this day on no more"), [InputRequired()])


class RoundForm(Form):
    """A round: the year and the last day."""

    year = IntegerField(_l("Year"), [InputRequired(), NumberRange(
        2018, 2100, _l("Write a year from 2018 to 2100."))])
    due_on = DayField(_l("To be confirmed by"), [InputRequired()])
