"""For officers and managers: goals, and sending people to classes."""
from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.forms import choices
from lms.kernel.i18n import _, named
from lms.kernel.web import key_of, load, require, viewer
from lms.organisations.models import Unit
from lms.organisations.queries import root_on, tree
from lms.people.policies import scope_of, units_answered
from lms.people.queries import groups, main_unit, people_with

from courses.classes.actions import nominate
from courses.classes.models import CourseClass
from courses.classes.queries import enrolments_in, seats_left
from courses.coverage.actions import change_goal, set_goal
from courses.coverage.choices import all_courses, goals_listed
from courses.coverage.forms import GoalForm
from courses.coverage.models import Goal
from courses.coverage.path_queries import parts_met
from courses.coverage.policies import (
    may_follow_province,
    may_nominate,
    may_read_goals,
    may_set_goals,
)
from courses.coverage.queries import figures, owing
from courses.coverage.views.blueprint import bp


@bp.get("/goals")
def goals():
    """The goals, in force or not."""
    require(may_read_goals)
    return render_template("coverage/goals.html", goals=goals_listed(), today=clock.today(),
                           may_set=may_set_goals(viewer()))


def goal_values(form):
    """The values of a goal as the form gives them."""
    values = form.values()
    courses, group = values.pop("course_ids"), values.pop("group_id")
    values["courses"] = [course for course in all_courses() if course.id in courses]
    values["group"] = next(one for one in groups() if one.id == group)
    return values | {name: values[name] or "" for name in ("title_en", "basis")}


def goal_form(goal=None):
    """The form of a goal with its choices."""
    form = GoalForm(obj=goal, course_ids=[c.id for c in goal.courses] if goal else None)
    form.group_id.choices = choices((group.id, named(group)) for group in groups())
    form.course_ids.choices = choices((course.id, f"{course.key} – {named(course)}")
                                      for course in all_courses())
    return form


@bp.route("/goals/new", methods=["GET", "POST"])
def new_goal():
    """Set a goal."""
    require(may_set_goals)
    form = goal_form()
    if form.validate_on_submit():
        goal = set_goal(goal_values(form), by=viewer())
        flash(_("Goal %(key)s is set; the figures follow at once.", key=goal.key), "good")
        return redirect(url_for(".goals"))
    return render_template("coverage/edit_goal.html", form=form, goal=None)


@bp.get("/goals/<int:key>")
def goal(key):
    """A goal: whom it means, what it asks, and how far they are."""
    record = load(Goal, key, lambda person, _goal: may_read_goals(person))
    units = units_followed()
    found = {f.unit.id: f for f in figures([record], units)} if units else {}
    found = [found[unit.id] for unit in units if unit.id in found]
    return render_template(
        "coverage/goal.html", goal=record, figures=found, today=clock.today(),
        may_set=may_set_goals(viewer()),
        parts=parts_met(record, found[0].unit) if found else {})


def units_followed():
    """The whole, or the units the viewer answers for; below one alone, the units under it."""
    whole = root_on(clock.today()) if may_follow_province(viewer()) else None
    keys = [whole.id] if whole else units_answered(viewer())
    below = tree().children.get(keys[0], []) if len(keys) == 1 else []
    units = db.session.scalars(
        select(Unit).where(Unit.id.in_([*keys, *below]))
        .order_by(Unit.precedence, Unit.id)).all()
    return sorted(units, key=lambda unit: unit.id not in keys)


@bp.route("/goals/<int:key>/edit", methods=["GET", "POST"])
def edit_goal(key):
    """Change a goal."""
    goal = load(Goal, key, lambda person, _goal: may_set_goals(person))
    form = goal_form(goal)
    if form.validate_on_submit():
        values = goal_values(form)
        values.pop("key")
        change_goal(goal, values, by=viewer(), seen=form.fingerprint.data)
        flash(_("Goal %(key)s was saved; the figures follow at once.", key=goal.key), "good")
        return redirect(url_for(".goal", key=goal.id))
    return render_template("coverage/edit_goal.html", form=form, goal=goal)


@bp.route("/classes/<int:key>/nominations", methods=["GET", "POST"])
def nominations(key):
    """Send people to a class, those who still owe its course first."""
    course_class = load(CourseClass, key, may_nominate)
    scope = scope_of(viewer())
    if request.method == "POST":
        count = nominate_chosen(course_class, scope)
        flash(_("%(count)s people are sent to the class.", count=count), "good")
        return redirect(url_for("classes.show", key=course_class.id))
    inside = {enrolment.person_id for enrolment in enrolments_in(course_class)}
    rows = [row for row in owing(course_class.course, scope)
            if row.person.id not in inside]
    return render_template("coverage/nominations.html", course_class=course_class, rows=rows,
                           left=seats_left(course_class), inside=len(inside),
                           meant=request.args.get("person", type=key_of))


def nominate_chosen(course_class, scope):
    """Nominate the people ticked, each for the unit of their main post; gives how many."""
    chosen = request.form.getlist("people", type=key_of)
    people = people_with(chosen, scope)
    by_unit = {}
    for person in people:
        by_unit.setdefault(main_unit(person, clock.today()), []).append(person)
    for unit, members in by_unit.items() or [(None, [])]:
        nominate(course_class, members, unit, by=viewer())
    return len(people)


def link_to_nominations(course_class, person):
    """The link that a class shows to those who may send people."""
    if not may_nominate(person, course_class):
        return None
    return url_for("coverage.nominations", key=course_class.id), _("Nominate people")


