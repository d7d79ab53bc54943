"""Areas of a picture as the two versions of QTI draw them, made into places on a picture."""
from decimal import Decimal

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _l

from courses.catalogue.pictures import numbered
from quizzes.questions.interchange.draft import Unreadable, letters, number_of, plain

SHAPES = {"rect": "rect", "circle": "circle", "poly": "polygon", "rectangle": "rect",
          "bounded": "polygon", "ellipse": "circle"}
#: On so many pictures of one file numbers are drawn: it takes a while.
MOST_NUMBERED = 100
#: A place that has no name in its file, and all that lies in none.
#: How a picture is described whose places bear numbers.
PICTURE = "Hình có các chỗ được đánh số"
PLACE = {"vi": "Chỗ {}", "en": "Place {}"}
ELSEWHERE = {"vi": "Chỗ khác trên hình", "en": "Elsewhere in the picture", "shape": "rect",
             "points": ["0", "0", "100", "100"]}


def size_of(picture):
    """The width and the height that a file tells of a picture; raises Unreadable."""
    size = [Decimal(number_of(picture.get(side) or "0")) if picture is not None else 0
            for side in ("width", "height")]
    if not all(size):
        raise Unreadable(_l("The size of the picture is not told. Give its width and height."))
    return size


def drawn(shape, coords, size):
    """The shape and its numbers in percent of the sides of a picture of that ``size``."""
    numbers = [Decimal(number_of(part)) for part in coords.split(",") if part.strip()]
    known = SHAPES.get(shape.lower())
    if known is None or (shape.lower() == "ellipse" and not _is_round(numbers)):
        raise Unreadable(_l("An area of the shape “%(shape)s” is not known here. Take a rectangle, "
                            "a circle or a polygon.", shape=shape))
    sides = [size[0], size[1], size[0]] if known == "circle" else [*size] * len(numbers)
    return {"shape": known, "points": [
        plain((number * 100 / side).quantize(Decimal("0.01")))
        for number, side in zip(numbers, sides, strict=False)]}


def _is_round(numbers):
    return len(numbers) == 4 and numbers[2] == numbers[3]


def one_place(areas, right, picture, words):
    """The fields of a place on a ``picture`` that ``words`` tell of: areas are mappings with their
    names in the file, of which ``right`` names those that are right.

    Where no area is wrong, all the rest of the picture is.
    """
    if all(area["key"] in right for area in areas):
        areas = [*areas, ELSEWHERE | {"key": ""}]
    new = dict(zip((area["key"] for area in areas), letters(), strict=False))
    return {"kind": "hotspot", "right": [new[key] for key in new if key in right],
            "settings": {"picture": picture, "alt_vi": words,
                         "areas": [area | {"key": new[area["key"]]} for area in areas]}}


def middle_of(area):
    """The middle of an area that was drawn, (x, y) in percent of the sides of its picture."""
    numbers = [float(number) for number in area["points"]]
    if area["shape"] == "circle":
        return numbers[0], numbers[1]
    return tuple(sum(side) / len(side) for side in (numbers[::2], numbers[1::2]))


def with_numbers(content, places, drawn_on, size=None):
    """The picture ``content`` with a number at each of its ``places``, in units of ``size``, else
    in pixels; ``drawn_on`` counts the pictures of the file.  Raises Unreadable.
    """
    if next(drawn_on) >= MOST_NUMBERED:
        raise Unreadable(_l("The file has more pictures to put numbers on than are read. Split it "
                            "and send the parts."))
    try:
        return numbered(content, places, size)
    except Refusal as fault:
        raise Unreadable(str(fault)) from None


def several_places():
    """The fault of a question that wants several places pointed at."""
    return Unreadable(_l("Several places are to be pointed at, or some count in part; here one "
                         "place is. Part the question into several, or write it as one with "
                         "several right answers."))


def name_the_places():
    """What is said where a file has no names for its areas."""
    return _l("The areas of the picture have no names. Name them in the question: whoever cannot "
              "see it chooses by these.")


def place(number):
    """The name of an area that has none."""
    return {language: words.format(number) for language, words in PLACE.items()}
