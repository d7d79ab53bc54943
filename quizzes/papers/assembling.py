"""Assembling a paper: which questions, which versions, in which order."""
from secrets import SystemRandom

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

from quizzes.papers.queries import askable
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
    return [{"version": versions[item.question_id].id, "points": item.points,
             "options": _option_order(quiz, item.question, versions[item.question_id])}
            for item in items]


def _option_order(quiz, question, version):
    keys = [option["key"] for option in version.options]
    # True stays before false, as every reader expects it.
    if quiz.shuffle and question.kind != "truefalse":
        chance.shuffle(keys)
    return keys
