"""The demonstration province: each room loads its part, in the order of the storeys."""
import click
from flask import current_app
from sqlalchemy import inspect, select, table

from lms.kernel.commands import Commands
from lms.kernel.db import db
from lms.kernel.i18n import _
from lms.kernel.transaction import transaction

demo = Commands("demo", help="The demonstration province.")


def has_people():
    """Whether somebody lives in the database already."""
    return (inspect(db.engine).has_table("person")
            and db.session.scalar(select(1).select_from(table("person")).limit(1)) is not None)


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing where there are people already.")
def load(if_empty):
    """Fill an empty database with the demonstration province."""
    with transaction():
        if not has_people():
            click.echo("Building the demonstration province …")
            for title, step in current_app.demonstration:
                click.echo(f"  {title}")
                step()
        elif not if_empty:
            raise click.ClickException(_("The database is not empty; nothing was changed."))
    for line in current_app.demonstration_sign_ins():
        click.echo(line)
