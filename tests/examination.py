"""An examination on the real server: its people, their devices, and a line to send on.

``build`` makes the people and the test in the database that the server will open; ``devices``
signs them in.  A ``Line`` is one connection of one device, kept open between its requests.
"""
import asyncio
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from lms import create_app
from lms.accounts.actions import open_session
from lms.accounts.models import Account
from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.migrations import bring_to_newest
from lms.kernel.transaction import transaction
from lms.organisations.models import Unit
from lms.people.models import Person, Posting

from courses.catalogue.models import Course, CourseVersion
from quizzes.attempts.actions import start
from quizzes.papers.models import Quiz, QuizItem
from quizzes.questions.models import Question, QuestionVersion

SECRET = "for examinations only"
#: Seconds one waits for an answer, longer than any that is still of use.
PATIENCE = 90
OPTIONS = [{"key": key, "vi": f"Phương án {key}", "en": f"Option {key}"} for key in "ABCD"]


def application(folder, address):
    """The application on the database at ``address``, with tables and nothing else."""
    app = create_app({"DATABASE_URL": address, "SECRET_KEY": SECRET,
                      "STORAGE": str(folder / "files"),
                      "JOBS_FILE": str(folder / "jobs.sqlite")})
    bring_to_newest(app)
    return app


def build(people, questions):
    """So many people with accounts, and a test of so many questions; gives the test's id."""
    unit = Unit(key="X", code="X", name_vi="Đơn vị", short_name="X", kind="department",
                valid_from=date(2018, 1, 1))
    course = Course(key="X", title_vi="Khóa học", certified=False)
    version = CourseVersion(course=course, number=1, published_at=clock.now())
    quiz = Quiz(version=version, lineage="x", position=0, title_vi="Kiểm tra", minutes=30,
                pass_mark=50, attempts_allowed=9, time_limit=90, shuffle=True)
    db.session.add_all([unit, quiz])
    for number in range(questions):
        question = Question(key=f"X{number}", course=course, kind="single")
        db.session.add_all([
            QuestionVersion(question=question, number=1, stem_vi=f"Câu hỏi {number}?",
                            options=OPTIONS, right=["A"], explanation_vi="Xem tài liệu."),
            QuizItem(quiz=quiz, question=question, position=number)])
    for number in range(people):
        person = Person(key=f"X{number}", full_name=f"Nguyễn Văn {number}", birth="1990")
        db.session.add_all([
            Posting(person=person, unit=unit, title="Chuyên viên", main=True,
                    valid_from=date(2018, 1, 1)),
            Account(person=person, username=f"x{number}")])
    db.session.flush()
    return quiz.id


@dataclass
class Device:
    """A browser in which somebody is signed in."""

    person_id: int
    cookie: str
    token: str
    attempt: int = 0
    seq: int = 0


def devices(app):
    """A signed-in Device of everybody who has an account."""
    cookies = app.session_interface.get_signing_serializer(app)
    tokens = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")
    found = []
    for account in db.session.scalars(select(Account).order_by(Account.id)):
        mark = secrets.token_hex(20)
        session = {"_user_id": open_session(account), "_fresh": True, "csrf_token": mark,
                   "seen": int(clock.now().timestamp())}
        found.append(Device(account.person_id, f"lms={cookies.dumps(session)}",
                            tokens.dumps(mark)))
    return found


def begin_all(people, quiz_id):
    """Begin an attempt for each of the Devices ``people``."""
    quiz = db.session.get(Quiz, quiz_id)
    for device in people:
        device.attempt = start(quiz, by=db.session.get(Person, device.person_id)).id


def prepare(folder, address, people, questions, begun=True):
    """Everything an examination needs, in the database at ``address``: the Devices of its people
    and the id of the test.
    """
    app = application(folder, address)
    with app.app_context():
        with transaction():
            quiz_id = build(people, questions)
            found = devices(app)
            if begun:
                begin_all(found, quiz_id)
        db.session.remove()
        db.engine.dispose()
    return app, found, quiz_id


class Line:
    """A connection to the server, opened again where it broke."""

    def __init__(self, port, device):
        self.port, self.device = port, device
        self.reader = self.writer = None

    async def ask(self, method, path, content=None, form=None):
        """Send a request; gives the code and the body.  Raises OSError where the line breaks."""
        body, kind = b"", "application/json"
        if content is not None:
            body = json.dumps(content).encode()
        elif form is not None:
            body, kind = form.encode(), "application/x-www-form-urlencoded"
        head = (f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
                f"Cookie: {self.device.cookie}\r\nX-CSRFToken: {self.device.token}\r\n"
                f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n")
        try:
            async with asyncio.timeout(PATIENCE):
                if self.writer is None:
                    self.reader, self.writer = await asyncio.open_connection(
                        "127.0.0.1", self.port)
                self.writer.write(head.encode() + body)
                return await self._answer()
        except (OSError, EOFError, TimeoutError, ValueError) as trouble:
            self.hang_up()
            raise ConnectionError(str(trouble)) from None

    async def _answer(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        fields = {name.lower(): value.strip() for name, _sign, value in (
            line.partition(":") for line in lines)}
        if "content-length" not in fields:
            raise ValueError("An answer without its length.")
        if "set-cookie" in fields:
            self.device.cookie = fields["set-cookie"].partition(";")[0]
        return int(first.split(" ", 2)[1]), await self.reader.readexactly(
            int(fields["content-length"]))

    def hang_up(self):
        """Close the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None

    async def close(self):
        """Close the connection for good, before the loop ends."""
        writer = self.writer
        self.hang_up()
        if writer is not None:
            with suppress(OSError):
                await writer.wait_closed()

    async def save(self, slot, answer):
        """Send the next answer of the device once; gives the code and what the server told."""
        self.device.seq += 1
        return await self.send(slot, self.device.seq, answer)

    async def send(self, slot, seq, answer):
        """Send the answer that the device counts by ``seq``."""
        code, body = await self.ask(
            "PUT", f"/quizzes/attempts/{self.device.attempt}/answers/{slot}",
            {"client": "device", "seq": seq, "base_rev": 0, "age_ms": 0, "answer": answer})
        return code, json.loads(body)
