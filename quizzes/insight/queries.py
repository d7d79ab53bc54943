"""Attempts as the statistics look at them, and the tests somebody may learn from."""
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from lms.kernel.db import db
from lms.people.policies import reads_all

from courses.catalogue.models import Course, CourseTrainer, CourseVersion
from courses.classes.models import CourseClass, Enrolment
from quizzes.attempts.marking import called_off
from quizzes.attempts.models import Attempt
from quizzes.attempts.regrading_queries import answers_in, mendings_for
from quizzes.insight.gain import Pair
from quizzes.insight.oddities import Paper
from quizzes.insight.statistics import Sitting
from quizzes.papers.models import Quiz
from quizzes.questions.models import Question
from quizzes.questions.queries import versions_of


class Reading(NamedTuple):
    """The attempts at a test with what they asked: one of each person, the first."""

    attempts: list
    sittings: list
    #: question id → (kind, its newest version asked)
    asked: dict


def tests_seen_by(viewer):
    """Every published test that ``viewer`` may learn from, with how many were handed in.

    Of the versions of a test the newest stands for all: (quiz, count), by course and place.
    """
    newest = select(func.max(Quiz.id)).join(
        CourseVersion, CourseVersion.id == Quiz.version_id).where(
        CourseVersion.published_at.is_not(None)).group_by(Quiz.lineage)
    statement = (
        select(Quiz).join(Quiz.version).join(CourseVersion.course)
        .options(contains_eager(Quiz.version).contains_eager(CourseVersion.course))
        .where(Quiz.id.in_(newest)).order_by(Course.key, Quiz.position))
    if not reads_all(viewer):
        statement = statement.where(Course.id.in_(
            select(CourseTrainer.course_id).where(CourseTrainer.person_id == viewer.id)))
    handed_in = dict(db.session.execute(
        select(Quiz.lineage, func.count(Attempt.id)).join(Attempt, Attempt.quiz_id == Quiz.id)
        .where(Attempt.standing()).group_by(Quiz.lineage)).all())
    return [(quiz, handed_in.get(quiz.lineage, 0))
            for quiz in db.session.scalars(statement).unique()]


def handed_in_at(quiz):
    """All attempts handed in at ``quiz`` and its other versions, with their people, by time."""
    return db.session.scalars(
        select(Attempt).join(Attempt.quiz).options(
            contains_eager(Attempt.quiz), joinedload(Attempt.person))
        .where(Quiz.lineage == quiz.lineage, Attempt.standing())
        .order_by(Attempt.started_at, Attempt.id)).unique().all()


def first_of_each(attempts):
    """The first attempt of each person."""
    return list({attempt.person_id: attempt for attempt in reversed(attempts)}.values())[::-1]


def reading_of(quiz):
    """The Reading of ``quiz``; six statements for any number of attempts."""
    return read(first_of_each(handed_in_at(quiz)))


def read(attempts):
    """The Reading of the ``attempts``; a question called off for all is left out."""
    ids = {item["version"] for attempt in attempts for item in attempt.paper}
    versions = versions_of(ids)
    nothing, _everything = called_off(mendings_for(ids))
    answers = answers_in([attempt.id for attempt in attempts])
    asked = {}
    for key in sorted(ids):
        asked[versions[key][1].question_id] = versions[key]
    return Reading(attempts, [sitting_of(attempt, versions, nothing, answers[attempt.id])
                              for attempt in attempts], asked)


def sitting_of(attempt, versions, nothing, answers):
    """``attempt`` as the statistics see it."""
    earned, possible, given = {}, {}, {}
    for slot, item in enumerate(attempt.paper):
        if item["version"] in nothing:
            continue
        question = versions[item["version"]][1].question_id
        earned[question] = float(attempt.shares[slot]) / 100 * item["points"]
        possible[question] = item["points"]
        given[question] = answers.get(slot, [])
    minutes = (attempt.submitted_at - attempt.started_at).total_seconds() / 60
    return Sitting(attempt.id, earned, possible, given, float(attempt.score), attempt.passed,
                   minutes)


def papers_of(reading):
    """The attempts of ``reading`` as the look for oddities takes them; blanks are no answers."""
    found = []
    for attempt, sitting in zip(reading.attempts, reading.sittings, strict=True):
        given = {question: tuple(answer) for question, answer in sitting.given.items() if answer}
        wrong = frozenset(question for question in given
                          if sitting.earned[question] < sitting.possible[question])
        found.append(Paper(attempt.id, attempt.started_at.timestamp(),
                           attempt.submitted_at.timestamp(), given, wrong))
    return found


def pairs_between(before, after):
    """A Pair for each person who took both tests: the first attempt at each, after the former."""
    former = {attempt.person_id: attempt for attempt in first_of_each(handed_in_at(before))}
    found = []
    for attempt in first_of_each([
            one for one in handed_in_at(after)
            if one.person_id in former
            and one.started_at >= former[one.person_id].submitted_at]):
        first = former[attempt.person_id]
        found.append((Pair(attempt.person, float(first.score), float(attempt.score), first.passed,
                           attempt.passed), first, attempt))
    return found


def classes_of(course, people):
    """The newest class of ``course`` in which each of the people is: person id → class."""
    return dict(db.session.execute(
        select(Enrolment.person_id, CourseClass).join(Enrolment.course_class)
        .where(CourseClass.course_id == course.id, Enrolment.withdrawn_at.is_(None),
               Enrolment.person_id.in_(people)).order_by(CourseClass.starts_on)).all())


def questions_with(ids):
    """The questions with the ``ids``, by their id."""
    return {question.id: question for question in db.session.scalars(
        select(Question).options(joinedload(Question.course)).where(Question.id.in_(ids)))}


def other_tests_of(quiz):
    """The other published tests of the same course, in the order of the course."""
    newest = select(func.max(Quiz.id)).join(
        CourseVersion, CourseVersion.id == Quiz.version_id).where(
        CourseVersion.published_at.is_not(None),
        CourseVersion.course_id == quiz.version.course_id).group_by(Quiz.lineage)
    return db.session.scalars(
        select(Quiz).where(Quiz.id.in_(newest), Quiz.lineage != quiz.lineage)
        .order_by(Quiz.position)).all()
