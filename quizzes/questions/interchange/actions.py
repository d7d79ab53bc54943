"""Questions of a file, taken into a bank: all of them or none."""
from typing import NamedTuple

from lms.kernel.errors import Refusal
from lms.kernel.i18n import ngettext

from quizzes.questions.actions import Ready, enter_questions, ready_questions
from quizzes.questions.interchange.bank import place_of, wording_of
from quizzes.questions.interchange.pictures import kept_files, put_files


def import_questions(course, reading, by):
    """Write every question of ``reading`` into the bank of ``course``; gives their ids."""
    return enter_prepared(course, prepared(reading), by)


class Prepared(NamedTuple):
    """The questions of a file on their way into a bank: those without files are ready; of each
    question in its order None where it is one of them, else its draft and its files.
    """

    ready: Ready
    others: list


def prepared(reading, so_far=lambda done, total: None):
    """Do all for the questions of ``reading`` that can be done before anybody is kept from
    writing, pictures made small among it; gives the Prepared.  ``so_far`` hears how far it is.

    Refuses where the reading has a fault, so that nothing is taken by halves.
    """
    if reading.faults:
        raise Refusal(ngettext(
            "The file has %(num)s fault. Mend it first; nothing was taken.",
            "The file has %(num)s faults. Mend them first; nothing was taken.",
            len(reading.faults)))
    ready = ready_questions([_told(draft) for draft in reading.drafts if not draft.files], so_far)
    return Prepared(ready, [(draft, put_files(draft)) if draft.files else None
                            for draft in reading.drafts])


def enter_prepared(course, made, by):
    """Enter the questions that are Prepared into the bank of ``course``; gives their ids."""
    with_files = [kept_files(course, *other, by) for other in made.others if other]
    plain, others = iter(made.ready.rows), iter(ready_questions(
        [_told(draft) for draft in with_files]).rows)
    rows = [next(others if other else plain) for other in made.others]
    return enter_questions(course, made.ready._replace(rows=rows), by)


def _told(draft):
    return draft.kind, wording_of(draft), place_of(draft)
