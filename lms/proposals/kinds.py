"""The kinds of things that can be proposed; the rooms above offer theirs."""
from dataclasses import dataclass, field

kinds = {}


@dataclass(frozen=True)
class Kind:
    """Something that one person proposes and another does, to a thing of ``model``.

    ``title`` and ``why`` tell what is proposed and what the reason should say.  ``may_propose`` and
    ``may_do`` take a person and the thing; ``about`` gives whom it is about (a Person), ``named``
    the words for the thing, ``page`` the address of its page and ``way`` that where it is done,
    ``is_done`` whether it is so already.  ``doing``: the verb of the trail by which it is done →
    what gives the id of the thing for the subject of that entry.
    """

    key: str
    title: object
    why: object
    model: type
    may_propose: object
    may_do: object
    about: object
    named: object
    page: object
    way: object
    is_done: object = field(default=lambda thing: False)
    doing: dict = field(default_factory=dict)


def offer(kind):
    """Let ``kind`` be proposed from now on."""
    kinds[kind.key] = kind
