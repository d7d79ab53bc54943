"""Whom the rule of a group means, from when to when: arithmetic on plain intervals.

An interval is (first day, day after the last); an open end is ``date.max`` in here.
"""
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from lms.kernel.text import fold
from lms.organisations.walking import below

#: What a rule may ask of a post.
PARTS = ("titles", "kinds", "units")


@dataclass(frozen=True)
class Terms:
    """What a rule asks of a post, and when; whatever is left empty asks nothing."""

    group: int
    #: Folded job titles, any one of which will do.
    titles: frozenset
    #: Kinds of unit.
    kinds: frozenset
    #: Units: the post lies in one of them or below.
    units: frozenset
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class Structure:
    """Where units stood: the tree over time, what became of units, and their kinds."""

    #: (unit, parent, valid_from, valid_to)
    placements: tuple
    #: (unit, heir, day)
    heirs: tuple
    #: unit → kind
    kinds: dict


def split(text):
    """The words that ``text`` holds between semicolons."""
    return [word.strip() for word in text.split(";") if word.strip()]


def joined(intervals):
    """The days of ``intervals`` in as few as can be, in order; empty ones are left out."""
    found = []
    for start, end in sorted(pair for pair in intervals if pair[0] < pair[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def without(intervals, areas):
    """What of ``intervals`` lies outside ``areas``."""
    for low, high in areas:
        intervals = [part for start, end in intervals
                     for part in ((start, min(end, low)), (max(start, high), end))
                     if part[0] < part[1]]
    return intervals


def reach(terms, structure):
    """(first day, day after the last, the units a post may lie in then; None: any unit)."""
    if not terms.units:
        return [(terms.valid_from, terms.valid_to, None)]
    days = {day for _unit, _parent, *ends in structure.placements for day in ends}
    days |= {day for _unit, _heir, day in structure.heirs}
    inside = sorted(day for day in days if terms.valid_from < day < terms.valid_to)
    starts = [terms.valid_from, *inside]
    return [(start, end, _below(_grown(terms.units, structure.heirs, start),
                                structure.placements, start))
            for start, end in zip(starts, [*inside, terms.valid_to], strict=True)]


def _grown(units, heirs, on):
    """``units`` and what they have become by the day ``on``: a rule follows its units."""
    found = set(units)
    for unit, heir, _day in sorted((h for h in heirs if h[2] <= on), key=lambda h: h[2]):
        if unit in found:
            found.add(heir)
    return found


def _below(units, placements, on):
    children = defaultdict(list)
    for unit, parent, start, end in placements:
        if start <= on < end:
            children[parent].append(unit)
    return below(units, children)


def meant(terms, structure, posts):
    """person → the intervals in which one of ``posts`` is as the rule asks.

    ``posts`` are (person, unit, folded title, valid_from, valid_to).
    """
    found, stretches = defaultdict(list), reach(terms, structure)
    for person, unit, title, start, end in posts:
        if terms.titles and title not in terms.titles:
            continue
        if terms.kinds and structure.kinds.get(unit) not in terms.kinds:
            continue
        for low, high, units in stretches:
            if units is None or unit in units:
                found[person].append((max(start, low), min(end, high)))
    return {person: days for person, parts in found.items() if (days := joined(parts))}


def lacking(terms, structure, posts, on):
    """key of a post → which of "titles", "kinds" and "units" it is not as the rule asks on ``on``.

    ``posts`` as for ``meant``, with a key of the post in place of the person.
    """
    asks = {name: replace(terms, **{other: frozenset() for other in PARTS if other != name})
            for name in PARTS if getattr(terms, name)}
    fits = {name: {key for key, days in meant(part, structure, posts).items()
                   if any(start <= on < end for start, end in days)}
            for name, part in asks.items()}
    return {post[0]: tuple(name for name in asks if post[0] not in fits[name]) for post in posts}


def folded(titles):
    """Job titles as they are compared: without case, marks and blanks too many."""
    return frozenset(fold(title) for title in titles)
