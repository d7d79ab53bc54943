"""The parts pages are made of, drawn from plain values and from forms."""
import re

import pytest
from flask import get_template_attribute
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, widgets
from wtforms.validators import InputRequired

from lms.kernel.forms import Form, choices
from lms.kernel.pages import Part


class Several(SelectMultipleField):
    """Several of many, as check boxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class Enrolment(Form):
    """A form with a field of each kind."""

    name = StringField("Name", [InputRequired()], description="As on paper.")
    place = StringField("Place")
    mode = RadioField("Mode", [InputRequired()], choices=choices([("a", "Hall"), ("b", "Online")]))
    days = Several("Days", choices=choices([("2", "Monday"), ("3", "Tuesday")]))
    read = BooleanField("I have read it.", [InputRequired()])


@pytest.fixture
def macro(app):
    """``macro(file, name)(…)`` is what the macro draws, in English, blanks folded and none
    between two tags."""
    with app.test_request_context("/list?q=lan&page=2", method="POST",
                                  headers={"Cookie": "language=en"}):
        def draw(file, name):
            part = get_template_attribute(f"macros/{file}.html", name)
            return lambda *values, **named: re.sub(r"> <", "><", re.sub(
                r"[ \n]+", " ", part(*values, **named))).strip()
        yield draw


def test_a_field_names_its_hint_and_its_fault_to_a_screen_reader(macro):
    form = Enrolment()
    form.validate()

    drawn = macro("form", "field")(form.name)

    assert '<span class="hint" id="name-hint">As on paper.</span>' in drawn
    assert '<span class="error" id="name-error">Fault: This field is required.</span>' in drawn
    assert 'aria-describedby="name-error name-hint"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_a_field_without_hint_and_fault_names_neither(macro):
    drawn = macro("form", "field")(Enrolment().place, width="short", inputmode="numeric")

    assert drawn == ('<div class="field" data-width="short"><label for="place">Place</label>'
                     '<input id="place" inputmode="numeric" name="place" type="text" value="">'
                     '</div>')


def test_choices_stand_in_a_fieldset_with_a_note_where_one_is_given(macro):
    drawn = macro("form", "field")(Enrolment().mode, notes={"b": "at any time"})

    assert drawn.count('<label class="choice">') == 2
    assert "<legend>Mode</legend>" in drawn
    assert re.findall("<small>(.*?)</small>", drawn) == ["at any time"]


def test_several_of_many_come_as_check_boxes(macro):
    drawn = macro("form", "field")(Enrolment().days)

    assert drawn.count('type="checkbox"') == 2
    assert "<legend>Days</legend>" in drawn


def test_the_summary_counts_the_faults_and_leads_to_each(macro):
    form = Enrolment()
    form.validate()

    drawn = macro("form", "summary")(form)

    assert "3 fields need another look." in drawn
    assert re.findall('href="#(.*?)"', drawn) == ["name", "mode", "read"]
    assert macro("form", "summary")(Enrolment()) == ""


def test_facts_leave_out_what_is_empty(macro):
    drawn = macro("facts", "facts")(("Unit", "Press"), ("Born", None), ("Phone", ""), ("Left", 0))

    assert re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", drawn) == [("Unit", "Press"), ("Left", "0")]


def test_what_somebody_typed_is_never_taken_for_markup(macro):
    drawn = macro("facts", "facts")(("Unit", "<b>Press</b>"))

    assert "<dd>&lt;b&gt;Press&lt;/b&gt;</dd>" in drawn


def test_a_heading_sorts_first_up_then_down_and_begins_at_the_first_page(macro):
    draw = macro("pages", "sortable")

    assert draw("name", "Name", "mark") == (
        '<th scope="col"><a href="/list?q=lan&amp;sort=name">Name</a></th>')
    assert draw("name", "Name", "name") == (
        '<th scope="col" aria-sort="ascending"><a href="/list?q=lan&amp;sort=-name">Name</a></th>')
    assert draw("name", "Name", "-name", number=True) == (
        '<th scope="col" class="number" aria-sort="descending">'
        '<a href="/list?q=lan&amp;sort=name">Name</a></th>')


def test_a_long_list_says_where_it_stands(macro):
    drawn = macro("pages", "pages")(Part(list(range(50)), 2, 118))

    assert "51–100 of 118" in drawn
    assert re.findall(r'href="/list\?q=lan&amp;page=(\d)"', drawn) == ["1", "1", "2", "3", "3"]
    assert macro("pages", "pages")(Part([], 1, 0)) == ""


def test_a_bar_shows_each_part_in_its_share_and_the_target(macro):
    drawn = macro("chart", "coverage_bar")("u", 17, 1, 21, "70.0")

    assert 'class="met" x="0" y="0" width="80.95%"' in drawn
    assert 'class="late-edge" x="80.95%" y=".5" width="4.76%"' in drawn
    assert 'class="goal" x1="70.0%"' in drawn


def test_a_bar_of_nobody_is_empty(macro):
    drawn = macro("chart", "coverage_bar")("u", 0, 0, 0)

    assert 'width="0.00%"' in drawn
    assert "late" not in drawn
    assert "goal" not in drawn


def months(*rates):
    """A point for each rate, month by month."""
    return [{"label": f"{month:02}/2026", "met": 1, "required": 2, "rate": rate}
            for month, rate in enumerate(rates, start=1)]


def test_a_trend_holds_each_figure_until_the_next_and_shows_gaps(macro):
    drawn = macro("trend", "trend")("u", "Share met", months("75.0", "50.0", None, "100.0"), "80.0")

    assert 'd="M0 50.00H1V100.00H2M3 0.00H4"' in drawn
    assert ("From 75.0\N{NO-BREAK SPACE}% in 01/2026 to 100\N{NO-BREAK SPACE}% in 04/2026; "
            "the lowest 50.0\N{NO-BREAK SPACE}% in 02/2026") in drawn
    assert drawn.count("<tr><th scope=\"row\">") == 4


def test_a_trend_without_any_figure_says_so(macro):
    drawn = macro("trend", "trend")("u", "Share met", months(None, None))

    assert "There is no figure in this time yet." in drawn
    assert "<svg" not in drawn


@pytest.mark.parametrize("rates", [("0.0",), ("100.0", "100.0"), ("12.5", "99.9", "0.1")])
def test_a_trend_stays_inside_its_picture(rates, macro):
    drawn = macro("trend", "trend")("u", "Share met", months(*rates), "100.0")

    heights = [float(y) for y in re.findall(r"[V ](\d+\.\d\d)H", drawn)]
    assert len(heights) == len(rates)
    assert all(0 <= y <= 100 for y in heights)


def test_no_drawing_has_inline_style(macro):
    drawn = macro("chart", "coverage_key")("u") + macro("icon", "icon")("course")

    assert "style=" not in drawn
    assert 'aria-hidden="true"' in drawn
