"""Groups of commands for the terminal: what is wrong below is one line there, no traceback."""
import click
from flask.cli import AppGroup, ScriptInfo
from sqlalchemy.exc import DBAPIError

from lms.kernel.i18n import _
from lms.kernel.trouble import is_below

#: What the databases say where a table or a column is missing.
MISSING_SQLITE = ("no such table", "no such column", "has no column named")
MISSING_POSTGRESQL = ("42P01", "42703")


class Commands(AppGroup):
    """A group of commands that ask the database."""

    def invoke(self, ctx):
        """Run the command; a database that cannot answer is named in a sentence."""
        try:
            return super().invoke(ctx)
        except DBAPIError as error:
            with ctx.ensure_object(ScriptInfo).load_app().app_context():
                words = words_for(error)
            if words is None:
                raise
            raise click.ClickException(words) from None


def words_for(error):
    """The sentence for what the database lacks, or for its failure; None where it is our fault."""
    if (getattr(error.orig, "sqlstate", None) in MISSING_POSTGRESQL
            or str(error.orig).startswith(MISSING_SQLITE)):
        return _("The tables of the database are missing or old. Run “make migrate” first.")
    if is_below(error):
        return _("The database cannot be used: %(why)s", why=error.orig)
    return None
