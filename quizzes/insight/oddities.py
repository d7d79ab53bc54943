"""Attempts worth a quiet look: far too fast, or alike beyond chance.  Never a verdict.  Pure.

* Fast: less than three seconds a question, or less than a fifth of the median of all.
* Alike: two attempts that ran at the same time give the same wrong answers in more questions than
  chance explains.  Had both answered on their own, they would meet in a question with the
  probability that two answers drawn from all given to it are the same wrong one; the number of
  such meetings then follows the sum of these chances (Poisson).  A pair is named from three
  meetings on, where so many would be expected among all pairs less than once in a hundred tests.
"""
from collections import Counter, defaultdict
from itertools import combinations
from math import exp
from statistics import median
from typing import NamedTuple

SECONDS_A_QUESTION, SHARE_OF_MEDIAN = 3, 0.2
FEWEST, RARE = 3, 0.01
#: So many attempts, the newest, are compared with each other.
MOST = 400


class Paper(NamedTuple):
    """An attempt: when it ran (seconds since any moment), what was given to each question, and
    which questions were wrong.
    """

    key: int
    began: float
    ended: float
    given: dict
    wrong: frozenset

    @property
    def seconds(self):
        """How long it took."""
        return self.ended - self.began


class Fast(NamedTuple):
    """An attempt that took hardly any time: its seconds, and the median of all."""

    key: int
    seconds: float
    median: float


class Alike(NamedTuple):
    """Two attempts with the same wrong answers: in how many questions, how many by chance."""

    first: int
    second: int
    same: int
    expected: float


def fast(papers):
    """The papers that took hardly any time, the fastest first; not those written by hand, which
    begin and end at the moment when they are entered.
    """
    timed = [paper for paper in papers if paper.seconds]
    if not timed:
        return []
    middle = median(paper.seconds for paper in timed)
    return sorted((Fast(paper.key, paper.seconds, middle) for paper in timed
                   if paper.seconds < SECONDS_A_QUESTION * len(paper.given)
                   or (len(timed) >= 5 and paper.seconds < SHARE_OF_MEDIAN * middle)),
                  key=lambda one: one.seconds)


def tail(expected, count):
    """The probability that a Poisson number of that expectation reaches ``count``."""
    term, below = exp(-expected), 0.0
    for number in range(count):
        below += term
        term *= expected / (number + 1)
    return max(0.0, 1 - below)


def chances(papers):
    """For each question the chance that two who answer on their own give one wrong answer."""
    given, wrong = defaultdict(Counter), defaultdict(Counter)
    for paper in papers:
        for question, answer in paper.given.items():
            given[question][answer] += 1
            if question in paper.wrong:
                wrong[question][answer] += 1
    return {question: sum(count * count for count in wrong[question].values())
            / sum(counts.values()) ** 2 for question, counts in given.items()}


def alike(papers):
    """The pairs that are alike beyond chance, the most alike first."""
    papers = sorted(papers, key=lambda paper: -paper.ended)[:MOST]
    chance, found = chances(papers), []
    pairs = [(one, other) for one, other in combinations(papers, 2)
             if one.began < other.ended and other.began < one.ended]
    for one, other in pairs:
        same = sum(one.given[question] == other.given[question]
                   for question in one.wrong & other.wrong)
        if same < FEWEST:
            continue
        expected = sum(chance[question] for question in one.given.keys() & other.given.keys())
        if tail(expected, same) * len(pairs) < RARE:
            found.append(Alike(*sorted((one.key, other.key)), same, expected))
    return sorted(found, key=lambda pair: (-pair.same, pair.expected, pair.first, pair.second))
