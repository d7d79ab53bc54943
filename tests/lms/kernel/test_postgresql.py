"""On PostgreSQL a page that only reads begins no transaction; whoever writes does."""
import psycopg
import pytest
from sqlalchemy import column, select, table, text

from lms import create_app
from lms.kernel.db import db
from lms.kernel.transaction import glance, statements_apart, transaction

from tests import databases

pytestmark = pytest.mark.skipif(not databases.on_postgresql(), reason="Of PostgreSQL alone.")

IDLE = psycopg.pq.TransactionStatus.IDLE
INSIDE = psycopg.pq.TransactionStatus.INTRANS


@pytest.fixture
def room(database, tmp_path):
    """An application with a table of words and nothing else in it."""
    app = create_app({"DATABASE_URL": database.url("alone"), "SECRET_KEY": "x",
                      "TESTING": True, "STORAGE": str(tmp_path),
                      "JOBS_FILE": str(tmp_path / "jobs.sqlite")})
    with app.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE noted (word VARCHAR PRIMARY KEY)")
        yield app
        db.session.remove()
        db.engine.dispose()


def standing():
    """How the connection of the session stands."""
    db.session.execute(text("SELECT 1"))
    return db.session.connection().connection.dbapi_connection.info.transaction_status


def note(word):
    """Write ``word`` down."""
    db.session.execute(text("INSERT INTO noted VALUES (:word)"), {"word": word})


def words():
    """The words written down, as a connection of its own sees them."""
    with db.engine.connect() as connection:
        return set(connection.scalars(text("SELECT word FROM noted")))


def test_a_page_that_only_reads_begins_no_transaction_and_the_next_work_does(room):
    with room.test_request_context("/"), glance():
        read = standing()
    with room.test_request_context("/", method="POST"), transaction():
        written = standing()
        note("one")
    job = standing()

    assert (read, written, job, words()) == (IDLE, INSIDE, INSIDE, {"one"})


def test_what_a_form_wrote_before_it_failed_is_taken_back_after_a_page_was_read(room):
    with room.test_request_context("/"), glance():
        standing()
    with pytest.raises(LookupError), room.test_request_context("/", method="POST"), transaction():
        note("one")
        raise LookupError

    assert words() == set()


def test_statements_apart_are_each_kept_at_once(room):
    with statements_apart() as connection:
        connection.execute(text("INSERT INTO noted VALUES ('one')"))
        seen = words()

    assert seen == {"one"}


def test_a_page_reads_many_rows_a_part_at_a_time(room):
    with transaction():
        for number in range(25):
            note(str(number))
    noted = table("noted", column("word"))

    def read():
        return set(db.session.scalars(select(noted.c.word), execution_options={"yield_per": 10}))

    with transaction():
        note("last")
        assert len(read()) == 26
    with room.test_request_context("/"), glance():
        assert len(read()) == 26
        assert db.session.execute(select(noted)).keys() == {"word"}
    with room.test_request_context("/"), glance():
        assert standing() == IDLE
