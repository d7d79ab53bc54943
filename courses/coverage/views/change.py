"""For those who follow figures: why a figure changed between two days."""
from datetime import date

from flask import render_template, request
from markupsafe import Markup

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, named
from lms.kernel.web import day_argument, here, load, made_file, viewer
from lms.organisations.models import Unit

from courses.coverage.exports import cause_words, change_workbook
from courses.coverage.models import Goal
from courses.coverage.policies import may_follow_province, may_follow_unit, may_read_goals
from courses.coverage.queries import accounted, corrected, people_of
from courses.coverage.views.blueprint import bp, known_argument, recast_argument
from courses.coverage.waterfall import bars


def period_before(on):
    """The last 14 December before ``on``: where the reporting year of the offices begins."""
    end = date(on.year, 12, 14)
    return end if end < on else date(on.year - 1, 12, 14)


def asked_account(key, goal_key):
    """The unit, the goal and the account that the address asks for, through the gates."""
    record = load(Unit, key, may_follow_unit)
    goal = load(Goal, goal_key, lambda person, _goal: may_read_goals(person))
    second = day_argument(), known_argument()
    first = day_argument("first", period_before(second[0])), known_argument("first_known")
    if first[0] > second[0]:
        raise Refusal(_("The first day, %(first)s, lies after the second, %(second)s. Choose an "
                        "earlier first day.", first=day(first[0]), second=day(second[0])))
    return record, goal, accounted(goal, record, first, second, recast_argument())


@bp.get("/units/<int:key>/goals/<int:goal_key>/changes")
def changes(key, goal_key):
    """The account of a figure as a picture and a table; each part opens its names."""
    record, goal, account = asked_account(key, goal_key)
    words = cause_words()
    part = account.part(request.args.get("part"))
    first, second = account.first, account.second
    drawn, floor = bars(
        (_("Met on %(day)s", day=day(first.on)), first.met),
        [(words[one.cause], one.met) for one in account.parts],
        (_("Met on %(day)s", day=day(second.on)), second.met))
    return render_template(
        "coverage/changes.html", unit=record, goal=goal, account=account, words=words,
        recast=recast_argument(),
        bars=drawn, floor=floor, part=part, people=people_of(part) if part else [],
        opens=may_follow_province(viewer()), links={
            words[one.cause]: f"{here(part=one.cause)}#people" for one in account.parts})


@bp.get("/units/<int:key>/goals/<int:goal_key>/changes.xlsx")
def changes_file(key, goal_key):
    """The account as a workbook: the parts, and everybody in them."""
    record, goal, account = asked_account(key, goal_key)
    return made_file(
        change_workbook(account, [(part, people_of(part)) for part in account.parts], goal,
                        named(record), recast_argument()),
        f"thay-doi-{goal.key}-{record.key}-{account.second.on}.xlsx")


def corrections_block(people, since, before):
    """The figures of the past that a change of the facts about ``people`` corrects: what tells
    them as HTML.
    """
    found = corrected(people, since, before)
    return found and (lambda: Markup(render_template(  # noqa: S704 - a template of ours
        "coverage/_corrected.html", corrections=found, person=people[0])))
