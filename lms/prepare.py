"""What is done before the server starts: is the database durable, the newest migration, and the
demonstration if wanted.

The server loads this only in the child that does it; run as a program, it does nothing else.
"""
from sqlalchemy import text

from lms.app import create_app
from lms.kernel.db import db
from lms.kernel.demo import demo
from lms.kernel.migrations import bring_to_newest

#: The settings of PostgreSQL without which an acknowledged answer may be lost in a power cut.
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def prepare(app):
    """Bring the database to the newest migration; load the demonstration where asked and empty,
    each of its parts told as it comes.

    Refuses to go on with a PostgreSQL that does not keep what it acknowledges; SQLite is asked
    whenever it is opened (``lms.kernel.sqlite``).
    """
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            insist_on_durability(db.engine)
    bring_to_newest(app)
    if app.config["DEMO"]:
        with app.app_context():
            demo.main(["load", "--if-empty"], standalone_mode=False)


def insist_on_durability(engine):
    """Refuse to start where PostgreSQL may forget what it has acknowledged."""
    with engine.connect() as connection:
        off = [name for name in DURABLE
               if connection.execute(text(f"SHOW {name}")).scalar() == "off"]
    if off:
        raise SystemExit(f"PostgreSQL runs with {', '.join(off)} off and may lose what it has "
                         "acknowledged. Switch it on, then start again.")


if __name__ == "__main__":
    prepare(create_app())
