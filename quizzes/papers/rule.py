"""The rules of a quiz: when it is open, how long an attempt has, what is shown after it.

Pure: ``quiz`` is anything with the rules of ``models.Quiz``.
"""
from datetime import timedelta
from typing import NamedTuple

#: When a trainee sees a part of the result.
AT_ONCE, AFTER_CLOSE, NEVER = MOMENTS = ("at_once", "after_close", "never")


class Shows(NamedTuple):
    """Which parts of a result are shown."""

    mark: bool
    right: bool
    key: bool
    explanation: bool


EVERYTHING = Shows(True, True, True, True)


def moments(quiz):
    """When the trainee sees the mark, right or wrong, the right answers and the explanations."""
    return quiz.show_mark, quiz.show_right, quiz.show_key, quiz.show_explanation


def opens_now(quiz, now):
    """Whether a part of the result of ``quiz`` opens after the closing, and it has closed."""
    return AFTER_CLOSE in moments(quiz) and quiz.closes_at is not None and now >= quiz.closes_at


def shows(quiz, now, held=False):
    """What the trainee may see, ``now``, of an attempt that was handed in.

    ``held``: somebody may still answer its paper, so what opens after the closing waits.
    """
    over = opens_now(quiz, now) and not held
    return Shows(*(moment == AT_ONCE or (moment == AFTER_CLOSE and over)
                   for moment in moments(quiz)))


def extra_of(quiz, extra):
    """How much longer than others somebody has with ``extra`` (an ExtraTime or None)."""
    if extra is None:
        return timedelta()
    return timedelta(minutes=(quiz.time_limit or 0) * extra.percent / 100 + extra.minutes)


def deadline(quiz, now, extra=None):
    """When an attempt begun ``now`` ends: at its time limit or when the quiz closes, whichever
    comes first; both come later by the extra time.  None: never.
    """
    more = extra_of(quiz, extra)
    limit = now + timedelta(minutes=quiz.time_limit) if quiz.time_limit else None
    ends = [moment + more for moment in (limit, quiz.closes_at) if moment is not None]
    return min(ends, default=None)


def opens_again(quiz, handed_in):
    """When the next attempt may begin after those ``handed_in`` (moments); None: at once."""
    if not quiz.wait_minutes or not handed_in:
        return None
    return max(handed_in) + timedelta(minutes=quiz.wait_minutes)
