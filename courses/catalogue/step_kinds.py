"""The kinds of step an author can add, offered by this room and by the storeys above."""
from dataclasses import dataclass

from lms.kernel.i18n import _l

#: The kinds of this room, with the words of the menu "Add:".
OWN = (("page", _l("a page")), ("document", _l("a document")), ("media", _l("a recording")),
       ("link", _l("a link")))


@dataclass(frozen=True)
class StepKind:
    """A kind as the author's menu shows it; the page at ``endpoint`` takes the course's ``key``."""

    kind: str
    label: object
    endpoint: str


_offered = {}


def offer(kind, label, endpoint):
    """Offer a kind of step to authors; ``label`` is a lazy translation, as in "a page"."""
    _offered[kind] = StepKind(kind, label, endpoint)


def offered():
    """The kinds an author can add, in the order they were offered."""
    return list(_offered.values())
