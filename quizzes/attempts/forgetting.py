"""What somebody erased wrote in their own words goes; what they ticked, and every mark, stays."""
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db

from quizzes.attempts.by_hand import by_hand
from quizzes.attempts.marking import in_force, share_of
from quizzes.attempts.models import AnswerEvent, Attempt
from quizzes.attempts.protocol import digest, tidy
from quizzes.attempts.regrading_queries import mendings_for
from quizzes.questions.kinds.essay import files_of
from quizzes.questions.queries import versions_of

#: The kinds of question that are answered in words of one's own, besides those people mark.
IN_WORDS = ("short", "number", "gaps")


def forget_answers(person, **_former):
    """Take out of every answer of ``person`` the words that no mark rests on.

    Of what people marked nothing of the text remains but that there was one; of what was typed
    and earned points, the words that are those of the key.  Every revision is treated so.
    """
    attempts = {attempt.id: attempt for attempt in db.session.scalars(
        select(Attempt).options(joinedload(Attempt.quiz)).where(Attempt.person_id == person.id))}
    asked = {item["version"] for attempt in attempts.values() for item in attempt.paper}
    versions, mendings = versions_of(asked), in_force(mendings_for(asked))
    for event in db.session.scalars(
            select(AnswerEvent).where(AnswerEvent.attempt_id.in_(attempts))).all():
        key = attempts[event.attempt_id].paper[event.slot]["version"]
        kind, version = versions[key]
        if by_hand(kind):
            event.answer = without_text(event.answer, person.full_name)
        elif kind in IN_WORDS:
            event.answer = worth_their_share(
                event.answer, partial(_share, kind, version, mendings.get(key)))
        event.sha256 = digest(event.answer)
    db.session.flush()


def _share(kind, version, mending, answer):
    return share_of(kind, version, tidy(answer), mending)


def without_text(answer, instead):
    """An answer that people mark with ``instead`` for its text; its files are named still."""
    files = files_of(answer)
    return ([instead] if len(files) < len(answer) else []) + files


def worth_their_share(answer, share):
    """The parts of ``answer`` without which ``share(answer)`` would be another."""
    kept = list(answer)
    for part in answer:
        fewer = [one for one in kept if one != part]
        if share(fewer) == share(kept):
            kept = fewer
    return kept
