"""What the rooms above add to the pages of a room below."""


class Offers:
    """Functions that rooms above offer to a place below, asked in the order they were offered.

    A room that has such a place makes one ``Offers`` for it and says what it asks with; the
    rooms above ``add`` a function in their ``feature.py``.
    """

    def __init__(self):
        self._offered = []

    def add(self, function):
        """Ask ``function`` from now on; one that was offered before is asked once."""
        if function not in self._offered:
            self._offered.append(function)

    def of(self, *asked):
        """What each function answers to ``asked``, without those that answer nothing."""
        return [found for found in (function(*asked) for function in self._offered) if found]
