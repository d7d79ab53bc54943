"""What saving reaches of the database's own commits on SQLite where the disk takes its time.

    .venv/bin/python -m bench.slow_disk [--milliseconds 1 3 5 10]

Needs strace, which holds every fdatasync back, of the server as of the program that only commits.
On a disk that answers at once the processor is the limit; on others it is the disk, and there
many answers share one commit.
"""
import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.exam import QUESTIONS, commits_a_second, flood
from tests.examination import SECRET, Line, prepare
from tests.serving import COMMAND, answers, free_port, kill_all, start_server

PEOPLE = 64


def held_back(milliseconds):
    """The words before a command that make each of its waits for the disk so much longer."""
    return ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null",
            "-e", "trace=fdatasync,fsync",
            "-e", f"inject=fdatasync,fsync:delay_enter={milliseconds * 1000}"]


async def saves_a_second(port, devices, quiz_id):
    """How many answers a second are acknowledged when nobody waits between two."""
    lines = [Line(port, device) for device in devices]
    for line in lines:
        _code, body = await line.ask("POST", f"/quizzes/{quiz_id}/attempts", form="")
        line.device.attempt = int(re.search(rb"/attempts/(\d+)/", body)[1])
    most = await flood(lines, lambda line: line.save(0, ["A"]))
    for line in lines:
        await line.close()
    return most


def measure(milliseconds, folder):
    """Print both rates on a disk that takes so long."""
    address = f"sqlite:///{folder}/lms.sqlite"
    _app, devices, quiz_id = prepare(folder, address, PEOPLE, QUESTIONS, begun=False)
    port, slow = free_port(), held_back(milliseconds)
    server = start_server(folder, port, output=subprocess.DEVNULL, command=[*slow, *COMMAND],
                          LMS_DATABASE_URL=address, LMS_SECRET_KEY=SECRET, LMS_WORKERS="0")
    try:
        if not answers(f"http://127.0.0.1:{port}/sign-in"):
            raise SystemExit("The server does not start.")
        saves = asyncio.run(saves_a_second(port, devices, quiz_id))
    finally:
        kill_all(server)
    commits = float(subprocess.run(
        [*slow, sys.executable, "-m", "bench.slow_disk", "--commit", str(folder)],
        capture_output=True, text=True, check=True).stdout)
    print(f"{milliseconds} ms more for each wait: {saves:.0f} saves a second, {commits:.0f} "
          f"commits of one small row: {saves / commits:.1f} of it", flush=True)


def main(delays):
    """Print a line for each of the ``delays``, in milliseconds."""
    for milliseconds in delays:
        with tempfile.TemporaryDirectory() as folder:
            measure(milliseconds, Path(folder))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--milliseconds", type=int, nargs="+", default=[1, 3, 5, 10])
    parser.add_argument("--commit", type=Path)
    asked = parser.parse_args()
    if asked.commit:
        print(max(commits_a_second(asked.commit, f"sqlite:///{asked.commit}/lms.sqlite")))
    else:
        main(asked.milliseconds)
