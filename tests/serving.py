"""The server as it is started, in processes of its own."""
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests import databases

PATIENCE = 180


def free_port():
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


#: How the server is started.
COMMAND = (sys.executable, "-m", "lms.serve")


def start_server(folder, port, output=subprocess.PIPE, command=COMMAND, **settings):
    """The server at ``port`` with its files in ``folder``; it leads a group of processes."""
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("LMS_", "COV_"))} | {
        "LMS_PORT": str(port), "LMS_WORKERS": "1", "LMS_SECRET_FILE": f"{folder}/secret",
        "LMS_STORAGE": f"{folder}/files", "LMS_JOBS_FILE": f"{folder}/jobs.sqlite",
        "LMS_DATABASE_URL": f"sqlite:///{folder}/lms.sqlite"} | settings
    return subprocess.Popen(command, cwd=databases.ROOT,
                            env=environment, text=True, stdout=output, stderr=subprocess.STDOUT,
                            start_new_session=True)


@contextmanager
def serving(folder, **settings):
    """The server in a process of its own, with its address."""
    port = free_port()
    server = start_server(folder, port, **settings)
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


def kill_all(server):
    """End the server and all it started without a moment's notice."""
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(PATIENCE)
