"""Attempts as the statistics look at them, and the tests somebody may learn from."""
from collections import Counter, defaultdict
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.policies import reads_all

from courses.catalogue.models import Course, CourseVersion
from courses.catalogue.queries import written_by
from courses.classes.models import CourseClass, Enrolment
from quizzes.attempts.grades import GradeEvent
from quizzes.attempts.marking import called_off
from quizzes.attempts.models import Attempt
from quizzes.attempts.protocol import RUNNING
from quizzes.attempts.regrading_queries import (
    answers_in,
    hand_marks_in,
    mendings_for,
    standings_by_hand,
)
from quizzes.insight.gain import Pair
from quizzes.insight.oddities import Paper
from quizzes.insight.statistics import Answer, Item, Sitting, told
from quizzes.papers.models import Quiz
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question, QuestionVersion, VersionFigures
from quizzes.questions.queries import versions_of

#: So many first attempts at each test, the newest, speak for the questions of a bank.
MOST = 2_000
#: How long nobody has sat at a test when figures are reckoned by day.
QUIET = timedelta(minutes=10)
#: Among so many changes of marks, the newest, those are looked for that figures lack.
RECENT = 5_000


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
    statement = (
        select(Quiz).join(Quiz.version).join(CourseVersion.course)
        .options(contains_eager(Quiz.version).contains_eager(CourseVersion.course))
        .where(Quiz.id.in_(_newest())).order_by(Course.key, Quiz.position))
    if not reads_all(viewer):
        statement = statement.where(Course.id.in_(written_by(viewer)))
    handed_in = dict(db.session.execute(
        select(Quiz.lineage, func.count(Attempt.id)).join(Attempt, Attempt.quiz_id == Quiz.id)
        .where(Attempt.standing()).group_by(Quiz.lineage)).all())
    return [(quiz, handed_in.get(quiz.lineage, 0))
            for quiz in db.session.scalars(statement).unique()]


def _newest(*conditions):
    """The statement of the ids of published tests, of each the newest version."""
    return (select(func.max(Quiz.id)).join(CourseVersion, CourseVersion.id == Quiz.version_id)
            .where(CourseVersion.published_at.is_not(None), *conditions).group_by(Quiz.lineage))


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
    # What was entered from paper begins and ends when it is entered: nobody knows how long it took.
    minutes = (attempt.submitted_at - attempt.started_at).total_seconds() / 60 or None
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


def newest_tests(course):
    """The published tests of ``course``, each as it is now, in the order of the course."""
    newest = _newest(CourseVersion.course_id == course.id)
    return db.session.scalars(
        select(Quiz).where(Quiz.id.in_(newest)).order_by(Quiz.position)).all()


def other_tests_of(quiz):
    """The other published tests of the same course, in the order of the course."""
    return [other for other in newest_tests(quiz.version.course)
            if other.lineage != quiz.lineage]


def times_asked(course):
    """How many papers handed in that count asked each version of the questions of ``course``: id
    → count; 0 where only papers did that count no more.
    """
    papers = db.session.execute(
        select(Attempt.paper, Attempt.standing()).join(Attempt.quiz).join(Quiz.version)
        .where(CourseVersion.course_id == course.id, Attempt.submitted_at.is_not(None))
        .execution_options(yield_per=1000))
    counts = Counter()
    for paper, counting in papers:
        counts.update({item["version"]: int(counting) for item in paper})
    return counts


def answers_of(course):
    """What first attempts say of each version of the questions of ``course``: id → [Answer].

    The newest MOST at each test; the rest of a paper is the share of its points, so that papers
    of other lengths can stand beside each other.  A question called off says nothing, nor does
    an attempt that people have not wholly marked.  Seven statements a test.
    """
    found = defaultdict(list)
    for lineage in db.session.scalars(
            select(Quiz.lineage).distinct().join(Quiz.version)
            .where(CourseVersion.course_id == course.id)).all():
        attempts = db.session.scalars(
            select(Attempt).where(Attempt.id.in_(_firsts_at(lineage)))
            .order_by(Attempt.submitted_at.desc(), Attempt.id.desc()).limit(MOST)).all()
        ids = {item["version"] for attempt in attempts for item in attempt.paper}
        versions, keys = versions_of(ids), [attempt.id for attempt in attempts]
        nothing, _everything = called_off(mendings_for(ids))
        answers, marks = answers_in(keys), hand_marks_in(keys)
        for attempt in attempts:
            given = answers[attempt.id]
            by_hand = standings_by_hand(attempt, versions, given, marks)
            if all(one.share is not None for one in by_hand.values()):
                for version, answer in _answers_in(attempt, versions, nothing, given):
                    found[version].append(answer)
    return found


def _firsts_at(lineage):
    """The statement of the first attempt of each person at a test, handed in."""
    place = func.row_number().over(
        partition_by=Attempt.person_id, order_by=(Attempt.started_at, Attempt.id))
    rows = (select(Attempt.id, place.label("place")).join(Attempt.quiz)
            .where(Quiz.lineage == lineage, Attempt.standing()).subquery())
    return select(rows.c.id).where(rows.c.place == 1)


def _answers_in(attempt, versions, nothing, given):
    counted = [(slot, item["version"], item["points"], float(attempt.shares[slot]) / 100)
               for slot, item in enumerate(attempt.paper)
               if item["points"] and item["version"] not in nothing]
    possible = sum(points for _slot, _version, points, _share in counted)
    earned = sum(points * share for _slot, _version, points, share in counted)
    for slot, version, points, share in counted:
        kind, asked = versions[version]
        rest = (earned - points * share) / (possible - points) if possible > points else 0.0
        yield version, Answer(attempt.id, share, rest,
                              tuple(KINDS[kind].counted(asked, given.get(slot, []))))


def newest_event(course):
    """The number of the newest change of a mark at the tests of ``course``, 0 where none is."""
    return db.session.scalar(
        select(func.coalesce(func.max(GradeEvent.id), 0)).join(GradeEvent.attempt)
        .join(Attempt.quiz).join(Quiz.version).where(CourseVersion.course_id == course.id))


class Reckoned(NamedTuple):
    """What the answers say about one version: its kind, how many papers asked it, its Item."""

    version_id: int
    kind: str
    asked: int
    item: Item


class Found(NamedTuple):
    """What the answers say about each version asked, and the newest change of a mark before."""

    event: int
    versions: list


def reckoned(course):
    """What the answers say about the questions of ``course``: Found, of plain values."""
    event, answers, asked = newest_event(course), answers_of(course), times_asked(course)
    versions = versions_of(asked.keys())
    return Found(event, [
        Reckoned(key, versions[key][0], count, told(key, answers.get(key, [])))
        for key, count in asked.items()])


def figures_of(course):
    """The figures kept for the versions of the questions of ``course``, by the version's id."""
    return {one.version_id: one for one in db.session.scalars(
        select(VersionFigures).join(
            QuestionVersion, QuestionVersion.id == VersionFigures.version_id)
        .join(Question).where(Question.course_id == course.id))}


def course_to_reckon(before):
    """A course whose marks have changed since its figures were reckoned, none of them after the
    moment ``before``; or None.
    """
    known = (select(Question.course_id, func.max(VersionFigures.event_id).label("event"),
                    func.max(VersionFigures.reckoned_at).label("at"))
             .join(QuestionVersion, QuestionVersion.id == VersionFigures.version_id)
             .join(Question).group_by(Question.course_id).subquery())
    # Asked every minute: so it looks at the newest changes only, and at courses without figures.
    recent = (select(GradeEvent.id, GradeEvent.attempt_id)
              .order_by(GradeEvent.id.desc()).limit(RECENT).subquery())
    changed = (select(recent.c.id).join(Attempt, Attempt.id == recent.c.attempt_id)
               .join(Attempt.quiz).join(Quiz.version)
               .where(CourseVersion.course_id == Course.id, recent.c.id > known.c.event))
    marked = (select(Attempt.id).join(Attempt.quiz).join(Quiz.version)
              .where(CourseVersion.course_id == Course.id, Attempt.submitted_at.is_not(None)))
    return db.session.scalar(
        select(Course).outerjoin(known, known.c.course_id == Course.id)
        .where(or_(known.c.at.is_(None) & marked.exists(),
                   (known.c.at < before) & changed.exists()))
        .order_by(Course.id).limit(1))


def somebody_sits():
    """Whether somebody has sat at a test in the last minutes."""
    since = clock.now() - QUIET
    return db.session.scalar(select(exists().where(
        Attempt.state == RUNNING,
        or_(Attempt.started_at > since, Attempt.seen_at > since))))
