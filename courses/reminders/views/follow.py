"""What was sent and whether it arrived; reminding by hand from the page of a unit."""
from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from lms.kernel import clock, mail
from lms.kernel.i18n import _, in_both, named, ngettext
from lms.kernel.pages import paged
from lms.kernel.web import key_of, load, require, viewer
from lms.organisations.models import Unit
from lms.organisations.queries import units_on
from lms.people.policies import scope_of
from lms.people.queries import posts_today

from courses.coverage.models import Goal
from courses.coverage.policies import may_read_goals
from courses.reminders.actions import remind_by_hand, what_was_done
from courses.reminders.forms import TextForm
from courses.reminders.policies import may_remind, may_see_reminders, may_set_ladders
from courses.reminders.queries import (
    STATES,
    able_to_sign_in,
    failed_lately,
    goals_in_force,
    last_text_of,
    missing_in,
    reminded_by_hand,
    reminders_seen_by,
)
from courses.reminders.views.blueprint import bp
from courses.reminders.words import KINDS, LETTERS, LONGEST_TEXT, STATE_WORDS, text_to_paste


@bp.get("/reminders")
def sent():
    """The reminders to the people the viewer may follow, and the channels they took."""
    require(may_see_reminders)
    goal, unit = (request.args.get(name, type=key_of) for name in ("goal", "unit"))
    state = request.args.get("state", "")
    page = paged(reminders_seen_by(viewer(), goal, unit, state))
    people = {one.to_id for one in page.rows}
    scope = scope_of(viewer())
    units = [one for one in units_on(clock.today()) if scope is None or one.id in scope]
    return render_template(
        "reminders/sent.html", page=page, posts=posts_today(people),
        able=able_to_sign_in(people),
        goal=goal, unit=unit, state=state, kinds=KINDS, letters=LETTERS,
        goals=[(one.id, named(one)) for one in goals_in_force(clock.today())],
        units=[(one.id, named(one)) for one in units],
        states=[(one, STATE_WORDS[one]) for one in STATES], mail_on=mail.is_on(),
        may_set=may_set_ladders(viewer()))


@bp.route("/units/<int:key>/goals/<int:goal_key>/reminder", methods=["GET", "POST"])
def remind(key, goal_key):
    """Remind the people of a unit who owe a goal, and show the text to paste into Zalo."""
    unit = load(Unit, key, may_remind)
    goal = load(Goal, goal_key, lambda person, _goal: may_read_goals(person))
    today = clock.today()
    form = TextForm()
    if form.validate_on_submit():
        made = remind_by_hand(goal, unit, request.form.getlist("people", type=key_of),
                              form.text.data, by=viewer())
        flash(what_was_done(made), "good")
        return redirect(url_for(".remind", key=unit.id, goal_key=goal.id))
    rows = missing_in(goal, unit)
    if request.method == "GET":
        form.text.data = last_text_of(viewer(), goal, today) or proposed(goal, rows)
    # Whoever comes for somebody finds those ticked alone.
    chosen = set(request.form.getlist("people", type=key_of) if request.method == "POST" else
                 request.args.getlist("person", type=key_of))
    before = reminded_by_hand(goal, today)
    return render_template(
        "reminders/remind.html", form=form, unit=unit, goal=goal, rows=rows, today=today,
        before=before, chosen=chosen if chosen or request.method == "POST" else None,
        unable=len(rows) - len(able_to_sign_in([row.person.id for row in rows])),
        most=LONGEST_TEXT - 1, mail_on=mail.is_on()), (
        400 if form.errors else 200)


def proposed(goal, rows):
    """The text proposed, in Vietnamese: those who read it are officials of the province."""
    dues = {row.due_on for row in rows}
    return in_both(lambda: text_to_paste(goal, dues.pop() if len(dues) == 1 else None))[0]


def link_to_reminder(unit, goal, person):
    """The way from the missing people of a unit to reminding them, for who may."""
    if not may_remind(person, unit):
        return None
    return url_for("reminders.remind", key=unit.id, goal_key=goal.id), _("Remind")


def way_to_remind(unit, goal, person):
    """A function: the id of one of the missing → where they are reminded; for who may."""
    if not may_remind(person, unit):
        return None
    return lambda missing: url_for("reminders.remind", key=unit.id, goal_key=goal.id,
                                   person=missing)


def line_on_failures(person):
    """A line on the officer's first page where letters were given up lately."""
    count = failed_lately(person)
    if not count:
        return ""
    words = ngettext("%(num)s letter of the last 30 days was not delivered.",
                     "%(num)s letters of the last 30 days were not delivered.", count)
    return Markup('{} <a href="{}">{}</a>').format(
        words, url_for("reminders.sent", state="failed"), _("See which"))
