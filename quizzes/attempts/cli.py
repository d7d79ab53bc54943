"""The terminal's questions about attempts: does every promise hold, and every mark?"""
import json
from contextlib import nullcontext

import click

from lms.kernel import sqlite
from lms.kernel.transaction import reading, transaction

from quizzes.attempts.checking import faults
from quizzes.attempts.regrading_actions import mark_all_again
from quizzes.blueprint import bp


@bp.cli.command("check")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def check(as_json):
    """Check that every answer, paper and mark of every attempt is as promised."""
    sqlite.write_intent.set(False)
    with transaction(), reading():
        found, attempts, events = faults()
    if as_json:
        click.echo(json.dumps({"attempts": attempts, "answers": events,
                               "faults": [fault._asdict() for fault in found]}))
    else:
        for fault in found:
            click.echo(f"{fault.promise}  attempt {fault.attempt}: {fault.what}")
        click.echo(f"{attempts} attempts with {events} answers checked, {len(found)} faults.")
    if found:
        raise SystemExit(1)


def check_of_attempts():
    """The words of the command that looks over all attempts."""
    return "quizzes", "check"


@bp.cli.command("remark")
@click.option("--dry-run", is_flag=True, help="Say what would change, change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def remark(dry_run, as_json):
    """Mark every attempt again; as marks follow from what is kept, no mark should change."""
    sqlite.write_intent.set(not dry_run)
    with transaction(), reading() if dry_run else nullcontext():
        attempts, found = mark_all_again(None, keep=not dry_run)
        changes = [{"attempt": one.attempt.id, "new": str(one.marks.score)} for one in found]
    if as_json:
        click.echo(json.dumps({"attempts": attempts, "changes": changes}))
    else:
        for change in changes:
            click.echo(f"attempt {change['attempt']}: {change['new']}")
        click.echo(f"{attempts} attempts marked again, {len(changes)} marks "
                   f"{'would change' if dry_run else 'changed'}.")
