"""What the rooms above add to the page of a unit."""

_offered = []


def offer(link):
    """Have ``link(unit)``, which gives (address, word) or nothing, shown on a unit's page."""
    if link not in _offered:
        _offered.append(link)


def links(unit):
    """The links on the page of the unit, for whoever looks at it now."""
    return [found for found in (link(unit) for link in _offered) if found]
