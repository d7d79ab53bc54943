"""What is done before the server starts: the newest migration, and the demonstration if wanted.

A process of its own: what it loads and leaves behind is gone when the server begins.
"""
import logging
import sys

from lms.app import create_app
from lms.kernel.migrations import bring_to_newest


def main():
    """Bring the database to the newest migration; load the demonstration where asked and empty."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    app = create_app()
    bring_to_newest(app)
    if app.config["DEMO"]:
        result = app.test_cli_runner().invoke(args=["demo", "load", "--if-empty"],
                                              catch_exceptions=False)
        sys.stdout.write(result.output)


if __name__ == "__main__":
    main()
