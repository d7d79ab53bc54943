"""What is done before the server starts: the newest migration, and the demonstration if wanted.

The server loads this only in the child that does it; run as a program, it does nothing else.
"""
import sys

from lms.app import create_app
from lms.kernel.migrations import bring_to_newest


def prepare(app):
    """Bring the database to the newest migration; load the demonstration where asked and empty."""
    bring_to_newest(app)
    if app.config["DEMO"]:
        result = app.test_cli_runner().invoke(args=["demo", "load", "--if-empty"],
                                              catch_exceptions=False)
        sys.stdout.write(result.output)
        sys.stdout.flush()


if __name__ == "__main__":
    prepare(create_app())
