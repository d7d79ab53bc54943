"""When the machine below fails nothing is half saved, and whoever asked is to come again."""
import errno
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from lms.app import create_app
from lms.kernel.db import db
from lms.kernel.storage import keep
from lms.kernel.trouble import is_below
from lms.kernel.web import by_itself
from lms.prepare import insist_on_durability

from tests import databases
from tests.lms.test_nothing_is_lost import COURSE, HERE, called, kept
from tests.world import PDF

#: Whatever is written to it finds no room; Linux has it for trying.
FULL = Path("/dev/full")

SAVES = "Hệ thống tạm thời không lưu được, chưa lưu gì cả."
READS = "Hệ thống tạm thời không đọc được dữ liệu. Chờ một lát rồi mở lại trang."
#: How either database is closed to writing, and opened; PostgreSQL is so until it goes back.
CLOSING = {"sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
           "postgresql": ("SET TRANSACTION READ ONLY", "SELECT 1")}


@contextmanager
def only_reading():
    """The database takes nothing in, as when its disk was closed to writing."""
    db.session.commit()
    first, last = CLOSING[db.engine.dialect.name]
    db.engine.execute(text(first))
    yield
    db.session.rollback()
    db.engine.execute(text(last))


def test_a_form_is_kept_while_the_database_takes_nothing(world, browse):
    an = browse(world.an)
    an.get("/catalogue/new")

    with only_reading():
        answer = an.post("/catalogue/new?from=menu", COURSE, status=503, headers=HERE)

    assert SAVES in answer.text
    assert answer.response.headers["Retry-After"] == "5"
    assert kept(answer) == COURSE
    assert called("C77") is None


def test_a_database_that_fails_is_told_from_a_fault_of_ours(world):
    with only_reading():
        assert is_below(raised("UPDATE unit SET kind = kind"))
    assert not is_below(raised("SELECT nothing FROM nowhere"))


def raised(statement):
    """The error the database answers ``statement`` with."""
    with pytest.raises(DBAPIError) as error:
        db.session.execute(text(statement))
    db.session.rollback()
    return error.value


@pytest.mark.parametrize("number, below", [
    (errno.ENOSPC, True), (errno.EROFS, True), (errno.EIO, True), (errno.ENOENT, False)])
def test_a_full_disk_is_told_from_a_file_that_is_not_there(number, below):
    assert is_below(OSError(number, "as the system says it")) is below


def test_on_a_full_disk_a_page_says_that_it_cannot_be_read_and_a_script_is_to_come_again(
        tmp_path):
    app = create_app({"DATABASE_URL": "sqlite://", "SECRET_KEY": "x", "TESTING": True,
                      "STORAGE": str(tmp_path), "JOBS_FILE": str(tmp_path / "jobs.sqlite")})
    app.add_url_rule("/full", view_func=by_itself(lambda: FULL.write_text("a letter too many")))
    client = app.test_client()

    person, script = client.get("/full"), client.get("/full", json={})

    assert (person.status_code, READS in person.text) == (503, True)
    assert (script.status_code, script.json) == (503, {"error": READS})
    assert person.headers["Retry-After"] == script.headers["Retry-After"] == "5"


@pytest.mark.skipif(not databases.on_postgresql(), reason="SQLite is asked when it is opened.")
def test_a_postgresql_that_may_forget_what_it_acknowledged_is_not_started_on(database):
    engine = create_engine(database.fresh_postgresql("forgetful"))
    insist_on_durability(engine)
    with engine.begin() as connection:
        connection.execute(text("ALTER DATABASE forgetful SET synchronous_commit = off"))
    engine.dispose()

    with pytest.raises(SystemExit, match="PostgreSQL runs with synchronous_commit off"):
        insist_on_durability(engine)
    engine.dispose()


class Torn(BytesIO):
    """A file whose second part does not come."""

    def read(self, size=-1):
        """The first part; then the disk has no room left."""
        if self.tell():
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().read(size // 2)


def test_of_a_file_that_found_no_room_nothing_stays(world, app):
    before = files(app)

    with pytest.raises(OSError, match="No space left"):
        keep(Torn(PDF * 100_000), "luat.pdf")

    assert files(app) == before


def files(app):
    """All that lies in the folder of files."""
    return sorted(path.name for path in Path(app.config["STORAGE"]).rglob("*"))
