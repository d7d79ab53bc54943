"""A workbook as a clerk sends it: forty made-up people and every trap of such lists.

A letterhead, a merged header over two rows, units as group rows, signatures, dates and
numbers in every form, old charsets, and four cells that are wrong.
"""
import unicodedata
from datetime import date
from io import BytesIO

import xlsxwriter

HEADER = ("STT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Chức vụ", "Đối tượng",
          "Điện thoại", "Thư điện tử", "Ghi chú")
WIDTHS = (6, 40, 14, 20, 26, 11, 18, 26, 24)
BIRTH, MALE, FEMALE, LAST = 2, 2, 3, len(HEADER) - 1

#: Name, gender, birth, post, target group, phone, e-mail, note.
CULTURE = (
    ("Lý Thị Kiều Oanh", "f", date(1978, 3, 14), "Trưởng phòng", "B", "0912 000 101",
     "oanh.ltk@example.com", ""),
    ("Triệu Văn Khánh", "m", "5/2/85", "Phó Trưởng phòng", "B", 912000102, "", ""),
    ("HOÀNG THỊ NGỌC BÍCH", "f", "12/11/1990", "Chuyên viên", "B", "0912.000.103", "", ""),
    (unicodedata.normalize("NFD", "Triệu Thị Hiền"), "f", "06.02.1991", "Chuyên viên", "B",
     "+84 912 000 104", "hien.tt@example.com", ""),
    ("\u00d0àm Văn \u00d0ức", "m", "20-11-88", "Chuyên viên", "B", 912000105, "", ""),
    ("Bế Thị Thu Hà", "f", 1987, "Chuyên viên", "B", "0912 000 106", "", "Chỉ có năm sinh"),
    ("Nông Văn Dũng", "m", "31/02/1985", "Thanh tra viên", "B", "0912 000 107", "", ""),
    ("Hoàng Nông Thị Phương Thảo Khánh Linh An", "f", "1993", "Văn thư", "", "", "", ""),
    ("Lục Văn Bách", "m", 31083, "Kế toán", "", "0206 3852 108", "", ""),
    ("VÀNG A LỬ", "m", "01/9/1989", "Chuyên viên", "B", "0912000109", "", "Kiêm nhiệm"),
    ("Páo", "m", 1990, "Nhân viên", "", "", "", "Chưa rõ họ"),
    ("Mã Thị Nguyệt", "f", "05 tháng 02 năm 1984", "Chuyên viên", "B", 912000110, "", ""),
    ("Hứa Minh Tâm", "f", date(1982, 12, 31), "Chuyên viên chính", "B", "0912 000 111",
     "tam.hm@example.com", ""),
)
PRESS = (
    ("Đinh Quang Huy", "m", date(1975, 5, 19), "Trưởng phòng", "A", "0945 000 201",
     "huy.dq@example.com", ""),
    ("NguyÔn ThÞ ¸nh D\u00ad¬ng", "f", "15/8/1979", "Phãng viªn", "A", "0945 000 202", "",
     "Danh s¸ch cò"),
    ("Noâng Vaên Cöôøng", "m", "2/9/1976", "Bieân taäp vieân", "A", "0945 000 203", "", ""),
    ("Nông Thị Hương", "f", "1988", "Phóng viên", "A", 945000204, "", ""),
    ("Nông Thị Hương", "f", "1991", "Biên tập viên", "A", 945000205, "", "Trùng họ tên"),
    ("Sùng Thị Mỷ", "f", "30/4/1995", "Phóng viên", "A", "0945 000 206", "", ""),
    ("Giàng A Chứ", "m", "15/13/1992", "Phóng viên", "A", "0945 000 207", "", ""),
    ("Bàn Tòn Chòi", "m", "7-7-1987", "Quay phim", "", "0945 000 208", "", ""),
    ("Phan Thị Hoà", "f", "8.3.1986", "Phóng viên", "A", "0945 000 209 / 0206 3853 209", "", ""),
    ("Vi Văn Lâm", "m", date(1994, 1, 2), "Phóng viên", "A", "0945 0002", "", ""),
    ("Trương  Thị\u00a0Yến", "f", "22/12/1983", "Biên tập viên", "A", "0945 000 211",
     "Yen.TT@Example.com", ""),
    ("Đàm Thị Ngọc Ánh", "f", "1/6/1996", "Phát thanh viên", "A", 945000212, "", ""),
    ("Hoàng Văn Ấn", "m", "10/10/1980", "Phóng viên thường trú", "A", "0945 000 213", "", ""),
    ("Lương Thị Ý", "f", 1992, "Phóng viên", "A", "0945 000 214", "", ""),
    ("Chảo Mùi Pham", "f", "3/9/1990", "Biên dịch viên", "", "", "", "Tiếng Dao"),
)
HOME = (
    ("La Văn Quyết", "m", date(1977, 7, 27), "Trưởng phòng", "B", "0978 000 301",
     "quyet.lv@example.com", ""),
    ("", "f", "14/02/1989", "Chuyên viên", "B", "0978 000 302", "", ""),
    ("Sầm Thị Thư", "f", "25/5/1993", "Chuyên viên", "B", 978000303, "", ""),
    ("Đinh Thị Thủy", "f", "9/1/1981", "Chuyên viên chính", "B", "0978 000 304", "", ""),
    ("Nguyễn Văn Á", "m", "28/02/1986", "Chuyên viên", "B", "0978-000-305", "", ""),
    ("Hà Thị Uyên", "f", "1979", "Chuyên viên", "B", "84978000306", "", ""),
    ("Đoàn Trọng Nghĩa", "m", "17/3/98", "Chuyên viên", "", "0978 000 307", "", ""),
    ("Ma Thị Ứng", "f", date(1988, 8, 8), "Cán sự", "", 978000308, "", ""),
    ("Lê Thị Hòa", "f", "04/12/1984", "Chuyên viên", "B", "0978 000 309", "", ""),
    ("Đặng Phụ Vần", "m", "19.5.1991", "Chuyên viên", "B", "0978 000 310", "", ""),
    ("Lò Thị Sen", "f", "11-11-1994", "Văn thư", "", "0206 3854 311", "", ""),
    ("Hoàng An", "m", "2/2/2000", "Chuyên viên", "", "", "", "Tập sự"),
)
UNITS = (("I", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", CULTURE),
         ("II", "BÁO VÀ PHÁT THANH, TRUYỀN HÌNH CAO BẰNG", PRESS),
         ("III", "SỞ NỘI VỤ", HOME))
#: The one row that was typed in a font of before Unicode.
IN_OLD_FONT = "D\u00ad¬ng"


class Looks:
    """How the cells of the workbook look."""

    def __init__(self, book):
        base = {"font_name": "Times New Roman", "font_size": 12}
        centred = base | {"align": "center", "valign": "vcenter"}
        cell = base | {"border": 1, "valign": "vcenter"}
        self.centre = book.add_format(centred)
        self.strong = book.add_format(centred | {"bold": True})
        self.header = book.add_format(centred | {"bold": True, "border": 1, "text_wrap": True})
        self.group = book.add_format(cell | {"bold": True})
        self.cell = book.add_format(cell)
        self.day = book.add_format(cell | {"num_format": "dd/mm/yyyy", "align": "left"})
        self.old = book.add_format(cell | {"font_name": ".VnTime"})


def made():
    """The bytes of the workbook."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, looks = book.add_worksheet("Danh sách"), Looks(book)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        _write_letterhead(sheet, looks)
        _write_header(sheet, looks)
        _write_end(sheet, looks, _write_people(sheet, looks))
    return buffer.getvalue()


def _write_letterhead(sheet, looks):
    sheet.merge_range(0, 0, 0, 2, "UBND TỈNH CAO BẰNG", looks.centre)
    sheet.merge_range(1, 0, 1, 2, "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", looks.strong)
    sheet.merge_range(0, 4, 0, LAST, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", looks.strong)
    sheet.merge_range(1, 4, 1, LAST, "Độc lập - Tự do - Hạnh phúc", looks.strong)
    sheet.merge_range(3, 0, 3, LAST, "DANH SÁCH CÁN BỘ, PHÓNG VIÊN THUỘC ĐỐI TƯỢNG TẬP HUẤN "
                      "NĂM 2026", looks.strong)
    sheet.merge_range(4, 0, 4, LAST, "(Kèm theo Công văn ngày 02 tháng 11 năm 2026 của Sở Văn "
                      "hóa, Thể thao và Du lịch)", looks.centre)


def _write_header(sheet, looks):
    top, below = 6, 7
    for column, word in enumerate(HEADER):
        if column not in (MALE, FEMALE):
            sheet.merge_range(top, column, below, column, word, looks.header)
    sheet.merge_range(top, MALE, top, FEMALE, HEADER[BIRTH], looks.header)
    sheet.write_string(below, MALE, "Nam", looks.header)
    sheet.write_string(below, FEMALE, "Nữ", looks.header)
    for column in range(len(HEADER)):
        sheet.write_string(below + 1, column, f"({column + 1})", looks.header)


def _write_people(sheet, looks):
    line, number = 9, 0
    for roman, unit, people in UNITS:
        sheet.write_string(line, 0, roman, looks.group)
        sheet.merge_range(line, 1, line, LAST, unit, looks.group)
        line += 1
        for person in people:
            number += 1
            _write_person(sheet, looks, line, (number, *person))
            line += 1
    sheet.merge_range(line, 0, line, LAST, f"Tổng số: {number} người./.", looks.group)
    return line + 2


def _write_person(sheet, looks, line, person):
    number, name, gender, birth, *others = person
    births = (birth, "") if gender == "m" else ("", birth)
    cell = looks.old if IN_OLD_FONT in name else looks.cell
    for column, value in enumerate((number, name, *births, *others)):
        if isinstance(value, date):
            sheet.write_datetime(line, column, value, looks.day)
        elif isinstance(value, int):
            sheet.write_number(line, column, value, looks.cell)
        else:
            sheet.write_string(line, column, value, cell)


def _write_end(sheet, looks, line):
    sheet.merge_range(line, 4, line, LAST, "Cao Bằng, ngày 02 tháng 11 năm 2026", looks.centre)
    for text, offset in (("NGƯỜI LẬP BIỂU", 1), ("(Ký, ghi rõ họ tên)", 2),
                         ("Hứa Minh Tâm", 6)):
        sheet.write_string(line + offset, 1, text, looks.centre)
    for text, offset in (("KT. GIÁM ĐỐC", 1), ("PHÓ GIÁM ĐỐC", 2), ("Lý Thị Kiều Oanh", 6)):
        sheet.merge_range(line + offset, 4, line + offset, LAST, text, looks.strong)
