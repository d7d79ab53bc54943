"""The server as it is started: it prepares the database, watches over its children, and stops."""
import os
import signal
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.serving import PATIENCE, answers, children, free_port, serving

pytestmark = pytest.mark.slow


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


def test_a_file_that_is_too_large_is_refused_by_a_page_of_ours(tmp_path):
    with serving(tmp_path, LMS_MAX_CONTENT_LENGTH="1000000") as (_server, url):
        assert answers(url)
        with pytest.raises(HTTPError) as refusal:
            urlopen(url, data=b"a=" + b"x" * 1_500_000)

        assert refusal.value.code == 413
        assert "Tệp quá lớn" in refusal.value.read().decode()
