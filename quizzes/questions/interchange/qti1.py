"""An item of QTI 1.2, as cartridges and Canvas hold it, read."""
from decimal import Decimal

from lms.kernel.i18n import _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.choices import (
    at_the_end,
    multiple_choice,
    number_with,
    single_choice,
)
from quizzes.questions.interchange.draft import (
    Draft,
    Unreadable,
    gap,
    letters,
    normal,
    number_of,
    paired,
    plain,
    share_of,
)
from quizzes.questions.interchange.gift import tolerances_left
from quizzes.questions.interchange.qti1_parts import (
    RESPONSES,
    between,
    blank,
    is_number,
    material,
    points_of,
    share_in,
    texts_in,
    unknown,
    wanted_of,
)
from quizzes.questions.interchange.qti2_parts import in_pairs, true_false
from quizzes.questions.interchange.xml import children, descendants, name_of
from quizzes.questions.kinds.upload import TYPES

#: The kinds that other systems name and that the parts of an item do not tell.
UNKNOWN = ("calculated_question", "cc.pattern_match.v0p1", "Calculated", "Hot Spot", "Quiz Bowl",
           "Jumbled Sentence", "Multi-Short Answer", "Arithmetic", "Significant Figures",
           "KPRIM CHOICE QUESTION", "FORMULA QUESTION")
#: Gaps that are chosen from a list, as newer files say of each.
LISTS = ("dropdown", "wordbank")
#: Kinds with a list for each gap, which the words name in brackets: whether it is chosen from.
BLANKS = {"multiple_dropdowns_question": True, "fill_in_multiple_blanks_question": False}
UPLOADS = ("file_upload_question", "File Upload", "FILE UPLOAD QUESTION")
SEVERAL = ("Multiple Answer", "Multi-Select", "multiple_answers_question")
#: The names of the fields that name the kind of a question.
NAMED = ("question_type", "cc_profile", "QUESTIONTYPE", "qmd_questiontype")


class Item:
    """One item of a questestinterop; none of them has a picture with numbers."""

    numbered = None

    def __init__(self, element):
        self.element, self.notes = element, []
        self.said = {found.get("ident"): material(found)
                     for found in children(element, "itemfeedback")}

    def draft(self):
        """The question in the house's shape; raises Unreadable."""
        presentation = next(iter(descendants(self.element, "presentation")), None)
        if presentation is None:
            raise Unreadable(_l("The item has no body. Export the file again."))
        responses = descendants(presentation, *RESPONSES)
        named = self._named()
        if named in UNKNOWN:
            raise Unreadable(unknown(named))
        stem = material(presentation) or "\n".join(filter(None, map(material, descendants(
            presentation, "render_fib", "render_choice", "render_extension"))))
        if not stem:
            raise Unreadable(_l("The question has no words. Write them."))
        made = {"stem_vi": stem} | self._made(responses, named)
        explained = self.said.get("general_fb", "")
        return normal(Draft(explanation_vi=explained,
                            key=self.element.get("ident", ""), **made))

    def _named(self):
        """What kind of question the metadata call it."""
        for field in descendants(self.element, "qtimetadatafield", "qti_metadatafield"):
            label, entry = ("".join(texts_in(field, name)) for name in ("fieldlabel", "fieldentry"))
            if label.strip() in NAMED:
                return entry.strip()
        return "".join("".join(found.itertext()) for found in descendants(
            self.element, "bbmd_questiontype")).strip()

    def _made(self, responses, named):
        if named in UPLOADS:
            return {"kind": "upload", "settings": {"file": True, "types": list(TYPES)}}
        if not responses:
            return {"kind": "description"}
        kinds = {name_of(response) for response in responses}
        if named in BLANKS:
            return self._blanks(responses, BLANKS[named])
        if kinds == {"response_lid"}:
            return self._pairs(responses) if len(responses) > 1 else self._choice(responses[0])
        if kinds == {"response_grp"} and len(responses) == 1:
            return self._group(responses[0])
        if kinds <= {"response_str", "response_num"}:
            return self._entry(responses[0]) if len(responses) == 1 and not self._words_behind(
                responses[0]) else self._gaps(responses)
        raise Unreadable(unknown(", ".join(sorted(kinds))))

    def _conditions(self):
        """What is asked for, what it earns, and what is said to it: of each condition."""
        for condition in descendants(self.element, "respcondition"):
            asked = next(iter(children(condition, "conditionvar")), None)
            earned = [points_of("".join(found.itertext()))
                      for found in children(condition, "setvar")]
            said = [found.get("linkrefid") for found in children(condition, "displayfeedback")]
            # Pairs of Blackboard earn alike, and are only said to be right.
            yield asked, max(earned, default=Decimal("correct" in said)), said

    def _choice(self, response):
        cardinality = response.get("rcardinality", "Single").lower()
        if cardinality == "ordered":
            return self._ordering(response)
        # Blackboard now and then says Single of what it calls otherwise.
        several = cardinality == "multiple" or self._named() in SEVERAL
        earned, said, whole = self._earned(several)
        best = max(earned.values(), default=Decimal(0))
        labels = [label for label in descendants(response, "response_label")
                  if material(label) or earned.get(label.get("ident"))]
        if len(labels) < len(descendants(response, "response_label")):
            self.notes.append(_l("Options without words that earn nothing are left out."))
        last = at_the_end([label.get("rshuffle", "Yes").lower() == "no" for label in labels])
        options = [{"vi": material(label), "en": "", "feedback_en": "",
                    "feedback_vi": said.get(label.get("ident"), ""),
                    "share": share_in(label.get("ident"), earned, best, whole, several)}
                   | ({"last": True} if stays else {})
                   for label, stays in zip(labels, last, strict=True)]
        if several:
            return multiple_choice(options, partial=whole is None)
        return true_false(options) or single_choice(options)

    def _earned(self, several):
        """What each option earns, what is said to it, and the whole where only that counts."""
        earned, said, whole = {}, {}, None
        for asked, points, links in self._conditions():
            wanted, refused = wanted_of(asked)
            if not refused and (len(wanted) == 1 or not several):
                # Where one is chosen, several names are as many ways to be right.
                earned |= {name: max(points, earned.get(name, Decimal(0))) for name in wanted}
                said |= {name: self.said.get(links[0], "") for name in wanted if links}
            elif several and points > 0 and wanted:
                whole = wanted
            elif several and points > 0:
                self.notes.append(_l("Points for an option that is not chosen are left out."))
        return earned, said, whole

    def _ordering(self, response):
        """Lines in the order in which a condition names them, or by the place it gives each."""
        words = {label.get("ident"): (material(label), "")
                 for label in descendants(response, "response_label")}
        named = [(int(place), name) if (place := equal.get("index", "")).isdecimal() else (
            0, name) for asked, points, _said in self._conditions() if points > 0
            for equal in descendants(asked, "varequal")
            if (name := (equal.text or "").strip()) in words]
        right = list(dict.fromkeys(name for _place, name in sorted(
            named, key=lambda pair: pair[0])))
        if len(words) < 2 or len(right) < len(words):
            raise Unreadable(_l("The right order does not name every line. Export the file again."))
        new = dict(zip(words, letters(), strict=False))
        return {"kind": "ordering", "right": [new[name] for name in right], "options": [
            {"key": new[name], "vi": vi, "en": en} for name, (vi, en) in words.items()]}

    def _group(self, response):
        """Pairs out of one list: what a pair names first is on the left."""
        words = {label.get("ident"): (material(label), "")
                 for label in descendants(response, "response_label")}
        pairs = [tuple(part.strip() for part in text.split(",")) for text in dict.fromkeys(
            (subset.text or "") for asked, points, _said in self._conditions()
            if points > 0 and asked is not None for subset in descendants(asked, "varsubset"))]
        first = {pair[0] for pair in pairs}
        return self._paired([pair for pair in pairs if len(pair) == 2],
                            {name: text for name, text in words.items() if name in first},
                            {name: text for name, text in words.items() if name not in first})

    def _pairs(self, responses):
        """Pairs: each left part is a response of its own with the same list to choose from."""
        beside = self._beside()
        labels = {label.get("ident"): (text, "") for response in responses
                  for place, label in enumerate(descendants(response, "response_label"))
                  if (text := material(label) or "".join(beside[place:place + 1]))}
        names = {response.get("ident"): (text, "") for response in responses
                 if (text := material(response) or (beside and material(response.getparent())))}
        # Rows that were left empty on both sides say nothing.
        return self._paired([pair for pair in self._partners()
                             if pair[0] in names or pair[1] in labels], names, labels)

    def _beside(self):
        """The right parts that Blackboard lists by themselves, in the order of the labels."""
        return [material(part) for block in descendants(self.element, "flow")
                if block.get("class") == "RIGHT_MATCH_BLOCK" for part in children(block, "flow")]

    @staticmethod
    def _paired(pairs, names, labels):
        (lefts, rights), partners = in_pairs(pairs, names, labels)
        if len(partners) < len(lefts):
            raise Unreadable(_l("The pairs are not clear: each line of the left belongs to one of "
                                "the right. Export the file again."))
        used = [rights[name] for name in partners.values()]
        others = [text for text in dict.fromkeys(rights.values()) if text not in used]
        return {"kind": "matching"} | paired([lefts[name] for name in partners], used, others)

    def _partners(self):
        """What is right, as pairs of a response and one of its labels, each once."""
        return list(dict.fromkeys(
            (equal.get("respident"), (equal.text or "").strip())
            for asked, points, _said in self._conditions() if points > 0 and asked is not None
            for equal in descendants(asked, "varequal")))

    def _blanks(self, responses, chosen):
        """Words with gaps, each with a list of what it accepts or, ``chosen``, of its options."""
        right, stem, gaps = self._partners(), material(
            next(iter(descendants(self.element, "presentation")))), []
        for number, response in enumerate(responses, 1):
            name = response.get("ident", "")
            labels = {label.get("ident"): material(label)
                      for label in descendants(response, "response_label")}
            place = f"[{name.removeprefix('response_')}]"
            if place not in stem or not labels:
                raise Unreadable(_l("The gap %(gap)s does not stand in the words. Export the file "
                                    "again.", gap=place))
            stem = stem.replace(place, f"[[{number}]]")
            wanted = [label for own, label in right if own == name and label in labels]
            gaps.append(blank(number, labels, wanted, chosen or any(
                label.get("answer_type") in LISTS
                for label in descendants(response, "response_label"))))
        return {"kind": "gaps", "stem_vi": stem, "settings": {"gaps": gaps}}

    def _words_behind(self, response):
        """Whether words follow a response that is marked: it is a gap among them."""
        stands = list(between(next(iter(descendants(self.element, "presentation")))))
        behind = stands[stands.index(response) + 1:] if response in stands else []
        return any(texts.without_tags(part) for part in behind) and bool(
            self._accepted(response)[0])

    def _gaps(self, responses):
        """Words with gaps: each response is one, where it stands or where its name does."""
        stands = list(between(next(iter(descendants(self.element, "presentation")))))
        if not set(responses) <= set(stands):
            raise Unreadable(_l("The item asks several things at once. Part it into several "
                                "questions, or take it out."))
        words = "".join(part for part in stands if isinstance(part, str))
        named = all(f"[{response.get('ident')}]" in words for response in responses)
        markup, gaps = words if named else "", []
        for part in [*responses] if named else stands:
            if isinstance(part, str):
                markup += part
                continue
            gaps.append(self._gap(len(gaps) + 1, part))
            place = f"[[{len(gaps)}]]"
            markup = markup.replace(f"[{part.get('ident')}]", place) if named else markup + place
        return {"kind": "gaps", "stem_vi": texts.from_html(markup), "settings": {"gaps": gaps}}

    def _gap(self, number, response):
        accepted, ranges, case = self._accepted(response)
        labels = {label.get("ident"): material(label)
                  for label in descendants(response, "response_label") if material(label)}
        if not (accepted or ranges):
            raise Unreadable(_l("The gap %(gap)s has no right answer. Write = before it.",
                                gap=number))
        if labels:
            # Some name the words of a right option instead of its name.
            return blank(number, labels, [name for name, text in labels.items()
                                          if name in accepted or text in accepted], True)
        if is_number(response):
            middle, tolerance, _share = ranges[0] if ranges else (
                number_of(next(iter(accepted))), "0", "100")
            return gap(number, "number", [middle], tolerance=tolerance)
        return gap(number, "text", list(accepted), case=case)

    def _accepted(self, response):
        """The accepted texts of a response with what they earn, its ranges, and whether case
        counts.
        """
        accepted, ranges, case = {}, [], False
        # Some name the box to type in rather than the response around it.
        names = {None, response.get("ident"), *(
            label.get("ident") for label in descendants(response, "response_label"))}
        for asked, points, _said in self._conditions():
            if asked is None or points <= 0:
                continue
            own = [found for found in asked.iter() if found.get("respident") in names and not any(
                name_of(parent) == "not" for parent in found.iterancestors())]
            for equal in own:
                if name_of(equal) == "varequal":
                    text = texts.tidy(equal.text or "")
                    accepted[text] = max(points, accepted.get(text, Decimal(0)))
                    case = case or equal.get("case", "No").lower() == "yes"
            low, high = (next((number_of(found.text) for found in own if name_of(found) in names),
                              None) for names in (("vargte", "vargt"), ("varlte", "varlt")))
            if low and high:
                bottom, top = Decimal(low), Decimal(high)
                ranges.append((plain((bottom + top) / 2), plain((top - bottom) / 2), "100"))
        return accepted, ranges, case

    def _entry(self, response):
        """A text or a number to type, or a text that people mark."""
        accepted, ranges, case = self._accepted(response)
        if ranges:
            # The widest first: it is what is kept.
            fields, torn = number_with(sorted(ranges, key=lambda one: -Decimal(one[1])))
            self.notes += [tolerances_left()] if torn else []
            return fields
        if not accepted and is_number(response):
            raise Unreadable(_l("No accepted answer was found. Add one."))
        if not accepted:
            return {"kind": "essay"}
        best = max(accepted.values())
        shares = {text: share_of(plain(points * 100 / best)) for text, points in accepted.items()}
        if is_number(response):
            return number_with([(number_of(text), "0", share)
                                for text, share in shares.items()])[0]
        return {"kind": "short", "right": list(shares), "settings": {
            "case": case, "shares": {text: share for text, share in shares.items()
                                     if share != "100"}}}
