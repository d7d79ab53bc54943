"""Power cuts under an examination on SQLite: what was acknowledged before each must be there.

    sudo .venv/bin/python -m bench.power_cut [--cuts 60]

Needs root and a loop device.  The database lies on an ext4 of its own, which is stopped without
its journal being written out: what no fdatasync brought to the disk is gone, as when the power
fails.  The server is halted a moment before, for a cut machine answers nobody any more.
"""
import argparse
import asyncio
import fcntl
import json
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from lms import create_app
from lms.kernel.db import db

from quizzes.attempts.checking import faults
from tests.examination import SECRET, Line, prepare
from tests.quizzes.test_crashes import held
from tests.serving import answers, free_port, kill_all, start_server

PEOPLE, QUESTIONS, MEGABYTES = 16, 5, 200
#: Stops an ext4 at once, without its journal being written out: <linux/ext4.h>, from 6.6 on.
SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2


def run(*words):
    """Run a command of the system."""
    subprocess.run(words, check=True)


@contextmanager
def mounted(image, place):
    """The file system in the file ``image`` at ``place``; its journal is played back at each
    opening.
    """
    run("mount", "-o", "loop", str(image), str(place))
    try:
        yield
    finally:
        for _patience in range(100):  # Whoever was killed lets go of its files in a moment.
            if subprocess.run(["umount", str(place)], capture_output=True,
                              check=False).returncode == 0:
                break
            time.sleep(0.1)


def cut(server, place):
    """Cut the power: the server stands still, and then the disk."""
    os.killpg(server.pid, signal.SIGSTOP)
    disk = os.open(place, os.O_RDONLY)
    fcntl.ioctl(disk, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
    os.close(disk)


class Hall:
    """People who answer as fast as they are acknowledged, until the power is cut."""

    def __init__(self, devices):
        self.devices = devices
        #: (attempt, slot, seq) → (revision, digest) as the server told them.
        self.log = {}
        self.over = False

    async def sit(self, line):
        """Answer after answer, until the line breaks for good."""
        while not self.over:
            slot = random.randrange(QUESTIONS)
            try:
                code, told = await line.save(slot, [random.choice("ABCD")])
            except ConnectionError:
                continue
            if code == 200:
                self.log[line.device.attempt, slot, line.device.seq] = told["rev"], told["sha256"]

    async def until_the_cut(self, server, port, place):
        """Let everybody answer for a while, and cut the power."""
        lines = [Line(port, device) for device in self.devices]
        self.over = False
        sitting = [asyncio.create_task(self.sit(line)) for line in lines]
        await asyncio.sleep(random.uniform(0.5, 2))
        self.over = True
        cut(server, place)
        kill_all(server)
        await asyncio.gather(*sitting)
        for line in lines:
            await line.close()


def settings(place):
    """Where database, files and jobs lie."""
    return {"DATABASE_URL": f"sqlite:///{place}/lms.sqlite", "STORAGE": f"{place}/files",
            "JOBS_FILE": f"{place}/jobs.sqlite", "SECRET_KEY": SECRET}


def look(place):
    """Print what the database holds after a cut; in a process of its own, which keeps no file."""
    with create_app(settings(place)).app_context():
        kept, _count = held()
        sound = db.session.scalar(db.text("PRAGMA integrity_check"))
        print(json.dumps({"kept": [[*key, *value] for key, value in kept.items()],
                          "faults": [*map(str, faults()[0]), *([] if sound == "ok" else [sound])]}))


def examine(hall, image, place):
    """One examination until the power is cut; gives what was lost and what is at fault after it."""
    port = free_port()
    with mounted(image, place), tempfile.TemporaryFile("w") as said:
        server = start_server(place, port, output=said, LMS_WORKERS="2", **{
            f"LMS_{name}": value for name, value in settings(place).items()})
        if not answers(f"http://127.0.0.1:{port}/sign-in"):
            raise SystemExit("The server does not start.")
        asyncio.run(hall.until_the_cut(server, port, place))
    with mounted(image, place):
        found = json.loads(subprocess.run(
            [sys.executable, "-m", "bench.power_cut", "--look", str(place)],
            capture_output=True, text=True, check=True).stdout)
    kept = {tuple(row[:3]): tuple(row[3:]) for row in found["kept"]}
    return [key for key, told in hall.log.items() if kept.get(key) != told], found["faults"]


def main(cuts):
    """Print after each cut how many answers were acknowledged so far, and how many are lost."""
    with tempfile.TemporaryDirectory() as folder:
        image, place = Path(folder) / "disk", Path(folder) / "mounted"
        place.mkdir()
        run("truncate", "-s", f"{MEGABYTES}M", str(image))
        run("mkfs.ext4", "-q", str(image))
        with mounted(image, place):
            app, devices, _quiz = prepare(place, settings(place)["DATABASE_URL"], PEOPLE, QUESTIONS)
            with app.app_context():
                db.engine.dispose()
        hall = Hall(devices)
        for number in range(1, cuts + 1):
            lost, wrong = examine(hall, image, place)
            print(f"cut {number}: {len(hall.log):,} acknowledged, {len(lost)} lost, "
                  f"{len(wrong)} faults {wrong or ''}".strip(), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cuts", type=int, default=60)
    parser.add_argument("--look")
    asked = parser.parse_args()
    look(asked.look) if asked.look else main(asked.cuts)
