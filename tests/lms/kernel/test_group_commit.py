"""Small writes of several requests in one transaction."""
import fcntl
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import String, bindparam, column, event, exists, insert, select, table
from sqlalchemy.exc import IntegrityError

from lms import create_app
from lms.kernel import group_commit, sqlite
from lms.kernel.db import ask, db
from lms.kernel.group_commit import Busy, commit_together, one_statement
from lms.kernel.sqlite import sqlite3, write_intent
from lms.kernel.web import by_itself

from tests import databases

TABLE = "CREATE TABLE noted (word VARCHAR PRIMARY KEY)"


@pytest.fixture
def room(database, tmp_path):
    """An application with a table of words and nothing else in it."""
    address = (database.fresh_postgresql("together") if database.on_postgresql()
               else f"sqlite:///{tmp_path}/lms.sqlite")
    app = create_app({"DATABASE_URL": address, "SECRET_KEY": "x", "TESTING": True,
                      "STORAGE": str(tmp_path), "JOBS_FILE": str(tmp_path / "jobs.sqlite")})
    with app.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql(TABLE)
        yield app
        db.engine.dispose()


def note(word):
    """The work of writing ``word`` down; gives it back in capitals."""
    def work(connection):
        connection.execute(db.text("INSERT INTO noted VALUES (:word)"), {"word": word})
        return word.upper()
    return work


def noted():
    """The words in the database, as anybody else sees them."""
    intent = write_intent.set(False)
    with db.engine.connect() as connection:
        found = sorted(connection.execute(db.text("SELECT word FROM noted")).scalars())
    write_intent.reset(intent)
    return found


def each_alone(app, works):
    """What each of the ``works`` gave or raised, all asked for at once by threads of their own."""
    def ask(work):
        with app.app_context():
            try:
                return commit_together(work)
            except Exception as error:
                return type(error).__name__
    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(ask, works))


@contextmanager
def commits():
    """The list of the moments at which something was committed inside the block."""
    moments = []

    def remember(_connection):
        moments.append(time.monotonic())
    event.listen(db.engine, "commit", remember)
    yield moments
    event.remove(db.engine, "commit", remember)


@contextmanager
def other_process_writing():
    """Another process has the turn to write, as long as the block lasts."""
    inside = os.open(f"{db.engine.url.database}.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(inside, fcntl.LOCK_EX)
    yield
    os.close(inside)


@contextmanager
def other_program_writing():
    """A program that does not know of turns writes, as long as the block lasts."""
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(db.engine.url.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def somebody_writing(app):
    """Another request holds the turn to write, as long as the block lasts."""
    done, begun = threading.Event(), threading.Event()

    def hold(_connection):
        begun.set()
        done.wait(20)

    def request():
        with app.app_context():
            commit_together(hold)
    writer = threading.Thread(target=request)
    writer.start()
    begun.wait(20)
    yield
    done.set()
    writer.join()


def when_waiting(app, number):
    """Wait until so many works have gathered."""
    group = app.extensions["commit_together"]
    until = time.monotonic() + 20
    while len(group.waiting) < number and time.monotonic() < until:
        time.sleep(0.001)


on_sqlite = pytest.mark.skipif(databases.on_postgresql(), reason="There each writes alone.")


def test_a_work_gives_what_it_gave_once_it_is_committed(room):
    assert (commit_together(note("chào")), noted()) == ("CHÀO", ["chào"])


def test_a_work_that_fails_says_why_and_leaves_nothing(room):
    def work(connection):
        note("một")(connection)
        raise KeyError("hai")

    with pytest.raises(KeyError):
        commit_together(work)

    assert noted() == []
    assert (commit_together(note("ba")), noted()) == ("BA", ["ba"])


def test_many_at_once_are_all_written_once(room):
    words = [f"từ {number}" for number in range(40)]

    assert each_alone(room, [note(word) for word in words]) == [word.upper() for word in words]
    assert noted() == sorted(words)


@on_sqlite
def test_those_who_waited_are_committed_together(room):
    works = [note(word) for word in ("một", "hai", "ba", "bốn")]
    with commits() as moments, ThreadPoolExecutor(1) as thread:
        with somebody_writing(room):
            asked = thread.submit(each_alone, room, works)
            when_waiting(room, 4)
        assert sorted(asked.result()) == ["BA", "BỐN", "HAI", "MỘT"]

    assert len(moments) == 2


@on_sqlite
def test_a_work_that_fails_does_not_fail_its_neighbours(room):
    commit_together(note("hai"))
    with commits() as moments, ThreadPoolExecutor(1) as thread:
        with somebody_writing(room):
            asked = thread.submit(each_alone, room, [
                note("một"), note("hai"), note("ba"), note("hai"), note("bốn")])
            when_waiting(room, 5)
        told = asked.result()

    assert told == ["MỘT", "IntegrityError", "BA", "IntegrityError", "BỐN"]
    assert noted() == sorted(["một", "hai", "ba", "bốn"])
    assert len(moments) == 2


@on_sqlite
def test_nobody_is_told_anything_when_the_commit_fails(room):
    def refuse(_connection):
        raise OSError("no space left on device")
    event.listen(db.engine, "commit", refuse)
    try:
        told = each_alone(room, [note("một"), note("hai")])
    finally:
        event.remove(db.engine, "commit", refuse)

    assert (told, noted()) == (["OSError", "OSError"], [])
    assert (commit_together(note("ba")), noted()) == ("BA", ["ba"])


@on_sqlite
def test_nobody_is_told_anything_before_the_commit(room):
    held, told = threading.Event(), []

    def wait(_connection):
        held.wait(20)
    event.listen(db.engine, "commit", wait)
    try:
        with ThreadPoolExecutor(1) as thread:
            asked = thread.submit(each_alone, room, [note("một"), note("hai")])
            time.sleep(0.05)
            told.append((asked.done(), noted()))
            held.set()
            told.append((asked.result(), None))
    finally:
        event.remove(db.engine, "commit", wait)

    assert told == [(False, []), (["MỘT", "HAI"], None)]


@on_sqlite
def test_whoever_waits_too_long_is_told_so_and_nothing_of_theirs_is_written(room, monkeypatch):
    monkeypatch.setattr(group_commit, "PATIENCE", 0.05)
    with somebody_writing(room), pytest.raises(Busy):
        commit_together(note("một"))

    assert (commit_together(note("hai")), noted()) == ("HAI", ["hai"])


@on_sqlite
@pytest.mark.parametrize("somebody", [other_process_writing, other_program_writing])
def test_the_first_in_line_does_not_wait_for_ever_either(room, monkeypatch, somebody):
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    with somebody(), pytest.raises(Busy):
        commit_together(note("một"))

    assert (commit_together(note("hai")), noted()) == ("HAI", ["hai"])


@on_sqlite
def test_whoever_could_not_write_is_told_when_to_come_again(room, monkeypatch):
    room.add_url_rule("/noted", view_func=by_itself(lambda: commit_together(note("một"))))
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    client = room.test_client()
    with other_process_writing():
        script, person = client.get("/noted", json={}), client.get("/noted")

    words = "Hệ thống đang bận, chưa lưu được gì. Chờ một lát rồi gửi lại."
    assert (script.status_code, script.json) == (503, {"error": words})
    assert (person.status_code, words in person.text) == (503, True)
    assert script.headers["Retry-After"] == person.headers["Retry-After"] == "5"
    assert noted() == []


def test_whoever_finds_all_lines_to_the_database_taken_is_told_when_to_come_again(
        database, tmp_path):
    address = (database.fresh_postgresql("full") if database.on_postgresql()
               else f"sqlite:///{tmp_path}/lms.sqlite")
    app = create_app({
        "DATABASE_URL": address, "SECRET_KEY": "x", "TESTING": True, "WTF_CSRF_ENABLED": False,
        "STORAGE": str(tmp_path), "JOBS_FILE": str(tmp_path / "jobs.sqlite"),
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.05}})
    client, page = app.test_client(), "/quizzes/attempts/1/0"
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"
    with app.app_context():
        with db.engine.connect():
            script = client.put("/quizzes/attempts/1/answers/0", json={})
            read = client.get(page)
            typed = client.post(page, data={"a": "Trả lời"}, headers={"Origin": "http://localhost"})
        again = client.get("/health")
        db.engine.dispose()

    words = "Hệ thống đang bận, chưa lưu được gì. Chờ một lát rồi gửi lại."
    assert (script.status_code, script.json) == (503, {"error": words})
    assert [(one.status_code, words in one.text) for one in (read, typed)] == [(503, True)] * 2
    assert {one.headers["Retry-After"] for one in (script, read, typed)} == {"5"}
    assert '<input type="hidden" name="a" value="Trả lời">' in typed.text
    assert again.status_code == 200


def test_one_statement_is_committed_and_says_how_many_rows_it_changed(room):
    words = table("noted", column("word"))
    new = bindparam("new", type_=String)
    unless_there = insert(words).from_select(
        ["word"], select(new).where(~exists().where(words.c.word == new)))

    assert [one_statement(unless_there, {"new": "một"}) for _twice in range(2)] == [1, 0]
    assert noted() == ["một"]


class Late:
    """A ticket that comes in the instant in which nobody has patience for it any more."""

    def acquire(self, timeout=None):
        """Whether it came, with so much patience."""
        return timeout is None

    def release(self):
        """It came."""


def test_whoever_is_called_to_lead_when_its_patience_ends_leads_all_the_same(room):
    group, place = room.extensions["commit_together"], group_commit.Place(note("một"))
    place.ticket = Late()
    group.waiting, group.led = [place], True
    group._hand_on([])

    group._wait(place)
    group._lead()

    assert (place.result, place.committed, noted()) == ("MỘT", True, ["một"])
    assert (group.led, group.waiting) == (False, [])


@on_sqlite
def test_a_process_that_has_just_written_stands_behind_the_one_that_waits(room):
    """Another process at the door gets in next, however often this one writes."""
    commit_together(note("một"))
    path = f"{db.engine.url.database}.lock"
    order = []

    def other_process(begun):
        door, inside = (os.open(name, os.O_RDWR) for name in (f"{path}.door", path))
        fcntl.flock(door, fcntl.LOCK_EX)
        begun.set()
        fcntl.flock(inside, fcntl.LOCK_EX)
        order.append("other")
        os.close(inside)
        os.close(door)
    begun = threading.Event()
    with ThreadPoolExecutor(1) as thread:
        with somebody_writing(room):
            other = thread.submit(other_process, begun)
            begun.wait(20)
        commit_together(lambda _connection: order.append("this"))
        other.result()

    assert order == ["other", "this"]


def break_the_transaction():
    """Leave the session in a transaction that the database has given up, then end it."""
    with pytest.raises(IntegrityError):
        db.session.execute(db.text("INSERT INTO noted VALUES ('kept')"))
    db.session.rollback()


def test_a_question_is_asked_in_the_transaction_of_now_however_the_last_one_ended(room):
    commit_together(note("kept"))
    words = select(column("word")).select_from(table("noted")).order_by(column("word"))
    answers = []

    for number, end in enumerate((db.session.commit, db.session.rollback, db.session.close,
                                  break_the_transaction, db.session.remove)):
        answers.append((ask(words).scalars().all(), ask(words).scalars().all()))
        end()
        commit_together(note(str(number)))

    assert answers == [(sorted(map(str, range(n))) + ["kept"],) * 2 for n in range(5)]
