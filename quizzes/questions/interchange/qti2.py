"""An item of QTI 2.1 or 2.2, read."""
from decimal import Decimal

from lxml import etree

from lms.kernel.i18n import _l

from quizzes.questions.interchange import kept, texts
from quizzes.questions.interchange.choices import (
    at_the_end,
    formula_in_signs,
    multiple_choice,
    single_choice,
)
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
from quizzes.questions.interchange.judged import statements, truth_of
from quizzes.questions.interchange.qti2_answers import no_right_answer
from quizzes.questions.interchange.qti2_parts import (
    both_of,
    hot_words,
    in_columns,
    in_pairs,
    in_signs,
    insist_on_one_wording,
    stands_behind,
    take_out,
    true_false,
    without_notes,
)
from quizzes.questions.interchange.qti2_pictures import PICTURED, Pictured
from quizzes.questions.interchange.xml import children, descendants, name_of
from quizzes.questions.kinds.statements import EACH, WHOLE
from quizzes.questions.kinds.upload import TYPES

INLINE = ("textEntryInteraction", "inlineChoiceInteraction")


class Item(Pictured):
    """One assessmentItem."""

    def __init__(self, element):
        super().__init__(element)
        self.body, self.said = next(iter(children(element, "itemBody")), None), {}

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
                self.own = True
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
                    *PICTURED, "selectPointInteraction"):
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
            self.notes.append(formula_in_signs())

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

    def choice(self, element):
        """One or several of the options."""
        options, choices = [], list(children(element, "simpleChoice"))
        last = at_the_end([found.get("fixed") == "true" for found in choices])
        for found, stays in zip(choices, last, strict=True):
            key = found.get("identifier")
            said = self.said.get(key, ("", ""))
            (vi, en) = both_of(found)
            options.append({"vi": vi, "en": en, "feedback_vi": said[0], "feedback_en": said[1],
                            "id": key} | ({"last": True} if stays else {}))
        return self._chosen(element, options)

    def hottext(self, element):
        """Words of a text to be marked: they stand out in it, and are chosen from."""
        options = hot_words(element)
        vi, en = both_of(self.body)
        return {"stem_vi": vi, "stem_en": en} | self._chosen(element, options)

    def _chosen(self, element, options):
        """The fields of a choice of ``options``, which have their names in the file as ``id``."""
        right, mapped = self._right(element), self._mapped(element)
        best, otherwise = max(mapped.values(), default=Decimal(0)), self._otherwise(element)
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
        right, new = self._in_order(element, words), dict(zip(words, letters(), strict=False))
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
        return self._paired(*in_pairs(pairs, *sets))

    def associate(self, element):
        """Pairs out of one list, shown in two columns."""
        words = {found.get("identifier"): both_of(found)
                 for found in children(element, "simpleAssociableChoice")}
        pairs = [tuple(pair.split()) for pair in self._right(element) if len(pair.split()) == 2]
        turned, sets = in_columns(pairs, words)
        self.notes.append(_l("Pairs out of one list are shown in two columns. Look at the "
                             "question."))
        return self._paired(*in_pairs(turned, *sets))

    def _paired(self, sides, partners):
        lefts, rights = sides
        if set(partners) != set(lefts):
            self.notes.append(_l("Lines of the left without a partner are left out."))
        truths = {key: truth_of(text[0]) for key, text in rights.items()}
        if not self.own and sorted(filter(None, truths.values())) == ["F", "T"] == sorted(
                map(str, truths.values())):
            return statements([{"vi": vi, "en": en} for vi, en in map(lefts.get, partners)],
                              [truths[right] for right in partners.values()],
                              WHOLE if self.as_a_whole else EACH)
        self._told_singly()
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
        right, points = self._right_pairs(element)
        for found in children(element, "gapText"):
            element.remove(found)
        gaps = []
        for blank in descendants(element, "gap"):
            name = blank.get("identifier", "")
            if name not in right or right[name] not in keys:
                raise no_right_answer(name)
            gaps.append(gap(len(gaps) + 1, "choice", [keys[right[name]]], options=options,
                            points=points.get(name, 1)))
            take_out(blank, f"[[{len(gaps)}]]")
        if not gaps:
            raise Unreadable(_l("No gap was found. Write [[1]] where the first is."))
        vi, en = both_of(self.body)
        return {"kind": "gaps", "stem_vi": vi, "stem_en": en, "settings": {"gaps": gaps}}

    def text(self, _element):
        """A text to be marked by hand."""
        return {"kind": "essay"}

    def upload(self, _element):
        """A file to be marked by hand."""
        return {"kind": "upload", "settings": {"file": True, "types": list(TYPES)}}

    def slider(self, element):
        """A number between two others, which are named behind the question."""
        bounds = " – ".join(number_of(element.get(f"{side}Bound") or "0")
                            for side in ("lower", "upper"))
        made = self._entry(element)
        if made["kind"] != "number":
            raise Unreadable(_l("No accepted answer was found. Add one."))
        return made | {name: f"{made[name]} ({bounds})" for name in ("stem_vi", "stem_en")
                       if made[name]}

    def _inline(self, elements):
        """Words with gaps; one gap behind all the words is a short answer or a number."""
        if len(elements) == 1 and name_of(elements[0]) == "textEntryInteraction" and (
                stands_behind(elements[0], self.body)):
            return self._entry(elements[0])
        gaps = []
        for number, element in enumerate(elements, 1):
            gaps.append(self._gap(str(number), element))
            take_out(element, f"[[{number}]]")
        if self.together:
            self._told_singly()
        stem = both_of(self.body)
        return {"kind": "gaps", "stem_vi": stem[0], "stem_en": stem[1], "settings": {"gaps": gaps}}

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
                raise no_right_answer(key)
            self._parts_left(len([points for points in mapped.values() if 0 < points < best]))
            return gap(key, "choice", right, options=options, points=self._best(element))
        shares = self._accepted(element)
        accepted = [text for text, share in shares.items() if share == "100"]
        self._parts_left(len(shares) - len(accepted))
        points = self._best(element)
        if self._is_number(element):
            return gap(key, "number", [number_of(accepted[0])], points=points,
                       tolerance=self._tolerance(element))
        return gap(key, "text", accepted, case=self._case(element), points=points)


READERS = {"choiceInteraction": Item.choice, "orderInteraction": Item.order,
           "matchInteraction": Item.match, "gapMatchInteraction": Item.gap_match,
           "extendedTextInteraction": Item.text, "uploadInteraction": Item.upload,
           "hotspotInteraction": Item.hotspot, "selectPointInteraction": Item.select_point,
           "graphicGapMatchInteraction": Item.graphic_gaps,
           "graphicOrderInteraction": Item.graphic_order,
           "hottextInteraction": Item.hottext, "associateInteraction": Item.associate,
           "sliderInteraction": Item.slider}
