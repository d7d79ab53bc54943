"""Files that offices have and that are not read here: what each is, and what to do with it."""
import re
from io import BytesIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lms.kernel.grid import UnreadableSheet
from lms.kernel.i18n import _l
from lms.kernel.unpacking import parts_of

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WEB = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
#: How the inner files of Office before 2007, and of files with a password, are called.
GUARDED, LETTER, BOOKS, SLIDES = ("EncryptedPackage", "WordDocument", ("Workbook", "Book"),
                                  "PowerPoint Document")
LOCKED = _l("The file has a password. Save it without one and send it again.")
OLD_WORD = _l("This is a Word document of before 2007 (.doc). Open it in Word or LibreOffice, "
              "choose Save As and the type Word Document (.docx), then send that file.")
OLD_EXCEL = _l("This is an Excel workbook of before 2007, or a binary one (.xls, .xlsb). Open it "
               "in Excel or LibreOffice, choose Save As and the type Excel Workbook (.xlsx), then "
               "send that file.")
TEXT = _l("This is a text of another office program (.odt, .rtf, .pages). Open it there or in "
          "Word, save it as a Word Document (.docx), then send that file.")
TABLE = _l("This is a table of another office program (.ods, .numbers). Open it there or in Excel, "
           "save it as an Excel Workbook (.xlsx), then send that file.")
SHOW = _l("This is a presentation. Write its questions into a Word document or our template for "
          "Excel, then send that file.")
PRINTED = _l("A PDF is made for printing, and its questions cannot be told apart reliably. Send "
             "the Word or Excel file it was made of.")
PAGE = _l("This is a web page. Open it in Word or Excel, save it as .docx or .xlsx, then send that "
          "file.")
PACKED = _l("This archive is no .zip. Unpack it, and send the file of questions in it.")
#: By the first bytes.
BEGINNINGS = {rb"{\rtf": TEXT, b"%PDF-": PRINTED, b"Rar!": PACKED, b"7z\xbc\xaf\x27\x1c": PACKED}
#: By a part of an archive, and by what an OpenDocument says it is.
PARTS = {"xl/workbook.bin": OLD_EXCEL, "ppt/presentation.xml": SHOW}
KINDS = {b"text": TEXT, b"spreadsheet": TABLE, b"presentation": SHOW}
#: Documents that hold programs, and templates, by the ending of the plain ones.
PLAIN = dict.fromkeys((".docm", ".dotx", ".dotm"), ".docx") | dict.fromkeys(
    (".xlsm", ".xltx", ".xltm"), ".xlsx")
#: The parts of such a document that act.
PROGRAM = re.compile(r"vbaProject|vbaData|activeX|\.(?:bin|exe)$", re.IGNORECASE)
ANY = re.compile(r".*", re.DOTALL)


def foreign(content):
    """What ``content`` is and what to do, where it is a known kind of file that is not read here;
    else None.
    """
    if content.startswith(COMPOUND):
        return _of_old_office(content)
    if content.startswith(b"PK"):
        return _of_archive(content)
    return PAGE if WEB.match(content) else next(
        (why for beginning, why in BEGINNINGS.items() if content.startswith(beginning)), None)


def without_macros(content, name):
    """``content`` of an Office file that holds programs, or a template, as the plain document it is
    otherwise, and its ``name`` as that of one; programs are neither run nor kept.
    """
    path = PurePath(name)
    ending = PLAIN.get(path.suffix.lower())
    if ending is None:
        return content, name
    try:
        parts = parts_of(content, ANY)
    except UnreadableSheet:
        return content, name
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for part, inside in parts.items():
            if not PROGRAM.search(part):
                archive.writestr(part, inside)
    return buffer.getvalue(), str(path.with_suffix(ending))


def _of_old_office(content):
    def holds(name):
        return name.encode("utf-16-le") in content
    if holds(GUARDED):
        return LOCKED
    if holds(LETTER):
        return OLD_WORD
    return SHOW if holds(SLIDES) else OLD_EXCEL if any(map(holds, BOOKS)) else None


def _of_archive(content):
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            said = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return None
    if said.startswith(b"application/vnd.oasis.opendocument."):
        return next((why for kind, why in KINDS.items() if kind in said), None)
    if "Index/Document.iwa" in names:
        return TABLE if any(name.startswith("Index/Tables/") for name in names) else TEXT
    return next((why for part, why in PARTS.items() if part in names), None)
