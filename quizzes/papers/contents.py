"""What stands on printed papers: their head, their questions, their pictures.  Pure."""
from dataclasses import dataclass
from typing import NamedTuple

from reportlab.lib.units import mm

from lms.kernel.paper import REGULAR, Style

TEXT = Style(REGULAR, 11.5)
LEADING = 1.25
#: From the base of a line up to the top of its letters, and down to the base of the next one.
RISE, FALL = TEXT.size * 0.75, TEXT.size * LEADING
#: Pixels of a picture on an inch of paper, where there is room; how high one is at an option.
DENSITY, AT_OPTION = 150, 42 * mm
#: The same for a picture under a grid, which is enlarged where it is small.
COARSEST = 50


@dataclass(frozen=True)
class Heading:
    """What stands over every paper of a set."""

    issuer: str
    title: str
    course: str
    label: str
    minutes: int | None


@dataclass(frozen=True)
class Image:
    """A picture as JPEG bytes with its width and height in pixels."""

    content: bytes
    width: int
    height: int

    def fitted(self, wide, high):
        """Its width and height on paper, in points: whole, in proportion, within the room."""
        scale = min(72 / DENSITY, wide / self.width, high / self.height)
        return self.width * scale, self.height * scale


class Spot(NamedTuple):
    """A picture under a grid of so many cells; ``right`` names the cells that are right."""

    image: Image
    across: int
    down: int
    right: frozenset

    def fitted(self, wide, high):
        """The width and height of the picture on paper, in points: as large as the room allows, so
        that its cells can be told apart, but never coarse.
        """
        scale = min(72 / COARSEST, wide / self.image.width, high / self.image.height)
        return self.image.width * scale, self.image.height * scale


@dataclass(frozen=True)
class Asked:
    """A question: how it is answered, its words, its options and right column by letter, the
    name of the part that begins with it, what is right, its pictures as pairs of a letter
    (nothing: the stem) and an Image, what tells it from other questions, and the picture on which
    a place is named.
    """

    way: str
    stem: str
    options: tuple
    matches: tuple
    part: str
    key: str
    pictures: tuple = ()
    ident: int = 0
    spot: Spot | None = None

    def pictures_at(self, mark):
        """The Images at an option or, with nothing, at the stem."""
        return [image for own, image in self.pictures if own == mark]


class Cell(NamedTuple):
    """What stands in a row at ``x``: lines, then pictures of at most ``wide`` points."""

    x: float
    lines: list
    pictures: list
    wide: float

    def sizes(self):
        """The width and height of each picture."""
        return [image.fitted(self.wide, AT_OPTION) for image in self.pictures]

    @property
    def height(self):
        """How far it reaches down, in points."""
        return len(self.lines) * FALL + sum(high - RISE + FALL for _wide, high in self.sizes())


@dataclass(frozen=True)
class Paper:
    """One version of the paper."""

    letter: str
    questions: tuple[Asked, ...]
    #: Where its code leads; nothing: there is none.
    address: str = ""


class Participant(NamedTuple):
    """Whose answer sheet it is: name, year of birth and unit, and where its code leads."""

    name: str
    born: str
    unit: str
    address: str
