"""What tests hold about somebody: attempts with their own answers as far as the rules of the test
show them, results from paper, extra time, and that they answered a survey.
"""
from sqlalchemy import select

from lms.kernel.i18n import _l, language, named
from lms.people.holdings import MARK, REASON, Column, Holding, by_person

from quizzes.attempts import queries
from quizzes.attempts.grades import GradeEvent, HandMark
from quizzes.attempts.marking import as_marked
from quizzes.attempts.models import (
    COUNTED,
    DECLINED,
    EXTENDED,
    GIVEN_BACK,
    PAUSE,
    REOPENED,
    RESTORED,
    RESUMED,
    SHORTENED,
    TAKEN_IN,
    VOID,
    AnswerEvent,
    AnswerFile,
    Attempt,
    Cut,
    Intervention,
    PaperMark,
)
from quizzes.attempts.protocol import ACCEPTED, CONFLICT, LATE, OVERTAKEN, REFUSED
from quizzes.attempts.queries import answers_of, pinned
from quizzes.attempts.regrading_queries import mendings_of
from quizzes.attempts.showing import result_slots
from quizzes.papers.models import ExtraTime, PaperSet
from quizzes.surveys.models import SurveyTaken


def of_attempts(model):
    """The condition of a table whose rows belong to an attempt."""
    return lambda ids: model.attempt_id.in_(select(Attempt.id).where(Attempt.person_id.in_(ids)))


def shown_of(attempt):
    """What the rules of the test let whoever sat it see now; None while the attempt runs."""
    return queries.shown_of(attempt.quiz) if attempt.submitted_at else None


def marked_only(name):
    """What a row of an attempt, or the attempt, says under ``name``, where the mark is shown."""
    def told(row):
        shown = shown_of(row if isinstance(row, Attempt) else row.attempt)
        return getattr(row, name) if shown and shown.mark else None
    return told


def own_answers(attempt):
    """Question by question what was answered, where the result shows the questions."""
    shown = shown_of(attempt)
    if not shown or not (shown.right or shown.key or shown.explanation):
        return None
    slots = result_slots(attempt, as_marked(pinned(attempt), mendings_of(attempt)),
                         answers_of(attempt), language())
    return "\n".join(f"{number}. {slot.stem} {'; '.join(map(str, slot.answered)) or '–'}"
                     for number, slot in enumerate(slots, 1) if slot.worth)


def _of_paper(name):
    return lambda mark: (getattr(mark, name) if queries.shown_of(mark.set.quiz).mark else None)


#: What readers call what was done to an attempt, and what became of an answer.
HELP = {EXTENDED: _l("Extra time"), PAUSE: _l("Paused"), RESUMED: _l("Went on after a pause"),
        REOPENED: _l("Opened again"), COUNTED: _l("The late answers count"),
        DECLINED: _l("The late answers stay uncounted"), GIVEN_BACK: _l("Lost time given back"),
        TAKEN_IN: _l("Answers taken in from a file"),
        SHORTENED: _l("Ended earlier with the test"), VOID: _l("Voided"), RESTORED: _l("Restored")}
BECAME = {ACCEPTED: _l("counts"), CONFLICT: _l("another device answered meanwhile"),
          OVERTAKEN: _l("a later answer came first"), LATE: _l("came after the end of the time"),
          REFUSED: _l("came after it was handed in or locked")}
ATTEMPT, AT = _l("Number of the attempt"), Column("at", _l("When"))
OWN = (
    Holding(Attempt, _l("Attempts at tests"), by_person(Attempt), (
        Column("id", ATTEMPT), Column("test", _l("Test"), lambda row: named(row.quiz)),
        Column("started_at", _l("Begun")), Column("submitted_at", _l("Handed in")),
        Column("score", MARK, marked_only("score")),
        Column("passed", _l("Passed"), marked_only("passed")),
        Column("answers", _l("Own answers"), own_answers)), (Attempt.quiz,)),
    Holding(AnswerEvent, _l("When answers arrived"), of_attempts(AnswerEvent), (
        Column("attempt_id", ATTEMPT), Column("slot", _l("Question"), lambda row: row.slot + 1),
        Column("received_at", _l("Arrived")), Column("status", _l("Status"), words=BECAME))),
    Holding(AnswerFile, _l("Files handed in"), of_attempts(AnswerFile), (
        Column("attempt_id", ATTEMPT), Column("file", _l("File"), lambda row: row.file.name),
        Column("received_at", _l("Arrived"))), (AnswerFile.file,), lambda row: row.file),
    Holding(GradeEvent, _l("Marks given and changed"), of_attempts(GradeEvent), (
        Column("attempt_id", ATTEMPT), AT, Column("new", MARK, marked_only("new")),
        Column("why", REASON, marked_only("why"))),
        ((GradeEvent.attempt, Attempt.quiz),)),
    Holding(HandMark, _l("What markers wrote"), of_attempts(HandMark), (
        Column("attempt_id", ATTEMPT), AT,
        Column("comment", _l("Comment"), marked_only("comment"))),
        ((HandMark.attempt, Attempt.quiz),)),
    Holding(Intervention, _l("Help during tests"), of_attempts(Intervention), (
        Column("attempt_id", ATTEMPT), AT, Column("kind", _l("Kind"), words=HELP),
        Column("reason", REASON), Column("seconds", _l("Seconds")))),
    Holding(Cut, _l("Times without a line"), of_attempts(Cut), (
        Column("attempt_id", ATTEMPT), Column("began_at", _l("Begun")),
        Column("ended_at", _l("Ended")))),
    Holding(ExtraTime, _l("Extra time"), by_person(ExtraTime), (
        Column("percent", _l("Per cent")), Column("minutes", _l("Minutes")),
        Column("reason", REASON), Column("given_at", _l("Given")),
        Column("ended_at", _l("Ended")))),
    Holding(PaperMark, _l("Results from paper"), by_person(PaperMark), (
        Column("test", _l("Test"), lambda row: named(row.set.quiz)),
        Column("score", MARK, _of_paper("score")),
        Column("passed", _l("Passed"), _of_paper("passed")),
        Column("recorded_at", _l("Recorded")), Column("withdrawn_at", _l("Withdrawn")),
        Column("reason", REASON)), ((PaperMark.set, PaperSet.quiz),)),
    Holding(SurveyTaken, _l("Surveys answered; nothing keeps what"), by_person(SurveyTaken), (
        Column("about", _l("Survey")),)),
)


def own_holdings():
    """What the rooms of tests hold."""
    return OWN
