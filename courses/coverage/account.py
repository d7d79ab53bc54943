"""Why a figure changed: the change accounted for person by person, on plain sets.

Between two points, a day and a moment of knowledge each, everybody whose counting changed has
exactly one cause, so that the parts add up to the change: docs/coverage.md, "Why did it change?"
"""
from dataclasses import dataclass, field
from functools import cached_property

#: The causes in the order a reader meets them.
(CORRECTED, COMPLETED, RAN_OUT, REVOKED, JOINED, LEFT, MOVED_IN, MOVED_AWAY, EXEMPTED,
 EXEMPTION_ENDED, GOAL) = CAUSES = (
    "corrected", "completed", "ran_out", "revoked", "joined", "left", "moved_in", "moved_away",
    "exempted", "exemption_ended", "goal")


@dataclass(frozen=True)
class Point:
    """What was true for one goal and one unit on a day, as known at a moment; sets of people."""

    #: Whether the goal was set.
    in_force: bool
    #: Of the people of the goal's group: who had a post anywhere, who in the unit or below it.
    posted: frozenset = frozenset()
    inside: frozenset = frozenset()
    #: Who belonged to the goal's group, who was exempt from the goal.
    members: frozenset = frozenset()
    excused: frozenset = frozenset()
    #: Who held a completion of each course of the goal.
    holding: frozenset = frozenset()

    @cached_property
    def belonging(self):
        """Who belonged to the goal's group and had a post in the unit or below it."""
        return self.inside & self.members

    @cached_property
    def required(self):
        """Who had to meet the goal."""
        return self.belonging - self.excused if self.in_force else frozenset()

    @cached_property
    def met(self):
        """Who did."""
        return self.required & self.holding


@dataclass
class Part:
    """One cause, and whom it added to and took from the figure."""

    cause: str
    required_more: set = field(default_factory=set)
    required_less: set = field(default_factory=set)
    met_more: set = field(default_factory=set)
    met_less: set = field(default_factory=set)

    @property
    def required(self):
        """By how many the people required changed."""
        return len(self.required_more) - len(self.required_less)

    @property
    def met(self):
        """By how many the people who met the goal changed."""
        return len(self.met_more) - len(self.met_less)

    @property
    def people(self):
        """Everybody it is about."""
        return self.required_more | self.required_less | self.met_more | self.met_less


def account(known_then, then, now, revoked=frozenset()):
    """The parts of the change, in the order of ``CAUSES``, those that are empty left out.

    ``known_then`` is the first point as it was known, ``then`` the same day as it is known at
    the second, ``now`` the second point; ``revoked`` are those of whom a completion was revoked
    after the first day, up to the second.
    """
    parts = {cause: Part(cause) for cause in CAUSES}
    for person in _changed(known_then, then):
        _enter(parts[CORRECTED], person, known_then, then)
    for person in _changed(then, now):
        _enter(parts[cause_of(person, then, now, revoked)], person, then, now)
    return [part for part in parts.values() if part.people]


def _changed(first, second):
    return (first.required ^ second.required) | (first.met ^ second.met)


def _enter(part, person, first, second):
    for before, after, more, less in (
            (first.required, second.required, part.required_more, part.required_less),
            (first.met, second.met, part.met_more, part.met_less)):
        if (person in before) != (person in after):
            (more if person in after else less).add(person)


def cause_of(person, then, now, revoked):
    """The one cause for which ``person`` counts otherwise ``now`` than ``then``."""
    if then.in_force != now.in_force:
        return GOAL
    if person in then.required and person in now.required:
        if person in now.met:
            return COMPLETED
        return REVOKED if person in revoked else RAN_OUT
    entered = person in now.required
    here, elsewhere = (now, then) if entered else (then, now)
    if person in elsewhere.belonging:
        return EXEMPTION_ENDED if entered else EXEMPTED
    if person in elsewhere.posted and person in elsewhere.members and person in here.inside:
        return MOVED_IN if entered else MOVED_AWAY
    return JOINED if entered else LEFT
