"""Looking up questions and their versions."""
import json
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import String, Text, and_, cast, false, func, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import ask, db, prepared, read_json
from lms.kernel.keys import one_of
from lms.kernel.storage import StoredFile
from lms.kernel.text import fold
from lms.people.policies import is_officer

from courses.catalogue.queries import written_by
from quizzes.questions.alike import ALIKE, alike, likeness
from quizzes.questions.models import DRAFT, RETIRED, Question, QuestionVersion, VersionFigures
from quizzes.questions.uses import uses
from quizzes.questions.verdicts import FEW

#: The columns of a version that hold JSON, and how many versions a process keeps as they were read.
OF_JSON, KEPT = ("options", "matches", "right", "settings"), 512


class Use(NamedTuple):
    """A test that asks a question: its title, the course's version, whether it is published."""

    title: str
    number: int
    published: bool


#: In what order the list of a bank can stand, besides that of the keys.
ORDERS = {"hard": VersionFigures.facility.asc(), "easy": VersionFigures.facility.desc(),
          "little": VersionFigures.discrimination.asc(), "asked": VersionFigures.asked.desc()}


class Wanted(NamedTuple):
    """What a list of questions is narrowed to; empty is everything."""

    words: str = ""
    category: str = ""
    tag: str = ""
    difficulty: int | None = None
    state: str = ""
    kind: str = ""


def _newest():
    """The condition that a version is the newest of its question."""
    inner = QuestionVersion.__table__.alias()
    return QuestionVersion.number == (
        select(func.max(inner.c.number)).where(inner.c.question_id == Question.id)
        .correlate(Question).scalar_subquery())


def with_newest():
    """The statement of questions with their newest version."""
    return select(Question, QuestionVersion).select_from(Question).join(
        QuestionVersion, and_(QuestionVersion.question_id == Question.id, _newest()))


def newest_versions(question_ids):
    """The newest version of each question, by the question's id."""
    return {version.question_id: version for _question, version in db.session.execute(
        *_newest_of(list(question_ids)))}


@prepared
def _newest_of(question_ids):
    return with_newest().where(one_of(Question.id, question_ids))


def fit_to_ask(day=None):
    """The condition that a new paper may ask a question: neither a draft nor retired nor held
    back, and right on ``day`` (None: today).
    """
    past = (select(QuestionVersion.id)
            .where(QuestionVersion.question_id == Question.id, _newest(),
                   QuestionVersion.valid_until < (clock.today() if day is None else day))
            .correlate(Question).exists())
    return and_(Question.retired_at.is_(None), Question.held_at.is_(None),
                Question.status != DRAFT, ~past)


def may_be_asked(question, version):
    """Whether new papers may ask ``question`` in its newest ``version``."""
    return (question.retired_at is None and question.held_at is None and question.status != DRAFT
            and not is_past(version))


def is_past(version):
    """Whether the last day of ``version`` is over."""
    return version.valid_until is not None and version.valid_until < clock.today()


class Version(NamedTuple):
    """A version as papers ask, mark and tell it, with the kind and the key of its question."""

    kind: str
    key: str
    id: int
    question_id: int
    number: int
    stem_vi: str
    stem_en: str
    options: list
    matches: list
    right: list
    settings: dict
    explanation_vi: str
    explanation_en: str
    basis: str


def versions_of(ids):
    """The Versions with the ``ids``: the version's id → (kind, version).  Nobody changes what is
    in them: they are shared by all who ask.
    """
    found = [_version(*row) for row in ask(*_versions(list(ids)))]
    return {version.id: (version.kind, version) for version in found}


@lru_cache(maxsize=KEPT)
def _version(*values):
    """The Version of a row.  A test asks the same questions of everybody at every page; to read
    what their columns of JSON hold took longer than to find them.
    """
    version = Version(*values)
    return version._replace(**{name: read_json(getattr(version, name)) for name in OF_JSON})


@prepared
def _versions(ids):
    columns = {name: getattr(QuestionVersion, name) for name in Version._fields[2:]}
    as_kept = {name: cast(columns[name], Text) for name in OF_JSON}
    return (select(Question.kind, Question.key, *(columns | as_kept).values())
            .join_from(QuestionVersion, Question, Question.id == QuestionVersion.question_id)
            .where(one_of(QuestionVersion.id, ids)))


class ToAsk(NamedTuple):
    """As much of a question's newest version as a new paper pins."""

    id: int
    options: list


def versions_to_ask(question_ids):
    """The ToAsk of each of the questions, by the question's id."""
    return {key: ToAsk(*row) for key, *row in ask(*_to_ask(list(question_ids)))}


@prepared
def _to_ask(question_ids):
    return (select(QuestionVersion.question_id, QuestionVersion.id, QuestionVersion.options)
            .join_from(Question, QuestionVersion,
                       and_(QuestionVersion.question_id == Question.id, _newest()))
            .where(one_of(Question.id, question_ids)))


def questions_of(course, search=""):
    """The questions of the course's bank with their newest version, in order of their key."""
    return db.session.execute(wanted_of(course, Wanted(search))).all()


def wanted_of(course, wanted):
    """The statement of the questions of ``course`` that ``wanted`` leaves, with their newest
    version: those no longer asked last, else in order of their key.
    """
    statement = with_newest().options(joinedload(Question.author)).where(
        Question.course_id == course.id)
    for condition in _conditions(wanted):
        statement = statement.where(condition)
    return statement.order_by(Question.retired_at.is_not(None), Question.key)


def with_figures(statement, verdict="", order=""):
    """``statement`` of questions with the figures of their newest version as a third column, None
    where there are none: narrowed to a ``verdict``, in one of ORDERS.
    """
    statement = statement.outerjoin(
        VersionFigures, VersionFigures.version_id == QuestionVersion.id).add_columns(
        VersionFigures)
    if verdict == FEW:
        statement = statement.where(or_(VersionFigures.verdict.is_(None),
                                        VersionFigures.verdict == FEW))
    elif verdict:
        statement = statement.where(VersionFigures.verdict == verdict)
    if order in ORDERS:
        statement = statement.order_by(None).order_by(ORDERS[order].nulls_last(), Question.key)
    return statement


def figures_of_versions(question):
    """The figures of the versions of ``question``, by the version's id."""
    return {one.version_id: one for one in db.session.scalars(
        select(VersionFigures).join(
            QuestionVersion, QuestionVersion.id == VersionFigures.version_id)
        .where(QuestionVersion.question_id == question.id))}


def reckoned_at(course):
    """When the figures of the bank of ``course`` were reckoned last, or None."""
    return db.session.scalar(
        select(func.max(VersionFigures.reckoned_at))
        .join(QuestionVersion, QuestionVersion.id == VersionFigures.version_id)
        .join(Question).where(Question.course_id == course.id))


def _conditions(wanted):
    if wanted.words:
        words = fold(wanted.words)
        yield or_(QuestionVersion.fold.contains(words, autoescape=True),
                  func.lower(Question.key).contains(words, autoescape=True))
    if wanted.category:
        yield or_(Question.category == wanted.category,
                  Question.category.startswith(f"{wanted.category} / ", autoescape=True))
    if wanted.tag:
        yield cast(Question.tags, String).contains(json.dumps(wanted.tag), autoescape=True)
    if wanted.difficulty:
        yield Question.difficulty == wanted.difficulty
    if wanted.state == RETIRED:
        yield Question.retired_at.is_not(None)
    elif wanted.state:
        yield and_(Question.retired_at.is_(None), Question.status == wanted.state)
    if wanted.kind:
        yield Question.kind == wanted.kind


def categories_of(course):
    """The categories of the course's questions and those above them, as paths in order."""
    paths = set()
    for path in db.session.scalars(select(Question.category).distinct().where(
            Question.course_id == course.id, Question.category != "")):
        names = path.split(" / ")
        paths |= {" / ".join(names[:depth]) for depth in range(1, len(names) + 1)}
    return sorted(paths, key=lambda path: (fold(path), path))


def tags_used(course):
    """The tags of the course's questions, in order."""
    return sorted({tag for tags in db.session.scalars(
        select(Question.tags).where(Question.course_id == course.id)) for tag in tags}, key=fold)


def uses_of(ids):
    """The tests that ask each of the questions with the ``ids``."""
    found = {key: [] for key in ids}
    for told in uses.of(list(ids)):
        for key, places in told.items():
            found[key] += places
    return found


def asked_in(question):
    """The tests that ask ``question``."""
    return uses_of([question.id])[question.id]


def _folds_of(course):
    """The folded stems of the questions of ``course`` that are still asked: id → fold."""
    return dict(db.session.execute(
        with_newest().with_only_columns(Question.id, QuestionVersion.fold)
        .where(Question.course_id == course.id, Question.retired_at.is_(None))).all())


def alike_in(course):
    """Pairs of questions of ``course`` that seem to ask the same, the likest first.

    Each is (id, id, share of common words); ``pairs_shown`` gives the questions of some of them.
    """
    return alike(_folds_of(course))


def pairs_shown(pairs):
    """The questions of the ``pairs`` of alike_in: (question, version, question, version, share)."""
    rows = {version.question_id: (version.question, version) for version in newest_versions(
        {key for pair in pairs for key in pair[:2]}).values()}
    return [(*rows[one], *rows[other], share) for one, other, share in pairs]


def like_it(question):
    """Another question of the course that seems to ask what ``question`` does, or None."""
    folds = _folds_of(question.course)
    own = folds.pop(question.id, question.versions[-1].fold)
    share, key = max(((likeness(own, fold), -key) for key, fold in folds.items()),
                     default=(0, None))
    return db.session.get(Question, -key) if share >= ALIKE else None


def _written_by(person):
    if is_officer(person):
        return Question.course_id.is_not(None)
    return Question.course_id.in_(written_by(person))


def chosen_of(course, ids):
    """The questions of ``course`` with the ``ids``."""
    return db.session.scalars(select(Question).where(
        Question.course_id == course.id, Question.id.in_(ids)).order_by(Question.key)).all()


def resting_on(basis, person):
    """The statement of the questions that ``person`` writes and that rest on ``basis``: words of
    their legal basis; nothing is found by nothing.
    """
    words = basis.strip()
    rests = QuestionVersion.basis.icontains(words, autoescape=True) if words else false()
    return _of_authors(person).where(rests, Question.held_at.is_(None))


def to_review(person):
    """The statement of the questions that ``person`` writes and that wait for a review: held back,
    or past their last day.
    """
    return _of_authors(person).where(or_(
        Question.held_at.is_not(None), QuestionVersion.valid_until < clock.today()))


def _of_authors(person):
    return (with_newest().options(joinedload(Question.course))
            .where(_written_by(person), Question.retired_at.is_(None)).order_by(Question.key))


def files_with(digest):
    """The stored files whose bytes have the hash ``digest``, the newest first."""
    return db.session.scalars(
        select(StoredFile).where(StoredFile.sha256 == digest).order_by(StoredFile.id.desc())).all()


def rows_of(statement):
    """Every row of ``statement``."""
    return db.session.execute(statement).all()
