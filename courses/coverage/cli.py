"""The terminal's questions: figures and the people behind them, and the facts in and out."""
import json
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import click
from sqlalchemy import select

from lms.kernel import clock, sqlite
from lms.kernel.commands import Commands
from lms.kernel.db import db
from lms.kernel.i18n import _, percent
from lms.kernel.transaction import looking, reading, transaction
from lms.organisations.models import Unit

from courses.coverage.facts.cells import DAY, CellFault, day
from courses.coverage.facts.export import export_folder, facts_in_all
from courses.coverage.facts.faults import FaultyFolder
from courses.coverage.facts.files import FILES
from courses.coverage.facts.load import import_folder
from courses.coverage.models import Goal
from courses.coverage.queries import figures, standings
from courses.coverage.truth_actions import keep_check, looked_over
from courses.coverage.truth_queries import rules

coverage = Commands("coverage", help="How far along we are, and who is behind each figure.")
facts = Commands("facts", help="All dated facts, in and out, as a folder of CSV files.")

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
ON = click.option("--on", metavar="D", help="The day asked about, YYYY-MM-DD (today).")
KNOWN = click.option("--known", metavar="K", help="The moment whose knowledge counts: ISO 8601, "
                     "or a date, which is the end of that day (now).")
FOLDER = partial(click.Path, file_okay=False, path_type=Path)


@coverage.command("show")
@click.option("--goal", metavar="G", help="The key of one goal; without it, all in force.")
@click.option("--unit", metavar="U", help="The key of one unit; without it, all in force.")
@ON
@KNOWN
@AS_JSON
def show(goal, unit, on, known, as_json):
    """Print the figures of goals and units."""
    with only_reading():
        rows = figures(goals=None if goal is None else [find(Goal, goal)],
                       units=None if unit is None else [find(Unit, unit)],
                       on=day_of(on), known=moment_of(known))
        # Only a page also shows units that an act had ended which was not known yet.
        rows = [row for row in rows if unit is not None or row.unit.in_force(row.on)]
    if as_json:
        click.echo(json.dumps([figure_as_json(row) for row in rows], ensure_ascii=False))
    else:
        print_figures(rows)


@coverage.command("people")
@click.option("--goal", metavar="G", required=True, help="The key of the goal.")
@click.option("--unit", metavar="U", required=True, help="The key of the unit.")
@ON
@KNOWN
@AS_JSON
def people(goal, unit, on, known, as_json):
    """List the people behind one figure."""
    with only_reading():
        rows = standings(find(Goal, goal), find(Unit, unit), day_of(on), moment_of(known))
    if as_json:
        click.echo(json.dumps([{"person": row.person.key, "status": row.status,
                                "due_on": row.due_on and row.due_on.isoformat()} for row in rows],
                              ensure_ascii=False))
    else:
        print_people(rows)


@coverage.command("check")
@AS_JSON
def check(as_json):
    """Look over all facts and figures; fails where there is a fault."""
    with looking():
        looked = looked_over()
    with transaction():
        found = keep_check(looked, by=None)
        counts, faults, ended = found.counts, found.faults, found.ended_at
    if as_json:
        click.echo(json.dumps({"ended_at": ended.isoformat(), "counts": counts,
                               "faults": faults}, ensure_ascii=False))
    else:
        print_check(counts, faults)
    if sum(counts.values()):
        raise SystemExit(1)


def check_of_facts():
    """The words of the command that looks over all facts and figures."""
    return "coverage", "check"


@facts.command("export")
@click.argument("folder", type=FOLDER(), metavar="DIR")
def export_facts(folder):
    """Write every dated fact into DIR."""
    try:
        with only_reading(), click.progressbar(length=facts_in_all(), label=_("Writing")) as bar:
            lines = export_folder(folder, bar.update)
    except OSError as error:
        raise click.ClickException(_(
            "%(file)s cannot be written: %(why)s. Choose another place.", file=folder,
            why=error.strerror)) from None
    click.echo(_("%(count)s facts were written to %(folder)s.", count=sum(lines.values()),
                 folder=folder))


@facts.command("import")
@click.argument("folder", type=FOLDER(exists=True), metavar="DIR")
def import_facts(folder):
    """Take in the facts of DIR: all of them, or none where one is wrong."""
    names = {file.file_name for file in FILES.values()}
    found = {path.name for path in folder.glob("*.csv")}
    if not found & names:
        raise click.ClickException(_("There is no file of facts in %(folder)s.", folder=folder))
    for name in sorted(found - names):
        click.echo(_("%(file)s is no file of a facts folder; it was not read.", file=name),
                   err=True)
    try:
        with transaction():
            outcome = import_folder(folder, click.progressbar)
    except FaultyFolder as refused:
        print_faults(refused.faults)
        raise SystemExit(1) from None
    print_outcome(outcome)


@contextmanager
def only_reading():
    """A block that writes nothing and never waits for the writers of SQLite."""
    token = sqlite.write_intent.set(False)
    try:
        with reading():
            yield
    finally:
        sqlite.write_intent.reset(token)


def find(model, key):
    """The record with this key."""
    record = db.session.scalar(select(model).filter_by(key=key))
    if record is None:
        message = (_("There is no goal with the key “%(key)s”.", key=key) if model is Goal
                   else _("There is no unit with the key “%(key)s”.", key=key))
        raise click.ClickException(message)
    return record


def day_of(text):
    """The day ``text`` names, or None without one."""
    if text is None:
        return None
    try:
        # Python reads 2026-W27-1 and 20260630 as well.
        return day(text)
    except CellFault:
        raise click.ClickException(
            _("“%(text)s” is not a date; write it as YYYY-MM-DD.", text=text)) from None


def moment_of(text):
    """The moment ``text`` names, or None without one.

    A date is the end of that day; a moment that names no zone is in the deployment's.
    """
    if text is None:
        return None
    try:
        if DAY.fullmatch(text):
            return clock.end_of(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=clock.zone())).astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.ClickException(
            _("“%(text)s” is neither a date nor a moment; write it as 2026-06-30 or "
              "2026-06-30T17:00.", text=text)) from None


def figure_as_json(figure):
    """``figure`` with the names and types of the facts folder's page."""
    return {"goal": figure.goal.key, "unit": figure.unit.key, "on": figure.on.isoformat(),
            "members": figure.members, "exempt": figure.exempt, "required": figure.required,
            "met": figure.met, "overdue": figure.overdue, "within_time": figure.within_time,
            "rate": figure.rate}


def print_figures(rows):
    """The figures as a table."""
    header = (_("Goal"), _("Unit"), _("Members"), _("Exempt"), _("Required"), _("Met"),
              _("Overdue"), _("Within time"), _("Rate"))
    print_table(header, [
        (row.goal.key, row.unit.key, row.members, row.exempt, row.required, row.met, row.overdue,
         row.within_time, percent(row.rate)) for row in rows], words=2)


def print_people(rows):
    """The people as a table."""
    words = {"met": _("Met"), "exempt": _("Exempt"), "overdue": _("Overdue"),
             "within_time": _("Within time")}
    print_table((_("Person"), _("Name"), _("Status"), _("Due on")), [
        (row.person.key, row.person.full_name, words[row.status],
         row.due_on.isoformat() if row.due_on else "–") for row in rows], words=4)


def print_table(header, rows, words):
    """Rows in columns: the first ``words`` of them to the left, numbers to the right."""
    if not rows:
        click.echo(_("There is nothing to show: no goal was in force, or nobody belongs to it."))
        return
    table = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (cell.ljust(width) if place < words else cell.rjust(width)
                 for place, (cell, width) in enumerate(zip(row, widths, strict=True)))
        click.echo("  ".join(cells).rstrip())


def print_check(counts, faults):
    """Each rule with its faults, by the rows they lie in."""
    for rule in rules():
        if rule.key in counts:
            number = counts[rule.key]
            click.echo(f"{number or '✓':>5}  {rule.words}")
            for fault in faults:
                if fault["rule"] == rule.key:
                    rows = ", ".join(f"{table} {key}" for table, key in fault["rows"])
                    click.echo(f"       {rows}")


def print_faults(faults):
    """Each fault on a line of its own."""
    for fault in faults.named:
        click.echo(str(fault), err=True)
    if faults.count > len(faults.named):
        click.echo(_("… and %(count)s more.", count=faults.count - len(faults.named)), err=True)
    click.echo(_("Nothing was written."), err=True)


def print_outcome(outcome):
    """What an import did, by file."""
    print_table((_("File"), _("Added"), _("Changed"), _("Already there")), [
        (file.file_name, outcome.added[file.name], outcome.changed[file.name],
         outcome.same[file.name]) for file in FILES.values()], words=1)
