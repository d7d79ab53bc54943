"""What several markers make of an answer.  Pure.

One marker decides alone.  Where two are asked, their mean counts if they are no more than
``differ`` points of the rubric apart; else a third, who sees neither, decides.
"""
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from quizzes.questions.kinds import KINDS
from quizzes.questions.kinds.base import settings_of

#: Where the rubric has no line, an answer is marked out of this.
WHOLE = {"vi": "Điểm", "en": "Points", "points": "10"}


class Standing(NamedTuple):
    """How an answer stands: the share from 0 to 1 that counts (None: it waits), and how many
    markers are still to mark it.
    """

    share: Decimal | None
    needed: int


def by_hand(kind):
    """Whether people mark questions of the ``kind``."""
    return KINDS[kind].by_hand


def rubric_of(version):
    """The lines of the rubric: {"vi", "en", "points"}; at least one."""
    return settings_of(version).get("rubric") or [WHOLE]


def total_of(version):
    """The points of the whole rubric."""
    return sum(Decimal(str(line["points"])) for line in rubric_of(version))


def standing(version, answer, sums):
    """The Standing of ``answer`` to ``version``; ``sums`` are the points of each marker so far.

    An answer that is empty earns nothing, and nobody needs to mark it.
    """
    if not answer:
        return Standing(Decimal(0), 0)
    settings, total = settings_of(version), total_of(version)
    wanted = 2 if settings.get("markers") == 2 else 1
    if len(sums) < wanted:
        return Standing(None, wanted - len(sums))
    if wanted == 1:
        return Standing(sums[0] / total, 0)
    if abs(sums[0] - sums[1]) <= Decimal(str(settings.get("differ") or 0)):
        return Standing((sums[0] + sums[1]) / 2 / total, 0)
    return Standing(sums[2] / total, 0) if len(sums) > 2 else Standing(None, 1)


def read_points(version, texts):
    """The points for each line of the rubric as they were typed, a comma or a point in them.

    Raises ValueError with the numbers of all lines that are no number from 0 to their points.
    """
    points = [_points(line, text)
              for line, text in zip(rubric_of(version), texts, strict=True)]
    faulty = [number for number, given in enumerate(points, 1) if given is None]
    if faulty:
        raise ValueError(*faulty)
    return points


def _points(line, text):
    try:
        given = Decimal(text.strip().replace(",", "."))
        return given if 0 <= given <= Decimal(str(line["points"])) else None
    except InvalidOperation:
        return None
