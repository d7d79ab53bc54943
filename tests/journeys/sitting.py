"""People who fail a test by one question or pass it, in the database a server answers from.

They sit in a process of its own, as the server does: what is done is committed, and the server
meets it with its next request.
"""
from sqlalchemy import select

from lms.accounts.models import Account
from lms.kernel.db import db
from lms.kernel.transaction import transaction
from lms.people.models import Person

from courses.catalogue.models import Course
from courses.catalogue.queries import published_version, steps_of
from courses.completions.actions import begin, finish_step
from quizzes.attempts.actions import start, submit
from quizzes.attempts.queries import pinned
from quizzes.attempts.saving import save_answer

#: Whoever of the demonstration can sign in and takes the course, and its key.
PEOPLE, COURSE = ("anh.ht", "pao.va", "ha.bv", "hoa.bt", "vi.dt"), "C09"
#: What all of them answered to this question, although the key says otherwise.
QUESTION, GIVEN = "Q046", ["A"]
#: So many other questions each of them has right.
RIGHT = 2


def sit(course, username, count=RIGHT):
    """``username`` does every step of ``course``, and in its test answers ``count`` questions
    rightly besides QUESTION: with RIGHT they fail by a question.
    """
    person = db.session.scalar(select(Person).join(Account, Account.person_id == Person.id)
                               .where(Account.username == username))
    begin(person, course, person)
    for step in steps_of(published_version(course)):
        if step.kind != "quiz":
            finish_step(person, step, person)
            continue
        attempt, right = start(step, by=person), count
        versions = pinned(attempt)
        for slot, item in enumerate(attempt.paper):
            _kind, version = versions[item["version"]]
            if version.key == QUESTION:
                save_answer(attempt, slot, GIVEN, None, by=person)
            elif right:
                save_answer(attempt, slot, version.right, None, by=person)
                right -= 1
        submit(attempt, by=person)


def five_fail(app):
    """Let all of them sit, where ``app`` keeps its facts."""
    _all_sit(app, PEOPLE, RIGHT)


def one_passes(app):
    """Let the second of them sit and pass, where ``app`` keeps its facts."""
    _all_sit(app, PEOPLE[1:2], RIGHT + 1)


def _all_sit(app, people, count):
    with app.app_context():
        with transaction():
            course = db.session.scalar(select(Course).filter_by(key=COURSE))
            for username in people:
                sit(course, username, count)
        db.session.remove()
        db.engine.dispose()
