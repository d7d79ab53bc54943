"""Why a goal counts somebody, or why it does not: what follows from plain facts."""
from dataclasses import dataclass, field
from datetime import date, datetime

#: Counted with a status; in the group and without a post; later; no more; never.
COUNTED, UNPOSTED, COMING, ENDED, NEVER = ("counted", "unposted", "coming", "ended", "never")


@dataclass(frozen=True)
class Stated:
    """What a unit last said about who belongs to a group stated by hand."""

    unit: object
    #: Who confirmed, and when; None where the unit has not confirmed yet.
    by: object | None = None
    at: datetime | None = None
    #: Whether the person stood on the list that was confirmed.
    listed: bool = False


@dataclass(frozen=True)
class Placing:
    """How one person stands to one goal on a day, and by which facts."""

    goal: object
    why: str
    #: The first day of the unbroken membership, of the one to come, or the day one ended.
    day: date | None = None
    #: How the person stands where the goal counts them (``coverage.queries.Owed``).
    owed: object | None = None
    #: The rule of the group, where it has one; else what the units said.
    rule: object | None = None
    stated: tuple[Stated, ...] = ()
    #: (post, what of it is not as the rule asks).
    posts: tuple = ()
    #: Who recorded the end of the membership, and when; None where a rule or a leaving did.
    ended_by: object | None = None
    ended_at: datetime | None = None

    @property
    def fitting(self):
        """The posts that are as the rule asks."""
        return [post for post, lacks in self.posts if not lacks]


@dataclass(frozen=True)
class Known:
    """What is known of the memberships of one person in one group, and of its rule."""

    memberships: list = field(default_factory=list)
    rule: object | None = None
    stated: tuple[Stated, ...] = ()
    posts: tuple = ()
    #: membership id → (who ended it, when)
    ends: dict = field(default_factory=dict)


def placed(goal, known, on, owed=None):
    """The Placing of somebody who is ``known`` so; ``owed`` where they belong to the group."""
    rest = {"rule": known.rule, "stated": known.stated, "posts": known.posts}
    if owed is not None:
        return Placing(goal, COUNTED if known.posts else UNPOSTED, owed.since, owed, **rest)
    held = [one for one in known.memberships if one.holds_some_day()]
    ahead = [one.valid_from for one in held if one.valid_from > on]
    if ahead:
        return Placing(goal, COMING, min(ahead), **rest)
    if not held:
        return Placing(goal, NEVER, **rest)
    last = max(held, key=lambda one: one.valid_to)
    by, at = known.ends.get(last.id, (None, None))
    return Placing(goal, ENDED, last.valid_to, ended_by=by, ended_at=at, **rest)
