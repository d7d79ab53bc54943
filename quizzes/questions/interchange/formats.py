"""The kinds of file that hold questions, and which of them a file is."""
import re
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from zipfile import BadZipFile, ZipFile

from lms.kernel.grid import LARGEST_FILE
from lms.kernel.i18n import _l

from quizzes.questions.interchange import (
    aiken,
    document,
    document_out,
    gift,
    gift_out,
    moodle_xml,
    moodle_xml_out,
    qti,
    qti2_out,
    sheet,
    sheet_out,
)
from quizzes.questions.interchange.draft import Fault, Reading, Unreadable
from quizzes.questions.interchange.foreign import foreign
from quizzes.questions.interchange.texts import text_of

#: The beginning of a file is enough to tell what it is.
TRIED = 4000
HALF_A_LETTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{0,3}\Z")
ANSWER = re.compile(r"^\s*(?:ANSWER|ĐÁP ÁN)\s*:", re.MULTILINE | re.IGNORECASE)
#: Braces that hold answers as GIFT writes them.
BRACES = re.compile(r"\{\s*(?:[=~#%}]|T\b|F\b|TRUE\b|FALSE\b)", re.IGNORECASE)
#: What only GIFT begins a line with.
OF_GIFT = re.compile(rb"^\s*(?:::|\[(?:html|moodle|plain|markdown)\]|\$CATEGORY)",
                     re.MULTILINE | re.IGNORECASE)
#: So many questions one file has at most, and what tells them apart while they are counted.
MOST = 25_000
BETWEEN = {"gift": re.compile(rb"\n[ \t\r]*\n|\r[ \t]*\r"),
           "aiken": re.compile(rb"\b(?:ANSWER|\xc4\x90\xc3\x81P \xc3\x81N)\b", re.IGNORECASE),
           "moodle-xml": re.compile(rb"<question\b"), "qti": re.compile(rb"<item\b")}
ROOT = re.compile(r"<\s*(?:\w+:)?([A-Za-z]\w*)")


@dataclass(frozen=True)
class Format:
    """A kind of file: its name at the terminal, its words, the endings of its names.

    ``is_text``: people read and mend it as it is.  ``write`` is None where it is only read.
    """

    key: str
    words: object
    endings: tuple
    read: object
    write: object = None
    is_text: bool = False


FORMATS = {form.key: form for form in (
    Format("gift", _l("GIFT (plain text)"), (".gift", ".txt"), gift.read, gift_out.write, True),
    Format("moodle-xml", _l("Moodle XML"), (".xml",), moodle_xml.read, moodle_xml_out.write, True),
    Format("aiken", _l("Aiken (plain text)"), (".txt",), aiken.read, None, True),
    Format("xlsx", _l("Excel workbook"), (".xlsx",), sheet.read, sheet_out.write),
    Format("docx", _l("Word document"), (".docx",), document.read, document_out.write),
    Format("qti", _l("QTI package"), (".zip", ".imscc"), qti.read, qti2_out.write),
)}
#: The formats an export can be in.
WRITTEN = tuple(form for form in FORMATS.values() if form.write)


def recognised(content, name=""):
    """The key of the format that ``content`` is in, by what it holds; None for no such file.

    The ``name`` of the file only tells a list with separators, and text of GIFT that asks nothing,
    from any other text.
    """
    if foreign(content):
        return None
    if content.startswith(b"PK"):
        return _of_archive(content)
    beginning = HALF_A_LETTER.sub(b"", content[:TRIED])
    try:
        text = text_of(beginning)
    except Unreadable as fault:
        if fault.line is None:
            return None
        # A damaged line is named where the file is read.
        text = beginning.decode("utf-8", errors="replace")
    text = text.lstrip("\ufeff \n\t")
    if text.startswith("<"):
        return _of_xml(text)
    if ANSWER.search(text) and not BRACES.search(text):
        return "aiken"
    if name.lower().endswith(".csv"):
        return "xlsx"
    # Where nothing tells that something is asked it may be any text, and is not taken for
    # questions.
    return "gift" if b"{" in content or OF_GIFT.search(content) or (
        name.lower().endswith(".gift")) else None


def _of_archive(content):
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError):
        return None
    # One folder may stand around a package.
    bare = {name.partition("/")[2] for name in names if name.count("/") == 1}
    return next((key for key, part in PARTS.items() if part in names), None) or (
        "qti" if PARTS["qti"] in bare or _is_heap_of_xml(names) else None)


def _is_heap_of_xml(names):
    """Whether an archive without a manifest holds files of XML, and is no document of an office."""
    return any(name.lower().endswith(".xml") for name in names) and not OFFICE & set(names)


#: What the documents of an office hold.
OFFICE = {"mimetype", "[Content_Types].xml"}
#: The part by which an archive is known.
PARTS = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml", "qti": "imsmanifest.xml"}


def _of_xml(text):
    root = ROOT.search(re.sub(r"<[?!][^>]*>", "", text))
    if root and root[1] == "quiz":
        return "moodle-xml"
    return "qti" if root and root[1] in ("assessmentItem", "questestinterop", "qti") else (
        "moodle-xml")


def _unread(content):
    """Why a file is not even looked at, or None."""
    if not content.strip():
        return _l("The file is empty. Save it again and send it once more.")
    if len(content) > LARGEST_FILE:
        return _l("The file is too large. Split it and send the parts.")
    return None


def read(content, key=None, name=""):
    """The questions of ``content``, in the format ``key`` or the one it is recognised as.

    Gives the key of the format and the reading.
    """
    why = _unread(content) or foreign(content)
    if why:
        return None, Reading(faults=(Fault("", why),))
    key = key or recognised(content, name)
    if key is None:
        return None, Reading(faults=(Fault("", _l(
            "No questions were found: this is none of the kinds of file that are read here. Save "
            "it as one of them, or choose another file.")),))
    if key in BETWEEN and next(islice(BETWEEN[key].finditer(content), MOST, None), None):
        return key, Reading(faults=(Fault("", _l(
            "The file holds more questions than are read. Split it and send the parts.")),))
    reading = FORMATS[key].read(content)
    if not reading.drafts and not reading.faults:
        return key, Reading(faults=(Fault("", _l(
            "The file holds no question. Look whether it is the right one.")),),
            notes=reading.notes)
    return key, reading
