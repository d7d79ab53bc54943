"""The printed register of certificates, a book to sign: a pure drawing from plain values."""
from dataclasses import dataclass
from datetime import date

from lms.kernel.lists import Column, Listing, Zone, draw_lists

COLUMNS = (
    Column("STT", 8, centre=True), Column("Họ và tên", 28),
    Column("Ngày, tháng, năm sinh", 18, centre=True), Column("Giới tính", 10, centre=True),
    Column("Đơn vị công tác", 27), Column("Lớp/khóa", 32), Column("Thời gian", 19, centre=True),
    Column("Xếp loại", 11, centre=True), Column("Số QĐ công nhận", 28),
    Column("Số hiệu", 11, centre=True), Column("Số vào sổ", 25, centre=True),
    Column("Ngày cấp", 18, centre=True),
    Column("Người nhận ký, ghi rõ họ tên, ngày nhận", 24), Column("Ghi chú", 20),
)
#: In points; a row is high enough, in mm, for a name and a signature.
SIZE, ROW_HEIGHT = 8.5, 11


@dataclass(frozen=True)
class RegisterLine:
    """A certificate in the book; ``number`` is its place, ``note`` what became of it."""

    number: int
    name: str
    birth: str
    gender: str
    unit: str
    course: str
    begun: date
    ended: date
    grade: str
    decision: str
    printed_number: str
    issued_on: date
    note: str = ""
    #: The serial of a printed blank, where blanks are used.
    serial: str = ""


@dataclass(frozen=True)
class RegisterBook:
    """The book of one issuer and one year."""

    superior: str
    issuer: str
    year: int
    lines: tuple[RegisterLine, ...]
    place: str = "Cao Bằng"
    signer_title: str = ""
    signer: str = ""


def draw_register(*books):
    """The bytes of a PDF with each of the books, A4 across.

    Lines stand by number.  A line added later does not move those before it, so that a page
    once full stays as it was signed.
    """
    return draw_lists(*map(_listing, books))


def _listing(book):
    lines = sorted(book.lines, key=lambda line: line.number)
    return Listing(
        superior=book.superior, issuer=book.issuer, title="SỔ CẤP GIẤY CHỨNG NHẬN",
        details=(f"Năm {book.year}",), columns=COLUMNS, across=True, size=SIZE,
        least=SIZE, row_height=ROW_HEIGHT, rows=tuple(map(_cells, lines)),
        closing=(_sum(lines),),
        zones=(Zone("NGƯỜI LẬP SỔ"),
               Zone(book.signer_title.upper() or "THỦ TRƯỞNG ĐƠN VỊ",
                    hint="(Ký, ghi rõ họ tên, đóng dấu)", name=book.signer,
                    above=f"{book.place}, ngày ….. tháng ….. năm …….")))


def _cells(line):
    same_day = line.begun == line.ended
    period = f"{line.begun:%d/%m/%Y}" + ("" if same_day else f" – {line.ended:%d/%m/%Y}")
    return (str(line.number), line.name, line.birth, line.gender, line.unit, line.course, period,
            line.grade, line.decision, line.serial, line.printed_number,
            f"{line.issued_on:%d/%m/%Y}", "", line.note)


def _sum(lines):
    if not lines:
        return "Trong năm chưa cấp giấy chứng nhận nào."
    return (f"Sổ có {len(lines)} giấy chứng nhận, từ số {lines[0].printed_number} "
            f"đến số {lines[-1].printed_number}.")
