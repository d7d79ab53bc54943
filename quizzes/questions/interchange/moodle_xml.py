"""Moodle's own XML, read."""
import re
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import replace
from decimal import Decimal
from itertools import count

from lms.kernel.i18n import _l

from quizzes.questions.interchange import cloze, kept, texts
from quizzes.questions.interchange.areas import PICTURE, with_numbers
from quizzes.questions.interchange.choices import (
    insist_on_a_bearable_size,
    made_anew,
    multiple_choice,
    number_with,
    single_choice,
    too_many_parts,
)
from quizzes.questions.interchange.draft import (
    GAP_PLACE,
    TRUE_FALSE,
    Draft,
    Fault,
    Reading,
    Unreadable,
    letters,
    normal,
    number_of,
    on_line,
    paired,
    share_of,
)
from quizzes.questions.interchange.gift import (
    ANYTHING,
    CONTEXT,
    own_star,
    stars_left,
    tolerances_left,
)
from quizzes.questions.interchange.judged import statements, truth_of
from quizzes.questions.interchange.moodle_parts import (
    child_of,
    chosen_gap,
    corner_of,
    gaps_on_picture,
    one_marker,
    safe_name,
    text_in,
    words_in,
)
from quizzes.questions.interchange.xml import (
    children,
    descendants,
    name_of,
    place_of,
    tree_of,
)
from quizzes.questions.kinds.statements import EACH, WHOLE
from quizzes.questions.kinds.upload import TYPES

#: What an export keeps beside the settings.
BESIDE = ("basis", "valid_until", "stem_en", "difficulty")
PLUGINFILE = re.compile(r"@@PLUGINFILE@@/([^\"'\s?<>]+)(?:\?[^\"'\s<>]*)?")
#: The kinds of file that Moodle calls by one word.
TYPES_OF = {"document": [".pdf", ".docx"], "image": [".jpg", ".png"], "web_image": [
    ".jpg", ".png"], "audio": [".mp3", ".m4a"], "video": [".mp4"], "spreadsheet": [".xlsx"],
    "presentation": [".pptx"]}
#: How Moodle's tables of statements (mtf, kprime) count.
SCALES = {"subpoints": EACH, "mtfonezero": WHOLE, "kprimeonezero": WHOLE}
#: Kinds that make their numbers and words anew.
MADE = ("calculated", "calculatedsimple", "calculatedmulti", "formulas", "varnumeric", "stack")
#: What a question of Moodle may have besides, and what is said where it has.
BESIDES = (
    (("hint",), _l("Hints for a second try are left out.")),
    (("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"), _l(
        "What is said to whoever is right or wrong as a whole is left out; what is said to each "
        "option stays.")),
    (("graderinfo", "responsetemplate"), _l(
        "Notes for those who mark, and the beginning of an answer, are left out. Write them into "
        "the rubric or the question afterwards.")))


def read(content):
    """The questions of a Moodle XML file."""
    try:
        root = tree_of(content)
        if name_of(root) != "quiz":
            raise Unreadable(_l("This is no file of Moodle questions: it does not begin with "
                                "<quiz>. Choose another kind of file."), root.sourceline)
    except Unreadable as fault:
        line = fault.line or 1
        return Reading(faults=(Fault(on_line(line), fault.why, line),))
    drafts, faults, notes, category, drawn_on = [], [], [], "", count()
    for element in children(root, "question"):
        if element.get("type") == "category":
            category = CONTEXT.sub("", text_in(child_of(element, "category")).strip())
            continue
        at, line = place_of(element)
        try:
            insist_on_a_bearable_size(element)
            question = Question(element, drawn_on)
            drafts.append(replace(question.draft(), category=category, at=at, line=line))
            notes += [Fault(at, why, line) for why in question.notes]
        except Unreadable as fault:
            faults.append(Fault(at, fault.why, line))
    return Reading(tuple(drafts), tuple(faults), tuple(notes))


class Question:
    """One question of the file, as Moodle tells it."""

    def __init__(self, element, drawn_on):
        self.element, self.notes, self.files, self.drawn_on = element, [], {}, drawn_on

    def draft(self):
        """The question in the house's shape; raises Unreadable."""
        kind = self.element.get("type", "")
        reader = READERS.get(kind)
        if kind in MADE:
            raise made_anew()
        if reader is None:
            raise Unreadable(_l("A question of the kind “%(kind)s” is not known here. Write it "
                                "anew as one of ours, or take it out of the file.", kind=kind))
        stem_vi, stem_en = ("", "") if reader in GAPPED else self._words("questiontext")
        explanation = self._words("generalfeedback")
        fields = {"stem_vi": stem_vi, "stem_en": stem_en} | reader(self)
        if not fields["stem_vi"]:
            raise Unreadable(_l("The question has no words. Write them."))
        self._left_out()
        told = kept.read(words_in(self.element, "kept"))
        settings = kept.settings_of({name: value for name, value in told.items()
                                     if name not in BESIDE})
        draft = Draft(
            explanation_vi=explanation[0], explanation_en=explanation[1],
            key=texts.tidy(words_in(self.element, "idnumber")),
            tags=tuple(texts.tidy(text_in(tag)) for tags in children(self.element, "tags")
                       for tag in children(tags, "tag")),
            basis=kept.words_of(told, "basis"), valid_until=kept.day_of(told), files=self.files,
            difficulty=kept.difficulty_of(told),
            **fields)
        return normal(replace(draft, settings=draft.settings | settings,
                              stem_en=kept.words_of(told, "stem_en") or draft.stem_en))

    def _left_out(self):
        """Note what the question has and no question of ours."""
        self.notes += [why for names, why in BESIDES if any(
            texts.without_tags(text_in(found)) for found in children(self.element, *names))]
        if words_in(self.element, "shuffleanswers") in ("false", "0"):
            self.notes.append(_l("The file keeps the options in their order; here the rules of a "
                                 "test say whether they are shuffled."))

    def _words(self, name, element=None):
        """A text in two languages, its pictures taken along."""
        found = child_of(self.element if element is None else element, name)
        if found is None:
            return "", ""
        return self._in_format(found, self._markup(found))

    def _in_format(self, element, markup):
        form = element.get("format", "html")
        if form == "markdown" and markup.strip():
            self.notes.append(_l("Markdown is taken as plain words. Look at the question."))
        if form == "html" or (form != "plain_text" and texts.is_html(markup)):
            return texts.both(markup)
        return texts.as_words(texts.tidy(markup)), ""

    def _markup(self, element):
        """The text of an element, with its pictures under names of ours."""
        for file in children(element, "file"):
            try:
                self.files[safe_name(file.get("name", ""))] = b64decode(file.text or "")
            except (NotBase64, ValueError):
                raise Unreadable(_l("The picture “%(name)s” is damaged. Export the file again.",
                                    name=file.get("name", ""))) from None
        markup = text_in(element)
        return PLUGINFILE.sub(lambda found: safe_name(found[1]), markup)

    def _answers(self):
        """Each answer with its share and its words in two languages."""
        for answer in children(self.element, "answer"):
            vi, en = self._in_format(answer, self._markup(answer))
            said = self._words("feedback", answer)
            yield {"vi": vi, "en": en, "feedback_vi": said[0], "feedback_en": said[1],
                   "share": share_of(answer.get("fraction", "0"))}

    def choice(self):
        """One or several of the options."""
        options = list(self._answers())
        if words_in(self.element, "single") in ("false", "0"):
            fields = multiple_choice(options)
        else:
            fields = single_choice(options)
        return fields

    def whole_set(self):
        """All the right options or nothing."""
        return multiple_choice(list(self._answers()), partial=False)

    def true_false(self):
        """True or false."""
        said, right = {}, []
        for answer in children(self.element, "answer"):
            key = "T" if text_in(answer).strip().lower() == "true" else "F"
            said[key] = self._words("feedback", answer)
            if share_of(answer.get("fraction", "0")) == "100":
                right.append(key)
        if len(right) != 1:
            raise Unreadable(_l("Neither true nor false is marked as right, or both are. Mark one "
                                "of them."))
        return {"kind": "truefalse", "right": right, "options": [
            option | {"feedback_vi": said.get(option["key"], ("", ""))[0],
                      "feedback_en": said.get(option["key"], ("", ""))[1]}
            for option in TRUE_FALSE]}

    def short(self):
        """Accepted texts."""
        right, shares = [], {}
        for answer in children(self.element, "answer"):
            text, share = texts.tidy(text_in(answer)), share_of(answer.get("fraction", "0"))
            if self._words("feedback", answer)[0] or share == "0":
                self.notes.append(_l("What is said to a single accepted answer is left out; the "
                                     "explanation stays."))
            if share == "0":
                continue
            right.append(own_star(text))
            if share != "100":
                shares[right[-1]] = share
            if ANYTHING.search(text):
                self.notes.append(stars_left())
        if not right:
            raise Unreadable(_l("No accepted answer was found. Add one."))
        return {"kind": "short", "right": right, "settings": {
            "case": words_in(self.element, "usecase") == "1", "shares": shares}}

    def number(self):
        """A number with its tolerance and unit."""
        fields, torn = number_with([
            (number_of(text_in(answer)), number_of(words_in(answer, "tolerance") or "0"),
             share_of(answer.get("fraction", "100")))
            for answer in children(self.element, "answer") if text_in(answer).strip() != "*"])
        if torn:
            self.notes.append(tolerances_left())
        units = [words_in(unit, "unit_name") for unit in descendants(self.element, "unit")]
        if len(units) > 1:
            self.notes.append(_l("Only the first unit is taken; others are left out."))
        return fields | {"settings": fields["settings"] | {
            "unit": units[0] if units else "",
            "unit_needed": words_in(self.element, "unitgradingtype") == "1"}}

    def matching(self):
        """Pairs, and matches without a partner."""
        lefts, rights, others = [], [], []
        for part in children(self.element, "subquestion"):
            left = self._in_format(part, self._markup(part))
            right = texts.read_either(words_in(part, "answer"))
            if left[0]:
                lefts.append(left)
                rights.append(right)
            elif right[0]:
                others.append(right)
        if len(lefts) < 2 or not all(right[0] for right in rights):
            raise Unreadable(_l("Matching needs two pairs or more. Add what is missing."))
        return {"kind": "matching"} | paired(lefts, rights, others)

    def statements(self):
        """A table of statements, each true or false."""
        scale = SCALES.get(words_in(self.element, "scoringmethod"))
        if scale is None:
            raise Unreadable(_l("How the statements count is not known here. Let each of them "
                                "count alike, or only all together, and export it again."))
        columns = {column.get("number"): truth_of(words_in(column, "responsetext"))
                   for column in children(self.element, "column")}
        truths = {weight.get("rownumber"): columns.get(weight.get("columnnumber"))
                  for weight in children(self.element, "weight")
                  if Decimal(number_of(words_in(weight, "value"))) > 0}
        rows, options = children(self.element, "row"), []
        for row in rows:
            (vi, en), said = self._words("optiontext", row), self._words("feedbacktext", row)
            options.append({"vi": vi, "en": en})
            if said[0]:
                self.notes.append(_l("What is said to a single statement is left out; the "
                                     "explanation stays."))
        return statements(options, [truths.get(row.get("number")) for row in rows], scale)

    def ordering(self):
        """Steps in their right order."""
        options = [{"key": key, "vi": answer["vi"], "en": answer["en"]}
                   for key, answer in zip(letters(), self._answers(), strict=False)]
        if len(options) < 2:
            raise Unreadable(_l("Ordering needs two lines or more. Add what is missing."))
        return {"kind": "ordering", "options": options,
                "right": [option["key"] for option in options]}

    def gaps(self):
        """Words with gaps."""
        markup = self._markup(child_of(self.element, "questiontext"))
        if told := cloze.several(markup):
            return multiple_choice(told[1]) | {"stem_vi": texts.both(told[0])[0]}
        words, gaps, left = cloze.read(markup)
        if left:
            self.notes.append(_l("Answers of a gap that count in part, and what is said to them, "
                                 "are left out."))
        return {"kind": "gaps", "stem_vi": texts.both(words)[0], "settings": {"gaps": gaps}}

    def essay(self):
        """A text, or a file, to be marked by hand."""
        form, most = (words_in(self.element, name) for name in ("responseformat", "maxwordlimit"))
        files = words_in(self.element, "attachments") not in ("", "0")
        named = re.split(r"[\s,;]+", words_in(self.element, "filetypeslist"))
        types = list(dict.fromkeys(
            each for text in named if text for each in TYPES_OF.get(text, [text])))
        upload = form == "noinline"
        return {"kind": "upload" if upload else "essay", "settings": {
            "file": files or upload, "types": types or (list(TYPES) if upload else []),
            "most_words": int(most) if most.isdecimal() and len(most) < 7 else None}}

    def chosen_gaps(self):
        """Words whose gaps are filled from lists: the number in a gap is that of its choice."""
        labels = [(str(number), words_in(part, "group") or "1",
                   texts.both(words_in(part, "text"))[0]) for number, part in enumerate(
                       children(self.element, "selectoption", "dragbox"), 1)]
        words, gaps = self._markup(child_of(self.element, "questiontext")), []
        if max(len(labels), len(GAP_PLACE.findall(words))) > cloze.MOST_GAPS:
            raise too_many_parts()

        def found(place):
            gaps.append(chosen_gap(len(gaps) + 1, place[0], place[1].lstrip("0"), labels))
            return f"[[{len(gaps)}]]"
        words = GAP_PLACE.sub(found, words)
        if not gaps:
            raise Unreadable(_l("No gap was found. Write [[1]] where the first is."))
        return {"kind": "gaps", "stem_vi": texts.both(words)[0], "settings": {"gaps": gaps}}

    def dragged(self):
        """Labels that are put on the places of a picture: a gap for each place, which bears its
        number; one marker for one place is pointed at.
        """
        [file, *_more] = children(self.element, "file") or [None]
        if file is None:
            raise Unreadable(_l("The picture is not in the file. Export it again."))
        stem = self._markup(child_of(self.element, "questiontext"))
        self._markup(self.element)
        name = safe_name(file.get("name", ""))
        drags, drops = children(self.element, "drag"), children(self.element, "drop")
        labels = [(words_in(drag, "no"), words_in(drag, "draggroup") or "1",
                   texts.both(text_in(child_of(drag, "text")))[0]) for drag in drags]
        if not drops or not all(words for _number, _group, words in labels):
            raise Unreadable(_l("A label or its place is missing. Give each label words, and the "
                                "picture its places."))
        if any(children(drag, "file") for drag in drags):
            self.notes.append(_l("Labels that are pictures are shown by their words."))
        if self.element.get("type") == "ddmarker":
            if len(drops) == len(drags) == 1:
                stem = dict(zip(("stem_vi", "stem_en"), texts.both(stem), strict=True))
                return stem | one_marker(drops[0], self.files[name], name, labels[0][2])
            self.notes.append(_l("The places on the picture are shown by numbers; in the file they "
                                 "are to be found. Look at the question."))
        gaps, words = gaps_on_picture(drops, labels)
        self.files[name] = with_numbers(
            self.files[name], [corner_of(drop) for drop in drops], self.drawn_on)
        vi, en = texts.both(f'{stem}<p><img src="{name}" alt="{PICTURE}"></p>{words}')
        return {"kind": "gaps", "stem_vi": vi, "stem_en": en, "settings": {"gaps": gaps}}

    def description(self):
        """Words that ask nothing."""
        return {"kind": "description"}


READERS = {
    "multichoice": Question.choice, "multichoiceset": Question.whole_set,
    "truefalse": Question.true_false, "shortanswer": Question.short,
    "numerical": Question.number, "matching": Question.matching, "match": Question.matching,
    "mtf": Question.statements, "kprime": Question.statements,
    "gapselect": Question.chosen_gaps, "ddwtos": Question.chosen_gaps,
    "ddimageortext": Question.dragged, "ddmarker": Question.dragged,
    "ordering": Question.ordering, "cloze": Question.gaps, "multianswer": Question.gaps,
    "essay": Question.essay, "description": Question.description,
}
#: What reads the words itself, for the gaps in them.
GAPPED = (Question.gaps, Question.chosen_gaps, Question.dragged)
