"""A question as whoever answers it meets it; nothing in it tells the key.  No database."""
from dataclasses import dataclass, field

from markupsafe import Markup

from quizzes.questions.kinds import KINDS
from quizzes.questions.kinds.base import shown_texts, texts
from quizzes.questions.places import in_place
from quizzes.questions.richtext import is_rich, shown


@dataclass  # Not frozen: a page makes twenty of them, and they would take ten times as long.
class Face:
    """What the template of a kind shows of a question."""

    kind: str
    template: str
    #: The stem as HTML; ``rich`` where it holds more than words.
    stem: Markup
    rich: bool
    #: The options as pairs of a key and HTML, in the order to show.
    options: list
    chosen: list
    several: bool
    #: What the kind shows besides: see ``Kind.parts``.
    parts: dict = field(default_factory=dict)

    @property
    def asks(self):
        """Whether there is anything to answer."""
        return KINDS[self.kind].worth


def worded(version, part, language):
    """A text of ``version`` in ``language``, Vietnamese where the other is missing."""
    return getattr(version, f"{part}_{language}", "") or getattr(version, f"{part}_vi")


def fixed_words(kind, version, language):
    """What of the options of ``version`` does not move when they are shuffled, for its author:
    (whether none of them does, the words of those that stay last).
    """
    none_moves, last = in_place(kind, version.options)
    names = texts(version.options, language)
    return none_moves, [names[key] for key in last]


def face(kind, version, order, chosen, language):
    """The Face of ``version`` with its options in ``order`` and the answer ``chosen``."""
    known, names = KINDS[kind], shown_texts(version.options, language)
    stem = worded(version, "stem", language)
    return Face(
        kind=kind, template=known.template, stem=shown(stem), rich=is_rich(stem),
        options=[(key, names[key]) for key in known.order(version, list(order))],
        chosen=chosen, several=known.several, parts=known.parts(version, language, chosen))
