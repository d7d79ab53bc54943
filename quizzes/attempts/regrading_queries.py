"""Looking up marks: their history, the mendings behind them, and what marking anew would give."""
from collections import defaultdict
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Text, cast, false, func, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel.db import ask, db, prepared
from lms.kernel.keys import one_of
from lms.kernel.records import columns_of, record

from quizzes.attempts.by_hand import by_hand, standing
from quizzes.attempts.grades import GradeEvent, HandMark, Mending, ToMark
from quizzes.attempts.marking import Marks, judged
from quizzes.attempts.models import AnswerEvent, Attempt, Intervention, PaperMark
from quizzes.attempts.protocol import ACCEPTED, AFTER_THE_END, tidy
from quizzes.attempts.queries import replaces
from quizzes.papers.models import PaperSet, Quiz
from quizzes.papers.queries import source_of
from quizzes.questions.models import QuestionVersion
from quizzes.questions.queries import versions_of


class Remark(NamedTuple):
    """An attempt, the Marks that marking it anew gives, and how the answers stand that people
    mark: slot → Standing.
    """

    attempt: Attempt
    marks: Marks
    by_hand: dict

    @property
    def changes(self):
        """Whether the mark or the verdict becomes another."""
        return self.differs or self.marks.shares != self.attempt.shares

    @property
    def differs(self):
        """Whether the score or the verdict becomes another, which is what a person is told."""
        return (self.marks.score, self.marks.passed) != (self.attempt.score, self.attempt.passed)

    @property
    def gains(self):
        """Whether somebody passes who had not."""
        return self.marks.passed and not self.attempt.passed

    @property
    def loses(self):
        """Whether somebody who had passed does not any more."""
        return self.attempt.passed and not self.marks.passed

    @property
    def kept(self):
        """Whether somebody stays passed below the mark that is needed."""
        return self.marks.passed and self.marks.score < self.attempt.quiz.pass_mark


def mendings_for(version_ids):
    """What was decided about the questions with these versions, in the order it was decided."""
    return [record(Mending, row) for row in ask(*_mendings(list(version_ids)))]


@prepared
def _mendings(version_ids):
    about = select(QuestionVersion.question_id).where(one_of(QuestionVersion.id, version_ids))
    return select(*columns_of(Mending)).where(
        Mending.question_id.in_(about)).order_by(Mending.id)


def mendings_of(attempt):
    """What was decided about the questions of ``attempt``, in the order it was decided."""
    return mendings_for({item["version"] for item in attempt.paper})


class Besides(NamedTuple):
    """Which of the things that few attempts have are there: more than one mark, results from
    paper that it replaced, something that those who watched over the test did, answers that came
    after the end.
    """

    history: bool
    replaced: bool
    watched: bool
    late: bool


def besides(attempt):
    """What there is Besides of ``attempt``, so that nobody asks for what is not there."""
    return Besides(*ask(*_besides(attempt.id)).one())


@prepared
def _besides(attempt_id):
    marks = select(func.count(GradeEvent.id)).where(GradeEvent.attempt_id == attempt_id)
    done = select(Intervention.id).where(Intervention.attempt_id == attempt_id)
    late = select(AnswerEvent.id).where(AnswerEvent.attempt_id == attempt_id,
                                        AnswerEvent.status.in_(AFTER_THE_END))
    return select(marks.scalar_subquery() > 1,
                  select(PaperMark.id).where(replaces(attempt_id)).exists(), done.exists(),
                  late.exists())


def history_of(attempt):
    """The changes of the mark of ``attempt``, the oldest first."""
    return db.session.scalars(
        select(GradeEvent).options(joinedload(GradeEvent.mending))
        .where(GradeEvent.attempt_id == attempt.id).order_by(GradeEvent.id)).all()


def answers_in(attempt_ids):
    """The answers that count in each of the attempts: attempt → slot → answer."""
    found = defaultdict(dict)
    for attempt_id, slot, answer in ask(*_answers(list(attempt_ids))):
        found[attempt_id][slot] = tidy(answer)
    return found


@prepared
def _answers(attempt_ids):
    return (select(AnswerEvent.attempt_id, AnswerEvent.slot, AnswerEvent.answer)
            .where(one_of(AnswerEvent.attempt_id, attempt_ids), AnswerEvent.status == ACCEPTED)
            .order_by(AnswerEvent.rev))


def asking(version_ids):
    """The statement of the attempts handed in whose paper asks one of the versions."""
    paper = cast(Attempt.paper, Text)
    return (select(Attempt).options(joinedload(Attempt.quiz), joinedload(Attempt.person))
            .where(Attempt.standing(),
                   or_(false(), *(paper.contains(f'"version": {int(key)}') for key in version_ids)))
            .order_by(Attempt.id))


def asked_in(version_ids):
    """The attempts handed in whose paper asks one of the versions, by their id."""
    # The text of a paper finds 120 where 12 is looked for, so each is looked at once more.
    wanted = set(version_ids)
    return [attempt for attempt in db.session.scalars(asking(wanted)).unique()
            if wanted & {item["version"] for item in attempt.paper}]


def times_asked(question):
    """How many attempts handed in asked each version of ``question``: id → count."""
    ids = [version.id for version in question.versions]
    counts = dict.fromkeys(ids, 0)
    for attempt in asked_in(ids):
        for item in attempt.paper:
            if item["version"] in counts:
                counts[item["version"]] += 1
    return counts


def hand_marks_in(attempt_ids):
    """What people gave, in the order they gave it: (attempt, slot) → [HandMark]."""
    found = defaultdict(list)
    for one in db.session.scalars(
            select(HandMark).where(HandMark.attempt_id.in_(attempt_ids)).order_by(HandMark.id)):
        found[one.attempt_id, one.slot].append(one)
    return found


def standings_by_hand(attempt, versions, answers, hand_marks):
    """The Standing of each slot of ``attempt`` that people mark: slot → Standing."""
    return {slot: standing(versions[item["version"]][1], answers.get(slot, []),
                           [one.sum for one in hand_marks.get((attempt.id, slot), ())])
            for slot, item in enumerate(attempt.paper) if by_hand(versions[item["version"]][0])}


def shares_by_hand(attempt, versions, answers, hand_marks):
    """The share that people gave in each slot that they have marked: slot → share."""
    return shares_in(standings_by_hand(attempt, versions, answers, hand_marks))


def shares_in(standings):
    """The share of each slot of the ``standings`` that does not wait: slot → share."""
    return {slot: one.share for slot, one in standings.items() if one.share is not None}


def any_by_hand(versions):
    """Whether people mark one of the ``versions``: id → (kind, version)."""
    return any(by_hand(kind) for kind, _version in versions.values())


def given_by_hand(attempt, versions):
    """The share that people gave in each slot of ``attempt`` that they have marked; ``versions``
    is what its paper asks.
    """
    if not any_by_hand(versions):
        return {}
    return shares_by_hand(attempt, versions, answers_in([attempt.id])[attempt.id],
                          hand_marks_in([attempt.id]))


def marked_again(attempts, further=()):
    """A Remark for each of the ``attempts``, with the ``further`` mendings decided besides.

    Six statements at most for any number of attempts.
    """
    versions_asked = {item["version"] for attempt in attempts for item in attempt.paper}
    versions, mendings = versions_of(versions_asked), [*mendings_for(versions_asked), *further]
    ids = [attempt.id for attempt in attempts]
    answers = answers_in(ids)
    hand_marks = hand_marks_in(ids) if any_by_hand(versions) else {}
    rules = {quiz.id: source_of(quiz) for quiz in {attempt.quiz for attempt in attempts}}
    return [Remark(attempt, judged(
        attempt, versions, answers[attempt.id], mendings, shares_in(standings),
        rules[attempt.quiz_id]), standings)
        for attempt, standings in (
            (one, standings_by_hand(one, versions, answers[one.id], hand_marks))
            for one in attempts)]


def handed_in(after, count):
    """The next ``count`` attempts handed in, by their id after the id ``after``."""
    return db.session.scalars(
        select(Attempt).options(joinedload(Attempt.quiz), joinedload(Attempt.person))
        .where(Attempt.standing(), Attempt.id > after)
        .order_by(Attempt.id).limit(count)).unique().all()


def marks_by_events(attempt_ids):
    """What the changes of each attempt's mark add up to: attempt → points out of 100."""
    return dict(db.session.execute(
        select(GradeEvent.attempt_id, func.sum(GradeEvent.new - GradeEvent.old))
        .where(GradeEvent.attempt_id.in_(attempt_ids)).group_by(GradeEvent.attempt_id)).all())


def mark_so_far(attempt):
    """The newest mark that ``attempt`` was given and whether it passed, or (0, None)."""
    return ask(*_mark_so_far(attempt.id)).first() or (0, None)


@prepared
def _mark_so_far(attempt_id):
    return (select(GradeEvent.new, GradeEvent.passed).where(GradeEvent.attempt_id == attempt_id)
            .order_by(GradeEvent.id.desc()).limit(1))


def mendings_about(question):
    """What was decided about the key of ``question``, the newest first, with who decided."""
    return db.session.scalars(
        select(Mending).options(joinedload(Mending.by))
        .where(Mending.question_id == question.id).order_by(Mending.id.desc())).all()


def passes_of(person, quiz):
    """The results of ``person`` at ``quiz`` in any of its versions that do the step of the
    course, the first handed in first: pairs of that moment and the mark.

    They are those that passed; of a test before the course, all, and without a mark.
    """
    before = bool(quiz.pretest_of)
    same = Quiz.lineage == quiz.lineage
    attempts = (select(Attempt.submitted_at, Attempt.score).join(Attempt.quiz)
                .where(Attempt.person_id == person.id, Attempt.standing(), same))
    papers = (select(PaperMark.handed_in_at, PaperMark.score).join(PaperMark.set)
              .join(PaperSet.quiz)
              .where(PaperMark.person_id == person.id, PaperMark.withdrawn_at.is_(None),
                     PaperMark.attempt_id.is_(None), same))
    if not before:
        attempts = attempts.where(Attempt.passed.is_(True))
        papers = papers.where(PaperMark.passed.is_(True))
    rows = [*db.session.execute(attempts), *db.session.execute(papers)]
    return sorted(((at, None if before else mark) for at, mark in rows), key=itemgetter(0))


def waits_by_hand(attempt, versions):
    """The slots of a handed-in ``attempt`` whose answers people still have to mark; ``versions``
    is what its paper asks.
    """
    if not any_by_hand(versions):
        return []
    found = standings_by_hand(attempt, versions, answers_in([attempt.id])[attempt.id],
                              hand_marks_in([attempt.id]))
    return [slot for slot, one in found.items() if one.share is None]


def to_mark_in(attempts):
    """The ids of those of the ``attempts`` in which people still have to mark an answer."""
    return set(db.session.scalars(select(ToMark.attempt_id).where(
        ToMark.attempt_id.in_([one.id for one in attempts])))) if attempts else set()


def comments_on(attempt, versions):
    """What those who marked answers of ``attempt`` wrote, once all are marked: slot → texts."""
    if not any_by_hand(versions):
        return {}
    found = defaultdict(list)
    for (_attempt, slot), given in hand_marks_in([attempt.id]).items():
        found[slot] += [one.comment for one in given if one.comment]
    return {} if found and waits_by_hand(attempt, versions) else dict(found)
