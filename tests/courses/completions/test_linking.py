"""Two linked records in the middle of one course: the steps of either count, until they part."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.actions import add_person
from lms.people.linking import link, part

from certificates.models import Certificate
from certificates.truth import wrong_certificates
from courses.completions.actions import begin, finish_step
from courses.completions.models import Completion, Study
from courses.completions.queries import progress_of, steps_done_in
from quizzes.attempts.checking import faults
from quizzes.attempts.models import Attempt
from tests.quizzes.sitting import sit


@pytest.fixture
def pair(world, monkeypatch):
    """Loan entered twice, each in the middle of press law; an hour later."""
    both = [add_person({"full_name": name, "birth": "1990"}, {
        "unit": world.newspaper, "title": "Phóng viên", "valid_from": date(2026, 7, 1)},
        by=world.an) for name in ("Sầm Thị Loan", "Sầm thị Loan")]
    for person in both:
        begin(person, world.press_law, by=person)
    start = clock.now()
    monkeypatch.setattr(clock, "source", lambda: start + timedelta(hours=1))
    return both


def last_study_of(person, course):
    """The newest study of ``course``, under way or finished."""
    return db.session.scalar(select(Study).filter_by(person_id=person.id, course_id=course.id)
                             .order_by(Study.id.desc()).limit(1))


def done(person, course):
    """The steps done in the newest round: lineages."""
    return sorted(step.lineage for step in steps_done_in(last_study_of(person, course)))


def known(person):
    """The completions of a record as now known: (day, mark, revoked)."""
    return [(row.learned_on, row.mark, row.revoked_on) for row in db.session.scalars(
        select(Completion).where(Completion.person_id == person.id, Completion.known_at()))]


def test_the_main_record_goes_on_with_the_steps_of_either(world, pair):
    one, other = pair
    finish_step(one, world.law_intro, by=one)
    finish_step(other, world.law_text, by=other)

    made = link(one, other, by=world.an)

    assert done(one, world.press_law) == ["law-intro", "law-text"]
    assert progress_of(one, world.press_law).next.lineage == "law-quiz"
    assert [study.finished_at for study in db.session.scalars(
        select(Study).filter_by(person_id=other.id))] == [clock.now()]
    part(made, by=world.an)
    assert [done(person, world.press_law) for person in pair] == [["law-intro"], ["law-text"]]
    assert [last_study_of(person, world.press_law).finished_at for person in pair] == [None, None]


def test_attempts_go_over_and_come_back_with_the_step_they_did(world, pair):
    one, other = pair
    attempt = sit(world.law_quiz, other, 0, 1, 2, 3)

    made = link(one, other, by=world.an)

    assert (attempt.person_id, done(one, world.press_law)) == (one.id, ["law-quiz"])
    assert faults()[0] == []
    part(made, by=world.an)
    assert (attempt.person_id, done(one, world.press_law)) == (other.id, [])
    assert faults()[0] == []


def test_the_steps_of_both_complete_the_course_and_parting_takes_that_back(world, pair):
    one, other = pair
    for step in (world.law_intro, world.law_text):
        finish_step(one, step, by=one)
    sit(world.law_quiz, other, 0, 1, 2)

    made = link(one, other, by=world.an)

    today = clock.today()
    assert known(one) == [(today, 75, None)]
    certificate = db.session.scalars(select(Certificate).filter_by(person_id=one.id)).one()
    assert certificate.revoked_on is None
    part(made, by=world.an)
    assert known(one) == [(today, 75, today)]
    assert (certificate.revoked_on, known(other), wrong_certificates()) == (today, [], [])
    assert [last_study_of(person, world.press_law).finished_at for person in pair] == [None, None]
    assert db.session.scalars(select(Attempt.person_id).filter_by(passed=True)).all() == [other.id]
