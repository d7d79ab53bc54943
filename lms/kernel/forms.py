"""The base of every form: messages in the reader's language, cleaned text."""
import re

from flask import g, request
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DecimalField,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.widgets import TextInput

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _l, amount, number, unfilled, unfilled_plural, written
from lms.kernel.incoming import with_arrived
from lms.kernel.text import clean


class DayField(DateField):
    """A day typed as the office writes it, 05/02/2026; browsers of every language agree on it."""

    widget = TextInput()

    def __init__(self, label=None, validators=None, **options):
        options.setdefault("render_kw", {"inputmode": "numeric", "autocomplete": "off",
                                         "placeholder": "dd/mm/yyyy"})
        super().__init__(label, validators, format=["%d/%m/%Y", "%Y-%m-%d"], **options)


class AmountField(DecimalField):
    """A number with decimals as it is written here, 70,5; a full stop does as well."""

    widget = TextInput(input_type="text")

    def __init__(self, label=None, validators=None, **options):
        options.setdefault("render_kw", {"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label, validators, **options)

    def _value(self):
        if self.raw_data or self.data is None:
            return super()._value()
        return amount(self.data)

    def process_formdata(self, valuelist):
        """The number typed, with either sign before its decimals."""
        super().process_formdata([text.replace(",", ".") for text in valuelist])


class MoneyField(IntegerField):
    """An amount in đồng as it is written here, 1.500.000, or in any other way of parting it."""

    widget = TextInput(input_type="text")

    def __init__(self, label=None, validators=None, **options):
        options.setdefault("render_kw", {"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label, validators, **options)

    def _value(self):
        if self.raw_data or self.data is None:
            return super()._value()
        return number(self.data)

    def process_formdata(self, valuelist):
        """The amount typed, without what parts its thousands and without its unit."""
        texts = [re.sub(r"[.,\s]|đồng|đ$", "", text.strip().lower()) for text in valuelist]
        if texts and not texts[0]:
            self.data = None
            return
        super().process_formdata(texts)


class Sentence(str):
    """A message whose gaps WTForms fills: its counts come out as in all our sentences."""

    def __mod__(self, gaps):
        """The sentence with its gaps filled, also those that ask for a bare number."""
        return re.sub(r"(%\(\w+\))d", r"\1s", self) % written(gaps)


#: What WTForms says of what it could not read, in words that say what to do.
PLAINER = {
    "Not a valid date value.": _l("This is not a day. Write it as in 05/02/2026."),
    "Not a valid datetime value.": _l("This is not a time of a day. Write it as in 08:00 "
                                      "05/02/2026."),
    "Not a valid decimal value.": _l("Write a number."),
    "Not a valid integer value.": _l("Write a whole number."),
    "Not a valid choice": _l("Choose one of the list."),
    "Not a valid choice.": _l("Choose one of the list."),
    "Invalid Choice: could not coerce.": _l("Choose one of the list."),
    "Invalid choice(s): one or more data inputs could not be coerced.":
        _l("Choose one of the list."),
}


class Messages:
    """WTForms' messages from the rooms' own catalogue (WTForms ships no Vietnamese)."""

    def gettext(self, text):
        """``text`` in the reader's language."""
        return Sentence(PLAINER[text] if text in PLAINER else unfilled(text))

    def ngettext(self, singular, plural, n):
        """The form of the message for ``n``."""
        return Sentence(unfilled_plural(singular, plural, n))


class Form(FlaskForm):
    """A form of the house: call ``values()`` for the cleaned data without the token."""

    class Meta(FlaskForm.Meta):
        """Messages by the house's own catalogue."""

        def wrap_formdata(self, form, formdata):
            """What was typed into a form, with the files that came before it; JSON, which nobody
            types, is none of it.
            """
            if request.is_json and not hasattr(formdata, "getlist"):
                return None
            given = super().wrap_formdata(form, formdata)
            return given and with_arrived(given)

        def get_translations(self, form):
            """The messages in the reader's language."""
            return Messages()

        def bind_field(self, form, unbound_field, options):
            """Text arrives cleaned: composed Unicode, no stray blanks, the Vietnamese Đ."""
            filters = list(unbound_field.kwargs.get("filters", ()))
            if unbound_field.field_class is StringField:
                filters.append(lambda text: clean(text) if text else text)
            elif unbound_field.field_class is TextAreaField:
                filters.append(lambda text: text.replace("\r\n", "\n") if text else text)
            if filters:
                options = {**options, "filters": filters}
            return unbound_field.bind(form=form, **options)

    def validate(self, extra_validators=None):
        """Whether what was typed can be taken.  Where a rule of the house refused it after that,
        the form is asked once more (``lms.kernel.again``): it says the sentence and lets nothing
        happen.
        """
        if "refused" in g:
            if g.form_that_was_good is type(self):
                self.form_errors.append(g.refused)
            return False
        good = super().validate(extra_validators)
        if good:
            g.form_that_was_good = type(self)
        return good

    def values(self):
        """The cleaned data by field, without the token and the buttons."""
        return {name: value for name, value in self.data.items()
                if name not in ("csrf_token", "submit")}


class SharedForm(Form):
    """A form of what several people change: it carries what stood there when it was opened.

    The record it is filled from is a ``lms.kernel.shared.Shared`` one, or the view says the
    ``fingerprint``; ``summary`` puts it on the page.
    """

    fingerprint = HiddenField()

    @property
    def overtaken(self):
        """Whether somebody else saved meanwhile."""
        return "stands" in g

    def validate(self, extra_validators=None):
        """As every form; what was overtaken, sent again, replaces what stands now."""
        good = super().validate(extra_validators)
        if self.overtaken:
            self.fingerprint.data = g.stands
        return good

    def values(self):
        """The cleaned data by field, without what was seen."""
        values = super().values()
        del values["fingerprint"]
        return values


def taken(field, act):
    """Whether ``act()`` could be done; where it was refused nothing of it stays, and the sentence
    stands at ``field``.
    """
    try:
        with db.session.begin_nested():
            act()
    except Refusal as refusal:
        field.errors = [refusal.message]
        return False
    return True


def choices(pairs):
    """The choices of a field from pairs of a value and its words."""
    return [SelectChoice(value, words) for value, words in pairs]
