"""A clerk's list of people is found, read row by row, and every fault stands at its cell."""
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from lms.kernel.grid import Sheet, squared
from lms.kernel.sheets import Table, read_workbook, write_workbook
from lms.people.fault_words import FAULTS, WARNINGS
from lms.people.workbook import Fault, PersonRow, read_people

from tests.lms.people import clerks_list

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 25)
HEADER = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Điện thoại"]
CULTURE = "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"
PRESS = "BÁO VÀ PHÁT THANH, TRUYỀN HÌNH CAO BẰNG"


def sheet_of(*rows, merged=()):
    """A sheet of these rows of values; None and "" are blank cells."""
    return Sheet("Danh sách", squared([["" if value is None else value for value in row]
                                       for row in rows]), merged=merged)


def people_of(*rows, merged=(), mapping=None):
    """The list read from a sheet of these rows."""
    return read_people(sheet_of(*rows, merged=merged), mapping, today=TODAY)


def names_of(people):
    """The names in the list."""
    return [row.full_name for row in people.rows]


@pytest.fixture(scope="module")
def clerks():
    """The list of forty people that a clerk made."""
    (sheet,) = read_workbook(clerks_list.made(), "danh-sach.xlsx")
    return read_people(sheet, today=TODAY)


def by_line(people, line):
    """The person in the line of the spreadsheet."""
    return next(row for row in people.rows if row.line == line)


def test_the_list_of_the_demonstration_has_four_faults():
    (sheet,) = read_workbook((ROOT / "demo" / "danh-sach-can-bo.xlsx").read_bytes(), "a.xlsx")

    people = read_people(sheet, today=TODAY)

    assert [(row.line, fault.field, fault.code) for row in people.rows
            for fault in row.faults] == [
        (10, "birth", "birth-day"), (19, "phone", "phone-form"), (20, "birth", "birth-month"),
        (33, "full_name", "name-missing")]


def test_the_clerks_list_has_forty_people_in_three_units(clerks):
    units = [row.unit for row in clerks.rows]

    assert [(unit, units.count(unit)) for unit in dict.fromkeys(units)] == [
        (CULTURE, 13), (PRESS, 15), ("SỞ NỘI VỤ", 12)]


def test_its_columns_are_understood(clerks):
    assert (clerks.headings_line, clerks.skipped) == (7, 6)
    assert clerks.mapping == {
        0: "number", 1: "full_name", 2: "birth_male", 3: "birth_female", 4: "title",
        5: "group", 6: "phone", 7: "email", 8: "note"}


def test_exactly_four_of_its_cells_are_wrong(clerks):
    faults = [(row.line, fault) for row in clerks.rows for fault in row.faults]

    assert faults == [(17, Fault("birth", "birth-day", "31/02/1985")),
                      (31, Fault("birth", "birth-month", "15/13/1992")),
                      (34, Fault("phone", "phone-form", "0945 0002")),
                      (42, Fault("full_name", "name-missing", ""))]


def test_an_ordinary_row_is_read_whole(clerks):
    assert by_line(clerks, 11) == PersonRow(
        line=11, full_name="Lý Thị Kiều Oanh", birth="1978-03-14", gender="f",
        title="Trưởng phòng", unit=CULTURE, phone="+84912000101", email="oanh.ltk@example.com",
        group="B", staff_code="", faults=(), warnings=())


def test_dates_in_every_form_are_read(clerks):
    births = {row.line: row.birth for row in clerks.rows if row.line <= 23}

    assert births == {
        11: "1978-03-14", 12: "1985-02-05", 13: "1990-11-12", 14: "1991-02-06", 15: "1988-11-20",
        16: "1987", 17: "", 18: "1993", 19: "1985-02-05", 20: "1989-09-01", 21: "1990",
        22: "1984-02-05", 23: "1982-12-31"}


def test_decomposed_and_lookalike_letters_are_mended_silently(clerks):
    assert (by_line(clerks, 14).full_name, by_line(clerks, 14).warnings) == (
        "Triệu Thị Hiền", ())
    assert by_line(clerks, 15).full_name == "Đàm Văn Đức"


def test_text_in_old_charsets_is_converted_with_a_warning(clerks):
    old, vni = by_line(clerks, 26), by_line(clerks, 27)

    assert (old.full_name, old.title) == ("Nguyễn Thị Ánh Dương", "Phóng viên")
    assert (vni.full_name, vni.title) == ("Nông Văn Cường", "Biên tập viên")
    assert old.warnings == (
        Fault("full_name", "from-tcvn3", "NguyÔn ThÞ ¸nh D\u00ad¬ng"),)
    assert vni.warnings == (Fault("full_name", "from-vni", "Noâng Vaên Cöôøng"),)


def test_people_of_one_name_stay_two(clerks):
    twins = [(row.birth, row.warnings[0].code) for row in clerks.rows
             if row.full_name == "Nông Thị Hương"]

    assert twins == [("1988", "zero-restored"), ("1991", "zero-restored")]


def test_a_long_name_and_a_short_one_are_names(clerks):
    long, short = by_line(clerks, 18), by_line(clerks, 21)

    assert (long.full_name, len(long.full_name), long.warnings) == (
        "Hoàng Nông Thị Phương Thảo Khánh Linh An", 40, ())
    assert (short.full_name, short.warnings) == (
        "Páo", (Fault("full_name", "one-word", "Páo"),))


def test_totals_and_signatures_are_left_out_and_listed(clerks):
    assert clerks.ignored == (
        (53, "Tổng số: 40 người./."), (55, "Cao Bằng, ngày 02 tháng 11 năm 2026"),
        (56, "NGƯỜI LẬP BIỂU KT. GIÁM ĐỐC"), (57, "(Ký, ghi rõ họ tên) PHÓ GIÁM ĐỐC"),
        (61, "Hứa Minh Tâm Lý Thị Kiều Oanh"))


def test_every_code_has_its_sentence(clerks):
    codes = {fault.code for row in clerks.rows for fault in row.faults}
    warnings = {fault.code for row in clerks.rows for fault in row.warnings}

    assert (codes - FAULTS.keys(), warnings - WARNINGS.keys()) == (set(), set())


def test_the_header_is_found_below_the_letterhead():
    people = people_of(["UBND TỈNH", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], [],
                       ["DANH SÁCH CÁN BỘ"], HEADER, [1, "Nông Thị Lan", "6/2/1991"])

    assert (people.headings_line, names_of(people)) == (4, ["Nông Thị Lan"])


def test_a_birth_in_the_words_of_tcvn3_is_read():
    people = people_of(HEADER, [1, "Vµng A P¸o", "ngµy 05 th¸ng 02 n¨m 1990", "Phã Gi¸m ®èc", ""])

    assert [row.birth for row in people.rows] == ["1990-02-05"]


def test_a_header_in_tcvn3_is_understood():
    people = people_of(["STT", "Hä vµ tªn", "N¨m sinh", "Chøc vô"],
                       [1, "N«ng ThÞ Lan", 1991, "Phóng viên"])

    assert people.mapping == {0: "number", 1: "full_name", 2: "birth", 3: "title"}
    assert names_of(people) == ["Nông Thị Lan"]


def test_a_header_over_two_rows_without_merging_is_understood():
    people = people_of(["STT", "Họ và tên", "Năm sinh", "", "Chức vụ"],
                       ["", "", "Nam", "Nữ", ""],
                       [1, "Vàng A Páo", 1988, "", "Chuyên viên"],
                       [2, "Bế Thị Hoa", "", 1975, "Tổng Biên tập"])

    assert people.mapping == {
        0: "number", 1: "full_name", 2: "birth_male", 3: "birth_female", 4: "title"}
    assert [(row.birth, row.gender) for row in people.rows] == [("1988", "m"), ("1975", "f")]


def test_a_name_in_two_columns_under_one_merged_label_is_one_name():
    people = people_of(["TT", "Họ và tên", "", "Năm sinh"], [1, "Nông Thị", "Lan", 1991],
                       merged=((0, 1, 0, 2),))

    assert people.mapping == {0: "number", 1: "family_middle", 2: "given", 3: "birth"}
    assert names_of(people) == ["Nông Thị Lan"]


def test_a_blank_label_over_given_names_is_the_second_half_of_the_name():
    people = people_of(["TT", "Họ và tên", "", "Năm sinh"], [1, "Nông Thị", "Lan", 1991],
                       [2, "Vàng A", "Páo", 1988])

    assert names_of(people) == ["Nông Thị Lan", "Vàng A Páo"]


def test_a_blank_column_behind_full_names_is_nothing():
    people = people_of(["TT", "Họ và tên", "", "Năm sinh"], [1, "Nông Thị Lan", "", 1991],
                       [2, "Vàng A Páo", "mới", 1988], [3, "Bế Văn Hạ", "", 1984])

    assert names_of(people) == ["Nông Thị Lan", "Vàng A Páo", "Bế Văn Hạ"]


def test_the_given_name_is_not_said_twice():
    people = people_of(["TT", "Họ và tên", "Tên", "Năm sinh"], [1, "Nông Thị Lan", "Lan", 1991])

    assert names_of(people) == ["Nông Thị Lan"]


def test_a_cross_under_nam_or_nu_is_the_gender():
    people = people_of(["Họ và tên", "Nam", "Nữ", "Ngày sinh"],
                       ["Vàng A Páo", "x", "", "5/2/85"], ["Bế Thị Hoa", "", "X", 1975],
                       ["Lý Hoài Ân", "x", "x", 1979])

    assert [(row.gender, row.birth) for row in people.rows] == [
        ("m", "1985-02-05"), ("f", "1975"), ("", "1979")]
    assert people.rows[2].faults == (Fault("gender", "gender-twice"),)


def test_group_rows_name_the_unit_of_those_below():
    people = people_of(HEADER, ["I", "SỞ NỘI VỤ"], [1, "Nông Thị Lan", 1991],
                       ["II. BÁO CAO BẰNG (2 người)"], [2, "Bế Thị Hoa", 1975],
                       ["", "Phòng Biên tập", "", "", ""], [3, "Hoàng Văn Ấn", 1980],
                       ["B", "Đài Phát thanh", "", "", 12], [4, "Lương Thị Ý", 1992])

    assert [(row.full_name, row.unit) for row in people.rows] == [
        ("Nông Thị Lan", "SỞ NỘI VỤ"), ("Bế Thị Hoa", "BÁO CAO BẰNG"),
        ("Hoàng Văn Ấn", "Phòng Biên tập"), ("Lương Thị Ý", "Đài Phát thanh")]


def test_the_unit_in_the_row_goes_before_the_group_row():
    people = people_of(["STT", "Họ và tên", "Đơn vị"], ["I", "SỞ NỘI VỤ", ""],
                       [1, "Nông Thị Lan", "Văn phòng Sở"], [2, "Bế Thị Hoa", ""])

    assert [row.unit for row in people.rows] == ["Văn phòng Sở", "SỞ NỘI VỤ"]


def test_a_person_called_truong_is_no_school():
    people = people_of(["STT", "Họ và tên", "Chức vụ"], [1, "Trương Thị Hà", ""],
                       [2, "Đoàn Văn Hùng", ""])

    assert names_of(people) == ["Trương Thị Hà", "Đoàn Văn Hùng"]


def test_a_merged_unit_holds_for_all_its_rows():
    people = people_of(["STT", "Họ và tên", "Đơn vị"], [1, "Nông Thị Lan", "Báo Cao Bằng"],
                       [2, "Bế Thị Hoa"], [3, "Vàng A Páo", "Sở Nội vụ"],
                       merged=((1, 2, 2, 2),))

    assert [row.unit for row in people.rows] == ["Báo Cao Bằng", "Báo Cao Bằng", "Sở Nội vụ"]


def test_as_above_is_what_stands_above():
    people = people_of(["STT", "Họ và tên", "Chức vụ", "Đơn vị"],
                       [1, "Nông Thị Lan", "Phóng viên", "Báo Cao Bằng"],
                       [2, "Bế Thị Hoa", '"', "nt"], [3, "Vàng A Páo", "Như trên", "-nt-"])

    assert {(row.title, row.unit) for row in people.rows} == {("Phóng viên", "Báo Cao Bằng")}


def test_numbers_of_columns_prepared_numbers_and_repeated_headers_are_passed_over():
    people = people_of(HEADER, ["(1)", "(2)", "(3)", "(4)", "(5)"],
                       [1, "Nông Thị Lan", 1991], HEADER, [2, "Bế Thị Hoa", 1975], [3], [4])

    assert (names_of(people), people.ignored) == (["Nông Thị Lan", "Bế Thị Hoa"], ())


def test_those_who_sign_are_not_in_the_list():
    people = people_of(["Họ và tên", "Ngày sinh", "Chức vụ"],
                       ["Nông Thị Lan", "6/2/1991", "Giám đốc"],
                       ["Vàng A Páo", "", "Giám đốc"],
                       ["", "", "Cao Bằng, ngày 02 tháng 11 năm 2026"],
                       ["Người lập biểu", "", "Thủ trưởng đơn vị"],
                       ["Bế Thị Hoa", "", "Lý Hoài Ân"])

    assert names_of(people) == ["Nông Thị Lan", "Vàng A Páo"]
    assert [line for line, _ in people.ignored] == [4, 5, 6]


def test_a_total_is_nobody_even_where_the_rows_have_no_numbers():
    people = people_of(["Họ và tên", "Ngày sinh"], ["Nông Thị Lan", 1991],
                       ["Tổng cộng: 1 người", ""])

    assert (names_of(people), people.ignored) == (["Nông Thị Lan"], ((3, "Tổng cộng: 1 người"),))


def test_a_second_list_below_the_signatures_is_read_too():
    people = people_of(HEADER, [1, "Nông Thị Lan", 1991], ["", "", "", "KT. GIÁM ĐỐC"],
                       HEADER, [1, "Bế Thị Hoa", 1975])

    assert names_of(people) == ["Nông Thị Lan", "Bế Thị Hoa"]


def test_a_row_without_a_number_is_a_person_if_it_says_more_than_a_name():
    people = people_of(HEADER, [1, "Nông Thị Lan", 1991], ["", "Bế Thị Hoa", 1975],
                       ["", "Phóng viên thường trú"])

    assert (names_of(people), people.ignored) == (
        ["Nông Thị Lan", "Bế Thị Hoa"], ((4, "Phóng viên thường trú"),))


def test_a_mapping_somebody_corrected_goes_before_the_proposal():
    rows = (["Số", "Họ và tên", "Cột A", "Cột B"], [1, "Nông Thị Lan", "Phóng viên", "CB01"])

    proposed = people_of(*rows)
    corrected = people_of(*rows, mapping={1: "full_name", 2: "title", 3: "staff_code"})

    assert (proposed.rows[0].title, proposed.mapping) == ("", {1: "full_name"})
    assert (corrected.rows[0].title, corrected.rows[0].staff_code) == ("Phóng viên", "CB01")
    assert corrected.signature == proposed.signature


def test_a_sheet_without_a_header_is_no_list():
    assert people_of(["Nông Thị Lan", 1991], ["Bế Thị Hoa", 1975]) is None
    assert people_of(["Kế hoạch"]) is None


def test_a_staff_code_twice_is_a_fault_of_the_second_row():
    people = people_of(["Mã cán bộ", "Họ và tên"], ["CB01", "Nông Thị Lan"],
                       ["CB01", "Bế Thị Hoa"], ["", "Vàng A Páo"], ["", "Bế Văn Hạ"])

    assert [row.faults for row in people.rows] == [(), (Fault(
        "staff_code", "code-twice", "CB01"),), (), ()]


def test_a_row_can_have_several_faults():
    people = people_of(HEADER, [1, "1985", "31/2/1985", "x" * 301, "0912"])

    assert [(fault.field, fault.code) for fault in people.rows[0].faults] == [
        ("full_name", "name-digits"), ("birth", "birth-day"), ("title", "text-long"),
        ("phone", "phone-form")]


def test_a_row_of_an_old_charset_is_read_as_one():
    # “Thò” alone could be Unicode; the rest of the row says that it is VNI.
    people = people_of(["Họ và tên", "Chức vụ"], ["Ñaëng Thò Thuûy", "Thò tröôûng"],
                       ["Nông Thị Lan", "Thò"])

    assert [(row.full_name, row.title) for row in people.rows] == [
        ("Đặng Thị Thủy", "Thị trưởng"), ("Nông Thị Lan", "Thò")]


def test_a_list_saved_as_text_with_separators_reads_the_same():
    text = "STT;Họ và tên;Năm sinh;ĐT\r\n1;Nông Thị Lan;6/2/91;912000111\r\n;;;\r\n"

    (sheet,) = read_workbook(text.encode("utf-8-sig"), "ds.csv")
    people = read_people(sheet, today=TODAY)

    assert [(row.full_name, row.birth, row.phone) for row in people.rows] == [
        ("Nông Thị Lan", "1991-02-06", "+84912000111")]


def test_the_font_of_a_cell_reaches_the_reader():
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, old = book.add_worksheet(), book.add_format({"font_name": ".VnTimeH"})
        sheet.write_row(0, 0, ["Họ và tên", "Năm sinh"])
        sheet.write_string(1, 0, "lß thÞ thß", old)
        sheet.write_number(1, 1, 1990)

    (sheet,) = read_workbook(buffer.getvalue())

    assert names_of(read_people(sheet, today=TODAY)) == ["Lò Thị Thò"]


@pytest.mark.slow
def test_ten_thousand_rows_are_read():
    rows = [[number, f"Nông Thị Hương {'ABCDEFGHIK'[number % 10]}", "5/2/85", "Phóng viên",
             912000000 + number] for number in range(1, 10_001)]
    content = write_workbook([Table("Danh sách", HEADER, rows)])

    (sheet,) = read_workbook(content)
    people = read_people(sheet, today=TODAY)

    assert (len(people.rows), [row for row in people.rows if row.faults]) == (10_000, [])
