"""The server as it is started: it prepares the database, watches over its children, and stops."""
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import databases

pytestmark = pytest.mark.slow

PATIENCE = 60


def free_port():
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder, **settings):
    """The server in a process of its own, with its address."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("LMS_", "COV_"))} | {
        "LMS_PORT": str(port), "LMS_WORKERS": "1", "LMS_SECRET_FILE": f"{folder}/secret",
        "LMS_STORAGE": f"{folder}/files", "LMS_JOBS_FILE": f"{folder}/jobs.sqlite",
        "LMS_DATABASE_URL": f"sqlite:///{folder}/lms.sqlite"} | settings
    server = subprocess.Popen([sys.executable, "-m", "lms.serve"], cwd=databases.ROOT,
                              env=environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
    try:
        yield server, f"http://127.0.0.1:{port}/sign-in"
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)


def answers(url):
    """Whether the sign-in page comes within the time one may wait for it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urlopen(url, timeout=PATIENCE) as answer:
                return "Đăng nhập" in answer.read().decode()
        except OSError:
            time.sleep(0.1)
    return False


def children(server):
    """The numbers of the processes the server has started."""
    return [int(number) for number in Path(
        f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]


def test_it_makes_the_database_answers_and_stops_when_told(tmp_path):
    with serving(tmp_path) as (server, url):
        assert answers(url)

        server.send_signal(signal.SIGTERM)

        assert server.wait(PATIENCE) == 0
    assert (tmp_path / "lms.sqlite").exists()


def test_a_child_that_dies_is_started_again(tmp_path):
    with serving(tmp_path) as (server, url):
        assert answers(url)
        before = children(server)

        os.kill(before[0], signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while set(children(server)) in ({*before}, {*before[1:]}) and time.monotonic() < until:
            time.sleep(0.1)

        assert answers(url)
        assert len(children(server)) == len(before)
        assert before[0] not in children(server)


def test_a_database_that_cannot_be_opened_ends_the_start_with_the_reason(tmp_path):
    nobody = f"postgresql+psycopg://lms@127.0.0.1:{free_port()}/lms"
    with serving(tmp_path, LMS_DATABASE_URL=nobody) as (server, _url):
        said = server.communicate(timeout=PATIENCE)[0]

    assert server.returncode == 1
    assert "Connection refused" in said
    assert "The database could not be prepared; the reason stands above." in said
