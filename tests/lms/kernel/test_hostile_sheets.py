"""Files that are broken, too large or made to do harm are refused, and say why."""
import random
import struct
import zipfile
from io import BytesIO

import pytest

from lms.kernel.sheets import UnreadableSheet, read_workbook

from tests.lms.kernel.workbooks import MAIN, SHEET, repacked, small_workbook, values, workbook

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(content, name="danh-sach.xlsx"):
    """Why the file is refused."""
    with pytest.raises(UnreadableSheet) as refusal:
        read_workbook(content, name)
    return refusal.value.code


@pytest.mark.parametrize(("content", "code"), [
    (b"", "empty"),
    (workbook(lambda _book, _sheet: None), "empty"),
    (b"\n\n ; ;\n", "empty"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not-a-workbook"),
    (b"<html><table><tr><td>x</td></tr></table></html>", "not-a-workbook"),
    (b"PK\x03\x04 and nothing else", "not-a-workbook"),
    (small_workbook()[:-30], "not-a-workbook"),
    (COMPOUND + bytes(600), "old-workbook"),
    (COMPOUND + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    (b"x" * (20 * 1024 * 1024 + 1), "too-large"),
])
def test_what_cannot_be_read_says_why(content, code):
    assert refused(content) == code


def test_another_office_file_is_no_workbook():
    document = BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert refused(document.getvalue()) == "not-a-workbook"


def test_a_binary_workbook_is_an_old_one():
    binary = BytesIO()
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")

    assert refused(binary.getvalue()) == "old-workbook"


def test_an_archive_with_a_password_is_encrypted():
    content = bytearray(small_workbook())
    # The first bit of the flags, in the header of every part and in the list at the end.
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)

    assert refused(bytes(content)) == "encrypted"


@pytest.mark.slow
def test_a_small_file_that_unpacks_to_a_huge_one_is_refused():
    content = repacked(small_workbook(), {"xl/worksheets/sheet2.xml": bytes(130 * 1024 * 1024)})

    assert len(content) < 200_000
    assert refused(content) == "too-large"


def test_a_part_that_lies_about_its_size_is_refused():
    content = bytearray(repacked(small_workbook(), {}, zipfile.ZIP_STORED))
    entry = content.rfind(SHEET.encode()) - 46
    struct.pack_into("<I", content, entry + 24, 3)

    assert refused(bytes(content)) == "not-a-workbook"


def test_an_archive_of_thousands_of_parts_is_refused():
    parts = {f"xl/media/{number}.png": b"" for number in range(2000)}

    assert refused(repacked(small_workbook(), parts)) == "too-large"


def test_a_part_packed_in_a_way_no_spreadsheet_uses_is_refused():
    assert refused(repacked(small_workbook(), {}, zipfile.ZIP_BZIP2)) == "not-a-workbook"


def test_a_sheet_that_is_missing_from_the_file_is_passed_over():
    links = ('<Relationships><Relationship Id="rId1" Target="worksheets/none.xml" '
             'Type="http://x/worksheet"/></Relationships>')

    assert refused(repacked(small_workbook(), {"xl/_rels/workbook.xml.rels": links})) == "empty"


def test_thousands_of_rows_with_one_far_cell_each_are_refused():
    rows = "".join(f'<row><c r="IV{line}"><v>1</v></c></row>' for line in range(1, 16_001))
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"

    assert refused(repacked(small_workbook(), {SHEET: sheet})) == "too-large"


@pytest.mark.slow
def test_a_few_cells_far_apart_are_refused_for_the_grid_they_need():
    rows = ('<row r="100000"><c r="A100000"><v>1</v></c></row>'
            '<row r="1"><c r="IV1"><v>1</v></c></row>')
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"

    assert refused(repacked(small_workbook(), {SHEET: sheet})) == "too-large"


def test_a_cell_in_a_far_corner_is_refused_before_the_grid_is_built():
    sheet = (f'<worksheet {MAIN}><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
             "</sheetData></worksheet>")

    assert refused(repacked(small_workbook(), {SHEET: sheet})) == "too-large"


def test_a_long_text_shared_by_many_cells_is_held_once():
    cells = "".join(f'<c r="A{line}" t="s"><v>0</v></c>' for line in range(1, 4001))
    rows = f"<worksheet {MAIN}><sheetData><row>{cells}</row></sheetData></worksheet>"
    strings = f"<sst {MAIN}><si><t>{'x' * 30_000}</t></si></sst>"

    (sheet,) = read_workbook(repacked(small_workbook(), {
        SHEET: rows, "xl/sharedStrings.xml": strings}))

    texts = [text for (text,) in values(sheet)]
    assert (len(texts), len(texts[0])) == (4000, 4000)
    assert len(set(map(id, texts))) == 1


def test_a_count_that_the_file_states_reserves_nothing():
    # Some readers end the whole process on this file.
    strings = (f'<sst {MAIN} count="99999999999" uniqueCount="99999999999">'
               "<si><t>Nông</t></si></sst>")

    (sheet,) = read_workbook(repacked(small_workbook(), {"xl/sharedStrings.xml": strings}))

    assert values(sheet) == [["Nông"]]


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml",
                                  "xl/workbook.xml"])
def test_a_part_with_a_document_type_is_refused(part):
    bomb = ('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
            f"<x {MAIN}>&b;</x>")

    assert refused(repacked(small_workbook(), {part: bomb})) == "not-a-workbook"


@pytest.mark.parametrize("sheet", [
    "<worksheet><sheetData><row", "", "\x00\x01",
    f'<worksheet {MAIN}><sheetData><row><c r="A0"><v>1</v></c></row></sheetData></worksheet>',
    f'<worksheet {MAIN}><sheetData><row><c t="s"><v>99</v></c></row></sheetData></worksheet>',
    f'<worksheet {MAIN}><sheetData><row r="x"><c><v>1</v></c></row></sheetData></worksheet>',
    f'<worksheet {MAIN}><sheetData><row><c><v>1x</v></c></row></sheetData></worksheet>',
])
def test_a_damaged_sheet_is_refused(sheet):
    assert refused(repacked(small_workbook(), {SHEET: sheet})) == "not-a-workbook"


def test_random_damage_never_breaks_the_reader():
    whole, chance = small_workbook(), random.Random(2026)
    for at in range(0, len(whole), 61):
        damaged = whole[:at] + chance.randbytes(1) + whole[at + 1:]

        try:
            read_workbook(damaged)
        except UnreadableSheet as refusal:
            assert refusal.code in ("not-a-workbook", "encrypted", "too-large", "empty",
                                    "old-workbook")


@pytest.mark.parametrize(("content", "code"), [
    (b"a" + b";a" * 300, "too-large"), (b"a\n" * 120_001, "too-large"),
    (b'a;"' + b"x" * 1_100_000 + b'"', "not-a-workbook")])
def test_text_with_separators_has_its_limits(content, code):
    assert refused(content, "a.csv") == code
