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

    def add(self, endpoint, label, icon, may, order, group=None):
        """Offer a place; ``label`` and ``group`` are lazy translations, ``order`` sorts."""
        self.append(Entry(endpoint, label, icon, may, order, group))
        self.sort(key=lambda entry: entry.order)

    def places(self, person):
        """The places ``person`` may go to; marked is the one this page is, or lies below."""
        here = request.script_root + request.path + "/"
        offered = [(entry, url_for(entry.endpoint)) for entry in self if entry.may(person)]
        return [
            Place(url, str(entry.label), entry.icon, here.startswith(url + "/"),
                  str(entry.group) if entry.group else None)
            for entry, url in offered
        ]
