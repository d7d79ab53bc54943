"""Why am I on the list, and why am I not: the goals of the day, person by person."""
from flask import redirect, render_template, url_for

from lms.kernel import clock
from lms.kernel.pages import cut
from lms.kernel.web import day_argument, load, viewer
from lms.organisations.models import Unit
from lms.organisations.queries import tree
from lms.people.models import Person
from lms.people.policies import may_change_person
from lms.people.queries import answering

from courses.completions.policies import may_read_record
from courses.coverage.models import Goal
from courses.coverage.policies import may_follow_unit, may_read_goals
from courses.groups.placing import placed
from courses.groups.placing_queries import known_of, left_out_of, placings_of
from courses.groups.policies import may_read_groups
from courses.groups.views.blueprint import bp


@bp.get("/people/<int:key>/goals")
def placing(key):
    """Which goals count somebody, by which facts, and why the others do not."""
    person = load(Person, key, may_read_record)
    if person.main_id is not None:
        return redirect(url_for(".placing", key=person.main_id))
    on = day_argument()
    rows = placings_of(person, on)
    units = {post.unit for row in rows for post, _lacks in row.posts}
    asked = answering(units)
    return render_template(
        "groups/placing.html", person=person, on=on, today=clock.today(), rows=rows,
        own=person.id == viewer().id, may_change=may_change_person(viewer(), person),
        may_read_groups=may_read_groups(viewer()),
        contacts=[(unit, asked[unit.id]) for unit in sorted(units, key=lambda unit: unit.id)])


@bp.get("/units/<int:key>/goals/<int:goal_key>/left-out")
def left_out(key, goal_key):
    """Those of a unit whom a goal does not count, each with the reason."""
    unit = load(Unit, key, may_follow_unit)
    goal = load(Goal, goal_key, lambda person, _goal: may_read_goals(person))
    today = clock.today()
    page = cut(left_out_of(goal, tree().below(unit.id), today))
    known = known_of(page.rows, {goal.group_id}, today)
    return render_template(
        "groups/left_out.html", unit=unit, goal=goal, page=page, today=today,
        rows=[(person, placed(goal, known[person.id, goal.group_id], today))
              for person in page.rows])


def link_to_placing(person):
    """From what somebody owes, the way to the goals that do not count them."""
    return url_for("groups.placing", key=person.id)


def link_to_left_out(unit, goal):
    """From the figure of a unit, the way to those whom it does not count."""
    return url_for("groups.left_out", key=unit.id, goal_key=goal.id)


def record_block(person):
    """Under the groups of a record: the way to the reasons."""
    return {"template": "groups/_placing_link.html", "person": person}
