"""What one person's attempt costs the server: CPU and statements, inside this process."""
import time
from contextlib import nullcontext

from flask import Response

from lms.kernel.db import db
from lms.kernel.transaction import transaction
from lms.kernel.web import public

from bench.pages import cost
from quizzes.papers.models import Quiz
from tests.statements import counted

#: How many questions a paper has.
QUESTIONS = 20
#: How many people sit, and how many of them only warm up: psycopg prepares a statement when it is
#: asked for the sixth time, as every server soon has.
SITTING, WARM = 12, 7


class Sitting:
    """Somebody's browser, and what its requests cost: name → (milliseconds, statements).

    Statements are counted where ``counting``: whoever listens to them makes each cost more.
    """

    def __init__(self, app, device, quiz_id, counting=False):
        self.client, self.quiz_id = app.test_client(), quiz_id
        self.listening = counted if counting else nullcontext
        self.client.set_cookie("lms", device.cookie.partition("=")[2])
        self.head = {"X-CSRFToken": device.token}
        self.costs = {}

    def ask(self, name, method, path, expected=200, **content):
        """Send a request; its cost is added to that of the same ``name``."""
        begun = time.process_time()
        with self.listening() as statements:
            answer = self.client.open(path, method=method, headers=self.head, **content)
        taken = (time.process_time() - begun) * 1000
        if answer.status_code != expected:
            raise SystemExit(f"{name}: {answer.status_code} {answer.text[:300]}")
        spent, asked = self.costs.get(name, (0, 0))
        self.costs[name] = (spent + taken, asked + len(statements or ()))
        return answer

    def begin(self):
        """Begin an attempt, and read the paper; gives the address of the attempt."""
        place = self.ask("start", "POST", f"/quizzes/{self.quiz_id}/attempts", 302).location
        self.ask("paper", "GET", place)
        return place.rpartition("/")[0]

    def one_by_one(self):
        """Answer each question when it is read, look through them, hand in, read the result."""
        attempt = self.begin()
        for slot in range(QUESTIONS):
            self.ask("saves", "PUT", f"{attempt}/answers/{slot}", json={
                "client": "x", "seq": slot + 1, "base_rev": 0, "answer": ["A"]})
        self.ask("review", "GET", f"{attempt}/review")
        self.ask("hand-in", "POST", f"{attempt}/submission", json={"sent": {}})
        self.ask("result", "GET", attempt)

    def on_one_page(self):
        """Answer all the questions of one page with one save, hand in, read the result."""
        attempt = self.begin()
        form = {f"s{slot}-a": "A" for slot in range(QUESTIONS)}
        self.ask("save", "POST", f"{attempt}/all", 302, data=form | {"go": "1"})
        self.ask("hand-in", "POST", f"{attempt}/submission", 302)
        self.ask("result", "GET", attempt)

    def save(self, attempt, seq):
        """Send one more answer to the running ``attempt``."""
        self.ask("save", "PUT", f"{attempt}/answers/{seq % QUESTIONS}", json={
            "client": "y", "seq": seq + 1, "base_rev": 0, "answer": ["A"]})


def whole(costs):
    """What all of ``costs`` come to."""
    return sum(spent for spent, _asked in costs.values()), sum(
        asked for _spent, asked in costs.values())


def print_best(words, sittings, bare):
    """Print the cheapest of the ``sittings``, in parts too, with the statements of the last."""
    *measured, last = [one.costs for one in sittings]
    costs = {name: (spent, last[name][1])
             for name, (spent, _none) in min(measured, key=whole).items()}
    spent, asked = whole(costs)
    print(f"  {words}: {spent:.0f} ms of CPU = {spent / bare:.0f} × a bare page, {asked} statements"
          f" ({', '.join(f'{name} {each:.1f} ms, {n}' for name, (each, n) in costs.items())})")


def sat(app, devices, quiz_id, how):
    """The Sittings of the ``devices``, who sit as ``how`` says; the first only warm up, and of the
    last the statements are counted.
    """
    sittings = [Sitting(app, device, quiz_id, counting=device is devices[-1])
                for device in devices]
    for one in sittings:
        how(one)
    return sittings[min(WARM, len(sittings) - 2):]


def alone(app, devices, quiz_id):
    """Print what one attempt costs, and one save, against a bare page."""
    app.add_url_rule("/hello", view_func=public(lambda: Response("hello")))
    last = Sitting(app, devices[-1], quiz_id)
    bare, _none = cost(lambda _n: last.client.get("/hello"))
    print_best(f"one attempt of {QUESTIONS} questions, each saved by itself",
               sat(app, devices[:SITTING], quiz_id, Sitting.one_by_one), bare)
    attempt = last.begin()
    saved, statements = cost(lambda n: last.save(attempt, n))
    print(f"  a save {saved:.2f} ms of CPU, {statements} statements; a bare page {bare:.2f} ms: "
          f"{saved - bare:.2f} ms beyond it")
    with app.app_context():
        with transaction():
            db.session.get(Quiz, quiz_id).whole_page = True
        db.session.remove()
    print_best(f"one attempt of {QUESTIONS} questions on one page, saved at once",
               sat(app, devices[:SITTING], quiz_id, Sitting.on_one_page), bare)
    with app.app_context():
        db.engine.dispose()
