"""The server as it is started: it prepares the database, watches over its children, and stops."""
import os
import re
import signal
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from lms import create_app
from lms.kernel.db import db
from lms.kernel.jobs import Job, later
from lms.kernel.transaction import transaction
from lms.serve import LINES

from tests.serving import PATIENCE, answers, children, free_port, serving

pytestmark = pytest.mark.slow


def test_it_makes_the_database_answers_and_stops_when_told(tmp_path):
    with serving(tmp_path) as (server, url):
        assert answers(url)

        server.send_signal(signal.SIGTERM)

        assert server.wait(PATIENCE) == 0
    assert (tmp_path / "lms.sqlite").exists()


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A server that answers: its folder, its process and its address."""
    folder = tmp_path_factory.mktemp("server")
    with serving(folder, LMS_MAX_CONTENT_LENGTH="1000000") as (server, url):
        assert answers(url)
        yield folder, server, url


def test_a_child_that_dies_is_started_again(running):
    _folder, server, url = running
    web = children(server)[0]

    os.kill(web, signal.SIGKILL)
    assert answers(url)

    assert web not in children(server)


@pytest.mark.usefixtures("database")
def test_work_asked_for_is_done_by_a_child_that_then_ends(running):
    folder, server, _url = running
    app = create_app({"DATABASE_URL": f"sqlite:///{folder}/lms.sqlite", "SECRET_KEY": "x",
                      "JOBS_FILE": f"{folder}/jobs.sqlite", "STORAGE": str(folder)})
    with app.app_context():
        with transaction():
            asked = later("what nobody can do", by=None).id

        assert wait_for(lambda: fault_of(asked)) == "fault"
        db.engine.dispose()
    assert wait_for(lambda: len(children(server)) == 1)


def wait_for(answer):
    """What ``answer()`` gives as soon as that is something."""
    until = time.monotonic() + PATIENCE
    while not answer() and time.monotonic() < until:
        time.sleep(0.05)
    return answer()


def fault_of(job_id):
    """What went wrong in a job, as far as the database knows now."""
    db.session.rollback()
    return db.session.get(Job, job_id).fault


def test_a_database_that_cannot_be_opened_ends_the_start_with_the_reason(tmp_path):
    nobody = f"postgresql+psycopg://lms@127.0.0.1:{free_port()}/lms"
    with serving(tmp_path, LMS_DATABASE_URL=nobody) as (server, _url):
        said = server.communicate(timeout=PATIENCE)[0]

    assert server.returncode == 1
    assert "Connection refused" in said
    assert "The database could not be prepared; the reason stands above." in said


def test_a_file_that_is_too_large_is_refused_by_a_page_of_ours(running):
    _folder, _server, url = running

    with pytest.raises(HTTPError) as refusal:
        urlopen(url, data=b"a=" + b"x" * 1_500_000)

    assert refusal.value.code == 413
    assert "Tệp quá lớn" in refusal.value.read().decode()


def test_it_holds_more_lines_than_the_system_gives_a_process_files(tmp_path):
    few = f"ulimit -Sn 512; exec {sys.executable} -m lms.serve"
    with serving(tmp_path, command=["bash", "-c", few]) as (server, url):
        assert answers(url)

        limits = Path(f"/proc/{children(server)[0]}/limits").read_text()

    assert int(re.search(r"Max open files +(\d+)", limits)[1]) > 2 * LINES
