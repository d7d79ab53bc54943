"""``flask backup …``: a copy of everything, and its trial."""
from contextlib import suppress
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from lms.backups.actions import note_made, note_tried
from lms.backups.making import make_backup
from lms.backups.trying import try_backup
from lms.kernel.commands import Commands
from lms.kernel.errors import Refusal
from lms.kernel.i18n import ngettext, size
from lms.kernel.transaction import looking, transaction

backup = Commands("backup", help="A copy of everything, and whether it can be restored.")
FOLDER = click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")


@backup.command("make")
@FOLDER
def make(folder):
    """Copy the database, the files and the secret into DIR, while the system runs."""
    try:
        with looking():
            told = make_backup(folder)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from None
    with transaction():
        note_made(folder, told)
    click.echo(ngettext("%(folder)s holds the database and %(num)s file: %(size)s.",
                        "%(folder)s holds the database and %(num)s files: %(size)s.",
                        told["files"], folder=folder, size=size(told["bytes"])))


@backup.command("try")
@FOLDER
@click.option("--into", metavar="URL", help="An empty PostgreSQL database, for a backup of one.")
def try_out(folder, into):
    """Restore the backup in DIR beside the system and look it over; fails where it is not whole."""
    try:
        for line in try_backup(folder, into):
            click.echo(line)
    except Refusal as refusal:
        _note(folder, refusal.message)
        raise click.ClickException(refusal.message) from None
    _note(folder, "")


def _note(folder, fault):
    # Where the database of the system is gone, a trial is a trial all the same.
    with suppress(DBAPIError), transaction():
        note_tried(folder, fault)
