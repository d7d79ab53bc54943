"""``flask audit …``: the seals over the trail of what was done."""
from pathlib import Path

import click

from lms.kernel.checkpoints import checkpoint, keep_checkpoint
from lms.kernel.commands import Commands
from lms.kernel.i18n import _, ngettext
from lms.kernel.sealing import seal_what_waits
from lms.kernel.transaction import looking, transaction
from lms.kernel.verifying import verify
from lms.system.words import verdict_words

audit = Commands("audit", help="The seals over the trail of what was done.")


@audit.command("verify")
@click.option("--checkpoint", "files", multiple=True, metavar="FILE",
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Compare with the checkpoints in FILE instead of those kept here.")
def verify_trail(files):
    """Verify every seal and every entry; fails where one is not as it was sealed."""
    with looking():
        verdict = verify(files or None)
        words = verdict_words(verdict)
    click.echo(words)
    for fault in verdict.faults:
        click.echo(fault.sentence(), err=True)
    if verdict.faults:
        raise SystemExit(1)


@audit.command("seal")
def seal():
    """Seal at once what waits, and write the checkpoint."""
    sealed = 0
    while count := _seal_some():
        sealed += count
    keep_checkpoint()
    click.echo(ngettext("%(num)s entry was sealed.", "%(num)s entries were sealed.", sealed))


@audit.command("checkpoint")
def print_checkpoint():
    """Print the newest checkpoint, to be mailed or kept elsewhere."""
    with looking():
        made = checkpoint()
    if made is None:
        raise click.ClickException(_("Nothing is sealed yet. “flask audit seal” does it."))
    click.echo(made.line())


def _seal_some():
    with transaction():
        return seal_what_waits()


def verify_command():
    """The words of the command that verifies the trail."""
    return "audit", "verify"
