"""The past under today's structure: where the unit of each person's post has gone since.

Pure: ids stand for units and people.  See docs/coverage.md, "The past recast".
"""
from collections import defaultdict
from dataclasses import replace


class Heirs:
    """What became of the units that are no more.

    ``alive`` are the units there are today, ``successions`` rows (unit, heir, day) of those
    that ended, in the order of the acts, ``arrivals`` the (person, unit, day) of posts that
    begin on such a day.
    """

    def __init__(self, alive, successions, arrivals):
        self.alive, self.arrivals = alive, arrivals
        self.heirs = defaultdict(list)
        for unit, heir, day in successions:
            self.heirs[unit].append((heir, day))

    def home(self, unit, person):
        """The unit in which a post of ``person`` in ``unit`` counts today.

        Of several heirs it is the one to which the person's own post went; whoever went to none
        of them counts in the first the act names.  A unit without an heir stays.
        """
        seen = set()
        while unit not in self.alive and unit not in seen and self.heirs[unit]:
            seen.add(unit)
            heirs = self.heirs[unit]
            unit = next((heir for heir, day in heirs if (person, heir, day) in self.arrivals),
                        heirs[0][0])
        return unit


def recast(day, heirs, parents, last_parents):
    """``day`` as if today's units had stood then: its people, in their units of today.

    ``parents`` is the tree of today; a unit that ended without an heir stands where the heir of
    its last parent does (``last_parents``).
    """
    people = defaultdict(set)
    for unit, posted in day.people.items():
        if unit in heirs.alive:
            people[unit] |= posted
        else:
            for person in posted:
                people[heirs.home(unit, person)].add(person)
    return replace(day, people=dict(people),
                   parents=with_ended(people, heirs, parents, last_parents))


def with_ended(units, heirs, parents, last_parents):
    """The tree of today, ``parents``, with those of ``units`` that ended without an heir: each
    stands where the heir of its last parent does."""
    tree = dict(parents)
    for unit in units:
        if unit not in tree and unit in last_parents:
            tree[unit] = heirs.home(last_parents[unit], None)
    return tree
