"""The places of the navigation, contributed by the rooms."""
from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import request, url_for

from lms.kernel.i18n import language


@dataclass(frozen=True)
class Entry:
    """A place as a room offers it; ``may(person)`` says to whom, see ``Menu.standing``."""

    endpoint: str
    label: object
    icon: str
    may: Callable
    order: int
    group: object = None
    also: tuple = ()

    def nearness(self, url, here, endpoint):
        """How surely the page at ``here`` belongs to this place at ``url``: 0 where it does not."""
        if here == url:
            return 3
        return 2 if endpoint in self.also else int(here.startswith(url + "/"))


@dataclass(frozen=True)
class Place:
    """A place as a page shows it."""

    url: str
    label: str
    icon: str
    group: str | None
    current: bool = False


class Menu(list):
    """All the places, in the order a reader meets them."""

    def __init__(self):
        super().__init__()
        #: What of a person decides which places are theirs, as a value that can be compared: every
        #: ``may`` asks for nothing else.  The room that knows people says it.
        self.standing = lambda person: person
        self._kept = {}

    def add(self, *place, **named):
        """Offer a place, see ``Entry``.

        ``label`` and ``group`` are lazy translations, ``order`` sorts, and ``also`` names the
        endpoints of pages that belong to the place without standing below its address.
        """
        self.append(Entry(*place, **named))
        self.sort(key=lambda entry: entry.order)
        self._kept.clear()

    def places(self, person):
        """The places ``person`` may go to; marked is the one the page asked for belongs to."""
        here, endpoint = request.script_root + request.path, request.endpoint
        offered = self.offered(person)
        near = [entry.nearness(place.url, here, endpoint) for entry, place in offered]
        places = [place for _entry, place in offered]
        if any(near):
            now = near.index(max(near))
            places[now] = replace(places[now], current=True)
        return places

    def offered(self, person):
        """The entries for ``person``, each with its place, none of them marked.

        Every page asks for them, and who stands alike is offered the same: they are worked out
        once for each standing in each language.
        """
        alike = self.standing(person), language(), request.script_root
        if alike not in self._kept:
            self._kept[alike] = [
                (entry, Place(url_for(entry.endpoint), str(entry.label), entry.icon,
                              str(entry.group) if entry.group else None))
                for entry in self if entry.may(person)]
        return self._kept[alike]
