"""Questions in and out at the terminal."""
import json
from dataclasses import replace
from pathlib import Path

import click

from lms.kernel import sqlite
from lms.kernel.grid import LARGEST_FILE
from lms.kernel.i18n import _
from lms.kernel.transaction import reading, transaction

from quizzes.blueprint import bp
from quizzes.questions.interchange.actions import import_questions
from quizzes.questions.interchange.bank import by_kind, fitted
from quizzes.questions.interchange.draft import Fault, Reading
from quizzes.questions.interchange.formats import FORMATS, WRITTEN, read
from quizzes.questions.interchange.queries import bank_named, drafts_of, stems_of


@bp.cli.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--format", "key", metavar=f"[{'|'.join(FORMATS)}]",
              help="What kind of file it is; without it, the file tells.")
@click.option("--bank", metavar="NAME", help="The code or the title of the course whose bank "
              "takes the questions.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def import_file(file, key, bank, dry_run, as_json):
    """Take the questions of FILE into a bank: all of them, or none where one has a fault; without
    a bank nothing is written.
    """
    if bank is None and not dry_run:
        click.echo(_("Nothing is written: say with --bank which course's bank takes the "
                     "questions."), err=True)
        dry_run = True
    found = _reading(file, key)
    with transaction():
        course = bank_named(bank) if bank else None
        if bank and course is None:
            found = replace(found, faults=(Fault("--bank", _no_bank(bank)), *found.faults))
        found = fitted(found, stems_of(course) if course else ())
        if not (dry_run or found.faults):
            import_questions(course, found, by=None)
    if as_json:
        for note in found.notes:
            click.echo(f"{note.at}: {note.why}", err=True)
        click.echo(json.dumps(_as_json(found, file), ensure_ascii=False))
    else:
        _print(found, file, taken=not (dry_run or found.faults))
    if found.faults:
        raise SystemExit(1)


def _reading(file, key):
    """What ``file`` holds, or why it cannot be read."""
    if key not in (None, *FORMATS):
        return Reading(faults=(Fault("--format", _(
            "No kind of file is called “%(name)s”. Write one of: %(names)s.", name=key,
            names=", ".join(FORMATS))),))
    try:
        with file.open("rb") as opened:
            # More than is read is not taken into memory either.
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        why = _("The file is not there. Look at its name and folder.") if isinstance(
            error, FileNotFoundError) else _("The file cannot be opened: %(why)s.",
                                             why=error.strerror)
        return Reading(faults=(Fault("", why),))
    return read(content, key, file.name)[1]


@bp.cli.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--bank", metavar="NAME", required=True,
              help="The code or the title of the course whose bank is written.")
@click.option("--format", "key", type=click.Choice([form.key for form in WRITTEN]),
              help="What kind of file to write; without it, its ending tells.")
def export_file(file, bank, key):
    """Write the questions of a bank into FILE; says what the file cannot hold."""
    form = FORMATS.get(key) or next(
        (form for form in WRITTEN if file.suffix.lower() in form.endings), None)
    if form is None:
        raise click.UsageError(_("Say with --format what kind of file to write."))
    sqlite.write_intent.set(False)
    with transaction(), reading():
        drafts = drafts_of(_bank(bank))
    writing = form.write(drafts)
    _put(writing.content, file)
    for lost in writing.lost:
        click.echo(f"{lost.at}: {lost.why}", err=True)
    click.echo(_("%(count)s questions were written to %(file)s.", count=len(drafts), file=file))


def _put(content, file):
    """Write a file at once: whoever reads it meanwhile finds the one before or all of this one."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        raise click.ClickException(_(
            "%(file)s cannot be written: %(why)s. Choose another place.", file=file,
            why=error.strerror)) from None


def _bank(name):
    course = bank_named(name)
    if course is None:
        raise click.ClickException(_no_bank(name))
    return course


def _no_bank(name):
    return _("There is no course with the code or title “%(name)s”.", name=name)


def _as_json(found, file):
    return {"questions": len(found.drafts), "by_kind": by_kind(found.drafts),
            "faults": [{"at": str(fault.at) or file.name, "why": str(fault.why)}
                       for fault in found.faults]}


def _print(found, file, taken):
    for kind, count in by_kind(found.drafts).items():
        click.echo(f"{count:>5}  {kind}")
    for note in found.notes:
        click.echo(f"{note.at}: {note.why}")
    for fault in found.faults:
        click.echo(f"{fault.at or file.name}: {fault.why}", err=True)
    if taken:
        click.echo(_("%(count)s questions were taken into the bank.", count=len(found.drafts)))
    else:
        click.echo(_("Nothing was written."))
