"""The letters and decisions of a class, which its clerk goes on writing.  Plain values only.

The layout is that of Decree 30/2020/NĐ-CP, annex I; papers are in Vietnamese.  What only people
know (the number, on what a decision rests, who pays) is left to them as a gap.
"""
from dataclasses import dataclass
from datetime import date

from courses.catalogue.inviting import MODES
from courses.classes.drawing import HALF_WORDS
from courses.reports.contents import (
    CENTRE,
    DAY,
    NUMBER,
    Annex,
    Basis,
    Column,
    Grid,
    Paper,
    Resolved,
    Text,
    counted,
    dated,
    shown,
)

DOTS = "…" * 12
#: The letters, in the order in which a class needs them: the first names of their files.
NOMINATING, OPENING, PROGRAMME, RECOGNISING = KINDS = (
    "cu-hoc-vien", "mo-lop", "chuong-trinh", "cong-nhan-ket-qua")


@dataclass(frozen=True)
class SessionLine:
    """A half-day of the programme; ``half`` is one of HALF_WORDS."""

    on: date
    half: str
    topic: str
    trainer: str
    periods: int


@dataclass(frozen=True)
class ClassMatter:
    """What the letters of a class say of it; names are those of the day on which it begins."""

    #: superior, issuer, sign, place, signer_title: as at the head of every paper.
    heading: dict
    title: str
    code: str
    course: str
    #: Of the whole course, in teaching periods (tiết).
    periods: int
    mode: str
    days: str
    starts_on: date
    place: str
    address: str
    sessions: tuple[SessionLine, ...]
    #: (unit, seats)
    quotas: tuple[tuple[str, int], ...]
    #: (name, year of birth, unit, title of the post)
    people: tuple[tuple[str, str, str, str], ...]
    #: (name, year of birth, unit, "3/4" sessions, mark, "Đạt"): of everybody, once it is closed.
    results: tuple[tuple, ...] = ()
    #: The goals that ask for the course.
    goals: tuple[str, ...] = ()

    @property
    def named(self):
        """The class inside a sentence."""
        return f"lớp “{self.title}” (mã lớp {self.code})"

    @property
    def where(self):
        """How and where it is held."""
        return MODES[self.mode] + (f", tại {self.place}" if self.place else "")


def nominating(matter):
    """The plain letter that asks the units to send people."""
    units = ("Các cơ quan, đơn vị có tên trong Phụ lục kèm theo" if matter.quotas
             else "Các cơ quan, đơn vị")
    said = [("Nội dung:", f"{matter.course}, {counted(matter.periods)} tiết."),
            ("Thời gian:", f"{matter.days}."), ("Hình thức, địa điểm:", f"{matter.where}.")]
    if matter.goals:
        said.append(("Đối tượng:", f"người thuộc diện các chỉ tiêu: {'; '.join(matter.goals)}."))
    if matter.quotas:
        seats = counted(sum(number for _unit, number in matter.quotas))
        said.append(("Số lượng:", f"{seats} người, theo từng đơn vị tại Phụ lục."))
    said.append(("Đăng ký:", f"người phụ trách của đơn vị cử người tại {matter.address} trước "
                             f"ngày {shown(matter.starts_on)}."))
    return _paper(
        matter, kind="", number=f"Số: ……/{matter.heading['sign']}",
        about=f"V/v cử người tham gia lớp “{matter.title}”", to=units,
        body=[Text(f"{matter.heading['issuer']} tổ chức {matter.named} và đề nghị các cơ quan, đơn "
                   "vị cử người tham gia như sau:"),
              *(Text(words, bold=f"{number}. {head}")
                for number, (head, words) in enumerate(said, 1)),
              Text("Đề nghị các cơ quan, đơn vị quan tâm, phối hợp thực hiện./.", leads=True)],
        recipients=("Như trên;", "Lưu: VT."), belongs="Công văn",
        grids=[*_quota_grid(matter), *_programme_grid(matter)])


def invitation(matter, trainer, title, unit):
    """The invitation to ``trainer``, of this title and unit, to teach the sessions of theirs."""
    own = [line for line in matter.sessions if line.trainer == trainer]
    who = ", ".join(part for part in (trainer, title, unit) if part)
    return _paper(
        matter, kind="GIẤY MỜI", sign="GM", about=f"Giảng dạy tại lớp “{matter.title}”",
        body=[Text(f"{matter.heading['issuer']} trân trọng kính mời Ông/Bà: {who}", leads=True),
              Text(f"Đến giảng dạy tại {matter.named}, "
                   f"{counted(sum(line.periods for line in own))} tiết:", leads=True),
              Grid("", _columns(trainer=False), (("", _lines(own, trainer=False)),)),
              Text(f"{matter.where[:1].upper()}{matter.where[1:]}.", bold="Hình thức, địa điểm:"),
              Text("Rất mong Ông/Bà nhận lời./.", leads=True)],
        recipients=("Như trên;", "Lưu: VT."))


def opening(matter):
    """The decision that opens the class and sends its participants."""
    sent = (f"Cử {counted(len(matter.people))} người có tên trong danh sách kèm theo tham gia lớp."
            if matter.people else
            "Học viên do các cơ quan, đơn vị cử; danh sách được phê duyệt bổ sung.")
    return _decision(
        matter, f"Về việc mở lớp “{matter.title}”",
        [f"Mở {matter.named}. Nội dung: {matter.course}, {counted(matter.periods)} tiết. Thời "
         f"gian: {matter.days}. Hình thức, địa điểm: {matter.where}.", sent,
         f"Kinh phí thực hiện: {DOTS}"],
        [*_people_grid(matter), *_programme_grid(matter)])


def programme(matter):
    """The programme of the class: its sessions."""
    return _paper(
        matter, kind="CHƯƠNG TRÌNH", sign="CTr", about=f"Lớp “{matter.title}”",
        body=[Text(f"{matter.days}.", bold="Thời gian:"),
              Text(f"{matter.where}.", bold="Hình thức, địa điểm:"),
              *(Grid("", grid.columns, grid.groups, grid.total)
                for grid in _programme_grid(matter))],
        recipients=("Các đơn vị cử học viên;", "Giảng viên, học viên của lớp;", "Lưu: VT."))


def recognising(matter):
    """The decision that recognises the results and grants the certificates."""
    passed = sum(row[-1] == "Đạt" for row in matter.results)
    return _decision(
        matter, f"Về việc công nhận kết quả lớp “{matter.title}”",
        [f"Công nhận kết quả {matter.named}, tổ chức {matter.days}: "
         f"{counted(len(matter.results))} người tham gia, {counted(passed)} người đạt, có danh "
         "sách kèm theo.",
         "Cấp giấy chứng nhận cho những người đạt có tên trong danh sách kèm theo."],
        [_result_grid(matter)])


WRITTEN = {NOMINATING: nominating, OPENING: opening, PROGRAMME: programme,
           RECOGNISING: recognising}


def _decision(matter, about, articles, grids):
    issuer = matter.heading["issuer"]
    last = (f"Thủ trưởng {issuer}, các cơ quan, đơn vị liên quan và những người có tên trong danh "
            "sách kèm theo chịu trách nhiệm thi hành Quyết định này./.")
    articles = [*articles, last]
    return _paper(
        matter, kind="QUYẾT ĐỊNH", sign="QĐ", about=about,
        body=[Resolved(f"THỦ TRƯỞNG {issuer.upper()}"),
              Basis(f"Căn cứ chức năng, nhiệm vụ, quyền hạn của {issuer};"),
              Basis(f"Căn cứ {DOTS};", gap=True), Basis(f"Theo đề nghị của {DOTS}.", gap=True),
              Resolved("QUYẾT ĐỊNH:"),
              *(Text(words, bold=f"Điều {number}.", leads=number == len(articles))
                for number, words in enumerate(articles, 1))],
        recipients=(f"Như Điều {len(articles)};", "Lưu: VT."), belongs="Quyết định", grids=grids)


def _paper(matter, body, sign="", number="", belongs="", grids=(), **more):
    heading = matter.heading
    number = number or f"Số: ……/{sign}-{heading['sign']}"
    # "Phụ lục" alone where there is one.
    labels = [f"Phụ lục {'I' * place}" for place in range(1, len(grids) + 1)] if (
        len(grids) > 1) else ["Phụ lục"]
    kept = (f"(Kèm theo {belongs} số {number.removeprefix('Số: ')} ngày … tháng … năm "
            f"{matter.starts_on.year} của {heading['issuer']})")
    return Paper(
        superior=heading["superior"], issuer=heading["issuer"], number=number,
        place_date=dated(heading["place"], year=matter.starts_on.year), body=tuple(body),
        signer_title=heading["signer_title"].upper(), figures=False,
        annexes=tuple(Annex(label, grid.title, kept, grid)
                      for label, grid in zip(labels, grids, strict=False)), **more)


def _quota_grid(matter):
    """How many people each unit may send, where that is set."""
    if matter.quotas:
        yield Grid("SỐ NGƯỜI CỦA TỪNG ĐƠN VỊ",
                   (Column("STT", 10, CENTRE), Column("Đơn vị", 100),
                    Column("Số người", 24, NUMBER)),
                   (("", tuple((number, *row) for number, row in enumerate(matter.quotas, 1))),),
                   total=("", "Cộng", sum(number for _unit, number in matter.quotas)))


def _programme_grid(matter):
    """The sessions, where there are some."""
    if matter.sessions:
        total = ("", "Cộng", "", "", sum(line.periods for line in matter.sessions))
        yield Grid("CHƯƠNG TRÌNH LỚP", _columns(), (("", _lines(matter.sessions)),), total=total)


def _columns(trainer=True):
    taught = (Column("Báo cáo viên", 34),) if trainer else ()
    return (Column("Ngày", 18, DAY), Column("Buổi", 15), Column("Chuyên đề", 60), *taught,
            Column("Số tiết", 11, NUMBER))


def _lines(sessions, trainer=True):
    return tuple((line.on, HALF_WORDS[line.half].removeprefix("Buổi ").capitalize(), line.topic,
                  *((line.trainer,) if trainer else ()), line.periods) for line in sessions)


def _people_grid(matter):
    """The participants, where there are some."""
    if matter.people:
        yield Grid("DANH SÁCH HỌC VIÊN",
                   (Column("STT", 8, CENTRE), Column("Họ và tên", 40),
                    Column("Năm sinh", 14, CENTRE), Column("Đơn vị", 50), Column("Chức vụ", 36)),
                   (("", tuple((number, *row) for number, row in enumerate(matter.people, 1))),))


def _result_grid(matter):
    """Everybody with their result."""
    return Grid("DANH SÁCH KẾT QUẢ",
                (Column("STT", 8, CENTRE), Column("Họ và tên", 40), Column("Năm sinh", 14, CENTRE),
                 Column("Đơn vị", 50), Column("Số buổi có mặt", 16, CENTRE),
                 Column("Điểm", 14, CENTRE), Column("Kết quả", 18, CENTRE)),
                (("", tuple((number, *row) for number, row in enumerate(matter.results, 1))),))
