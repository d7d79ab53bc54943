"""Files handed in as answers: each is whole and hashed before an answer names it."""
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.locks import lock_row
from lms.kernel.storage import StoredFile

from courses.catalogue.actions import receive_file
from quizzes.attempts.desks import at_desk
from quizzes.attempts.models import AnswerFile
from quizzes.attempts.protocol import Sent
from quizzes.attempts.queries import answers_of
from quizzes.attempts.saving import insist_on_question, keep, name_of_page
from quizzes.questions.kinds.base import settings_of
from quizzes.questions.kinds.essay import MOST_FILES, files_of
from quizzes.questions.kinds.upload import TYPES


def hand_in_file(attempt, slot, upload, declared, by):
    """Keep ``upload`` (a stream and its name) and name it in the answer of ``slot``.

    ``declared``: its giver says that it holds no state secret.  Other files of the answer, and
    its text, stay; until the file is whole nothing of the answer changes.
    """
    # The answer names its other files too: of two that come at once neither forgets the other.
    lock_row(attempt)
    sent = Sent(name_of_page(slot), None)

    def look():
        return at_desk(attempt.id, slot, by.id, sent)
    desk = look()
    insist_on_question(desk)
    settings = settings_of(desk.version)
    given = answers_of(attempt).get(slot, [])
    if not settings.get("file"):
        raise Refusal(_("This question takes no file. Answer it in the fields it has."))
    if attempt.closed(clock.now()):
        raise Refusal(_("The time is over, so the file was not taken. Tell your trainer."))
    if len(files_of(given)) >= MOST_FILES:
        raise Refusal(_("At most %(most)s files are taken. Take one away first.", most=MOST_FILES))
    file = receive_file(*upload, tuple(settings.get("types") or TYPES), declared)
    handed = AnswerFile(attempt=attempt, slot=slot, file=file, received_at=clock.now())
    db.session.add(handed)
    db.session.flush()
    keep(desk, [*given, f"file:{handed.id}"], sent, look)
    audit.record(by, "file handed in", attempt, slot=slot, sha256=file.sha256)
    return handed


class Handed(NamedTuple):
    """A file as the list of an answer shows it: whole, since nothing else is kept."""

    name: str
    size: int
    sha256: str
    at: datetime


def handed_in(answers, attempt):
    """The files that the ``answers`` (by slot) of ``attempt`` name: file:<id> → Handed; one
    statement, and none where no answer names a file.
    """
    if not any(files_of(answer) for answer in answers.values()):
        return {}
    rows = db.session.execute(
        select(AnswerFile.id, StoredFile.name, StoredFile.size, StoredFile.sha256,
               AnswerFile.received_at).join(AnswerFile.file)
        .where(AnswerFile.attempt_id == attempt.id))
    return {f"file:{key}": Handed(*file) for key, *file in rows}
