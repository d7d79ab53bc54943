"""For those who read reports: the list, one beside today's knowledge, the papers, the code."""
from dataclasses import dataclass
from functools import partial

from flask import redirect, render_template, request, url_for
from markupsafe import Markup

from lms.kernel import clock
from lms.kernel.codes import tidy
from lms.kernel.i18n import _, day, named, ngettext
from lms.kernel.pages import cut, paged
from lms.kernel.probing import looked_up
from lms.kernel.web import day_argument, load, made_file, public, require, viewer
from lms.organisations.models import Unit
from lms.organisations.queries import root_on
from lms.people.policies import units_answered
from lms.people.queries import people_by_id

from courses.coverage.choices import goals_listed
from courses.coverage.queries import whole
from courses.coverage.views.blueprint import recast_argument
from courses.reports.models import Report
from courses.reports.papers import call_paper, drawn, locked_paper, summary_paper
from courses.reports.periods import ended_by, of_programmes
from courses.reports.policies import (
    may_draft,
    may_end,
    may_lock,
    may_phone,
    may_read_reports,
    may_see,
)
from courses.reports.queries.comparing import (
    NOBODY,
    checked,
    counts,
    differences,
    known_now,
    reports_that_differ,
    reports_with,
)
from courses.reports.queries.finding import (
    by_code,
    last_lock,
    reports_seen_by,
    since_last_lock,
)
from courses.reports.queries.measuring import matter_of
from courses.reports.queries.reasons import changes_for_all, facts_behind
from courses.reports.views.blueprint import bp


@bp.get("/reports")
def reports():
    """The locked reports, and the periods to report on."""
    require(may_read_reports)
    today = clock.today()
    unit = own_unit()
    return render_template(
        "reports/reports.html", page=paged(reports_seen_by(viewer())), unit=unit, today=today,
        periods=[*ended_by(today), *of_programmes(goals_listed(), today)],
        may_lock=may_lock(viewer()), may_phone=may_phone(viewer(), unit) if unit else False)


def own_unit():
    """The unit whose reports somebody makes: the one they answer for, else the whole."""
    answered = units_answered(viewer())
    if answered and not may_lock(viewer()):
        return load(Unit, answered[0], may_draft)
    return root_on(clock.today())


@dataclass(frozen=True)
class Differing:
    """Somebody who counts differently now, as the page names them."""

    person: object
    difference: object
    facts: list
    #: The names of the units of the report, where the person counts in others now.
    units_before: str = ""
    units_now: str = ""


@bp.get("/reports/<int:key>")
def report(key):
    """A locked report beside what is known today: who differs, and the facts why."""
    record = load(Report, key, may_see)
    matter = matter_of(record)
    read, figures_now = known_now(matter)
    page = cut(in_order(differences(matter, read)))
    recast = recast_argument()
    return render_template(
        "reports/report.html", report=record, check=checked(matter),
        rows=beside(matter, figures_now), recast=recast,
        units_now=[figure for figure in whole(
            matter.unit_id, matter.on, matter.known, matter.goals, recast=True).figures
            if figure.members] if recast else [], page=page,
        differing=differing(matter, page.rows, read),
        changes=changes_for_all(matter, read), may_end=may_end(viewer(), record))


def beside(matter, figures_now):
    """(locked or None, today's or None, whether they differ): the whole, and every unit that
    differs; for each goal those come last that by today's knowledge there were besides.
    """
    now, old = counts(figures_now), counts(matter.figures)
    cells = {(figure.goal.id, figure.unit.id): figure for figure in figures_now}
    differ = {key for key in {*old, *now} if old.get(key, NOBODY) != now.get(key, NOBODY)}
    rows = [(figure, cells.get(key), key in differ) for key, figure in matter.cells.items()
            if key[1] == matter.unit_id or key in differ]
    rows += [(None, cells[key], True) for key in cells if key in differ and key not in old]
    return sorted(rows, key=lambda row: (row[0] or row[1]).goal.key)


def in_order(found):
    """The people who differ with what differs: goals by key, people in the order of names."""
    people = people_by_id({one.person_id for one in found})
    rows = [(people[one.person_id], one) for one in found]
    return sorted(rows, key=lambda row: (row[1].goal.key, row[0].sort_key, row[0].key))


def differing(matter, rows, read):
    """The people who differ as the page names them, with the facts why.

    ``read`` is what today's knowledge says of the day: it knows units that came since.
    """
    facts = facts_behind(matter, {person.id for person, _one in rows})
    units = {unit.id: named(unit) for unit in (*read.units, *matter.units)}
    return [Differing(person, one, facts.get(person.id, []),
                      *(unit_words(one, units) if one.units_before != one.units_now else ()))
            for person, one in rows]


def unit_words(one, units):
    """The units in which somebody counted and counts, those that are the same left out."""
    return [", ".join(units.get(key, "?") for key in sorted(these - those)) or "–"
            for these, those in ((one.units_before, one.units_now),
                                 (one.units_now, one.units_before))]


@bp.get("/reports/<int:key>.<any(docx, pdf, xlsx):kind>")
def report_file(key, kind):
    """The locked report as a file."""
    record = load(Report, key, may_see)
    return made_file(drawn(locked_paper(record), kind), f"bao-cao-{record.on}-{record.id}.{kind}")


@bp.get("/reports/<int:key>/names.<any(docx, pdf, xlsx):kind>")
def names_file(key, kind):
    """The locked report with the names behind its figures as annexes."""
    record = load(Report, key, may_see)
    return made_file(drawn(locked_paper(record, names=True), kind),
                     f"bao-cao-danh-sach-{record.on}-{record.id}.{kind}")


@bp.get("/units/<int:key>/summary.<any(docx, pdf, xlsx):kind>")
def summary_file(key, kind):
    """The one page of a unit for its head."""
    unit = load(Unit, key, may_draft)
    on = day_argument()
    return made_file(drawn(summary_paper(unit, on, viewer()), kind),
                     f"tinh-hinh-{unit.key}-{on}.{kind}")


@bp.get("/units/<int:key>/call-sheet.<any(docx, pdf, xlsx):kind>")
def call_file(key, kind):
    """Those of a unit still to be trained, to phone from."""
    unit = load(Unit, key, may_phone)
    on = day_argument()
    return made_file(drawn(call_paper(unit, on, viewer()), kind),
                     f"goi-dien-{unit.key}-{on}.{kind}")


@bp.get("/r")
@public
def find():
    """Look a locked report up by the code printed on it."""
    code = request.args.get("code", "").strip()
    if code:
        return redirect(url_for(".verify", code=tidy(code) or "-"))
    return render_template("reports/find.html", code="")


@bp.get("/r/<code>")
@public
def verify(code):
    """Where the QR leads: that the code belongs to a report with this hash, and no more.

    Whoever holds the paper can see that it is genuine and still holds, without an account;
    figures and names open only to those who may read the report.
    """
    record = looked_up(by_code, code)
    if record is None:
        return render_template("reports/find.html", code=code), 404
    person = viewer()
    return render_template("reports/verify.html", report=record, now=clock.now(),
                           may_see=person is not None and may_see(person, record))


def correction_line(people, since, _before):
    """Which locked reports a change of the facts about ``people`` makes differ: what tells them."""
    found = reports_that_differ(people, since)
    return found and partial(_counted_otherwise, found)


def _counted_otherwise(reports):
    words = ngettext("%(num)s locked report counts this person otherwise now:",
                     "%(num)s locked reports count this person otherwise now:", len(reports))
    links = [_named(one) for one in reports]
    return Markup("<p>{} {}</p>").format(words, Markup("; ").join(links))


def line_on_an_act(done):
    """In the preview of an act dated into the past: the locked reports beside which it will be
    seen."""
    found = reports_with(set(done.units["sources"]), done.on)
    if not found:
        return None
    words = ngettext(
        "%(num)s report was locked with the units as they stood before this act; it stays as it "
        "is, and shows from now on what counts otherwise:",
        "%(num)s reports were locked with the units as they stood before this act; they stay as "
        "they are, and show from now on what counts otherwise:", len(found))
    return Markup("{} {}").format(words, Markup("; ").join(map(_named, found)))


def _named(record):
    words = _("“%(title)s” (figures of %(day)s)", title=record.title, day=day(record.on))
    person = viewer()
    if person is None or not may_see(person, record):
        return words
    return Markup('<a href="{}">{}</a>').format(url_for("reports.report", key=record.id), words)


def officer_line(person):
    """What changed since the last lock, on the officer's first page."""
    root = root_on(clock.today())
    record = last_lock(root.id) if root and may_lock(person) else None
    if record is None:
        return None
    parts = [_("%(goal)s: %(then)s → %(now)s met", goal=now.goal.key,
               then=f"{then.met}/{then.required}" if then else "–",
               now=f"{now.met}/{now.required}")
             for then, now in since_last_lock(record)
             if then is None or (then.met, then.required) != (now.met, now.required)]
    words = _("Since the figures of %(day)s were locked: %(parts)s.", day=day(record.on),
              parts="; ".join(parts) or _("no goal stands otherwise"))
    return Markup('<p>{} <a href="{}">{}</a></p>').format(
        words, url_for("reports.report", key=record.id), _("The locked report"))


def summary_link(unit):
    """The link that the page of a unit shows to those who follow it."""
    if viewer() is None or not may_draft(viewer(), unit):
        return None
    return url_for("reports.preview", key=unit.id), _("Report on paper")


def call_link(unit, _goal, person):
    """The link to the list to phone from, for those who act for the unit."""
    if not may_phone(person, unit):
        return None
    return url_for("reports.call_file", key=unit.id, kind="pdf"), _("List to phone from")
