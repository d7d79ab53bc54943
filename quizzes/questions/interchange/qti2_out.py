"""Questions written as a package of QTI 2.1."""
import json
import re
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree, html

from lms.kernel.i18n import _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import (
    GAP_PLACE,
    MIDDLE,
    Fault,
    Writing,
    as_pairs,
    in_order,
    missed,
    others_miss,
    pairs_of,
    shares,
)
from quizzes.questions.kinds.statements import WHOLE
from quizzes.questions.places import stays_last

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
#: A fixed moment, so that the same questions give the same file.
MOMENT = (2000, 1, 1, 0, 0, 0)
#: Settings that QTI has a place for, by kind.
TOLD = {"single": ("partial", "last"), "multiple": ("partial", "last"), "short": ("case", "shares"),
        "number": ("tolerance", "shares"), "gaps": ("gaps",), "upload": ("file",),
        "hotspot": ("picture", "alt_vi", "areas", "width", "height")}
SHAPES = {"polygon": "poly"}
SOUND_TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav"}
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(drafts):
    """The drafts as a package; what it cannot hold is told at the key of its question."""
    buffer, lost, names, files = BytesIO(), [], [], {}
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for number, draft in enumerate(map(as_pairs, drafts), 1):
            at = draft.key or draft.at
            if draft.kind not in WRITERS or (draft.kind == "hotspot" and not (
                    draft.settings.get("width") and draft.settings.get("height"))):
                lost.append(Fault(at, _l("QTI cannot hold this question; it is left out.")))
                continue
            if unread := _missed(draft):
                lost.append(Fault(at, others_miss(unread)))
            names.append(f"items/q{number:04}.xml")
            _put(archive, names[-1], Item(draft, f"q{number:04}").element())
            files |= draft.files
        for name, content in files.items():
            archive.writestr(_member(f"items/{name}"), content)
        _put(archive, "imsmanifest.xml", _manifest(names, files))
    return Writing(buffer.getvalue(), tuple(lost))


def _missed(draft):
    """The names of what other systems do not read of ``draft``."""
    names = missed(draft.settings) - set(TOLD.get(draft.kind, ()))
    if draft.settings.get("scale") == WHOLE:
        names.remove("scale")
    return names | {"diacritics"} if any(
        gap["diacritics"] for gap in draft.settings.get("gaps", ())) else names


def _member(name):
    info = ZipInfo(name, MOMENT)
    info.compress_type = ZIP_DEFLATED
    return info


def _put(archive, name, root):
    archive.writestr(_member(name),
                     etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _manifest(names, files):
    root = etree.Element(f"{{{PACKAGE}}}manifest", nsmap={None: PACKAGE}, identifier="questions")
    _add(root, "organizations")
    resources = _add(root, "resources")
    for name in names:
        one = _add(resources, "resource", identifier=name.rpartition("/")[2][:-4],
                   type="imsqti_item_xmlv2p1", href=name)
        _add(one, "file", href=name)
    for number, name in enumerate(files):
        one = _add(resources, "resource", identifier=f"f{number}", type="webcontent",
                   href=f"items/{name}")
        _add(one, "file", href=f"items/{name}")
    return root


def _add(parent, tag, text=None, **attributes):
    """An element in the namespace of its parent."""
    space = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{space}}}{tag}", **attributes)
    if text is not None:
        element.text = NOT_IN_XML.sub("", str(text))
    return element


def _say(parent, vietnamese, english=""):
    """Put a text into an element; two languages each in a part of its own."""
    sides = [("vi", vietnamese), ("en", english)] if english else [("", vietnamese)]
    for language, text in sides:
        place = _add(parent, "div") if language else parent
        if language:
            place.set(LANGUAGE, language)
        _put_markup(place, NOT_IN_XML.sub("", texts.to_html(text)))


def _put_markup(place, markup):
    space = etree.QName(place).namespace
    tree = html.fragment_fromstring(markup, create_parent="div")
    for element in tree.iter():
        if element.tag == "audio":
            # The older versions know recordings as objects only.
            address = element.get("src", "")
            element.attrib.clear()
            element.tag = "object"
            element.set("data", address)
            element.set("type", SOUND_TYPES.get(address.rpartition(".")[2], "audio/mpeg"))
        if isinstance(element.tag, str):
            element.tag = f"{{{space}}}{element.tag}"
    place.text = (place.text or "") + (tree.text or "")
    place.extend(list(tree))


class Item:
    """One question as an assessmentItem."""

    def __init__(self, draft, identifier):
        self.draft = draft
        self.root = etree.Element(
            f"{{{QTI}}}assessmentItem", nsmap={None: QTI}, identifier=identifier,
            title=NOT_IN_XML.sub("", draft.key or draft.stem_vi[:80] or identifier),
            adaptive="false", timeDependent="false")
        self.after = []

    def element(self):
        """The item: what is declared, what is shown, how it is marked, what is said."""
        draft = self.draft
        body = etree.Element(f"{{{QTI}}}itemBody")
        if draft.kind != "gaps":
            _say(_add(body, "div"), draft.stem_vi, draft.stem_en)
        WRITERS[draft.kind](self, body)
        outcome = _add(self.root, "outcomeDeclaration", identifier="SCORE", cardinality="single",
                       baseType="float")
        _add(_add(outcome, "defaultValue"), "value", "0")
        if draft.explanation_vi or any(option.get("feedback_vi") for option in draft.options):
            _add(self.root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple",
                 baseType="identifier")
        self._keep(body)
        self.root.append(body)
        self.root.extend(self.after)
        for option in draft.options:
            self._feedback(option["key"], option.get("feedback_vi", ""),
                           option.get("feedback_en", ""))
        self._feedback("explanation", draft.explanation_vi, draft.explanation_en)
        return self.root

    def _keep(self, body):
        """What only this system reads, in a block that only authors see."""
        draft = self.draft
        kept = {"key": draft.key, "category": draft.category, "basis": draft.basis,
                "tags": list(draft.tags), "settings": draft.settings}
        if draft.difficulty != MIDDLE:
            kept["difficulty"] = draft.difficulty
        if draft.valid_until:
            kept["valid_until"] = draft.valid_until.isoformat()
        if draft.kind == "gaps" and draft.stem_en:
            kept["stem_en"] = draft.stem_en
        block = _add(body, "rubricBlock", view="author", **{"class": "kept"})
        _add(block, "p", json.dumps(kept, ensure_ascii=False))

    def _feedback(self, identifier, vietnamese, english):
        if vietnamese or english:
            said = _add(self.root, "modalFeedback", outcomeIdentifier="FEEDBACK",
                        identifier=identifier, showHide="show")
            _say(said, vietnamese, english)

    def _declare(self, right, cardinality="single", base="identifier", identifier="RESPONSE"):
        declared = _add(self.root, "responseDeclaration", identifier=identifier,
                        cardinality=cardinality, baseType=base)
        if right:
            correct = _add(declared, "correctResponse")
            for value in right:
                _add(correct, "value", value)
        return declared

    def _map(self, declared, values, **attributes):
        """Points for each answer; they are never below nothing together."""
        mapping = _add(declared, "mapping", defaultValue="0", lowerBound="0")
        for key, value in values.items():
            _add(mapping, "mapEntry", mapKey=NOT_IN_XML.sub("", key), mappedValue=value,
                 **attributes)

    def _process(self, template):
        self.after.append(etree.Element(f"{{{QTI}}}responseProcessing", template=(
            TEMPLATES + template)))

    def choice(self, body):
        """One or several of the options, with their shares where these count."""
        draft, several = self.draft, self.draft.kind == "multiple"
        declared = self._declare(draft.right, "multiple" if several else "single")
        if draft.settings.get("partial"):
            self._map(declared, {key: _points(share) for key, share in shares(draft).items()
                                 if share != "0"})
        self._process("map_response" if draft.settings.get("partial") else "match_correct")
        shown = _add(body, "choiceInteraction", responseIdentifier="RESPONSE",
                     shuffle="false" if draft.kind == "truefalse" else "true",
                     maxChoices="0" if several else "1")
        last = draft.settings.get("last", {})
        for option in draft.options:
            stays = stays_last(option | {"last": last.get(option["key"])})
            _say(_add(shown, "simpleChoice", identifier=option["key"],
                      **({"fixed": "true"} if stays else {})), option["vi"], option["en"])

    def entry(self, body):
        """A text or a number."""
        draft, number = self.draft, self.draft.kind == "number"
        given = draft.settings.get("shares", {})
        declared = self._declare([text for text in draft.right if text not in given][:1],
                                 base="float" if number else "string")
        self._map(declared, {text: _points(given.get(text, "100")) for text in draft.right},
                  **({} if number else {
                      "caseSensitive": str(bool(draft.settings.get("case"))).lower()}))
        if number:
            self._process_number(draft.settings.get("tolerance", "0"))
        else:
            self._process("map_response")
        _add(_add(body, "p"), "textEntryInteraction", responseIdentifier="RESPONSE")

    def _process_number(self, tolerance):
        processing = etree.Element(f"{{{QTI}}}responseProcessing")
        condition = _add(_add(processing, "responseCondition"), "responseIf")
        equal = _add(condition, "equal", toleranceMode="absolute",
                     tolerance=f"{tolerance} {tolerance}")
        _add(equal, "variable", identifier="RESPONSE")
        _add(equal, "correct", identifier="RESPONSE")
        outcome = _add(condition, "setOutcomeValue", identifier="SCORE")
        _add(outcome, "baseValue", "1", baseType="float")
        self.after.append(processing)

    def matching(self, body):
        """Two columns of which each line of the left belongs to one of the right."""
        pairs, others = pairs_of(self.draft)
        rights = {match["key"]: match for _left, match in pairs} | {
            match["key"]: match for match in others}
        named = [f"L{left['key']} R{right['key']}" for left, right in pairs]
        declared = self._declare(named, "multiple", "directedPair")
        if self.draft.settings.get("scale") == WHOLE:
            self._process("match_correct")
        else:
            self._map(declared, dict.fromkeys(named, _points(Decimal(100) / len(named))))
            self._process("map_response")
        shown = _add(body, "matchInteraction", responseIdentifier="RESPONSE", shuffle="true",
                     maxAssociations=str(len(pairs)))
        columns = ([(f"L{left['key']}", left, "1") for left, _right in pairs],
                   [(f"R{key}", match, "0") for key, match in sorted(rights.items())])
        for column in columns:
            part = _add(shown, "simpleMatchSet")
            for identifier, text, most in column:
                _say(_add(part, "simpleAssociableChoice", identifier=identifier, matchMax=most),
                     text["vi"], text["en"])

    def ordering(self, body):
        """Steps, in the order in which they are shown."""
        self._declare([option["key"] for option in in_order(self.draft)], "ordered")
        self._process("match_correct")
        shown = _add(body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
        for option in self.draft.options:
            _say(_add(shown, "simpleChoice", identifier=option["key"]), option["vi"], option["en"])

    def gaps(self, body):
        """Words with the gaps where they stand."""
        by_key = {found["key"]: found for found in self.draft.settings["gaps"]}
        place = _add(body, "div")
        markup = GAP_PLACE.sub(
            lambda found: f'<span id="gap-{found[1]}"></span>' if found[1] in by_key else found[0],
            texts.to_html(self.draft.stem_vi))
        _put_markup(place, NOT_IN_XML.sub("", markup))
        for span in [element for element in place.iter() if element.get("id")]:
            self._gap(span, by_key[span.get("id").removeprefix("gap-")])

    def _gap(self, span, found):
        identifier, tail = f"R{found['key']}", span.tail
        del span.attrib["id"]
        span.set("responseIdentifier", identifier)
        if found["kind"] == "choice":
            span.tag = f"{{{QTI}}}inlineChoiceInteraction"
            span.set("shuffle", "true")
            self._declare(found["right"], identifier=identifier)
            for option in found["options"]:
                _add(span, "inlineChoice", option["vi"], identifier=option["key"])
        else:
            span.tag = f"{{{QTI}}}textEntryInteraction"
            base = "float" if found["kind"] == "number" else "string"
            declared = self._declare(found["right"][:1], base=base, identifier=identifier)
            self._map(declared, dict.fromkeys(found["right"], "1"))
        span.tail = tail

    def essay(self, body):
        """A text."""
        self._declare([], base="string")
        _add(body, "extendedTextInteraction", responseIdentifier="RESPONSE")

    def upload(self, body):
        """A file."""
        self._declare([], base="file")
        _add(body, "uploadInteraction", responseIdentifier="RESPONSE")

    def hotspot(self, body):
        """A place on a picture: its areas in pixels."""
        settings = self.draft.settings
        self._declare(self.draft.right)
        self._process("match_correct")
        shown = _add(body, "hotspotInteraction", responseIdentifier="RESPONSE", maxChoices="1")
        size = settings["width"], settings["height"]
        _add(shown, "object", settings.get("alt_vi", ""), data=settings["picture"],
             type="image/webp", width=str(size[0]), height=str(size[1]))
        for area in settings["areas"]:
            _add(shown, "hotspotChoice", identifier=area["key"], hotspotLabel=area["vi"],
                 shape=SHAPES.get(area["shape"], area["shape"]), coords=_in_pixels(area, size))

    def nothing(self, _body):
        """Words that ask nothing."""


def _points(share):
    """A share in percent as points of one."""
    number = float(share) / 100
    return f"{number:.7f}".rstrip("0").rstrip(".")


def _in_pixels(area, size):
    """The numbers of an area in pixels of a picture of that ``size``."""
    sides = [size[0], size[1], size[0]] if area["shape"] == "circle" else (
        [size[0], size[1]] * len(area["points"]))
    return ",".join(str(round(float(point) * side / 100))
                    for point, side in zip(area["points"], sides, strict=False))


WRITERS = {"single": Item.choice, "multiple": Item.choice, "truefalse": Item.choice,
           "short": Item.entry, "number": Item.entry, "matching": Item.matching,
           "ordering": Item.ordering, "gaps": Item.gaps, "essay": Item.essay,
           "upload": Item.upload, "hotspot": Item.hotspot, "description": Item.nothing}
