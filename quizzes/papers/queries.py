"""Looking up what a quiz asks."""
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import ask, db, prepared
from lms.kernel.i18n import named
from lms.kernel.records import columns_of, record
from lms.people.models import Person
from lms.people.queries import matches

from courses.catalogue.models import CourseVersion
from courses.catalogue.queries import published_version
from quizzes.papers.choosing import Candidate
from quizzes.papers.grid import decides
from quizzes.papers.models import ExtraTime, PaperSet, Quiz, QuizItem
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question
from quizzes.questions.queries import Use, fit_to_ask, newest_versions

#: The kind whose answer on paper is a cell.
SPOT = "hotspot"
#: Kinds that ask nothing are never drawn.
SILENT = tuple(kind for kind, known in KINDS.items() if not known.worth)


class Askable(NamedTuple):
    """A question that a quiz asks: in which section, for how many points; its kind, how hard."""

    question_id: int
    section: int
    points: int
    kind: str
    difficulty: int


def askable(quiz):
    """The Askables of ``quiz``, the questions that may be asked, in their order."""
    return [Askable(*row) for row in ask(*_askable(quiz.id, clock.today()))]


@prepared
def _askable(quiz_id, day):
    return (select(QuizItem.question_id, QuizItem.section, QuizItem.points, Question.kind,
                   Question.difficulty)
            .join(QuizItem.question)
            .where(QuizItem.quiz_id == quiz_id, fit_to_ask(day)).order_by(QuizItem.position))


def tests_asking(ids):
    """By the id of each of the questions the tests that ask it: told to the bank."""
    found = {}
    for key, quiz, version in db.session.execute(
            select(QuizItem.question_id, Quiz, CourseVersion)
            .join(Quiz, Quiz.id == QuizItem.quiz_id)
            .join(CourseVersion, CourseVersion.id == Quiz.version_id)
            .where(QuizItem.question_id.in_(ids)).order_by(CourseVersion.number.desc())):
        found.setdefault(key, []).append(
            Use(named(quiz), version.number, version.published_at is not None))
    return found


def bank_of(course_id):
    """The Candidates that the bank of a course offers to a blueprint; one statement."""
    return [Candidate(*row) for row in ask(*_bank(course_id, clock.today()))]


@prepared
def _bank(course_id, day):
    return (select(Question.id, Question.category, Question.difficulty, Question.kind)
            .where(Question.course_id == course_id, fit_to_ask(day),
                   Question.kind.not_in(SILENT))
            .order_by(Question.id))


def source_of(quiz):
    """The quiz whose blueprint and questions ``quiz`` uses: of a test before the course, the
    test after it in the same version; where that is gone, and else, the quiz itself.
    """
    if not quiz.pretest_of:
        return quiz
    return db.session.scalar(select(Quiz).where(
        Quiz.version_id == quiz.version_id, Quiz.lineage == quiz.pretest_of)) or quiz


def number_asked(quiz):
    """How many questions an attempt at ``quiz`` asks."""
    source = source_of(quiz)
    chosen = source.draw or len(askable(source))
    return chosen + sum(row["count"] for row in source.blueprint)


def later_tests(version, besides=None):
    """The quizzes of a version that a test before the course can be linked to."""
    return [quiz for quiz in db.session.scalars(
        select(Quiz).where(Quiz.version_id == version.id, Quiz.pretest_of == "")
        .order_by(Quiz.position)) if quiz is not besides]


def extra_time_of(lineage, person):
    """The ExtraTime of ``person`` at the quiz of ``lineage``, or None."""
    row = ask(*_extra_time(lineage, person.id)).first()
    return row and record(ExtraTime, row)


@prepared
def _extra_time(lineage, person_id):
    return select(*columns_of(ExtraTime)).where(
        ExtraTime.lineage == lineage, ExtraTime.person_id == person_id,
        ExtraTime.ended_at.is_(None))


def learners_named(ids, search):
    """At most six people of the statement ``ids`` whom ``search``, words of a name or a staff
    code, finds.
    """
    return db.session.scalars(
        select(Person).where(Person.id.in_(ids), matches(search))
        .order_by(Person.sort_key).limit(6)).all()


def tests_of(course):
    """The tests of the newest published version of the course, in its order."""
    version = published_version(course)
    return db.session.scalars(
        select(Quiz).where(Quiz.version_id == version.id).order_by(Quiz.position)).all() if (
        version) else []


def extra_times(quiz):
    """Everybody who has extra time at ``quiz``, by name."""
    return db.session.scalars(
        select(ExtraTime).options(joinedload(ExtraTime.person), joinedload(ExtraTime.by))
        .filter_by(lineage=quiz.lineage, ended_at=None).order_by(ExtraTime.given_at)).all()


def paper_sets(quiz):
    """The papers printed for ``quiz`` and its former versions, the newest first."""
    return db.session.scalars(
        select(PaperSet).options(joinedload(PaperSet.by)).join(PaperSet.quiz)
        .where(Quiz.lineage == quiz.lineage).order_by(PaperSet.id.desc())).all()


def undecided_by_grid(quiz):
    """The newest versions of those questions that ``quiz`` asks or may draw whose place on a
    picture is too small to be named by a cell on paper.
    """
    source = source_of(quiz)
    spots = [item.question_id for item in askable(source) if item.kind == SPOT]
    if source.blueprint:
        spots += [one.id for one in bank_of(source.version.course_id) if one.kind == SPOT]
    versions = newest_versions(spots).values() if spots else ()
    return [version for version in versions if undecided(SPOT, version)]


def undecided(kind, version):
    """Whether a question of the ``kind`` asks for a place too small to be named by a cell."""
    return kind == SPOT and not decides(version)
