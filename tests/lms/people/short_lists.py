"""Short lists as clerks send them, and what the preview says of their rows."""
from datetime import date
from io import BytesIO

from lms.people.import_actions import upload

HEADINGS = "STT;Họ và tên;Ngày sinh;Giới tính;Chức vụ;Đơn vị;Điện thoại;Đối tượng;Mã cán bộ"
TODAY = date(2026, 11, 25)
HA = "Bế Văn Hạ;1984;;Phó Trưởng phòng;Sở Văn hóa;;;"
MINH = "Triệu Văn Minh;1980;;Trưởng phòng;Văn phòng Sở Văn hóa;;;"
PAO = "Vàng A Páo;1988;Nam;Chuyên viên;Văn phòng Sở Văn hóa;;B;"
LOAN = "Sầm Thị Loan;22/12/1990;Nữ;Kế toán viên;Sở Văn hóa;0912000111;B;"


def sending(world):
    """``sending(world)(row, …)``: a list Hạ uploads; ``by`` and ``on`` say who else, and for
    which day.
    """
    def send(*rows, by=None, on=TODAY, headings=HEADINGS):
        lines = [headings, *(f"{number};{row}" for number, row in enumerate(rows, 1))]
        return upload(BytesIO("\n".join(lines).encode()), "danh-sach.csv", on, by=by or world.ha)
    return send


def rows(batch):
    """What would happen to each row, and the codes of its faults."""
    return [(item["outcome"], [fault["code"] for fault in item["faults"]])
            for item in batch.plan["rows"]]
