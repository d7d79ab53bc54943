"""What must be true of every attempt, whatever happened: checked row by row.

The names Q1 … Q16 are those of the promises in docs/operations.md.
"""
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db

from courses.completions.models import Completion, StepDone, Study
from quizzes.attempts.grades import ToMark
from quizzes.attempts.marking import judged
from quizzes.attempts.models import (
    COUNTED,
    REOPENED,
    RESTORED,
    VOID,
    AnswerEvent,
    Attempt,
    Intervention,
)
from quizzes.attempts.protocol import (
    ACCEPTED,
    CONFLICT,
    GRACE,
    LATE,
    OPEN,
    OVERTAKEN,
    PAUSED,
    STATES,
    STATUSES,
    digest,
    tidy,
)
from quizzes.attempts.regrading_queries import (
    hand_marks_in,
    marks_by_events,
    mendings_for,
    shares_in,
    standings_by_hand,
)
from quizzes.papers.queries import source_of
from quizzes.questions.queries import versions_of

#: So many attempts are read at a time.
BATCH = 200


class Fault(NamedTuple):
    """A promise that does not hold."""

    promise: str
    attempt: int
    what: str


class Case(NamedTuple):
    """An attempt with all that belongs to it."""

    attempt: Attempt
    events: list
    interventions: list
    started: list
    handed_in: int
    step_done: bool
    #: What the changes of its mark add up to; None: it was never marked.
    given: object
    #: How many markers each answer in their queue needs, by its slot.
    to_mark: dict


def faults(ids=None):
    """Every Fault of the attempts with the ``ids`` (None: all), by attempt; and how many
    attempts and answers were looked at: (faults, attempts, events).
    """
    found, attempts, events = [], 0, 0
    keys = db.session.scalars(select(Attempt.id).order_by(Attempt.id)).all()
    keys = keys if ids is None else [key for key in keys if key in set(ids)]
    for place in range(0, len(keys), BATCH):
        cases, rules = _read(keys[place:place + BATCH])
        for case in cases:
            attempts, events = attempts + 1, events + len(case.events)
            found += _faults_of(case, rules)
    return [*found, *_doubles()], attempts, events


def _read(keys):
    attempts = db.session.scalars(
        select(Attempt).options(joinedload(Attempt.quiz)).where(Attempt.id.in_(keys))
        .order_by(Attempt.id).execution_options(populate_existing=True)).all()
    events, interventions = _by_attempt(AnswerEvent, keys), _by_attempt(Intervention, keys)
    started, handed_in = defaultdict(list), defaultdict(int)
    for subject, verb, details in db.session.execute(
            select(AuditEntry.subject, AuditEntry.verb, AuditEntry.details).where(
                AuditEntry.subject.in_([f"attempt:{key}" for key in keys]))):
        key = int(subject.partition(":")[2])
        if verb == "attempt started" and "paper" in details:
            started[key].append(details["paper"])
        handed_in[key] += verb == "attempt submitted"
    done, given, to_mark = _steps_done(attempts), marks_by_events(keys), defaultdict(dict)
    for key, slot, needed in db.session.execute(
            select(ToMark.attempt_id, ToMark.slot, ToMark.needed)
            .where(ToMark.attempt_id.in_(keys))):
        to_mark[key][slot] = needed
    cases = [Case(attempt, events[attempt.id], interventions[attempt.id], started[attempt.id],
                  handed_in[attempt.id], attempt.id in done, given.get(attempt.id),
                  to_mark[attempt.id]) for attempt in attempts]
    asked = {item["version"] for attempt in attempts for item in attempt.paper}
    return cases, (versions_of(asked), mendings_for(asked), hand_marks_in(keys))


def _by_attempt(model, keys):
    found = defaultdict(list)
    for row in db.session.scalars(
            select(model).where(model.attempt_id.in_(keys)).order_by(model.id)
            .execution_options(populate_existing=True)):
        found[row.attempt_id].append(row)
    return found


def _steps_done(attempts):
    people = {attempt.person_id for attempt in attempts}
    steps = set(db.session.execute(
        select(Study.person_id, StepDone.lineage).join(Study, Study.id == StepDone.study_id)
        .where(Study.person_id.in_(people))).all())
    completed = set(db.session.execute(
        select(Completion.person_id, Completion.course_id)
        .where(Completion.person_id.in_(people))).all())
    return {attempt.id for attempt in attempts
            if (attempt.person_id, attempt.quiz.lineage) in steps
            or (attempt.person_id, attempt.quiz.version.course_id) in completed}


def _faults_of(case, rules):
    for promise, check in (("Q1", _bytes), ("Q3", _revisions), ("Q4", _replayed),
                           ("Q6", _ended_once), ("Q6", _voided), ("Q7", _in_time),
                           ("Q10", _paper), ("Q12", _history)):
        for what in check(case):
            yield Fault(promise, case.attempt.id, what)
    for what in _marks(case, *rules):
        yield Fault("Q9", case.attempt.id, what)


def _bytes(case):
    """An answer is, byte for byte, the one that was acknowledged."""
    for event in case.events:
        if event.sha256 != digest(event.answer):
            yield f"the answer {event.id} is not the one that arrived"
        if event.status not in STATUSES:
            yield f"the answer {event.id} has the status {event.status}"


def _revisions(case):
    """The revisions of a slot are 1 … n, and a device counts no answer twice."""
    slots = defaultdict(list)
    for event in case.events:
        slots[event.slot].append(event.rev)
    for slot, numbers in slots.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"the revisions of slot {slot} are {sorted(numbers)}"
    if len({(event.client, event.seq) for event in case.events}) < len(case.events):
        yield "a device counted two answers by one number"


def replay(events, decided=()):
    """What the order of arrival makes of ``events``: their statuses, as far as devices decide.

    ``decided`` are the decisions by which late ones count; those that came before a decision
    were judged without them.
    """
    newest, counts, statuses = {}, {}, []
    by_key = {event.id: event for event in events}
    waiting = [(one.details["up_to"], by_key[key]) for one in decided
               for key in one.details["events"]]
    for event in events:
        for late in [late for up_to, late in waiting if up_to < event.id]:
            newest[late.slot, late.client] = max(newest.get((late.slot, late.client), 0), late.rev)
            counts[late.slot, late.client] = max(counts.get((late.slot, late.client), 0), late.seq)
        of_others = max((rev for (slot, client), rev in newest.items()
                         if slot == event.slot and client != event.client), default=0)
        status = event.status
        if status in (ACCEPTED, CONFLICT, OVERTAKEN) and event.intervention_id is None:
            status = (OVERTAKEN if event.seq < counts.get((event.slot, event.client), 0)
                      else CONFLICT if event.base_rev is not None and event.base_rev < of_others
                      else ACCEPTED)
        if status == ACCEPTED and event.intervention_id is None:
            newest[event.slot, event.client] = event.rev
            counts[event.slot, event.client] = event.seq
        statuses.append(status)
    return statuses


def _replayed(case):
    """No device overwrites another's answer that it did not know, nor its own newer one."""
    decided = [one for one in case.interventions if one.kind == COUNTED]
    for event, status in zip(case.events, replay(case.events, decided), strict=True):
        if event.status != status:
            yield f"the answer {event.id} is {event.status} and should be {status}"


def _ended_once(case):
    """An attempt runs, or it was handed in once and has its marks."""
    attempt = case.attempt
    ended = attempt.submitted_at is not None
    marks = (attempt.shares, attempt.score, attempt.passed)
    if attempt.state not in STATES or (attempt.state in OPEN) == ended:
        yield f"the state {attempt.state} does not fit the moment of handing in"
    if (attempt.state == PAUSED) != (attempt.paused_at is not None):
        yield "it is paused without a moment, or has one without being paused"
    if any((mark is not None) != ended for mark in marks):
        yield "it has marks without being handed in, or was handed in without"
    reopened = sum(one.kind == REOPENED for one in case.interventions)
    if case.handed_in != ended + reopened:
        yield f"it was handed in {case.handed_in} times"
    if attempt.passed and attempt.counts and not case.step_done and (
            attempt.person.erased_at is None):
        yield "it passed, and the step of the course was not done"


def _voided(case):
    """It is voided exactly where that was the last word, and is free only so."""
    last = next((one for one in reversed(case.interventions) if one.kind in (VOID, RESTORED)), None)
    void = last is not None and last.kind == VOID
    if (case.attempt.voided, case.attempt.free) != (void, void and last.details["free"]):
        yield "what was decided about voiding it does not fit its state"


def _in_time(case):
    """An answer counts if it arrived by the deadline and its grace, or by a decision."""
    attempt = case.attempt
    if attempt.deadline is None or attempt.state == PAUSED:
        return
    last = attempt.deadline + GRACE
    for event in case.events:
        if event.status == ACCEPTED and event.intervention_id is None and event.received_at > last:
            yield f"the answer {event.id} counts and came too late"
        if event.status == LATE and not case.interventions and event.received_at <= last:
            yield f"the answer {event.id} came in time and does not count"


def _paper(case):
    """The paper is the one that was pinned at the start."""
    if case.started and case.started != [digest(case.attempt.paper)]:
        yield "the paper was changed"


def _marks(case, versions, mendings, hand_marks):
    """The marks are what the marking makes of the answers that count and of the mended keys."""
    attempt = case.attempt
    if attempt.score is None or not attempt.counts:
        # Keys are not mended for what counts no more.
        return
    answers = {event.slot: tidy(event.answer)
               for event in sorted(case.events, key=lambda event: event.rev)
               if event.status == ACCEPTED}
    by_hand = standings_by_hand(attempt, versions, answers, hand_marks)
    if attempt.submitted_at is None or (attempt.shares, attempt.score, attempt.passed) != judged(
            attempt, versions, answers, mendings, shares_in(by_hand), source_of(attempt.quiz)):
        yield "marking it again gives other marks"
    if {slot: one.needed for slot, one in by_hand.items() if one.needed} != case.to_mark:
        yield "the answers that people are to mark are not those in their queue"


def _history(case):
    """The changes of a mark, each kept with its reason, add up to the mark."""
    if case.attempt.score is not None and case.given != case.attempt.score:
        yield f"the changes of its mark add up to {case.given}"


def _doubles():
    """Nobody has two attempts at one quiz that run."""
    rows = db.session.execute(
        select(Attempt.quiz_id, Attempt.person_id, Attempt.id)
        .where(Attempt.submitted_at.is_(None)).order_by(Attempt.id)).all()
    seen = set()
    for quiz, person, key in rows:
        if (quiz, person) in seen:
            yield Fault("Q5", key, "its owner has another one that runs")
        seen.add((quiz, person))
