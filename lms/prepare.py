"""What is done before the server starts: the newest migration, and the demonstration if wanted.

The server loads this only in the child that does it; run as a program, it does nothing else.
"""
from lms.app import create_app
from lms.kernel.demo import demo
from lms.kernel.migrations import bring_to_newest


def prepare(app):
    """Bring the database to the newest migration; load the demonstration where asked and empty,
    each of its parts told as it comes.
    """
    bring_to_newest(app)
    if app.config["DEMO"]:
        with app.app_context():
            demo.main(["load", "--if-empty"], standalone_mode=False)


if __name__ == "__main__":
    prepare(create_app())
