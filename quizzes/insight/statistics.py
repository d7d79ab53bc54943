"""The statistics of a test, by the formulas Moodle documents for its own (Quiz statistics).

Pure, in floating point; what is printed is rounded by the page.  S attempts are looked at, one of
each person.  ``x`` is what an attempt earned with a question, in its points, ``T`` all it earned,
``X = T − x`` the rest.  Variances and covariances divide by S − 1.  A value that the data do not
give is None.

* facility = mean(x) / points;  standard error = sd(x) / (points · √S)
* discrimination index = cov(x, X) / √(var(x) · var(X)), the correlation with the rest of the
  paper: the item-total correlation corrected as Henrysson (Psychometrika 28, 1963) gives it
* discriminative efficiency = cov(x, X) / the greatest covariance these values could have, which
  is the one of both lists sorted
* skewness = k₃ / k₂^1.5, with k₂ = S·m₂/(S−1), k₃ = S²·m₃/((S−1)(S−2)) and mₙ the n-th moment
  about the mean
* α (Cronbach) = K/(K−1) · (1 − Σ var(x) / var(T)) over K questions;
  standard error of measurement = sd(T) · √(1 − α)
"""
from collections import Counter
from math import sqrt
from statistics import fmean, median
from typing import NamedTuple

from quizzes.questions.verdicts import FEW, SOUND, TELLS_LITTLE, TOO_EASY, TOO_HARD, TURNED

#: Fewer attempts say nothing about a question.
ENOUGH = 5
#: Below and above, in shares of 1, a question asks for a second look.
HARD, EASY, FLAT = 0.25, 0.95, 0.2


class Sitting(NamedTuple):
    """An attempt as the statistics see it: ``earned`` and ``possible`` points by question, the
    ``given`` answers by question, the score out of 100, how many minutes it took.
    """

    key: int
    earned: dict
    possible: dict
    given: dict
    score: float
    passed: bool
    minutes: float | None

    @property
    def total(self):
        """All the points that were earned."""
        return sum(self.earned.values())


class Answer(NamedTuple):
    """What one attempt says about one question: the ``share`` of its points that was earned, the
    ``rest`` of the paper, in any measure that is the same for all, and what was ``given``.
    """

    key: int
    share: float
    rest: float
    given: tuple


class Chosen(NamedTuple):
    """A part of an answer: how many gave it, in the better half and in the other."""

    part: str
    count: int
    better: int
    other: int


class Item(NamedTuple):
    """What the attempts say about a question."""

    question: int
    count: int
    facility: float | None
    error: float | None
    discrimination: float | None
    efficiency: float | None
    better: float | None
    other: float | None
    chosen: list
    #: Whether all earned the same with the whole paper: then nobody is better, and the rest of the
    #: paper says only with what each earned it.
    level: bool = False

    @property
    def verdict(self):
        """What there is to look at first, one of ``verdicts.VERDICTS``."""
        return self.judged(ENOUGH)

    def judged(self, enough):
        """The verdict where fewer than ``enough`` attempts say nothing."""
        if self.count < enough:
            return FEW
        if self._turned:
            return TURNED
        if self.facility < HARD:
            return TOO_HARD
        if self.facility > EASY:
            return TOO_EASY
        flat = not self.level and self.discrimination is not None and self.discrimination < FLAT
        return TELLS_LITTLE if flat else SOUND

    @property
    def _turned(self):
        """Whether both the halves and the correlation say that the better ones got it wrong: where
        many have the same rest, who is in which half depends on the order of the attempts.
        """
        return not self.level and self.better is not None and self.better < self.other and (
            self.discrimination is not None and self.discrimination < 0)


class Whole(NamedTuple):
    """What the attempts say about the test."""

    count: int
    passed: int
    mean: float | None
    median: float | None
    deviation: float | None
    skewness: float | None
    alpha: float | None
    error: float | None
    minutes: float | None
    bands: list


def covariance(first, second):
    """The covariance of two lists of equal length, or None for fewer than two values."""
    if len(first) < 2:
        return None
    mean_first, mean_second = fmean(first), fmean(second)
    return sum((one - mean_first) * (other - mean_second)
               for one, other in zip(first, second, strict=True)) / (len(first) - 1)


def variance(values):
    """The variance of a list, or None for fewer than two values."""
    return covariance(values, values)


def deviation(values):
    """The standard deviation of a list, or None for fewer than two values."""
    found = variance(values)
    return None if found is None else sqrt(found)


def ratio(part, whole):
    """``part / whole``, None where that says nothing; rounding errors do not count."""
    return None if part is None or whole is None or whole < 1e-12 else part / whole


def discrimination(earned, rest):
    """How far who earns more with a question earns more with the rest: −1 to 1, or None."""
    spread = (variance(earned) or 0) * (variance(rest) or 0)
    return ratio(covariance(earned, rest), sqrt(spread))


def efficiency(earned, rest):
    """The covariance with the rest as a share of the greatest possible one, or None."""
    return ratio(covariance(earned, rest), covariance(sorted(earned), sorted(rest)))


def skewness(values):
    """How far the marks lean: negative has its tail among the low ones; None below three."""
    count = len(values)
    if count < 3:
        return None
    mean = fmean(values)
    second = sum((value - mean) ** 2 for value in values) / (count - 1)
    third = sum((value - mean) ** 3 for value in values) * count / ((count - 1) * (count - 2))
    return ratio(third, second ** 1.5)


def alpha(rows):
    """Cronbach's α of ``rows``, a list of points for each attempt, all as long; or None."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    count = len(rows[0])
    single = sum(variance(column) for column in zip(*rows, strict=True))
    whole = ratio(single, variance([sum(row) for row in rows]))
    return None if whole is None else count / (count - 1) * (1 - whole)


def halves(answers):
    """The better and the other half by the rest of the paper; the one in the middle in neither."""
    ranked = sorted(answers, key=lambda one: (one.rest, one.key))
    middle = len(ranked) // 2
    return ranked[len(ranked) - middle:], ranked[:middle]


def item(question, sittings):
    """The Item of ``question`` from those of the ``sittings`` whose paper asked it."""
    asked = [one for one in sittings if one.possible.get(question)]
    level = len({round(one.total, 9) for one in asked}) == 1
    return told(question, [
        Answer(one.key, one.earned[question] / one.possible[question],
               one.total - one.earned[question], one.given.get(question, ()))
        for one in asked], level)


def told(question, answers, level=False):
    """The Item that ``answers`` give of ``question``, whatever its number stands for; ``level`` as
    of Item.
    """
    earned, rest = [one.share for one in answers], [one.rest for one in answers]
    better, other = halves(answers)
    spread = deviation(earned)
    return Item(
        question, len(answers), mean_share(answers),
        None if spread is None else spread / sqrt(len(earned)),
        discrimination(earned, rest), efficiency(earned, rest),
        mean_share(better), mean_share(other), chosen(answers, better, other), level)


def mean_share(answers):
    """The mean share of the points that ``answers`` earned, or None."""
    return fmean(one.share for one in answers) if answers else None


def chosen(answers, better, other):
    """How often each part of an answer was given, the most frequent first."""
    everybody, good, less = (
        Counter(part for one in some for part in set(one.given))
        for some in (answers, better, other))
    return sorted((Chosen(part, count, good[part], less[part])
                   for part, count in everybody.items()),
                  key=lambda one: (-one.count, one.part))


def items(sittings):
    """The Item of every question that one of the ``sittings`` was asked, by question."""
    questions = {question for one in sittings for question in one.possible}
    return [item(question, sittings) for question in sorted(questions)]


def rows_of(sittings):
    """The points of each attempt: by question where all were asked the same, else by place."""
    same = len({frozenset(one.earned) for one in sittings}) == 1
    rows = [[one.earned[key] for key in sorted(one.earned)] if same else list(one.earned.values())
            for one in sittings]
    return rows if len({len(row) for row in rows}) == 1 else []


def whole(sittings):
    """The Whole of the ``sittings``."""
    scores = [one.score for one in sittings]
    times = [one.minutes for one in sittings if one.minutes is not None]
    reliability, spread = alpha(rows_of(sittings)), deviation(scores)
    return Whole(
        len(scores), sum(bool(one.passed) for one in sittings),
        fmean(scores) if scores else None, median(scores) if scores else None, spread,
        skewness(scores), reliability,
        spread * sqrt(max(0.0, 1 - reliability)) if reliability is not None else None,
        median(times) if times else None, bands(scores))


def bands(scores):
    """How many marks lie in each band of ten points; 100 belongs to the last."""
    counts = [0] * 10
    for score in scores:
        counts[min(9, int(score // 10))] += 1
    return counts
