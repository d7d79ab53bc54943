"""Walking down and up a tree of units.  Pure."""


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


def path(unit, parents):
    """``unit`` and all it stands under, nearest first; ``parents`` maps a unit to the one it stands
    directly under.  A circle is walked once.
    """
    found = [unit]
    while (parent := parents.get(found[-1])) is not None and parent not in found:
        found.append(parent)
    return found
