"""The terminal's question about attempts: does every promise hold?"""
import json

import click

from lms.kernel import sqlite
from lms.kernel.transaction import reading, transaction

from quizzes.attempts.checking import faults
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
