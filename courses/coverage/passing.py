"""Days passing by one after the other: which facts begin to hold, and which cease.

Pure: keys, people and places in a row of days.  A fact holds from one place to another, so that
a row of any length costs no more than its facts begin and end.
"""
from bisect import bisect_left
from collections import Counter, defaultdict


class Days:
    """The days asked about, in order."""

    def __init__(self, days):
        self.days = days
        self._places = {None: len(days)}

    def since(self, day):
        """The place of the first of the days not before ``day``; None never comes."""
        if day not in self._places:
            self._places[day] = bisect_left(self.days, day)
        return self._places[day]

    def after(self, day):
        """The place of the first of the days after ``day``; None never comes."""
        place = self.since(day)
        return place + (place < len(self.days) and self.days[place] == day)


class Presence:
    """key → the set of people of whom a fact holds, on each day in turn.

    ``facts`` are (key, person, place, end): it holds from the day at ``place`` to the one
    before ``end``.
    """

    def __init__(self, facts):
        self.sets = defaultdict(set)
        self._times = Counter()
        self._begin, self._cease = defaultdict(list), defaultdict(list)
        for key, person, place, end in facts:
            if place < end:
                self._begin[place].append((key, person))
                self._cease[end].append((key, person))

    def move_to(self, place):
        """Go on to the day at ``place``, the one after the last; gives the sets as of it."""
        times = self._times
        for pair in self._begin[place]:
            times[pair] += 1
            self.sets[pair[0]].add(pair[1])
        for pair in self._cease[place]:
            times[pair] -= 1
            if not times[pair]:
                self.sets[pair[0]].discard(pair[1])
        return self.sets


class Belonging:
    """person → since when they have belonged, on each day in turn.

    ``stretches`` are (person, since, place, end), those of one person apart from one another.
    """

    def __init__(self, stretches):
        self.since = {}
        self._begin, self._cease = defaultdict(list), defaultdict(list)
        for person, since, place, end in stretches:
            if place < end:
                self._begin[place].append((person, since))
                self._cease[end].append(person)

    def move_to(self, place):
        """Go on to the day at ``place``, the one after the last; gives who belongs on it."""
        for person in self._cease[place]:
            del self.since[person]
        self.since.update(self._begin[place])
        return self.since
