"""Questions written as a Word document, numbered, to be read and changed by people."""
from io import BytesIO

from docx import Document
from docx.shared import Cm, Pt

from lms.kernel.i18n import _l
from lms.kernel.text import INVISIBLE

from quizzes.questions.interchange import sheet_words as words
from quizzes.questions.interchange import texts
from quizzes.questions.interchange.document import read_lines
from quizzes.questions.interchange.docx_parts import Line
from quizzes.questions.interchange.draft import Fault, Writing, letters
from quizzes.questions.interchange.sheet_out import Row


def write(drafts):
    """The drafts as a .docx; what would not come back the same is told at its question."""
    document, lost = _empty(), []
    for number, draft in enumerate(drafts, 1):
        if draft.kind not in words.KINDS or draft.files:
            lost.append(Fault(draft.key or draft.at, _l(
                "A Word document cannot hold this question; it is left out. Choose Moodle XML.")))
            continue
        lines = list(_lines(number, draft))
        # Written to be read by people, it may read otherwise: so it is read at once.
        if list(read_lines([_read(line) for line in lines]).drafts) != [draft]:
            lost.append(Fault(draft.key or draft.at, _l(
                "A part of this question means something else in Word: look at it before it is "
                "taken in again, or choose Moodle XML.")))
        for text, bold in lines:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = (text, bold) != lines[-1]
            run = paragraph.add_run(INVISIBLE.sub("", text))
            run.bold = bold or None
        document.add_paragraph()
    buffer = BytesIO()
    document.save(buffer)
    return Writing(buffer.getvalue(), tuple(lost))


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


def _read(line):
    """A written line as it will be read."""
    text, bold = line
    found = Line()
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
    for letter, option in zip(letters(), row.options, strict=False):
        first, *more = option.split("\n")
        yield f"{letter}. {first}", False
        yield from ((line, False) for line in more)
    shown = told | {"kind": "" if _tells_itself(draft, row) else told["kind"],
                    "marking": "" if told["marking"] == words.WHOLE else told["marking"],
                    "valid_until": f"{draft.valid_until:%d/%m/%Y}" if draft.valid_until else ""}
    names = dict((*words.BEFORE[:1], *words.AFTER))
    for field, name in names.items():
        if field == "explanation_en":
            continue
        if shown[field]:
            yield from _labelled(f"{name}:", shown[field])
        if field == "explanation_vi" and told["explanation_en"]:
            yield from _labelled(words.ENGLISH, told["explanation_en"])


def _tells_itself(draft, row):
    """Whether the answers tell the kind of question by themselves."""
    return (draft.kind == "single" or (draft.kind == "multiple" and len(draft.right) > 1)
            or (draft.kind == "truefalse" and not row.options))


def _labelled(label, text):
    first, *more = texts.tidy(text).split("\n")
    yield f"{label} {first}", False
    yield from ((line, False) for line in more)
