"""The sheet on which the participants of a class sign that they were there."""
from dataclasses import dataclass
from datetime import date

from lms.kernel.lists import Column, Listing, Zone, draw_lists
from lms.kernel.paper import day_in_words

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
HALF_WORDS = {"morning": "Buổi sáng", "afternoon": "Buổi chiều", "evening": "Buổi tối"}
COLUMNS = (
    Column("STT", 10, centre=True), Column("Họ và tên", 61), Column("Ngày sinh", 22, centre=True),
    Column("Đơn vị", 62), Column("Chức vụ", 48), Column("Ký nhận", 42), Column("Ghi chú", 20),
)
DOTS = "…" * 5
#: A row to sign in, in mm; forty of them and the signatures stand on two pages.
ROW_HEIGHT = 6.4


@dataclass(frozen=True)
class Participant:
    """Somebody on the sheet; ``birth`` as it is printed, a year alone where no more is known."""

    name: str
    birth: str
    unit: str
    position: str = ""


@dataclass(frozen=True)
class AttendanceSheet:
    """What the sheet of one session says; ``half`` is morning, afternoon or evening."""

    superior: str
    issuer: str
    class_title: str
    class_code: str
    day: date
    half: str
    topic: str
    trainer: str
    place: str
    #: Where its attendance is entered, for the code on the sheet; empty for none.
    address: str
    participants: tuple[Participant, ...]


def draw_sheets(*sheets):
    """The bytes of a PDF with each of the sheets, A4 across; equal sheets give equal bytes."""
    return draw_lists(*map(_listing, sheets))


def _listing(sheet):
    return Listing(
        superior=sheet.superior, issuer=sheet.issuer, title="DANH SÁCH ĐIỂM DANH, KÝ NHẬN",
        details=_details(sheet), address=sheet.address, columns=COLUMNS, across=True,
        row_height=ROW_HEIGHT,
        rows=tuple((str(number), person.name, person.birth, person.unit, person.position, "", "")
                   for number, person in enumerate(sheet.participants, 1)),
        closing=(f"Danh sách có {len(sheet.participants)} người. Có mặt: {DOTS} người; "
                 f"vắng có lý do: {DOTS} người; vắng không lý do: {DOTS} người.",),
        zones=(Zone("NGƯỜI ĐIỂM DANH"), Zone("GIẢNG VIÊN", name=sheet.trainer)))


def _details(sheet):
    when = (f"{HALF_WORDS[sheet.half]}, {WEEKDAYS[sheet.day.weekday()]}, "
            f"{day_in_words(sheet.day)}")
    return (
        f"Lớp: {sheet.class_title} ({sheet.class_code})",
        f"{when}. Địa điểm: {sheet.place}" if sheet.place else when,
        ". ".join(f"{word}: {value}" for word, value in (
            ("Chuyên đề", sheet.topic), ("Giảng viên", sheet.trainer)) if value),
    )
