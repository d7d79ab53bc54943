"""What the look over all facts is made of: a rule, and a fault against it.  Plain values."""
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

#: So many faults of one rule are kept by name; all of them are counted.
KEPT = 200


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it must be: the rows it lies in, and whom and what it concerns."""

    #: (table, id) of the rows at fault.
    rows: tuple = ()
    person: int | None = None
    unit: int | None = None
    goal: int | None = None
    #: What a figure says and what was counted, where the fault lies in a number.
    said: int | None = None
    counted: int | None = None


@dataclass(frozen=True)
class Rule:
    """Something that must hold; ``find()`` gives the faults against it."""

    key: str
    #: What must hold, as a sentence in the reader's language.
    words: object
    find: Callable = field(repr=False)


def kept(rule, faults):
    """The first of ``faults`` as plain JSON: ids and numbers, no name."""
    return [{"rule": rule.key, **asdict(fault)} for fault in faults[:KEPT]]
