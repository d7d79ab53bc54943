"""The demonstration's list of officials, as a clerk would send it: ``python -m demo.workbook``.

It holds every trap of such a list: letterhead, merged headings, group rows that name the
unit, dates in all forms, lost zeros, decomposed letters, a foreign Đ, two old codes, and
exactly four faults.
"""
import unicodedata
from datetime import date
from pathlib import Path

import xlsxwriter

PLACE = Path(__file__).parent / "danh-sach-can-bo.xlsx"

CULTURE = "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"
PRESS = "BÁO VÀ PHÁT THANH, TRUYỀN HÌNH CAO BẰNG"
HOME = "SỞ NỘI VỤ"

#: (họ và đệm, tên, ngày sinh, giới tính, chức vụ, điện thoại, đối tượng); a dict tells the font.
PEOPLE = {
    CULTURE: [
        ("Hoàng Thị", "Ánh", "06/02/1991", "Nữ", "Chuyên viên", 912345678, "B"),
        ("Nông Văn", "Dũng", "31/02/1985", "Nam", "Phó Trưởng phòng", "0945 000 119", "B"),
        ("Vàng A", "Páo", 1988, "Nam", "Chuyên viên", "0978.000.233", "B"),
        ("Đinh Thị", "Thủy", date(1994, 3, 9), "Nữ", "Thanh tra viên", "", "B"),
        ("NÔNG THỊ", "HƯƠNG", "12/3/1988", "Nữ", "Chuyên viên", "0978000234", "B"),
        ("Nông Thị", "Hương", "1990", "Nữ", "Kế toán viên", "", ""),
        (unicodedata.normalize("NFD", "Lục Thị"), unicodedata.normalize("NFD", "Hiền"),
         "1-9-79", "Nữ", "Chuyên viên chính", "+84 912 000 321", "B"),
        ("\u00d0àm Văn", "\u00d0ạt", "05.10.1982", "Nam", "Trưởng phòng", "0206 3852 000", "B"),
        ("NguyÔn ThÞ", "¸nh", "15/8/1987", "Nữ", "Chuyên viên", "0912000555", "", ".VnTime"),
        ("Ñaëng Thò", "Thuûy", "20/11/1986", "Nữ", "Văn thư", "0912000556", "", "VNI-Times"),
        ("Triệu Mùi", "Pham", "03/9/1979", "Nữ", "Chuyên viên", "0912 34 56", "B"),
        ("Bế Ích", "Quân", "17/13/1984", "Nam", "Chuyên viên", "", "B"),
    ],
    PRESS: [
        ("Sầm Thị", "Loan", "22/12/1990", "Nữ", "Phóng viên", "0387000111", "A"),
        ("Lương Văn", "Khánh", "8/3/1983", "Nam", "Biên tập viên", "0387000112", ""),
        ("Nguyễn Hoàng Phương Thảo Nguyên", "An Nhiên", "1/1/1995", "Nữ", "Phóng viên", "", "A"),
        ("", "Páo", 1992, "Nam", "Quay phim", "0387000113", ""),
        ("La Văn", "Toàn", 31200, "Nam", "Phóng viên", 387000114, "A"),
        ("Hứa Thị", "Mai", "30/4/1989", "Nữ", "Phát thanh viên", "", ""),
        ("Mã Thế", "Vinh", "1978", "Nam", "Trưởng phòng", "0912000600", "A"),
        ("Giàng Thị", "Mỷ", "02/9/1993", "Nữ", "Biên dịch viên tiếng Mông", "", "A"),
    ],
    HOME: [
        ("Hoàng Văn", "Bắc", "19/5/1980", "Nam", "Chuyên viên", "0912000701", ""),
        ("Đoàn Thị", "Cúc", "7/7/1977", "Nữ", "Chuyên viên chính", "0912000702", ""),
        ("", "", "14/2/1986", "Nam", "Chuyên viên", "0912000703", ""),
        ("Phan Văn", "Đức", "11/11/1981", "Nam", "Phó Trưởng phòng", "0912000704", "B"),
        ("Vi Thị", "Hà", "1983", "Nữ", "Chuyên viên", "", "B"),
        ("Bàn Tòn", "Chòi", "25/6/1985", "Nam", "Chuyên viên", "0912000706", ""),
    ],
}
HEADINGS = ("STT", "Họ và đệm", "Tên", "Ngày, tháng, năm sinh", "Giới tính", "Chức vụ",
            "Điện thoại", "Đối tượng")


def make(place=PLACE):
    """Write the workbook; the same bytes of content every time."""
    book = xlsxwriter.Workbook(place, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Danh sách")
    bold = book.add_format({"bold": True, "align": "center"})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"})
    unit = book.add_format({"bold": True, "border": 1})
    sheet.set_column(1, 1, 32)
    sheet.set_column(2, 7, 16)
    sheet.merge_range("A1:D1", "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", bold)
    sheet.merge_range("E1:H1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold)
    sheet.merge_range("A2:D2", CULTURE, bold)
    sheet.merge_range("E2:H2", "Độc lập - Tự do - Hạnh phúc", bold)
    sheet.merge_range("A4:H4", "DANH SÁCH CÁN BỘ CỬ THAM GIA TẬP HUẤN NĂM 2026", bold)
    sheet.merge_range("A5:H5", "(Kèm theo Công văn số 15/SVHTTDL-QLBC ngày 05 tháng 10 năm 2026)")
    for column, word in enumerate(HEADINGS):
        sheet.write(6, column, word, head)
    write_people(book, sheet, unit)
    book.close()


def write_people(book, sheet, unit_look):
    """The people under their units, then the signatures."""
    row, number, fonts = 7, 0, {}
    for roman, (name, people) in zip(("I", "II", "III"), PEOPLE.items(), strict=True):
        sheet.merge_range(row, 0, row, 7, f"{roman}. {name}", unit_look)
        row += 1
        for person in people:
            number += 1
            font = person[7] if len(person) > 7 else None
            look = fonts.setdefault(font, book.add_format({"font_name": font}) if font else None)
            for column, value in enumerate((number, *person[:7])):
                if value != "":
                    sheet.write(row, column, value, look if column in (1, 2) else None)
            row += 1
    sheet.write(row + 1, 1, "Người lập biểu")
    sheet.write(row + 1, 5, "KT. GIÁM ĐỐC")
    sheet.write(row + 2, 5, "PHÓ GIÁM ĐỐC")


if __name__ == "__main__":
    make()
