"""An item of QTI 2.1 or 2.2, read."""
from decimal import Decimal

from lxml import etree

from lms.kernel.i18n import _l

from quizzes.questions.interchange import kept, texts
from quizzes.questions.interchange.choices import at_the_end, multiple_choice, single_choice
from quizzes.questions.interchange.draft import (
    Draft,
    Unreadable,
    gap,
    letters,
    number_of,
    paired,
    plain,
    share_of,
)
from quizzes.questions.interchange.qti2_parts import (
    both_of,
    in_pairs,
    in_percent,
    in_signs,
    insist_on_one_wording,
    shape_of,
    stands_behind,
    take_out,
    true_false,
    without_notes,
)
from quizzes.questions.interchange.xml import children, descendants, name_of
from quizzes.questions.kinds.upload import TYPES

INLINE = ("textEntryInteraction", "inlineChoiceInteraction")
NUMBERS = ("float", "integer")


class Item:
    """One assessmentItem."""

    def __init__(self, element):
        self.element, self.notes = element, []
        self.body = next(iter(children(element, "itemBody")), None)
        self.declared = {found.get("identifier"): found for found in
                         children(element, "responseDeclaration")}
        self.said = {}

    def draft(self):
        """The question in the house's shape; raises Unreadable."""
        if self.body is None:
            raise Unreadable(_l("The item has no body. Export the file again."))
        insist_on_one_wording(self.element)
        told = self._kept()
        if without_notes(self.body):
            self.notes.append(_l("Notes for those who mark, and the beginning of an answer, are "
                                 "left out. Write them into the rubric or the question "
                                 "afterwards."))
        self._show_pictures()
        self._listen()
        self._unsaid()
        found = [element for element in self.body.iter() if name_of(element).endswith(
            "Interaction")]
        kinds = {name_of(element) for element in found}
        if not found:
            made = {"kind": "description"}
        elif kinds <= set(INLINE):
            made = self._inline(found)
        elif len(found) == 1 and name_of(found[0]) in READERS:
            made = READERS[name_of(found[0])](self, found[0])
        elif kinds <= {*READERS, *INLINE}:
            raise Unreadable(_l("The item asks several things at once. Part it into several "
                                "questions, or take it out."))
        else:
            raise Unreadable(_l("An interaction of the kind “%(kind)s” is not known here. Write "
                                "the question anew as one of ours, or take it out.",
                                kind=", ".join(sorted(kinds))))
        stem = self._stem(found) if "stem_vi" not in made else ("", "")
        explained = self.said.get("explanation", ("", ""))
        fields = {"stem_vi": stem[0], "stem_en": stem[1], "explanation_vi": explained[0],
                  "explanation_en": explained[1]} | made
        if not fields["stem_vi"]:
            raise Unreadable(_l("The question has no words. Write them."))
        return Draft(**fields | {"settings": made.get("settings", {}) | told.pop("settings", {})}
                     | told)

    def _kept(self):
        """What an export of ours keeps for itself in a block that only authors see."""
        for block in children(self.body, "rubricBlock"):
            if block.get("class") == "kept":
                self.body.remove(block)
                told = kept.read("".join(block.itertext()))
                words = {name: kept.words_of(told, name)
                         for name in ("key", "category", "basis", "stem_en") if told.get(name)}
                return words | {
                    "tags": kept.tags_of(told), "valid_until": kept.day_of(told),
                    "difficulty": kept.difficulty_of(told),
                    "settings": kept.settings_of(told.get("settings", {}))}
        return {"key": self.element.get("identifier", "")}

    def _show_pictures(self):
        """Pictures and recordings among the words become what they are in HTML; formulas lose their
        shape.
        """
        for found in descendants(self.body, "object"):
            parent = found.getparent()
            form, words = found.get("type", ""), " ".join("".join(found.itertext()).split())
            if form.startswith("image/") and name_of(parent) not in (
                    "hotspotInteraction", "selectPointInteraction"):
                shown = etree.Element("img", src=found.get("data", ""), alt=words)
            elif form.startswith("audio/"):
                shown = etree.Element("audio", src=found.get("data", ""), controls="")
                shown.text = words
            else:
                continue
            shown.tail = found.tail
            parent.replace(found, shown)
        formulas = descendants(self.body, "math")
        for math in formulas:
            take_out(math, in_signs(math))
        if formulas:
            self.notes.append(_l("A formula is taken as plain signs. Look at the question."))

    def _listen(self):
        """What is said after the answer, by the option or by the name it belongs to."""
        for feedback in [*children(self.element, "modalFeedback"),
                         *descendants(self.body, "feedbackInline", "feedbackBlock")]:
            self.said[feedback.get("identifier")] = both_of(feedback)
            if name_of(feedback) != "modalFeedback":
                take_out(feedback)

    def _unsaid(self):
        """Note what is said after the answer and belongs neither to an option nor to all."""
        names = {found.get("identifier") for found in descendants(self.body, "simpleChoice")}
        if any(said[0] for name, said in self.said.items() if name not in {*names, "explanation"}):
            self.notes.append(_l("What is said to whoever is right or wrong as a whole is left "
                                 "out; what is said to each option stays."))

    def _stem(self, interactions):
        """The words of the body, and of the prompts, without the interactions."""
        prompts = [both_of(prompt) for element in interactions
                   for prompt in children(element, "prompt")]
        for element in interactions:
            take_out(element)
        words = [both_of(self.body), *prompts]
        return tuple("\n".join(part for part in side if part)
                     for side in zip(*words, strict=True))

    def _right(self, element):
        """The values of the right answer to an interaction."""
        declared = self.declared.get(element.get("responseIdentifier"))
        found = children(declared, "correctResponse") if declared is not None else []
        named = ["".join(value.itertext()).strip() for part in found
                 for value in children(part, "value")]
        # Some only say what each answer is worth.
        return named or [key for key, points in self._mapped(element).items() if points > 0]

    def _mapped(self, element):
        """The points of each answer to an interaction, where they are mapped and count."""
        if self._as_a_whole():
            return {}
        declared = self.declared.get(element.get("responseIdentifier"))
        entries = descendants(declared, "mapEntry") if declared is not None else []
        return {entry.get("mapKey", ""): Decimal(number_of(entry.get("mappedValue", "0")))
                for entry in entries}

    def _as_a_whole(self):
        """Whether the answer counts as a whole, whatever its parts are worth."""
        return any(found.get("template", "").rstrip("/").endswith("match_correct")
                   for found in children(self.element, "responseProcessing"))

    def _otherwise(self, element):
        """The points of an answer that the mapping does not name."""
        declared = self.declared.get(element.get("responseIdentifier"))
        mapping = descendants(declared, "mapping") if declared is not None else []
        return Decimal(number_of(mapping[0].get("defaultValue") or "0")) if mapping else Decimal(0)

    def choice(self, element):
        """One or several of the options."""
        right, mapped = self._right(element), self._mapped(element)
        best, otherwise = max(mapped.values(), default=Decimal(0)), self._otherwise(element)
        options, choices = [], list(children(element, "simpleChoice"))
        last = at_the_end([found.get("fixed") == "true" for found in choices])
        for found, stays in zip(choices, last, strict=True):
            key = found.get("identifier")
            said = self.said.get(key, ("", ""))
            (vi, en) = both_of(found)
            options.append({"vi": vi, "en": en, "feedback_vi": said[0], "feedback_en": said[1],
                            "id": key} | ({"last": True} if stays else {}))
        single = element.get("maxChoices", "1") == "1"
        total = best if single else sum(value for value in mapped.values() if value > 0)
        for option in options:
            key = option.pop("id")
            if mapped and total > 0:
                option["share"] = share_of(plain(max(
                    Decimal(-100), mapped.get(key, otherwise) * 100 / total)))
            else:
                each = Decimal(100) / max(1, len(right))
                option["share"] = share_of(plain(each)) if key in right else "0"
        if single:
            return true_false(options) or single_choice(options)
        return multiple_choice(options, partial=bool(mapped))

    def order(self, element):
        """Steps in their right order."""
        words = {found.get("identifier"): both_of(found)
                 for found in children(element, "simpleChoice")}
        right = [key for key in self._right(element) if key in words]
        if len(words) < 2 or set(right) != set(words):
            raise Unreadable(_l("The right order does not name every line. Export the file again."))
        new = dict(zip(words, letters(), strict=False))
        return {"kind": "ordering", "right": [new[key] for key in right], "options": [
            {"key": new[key], "vi": vi, "en": en} for key, (vi, en) in words.items()]}

    def match(self, element):
        """Pairs, and matches that belong to nothing."""
        sets = [{found.get("identifier"): both_of(found)
                 for found in children(part, "simpleAssociableChoice")}
                for part in children(element, "simpleMatchSet")]
        pairs = [tuple(pair.split()) for pair in self._right(element) if len(pair.split()) == 2]
        if len(sets) != 2:
            sets = [{}, {}]
        (lefts, rights), partners = in_pairs(pairs, *sets)
        if set(partners) != set(lefts):
            self.notes.append(_l("Lines of the left without a partner are left out."))
        others = [text for key, text in rights.items() if key not in partners.values()]
        return {"kind": "matching"} | paired(
            [lefts[left] for left in partners], [rights[right] for right in partners.values()],
            others)

    def gap_match(self, element):
        """Words whose gaps are filled from one list."""
        texts_of = {found.get("identifier"): both_of(found)
                    for found in children(element, "gapText")}
        options = [{"key": key, "vi": vi, "en": en} for key, (vi, en) in zip(
            letters(), texts_of.values(), strict=False)]
        keys = {name: option["key"] for name, option in zip(texts_of, options, strict=False)}
        right = {place: keys[name] for name, _blank, place in (
            pair.partition(" ") for pair in self._right(element)) if name in keys}
        for found in children(element, "gapText"):
            element.remove(found)
        gaps = []
        for place in descendants(element, "gap"):
            if place.get("identifier") not in right:
                raise Unreadable(_l("The gap %(gap)s has no right answer. Write = before it.",
                                    gap=place.get("identifier", "")))
            gaps.append(gap(len(gaps) + 1, "choice", [right[place.get("identifier")]],
                            options=options))
            take_out(place, f"[[{len(gaps)}]]")
        vi, en = both_of(self.body)
        return {"kind": "gaps", "stem_vi": vi, "stem_en": en, "settings": {"gaps": gaps}}

    def text(self, _element):
        """A text to be marked by hand."""
        return {"kind": "essay"}

    def upload(self, _element):
        """A file to be marked by hand."""
        return {"kind": "upload", "settings": {"file": True, "types": list(TYPES)}}

    def hotspot(self, element):
        """A place on a picture: areas in percent of its sides."""
        picture = next(iter(descendants(element, "object", "img")), None)
        areas, right = [], self._right(element)
        size = [Decimal(number_of(picture.get(side) or "0")) if picture is not None else 0
                for side in ("width", "height")]
        if not all(size):
            raise Unreadable(_l("The size of the picture is not told. Give its width and height."))
        for found in children(element, "hotspotChoice"):
            shape = shape_of(found)
            areas.append({"key": found.get("identifier"), "shape": shape, "points": in_percent(
                found.get("coords", ""), shape, size), "vi": found.get("hotspotLabel") or
                found.get("identifier"), "en": ""})
        new = dict(zip((area["key"] for area in areas), letters(), strict=False))
        return {"kind": "hotspot", "right": [new[key] for key in right if key in new],
                "settings": {"picture": picture.get("data") or picture.get("src") or "",
                             "alt_vi": " ".join("".join(picture.itertext()).split()),
                             "areas": [area | {"key": new[area["key"]]} for area in areas]}}

    def _inline(self, elements):
        """Words with gaps; one gap behind all the words is a short answer or a number."""
        if len(elements) == 1 and name_of(elements[0]) == "textEntryInteraction" and (
                stands_behind(elements[0], self.body)):
            return self._entry(elements[0])
        gaps = []
        for number, element in enumerate(elements, 1):
            gaps.append(self._gap(str(number), element))
            take_out(element, f"[[{number}]]")
        stem = both_of(self.body)
        return {"kind": "gaps", "stem_vi": stem[0], "stem_en": stem[1], "settings": {"gaps": gaps}}

    def _accepted(self, element):
        """The accepted texts of an entry with their shares."""
        mapped, right = self._mapped(element), self._right(element)
        best = max(mapped.values(), default=Decimal(0))
        accepted = {text: share_of(plain(value * 100 / best))
                    for text, value in mapped.items() if value > 0}
        accepted |= {text: "100" for text in right if text not in accepted}
        if not accepted:
            raise Unreadable(_l("No accepted answer was found. Add one."))
        return accepted

    def _is_number(self, element):
        declared = self.declared.get(element.get("responseIdentifier"))
        return declared is not None and declared.get("baseType") in NUMBERS

    def _tolerance(self, element):
        for equal in descendants(self.element, "equal"):
            named = [found.get("identifier") for found in descendants(equal, "variable")]
            if element.get("responseIdentifier") in named and equal.get("tolerance"):
                return number_of(equal.get("tolerance").split()[-1])
        return "0"

    def _entry(self, element):
        accepted = self._accepted(element)
        shares = {text: share for text, share in accepted.items() if share != "100"}
        stem = self._stem([element])
        if self._is_number(element):
            made = {"kind": "number", "right": [number_of(text) for text in accepted],
                    "settings": {"tolerance": self._tolerance(element), "shares": {
                        number_of(text): share for text, share in shares.items()}}}
        else:
            made = {"kind": "short", "right": list(accepted), "settings": {
                "case": self._case(element), "shares": shares}}
        return {"stem_vi": stem[0], "stem_en": stem[1]} | made

    def _case(self, element):
        declared = self.declared.get(element.get("responseIdentifier"))
        return any(entry.get("caseSensitive") == "true"
                   for entry in descendants(declared, "mapEntry"))

    def _gap(self, key, element):
        if name_of(element) == "inlineChoiceInteraction":
            new = dict(zip((found.get("identifier") for found in
                            children(element, "inlineChoice")), letters(), strict=False))
            options = [{"key": new[found.get("identifier")], "en": "",
                        "vi": texts.tidy("".join(found.itertext()))}
                       for found in children(element, "inlineChoice")]
            mapped = self._mapped(element)
            best = max(mapped.values(), default=Decimal(0))
            right = [new[name] for name in self._right(element)
                     if name in new and mapped.get(name, best) == best]
            if not right:
                raise Unreadable(_l("The gap %(gap)s has no right answer. Write = before it.",
                                    gap=key))
            return gap(key, "choice", right, options=options)
        shares = self._accepted(element)
        accepted = [text for text, share in shares.items() if share == "100"]
        if len(accepted) < len(shares):
            self.notes.append(_l("Answers of a gap that count in part, and what is said to them, "
                                 "are left out."))
        if self._is_number(element):
            return gap(key, "number", [number_of(accepted[0])],
                       tolerance=self._tolerance(element))
        return gap(key, "text", accepted, case=self._case(element))


READERS = {"choiceInteraction": Item.choice, "orderInteraction": Item.order,
           "matchInteraction": Item.match, "gapMatchInteraction": Item.gap_match,
           "extendedTextInteraction": Item.text, "uploadInteraction": Item.upload,
           "hotspotInteraction": Item.hotspot}
