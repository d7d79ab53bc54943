"""Workbooks of clerks are read as they are, and lists are written well."""
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from lms.kernel.sheets import Table, read_workbook, write_workbook

from tests.lms.kernel.workbooks import MAIN, SHEET, repacked, small_workbook, values, workbook


def test_values_are_what_the_spreadsheet_shows_them_to_be():
    def fill(book, sheet):
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(1, 1, ["Nông  Thị", 912345678, 1.5, True])
        sheet.write_datetime(2, 1, date(1985, 2, 5), day)
        sheet.write_formula(2, 2, "=1+1", None, 2)

    (sheet,) = read_workbook(workbook(fill))

    assert sheet.name == "Danh sách"
    assert values(sheet) == [[None] * 5, [None, "Nông  Thị", 912345678, 1.5, True],
                             [None, date(1985, 2, 5), 2, None, None]]


@pytest.mark.parametrize(("number", "form", "value"), [
    (31083, "dd/mm/yyyy", date(1985, 2, 5)), (31083, "yyyy", date(1985, 2, 5)),
    (31083, '"năm" yyyy', date(1985, 2, 5)), (31083.3125, "hh:mm dd/mm/yy",
                                              datetime.fromisoformat("1985-02-05T07:30")),
    (1, "dd/mm/yyyy", date(1900, 1, 1)), (0.5, "hh:mm", time(12)),
    (31083, "General", 31083), (31083, '0 "ngày"', 31083), (31083, "[Red]0", 31083),
    (2.5, "[h]:mm", 2.5),
    (-1, "dd/mm/yyyy", -1), (5_000_000, "dd/mm/yyyy", 5_000_000),
])
def test_a_number_is_a_day_where_its_format_shows_one(number, form, value):
    def fill(book, sheet):
        sheet.write_number(0, 0, number, book.add_format({"num_format": form}))

    (sheet,) = read_workbook(workbook(fill))

    assert values(sheet) == [[value]]


def test_days_of_an_old_macintosh_are_counted_from_1904():
    def fill(book, sheet):
        sheet.write_datetime(0, 0, date(1985, 2, 5), book.add_format({"num_format": "d/m/yyyy"}))

    (sheet,) = read_workbook(workbook(fill, date_1904=True))

    assert values(sheet) == [[date(1985, 2, 5)]]


@pytest.mark.parametrize(("cell", "value"), [
    ('<c t="inlineStr"><is><r><t>Nông</t></r><r><t xml:space="preserve"> An</t></r></is></c>',
     "Nông An"),
    ('<c t="inlineStr"><is><t>Lan</t><rPh><t>sound</t></rPh></is></c>', "Lan"),
    ('<c t="str"><f>A1</f><v>Lan</v></c>', "Lan"), ('<c t="b"><v>1</v></c>', True),
    ('<c t="e"><v>#N/A</v></c>', None), ('<c t="d"><v>1985-02-05</v></c>', date(1985, 2, 5)),
    ('<c t="inlineStr"><is><t>a_x000D_b</t></is></c>', "a\rb"), ("<c><v>1e999</v></c>", None),
    ('<c t="s"><v></v></c>', None), ("<c><v>12.0</v></c>", 12),
])
def test_every_kind_of_cell_is_read(cell, value):
    rows = (f"<x:worksheet xmlns:x={MAIN[6:]} {MAIN}><sheetData><row>{cell}<c><v>7</v></c></row>"
            "</sheetData></x:worksheet>")

    (sheet,) = read_workbook(repacked(small_workbook(), {SHEET: rows}))

    assert values(sheet) == [[value, 7]]


def test_merged_ranges_are_told():
    def fill(_book, sheet):
        sheet.merge_range(0, 0, 1, 2, "Họ và tên")

    (sheet,) = read_workbook(workbook(fill))

    assert sheet.merged == ((0, 0, 1, 2),)


def test_text_is_left_as_it_was_typed():
    typed = "NguyÔn D\u00ad¬ng \u00d0\u00a0x"

    (sheet,) = read_workbook(workbook(lambda _book, sheet: sheet.write_string(0, 0, typed)))

    assert values(sheet) == [[typed]]


def test_fonts_of_before_unicode_are_told_cell_by_cell():
    def fill(book, sheet):
        old, vni, new = (book.add_format({"font_name": font})
                         for font in (".VnTimeH", "VNI-Times", "Arial"))
        sheet.write_string(0, 0, "nguyÔn", old)
        sheet.write_string(0, 1, "Noâng", vni)
        sheet.write_string(0, 2, "Nông", new)
        sheet.write_rich_string(1, 0, "STT ", old, "tªn")
        sheet.write_number(1, 1, 7, old)

    (sheet,) = read_workbook(workbook(fill))

    assert sheet.fonts == {(0, 0): ".VnTimeH", (0, 1): "VNI-Times", (1, 0): ".VnTimeH",
                           (1, 1): ".VnTimeH"}
    assert (sheet.font(0, 1), sheet.font(0, 2)) == ("VNI-Times", "")


def test_a_workbook_of_another_program_is_read_too():
    book = openpyxl.Workbook()
    book.active.title = "Cán bộ"
    book.active.append(["Họ và tên", 1985, date(1990, 1, 2)])
    book.create_sheet("Phóng viên").append(["Lan"])
    buffer = BytesIO()
    book.save(buffer)

    sheets = read_workbook(buffer.getvalue())

    assert [(sheet.name, values(sheet)) for sheet in sheets] == [
        ("Cán bộ", [["Họ và tên", 1985, date(1990, 1, 2)]]), ("Phóng viên", [["Lan"]])]


def test_hidden_sheets_are_not_read():
    def fill(book, sheet):
        sheet.write_string(0, 0, "seen")
        hidden = book.add_worksheet("Ẩn")
        hidden.write_string(0, 0, "hidden")
        hidden.hide()

    sheets = read_workbook(workbook(fill))

    assert [values(sheet) for sheet in sheets] == [[["seen"]]]


def test_formatted_blank_rows_far_below_do_not_count():
    def fill(book, sheet):
        grey = book.add_format({"bg_color": "#DDDDDD"})
        sheet.write_string(0, 0, "Nông")
        sheet.write_blank(1_000_000, 300, None, grey)

    (sheet,) = read_workbook(workbook(fill))

    assert values(sheet) == [["Nông"]]


LINES = [["STT", "Họ và tên", "Năm sinh"], ["1", "Nông Thị Hương", "1988"],
         ["2", "Bế Văn Hạ", "5/2/85"]]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_with_separators_is_read_in_any_unicode(separator, encoding):
    text = "\r\n".join(separator.join(line) for line in LINES)

    (sheet,) = read_workbook(text.encode(encoding), "danh sách.csv")

    assert (sheet.name, values(sheet)) == ("danh sách", LINES)


def test_text_of_the_vietnamese_windows_is_read():
    # Windows-1258 keeps the tones as marks behind the letters.
    content = "Họ và tên;Đơn vị\r\nNguyễn Thị Hương;Sở Nội vụ".replace(
        "ọ", "o\u0323").replace("à", "a\u0300").replace("ễ", "ê\u0303").replace(
        "ị", "i\u0323").replace("ở", "ơ\u0309").replace("ộ", "ô\u0323").replace("ụ", "u\u0323")

    (sheet,) = read_workbook(content.encode("cp1258"), "a.csv")

    assert values(sheet) == [["Họ và tên", "Đơn vị"], ["Nguyễn Thị Hương", "Sở Nội vụ"]]


def test_text_in_tcvn3_is_left_for_the_decoder():
    content = "Hä vµ tªn;§¬n vÞ\r\nNguyÔn ThÞ Thñy;Së Néi vô".encode("latin-1")

    (sheet,) = read_workbook(content, "a.csv")

    assert values(sheet)[1] == ["NguyÔn ThÞ Thñy", "Së Néi vô"]


def test_a_comma_in_a_name_does_not_mislead_the_separator():
    content = "Tên;Đơn vị\nLan;Sở Văn hóa, Thể thao, Du lịch\nHoa;\"Báo;Đài\nCao Bằng\""

    (sheet,) = read_workbook(content.encode(), "a.csv")

    assert values(sheet) == [["Tên", "Đơn vị"], ["Lan", "Sở Văn hóa, Thể thao, Du lịch"],
                             ["Hoa", "Báo;Đài\nCao Bằng"]]


def test_a_separator_that_the_file_names_is_used():
    (sheet,) = read_workbook(b"sep=|\r\na|b;c\r\n", "a.csv")

    assert values(sheet) == [["a", "b;c"]]


def opened(content):
    """The written workbook as openpyxl sees it."""
    return openpyxl.load_workbook(BytesIO(content))


def shown(cell):
    """The value of the cell; a date or a moment in ISO form."""
    return cell.value.isoformat() if cell.is_date else cell.value


def test_a_list_is_written_with_real_numbers_and_dates():
    table = Table("Danh sách", ["Họ và tên", "Sinh", "Lượt", "Tỷ lệ", "Lúc", "Trống", "Có"], [
        ["Nông Thị Hương", date(1988, 3, 12), 2, Decimal("98.5"),
         datetime(2026, 6, 30, 17, 0, tzinfo=UTC), None, True]])

    sheet = opened(write_workbook([table]))["Danh sách"]

    assert list(map(shown, sheet[2])) == [
        "Nông Thị Hương", "1988-03-12T00:00:00", 2, 98.5, "2026-07-01T00:00:00", None, True]
    assert sheet["B2"].number_format == "dd/mm/yyyy"


def test_a_long_list_stays_readable():
    table = Table("A", ["Số", "Tên"], [[number, "Nông Thị Hương"] for number in range(50)])

    sheet = opened(write_workbook([table]))["A"]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B51"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.paperSize == 9
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width


def test_a_title_stands_above_the_header():
    table = Table("A", ["Tên"], [["Lan"]], title="Danh sách học viên")

    sheet = opened(write_workbook([table]))["A"]

    assert [sheet["A1"].value, sheet["A3"].value, sheet["A4"].value] == [
        "Danh sách học viên", "Tên", "Lan"]
    assert sheet.freeze_panes == "A4"


@pytest.mark.parametrize("text", ["=1+1", "{=1+1}", "+84912345678", "-1", "@SUM(A1)",
                                  "http://example.com", "mailto:a@example.com", "0912"])
def test_no_text_becomes_something_that_runs(text):
    sheet = opened(write_workbook([Table("A", [text], [[text]])], notes=[(text, text)]))["A"]

    for cell in (sheet["A1"], sheet["A2"]):
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_marked_cells_stand_out():
    table = Table("A", ["Tên", "Sinh"], [["Lan", "31/02/1985"], ["Hoa", None]],
                  marked=frozenset({(0, 1), (1, 1)}))

    sheet = opened(write_workbook([table]))["A"]

    fills = {cell.coordinate: cell.fill.fgColor.rgb for row in sheet["A2:B3"] for cell in row}
    assert fills == {"A2": "00000000", "B2": "FFF9EAE6", "A3": "00000000", "B3": "FFF9EAE6"}


def test_notes_have_a_sheet_of_their_own():
    content = write_workbook([Table("A", ["Tên"], [])],
                             notes=[("Tính đến ngày", date(2026, 6, 30)), ("Số người", 75)])

    notes = opened(content)["Thông tin"]

    assert [list(map(shown, row)) for row in notes.rows] == [
        ["Tính đến ngày", "2026-06-30T00:00:00"], ["Số người", 75]]


def test_names_of_sheets_are_made_fit_and_unique():
    long = "Báo và Phát thanh, Truyền hình Cao Bằng"

    names = opened(write_workbook([Table(name, ["x"], []) for name in (
        "Quý I/2026", long, long, "", "'")])).sheetnames

    assert names == ["Quý I 2026", "Báo và Phát thanh, Truyền hình",
                     "Báo và Phát thanh, Truyền h (2)", "1", "1 (2)"]


def test_what_is_written_is_read_again():
    table = Table("Danh sách", ["Tên", "Sinh", "Số"], [["Lan", date(1991, 2, 6), 7],
                                                       ["=Hoa", None, Decimal("1.5")]])

    sheets = read_workbook(write_workbook([table], notes=[("Ngày", "30/6/2026")]))

    assert [(sheet.name, values(sheet)) for sheet in sheets] == [
        ("Danh sách", [["Tên", "Sinh", "Số"], ["Lan", date(1991, 2, 6), 7],
                       ["=Hoa", None, 1.5]]),
        ("Thông tin", [["Ngày", "30/6/2026"]])]
