"""What was gained between two tests: mean, normalised, from fail to pass.  Pure."""
from statistics import fmean
from typing import NamedTuple


class Pair(NamedTuple):
    """The marks of one person, out of 100, before and after, and whether each passed."""

    person: object
    before: float
    after: float
    passed_before: bool
    passed_after: bool

    @property
    def gain(self):
        """By how many points the mark rose."""
        return self.after - self.before

    @property
    def normalised(self):
        """The share of what could be gained that was gained (Hake's g); None from 100 on."""
        return None if self.before >= 100 else self.gain / (100 - self.before)


class Gain(NamedTuple):
    """What some people gained together."""

    count: int
    before: float | None
    after: float | None
    gain: float | None
    normalised: float | None
    fail_to_pass: int
    pass_to_fail: int


def gained(pairs):
    """The Gain of the ``pairs``: mean marks, their difference, the mean of the normalised gains
    where there is one, and how many went from fail to pass and back.
    """
    normalised = [pair.normalised for pair in pairs if pair.normalised is not None]
    before = fmean(pair.before for pair in pairs) if pairs else None
    after = fmean(pair.after for pair in pairs) if pairs else None
    return Gain(
        len(pairs), before, after, after - before if pairs else None,
        fmean(normalised) if normalised else None,
        sum(pair.passed_after and not pair.passed_before for pair in pairs),
        sum(pair.passed_before and not pair.passed_after for pair in pairs))
