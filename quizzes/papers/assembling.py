"""Assembling a paper: which questions, which versions, in which order."""
from secrets import SystemRandom

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

from quizzes.papers.queries import askable
from quizzes.questions.kinds import KINDS
from quizzes.questions.queries import newest_versions

chance = SystemRandom()


def new_paper(quiz):
    """The paper of a new attempt: a slot for each question, with its version and points."""
    items = askable(quiz)
    if not items:
        raise Refusal(_("This test has no questions yet. Tell your trainer."))
    if quiz.draw and quiz.draw < len(items):
        items = chance.sample(items, quiz.draw)
    elif quiz.shuffle:
        items = chance.sample(items, len(items))
    versions = newest_versions([item.question_id for item in items])
    return [{"version": versions[item.question_id].id,
             "points": item.points if KINDS[item.question.kind].worth else 0,
             "options": _option_order(quiz, item.question, versions[item.question_id])}
            for item in items]


def _option_order(quiz, question, version):
    keys = [option["key"] for option in version.options]
    if quiz.shuffle and KINDS[question.kind].shuffles:
        chance.shuffle(keys)
    return keys
