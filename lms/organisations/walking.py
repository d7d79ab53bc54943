"""Walking down a tree of units.  Pure."""


def below(starts, children):
    """``starts`` and all that stand under them, as a set; ``children`` maps a unit to those that
    stand directly under it.  A circle is walked once.
    """
    found, ahead = set(), list(starts)
    while ahead:
        unit = ahead.pop()
        if unit not in found:
            found.add(unit)
            ahead.extend(children.get(unit, ()))
    return found
