"""Why somebody cannot begin a test now, in words.  No database."""
from lms.kernel.i18n import _, moment

from quizzes.papers.rule import opens_again


def why_not_now(quiz, before, now):
    """What keeps somebody with the attempts ``before`` from beginning ``now``; else nothing."""
    if quiz.opens_at is not None and now < quiz.opens_at:
        return _("The test opens at %(moment)s. Come back then.", moment=moment(quiz.opens_at))
    if quiz.closes_at is not None and now >= quiz.closes_at:
        return _("The test closed at %(moment)s. Ask your trainer whether it opens again.",
                 moment=moment(quiz.closes_at))
    if len(before) >= quiz.attempts_allowed:
        return _("You have used all %(count)s attempts. Ask your trainer for another one.",
                 count=quiz.attempts_allowed)
    again = opens_again(quiz, [one.submitted_at for one in before if one.submitted_at])
    if again is not None and now < again:
        return _("You can begin the next attempt at %(moment)s. Until then, look again at the "
                 "course.", moment=moment(again))
    return ""
