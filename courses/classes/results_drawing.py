"""The list of results of a class, which goes with the decision that recognises them."""
from dataclasses import dataclass

from lms.kernel.lists import Column, Listing, Zone, draw_lists

COLUMNS = (
    Column("STT", 9, centre=True), Column("Họ và tên", 48), Column("Năm sinh", 14, centre=True),
    Column("Đơn vị", 52), Column("Số buổi có mặt", 18, centre=True),
    Column("Điểm", 13, centre=True), Column("Kết quả", 18, centre=True))
CONTENTS = (Column("STT", 10, centre=True), Column("Tên tài liệu", 100), Column("Tệp", 60))


@dataclass(frozen=True)
class ResultLine:
    """How somebody stands; ``result`` is empty before the class is closed."""

    name: str
    birth: str
    unit: str
    attended: str
    mark: str
    result: str


@dataclass(frozen=True)
class ClassHead:
    """What the papers of a class say at their head."""

    superior: str
    issuer: str
    title: str
    code: str
    days: str
    place: str
    decision: str

    @property
    def details(self):
        """The lines below the title of the paper."""
        where = f"{self.days}. Địa điểm: {self.place}" if self.place else self.days
        return (f"Lớp: {self.title} ({self.code})", where,
                f"Kèm theo {self.decision}" if self.decision else "")


def draw_results(head, lines, passed):
    """The bytes of a PDF with the results ``lines``; ``passed``: how many passed, None while the
    class is not closed.
    """
    closing = f"Danh sách có {len(lines)} người"
    closing += ". Lớp chưa đóng: chưa có kết quả." if passed is None else f"; đạt: {passed} người."
    return draw_lists(Listing(
        superior=head.superior, issuer=head.issuer, title="DANH SÁCH KẾT QUẢ LỚP TẬP HUẤN",
        details=head.details, columns=COLUMNS, closing=(closing,),
        rows=tuple((str(number), one.name, one.birth, one.unit, one.attended, one.mark, one.result)
                   for number, one in enumerate(lines, 1)),
        zones=(Zone("NGƯỜI LẬP DANH SÁCH"), Zone("ĐẠI DIỆN ĐƠN VỊ TỔ CHỨC"))))


def draw_contents(head, papers):
    """The bytes of a PDF that lists ``papers``, pairs of a title and the name of a file."""
    return draw_lists(Listing(
        superior=head.superior, issuer=head.issuer, title="MỤC LỤC HỒ SƠ LỚP",
        details=head.details, columns=CONTENTS,
        closing=(f"Hồ sơ có {len(papers)} tài liệu.",), zones=(Zone("NGƯỜI LẬP HỒ SƠ"),),
        rows=tuple((str(number), *paper) for number, paper in enumerate(papers, 1))))
