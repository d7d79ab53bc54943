"""Questions written as a Word document, numbered, to be read and changed by people."""
import re
from html import unescape
from io import BytesIO

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from lms.kernel.i18n import _l
from lms.kernel.text import INVISIBLE

from courses.catalogue.pictures import UNREADABLE, for_office
from quizzes.questions.interchange import sheet_words as words
from quizzes.questions.interchange import texts
from quizzes.questions.interchange.document import read_lines
from quizzes.questions.interchange.docx_parts import SIGN, SIGNS, Line, Picture
from quizzes.questions.interchange.draft import MIDDLE, Fault, Writing, changed, letters
from quizzes.questions.interchange.judged import usual_scale
from quizzes.questions.interchange.sheet_out import Row

IMAGE = re.compile(r'<img\b(?:[^>"]|"[^"]*")*>')
SOURCE, ALTERNATIVE = re.compile(r'\bsrc="([^"]*)"'), re.compile(r'\balt="([^"]*)"')
#: An empty line beside a picture.
BESIDE = re.compile(rf"\n+(?={SIGN.pattern})|(?<={SIGN.pattern})\n+")
#: No picture is larger, so that a question with several keeps to its page.
WIDEST, HIGHEST = Cm(14), Cm(8)


def write(drafts):
    """The drafts as a .docx, their pictures where they stand; what would not come back the same
    is told at its question.
    """
    document, lost = _empty(), []
    for number, draft in enumerate(drafts, 1):
        try:
            files = {name: for_office(content) for name, content in draft.files.items()}
        except UNREADABLE:
            files = None
        if draft.kind not in words.KINDS or files is None:
            lost.append(Fault(draft.key or draft.at, _l(
                "A Word document cannot hold this question; it is left out. Choose Moodle XML.")))
            continue
        lines, pictures, same = _told(number, draft)
        if not same:
            lost.append(Fault(draft.key or draft.at, _l(
                "A part of this question means something else in Word: look at it before it is "
                "taken in again, or choose Moodle XML.")))
        for line in lines:
            paragraph = _paragraph(document)
            paragraph.paragraph_format.keep_with_next = line != lines[-1]
            _fill(paragraph, line, {sign: (files[picture.name], picture.words)
                                    for sign, picture in pictures.items()})
        _paragraph(document)
    buffer = BytesIO()
    document.save(buffer)
    return Writing(buffer.getvalue(), tuple(lost))


def _paragraph(document):
    """A paragraph at the end of ``document``; the library would look through all before it."""
    element = OxmlElement("w:p")
    document.element.body[-1].addprevious(element)
    return Paragraph(element, document)


def _told(number, draft):
    """The lines of a question, the pictures that stand in them as signs, and whether all of it is
    read again as it was.

    Written to be read by people, it may read otherwise: so it is read at once.  A text around
    pictures is written as plain lines, as its HTML only where it is more than that.
    """
    pictures, told = {}, []
    signed = changed(draft, lambda text: _signed(text, draft.files, pictures))
    plain = changed(signed, lambda text: BESIDE.sub("\n", texts.from_html(text)) if SIGN.search(
        text) else text)
    for form in (plain, signed):
        told.append(list(_lines(number, form)))
        if list(read_lines([_read(line, pictures) for line in told[-1]]).drafts) == [draft]:
            return told[-1], pictures, True
    return told[0], pictures, False


def _signed(text, files, pictures):
    """``text`` with a sign in the place of each of the ``files`` it shows; these go into
    ``pictures``.
    """
    def sign(tag):
        name, words_for = SOURCE.search(tag[0]), ALTERNATIVE.search(tag[0])
        if not name or name[1] not in files:
            return tag[0]
        pictures[chr(SIGNS[len(pictures)])] = Picture(
            name[1], files[name[1]], unescape(words_for[1]) if words_for else "")
        return list(pictures)[-1]
    return IMAGE.sub(sign, text)


def _fill(paragraph, line, pictures):
    """Put the words and the pictures of a ``line`` into a ``paragraph``."""
    text, bold = line
    for piece in filter(None, re.split(f"({SIGN.pattern})", INVISIBLE.sub("", text))):
        run = paragraph.add_run()
        run.bold = bold or None
        if piece not in pictures:
            run.text = piece
            continue
        content, words_for = pictures[piece]
        shape = run.add_picture(BytesIO(content))
        shrink = min(1, WIDEST / shape.width, HIGHEST / shape.height)
        shape.width, shape.height = int(shape.width * shrink), int(shape.height * shrink)
        # The library has no other way to say what a picture shows.
        shape._inline.docPr.set("descr", words_for)


def _empty():
    """An empty page of A4 in the type of offices."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.paragraph_format.space_after = Pt(3)
    return document


def _read(line, pictures):
    """A written line as it will be read."""
    text, bold = line
    found = Line(pictures={sign: pictures[sign] for sign in SIGN.findall(text)})
    found.add(text, frozenset(("bold",) if bold else ()))
    return found


def _lines(number, draft):
    """The lines of a question with whether each stands out."""
    row = Row(draft)
    told = dict(zip([field for field, _name in words.BEFORE], row.cells(0), strict=False))
    told |= dict(zip([field for field, _name in words.AFTER],
                     row.cells(0)[-len(words.AFTER):], strict=True))
    first, *more = told["stem_vi"].split("\n")
    yield f"Câu {number}. {first}", True
    yield from ((line, False) for line in more)
    if told["stem_en"]:
        yield from _labelled(words.ENGLISH, told["stem_en"])
    judged = draft.kind == "statements"
    for letter, option in zip(letters(), row.options, strict=False):
        first, *more = option.split("\n")
        yield f"{letter.lower()}) {first}" if judged else f"{letter}. {first}", False
        yield from ((line, False) for line in more)
    shown = told | {"kind": "" if _tells_itself(draft, row) else told["kind"],
                    "difficulty": "" if draft.difficulty == MIDDLE else told["difficulty"],
                    "marking": "" if told["marking"] == _usual(draft) else told["marking"],
                    "valid_until": f"{draft.valid_until:%d/%m/%Y}" if draft.valid_until else ""}
    names = dict((*words.BEFORE[:1], *words.AFTER))
    for field, name in names.items():
        if field == "explanation_en":
            continue
        if shown[field]:
            yield from _labelled(f"{name}:", shown[field])
        if field == "explanation_vi" and told["explanation_en"]:
            yield from _labelled(words.ENGLISH, told["explanation_en"])


def _usual(draft):
    """How ``draft`` counts where nothing is said of it."""
    if draft.kind != "statements":
        return words.WHOLE
    return words.SCALES[usual_scale(len(draft.options))]


def _tells_itself(draft, row):
    """Whether the answers tell the kind of question by themselves."""
    return (draft.kind in ("single", "statements")
            or (draft.kind == "multiple" and len(draft.right) > 1)
            or (draft.kind == "truefalse" and not row.options))


def _labelled(label, text):
    first, *more = texts.tidy(text).split("\n")
    yield f"{label} {first}", False
    yield from ((line, False) for line in more)
