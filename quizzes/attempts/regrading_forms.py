"""The form in which a key is corrected."""
from flask import request
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput

from lms.kernel.forms import Form, choices
from lms.kernel.i18n import _, _l, ngettext

from quizzes.attempts.marking import ALL, KEY, NONE, Keyed
from quizzes.attempts.regrading_actions import Change
from quizzes.attempts.regrading_keys import read, shape, way_of
from quizzes.questions.kinds import KINDS

#: Whether nobody who had passed loses it.
KEEP, STRICT = "keep", "strict"


class MendingForm(Form):
    """Which versions, what is right instead, why; and on the second page by which rule."""

    effect = RadioField(_l("What is decided"), [InputRequired()], default=KEY)
    version_ids = SelectMultipleField(
        _l("Versions it concerns"), [InputRequired()], coerce=int, option_widget=CheckboxInput())
    reason = TextAreaField(
        _l("Reason"), [InputRequired(), Length(max=500)],
        description=_l("Everybody whose mark changes reads it, so name nobody."))
    rule = RadioField(_l("Rule"), default=KEEP)

    def __init__(self, question, counts, strict):
        """``counts`` says how often each version was asked, ``strict`` whether the viewer may
        take passes from people.
        """
        self.question, self.newest = question, question.versions[-1]
        alike = [version.id for version in question.versions
                 if shape(version) == shape(self.newest)]
        self.sent = request.form
        super().__init__(version_ids=alike)
        self.version_ids.choices = choices(
            (version.id, ngettext("Version %(n)s, asked %(num)s time",
                                  "Version %(n)s, asked %(num)s times", counts[version.id],
                                  n=version.number))
            for version in reversed(question.versions))
        mendable = [(KEY, _("Another key"))] if way_of(question.kind) else []
        self.effect.choices = choices([
            *mendable, (ALL, _("The question is called off: everybody gets its points")),
            (NONE, _("The question is called off: it does not count"))])
        self.rule.choices = choices([
            (KEEP, _("Nobody who had passed loses it")),
            *([(STRICT, _("The new marks decide, also against people"))] if strict else [])])

    def validate_effect(self, field):
        """Another key is one, and speaks of what each of the versions holds."""
        if field.data == KEY and not self.keys():
            raise ValidationError(_("Say what is right: the key has a gap."))
        known = KINDS[self.question.kind]
        # What the version lacks anyway is not the fault of the new key.
        lacked = known.lacks(self.newest)
        for key in self.keys() if field.data == KEY else ():
            for fault in known.lacks(Keyed(self.question.kind, self.newest, key)):
                if fault not in lacked:
                    raise ValidationError(fault)

    def validate_version_ids(self, field):
        """One key cannot serve versions with other options."""
        chosen = [version for version in self.question.versions if version.id in field.data]
        if self.effect.data == KEY and any(
                shape(version) != shape(self.newest) for version in chosen):
            raise ValidationError(_("A version with other options needs a key of its own. Choose "
                                    "only versions with the options shown here."))

    def keys(self):
        """The keys that were given."""
        return read(self.question.kind, self.newest, self.sent)

    def change(self):
        """What is to be decided, as the action takes it."""
        return Change(version_ids=sorted(self.version_ids.data), effect=self.effect.data,
                      keys=self.keys() if self.effect.data == KEY else [],
                      reason=self.reason.data.strip(), keeps=self.rule.data != STRICT)
