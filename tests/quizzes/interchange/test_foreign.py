"""Files of other programs, other machines and other times."""
import unicodedata
from io import BytesIO
from zipfile import ZipFile

import pytest

from lms.kernel.i18n import speaking

from quizzes.questions.interchange import document_out, gift_out, moodle_xml_out, sheet_out
from quizzes.questions.interchange.formats import read
from tests.quizzes.interchange.drafts import sixty

SIX = sixty()[:6]
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
GIFT, XML = (writer.write(SIX).content.decode() for writer in (gift_out, moodle_xml_out))


def archive(**parts):
    """An archive whose parts are called by names with __ for a stroke and _0 for a point."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_0", "."), content)
    return buffer.getvalue()


def old(name):
    """A file of Office before 2007 that holds a part of this name."""
    return OLD + name.encode("utf-16-le")


def opened(kind):
    """An OpenDocument."""
    return archive(mimetype=f"application/vnd.oasis.opendocument.{kind}", content_0xml="<a/>")


@pytest.mark.parametrize("content, word", [
    (old("WordDocument"), "(.doc)"), (old("Workbook"), "(.xls, .xlsb)"), (old("Book"), ".xlsx"),
    (old("EncryptedPackage"), "password"), (old("PowerPoint Document"), "presentation"),
    (archive(xl__workbook_0bin="x"), ".xlsb"), (archive(ppt__presentation_0xml="x"), "present"),
    (opened("text"), ".odt"), (opened("spreadsheet"), ".ods"), (opened("presentation"), "present"),
    (archive(Index__Document_0iwa="x"), ".pages"),
    (archive(Index__Document_0iwa="x", Index__Tables__1_0iwa="x"), ".numbers"),
    (rb"{\rtf1\ansi C\'e2u 1. {T}}", ".rtf"), (b"%PDF-1.7\n{", "PDF"), (b"Rar!\x1a\x07", ".zip"),
    (b"7z\xbc\xaf\x27\x1c\x00", ".zip"), (b"<!DOCTYPE html><p>a</p>", "web page"),
    (b" <HTML><p>a</p>", "web page")])
@pytest.mark.parametrize("key", [None, "docx", "xlsx", "gift"])
def test_a_file_of_another_program_is_named_with_what_to_do(app, content, word, key):
    with app.app_context(), speaking("en"):
        found = read(content, key)[1]
        [fault] = [str(fault.why) for fault in found.faults]

    assert (found.drafts, word in fault) == ((), True)


@pytest.mark.parametrize("writer, part, key", [
    (sheet_out, "xl/vbaProject.bin", "xlsx"), (document_out, "word/vbaProject.bin", "docx")])
def test_of_a_file_with_macros_the_questions_are_taken_and_nothing_else(writer, part, key):
    content = writer.write(SIX).content
    buffer = BytesIO(content)
    with ZipFile(buffer, "a") as made:
        made.writestr(part, b"\xd0\xcf Sub AutoOpen()")

    assert read(buffer.getvalue(), None, "de.xlsm") == read(content)
    assert read(buffer.getvalue())[0] == key


def in_windows(text):
    """A text in the Vietnamese Windows of before Unicode, its tones behind their letters."""
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        tones = [mark for mark in unicodedata.normalize("NFD", letter)
                 if mark in "\u0300\u0301\u0303\u0309\u0323"]
        bare = unicodedata.normalize("NFC", "".join(
            part for part in unicodedata.normalize("NFD", letter) if part not in tones))
        letters.append(bare + "".join(tones))
    return "".join(letters).encode("cp1258")


@pytest.mark.parametrize("text, name", [(GIFT, "de.txt"), (XML, "de.xml")])
@pytest.mark.parametrize("coded", [
    lambda text: text.replace("\n", "\r").encode(), lambda text: text.replace(
        "\n", "\r\n").encode(), lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
    lambda text: b"\xfe\xff" + text.encode("utf-16-be"), lambda text: text.encode("utf-16-le"),
    lambda text: in_windows(text.replace("UTF-8", "windows-1258")), in_windows,
    lambda text: unicodedata.normalize("NFD", text).encode()],
    ids=["mac", "windows", "mark", "utf-16", "big end", "no mark", "1258", "1258 that says utf-8",
         "parted"])
def test_questions_are_the_same_however_their_text_is_coded(text, name, coded):
    assert read(coded(text), None, name)[1].drafts == read(text.encode(), None, name)[1].drafts


def test_a_fault_of_a_file_of_a_mac_stands_at_its_line():
    [fault] = read(b"M\xe1\xbb\x99t {T}\r\rHai {T\r\r", None, "de.gift")[1].faults
    [torn] = read(b"<quiz>\r<question type='essay'>\r</quiz>")[1].faults

    assert (fault.line, torn.line) == (3, 3)


@pytest.mark.parametrize("text", [
    "Thñ ®« cña ViÖt Nam lµ g×? {\n=Hµ Néi\n~HuÕ\n~§µ N½ng\n}",
    "Thuû ñoâ cuûa Vieät Nam laø gì? {\n=Haø Noäi\n~Hueá\n~Ñaø Naüng\n}"], ids=["TCVN3", "VNI"])
def test_a_text_typed_with_the_fonts_of_before_unicode_is_read(text):
    [draft] = read(text.encode("latin-1"), None, "de.txt")[1].drafts

    assert (draft.stem_vi, [option["vi"] for option in draft.options]) == (
        "Thủ đô của Việt Nam là gì?", ["Hà Nội", "Huế", "Đà Nẵng"])
