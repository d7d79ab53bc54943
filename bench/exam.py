"""An examination on the real server: starts, saves and hand-ins of many people over loopback.

    python -m bench.exam [--people 500]

and, with LMS_TEST_DATABASE=postgresql, on PostgreSQL.  ``bench.sitting`` has what one costs.
"""
import argparse
import asyncio
import os
import re
import sqlite3
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from statistics import quantiles

import psycopg

from bench.sitting import QUESTIONS, alone
from tests import databases
from tests.examination import SECRET, Line, prepare
from tests.serving import PATIENCE, answers, children, free_port, start_server

#: How many people sit at once, where nothing else is said.
PEOPLE = int(os.environ.get("LMS_BENCH_PEOPLE", "500"))
#: Seconds: how often each saves, how long that goes on, within what time all begin and hand in.
EVERY, GOING_ON, BEGIN_WITHIN, HAND_IN_WITHIN = 5, 30, 60, 30
#: After how many saves each reports once: pages are opened at all times, so that never all
#: report in the same five seconds.
REPORTS = 3
#: Seconds for which the most that is possible is measured, and on how many lines at once.
FLOOD, LINES = 5, 32
TICKS = os.sysconf("SC_CLK_TCK")


class Times:
    """How long requests took, from the moment they were due, and what went wrong."""

    def __init__(self):
        self.taken, self.wrong = [], []

    async def measure(self, due, request, expected):
        """Send ``request`` when it is ``due``; gives the body of its answer."""
        await asyncio.sleep(max(0, due - time.monotonic()))
        try:
            code, body = await request()
        except ConnectionError as trouble:
            self.wrong.append(str(trouble))
            return b""
        self.taken.append(time.monotonic() - due)
        if code != expected:
            self.wrong.append(code)
        return body

    def __str__(self):
        if len(self.taken) < 2:
            return f"nothing was answered, {len(self.wrong)} errors"
        parts = quantiles(self.taken, n=100, method="inclusive")
        errors = f"{len(self.wrong)} errors {set(self.wrong) or ''}".strip()
        return (f"{len(self.taken):,} answered, p50 {parts[49] * 1000:.0f} ms, "
                f"p95 {parts[94] * 1000:.0f} ms, p99 {parts[98] * 1000:.0f} ms, "
                f"the slowest {max(self.taken) * 1000:.0f} ms, {errors}")


def spread(lines, seconds):
    """The moment at which each of the ``lines`` is due, evenly over so many seconds."""
    begin = time.monotonic() + 0.5
    return [(line, begin + place * seconds / len(lines)) for place, line in enumerate(lines)]


async def begin(lines, quiz_id):
    """Everybody begins within a minute, and reads the paper."""
    starts, papers = Times(), Times()

    async def one(line, due):
        body = await starts.measure(
            due, lambda: line.ask("POST", f"/quizzes/{quiz_id}/attempts", form=""), 302)
        line.device.attempt = int(re.search(rb"/attempts/(\d+)/", body)[1])
        await papers.measure(time.monotonic(), lambda: line.ask(
            "GET", f"/quizzes/attempts/{line.device.attempt}/0"), 200)
    await asyncio.gather(*(one(*place) for place in spread(lines, BEGIN_WITHIN)))
    return starts, papers


async def answer(lines):
    """Everybody saves every five seconds and reports every fifteen, a third of them at a time."""
    saves, reports = Times(), Times()

    async def one(place, line, due):
        for number in range(GOING_ON // EVERY):
            at = due + number * EVERY
            await saves.measure(at, lambda n=number: line.save(n % QUESTIONS, ["ABCD"[n % 4]]), 200)
            if number % REPORTS == place % REPORTS:
                await reports.measure(at + 1, lambda: line.ask(
                    "POST", f"/quizzes/attempts/{line.device.attempt}/heartbeat",
                    {"client": "device"}), 200)
    await asyncio.gather(*(one(place, *each) for place, each in enumerate(spread(lines, EVERY))))
    return saves, reports


async def hand_in(lines):
    """Everybody hands in within half a minute."""
    times = Times()
    await asyncio.gather(*(times.measure(due, lambda line=line: line.ask(
        "POST", f"/quizzes/attempts/{line.device.attempt}/submission",
        {"sent": {"device": list(range(1, line.device.seq + 1))}}), 200)
        for line, due in spread(lines, HAND_IN_WITHIN)))
    return times


async def flood(lines, request):
    """How many requests a second are answered when nobody waits between two."""
    until, count = time.monotonic() + FLOOD, 0

    async def one(line):
        nonlocal count
        while time.monotonic() < until:
            await request(line)
            count += 1
    await asyncio.gather(*map(one, lines))
    return count / FLOOD


async def examine(port, people, quiz_id, server):
    """The whole examination; prints as it goes."""
    lines = [Line(port, device) for device in people]
    starts, papers = await begin(lines, quiz_id)
    print(f"  {len(lines)} starts in {BEGIN_WITHIN} s: {starts}")
    print(f"  their papers: {papers}")
    before = spent(server)
    saves, reports = await answer(lines)
    each = (spent(server) - before) / max(1, len(saves.taken) + len(reports.taken))
    print(f"  a save every {EVERY} s each, {GOING_ON} s: {saves}")
    print(f"  a sign of life every 15 s each: {reports}; {each * 1000:.1f} ms of CPU each")
    few = lines[:LINES]
    bare = await flood(few, lambda line: line.ask("GET", "/health"))
    most = await flood(few, lambda line: line.save(0, ["A"]))
    print(f"  {len(few)} lines at once without a pause: {most:.0f} saves a second, "
          f"{bare:.0f} answers of a bare view ({bare / most:.1f} ×)")
    print(f"  {len(lines)} hand-ins in {HAND_IN_WITHIN} s: {await hand_in(lines)}")
    for line in lines:
        await line.close()
    return most


def spent(server):
    """The CPU seconds that the processes of the server have used."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
              for pid in children(server)]
    return sum(int(one[11]) + int(one[12]) for one in fields) / TICKS


def commits_a_second(folder, address):
    """How many transactions of one small row the database itself commits, by one writer and by
    eight: what the save path is measured against.
    """
    rates = []
    for writers in (1, 8):
        counts, until = [], time.monotonic() + 2
        work = [threading.Thread(target=commit, args=(folder, address, until, counts))
                for _ in range(writers)]
        for one in work:
            one.start()
        for one in work:
            one.join()
        rates.append(sum(counts) / 2)
    return rates


def commit(folder, address, until, counts):
    """Commit one row after the other; the count is added to ``counts``."""
    if databases.on_postgresql():
        connection = psycopg.connect(address.replace("+psycopg", ""))
    else:
        connection = sqlite3.connect(folder / "bare.sqlite", timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    row = "x" * 200
    connection.execute("CREATE TABLE IF NOT EXISTS bare_commit (text TEXT)")
    connection.commit()
    mark, count = "%s" if databases.on_postgresql() else "?", 0
    while time.monotonic() < until:
        connection.execute(f"INSERT INTO bare_commit VALUES ({mark})", (row,))
        connection.commit()
        count += 1
    connection.close()
    counts.append(count)


def main(people=PEOPLE):
    """Print what an examination of so many ``people`` costs on this machine."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        address = (databases.fresh_postgresql("bench_exam") if databases.on_postgresql()
                   else f"sqlite:///{folder}/lms.sqlite")
        app, devices, quiz_id = prepare(folder, address, people, QUESTIONS, begun=False)
        load = os.getloadavg()[0]
        print(f"An examination on {'PostgreSQL' if databases.on_postgresql() else 'SQLite'}, "
              f"{os.cpu_count()} cores, load of others {load:.1f}")
        port = free_port()
        server = start_server(folder, port, output=subprocess.DEVNULL, LMS_DATABASE_URL=address,
                              LMS_SECRET_KEY=SECRET, LMS_WORKERS="0")
        try:
            if not answers(f"http://127.0.0.1:{port}/sign-in"):
                raise SystemExit("The server does not start.")
            most = asyncio.run(examine(port, devices, quiz_id, server))
        finally:
            server.terminate()
            server.wait(PATIENCE)
        one, eight = commits_a_second(folder, address)
        print(f"  the database alone commits {one:.0f} small rows a second by one writer, "
              f"{eight:.0f} by eight: the saves reach {most / max(one, eight):.2f} of it")
        alone(app, devices, quiz_id)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=PEOPLE)
    main(parser.parse_args().people)
