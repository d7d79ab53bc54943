"""Questions written as Moodle's own XML."""
import json
import re
from base64 import b64encode

from lxml import etree

from lms.kernel.i18n import _l

from quizzes.questions.interchange import cloze, texts
from quizzes.questions.interchange.draft import (
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

#: Settings that Moodle has a place for, by kind.
TOLD = {"single": ("partial",), "multiple": ("partial",), "short": ("case", "shares"),
        "number": ("tolerance", "shares", "unit", "unit_needed"), "gaps": ("gaps",),
        "essay": ("file", "most_words", "types"), "upload": ("file", "most_words", "types")}
TYPES = {"single": "multichoice", "multiple": "multichoice", "truefalse": "truefalse",
         "short": "shortanswer", "number": "numerical", "matching": "matching",
         "ordering": "ordering", "gaps": "cloze", "essay": "essay", "upload": "essay",
         "description": "description"}
SOURCE = re.compile(r'(\bsrc=")([\w.-]+)(")')
#: What no XML can hold.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(drafts):
    """The drafts as a Moodle XML file; what it cannot hold is told at the key of its question."""
    root, lost, category = etree.Element("quiz"), [], ""
    for draft in map(as_pairs, drafts):
        at = draft.key or draft.at
        if draft.kind not in TYPES:
            lost.append(Fault(at, _l("Moodle XML cannot hold this question; it is left out.")))
            continue
        if draft.category != category:
            category = draft.category
            place = _add(root, "question", type="category")
            _worded(place, "category", f"$course$/top/{category}")
        question = Question(draft)
        root.append(question.element())
        if names := missed(question.kept):
            lost.append(Fault(at, others_miss(names)))
    etree.indent(root)
    return Writing(etree.tostring(root, xml_declaration=True, encoding="UTF-8"), tuple(lost))


def _add(parent, tag, text=None, **attributes):
    element = etree.SubElement(parent, tag, **attributes)
    if text is not None:
        element.text = NOT_IN_XML.sub("", str(text))
    return element


def _worded(parent, tag, text, **attributes):
    element = _add(parent, tag, **attributes)
    _add(element, "text", text)
    return element


class Question:
    """One question on its way into the file."""

    def __init__(self, draft):
        self.draft = draft
        told = TOLD.get(draft.kind, ())
        self.kept = {name: value for name, value in draft.settings.items() if name not in told}
        if draft.kind == "multiple" and not draft.settings.get("partial"):
            self.kept["partial"] = False
        if draft.kind == "gaps" and (_in_english(draft) or not _is_cloze(draft)):
            self.kept |= {"gaps": draft.settings["gaps"], "stem_en": draft.stem_en}

    def element(self):
        """The question as Moodle writes it."""
        draft = self.draft
        root = etree.Element("question", type=TYPES[draft.kind])
        _worded(root, "name", draft.key or texts.without_tags(draft.stem_vi)[:80])
        _add(root, "idnumber", draft.key)
        if draft.kind == "gaps":
            stem = cloze.write(texts.to_html(draft.stem_vi), draft.settings["gaps"])
            stem = self._html(root, "questiontext", stem)
        else:
            stem = self._html(root, "questiontext", texts.as_one(draft.stem_vi, draft.stem_en))
        for name, content in draft.files.items():
            _add(stem, "file", b64encode(content).decode(), name=name, path="/",
                 encoding="base64")
        self._html(root, "generalfeedback",
                   texts.as_one(draft.explanation_vi, draft.explanation_en))
        WRITERS[draft.kind](self, root)
        self._about(root)
        return root

    def _about(self, root):
        if self.draft.tags:
            tags = _add(root, "tags")
            for tag in self.draft.tags:
                _worded(tags, "tag", tag)
        kept = dict(self.kept)
        if self.draft.basis:
            kept["basis"] = self.draft.basis
        if self.draft.difficulty != MIDDLE:
            kept["difficulty"] = self.draft.difficulty
        if self.draft.valid_until:
            kept["valid_until"] = self.draft.valid_until.isoformat()
        if kept:
            _worded(root, "kept", json.dumps(kept, ensure_ascii=False))

    def _html(self, parent, tag, markup, **attributes):
        files = self.draft.files
        markup = SOURCE.sub(lambda found: f"{found[1]}@@PLUGINFILE@@/{found[2]}{found[3]}"
                            if found[2] in files else found[0], markup)
        return _worded(parent, tag, markup, format="html", **attributes)

    def _feedback(self, answer, option):
        self._html(answer, "feedback", texts.as_one(option.get("feedback_vi", ""),
                                                    option.get("feedback_en", "")))

    def choice(self, root):
        """One or several of the options, each with its share."""
        _add(root, "single", str(self.draft.kind == "single").lower())
        _add(root, "shuffleanswers", "true")
        _add(root, "answernumbering", "ABCD")
        counted = shares(self.draft)
        for option in self.draft.options:
            answer = self._html(root, "answer", texts.as_one(option["vi"], option["en"]),
                                fraction=counted[option["key"]])
            self._feedback(answer, option)

    def true_false(self, root):
        """True and false, of which one is right."""
        for option in self.draft.options:
            right = option["key"] in self.draft.right
            answer = _worded(root, "answer", "true" if option["key"] == "T" else "false",
                             fraction="100" if right else "0", format="moodle_auto_format")
            self._feedback(answer, option)

    def short(self, root):
        """Accepted texts."""
        _add(root, "usecase", "1" if self.draft.settings.get("case") else "0")
        given = self.draft.settings.get("shares", {})
        for text in self.draft.right:
            # A bare star would stand for any words.
            _worded(root, "answer", text.replace("*", "\\*"), fraction=given.get(text, "100"),
                    format="moodle_auto_format")

    def number(self, root):
        """A number, its tolerance and its unit."""
        settings = self.draft.settings
        for text in self.draft.right:
            answer = _worded(root, "answer", text,
                             fraction=settings.get("shares", {}).get(text, "100"))
            _add(answer, "tolerance", settings.get("tolerance", "0"))
        unit, needed = settings.get("unit", ""), settings.get("unit_needed", False)
        if unit:
            one = _add(_add(root, "units"), "unit")
            _add(one, "multiplier", "1")
            _add(one, "unit_name", unit)
        _add(root, "unitgradingtype", "1" if needed else "0")
        _add(root, "showunits", "0" if unit else "3")

    def matching(self, root):
        """Pairs, and matches without a partner."""
        _add(root, "shuffleanswers", "true")
        pairs, others = pairs_of(self.draft)
        blank = {"vi": "", "en": ""}
        for left, right in [*pairs, *((blank, match) for match in others)]:
            part = self._html(root, "subquestion", texts.as_one(left["vi"], left["en"]))
            _worded(part, "answer", texts.write_either(right["vi"], right["en"]))

    def ordering(self, root):
        """Steps in their right order."""
        for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"),
                            ("gradingtype", "ABSOLUTE_POSITION")):
            _add(root, name, value)
        for place, option in enumerate(in_order(self.draft), 1):
            self._html(root, "answer", texts.as_one(option["vi"], option["en"]),
                       fraction=str(place))

    def essay(self, root):
        """A text or a file."""
        settings, upload = self.draft.settings, self.draft.kind == "upload"
        _add(root, "responseformat", "noinline" if upload else "editor")
        _add(root, "responserequired", "0" if upload else "1")
        _add(root, "maxwordlimit", settings.get("most_words", ""))
        _add(root, "attachments", "1" if settings.get("file") else "0")
        _add(root, "filetypeslist", ",".join(settings.get("types", [])))

    def nothing(self, _root):
        """What stands in the words already."""


WRITERS = {"single": Question.choice, "multiple": Question.choice,
           "truefalse": Question.true_false, "short": Question.short, "number": Question.number,
           "matching": Question.matching, "ordering": Question.ordering,
           "gaps": Question.nothing, "essay": Question.essay, "upload": Question.essay,
           "description": Question.nothing}


def _is_cloze(draft):
    """Whether Moodle's way of writing gaps says all that they accept."""
    gaps = draft.settings["gaps"]
    return cloze.read(cloze.write(texts.to_html(draft.stem_vi), gaps))[1] == gaps


def _in_english(draft):
    return draft.stem_en or any(option["en"] for gap in draft.settings["gaps"]
                                for option in gap["options"])
