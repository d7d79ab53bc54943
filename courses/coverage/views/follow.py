"""For those who follow figures: the province, a unit, the people behind a number."""
from itertools import pairwise

from flask import redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, named
from lms.kernel.pages import cut
from lms.kernel.text import fold
from lms.kernel.web import day_argument, key_of, load, made_file, require, viewer
from lms.organisations.links import coming
from lms.organisations.models import Unit
from lms.organisations.queries import heirs_of, root_on, tree, units_on
from lms.people.offers import officer_lines, unit_lines
from lms.people.policies import answers_for_people, units_answered

from courses.classes.queries import classes_open_for, seats_left_in
from courses.completions.outside_queries import outside_of_units
from courses.coverage.exemption_queries import requests_of_units
from courses.coverage.exports import matrix_workbook, people_workbook
from courses.coverage.extras import left_out_links, missing_links, reminding
from courses.coverage.forms import KINDS
from courses.coverage.matrix import furthest, in_sight, laid_out, parts_of, totals
from courses.coverage.models import Goal
from courses.coverage.policies import (
    may_act_for,
    may_follow_province,
    may_follow_some_unit,
    may_follow_unit,
    may_read_goals,
    may_set_goals,
)
from courses.coverage.printing import Matrix, matrix_paper
from courses.coverage.queries import (
    counted_twice,
    figures,
    overview,
    recast_trend,
    roll_of,
    trend,
    with_evidence,
)
from courses.coverage.reckoning import OWING, STATUSES
from courses.coverage.views.blueprint import bp, known_argument, recast_argument

#: So many names stand on the page of a unit; the list behind the figure has all.
NAMED = 200
#: So many requests stand on the page of a unit; their own list has all.
LATEST = 10


@bp.get("/province")
def province():
    """The matrix of the whole province."""
    require(may_follow_province)
    on = clock.today() if recast_argument() else day_argument()
    top = root_on(on)
    if top is None:
        return render_template("coverage/no_units.html", on=on, known=known_argument(),
                               today=clock.today(), begun=bool(units_on(clock.today())),
                               may_begin=may_set_goals(viewer()))
    return matrix_page(top)


def whole_on(on):
    """The unit that stands under no other on the day ``on``; a day without any is refused."""
    top = root_on(on)
    if top is None:
        raise Refusal(_("There was no unit on %(day)s. Choose a later day.", day=day(on)),
                      back=url_for(".province"))
    return top


def matrix_page(top):
    """The matrix of the units below ``top``."""
    on, known, recast = day_argument(), known_argument(), recast_argument()
    goals, groups, whole = laid_out(figures(on=on, known=known, recast=recast), top.id)
    count, short, overdue = totals(whole)
    shown = in_sight(groups, top.id)
    return render_template(
        "coverage/matrix.html", on=on, known=known, recast=recast, goals=goals, groups=shown,
        all_shown=shown is groups, whole=whole, count=count, short=short, overdue=overdue,
        top=top, today=clock.today(),
        furthest=furthest(groups), lines=officer_lines.of(viewer()))


@bp.get("/province/several-units/<int:key>")
def several_units(key):
    """The people whom more than one line of the matrix counts for a goal."""
    goal = load(Goal, key, lambda person, _goal: may_follow_province(person))
    on, known, recast = day_argument(), known_argument(), recast_argument()
    top = whole_on(clock.today() if recast else on)
    _goals, groups, _whole = laid_out(
        figures(goals=[goal], on=on, known=known, recast=recast), top.id)
    return render_template(
        "coverage/several_units.html", goal=goal, on=on, known=known, recast=recast,
        page=cut(counted_twice(goal, parts_of(groups), on, known, recast)))


@bp.get("/province.xlsx")
def province_file():
    """The matrix as a workbook."""
    require(may_follow_province)
    on, known, recast = day_argument(), known_argument(), recast_argument()
    top = whole_on(clock.today() if recast else on)
    return made_file(matrix_workbook(figures(on=on, known=known, recast=recast), on, known,
                                     named(top), recast),
                     f"toan-tinh-{on}.xlsx")


@bp.get("/my-unit")
def my_unit():
    """The unit the viewer answers for."""
    require(may_follow_some_unit)
    return redirect(url_for(".unit", key=units_answered(viewer())[0]))


@bp.get("/units/<int:key>/coverage")
def unit(key):
    """A unit for its head: the figure in words, who is missing, what can be done."""
    record = load(Unit, key, may_follow_unit)
    on, known, recast = day_argument(), known_argument(), recast_argument()
    below = tree(clock.today() if recast else on, known).children.get(record.id, [])
    read = overview(record, below, on, known, recast)
    meant = [f for f in read.own if f.members]
    chosen = next((f for f in meant if str(f.goal.id) == request.args.get("goal")),
                  max(meant, key=lambda f: (f.short or 0, f.required), default=None))
    answers = may_act_for(viewer(), record)
    return render_template(
        "coverage/unit.html", unit=record, figures=meant, chosen=chosen, on=on, known=known,
        asked_goal=asked_for_in_vain(chosen),
        recast=recast, today=clock.today(), heirs=heirs_of(record), kinds=KINDS,
        coming=coming.of([record], None) if of_now() else [],
        others=own_units_beside(record) if answers else [],
        may_act=answers and of_now(), of_now=of_now(),
        **requests_of(record),
        lines=unit_lines.of(viewer()) if answers_for_people(viewer()) else [],
        parts=[f for f in read.parts(chosen.goal) if f.members] if chosen else [],
        **part_of(chosen, record, read.owing))


def asked_for_in_vain(chosen):
    """The goal that the address asks for where the page shows the figure ``chosen`` of another."""
    key = request.args.get("goal", type=key_of)
    if chosen is None or key in (None, chosen.goal.id):
        return None
    return db.session.get(Goal, key)


def of_now():
    """Whether the page tells of today as known now: of who was missing once, some have met the goal
    since, and nobody is sent to a class because of it.
    """
    return day_argument() == clock.today() and known_argument() is None


def own_units_beside(record):
    """The other units the viewer answers for, in the order of precedence."""
    ids = {key for key in units_answered(viewer()) if key != record.id}
    return [one for one in units_on(clock.today()) if one.id in ids] if ids else []


def requests_of(record):
    """What the unit and those below it ask for: exemptions, and learning elsewhere to accept."""
    units, today = tree().below(record.id), clock.today()
    return {"asked": db.session.scalars(requests_of_units(units, today).limit(LATEST)).all(),
            "papers": db.session.scalars(outside_of_units(units, today).limit(LATEST)).all()}


def part_of(chosen, record, owing):
    """What the page of a unit shows of one goal: who is missing, classes, the months.

    ``owing`` gives the first so many of those who owe the goal of the figure ``chosen``.
    """
    if chosen is None:
        return {"missing": [], "classes": [], "points": [], "seats": {}, "reminders": [],
                "reminding": None,
                "left_out": []}
    on, known, roll = day_argument(), known_argument(), owing(chosen, NAMED)
    rows = with_all(roll, roll.named(OWING, NAMED))
    classes = classes_open_for(chosen.goal.courses, clock.today(), viewer()) if of_now() else []
    return {"missing": rows, "classes": classes,
            "seats": seats_left_in(classes, record),
            "reminders": missing_links.of(
                record, chosen.goal, viewer()) if rows and of_now() else [],
            "reminding": next(iter(reminding.of(record, chosen.goal, viewer())), None)
            if rows and of_now() else None,
            "left_out": left_out_links.of(record, chosen.goal),
            "points": points_of(
                recast_trend(chosen.goal, record.id, 24, on, known) if recast_argument() else
                trend(chosen.goal, record.id, 24, on, known, chosen))}


def points_of(months):
    """The months of a trend as the chart takes them; of those that follow one another without a
    figure for one reason, the newest tells since when.
    """
    points = [point(month, figure) for month, figure in months]
    for before, after in pairwise(points):
        if after.get("why") and after["why"] == before.get("why"):
            before["told"], after["since"] = True, before.get("since", before["label"])
    return points


def point(month, figure):
    """A month of the trend, as the chart takes it."""
    if figure is None or not figure.of_a_unit:
        return {"label": f"{month:%m/%Y}", "met": None, "required": None, "rate": None,
                "why": _("the goal was not in force") if figure is None else
                       _("there was no such unit")}
    return {"label": f"{month:%m/%Y}", "met": figure.met, "required": figure.required,
            "rate": figure.rate}


@bp.get("/province.pdf")
def province_paper():
    """The matrix on paper: a page that sums up, then every unit."""
    require(may_follow_province)
    on, known, recast = day_argument(), known_argument(), recast_argument()
    top = whole_on(clock.today() if recast else on)
    goals, groups, whole = laid_out(figures(on=on, known=known, recast=recast), top.id)
    if not goals:
        raise Refusal(_("No goal is in force on %(day)s.", day=day(on)), back=url_for(".province"))
    return made_file(matrix_paper(Matrix(goals, groups, whole, on, known, clock.now(), recast)),
                     f"toan-tinh-{on}.pdf", inline=True)


@bp.get("/units/<int:key>/goals/<int:goal_key>/people")
def people(key, goal_key):
    """The people behind a figure, exactly as many as it says."""
    record, goal, roll, found = asked_people(key, goal_key)
    on, known, page = day_argument(), known_argument(), cut(found)
    return render_template(
        "coverage/people.html", unit=record, goal=goal, on=on, known=known,
        recast=recast_argument(), total=page.total,
        page=page, rows=with_all(roll, page.rows), q=request.args.get("q", ""),
        status=request.args.get("status", ""), kinds=KINDS, may_act=may_act_for(viewer(), record))


def asked_people(key, goal_key):
    """What the address of a list of people asks for, through the gates."""
    record = load(Unit, key, may_follow_unit)
    goal = load(Goal, goal_key, lambda person, _goal: may_read_goals(person))
    roll = roll_of(goal, record, day_argument(), known_argument(), recast_argument())
    asked, words = request.args.get("status"), fold(request.args.get("q", "")).split()
    statuses = [status for status in STATUSES if not asked or status in asked.split(",")]
    return record, goal, roll, [one for one in (roll.named(statuses) if roll else [])
                                if all(word in one.fold for word in words)]


def with_all(roll, people):
    """Each of ``people`` as they stand in ``roll``, with the evidence; no roll has nobody."""
    return with_evidence(roll.behind(people), roll.goal, roll.day.on,
                         roll.reader.known) if roll else []


@bp.get("/units/<int:key>/goals/<int:goal_key>/people.xlsx")
def people_file(key, goal_key):
    """The list of people as a workbook."""
    record, goal, roll, found = asked_people(key, goal_key)
    on, known = day_argument(), known_argument()
    return made_file(people_workbook(with_all(roll, found), goal, on, known,
                                     named(record), recast_argument()),
                     f"danh-sach-{goal.key}-{record.key}-{on}.xlsx")
