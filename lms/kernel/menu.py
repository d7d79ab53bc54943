"""The places of the navigation, contributed by the rooms."""
from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for


@dataclass(frozen=True)
class Entry:
    """A place as a room offers it; ``may(person)`` says to whom."""

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
    current: bool
    group: str | None


class Menu(list):
    """All the places, in the order a reader meets them."""

    def add(self, *place, **named):
        """Offer a place, see ``Entry``.

        ``label`` and ``group`` are lazy translations, ``order`` sorts, and ``also`` names the
        endpoints of pages that belong to the place without standing below its address.
        """
        self.append(Entry(*place, **named))
        self.sort(key=lambda entry: entry.order)

    def places(self, person):
        """The places ``person`` may go to; marked is the one the page asked for belongs to."""
        offered = [(entry, url_for(entry.endpoint)) for entry in self if entry.may(person)]
        here, endpoint = request.script_root + request.path, request.endpoint
        near = [entry.nearness(url, here, endpoint) for entry, url in offered]
        now = near.index(max(near)) if any(near) else None
        return [Place(url, str(entry.label), entry.icon, number == now,
                      str(entry.group) if entry.group else None)
                for number, (entry, url) in enumerate(offered)]
