"""Dates, phone numbers, names and headers are read as clerks write them."""
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.lists.births import read_birth
from lms.people.lists.faults import CellFault
from lms.people.lists.headers import field_of, header_signature, propose_mapping
from lms.people.lists.names import read_email, read_gender, read_name
from lms.people.lists.phones import e164, read_phone, shown

TODAY = date(2026, 11, 25)


class Told:
    """Somebody who is told of warnings, and remembers them."""

    def __init__(self):
        self.codes = []

    def __call__(self, code):
        self.codes.append(code)


@pytest.fixture
def told():
    """Who is told of the warnings of this test."""
    return Told()


def fault_of(read, *values):
    """The code of the fault that ``read`` finds."""
    with pytest.raises(CellFault) as fault:
        read(*values)
    return fault.value.code


@pytest.mark.parametrize("written", [
    "05/02/1985", "5/2/1985", "5/2/85", "5-2-85", "5.2.1985", "05.02.1985", "5 / 2 / 1985",
    "'05/02/1985", "1985-02-05", "1985-02-05 00:00:00", "05 tháng 02 năm 1985",
    "ngày 5 tháng 2 năm 1985", "05021985", 5021985, 31083, "31083", date(1985, 2, 5),
    datetime.fromisoformat("1985-02-05T07:30"),
])
def test_every_way_to_write_a_day_is_read(written, told):
    assert read_birth(written, TODAY, told) == "1985-02-05"
    assert told.codes == []


@pytest.mark.parametrize("written", [1985, "1985", "Năm 1985", "Sinh năm 1985", date(1905, 6, 7)])
def test_a_year_alone_stays_a_year(written, told):
    # 07/06/1905 is what a spreadsheet makes of 1985 in a cell meant for dates.
    assert read_birth(written, TODAY, told) == "1985"
    assert told.codes == []


@pytest.mark.parametrize("written", ["2/1985", "02.1985", "00/00/1985", "tháng 2-1985",
                                     "tháng 2 năm 1985", "Tháng 02, năm 1985", "sinh tháng 2/1985"])
def test_a_month_without_a_day_is_kept_as_a_year_with_a_warning(written, told):
    assert read_birth(written, TODAY, told) == "1985"
    assert told.codes == ["month-dropped"]


def test_two_digits_are_the_year_in_which_somebody_can_work_already(told):
    assert read_birth("1/1/05", TODAY, told) == "2005-01-01"
    assert read_birth("1/1/71", TODAY, told) == "1971-01-01"


@pytest.mark.parametrize(("written", "code"), [
    ("31/02/1985", "birth-day"), ("29/02/1985", "birth-day"), ("45/01/1985", "birth-day"),
    ("15/13/1985", "birth-month"), ("02/25/1985", "birth-month"), ("05/00/1985", "birth-month"),
    ("01/01/2030", "birth-year"), ("1/1/1890", "birth-year"), ("1879", "birth-year"),
    ("2030", "birth-year"), (50285, "birth-year"),
    ("chưa rõ", "birth-form"), ("12", "birth-form"), ("-5", "birth-form"), (1.5, "birth-form"),
])
def test_a_date_that_cannot_be_says_why(written, code, told):
    assert fault_of(read_birth, written, TODAY, told) == code


def test_a_child_is_looked_at(told):
    assert read_birth("06/02/2019", TODAY, told) == "2019-02-06"
    assert told.codes == ["young"]


def test_nothing_is_no_birth(told):
    assert read_birth(None, TODAY, told) == read_birth(" ", TODAY, told) == ""


@given(st.dates(date(1930, 1, 1), date(2010, 12, 31)),
       st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d%m%Y"]))
def test_any_day_is_read_as_it_was_written(day, form):
    assert read_birth(day.strftime(form), TODAY, Told()) == day.isoformat()


@given(st.dates(date(1930, 1, 1), date(2010, 12, 31)))
def test_the_number_of_any_day_is_read_as_that_day(day):
    serial = (day - date(1899, 12, 30)).days

    assert read_birth(serial, TODAY, Told()) == day.isoformat()


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(-1e9, 1e9), st.booleans(),
                st.none()))
def test_anything_else_is_a_fault_or_a_birth(value):
    try:
        birth = read_birth(value, TODAY, Told())
    except CellFault as fault:
        assert fault.code.startswith("birth-")
    else:
        assert birth == "" or date.fromisoformat(f"{birth}-01-01"[:10])


@pytest.mark.parametrize("written", [
    "0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "+84 912 345 678",
    "84912345678", "0084912345678", "+84 (0)912 345 678", "0912345678 (Zalo)"])
def test_every_way_to_write_a_number_is_read(written, told):
    assert read_phone(written, told) == "+84912345678"
    assert told.codes == []


def test_the_zero_that_a_spreadsheet_lost_is_put_back(told):
    assert read_phone(912345678, told) == "+84912345678"
    assert told.codes == ["zero-restored"]


def test_a_landline_of_the_province_is_read(told):
    assert read_phone("(0206) 3852 123", told) == "+842063852123"
    assert read_phone(2063852123, told) == "+842063852123"


def test_an_old_mobile_number_gets_its_new_prefix(told):
    assert read_phone("0167 123 4567", told) == "+84371234567"
    assert told.codes == ["old-prefix"]


def test_the_first_of_several_numbers_is_kept(told):
    assert read_phone("0912 345 678 / 0206 3852 123", told) == "+84912345678"
    assert told.codes == ["first-phone"]


def test_a_number_abroad_keeps_its_country(told):
    assert read_phone("+86 138 0013 8000", told) == "+8613800138000"


@pytest.mark.parametrize("written", [None, "", "-", "Không có"])
def test_no_number_is_no_fault(written, told):
    assert read_phone(written, told) == ""


@pytest.mark.parametrize(("written", "code"), [
    ("0912 3456", "phone-form"), ("0263852123", "phone-form"), ("09123456789", "phone-form"),
    ("0612345678", "phone-form"), ("hỏi sau", "phone-form"), ("9.12E+08", "phone-rounded"),
])
def test_a_number_that_cannot_be_says_why(written, code, told):
    assert fault_of(read_phone, written, told) == code


@pytest.mark.parametrize(("phone", "words"), [
    ("+84912345678", "0912 345 678"), ("+842063852123", "0206 3852 123"),
    ("+842438521234", "024 3852 1234"), ("+8613800138000", "+8613800138000"), ("", "")])
def test_a_number_is_shown_as_people_write_it(phone, words):
    assert shown(phone) == words


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_what_is_shown_is_read_again(number):
    assert e164(shown(e164(number))) == e164(number) == f"+84{number[1:]}"


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(allow_nan=True)))
def test_anything_else_is_a_fault_or_a_number(value):
    try:
        phone = read_phone(value, Told())
    except CellFault as fault:
        assert fault.code.startswith("phone-")
    else:
        assert phone == "" or phone[0] == "+" and phone[1:].isdecimal()


def test_a_name_in_two_cells_is_one_name(told):
    assert read_name([("Nông Thị", ""), ("Hương", "")], None, told) == "Nông Thị Hương"
    assert told.codes == []


@pytest.mark.parametrize(("typed", "name", "codes"), [
    ("HOÀNG THỊ NGỌC BÍCH", "Hoàng Thị Ngọc Bích", ["capitals"]),
    ("VÀNG A PÁO", "Vàng A Páo", ["capitals"]),
    ("\u00d0àm Văn \u00d0ức", "Đàm Văn Đức", []),
    ("Páo", "Páo", ["one-word"]),
    ("Đ/c Nguyễn Văn Á", "Nguyễn Văn Á", ["prefix-dropped"]),
    ("PGS.TS. Lý Hoài Ân", "Lý Hoài Ân", ["prefix-dropped"]),
    ("H'Hen Niê", "H'Hen Niê", []),
    ("Ông Nông Văn Dũng", "Nông Văn Dũng", ["prefix-dropped"]),
    ("Bà: Hoàng Thị Mai", "Hoàng Thị Mai", ["prefix-dropped"]),
    ("Ông Văn Dũng", "Ông Văn Dũng", []),
    ("Nông Thị Ánh (Trưởng phòng)", "Nông Thị Ánh (Trưởng phòng)", ["remark"]),
    ("Nông Thị Ánh - PGĐ", "Nông Thị Ánh - PGĐ", ["remark"]),
    ("Anna-Maria O’Brien", "Anna-Maria O’Brien", []),
])
def test_a_name_is_mended_and_the_mending_told(typed, name, codes, told):
    assert read_name([(typed, "")], None, told) == name
    assert told.codes == codes


def test_a_name_in_tcvn3_gets_the_capitals_its_font_lacks(told):
    assert read_name([("NguyÔn ThÞ ¸nh", ".VnTime")], None, told) == "Nguyễn Thị Ánh"
    assert told.codes == ["from-tcvn3"]


def test_a_font_of_capitals_is_no_reason_for_capitals(told):
    assert read_name([("hoµng thÞ ¸nh", ".VnTimeH")], None, told) == "Hoàng Thị Ánh"


def test_a_letter_lost_from_tcvn3_is_told(told):
    assert read_name([("NguyÔn V¨n Hng", "")], None, told) == "Nguyễn Văn Hng"
    assert told.codes == ["from-tcvn3", "letter-lost"]


@pytest.mark.parametrize(("typed", "code"), [
    ("", "name-missing"), ("  ", "name-missing"), ("1985", "name-digits"),
    ("Nguyễn Văn 2", "name-digits"), ("…", "name-digits"),
    ("Nguyễn " * 20, "text-long")])
def test_what_is_no_name_says_why(typed, code, told):
    assert fault_of(read_name, [(typed, "")], None, told) == code


def test_genders_are_read_in_both_languages():
    words = ["Nam", "nữ", "NỮ", "Male", "f", "", "-"]

    assert [read_gender(word) for word in words] == ["m", "f", "f", "m", "f", "", ""]
    assert fault_of(read_gender, "Tày") == "gender-form"


def test_addresses_are_read_in_small_letters(told):
    assert read_email("Lan.NT@Example.COM", told) == "lan.nt@example.com"
    assert read_email("không có", told) == ""
    assert told.codes == []


def test_the_first_of_several_addresses_is_kept(told):
    assert read_email("a@example.com; b@example.com", told) == "a@example.com"
    assert told.codes == ["first-email"]


def test_what_is_no_address_is_a_fault(told):
    assert fault_of(read_email, "a@example", told) == "email-form"


@pytest.mark.parametrize(("label", "field"), [
    ("Họ và tên", "full_name"), ("HỌ TÊN", "full_name"), ("Họ, tên đệm và tên", "full_name"),
    ("Họ và tên\nhọc viên", "full_name"), ("Họ và đệm", "family_middle"),
    ("Họ và tên đệm", "family_middle"), ("Họ lót", "family_middle"), ("Tên", "given"),
    ("Ngày sinh", "birth"), ("Năm sinh", "birth"), ("Ngày, tháng, năm sinh", "birth"),
    ("Ngày sinh (dd/mm/yyyy)", "birth"), ("Năm sinh Nam", "birth_male"),
    ("Năm sinh Nữ", "birth_female"), ("Nam", "birth_male"), ("Giới tính Nữ", "birth_female"),
    ("Giới tính", "gender"), ("Nam/Nữ", "gender"), ("Chức vụ", "title"),
    ("Chức danh, vị trí", "title"), ("Đơn vị công tác", "unit"), ("Cơ quan, đơn vị", "unit"),
    ("Phòng", "unit"), ("ĐT", "phone"), ("Số điện thoại", "phone"), ("SĐT", "phone"),
    ("Điện thoại di động", "phone"), ("E-mail", "email"), ("Thư điện tử", "email"),
    ("Mã cán bộ", "staff_code"), ("Số hiệu CBCCVC", "staff_code"), ("Đối tượng", "group"),
    ("Ghi chú", "note"), ("Full name", "full_name"), ("Date of birth", "birth"),
    ("STT", "number"), ("TT", "number"),
    ("Số TT", "number"), ("Nơi sinh", None), ("Số CCCD", None), ("Dân tộc", None),
    ("Quê quán", None),
    ("Mã định danh", None), ("Mã số BHXH", None), ("Đơn vị tính", None), ("", None), (None, None),
])
def test_a_column_is_known_by_its_label(label, field):
    assert field_of(label) == field


def test_the_columns_may_stand_in_any_order():
    labels = ["TT", "Đơn vị", "Email", "Họ và tên", "Chức vụ", "Năm sinh", "Dân tộc"]

    assert propose_mapping(labels) == {
        0: "number", 1: "unit", 2: "email", 3: "full_name", 4: "title", 5: "birth"}


def test_one_label_over_two_columns_is_a_name_in_two_parts():
    assert propose_mapping(["STT", "Họ và tên", "Họ và tên", "Năm sinh"]) == {
        0: "number", 1: "family_middle", 2: "given", 3: "birth"}


def test_the_first_of_two_columns_with_a_field_keeps_it():
    assert propose_mapping(["Họ và tên", "Điện thoại", "Điện thoại"]) == {
        0: "full_name", 1: "phone"}


def test_a_mapping_is_remembered_for_the_same_labels_only():
    labels = ["STT", "Họ và tên", "Năm sinh", ""]

    assert header_signature(labels) == header_signature(["stt", "HỌ VÀ TÊN", "Năm sinh"])
    assert header_signature(labels) != header_signature(["STT", "Năm sinh", "Họ và tên"])
