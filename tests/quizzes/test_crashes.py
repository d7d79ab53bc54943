"""The server is killed while people answer, and holds every answer that it acknowledged."""
import asyncio
import os
import random
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select

from lms.kernel.db import db
from lms.kernel.transaction import transaction

from quizzes.attempts.checking import faults
from quizzes.attempts.models import AnswerEvent
from quizzes.attempts.protocol import digest
from tests.examination import SECRET, Line, prepare
from tests.serving import PATIENCE, answers, children, free_port, kill_all, start_server

pytestmark = pytest.mark.slow

#: How often the server is killed; ``make soak`` kills it a thousand times.
KILLS = int(os.environ.get("LMS_TEST_KILLS", "20"))
#: Every so many kills it is the whole server, else one of its processes.
WHOLE = 10
PEOPLE, QUESTIONS = 8, 5


class Hall:
    """A server, the people who answer on it, and the log of what it acknowledged."""

    def __init__(self, folder, address, people):
        self.folder, self.address = folder, address
        #: (attempt, slot, seq) → (revision, digest) as the server told them.
        self.log = {}
        self.over = False
        self.port = free_port()
        self.lines = [Line(self.port, device) for device in people]
        self.start()

    def start(self):
        """Start the server; what it says goes to a file, for nobody empties a pipe."""
        self.said = (self.folder / "said.txt").open("a", encoding="utf-8")
        self.server = start_server(
            self.folder, self.port, output=self.said, LMS_DATABASE_URL=self.address,
            LMS_SECRET_KEY=SECRET, LMS_WORKERS="2", LMS_THREADS="4")
        assert answers(f"http://127.0.0.1:{self.port}/sign-in"), "The server does not start."

    async def sit(self, line, chance):
        """Answer after answer, each sent until the server has acknowledged it."""
        while not self.over:
            slot, answer = chance.randrange(QUESTIONS), [chance.choice("ABCD")]
            line.device.seq += 1
            await self.hold(line, slot, line.device.seq, answer)

    async def hold(self, line, slot, seq, answer):
        """Send one answer until it is acknowledged, then perhaps once more."""
        while True:
            try:
                code, told = await line.send(slot, seq, answer)
            except ConnectionError:
                await asyncio.sleep(0.05)
                continue
            if code == 200:
                break
            assert code >= 500, told
        known = self.log.setdefault((line.device.attempt, slot, seq), (told["rev"], told["sha256"]))
        assert known == (told["rev"], told["sha256"]) == (known[0], digest(answer))

    async def kill(self, number, chance):
        """Kill the server, whole or in part, and wait until it acknowledges again."""
        await asyncio.sleep(chance.uniform(0.1, 0.5))
        if number % WHOLE == WHOLE - 1:
            await asyncio.to_thread(kill_all, self.server)
            self.said.close()
            await asyncio.to_thread(self.start)
        else:
            os.kill(chance.choice(children(self.server)), signal.SIGKILL)
        held, until = len(self.log), time.monotonic() + PATIENCE
        while len(self.log) < held + PEOPLE:
            assert time.monotonic() < until, "The server does not come back."
            await asyncio.sleep(0.02)

    async def examine(self, kills, chance):
        """Let everybody answer while the server is killed so many times."""
        sitting = [asyncio.create_task(self.sit(line, random.Random(chance.random())))
                   for line in self.lines]
        for number in range(kills):
            await self.kill(number, chance)
        self.over = True
        await asyncio.gather(*sitting)
        for line in self.lines:
            await line.close()

    def stop(self):
        """End the server as it is meant to be ended."""
        self.server.terminate()
        try:
            self.server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            kill_all(self.server)
        self.said.close()


def held():
    """What the database holds, as the log of acknowledgements has it."""
    rows = db.session.execute(select(
        AnswerEvent.attempt_id, AnswerEvent.slot, AnswerEvent.seq, AnswerEvent.rev,
        AnswerEvent.sha256, AnswerEvent.answer)).all()
    assert all(digest(row.answer) == row.sha256 for row in rows)
    return {tuple(row[:3]): tuple(row[3:5]) for row in rows}, len(rows)


def test_a_killed_server_has_lost_nothing_that_it_acknowledged(database, tmp_path):
    address = (database.fresh_postgresql("crashes") if database.on_postgresql()
               else f"sqlite:///{tmp_path}/lms.sqlite")
    app, people, _quiz = prepare(tmp_path, address, PEOPLE, QUESTIONS)
    hall = Hall(tmp_path, address, people)
    try:
        # In a thread of its own: a browser's tests before it leave their loop in this one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, hall.examine(KILLS, random.Random())).result()
    finally:
        hall.stop()

    with app.app_context():
        kept, count = held()
        assert kept == hall.log
        assert count == len(hall.log) > KILLS * PEOPLE
        assert faults() == ([], PEOPLE, count)
        if not database.on_postgresql():
            assert db.session.scalar(db.text("PRAGMA integrity_check")) == "ok"
        db.session.rollback()
        # Were one answer missing, this test would say so.
        with transaction():
            db.session.execute(delete(AnswerEvent).where(AnswerEvent.id == select(
                AnswerEvent.id).limit(1).scalar_subquery()))
        assert held()[0] != hall.log
        db.session.remove()
        db.engine.dispose()
