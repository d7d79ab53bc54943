"""The forms of ladders and of reminders by hand."""
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.kernel.forms import Form, SharedForm
from lms.kernel.i18n import _l
from lms.kernel.shared import fingerprint_of

from courses.reminders.rule import ABOVE, CONTACT, HEAD, LEARNER, Step
from courses.reminders.words import LONGEST_TEXT

DAYS = [Optional(), NumberRange(0, 365)]


class LadderForm(SharedForm):
    """The steps of a ladder; an empty field leaves its step out."""

    before = IntegerField(_l("Days before the due date: the learner"), DAYS)
    then = IntegerField(_l("Days after it: the learner once more"), DAYS,
                        description=_l("0 is the due date itself."))
    contact = IntegerField(_l("Days after it: the contact person"), DAYS)
    head = IntegerField(_l("Days after it: the head"), DAYS)
    above = IntegerField(_l("Days after it: the head of the unit above"), DAYS)

    @classmethod
    def of(cls, steps):
        """The form with the steps of a ladder in its fields."""
        shown = {}
        for step in steps:
            name = step.who
            if step.who == LEARNER:
                name = "before" if step.days < 0 else "then"
            shown[name] = abs(step.days)
        return cls(data=shown | {"fingerprint": fingerprint_of(*map(tuple, steps))})

    def steps(self):
        """The steps as they were typed."""
        typed = ((LEARNER, self.before.data, -1), (LEARNER, self.then.data, 1),
                 (CONTACT, self.contact.data, 1), (HEAD, self.head.data, 1),
                 (ABOVE, self.above.data, 1))
        return list(dict.fromkeys(
            Step(who, sign * days) for who, days, sign in typed if days is not None))


class TextForm(Form):
    """The text of a reminder by hand."""

    text = TextAreaField(_l("Text of the reminder"), [
        InputRequired(), Length(max=LONGEST_TEXT - 1)])
