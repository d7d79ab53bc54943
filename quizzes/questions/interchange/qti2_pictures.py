"""What an item of QTI 2 asks on a picture: a place, an order of places, labels for places."""
from decimal import Decimal
from html import escape

from lms.kernel.i18n import _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.areas import (
    PICTURE,
    drawn,
    middle_of,
    name_the_places,
    one_place,
    place,
    several_places,
    size_of,
)
from quizzes.questions.interchange.draft import Unreadable, gap, letters, number_of
from quizzes.questions.interchange.qti2_answers import Answers, no_right_answer
from quizzes.questions.interchange.qti2_parts import both_of, take_out
from quizzes.questions.interchange.xml import children, descendants

#: The interactions whose picture is more than one among the words.
PICTURED = ("hotspotInteraction", "graphicGapMatchInteraction", "graphicOrderInteraction")


class Pictured(Answers):
    """An item that may ask something on a picture.

    ``numbered`` is what its picture is called in the file, the places that get numbers, in percent
    of its sides, or None.
    """

    numbered = None

    def hotspot(self, element):
        """A place on a picture: areas in percent of its sides."""
        picture, right = self._picture(element), self._right(element)
        size = size_of(picture)
        mapped = [points for points in self._mapped(element).values() if points > 0]
        if len(set(mapped)) > 1 or (len(right) > 1 and element.get("maxChoices", "1") != "1"):
            raise several_places()
        areas = [{"key": found.get("identifier"), "en": "",
                  "vi": found.get("hotspotLabel") or found.get("identifier"),
                  **drawn(found.get("shape", ""), found.get("coords", ""), size)}
                 for found in children(element, "hotspotChoice")]
        return self._place(areas, right, picture)

    def select_point(self, element):
        """A point on a picture, in one of the areas that count."""
        picture = self._picture(element)
        declared = self.declared.get(element.get("responseIdentifier"))
        entries = [(entry, Decimal(number_of(entry.get("mappedValue") or "0"))) for entry in (
            descendants(declared, "areaMapEntry") if declared is not None else ())]
        counted = [points for _entry, points in entries if points > 0]
        if not counted:
            raise Unreadable(_l("No area of the picture counts. Draw the right one."))
        if len(set(counted)) > 1 or (len(counted) > 1 and element.get("maxChoices", "1") != "1"):
            raise several_places()
        areas = [{"key": str(number), **place(number),
                  **drawn(entry.get("shape", ""), entry.get("coords", ""), size_of(picture))}
                 for number, (entry, _points) in enumerate(entries, 1)]
        self.notes.append(name_the_places())
        return self._place(areas, [str(number) for number, (_entry, points) in enumerate(
            entries, 1) if points > 0], picture)

    def _picture(self, element):
        return next(iter(descendants(element, "object", "img")), None)

    def _place(self, areas, right, picture):
        return one_place(areas, right, picture.get("data") or picture.get("src") or "",
                         " ".join("".join(picture.itertext()).split()) or picture.get("alt", ""))

    def graphic_order(self, element):
        """Places of a picture in their right order: each bears its number."""
        choices = children(element, "hotspotChoice")
        words = {found.get("identifier"): place(number)
                 for number, found in enumerate(choices, 1)}
        right, new = self._in_order(element, words), dict(zip(words, letters(), strict=False))
        return self._on_picture(element, choices) | {
            "kind": "ordering", "right": [new[key] for key in right], "options": [
                {"key": new[key], **name} for key, name in words.items()]}

    def graphic_gaps(self, element):
        """Labels for the places of a picture: each place is a gap and bears its number."""
        labels = {found.get("identifier"): _label(found)
                  for found in children(element, "gapImg", "gapText")}
        if not all(labels.values()):
            raise Unreadable(_l("A label or its place is missing. Give each label words, and the "
                                "picture its places."))
        if children(element, "gapImg"):
            self.notes.append(_l("Labels that are pictures are shown by their words."))
        options = [{"key": key, "vi": words, "en": ""}
                   for key, words in zip(letters(), labels.values(), strict=False)]
        keys = dict(zip(labels, (option["key"] for option in options), strict=True))
        (right, points), gaps = self._right_pairs(element), []
        places = children(element, "associableHotspot")
        for number, found in enumerate(places, 1):
            name = found.get("identifier")
            if name not in right or right[name] not in keys:
                raise no_right_answer(number)
            gaps.append(gap(number, "choice", [keys[right[name]]], options=options,
                            points=points.get(name, 1)))
        lines = "".join(f"<p>{number}: [[{number}]]</p>" for number in range(1, len(gaps) + 1))
        return self._on_picture(element, places, lines) | {
            "kind": "gaps", "settings": {"gaps": gaps}}

    def _on_picture(self, element, places, lines=""):
        """The words with the picture behind them, whose ``places`` get numbers, and ``lines``."""
        picture = self._picture(element)
        size, source = size_of(picture), picture.get("data") or picture.get("src") or ""
        self.numbered = source, [middle_of(drawn(
            found.get("shape", ""), found.get("coords", ""), size)) for found in places]
        shown = f'<p><img src="{escape(source)}" alt="{PICTURE}"></p>{lines}'
        return {name: texts.from_html(texts.to_html(words) + shown) if words else ""
                for name, words in zip(("stem_vi", "stem_en"), self._stem([element]), strict=True)}

    def _stem(self, interactions):
        """The words of the body, and of the prompts, without the interactions."""
        prompts = [both_of(prompt) for element in interactions
                   for prompt in children(element, "prompt")]
        for element in interactions:
            take_out(element)
        words = [both_of(self.body), *prompts]
        return tuple("\n".join(part for part in side if part)
                     for side in zip(*words, strict=True))


def _label(found):
    """The words of a label: of its text, or those that stand for its picture."""
    shown = next(iter(descendants(found, "img", "object")), None)
    if shown is None:
        return texts.tidy(texts.without_tags(both_of(found)[0]))
    return texts.tidy(found.get("objectLabel") or shown.get("alt") or "".join(shown.itertext()))
