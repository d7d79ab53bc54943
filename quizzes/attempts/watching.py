"""How people stand in a test, for those who watch over it: never a word of what they answer."""
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, distinct, false, func, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.text import fold
from lms.people.models import Person

from courses.catalogue.models import Activity
from courses.catalogue.queries import published_version
from courses.classes.models import Enrolment
from quizzes.attempts.marking import marked
from quizzes.attempts.models import (
    COUNTED,
    DECLINED,
    GIVEN_BACK,
    VOID,
    AnswerEvent,
    Attempt,
    Cut,
    Intervention,
)
from quizzes.attempts.protocol import (
    ACCEPTED,
    AFTER_THE_END,
    ENDED,
    LEAST_LEFT,
    MOST_GIVEN_BACK,
    NOWHERE,
    OPEN,
    PAUSED,
    SILENCE,
    SUBMITTED,
    VOIDED,
    WITHDRAWN,
    countable,
    past,
    seconds_left,
    tidy,
)
from quizzes.attempts.queries import answers_of, overdue
from quizzes.attempts.regrading_queries import hand_marks_in, mendings_of, shares_by_hand
from quizzes.papers.models import Quiz
from quizzes.papers.queries import extra_times
from quizzes.papers.rule import extra_of
from quizzes.questions.queries import versions_of

#: An attempt that has ended stays in sight for so long.
IN_SIGHT = timedelta(hours=24)
#: Whoever was not handed in so long after their time is over will not be without help.
STUCK = timedelta(minutes=2)
#: How somebody stands, the most urgent first.
SILENT, OVER, STOPPED, WORKING, ENDED_ = STANDINGS = (
    "silent", "over", "stopped", "working", "ended")


@dataclass(frozen=True)
class Watched:
    """An attempt as those see it who watch over it."""

    id: int
    number: int
    state: str
    started_at: datetime
    deadline: datetime | None
    paused_at: datetime | None
    seen_at: datetime | None
    submitted_at: datetime | None
    #: How many questions the paper has, and how many of them have an answer that counts.
    questions: int
    person_id: int
    name: str
    fold: str
    birth: str
    saved: int = 0
    saved_at: datetime | None = None
    #: How many answers came after the end and wait for a decision.
    late: int = 0

    @property
    def heard_at(self):
        """When its page last gave a sign of life."""
        return max(filter(None, (self.seen_at, self.saved_at, self.started_at)))

    def left(self, now):
        """The seconds that remain, None without a limit."""
        return seconds_left(self, now)

    def runs_on(self, closes_at):
        """Whether it is open until after the moment ``closes_at`` (None: never)."""
        return closes_at is not None and self.submitted_at is None and (
            self.deadline is None or self.deadline > closes_at)

    def standing(self, now):
        """One of STANDINGS at the moment ``now``."""
        if self.state in (*ENDED, *NOWHERE):
            return ENDED_
        if self.state == PAUSED:
            return STOPPED
        if past(self, now):
            return OVER
        return SILENT if now - self.heard_at > SILENCE else WORKING


def attempts_watched(quiz, people=None, words=""):
    """The condition of the attempts in sight: at ``quiz`` in any of its versions, open, ended
    lately, or with answers that wait for a decision; of the ``people`` (a statement of ids, None:
    everybody).  Whose name holds the ``words`` is in sight whenever the attempt ended.
    """
    versions = select(Activity.id).where(Activity.lineage == quiz.lineage)
    here = [Attempt.quiz_id.in_(versions)]
    if people is not None:
        here.append(Attempt.person_id.in_(people))
    named = Attempt.person_id.in_(select(Person.id).where(
        Person.fold.contains(fold(words), autoescape=True))) if fold(words) else false()
    return [*here, Attempt.state != WITHDRAWN, or_(
        named, Attempt.submitted_at.is_(None), Attempt.submitted_at > clock.now() - IN_SIGHT,
        Attempt.id.in_(select(_late(*here).c.attempt_id)))]


def _late(*conditions):
    """The answers that came after the end and that nobody has decided about, by attempt."""
    decided = (select(Intervention.attempt_id,
                      func.max(Intervention.details["up_to"].as_integer()).label("up_to"))
               .where(Intervention.kind.in_((COUNTED, DECLINED)))
               .group_by(Intervention.attempt_id).subquery())
    return (select(AnswerEvent.attempt_id, func.count(distinct(AnswerEvent.slot)).label("late"))
            .outerjoin(decided, decided.c.attempt_id == AnswerEvent.attempt_id)
            .where(AnswerEvent.attempt_id.in_(
                select(Attempt.id).where(*conditions, Attempt.state != VOIDED)),
                   AnswerEvent.status.in_(AFTER_THE_END),
                   AnswerEvent.id > func.coalesce(decided.c.up_to, 0))
            .group_by(AnswerEvent.attempt_id).subquery())


def stuck(*conditions):
    """(the id of a test, how many attempts at it nobody could hand in when their time was over)
    for the test with most of them, among the attempts that meet the ``conditions``; or None.
    """
    count = func.count(Attempt.id)
    return db.session.execute(
        select(Attempt.quiz_id, count).join(Attempt.quiz).join(Quiz.version)
        .where(overdue(STUCK), *conditions).group_by(Attempt.quiz_id)
        .order_by(count.desc(), Attempt.quiz_id).limit(1)).first()


def watched(quiz, people=None, words=""):
    """A Watched for each attempt in sight (``attempts_watched``), in the order of names; two
    statements.
    """
    return _rows(*attempts_watched(quiz, people, words))


def watched_one(attempt):
    """The Watched of one attempt."""
    return _rows(Attempt.id == attempt.id)[0]


def _rows(*conditions):
    late = _late(*conditions)
    counts = {key: numbers for key, *numbers in db.session.execute(
        select(AnswerEvent.attempt_id,
               func.count(distinct(case((AnswerEvent.status == ACCEPTED, AnswerEvent.slot)))),
               func.max(AnswerEvent.received_at), func.coalesce(func.max(late.c.late), 0))
        .outerjoin(late, late.c.attempt_id == AnswerEvent.attempt_id)
        .where(AnswerEvent.attempt_id.in_(select(Attempt.id).where(*conditions)))
        .group_by(AnswerEvent.attempt_id))}
    rows = db.session.execute(
        select(Attempt.id, Attempt.number, Attempt.state, Attempt.started_at, Attempt.deadline,
               Attempt.paused_at, Attempt.seen_at, Attempt.submitted_at,
               func.json_array_length(Attempt.paper), Person.id, Person.full_name, Person.fold,
               Person.birth)
        .join(Person, Person.id == Attempt.person_id).where(*conditions)
        .order_by(Person.sort_key, Person.birth, Person.id, Attempt.number))
    return [Watched(*row, *counts.get(row[0], ())) for row in rows]


def in_class(course_class):
    """The statement of the ids of the people in the class."""
    return select(Enrolment.person_id).where(
        Enrolment.class_id == course_class.id, Enrolment.withdrawn_at.is_(None))


def open_attempts(quiz, people, without, states=OPEN):
    """The ids of the attempts at ``quiz`` of the ``people`` in one of the ``states``, but not those
    of ``without``.
    """
    return db.session.scalars(
        select(Attempt.id).where(*attempts_watched(quiz, people), Attempt.state.in_(states),
                                 Attempt.person_id != without.id)).all()


def earlier_ends(quiz, attempts, now):
    """When each of the open ``attempts`` would end with the closing of ``quiz``, where that is
    sooner than its own end: attempt → deadline.

    Whoever has extra time has it after the closing too; ``LEAST_LEFT`` is left to everybody, to
    a paused one from when it goes on.
    """
    if quiz.closes_at is None:
        return {}
    extra = {one.person_id: one for one in extra_times(quiz)}
    ends = {}
    for attempt in attempts:
        stood = now - attempt.paused_at if attempt.paused_at else timedelta()
        closes = quiz.closes_at + extra_of(quiz, extra.get(attempt.person_id))
        end = max(closes, now + LEAST_LEFT) - stood
        here = attempt.quiz_id == quiz.id and attempt.state in OPEN and not past(attempt, now)
        if here and (attempt.deadline is None or end < attempt.deadline):
            ends[attempt] = end
    return ends


def quizzes_in(course):
    """The tests in the published version of ``course``, in their order."""
    version = published_version(course)
    return version and db.session.scalars(
        select(Quiz).where(Quiz.version_id == version.id).order_by(Quiz.position)).all() or []


def lost_seconds(ids):
    """How many seconds the attempts with the ``ids`` lost in cuts that were measured and not given
    back yet, as far as the limit allows: id → seconds, without those that lost nothing.
    """
    lost, given = dict.fromkeys(ids, 0), dict.fromkeys(ids, 0)
    for cut in db.session.scalars(select(Cut).where(Cut.attempt_id.in_(ids))):
        lost[cut.attempt_id] += cut.seconds
    for key, seconds in db.session.execute(
            select(Intervention.attempt_id, func.sum(Intervention.seconds))
            .where(Intervention.attempt_id.in_(ids), Intervention.kind == GIVEN_BACK)
            .group_by(Intervention.attempt_id)):
        given[key] = seconds
    most = int(MOST_GIVEN_BACK.total_seconds())
    left = {key: min(lost[key], most) - given[key] for key in ids}
    return {key: seconds for key, seconds in left.items() if seconds > 0}


def events_of(attempt):
    """Every answer of ``attempt`` as an event, in the order of arrival."""
    return db.session.scalars(select(AnswerEvent).filter_by(attempt_id=attempt.id)
                              .order_by(AnswerEvent.id)).all()


def late_answers(attempt):
    """The answers of ``attempt`` that came after the end, that would change what counts, and that
    nobody has decided about: slot → event.
    """
    if attempt.state not in ENDED:
        return {}
    decided = max((one.details["up_to"] for one in interventions_of(attempt)
                   if one.kind in (COUNTED, DECLINED)), default=0)
    return {slot: event for slot, event in countable(events_of(attempt)).items()
            if event.id > decided}


def score_with(attempt, events):
    """The score out of 100 that ``attempt`` would have if the ``events`` counted too."""
    answers = answers_of(attempt) | {event.slot: tidy(event.answer) for event in events}
    versions = versions_of({item["version"] for item in attempt.paper})
    given = shares_by_hand(attempt, versions, answers, hand_marks_in([attempt.id]))
    return marked(attempt.paper, versions, answers, mendings_of(attempt), given)[1]


def interventions_of(attempt):
    """What was done to ``attempt`` by those who watch over the test, the oldest first."""
    return db.session.scalars(select(Intervention).filter_by(attempt_id=attempt.id)
                              .order_by(Intervention.id)).all()


def last_voiding(attempt):
    """The Intervention by which ``attempt`` is voided, with who did it; None where it is not."""
    return db.session.scalars(
        select(Intervention).options(joinedload(Intervention.by))
        .filter_by(attempt_id=attempt.id, kind=VOID)
        .order_by(Intervention.id.desc()).limit(1)).one() if attempt.voided else None


class Happening(NamedTuple):
    """Something on the timeline of an attempt; ``thing`` is the Cut or the Intervention."""

    at: datetime
    kind: str
    thing: object = None


def timeline(attempt):
    """What happened to ``attempt``, the newest first, without a word of what was answered."""
    row = watched_one(attempt)
    happened = [Happening(attempt.started_at, "begun")]
    happened += [Happening(cut.began_at, "cut", cut) for cut in db.session.scalars(
        select(Cut).filter_by(attempt_id=attempt.id))]
    happened += [Happening(one.at, one.kind, one) for one in interventions_of(attempt)]
    for at, kind in ((row.saved_at, "saved"), (attempt.seen_at, "seen"),
                     (attempt.submitted_at, _ended_as(attempt))):
        if at:
            happened.append(Happening(at, kind))
    return sorted(happened, key=lambda one: one.at)[::-1]


def _ended_as(attempt):
    """The state in which ``attempt`` was handed in, whatever became of it since."""
    if attempt.voided:
        return last_voiding(attempt).details["state"]
    return attempt.state if attempt.counts else SUBMITTED
