"""Questions of a file, taken into a bank: all of them or none."""
from lms.kernel.errors import Refusal
from lms.kernel.i18n import ngettext

from quizzes.questions.actions import write_questions
from quizzes.questions.interchange.bank import place_of, wording_of
from quizzes.questions.interchange.pictures import kept_files


def import_questions(course, reading, by, so_far=lambda done, total: None):
    """Write every question of ``reading`` into the bank of ``course``; gives their ids.
    ``so_far`` hears how far it has come.

    Refuses where the reading has a fault, so that nothing is taken by halves.
    """
    if reading.faults:
        raise Refusal(ngettext(
            "The file has %(num)s fault. Mend it first; nothing was taken.",
            "The file has %(num)s faults. Mend them first; nothing was taken.",
            len(reading.faults)))
    drafts = [kept_files(course, draft, by) for draft in reading.drafts]
    return write_questions(course, [
        (draft.kind, wording_of(draft), place_of(draft)) for draft in drafts], by, so_far)
