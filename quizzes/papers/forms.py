"""The forms of a quiz: its rules, its blueprint, its hours, extra time, papers to print."""
from datetime import UTC

from wtforms import (
    BooleanField,
    DateTimeField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms import Form as Part
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import TextInput

from lms.kernel import clock
from lms.kernel.forms import Form, SharedForm, choices
from lms.kernel.i18n import _, _l

from courses.catalogue.forms import StepForm, minutes_field
from quizzes.papers.code import new_secret
from quizzes.papers.rule import AFTER_CLOSE, AT_ONCE
from quizzes.papers.words import MOMENT_WORDS

#: The most questions one cell of a blueprint asks for, and parts a test has.
MOST_IN_A_CELL, MOST_PARTS = 500, 6
#: A cell for any difficulty stands beside those for one.
ANY = 0
SHOWS = ("show_mark", "show_right", "show_key", "show_explanation")


class MomentField(DateTimeField):
    """A moment on the deployment's clock as the office writes it: 09:41 05/02/2026."""

    widget = TextInput()

    def __init__(self, label=None, validators=None, **options):
        options.setdefault("render_kw", {"autocomplete": "off", "placeholder": "hh:mm dd/mm/yyyy"})
        super().__init__(label, validators, format=[
            "%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"], **options)

    def _value(self):
        if self.raw_data:
            return " ".join(self.raw_data)
        return clock.local(self.data).strftime(self.format[0]) if self.data else ""

    def process_formdata(self, valuelist):
        """What was typed, as a moment in UTC."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = self.data.replace(tzinfo=clock.zone()).astimezone(UTC)


class PartForm(Part):
    """A part of a test, its name and its own pass mark."""

    title_vi = StringField(_l("Name in Vietnamese"), [Optional(), Length(max=120)])
    title_en = StringField(_l("Name in English"), [Optional(), Length(max=120)])
    pass_mark = IntegerField(_l("Pass mark, out of 100"), [Optional(), NumberRange(0, 100)])


class HoursForm(SharedForm):
    """From when to when a test is open."""

    opens_at = MomentField(_l("Opens at"), [Optional()],
                           description=_l("Hour and day, for example 08:00 05/02/2026. Empty: "
                                          "when the course is published."))
    closes_at = MomentField(_l("Closes at"), [Optional()], description=_l("Empty: never."))

    def validate_closes_at(self, field):
        """It closes after it opens."""
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_("The test must close after it opens."))


class QuizForm(StepForm, HoursForm):
    """A quiz as a step of a course: its rules and its questions."""

    minutes = minutes_field(15)
    pretest_of = SelectField(_l("Kind of test"), default="")
    parts = FieldList(FormField(PartForm), min_entries=3, max_entries=MOST_PARTS)
    draw = IntegerField(_l("Questions drawn at random for each attempt"),
                        [Optional(), NumberRange(1, 500)],
                        description=_l("Empty: all the questions ticked here."))
    questions = SelectMultipleField(_l("Questions"), coerce=int)
    spread = IntegerField(_l("Questions in all"), [Optional(), NumberRange(1, 500)])
    find = StringField(_l("Find a question"), [Optional(), Length(max=100)])
    shuffle = BooleanField(_l("Shuffle the questions"), default=True)
    shuffle_options = BooleanField(
        _l("Shuffle the options"), default=True,
        description=_l("“All of the above” stays last; options that name letters stay in order."))
    pass_mark = IntegerField(_l("Pass mark, out of 100"), [InputRequired(), NumberRange(0, 100)],
                             default=50)
    attempts_allowed = IntegerField(_l("Attempts allowed"), [InputRequired(), NumberRange(1, 100)],
                                    default=3)
    wait_minutes = IntegerField(_l("Minutes to wait between attempts"),
                                [Optional(), NumberRange(0, 100_000)], default=0)
    time_limit = IntegerField(_l("Time limit in minutes"), [Optional(), NumberRange(1, 600)],
                              description=_l("Empty: no limit."))
    whole_page = BooleanField(_l("All questions on one page"))
    forward_only = BooleanField(_l("Forward only: a question that was left does not open again"))
    practice = BooleanField(_l("Practice: each answer can be checked at once"))
    code = BooleanField(_l("Ask for a code that the trainer shows in the room"))
    show_mark = SelectField(_l("The mark"), default=AT_ONCE)
    show_right = SelectField(_l("Right or wrong"), default=AT_ONCE)
    show_key = SelectField(_l("The right answers"), default=AT_ONCE)
    show_explanation = SelectField(_l("The explanations"), default=AT_ONCE)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in SHOWS:
            self[name].choices = choices(MOMENT_WORDS.items())

    def validate_forward_only(self, field):
        """Forward goes question by question."""
        if field.data and self.whole_page.data:
            raise ValidationError(_("A test on one page cannot go forward only. Choose one of the "
                                    "two."))

    def validate_show_mark(self, _field):
        """What is shown after the closing needs a closing."""
        if any(self[name].data == AFTER_CLOSE for name in SHOWS) and not self.closes_at.data:
            raise ValidationError(_("Say when the test closes, or show it at another time."))

    def step_values(self):
        """The fields that every step of a course has; the others are its ``rules``."""
        values = super().step_values()
        return {name: values[name] for name in ("title_vi", "title_en", "minutes")}

    def sections(self):
        """The parts that have a name, as a quiz keeps them."""
        return [{"title_vi": part["title_vi"], "title_en": part["title_en"] or "",
                 "pass_mark": part["pass_mark"]}
                for part in self.parts.data if part["title_vi"]]

    def rules(self, secret, blueprint):
        """The rules of the quiz; ``secret`` is what its codes are made from so far."""
        kept = ("draw", "shuffle", "shuffle_options", "pass_mark", "attempts_allowed",
                "time_limit", "whole_page", "forward_only", "practice", "opens_at", "closes_at",
                "pretest_of", *SHOWS)
        return {name: self[name].data for name in kept} | {
            "wait_minutes": self.wait_minutes.data or 0, "sections": self.sections(),
            "blueprint": blueprint,
            "code_secret": (secret or new_secret()) if self.code.data else ""}


class ExtraTimeForm(Form):
    """More time for one person."""

    person = StringField(_l("Name or staff code"), [InputRequired(), Length(max=120)])
    percent = IntegerField(_l("More of the time limit, in per cent"),
                           [Optional(), NumberRange(0, 300)])
    minutes = IntegerField(_l("Minutes besides"), [Optional(), NumberRange(0, 600)])
    reason = StringField(_l("Reason"), [InputRequired(), Length(max=300)])


class PaperSetForm(Form):
    """Papers to print."""

    letters = SelectField(_l("Letters of the papers"), coerce=int, default=4, choices=choices(
        ((1, "A"), (2, "A, B"), (3, "A, B, C"), (4, "A, B, C, D"))))
    label = StringField(_l("Class and day, as the head of the paper says"),
                        [Optional(), Length(max=120)])


def cell_name(place, difficulty):
    """The name of the field of a blueprint's cell."""
    return f"n-{place}-{difficulty}"


def read_blueprint(fields, categories, parts):
    """The blueprint in the ``fields`` of a form that offers ``categories``, in their order.

    Gives the rows as a quiz keeps them; a category has its row for each difficulty that asks
    for questions.  Raises ValueError with the words of what is wrong.
    """
    rows = []
    for place, category in enumerate(categories):
        section = _number(fields.get(f"part-of-{place}", ""), 1, MOST_PARTS, 1) - 1
        for difficulty in (1, 2, 3, ANY):
            count = _number(fields.get(cell_name(place, difficulty), ""), 0, MOST_IN_A_CELL, 0)
            if count:
                rows.append({"section": min(section, max(0, parts - 1)), "category": category,
                             "difficulty": difficulty or None, "count": count})
    return rows


def _number(text, least, most, default):
    text = text.strip()
    if not text:
        return default
    if not text.isdecimal() or not least <= int(text[:6]) <= most:
        raise ValueError(_("“%(text)s” is not a number from %(least)s to %(most)s.", text=text,
                           least=least, most=most))
    return int(text)


def cells_of(blueprint, categories):
    """What the fields of a blueprint's form hold for ``blueprint``: the inverse of reading it."""
    places = {category: place for place, category in enumerate(categories)}
    cells = {}
    for row in blueprint:
        if row["category"] not in places:
            continue
        place = places[row["category"]]
        cells[cell_name(place, row["difficulty"] or ANY)] = str(row["count"])
        cells[f"part-of-{place}"] = str(row["section"] + 1)
    return cells
