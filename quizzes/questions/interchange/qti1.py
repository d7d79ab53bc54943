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
    normal,
    number_of,
    paired,
    plain,
    share_of,
)
from quizzes.questions.interchange.qti2 import true_false
from quizzes.questions.interchange.xml import children, descendants, name_of

#: The kinds that other systems name and that the parts of an item do not tell.
UNKNOWN = ("calculated_question", "multiple_dropdowns_question",
           "fill_in_multiple_blanks_question", "cc.pattern_match.v0p1")
UPLOAD, WORDS = "file_upload_question", "text_only_question"


class Item:
    """One item of a questestinterop."""

    def __init__(self, element):
        self.element, self.notes = element, []
        self.said = {found.get("ident"): _material(found)
                     for found in children(element, "itemfeedback")}

    def draft(self):
        """The question in the house's shape; raises Unreadable."""
        presentation = next(iter(descendants(self.element, "presentation")), None)
        if presentation is None:
            raise Unreadable(_l("The item has no body. Export the file again."))
        responses = descendants(presentation, "response_lid", "response_str", "response_num",
                                "response_xy", "response_grp")
        named = self._named()
        if named in UNKNOWN:
            raise Unreadable(_unknown(named))
        stem = _material(presentation)
        if not stem:
            raise Unreadable(_l("The question has no words. Write them."))
        made = self._made(responses, named)
        explained = self.said.get("general_fb", "")
        return normal(Draft(stem_vi=stem, explanation_vi=explained,
                            key=self.element.get("ident", ""), **made))

    def _named(self):
        """What kind of question the metadata call it."""
        for field in descendants(self.element, "qtimetadatafield"):
            label, entry = ("".join(_texts(field, name)) for name in ("fieldlabel", "fieldentry"))
            if label.strip() in ("question_type", "cc_profile"):
                return entry.strip()
        return ""

    def _made(self, responses, named):
        if not responses:
            return {"kind": "upload", "settings": {"file": True}} if named == UPLOAD else {
                "kind": "description"}
        kinds = {name_of(response) for response in responses}
        if kinds == {"response_lid"}:
            return self._pairs(responses) if len(responses) > 1 else self._choice(responses[0])
        if len(responses) == 1 and kinds <= {"response_str", "response_num"}:
            return self._entry(responses[0])
        raise Unreadable(_unknown(", ".join(sorted(kinds))))

    def _conditions(self):
        """What is asked for, what it earns, and what is said to it: of each condition."""
        for condition in descendants(self.element, "respcondition"):
            asked = next(iter(children(condition, "conditionvar")), None)
            earned = [_decimal("".join(found.itertext()))
                      for found in children(condition, "setvar")]
            said = [found.get("linkrefid") for found in children(condition, "displayfeedback")]
            yield asked, max(earned, default=Decimal(0)), said

    def _choice(self, response):
        cardinality = response.get("rcardinality", "Single").lower()
        if cardinality == "ordered":
            raise Unreadable(_unknown("Ordered"))
        several = cardinality == "multiple"
        earned, said, whole = self._earned(several)
        best = max(earned.values(), default=Decimal(0))
        labels = list(descendants(response, "response_label"))
        last = at_the_end([label.get("rshuffle", "Yes").lower() == "no" for label in labels])
        options = [{"vi": _material(label), "en": "", "feedback_en": "",
                    "feedback_vi": said.get(label.get("ident"), ""),
                    "share": _share(label.get("ident"), earned, best, whole, several)}
                   | ({"last": True} if stays else {})
                   for label, stays in zip(labels, last, strict=True)]
        if several:
            return multiple_choice(options, partial=whole is None)
        return true_false(options) or single_choice(options)

    def _earned(self, several):
        """What each option earns, what is said to it, and the whole where only that counts."""
        earned, said, whole = {}, {}, None
        for asked, points, links in self._conditions():
            wanted, refused = _wanted(asked)
            if len(wanted) == 1 and not refused:
                earned[wanted[0]] = max(points, earned.get(wanted[0], Decimal(0)))
                if links:
                    said[wanted[0]] = self.said.get(links[0], "")
            elif several and points > 0:
                whole = wanted
        return earned, said, whole

    def _pairs(self, responses):
        """Pairs: each left part is a response of its own with the same list to choose from."""
        right = {}
        for asked, points, _said in self._conditions():
            for equal in descendants(asked, "varequal") if asked is not None else []:
                if points > 0:
                    right[equal.get("respident")] = (equal.text or "").strip()
        labels = {label.get("ident"): (_material(label), "")
                  for response in responses
                  for label in descendants(response, "response_label")}
        lefts = [(_material(response), "") for response in responses]
        rights = [labels.get(right.get(response.get("ident"))) for response in responses]
        if not all(rights) or not all(vi for vi, _en in lefts):
            raise Unreadable(_l("The pairs are not clear: each line of the left belongs to one of "
                                "the right. Export the file again."))
        others = [text for text in dict.fromkeys(labels.values()) if text not in rights]
        return {"kind": "matching"} | paired(lefts, rights, others)

    def _entry(self, response):
        """A text or a number to type, or a text that people mark."""
        accepted, low, high, case = {}, None, None, False
        for asked, points, _said in self._conditions():
            if asked is None or points <= 0:
                continue
            for equal in descendants(asked, "varequal"):
                text = texts.tidy(equal.text or "")
                accepted[text] = max(points, accepted.get(text, Decimal(0)))
                case = case or equal.get("case", "No").lower() == "yes"
            low = next((found.text for found in descendants(asked, "vargte", "vargt")), low)
            high = next((found.text for found in descendants(asked, "varlte", "varlt")), high)
        if low and high:
            bottom, top = Decimal(number_of(low)), Decimal(number_of(high))
            return number_with([(plain((bottom + top) / 2), plain((top - bottom) / 2), "100")])[0]
        if not accepted:
            return {"kind": "essay"}
        best = max(accepted.values())
        shares = {text: share_of(plain(points * 100 / best)) for text, points in accepted.items()}
        render = next(iter(descendants(response, "render_fib")), None)
        numeric = name_of(response) == "response_num" or (
            render is not None and render.get("fibtype", "String") in ("Decimal", "Integer"))
        if numeric:
            return number_with([(number_of(text), "0", share)
                                for text, share in shares.items()])[0]
        return {"kind": "short", "right": list(shares), "settings": {
            "case": case, "shares": {text: share for text, share in shares.items()
                                     if share != "100"}}}


def _unknown(kind):
    return _l("A question of the kind “%(kind)s” is not known here. Write it anew as one of ours, "
              "or take it out of the file.", kind=kind)


def _wanted(asked):
    """The options that a condition wants chosen, and whether it wants others not chosen."""
    wanted, refused = [], False
    for equal in descendants(asked, "varequal") if asked is not None else []:
        if any(name_of(parent) == "not" for parent in equal.iterancestors()):
            refused = True
        else:
            wanted.append((equal.text or "").strip())
    return wanted, refused


def _share(key, earned, best, whole, several):
    """The share of an option: of all the right ones together, or by what it earns."""
    if whole is not None:
        return share_of(plain(Decimal(100) / len(whole))) if key in whole else "0"
    total = sum(points for points in earned.values() if points > 0) if several else best
    return share_of(plain(earned.get(key, Decimal(0)) * 100 / total)) if total > 0 else "0"


def _decimal(text):
    try:
        return Decimal(number_of(text))
    except Unreadable:
        return Decimal(0)


def _texts(element, name):
    return ("".join(found.itertext()) for found in children(element, name))


def _material(element):
    """The words that stand right under an element, plain or HTML."""
    found = []
    for material in _own(element):
        for part in children(material, "mattext"):
            markup = "".join(part.itertext())
            as_html = part.get("texttype", "text/plain") == "text/html" or texts.is_html(markup)
            found.append(texts.from_html(markup) if as_html else texts.tidy(markup))
    return "\n".join(text for text in found if text)


def _own(element):
    """The materials of an element that belong to none of its answers."""
    for child in element:
        if name_of(child) == "material":
            yield child
        elif name_of(child) in ("flow", "flow_mat", "flow_label"):
            yield from _own(child)
