"""The path to a goal for a unit, on the screen, on paper and as a workbook."""
from flask import render_template, request

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, named
from lms.kernel.web import load, made_file, viewer
from lms.organisations.models import Unit

from courses.coverage.exports import path_workbook
from courses.coverage.extras import missing_links
from courses.coverage.models import Goal
from courses.coverage.path_queries import path_of
from courses.coverage.pathway import CLASS_SIZE
from courses.coverage.policies import may_follow_unit, may_read_goals
from courses.coverage.views.blueprint import bp

#: A class is not smaller and not larger than this.
SMALLEST, LARGEST = 5, 300
#: So many names stand on the page; the workbook has all.
NAMED = 400


@bp.get("/units/<int:key>/goals/<int:goal_key>/path")
def path(key, goal_key):
    """Who is still missing where, what is planned for them, and when the target is reached."""
    record, goal, size = asked(key, goal_key)
    return render_template("coverage/path.html", unit=record, goal=goal, size=size,
                           named_most=NAMED, path=path_of(goal, record, viewer(), size, NAMED),
                           links=missing_links.of(record, goal, viewer()), today=clock.today())


@bp.get("/units/<int:key>/goals/<int:goal_key>/path.xlsx")
def path_file(key, goal_key):
    """The path as a workbook: the people, the seats, the pace."""
    record, goal, size = asked(key, goal_key)
    found = path_of(goal, record, viewer(), size)
    if found is None:
        raise Refusal(_("This goal is not in force today."))
    return made_file(path_workbook(found, goal, clock.today(), named(record)),
                     f"duong-den-dich-{goal.key}-{record.key}-{clock.today()}.xlsx")


def asked(key, goal_key):
    """The unit, the goal and the size of a class that the address asks for, through the gates."""
    record = load(Unit, key, may_follow_unit)
    goal = load(Goal, goal_key, lambda person, _goal: may_read_goals(person))
    size = request.args.get("size", CLASS_SIZE, type=int)
    return record, goal, min(max(size, SMALLEST), LARGEST)
