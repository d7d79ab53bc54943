"""A place on a picture."""
import re
from decimal import Decimal

from lms.kernel.i18n import _, _l
from lms.kernel.text import clean

from quizzes.questions.kinds.base import (
    ALL,
    LETTERS,
    NOTHING,
    Kind,
    finite,
    rows_of,
    settings_of,
    wording,
)
from quizzes.questions.richtext import plain

PLACE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?),(\d{1,3}(?:\.\d{1,4})?)")
#: How many numbers a shape has.
POINTS = {"rect": range(4, 5), "circle": range(3, 4), "polygon": range(6, 61)}
HUNDRED = Decimal(100)


class Hotspot(Kind):
    """One place on a picture is pointed at, or named in the list of its areas.

    Whoever sees no picture, or has no script, chooses from the list; so it names wrong areas too.
    """

    name = "hotspot"
    shuffles = False
    title = _l("Place on a picture")
    about = _l("The right place on a picture or a form is pointed at.")

    def read(self, version, form):
        """The area chosen from the list, else the place pressed on the picture."""
        place = clean(form.get("xy", "")).replace(" ", "")
        answer = form.getlist("a")[:1] or ([place] if place else [])
        return answer if self.fits(version, answer) else []

    def fits(self, version, answer):
        """Whether ``answer`` is one place on the picture or one of its areas."""
        keys = {area["key"] for area in areas_of(version)}
        return len(answer) <= 1 and all(text in keys or place_of(text) for text in answer)

    def mark(self, version, answer):
        """All for a place in one of the right areas."""
        if not answer:
            return NOTHING
        place = place_of(answer[0])
        hit = answer[0] in version.right if place is None else any(
            inside(area, place, ratio_of(version)) for area in areas_of(version)
            if area["key"] in version.right)
        return ALL if hit else NOTHING

    def counted(self, version, answer):
        """The area that was chosen, or in which the place lies; a place in none is left out."""
        return [area["key"] for text in answer[:1] if (area := _area(version, text))]

    def words(self, version, answer, language):
        """The name of the area, or of the first one the place lies in, or the place."""
        return [_named(version, text, language) for text in answer]

    def parts(self, version, language, chosen):
        """The picture, the names of its areas without where they lie, and the place chosen."""
        settings = settings_of(version)
        alternative = (language == "en" and settings.get("alt_en")) or settings.get("alt_vi", "")
        return {"picture": settings.get("picture", ""), "alternative": alternative,
                "width": settings.get("width"), "height": settings.get("height"),
                "areas": [(area["key"], _name(area, language)) for area in
                          sorted(areas_of(version), key=lambda area: area["vi"])],
                "place": next((text for text in chosen if place_of(text)), "")}

    def written(self, fields):
        """A row for each area: its name, shape and numbers, ticked where it is right."""
        rows, ticked = rows_of(fields, "o"), fields.getlist("right")
        areas = [{"key": LETTERS[place], **_shape_in(fields, number),
                  "vi": plain(row["vi"]), "en": plain(row["en"])}
                 for place, (number, row) in enumerate(rows)]
        settings = {"picture": clean(fields.get("picture", "")),
                    "alt_vi": clean(fields.get("alt_vi", ""))[:500],
                    "alt_en": clean(fields.get("alt_en", ""))[:500], "areas": areas}
        for side in ("width", "height"):
            if (text := fields.get(side, "")).isdecimal() and 0 < int(text) < 10_000:
                settings[side] = int(text)
        return wording(right=[LETTERS[place] for place, (number, _row) in enumerate(rows)
                              if str(number) in ticked], settings=settings)

    def typed(self, version):
        """The rows of the form, and the picture."""
        areas = areas_of(version)
        return {"rows": [area | {"numbers": " ".join(str(point) for point in area["points"])}
                         for area in areas],
                "right": [str(place) for place, area in enumerate(areas, 1)
                          if area["key"] in version.right]}

    def key_of(self, version):
        """The keys of the right areas, and the shape of each area as ``key=shape numbers``."""
        areas = areas_of(version)
        return [*(area["key"] for area in areas if area["key"] in version.right),
                *(_drawn(area["key"], area) for area in areas)]

    def key_in(self, version, fields):
        """The key in the rows of the author's ``fields``, a row for each area of ``version``."""
        ticked, rows = fields.getlist("right"), list(enumerate(areas_of(version), 1))
        return [*(area["key"] for number, area in rows if str(number) in ticked),
                *(_drawn(area["key"], _shape_in(fields, number)) for number, area in rows)]

    def keyed(self, version, right):
        """The areas that are right, with the shapes that ``right`` tells."""
        areas = areas_of(version)
        keys = [area["key"] for area in areas]
        told = dict(part.split("=", 1) for part in right if part not in keys and "=" in part)
        shapes = {key: text.split() for key, text in told.items()}
        areas = [area | ({"shape": shape[0], "points": shape[1:]} if (
            shape := shapes.get(area["key"])) else {}) for area in areas]
        return {"right": [key for key in keys if key in right],
                "settings": settings_of(version) | {"areas": areas}}

    def lacks(self, draft):
        """A picture with words for it, a right area and a wrong one, each with name and shape."""
        settings, areas = settings_of(draft), areas_of(draft)
        keys = {area["key"] for area in areas}
        faults = []
        if not settings.get("picture"):
            faults.append(_("Choose a picture."))
        if not settings.get("alt_vi"):
            faults.append(_("Say what the picture shows: not everybody can see it."))
        if not draft.right or not set(draft.right) < keys:
            faults.append(_("Give at least one right area and one wrong one."))
        return faults + [_("The area “%(name)s” needs its numbers, each from 0 to 100.",
                           name=area.get("vi") or area["key"])
                         for area in areas if not is_shape(area)]


def areas_of(version):
    """The areas of the picture."""
    return settings_of(version).get("areas", [])


def ratio_of(version):
    """The height of the picture by its width; 1 where it is not known."""
    settings = settings_of(version)
    width, height = settings.get("width"), settings.get("height")
    return Decimal(height) / Decimal(width) if width and height else Decimal(1)


def place_of(text):
    """The place "x,y" in per cent as two decimals, or None."""
    found = PLACE.fullmatch(text)
    if found is None:
        return None
    place = Decimal(found[1]), Decimal(found[2])
    return place if max(place) <= HUNDRED else None


def is_shape(area):
    """Whether the numbers of ``area`` draw its shape on the picture."""
    points = [finite(point) for point in area.get("points", [])]
    return (len(points) in POINTS.get(area.get("shape"), ())
            and (area["shape"] != "polygon" or len(points) % 2 == 0)
            and all(point is not None and 0 <= point <= HUNDRED for point in points))


def inside(area, place, ratio=Decimal(1)):
    """Whether ``place`` lies in ``area``, its edge included.

    Numbers are per cent of the picture's width and height; the radius of a circle is per cent
    of its width, and ``ratio`` is height by width.
    """
    (x, y), points = place, [finite(point) for point in area["points"]]
    if not is_shape(area):
        return False
    if area["shape"] == "rect":
        left, top, right, bottom = points
        return min(left, right) <= x <= max(left, right) and (
            min(top, bottom) <= y <= max(top, bottom))
    if area["shape"] == "circle":
        across, down = x - points[0], (y - points[1]) * ratio
        return across * across + down * down <= points[2] * points[2]
    return _in_polygon(list(zip(points[::2], points[1::2], strict=True)), x, y)


def _in_polygon(corners, x, y):
    odd = False
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        if cross == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return True
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            odd = not odd
    return odd


def _shape_in(fields, number):
    """The shape in the row of an author's ``fields`` with this number."""
    return {"shape": fields.get(f"o-{number}-shape", "rect"),
            "points": _numbers(fields.get(f"o-{number}-points", ""))}


def _drawn(key, area):
    return f"{key}={' '.join(map(str, (area['shape'], *area['points'])))}"


def _numbers(text):
    """The numbers of "10 20; 35,5 40": parted by blanks and semicolons, comma or point decimal."""
    return [part.replace(",", ".") for part in re.split(r"[\s;]+", text.strip()) if part]


def _name(area, language):
    return (language == "en" and area.get("en")) or area["vi"]


def _area(version, text):
    """The area that ``text`` names, or the first one it lies in, or None."""
    place = place_of(text)
    return next((area for area in areas_of(version) if (
        text == area["key"] if place is None else inside(area, place, ratio_of(version)))), None)


def _named(version, text, language):
    area = _area(version, text)
    return _name(area, language) if area else text
