"""An item of QTI 1.2, as cartridges and Canvas hold it, read."""
import html
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
from quizzes.questions.interchange.qti2_parts import in_pairs, true_false
from quizzes.questions.interchange.xml import children, descendants, name_of
from quizzes.questions.kinds.upload import TYPES

#: The kinds that other systems name and that the parts of an item do not tell.
UNKNOWN = ("calculated_question", "cc.pattern_match.v0p1")
#: Gaps that are chosen from a list, as newer files say of each.
LISTS = ("dropdown", "wordbank")
#: Kinds with a list for each gap, which the words name in brackets: whether it is chosen from.
BLANKS = {"multiple_dropdowns_question": True, "fill_in_multiple_blanks_question": False}
#: What a material shows, and as what.
SHOWN = {"mattext": "", "matimage": '<img src="{}" alt="{}">',
         "mataudio": '<audio src="{}" controls></audio> {}'}
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
        made = {"stem_vi": stem} | self._made(responses, named)
        explained = self.said.get("general_fb", "")
        return normal(Draft(explanation_vi=explained,
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
            return {"kind": "upload", "settings": {
                "file": True, "types": list(TYPES)}} if named == UPLOAD else {
                "kind": "description"}
        kinds = {name_of(response) for response in responses}
        if named in BLANKS:
            return self._blanks(responses, BLANKS[named])
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
        labels = [label for label in descendants(response, "response_label")
                  if _material(label) or earned.get(label.get("ident"))]
        if len(labels) < len(descendants(response, "response_label")):
            self.notes.append(_l("Options without words that earn nothing are left out."))
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
        right = self._partners()
        labels = {label.get("ident"): (_material(label), "")
                  for response in responses
                  for label in descendants(response, "response_label") if _material(label)}
        names = {response.get("ident"): (_material(response), "") for response in responses
                 if _material(response)}
        # Rows that were left empty on both sides say nothing.
        (lefts, rights), partners = in_pairs(
            [pair for pair in right if pair[0] in names or pair[1] in labels], names, labels)
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
        right, stem, gaps = self._partners(), _material(
            next(iter(descendants(self.element, "presentation")))), []
        for number, response in enumerate(responses, 1):
            name = response.get("ident", "")
            labels = {label.get("ident"): _material(label)
                      for label in descendants(response, "response_label")}
            place = f"[{name.removeprefix('response_')}]"
            if place not in stem or not labels:
                raise Unreadable(_l("The gap %(gap)s does not stand in the words. Export the file "
                                    "again.", gap=place))
            stem = stem.replace(place, f"[[{number}]]")
            wanted = [label for own, label in right if own == name and label in labels]
            gaps.append(_blank(number, labels, wanted, chosen or any(
                label.get("answer_type") in LISTS
                for label in descendants(response, "response_label"))))
        return {"kind": "gaps", "stem_vi": stem, "settings": {"gaps": gaps}}

    def _entry(self, response):
        """A text or a number to type, or a text that people mark."""
        accepted, ranges, case = {}, [], False
        for asked, points, _said in self._conditions():
            if asked is None or points <= 0:
                continue
            for equal in descendants(asked, "varequal"):
                text = texts.tidy(equal.text or "")
                accepted[text] = max(points, accepted.get(text, Decimal(0)))
                case = case or equal.get("case", "No").lower() == "yes"
            low, high = (next((number_of(found.text) for found in descendants(asked, *names)), None)
                         for names in (("vargte", "vargt"), ("varlte", "varlt")))
            if low and high:
                bottom, top = Decimal(low), Decimal(high)
                ranges.append((plain((bottom + top) / 2), plain((top - bottom) / 2), "100"))
        if ranges:
            # The widest first: it is what is kept.
            fields, torn = number_with(sorted(ranges, key=lambda one: -Decimal(one[1])))
            self.notes += [tolerances_left()] if torn else []
            return fields
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


def _blank(number, labels, wanted, chosen):
    """A gap; where it is typed everything in its list is right."""
    if not chosen:
        return gap(number, "text", list(dict.fromkeys(labels.values())))
    options = [{"key": key, "vi": text, "en": ""}
               for key, text in zip(letters(), labels.values(), strict=False)]
    keys = dict(zip(labels, (option["key"] for option in options), strict=False))
    return gap(number, "choice", [keys[label] for label in wanted], options=options)


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
        for part in children(material, *SHOWN):
            markup = "".join(part.itertext())
            if name_of(part) != "mattext" and part.get("uri"):
                said = html.escape(part.get("label") or " ".join(markup.split()))
                markup = SHOWN[name_of(part)].format(html.escape(part.get("uri")), said)
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
