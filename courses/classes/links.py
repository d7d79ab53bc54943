"""What the rooms above add to the page of a class."""

_offered = []


def offer(link):
    """Have ``link(course_class, person)``, which gives (address, word) or nothing, shown."""
    if link not in _offered:
        _offered.append(link)


def links(course_class, person):
    """The links for ``person`` on the page of the class."""
    return [found for found in (link(course_class, person) for link in _offered) if found]
