"""CPU time and statements of the pages people open most, against a bare page of the same server."""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flask import Response
from sqlalchemy import select

from lms import create_app
from lms.accounts.actions import open_session
from lms.accounts.models import Account
from lms.kernel.db import db
from lms.kernel.transaction import transaction
from lms.kernel.web import public
from lms.serve import spare_memory

from quizzes.attempts.actions import start
from quizzes.papers.models import Quiz
from tests import databases
from tests.statements import counted

#: How many requests of each kind are measured, one of each in turn, each by itself; what one in
#: ten stays below counts: a busy machine spoils the others.
ROUNDS, ONE_IN = 150, 10


def hello():
    """The bare page: what Flask, the headers and the session cost by themselves."""
    return Response("hello")


def application(folder):
    """The application with its demonstration province in a temporary place.

    The province is built as the server builds it, in a program of its own: in the process that
    did, memory lies so scattered that each page costs a tenth more.
    """
    url = (databases.fresh_postgresql("bench_pages") if databases.on_postgresql()
           else f"sqlite:///{folder}/lms.sqlite")
    settings = {"SECRET_KEY": "bench", "DATABASE_URL": url, "STORAGE": f"{folder}/files",
                "JOBS_FILE": f"{folder}/jobs.sqlite"}
    subprocess.run([sys.executable, "-m", "lms.prepare"], check=True, stdout=subprocess.DEVNULL,
                   env=os.environ | {"LMS_DEMO": "true"} | {
                       f"LMS_{name}": value for name, value in settings.items()})
    app = create_app({**settings, "WTF_CSRF_ENABLED": False, "COMPRESS_REGISTER": False})
    app.add_url_rule("/hello", view_func=public(hello))
    return app


def signed_in(app, username):
    """A client in which somebody is signed in."""
    client = app.test_client()
    with app.app_context(), transaction():
        token = open_session(db.session.scalar(select(Account).filter_by(username=username)))
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client


def cost(request):
    """CPU milliseconds and statements of ``request``, once warm."""
    return spent([request])[0], asked(request)


def spent(requests):
    """CPU milliseconds of each of the ``requests``, once warm, taken in turn.

    Each is called with a number of its own.
    """
    taken = [[] for _request in requests]
    for number in range(ROUNDS + 1):
        for times, request in zip(taken, requests, strict=True):
            begun = time.process_time()
            request(number)
            times.append(time.process_time() - begun)
    return [sorted(times[1:])[ROUNDS // ONE_IN] * 1000 for times in taken]


def asked(request):
    """How many statements ``request`` asks.

    Counted last of all: an engine that somebody once listened to asks at every statement
    whether anybody does, which a server's does not.
    """
    with counted() as statements:
        request(ROUNDS + 1)
    return len(statements)


def main():
    """Print a line for each page."""
    with tempfile.TemporaryDirectory() as folder:
        app = application(Path(folder))
        trainee = signed_in(app, "pao.va")
        with app.app_context(), transaction():
            quiz = db.session.scalars(select(Quiz).order_by(Quiz.id)).first()
            person = db.session.scalar(select(Account).filter_by(username="pao.va")).person
            attempt = start(quiz, by=person)
            answers = f"/quizzes/attempts/{attempt.id}/answers/0"
            option, course = attempt.paper[0]["options"][0], quiz.version.course_id
        # As the server does before it starts its children.
        spare_memory(app)
        requests = {
            "a bare page": lambda _n: trainee.get("/hello"),
            "the trainee's home": lambda _n: trainee.get("/my-work"),
            "a course page": lambda _n: trainee.get(f"/courses/{course}"),
            "a lesson": lambda _n: trainee.get("/steps/1"),
        }
        bare, *others = spent(requests.values())
        # By itself: after each write SQLite reads anew what it had kept for the other pages.
        requests["saving an answer"] = lambda n: trainee.put(answers, json={
            "client": "bench", "seq": n + 1, "answer": [option]})
        others += spent([requests["saving an answer"]])
        name = "PostgreSQL" if databases.on_postgresql() else "SQLite"
        print(f"Pages on {name}; a bare page costs {bare:.2f} ms of CPU")
        for (words, request), time_taken in zip(list(requests.items())[1:], others, strict=True):
            print(f"  {words:<20} {time_taken:6.2f} ms of CPU = {time_taken / bare:4.1f} × bare, "
                  f"{asked(request)} statements")


if __name__ == "__main__":
    main()
