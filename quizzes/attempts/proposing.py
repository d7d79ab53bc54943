"""Whoever watches over a test proposes that an attempt is voided (matrix, row 44)."""
from flask import url_for

from lms.kernel.i18n import _, _l, named
from lms.proposals.kinds import Kind

from quizzes.attempts.models import Attempt
from quizzes.attempts.policies import may_intervene, may_void


def _named(attempt):
    return _("%(name)s, attempt %(n)s at “%(test)s”", name=attempt.person.full_name,
             n=attempt.number, test=named(attempt.quiz))


VOIDING = Kind(
    "voiding", _l("Void an attempt at a test"),
    _l("Say what happened, and how that can be seen."), Attempt, may_intervene, may_void,
    lambda attempt: attempt.person, _named,
    lambda attempt: url_for("quizzes.watch_one", key=attempt.id),
    lambda attempt: url_for("quizzes.voiding", key=attempt.id),
    lambda attempt: not attempt.counts, {"attempt voided": lambda attempt: attempt.id})
