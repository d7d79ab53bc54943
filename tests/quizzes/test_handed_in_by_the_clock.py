"""Whoever never comes back is handed in by the clock, never later than promised."""
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import current_app
from sqlalchemy import delete

from lms import serve
from lms.kernel import clock, jobs
from lms.kernel.db import db

from courses.catalogue.models import CourseTrainer
from quizzes.attempts.actions import start
from quizzes.attempts.protocol import GRACE, QUEUE, TIMED_OUT
from tests.conftest import MORNING

#: Handed in by the clock so long after the deadline and its grace at the latest.
PROMISED = timedelta(seconds=60)


class Family(serve.Family):
    """The children of the server: the one for jobs never ends, the one for what is done often does
    it at once, with what the test sees.
    """

    def bear(self, name, _run):
        """A child is born."""
        if name == serve.OFTEN:
            jobs.do_often()
        else:
            self.children[len(self.children)] = (name, 0)


@pytest.mark.parametrize("second", [0, 1, 7, 14, 15, 29, 31, 59])
def test_the_clock_hands_in_within_a_minute_of_the_grace_also_while_a_long_job_is_under_way(
        world, monkeypatch, second):
    attempt = world.running
    attempt.deadline = MORNING + timedelta(minutes=30, seconds=second)
    last = attempt.deadline + GRACE
    now = attempt.deadline - timedelta(seconds=5)
    monkeypatch.setattr(clock, "source", lambda: now)
    monkeypatch.setattr(serve, "time", SimpleNamespace(
        time=lambda: now.timestamp(), monotonic=lambda: now.timestamp()))
    family = Family(current_app._get_current_object(), {})

    while attempt.submitted_at is None and now <= last + PROMISED:
        family.look_for_jobs()
        family.do_often()
        now += timedelta(seconds=serve.LOOK)

    assert family.is_at(serve.JOBS)
    assert attempt.state == TIMED_OUT
    assert last + QUEUE <= now <= last + PROMISED


@pytest.mark.breaks_promises
def test_an_attempt_that_cannot_be_handed_in_holds_up_no_other_and_those_who_watch_are_told(
        world, browse, later):
    broken, sound = world.running, start(world.law_quiz, by=world.hoa)
    broken.paper = [{**broken.paper[0], "version": 999_999}]
    db.session.commit()
    later(32)
    jobs.do_often()
    assert "không nộp được" not in browse(world.an).get("/province").text
    later(35)

    jobs.do_often()

    assert (sound.state, broken.state) == (TIMED_OUT, "running")
    words = "Có 1 bài đã hết giờ mà hệ thống không nộp được."
    for person, page in ((world.an, "/province"), (world.minh, "/today")):
        told = browse(person).get(page)
        assert words in told.text
    watched = browse(world.minh).get(f"/quizzes/{world.law_quiz.id}/watch?show=over").text
    assert ("Nông Thị Lan" in watched, "Bế Thị Hoa" in watched) == (True, False)
    assert words not in browse(world.hoa).get(f"/units/{world.newspaper.id}/coverage").text


@pytest.mark.breaks_promises
def test_the_trainer_of_a_class_is_told_of_its_people_alone(world, browse, later):
    for attempt in (world.running, start(world.law_quiz, by=world.hoa)):
        attempt.paper = [{**attempt.paper[0], "version": 999_999}]
    db.session.commit()
    later(35)
    assert "Có 2 bài đã hết giờ" in browse(world.minh).get("/today").text

    db.session.execute(delete(CourseTrainer).filter_by(person_id=world.minh.id))

    assert "Có 1 bài đã hết giờ" in browse(world.minh).get("/today").text


def test_a_broken_attempt_that_was_mended_is_handed_in_at_the_next_turn(world, later):
    attempt, paper = world.running, world.running.paper
    attempt.paper = [{**paper[0], "version": 999_999}]
    db.session.commit()
    later(32)
    jobs.do_often()
    attempt.paper = paper
    db.session.commit()

    jobs.do_often()

    assert attempt.state == TIMED_OUT
