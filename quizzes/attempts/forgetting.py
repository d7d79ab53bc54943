"""What was written at tests in words of one's own goes, when somebody is erased or when its time
is over; what was ticked, and every mark, stays.
"""
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.storage import forget_all_of

from quizzes.attempts.by_hand import by_hand
from quizzes.attempts.marking import in_force, share_of
from quizzes.attempts.models import AnswerEvent, AnswerFile, Attempt
from quizzes.attempts.protocol import digest, tidy
from quizzes.attempts.regrading_queries import mendings_for
from quizzes.questions.kinds.essay import files_of
from quizzes.questions.queries import versions_of

#: The kinds of question that are answered in words of one's own, besides those people mark.
IN_WORDS = ("short", "number", "gaps")
#: What stands for a text that is gone; and so many attempts are treated at once.
GONE, AT_ONCE = "…", 200


def forget_answers(person, **_former):
    """Somebody was erased: their own words and the files they handed in go."""
    _let_go_of_words(Attempt.person_id == person.id, instead=person.full_name)


def let_go_of_answers(before):
    """The own words and the files of attempts handed in before that moment go; each says so."""
    old = db.session.scalars(
        select(Attempt.id).where(Attempt.submitted_at < before, Attempt.words_gone_at.is_(None))
        .order_by(Attempt.id).limit(AT_ONCE)).all()
    if old:
        _let_go_of_words(Attempt.id.in_(old), instead=GONE)
        db.session.execute(update(Attempt).where(Attempt.id.in_(old))
                           .values(words_gone_at=clock.now()))


def _let_go_of_words(whose, instead):
    """Take out of every answer of the attempts ``whose`` the words that no mark rests on.

    Of what people marked nothing of the text remains but that there was one, as ``instead``; of
    what was typed and earned points, the words that are those of the key.  Every revision is
    treated so.  Their files go, with the names.
    """
    attempts = {attempt.id: attempt for attempt in db.session.scalars(
        select(Attempt).options(joinedload(Attempt.quiz)).where(whose))}
    asked = {item["version"] for attempt in attempts.values() for item in attempt.paper}
    versions, mendings = versions_of(asked), in_force(mendings_for(asked))
    for event in db.session.scalars(
            select(AnswerEvent).where(AnswerEvent.attempt_id.in_(attempts))).all():
        key = attempts[event.attempt_id].paper[event.slot]["version"]
        kind, version = versions[key]
        if by_hand(kind):
            event.answer = without_text(event.answer, instead)
        elif kind in IN_WORDS:
            event.answer = worth_their_share(
                event.answer, partial(_share, kind, version, mendings.get(key)))
        event.sha256 = digest(event.answer)
    for handed in db.session.scalars(
            select(AnswerFile).where(AnswerFile.attempt_id.in_(attempts))):
        forget_all_of(handed.file, "tep-nop")
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
