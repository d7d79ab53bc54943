"""The bars of a waterfall: where a figure began, what added to it and took from it, its end."""
from dataclasses import dataclass

#: The last bar leaves room for its number.
WIDEST = 88
#: The scale begins above nothing only where the bars would otherwise hardly differ.
CLOSE = 4


@dataclass(frozen=True)
class Bar:
    """One bar; ``start``, ``width`` and ``join`` (where the line to the next begins) in per cent.

    ``kind`` is whole, up or down; ``number`` is the figure itself or the change.
    """

    name: str
    kind: str
    number: int
    start: float
    width: float
    join: float


def bars(first, changes, second):
    """The bars from ``first`` through ``changes``, pairs of a name and a number, to ``second``.

    ``first`` and ``second`` are pairs of a name and a number; gives (bars, where the scale
    begins).  Changes of nothing have no bar.
    """
    levels = [first[1]]
    for _name, number in changes:
        levels.append(levels[-1] + number)
    low, high = min(*levels, second[1]), max(*levels, second[1], 1)
    floor = _floor(low, high)
    scale = WIDEST / (high - floor)

    def bar(name, kind, number, low, high, join):
        return Bar(name, kind, number, round((low - floor) * scale, 2),
                   round((high - low) * scale, 2), round((join - floor) * scale, 2))

    drawn = [bar(first[0], "whole", first[1], floor, first[1], first[1])]
    for (name, number), before in zip(changes, levels, strict=False):
        if number:
            after = before + number
            drawn.append(bar(name, "up" if number > 0 else "down", number,
                             min(before, after), max(before, after), after))
    drawn.append(bar(second[0], "whole", second[1], floor, second[1], second[1]))
    return drawn, floor


def _floor(low, high):
    spread = high - low
    if not spread or low <= CLOSE * spread:
        return 0
    step = 10 ** max(0, len(str(spread)) - 1) * 5
    return max(0, (low - 2 * spread) // step * step)
