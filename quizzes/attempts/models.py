"""People's attempts, their answers, and what those who watch over a test did to them."""
from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, Index, Numeric, UniqueConstraint, and_, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.db import Base
from lms.kernel.storage import StoredFile
from lms.people.models import Person

from quizzes.attempts.protocol import GRACE, LATE, NOWHERE, RUNNING, VOIDED, WITHDRAWN, past
from quizzes.papers.models import PaperSet, Quiz

__all__ = ["GRACE", "AnswerEvent", "Attempt", "Cut", "Intervention", "PaperMark"]

#: What those who watch over a test may do to an attempt.
(EXTENDED, PAUSE, RESUMED, REOPENED, COUNTED, DECLINED, GIVEN_BACK, TAKEN_IN,
 SHORTENED, VOID, RESTORED) = INTERVENTIONS = (
    "extended", "paused", "resumed", "reopened", "counted", "declined", "given_back", "taken_in",
    "shortened", "voided", "restored")


class Attempt(Base):
    """One try at a quiz; the paper is pinned when it starts."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    #: One of protocol.STATES; each step from one to another is one conditional UPDATE.
    state: Mapped[str] = mapped_column(default=RUNNING)
    started_at: Mapped[datetime]
    #: By the server's clock; extra time and pauses move it.
    deadline: Mapped[datetime | None]
    #: Since when the clock of this attempt stands still, while it is paused.
    paused_at: Mapped[datetime | None]
    #: When the page of the attempt last reported, besides the answers it sent.
    seen_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    #: [{"version": 12, "options": ["C", "A", "B"], "points": 1}], in the order shown.
    paper: Mapped[list] = mapped_column(JSON)
    #: The slots whose answer no longer changes while the attempt runs: left behind in a test
    #: that only goes forward, or checked in practice.
    locked: Mapped[list] = mapped_column(JSON, default=list)
    #: The share of each slot that was right, out of 100, once submitted.
    shares: Mapped[list | None] = mapped_column(JSON)
    #: Out of 100, once submitted.
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    passed: Mapped[bool | None]
    #: When the answers in words of one's own and the files went, because their time was over.
    words_gone_at: Mapped[datetime | None]
    #: Whether it was voided so that it uses up none of the attempts that are allowed.
    free: Mapped[bool] = mapped_column(default=False, server_default=false())

    quiz: Mapped[Quiz] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("quiz_id", "person_id", "number"),
        # Whatever is pressed at once: one attempt of a person runs.
        Index("ix_attempt_open", "quiz_id", "person_id", unique=True,
              sqlite_where=text("submitted_at IS NULL"),
              postgresql_where=text("submitted_at IS NULL")),
    )

    @classmethod
    def standing(cls):
        """The SQL condition that it was handed in and counts."""
        return and_(cls.submitted_at.is_not(None), cls.state.not_in(NOWHERE))

    @property
    def withdrawn(self):
        """Whether it counts no more, because its paper was entered wrongly."""
        return self.state == WITHDRAWN

    @property
    def voided(self):
        """Whether it counts no more, because an officer voided it."""
        return self.state == VOIDED

    @property
    def counts(self):
        """Whether it counts, or may once it is handed in."""
        return self.state not in NOWHERE

    @property
    def used_up(self):
        """Whether it is one of the attempts that are allowed."""
        return not (self.withdrawn or self.free)

    @property
    def next_open(self):
        """The first slot that is not locked, or None."""
        return next((slot for slot in range(len(self.paper)) if slot not in self.locked), None)

    def closed(self, now):
        """Whether no answer counts any more: submitted, or past the deadline and its grace."""
        return self.submitted_at is not None or past(self, now)


class AnswerEvent(Base):
    """An answer as it arrived; nothing is updated, until the words of somebody erased go, or those
    whose time is over.

    Of the events of a slot that are accepted the one with the highest revision counts.
    """

    __tablename__ = "answer_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    #: 1, 2, 3 … in each slot, whatever the status.
    rev: Mapped[int]
    #: The device that sent it and its own count: a repeated sending is recognised.
    client: Mapped[str]
    seq: Mapped[int]
    #: The revision the device showed when the answer was given, where it said so.
    base_rev: Mapped[int | None]
    #: How long the answer waited on the device, by the device's clock: evidence, never proof.
    age_ms: Mapped[int | None]
    #: As it was sent; ``protocol.tidy`` gives what is read and marked.
    answer: Mapped[list] = mapped_column(JSON)
    sha256: Mapped[str]
    received_at: Mapped[datetime]
    #: One of protocol.STATUSES.
    status: Mapped[str]
    #: By what decision an answer counts that came too late.
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("intervention.id"))

    __table_args__ = (
        UniqueConstraint("attempt_id", "slot", "rev"),
        UniqueConstraint("attempt_id", "client", "seq"),
    )

    @property
    def late(self):
        """Whether it came after the deadline and its grace."""
        return self.status == LATE


class Intervention(Base):
    """What somebody who watches over a test did to an attempt, and why."""

    __tablename__ = "intervention"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    #: One of INTERVENTIONS.
    kind: Mapped[str]
    reason: Mapped[str]
    #: By how much it moved the deadline.
    seconds: Mapped[int] = mapped_column(default=0)
    #: What it replaced: the former submission; the events that now count, the newest event there
    #: was (``up_to``), the former score; the ``state`` before it was voided, and whether it is
    #: ``free``.
    details: Mapped[dict] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person] = relationship()


class Cut(Base):
    """A time in which the page of a running attempt did not report, as the server measured it."""

    __tablename__ = "cut"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]

    @property
    def seconds(self):
        """How long it lasted."""
        return int((self.ended_at - self.began_at).total_seconds())


class AnswerFile(Base):
    """A file handed in as an answer; the answer names it ``file:<id>``."""

    __tablename__ = "answer_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    slot: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    received_at: Mapped[datetime]

    attempt: Mapped[Attempt] = relationship()
    file: Mapped[StoredFile] = relationship()


class PaperMark(Base):
    """The result of somebody who answered on a printed paper, as it was entered.

    What was entered wrongly is withdrawn, and another row takes its place: none is changed.
    """

    __tablename__ = "paper_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("paper_set.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: Which version of the paper; empty where only a mark was entered.
    letter: Mapped[str] = mapped_column(default="")
    #: The attempt that holds the answers; none where only a mark was entered.
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempt.id"))
    score: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    passed: Mapped[bool]
    #: From when on it counts; a correction keeps the moment of what it corrects.
    handed_in_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: Since when it counts no more, by whom, and why.
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")
    #: The result in whose place this one was entered.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("paper_mark.id"))

    set: Mapped[PaperSet] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    attempt: Mapped[Attempt | None] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=by_id)
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=withdrawn_by_id)

    __table_args__ = (
        # Of one set one result of a person stands.
        Index("ix_paper_mark_standing", "set_id", "person_id", unique=True,
              sqlite_where=text("withdrawn_at IS NULL"),
              postgresql_where=text("withdrawn_at IS NULL")),
    )

    @property
    def score_now(self):
        """Its score out of 100 today: a key corrected since has changed it."""
        return self.attempt.score if self.attempt else self.score

    @property
    def passed_now(self):
        """Whether it passes today."""
        return self.attempt.passed if self.attempt else self.passed
