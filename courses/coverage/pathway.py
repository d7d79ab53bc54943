"""The path to a goal: pace, the day it leads to, classes to hold.  Arithmetic on plain values.

docs/coverage.md says what each number means.
"""
from dataclasses import dataclass
from datetime import date, timedelta

#: The months over which a pace is measured; the middle one is the present pace.
SPANS = (3, 6, 12)
PRESENT = 6
#: Beyond this many days nobody can honestly name a day.
FURTHEST = 36_525
CLASS_SIZE = 30


@dataclass(frozen=True)
class Pace:
    """How many more people met the goal at ``until`` than at ``since``, and where that leads."""

    months: int
    since: date
    until: date
    before: int
    now: int
    #: How many people are still short of the target.
    short: int

    @property
    def days(self):
        """How many days the gain took."""
        return (self.until - self.since).days

    @property
    def gain(self):
        """How many more people met the goal at the end than at the beginning."""
        return self.now - self.before

    @property
    def days_left(self):
        """short × days ÷ gain, rounded up; None where this pace never arrives."""
        if self.gain <= 0:
            return None
        return -(-self.short * self.days // self.gain)

    @property
    def reached_on(self):
        """The day the target is reached if it goes on so; None where no day can be named."""
        left = self.days_left
        return None if left is None or left > FURTHEST else self.until + timedelta(days=left)


@dataclass(frozen=True)
class Forecast:
    """The present pace, the slowest and the fastest of those that were measured."""

    paces: tuple[Pace, ...]

    @property
    def present(self):
        """The pace of the last six months; None where it was not measured or gained nobody."""
        return next((pace for pace in self.paces if pace.months == PRESENT and pace.gain > 0),
                    None)

    @property
    def hopeful(self):
        """The fastest pace that gains anybody; None where none does."""
        return min((pace for pace in self.paces if pace.gain > 0),
                   key=lambda pace: (pace.days_left, pace.months), default=None)

    @property
    def cautious(self):
        """The slowest pace: one that gains nobody is slower than any; None where none is known."""
        slow = [pace for pace in self.paces if pace.gain <= 0]
        return slow[0] if slow else max(
            self.paces, key=lambda pace: (pace.days_left, pace.months), default=None)


def forecast(points, short):
    """The paces that ``points`` allow: (day, met or None), oldest first, the last is today.

    A span whose first day has no figure (the goal was not in force) is left out.
    """
    until, now = points[-1]
    paces = []
    for months in SPANS:
        since, before = points[-1 - months] if len(points) > months else (None, None)
        if before is not None and now is not None:
            paces.append(Pace(months, since, until, before, now, short))
    return Forecast(tuple(paces))


@dataclass(frozen=True)
class Suggestion:
    """So many classes at ``place`` for the people of it and of places too small for their own."""

    place: str
    classes: int
    people: int
    #: The places whose people come there, with how many: (place, people).
    sources: tuple


def suggested(waiting, free, size=CLASS_SIZE):
    """Which classes of ``size`` seats to hold where, for people ``waiting``: place → how many.

    ``free`` seats of classes that are open already are filled first by the places with the
    fewest people, for whom a class of their own pays least.  A place with half a class or more
    gets its own classes; the others come together at the largest of them.
    """
    left = _after_the_free_seats(waiting, free)
    own = [(place, people) for place, people in left if people * 2 >= size]
    small = [(place, people) for place, people in left if people * 2 < size]
    found = [Suggestion(place, -(-people // size), people, ((place, people),))
             for place, people in own]
    if small:
        together = sum(people for _place, people in small)
        found.append(Suggestion(small[0][0], -(-together // size), together, tuple(small)))
    return found


def _after_the_free_seats(waiting, free):
    """(place, people) that remain, the place with the most people first."""
    rest = []
    for place, people in sorted(waiting.items(), key=lambda item: (item[1], item[0])):
        taken = min(people, free)
        free -= taken
        if people > taken:
            rest.append((place, people - taken))
    return sorted(rest, key=lambda item: (-item[1], item[0]))
