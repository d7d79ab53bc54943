"""The letters and decisions of a class, which its clerk goes on writing.  Plain values only.

The layout is that of Decree 30/2020/NĐ-CP, annex I; papers are in Vietnamese.  What only people
know (the number, on what a decision rests, who pays) is left to them as a gap.
"""
from dataclasses import dataclass
from datetime import date

from courses.catalogue.inviting import MODES
from courses.catalogue.models import ONLINE
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
#: A letter to no more units than this names them; others stand in its annex.
MOST_ADDRESSED = 5
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

    #: superior, issuer, sign, place, signer_title: as at the head of every paper; and decider,
    #: who takes its decisions.
    heading: dict
    title: str
    code: str
    course: str
    #: Of the whole course, in teaching periods (tiết).
    periods: int
    mode: str
    starts_on: date
    ends_on: date
    place: str
    address: str
    #: The years in which it is prepared and in which its results are recognised.
    years: tuple[int, int]
    sessions: tuple[SessionLine, ...]
    #: person id → who teaches, with the title before the name.
    lecturers: dict
    #: (who acts for the unit, seats)
    quotas: tuple[tuple[str, int], ...]
    #: (name, year of birth, unit, title of the post)
    people: tuple[tuple[str, str, str, str], ...]
    #: (name, year of birth, unit, "3/4" sessions, mark, "Đạt"): of everybody, once it is closed.
    results: tuple[tuple, ...] = ()
    #: The goals that ask for the course.
    goals: tuple[str, ...] = ()
    seats: int | None = None
    #: Whether it is held for the people of its own unit alone.
    internal: bool = False
    #: Whether its course gives certificates.
    certified: bool = True

    @property
    def called(self):
        """The class inside a sentence; a title that begins with the word itself says it once."""
        return (f"{self.title[:1].lower()}{self.title[1:]}" if self.title.lower().startswith("lớp ")
                else f"lớp “{self.title}”")

    @property
    def named(self):
        """The class inside a sentence, with its code."""
        return f"{self.called} (mã lớp {self.code})"

    @property
    def days(self):
        """Its days inside a sentence, how many half-days, and with which it begins."""
        days = (f"ngày {shown(self.starts_on)}" if self.starts_on == self.ends_on
                else f"từ ngày {shown(self.starts_on)} đến ngày {shown(self.ends_on)}")
        if not self.sessions:
            return days
        half = HALF_WORDS[self.sessions[0].half].lower()
        return f"{days} ({counted(len(self.sessions))} buổi, bắt đầu từ {half})"

    @property
    def where(self):
        """How and where it is held; a place that people must go to and is not said is a gap."""
        place = self.place or (DOTS if self.mode != ONLINE else "")
        return MODES[self.mode] + (f", tại {place}" if place else "")

    @property
    def content(self):
        """What is taught, and for how long."""
        return self.course + (f", {counted(self.periods)} tiết" if self.periods else "")


def nominating(matter):
    """The plain letter that asks the units to send people."""
    said = [("Nội dung:", f"{matter.content}."), ("Thời gian:", f"{matter.days}."),
            ("Hình thức, địa điểm:", f"{matter.where}."),
            ("Đối tượng:", f"người thuộc diện các chỉ tiêu: {'; '.join(matter.goals)}."
             if matter.goals else f"{DOTS}."),
            ("Số lượng:", _how_many(matter)),
            ("Đăng ký:", f"trước ngày {shown(matter.starts_on)}; người phụ trách của đơn vị ghi "
                         "tên người được cử tại địa chỉ:")]
    return _paper(
        matter, kind="", about=f"V/v cử người tham gia {matter.called}", to=_addressees(matter),
        body=[Text(f"{matter.heading['issuer']} tổ chức {matter.named} và đề nghị các cơ quan, đơn "
                   "vị cử người tham gia như sau:"),
              *(Text(words, bold=f"{number}. {head}", leads=number == len(said))
                for number, (head, words) in enumerate(said, 1)),
              # A long address on a line of its own tears no line of words apart.
              Text(matter.address),
              Text("Đề nghị các cơ quan, đơn vị quan tâm, phối hợp thực hiện./.", leads=True)],
        recipients=("Như trên;", "Lưu: VT."), belongs="Công văn",
        grids=[*_quota_grid(matter), *_programme_grid(matter)])


def _addressees(matter):
    if not matter.quotas:
        return (f"Các phòng, đơn vị thuộc {matter.heading['issuer']}" if matter.internal
                else "Các cơ quan, đơn vị",)
    if len(matter.quotas) > MOST_ADDRESSED:
        return ("Các cơ quan, đơn vị có tên trong Phụ lục kèm theo",)
    return tuple(unit for unit, _seats in matter.quotas)


def _how_many(matter):
    if matter.quotas:
        seats = counted(sum(number for _unit, number in matter.quotas))
        return f"{seats} người, theo từng đơn vị tại Phụ lục."
    return f"tối đa {counted(matter.seats)} người." if matter.seats else "không giới hạn."


def invitation(matter, trainer, title, unit):
    """The invitation to ``trainer``, of this title and unit, to teach the sessions of theirs."""
    own = [line for line in matter.sessions if line.trainer == trainer]
    who = ", ".join(part for part in (trainer, title, unit) if part)
    return _paper(
        matter, kind="GIẤY MỜI", sign="GM", about=f"Giảng dạy tại {matter.called}",
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
        matter, f"Về việc mở {matter.called}",
        [f"Mở {matter.named}. Nội dung: {matter.content}. Thời gian: {matter.days}. Hình thức, địa "
         f"điểm: {matter.where}.", sent, f"Kinh phí thực hiện: {DOTS}"],
        [*_people_grid(matter), *_programme_grid(matter)])


def programme(matter):
    """The programme of the class: its sessions."""
    return _paper(
        matter, kind="CHƯƠNG TRÌNH", sign="CTr",
        about=f"{matter.called[:1].upper()}{matter.called[1:]}",
        body=[Text(f"{matter.days}.", bold="Thời gian:"),
              Text(f"{matter.where}.", bold="Hình thức, địa điểm:"),
              *(Grid("", grid.columns, grid.groups, grid.total)
                for grid in _programme_grid(matter))],
        recipients=("Các đơn vị cử học viên;", "Giảng viên, học viên của lớp;", "Lưu: VT."))


def recognising(matter):
    """The decision that recognises the results and grants the certificates."""
    passed = sum(row[-1] == "Đạt" for row in matter.results)
    granted = (["Cấp giấy chứng nhận cho những người đạt có tên trong danh sách kèm theo."]
               if matter.certified and passed else [])
    return _decision(
        matter, f"Về việc công nhận kết quả {matter.called}",
        [f"Công nhận kết quả {matter.named}, tổ chức {matter.days}: "
         f"{counted(len(matter.results))} người tham gia, {counted(passed)} người đạt, có danh "
         "sách kèm theo.", *granted],
        [_result_grid(matter)], year=matter.years[1],
        rests_on=[f"Quyết định số {DOTS} về việc mở {matter.called}"])


WRITTEN = {NOMINATING: nominating, OPENING: opening, PROGRAMME: programme,
           RECOGNISING: recognising}


def _decision(matter, about, articles, grids, rests_on=(), **more):
    issuer, decider = matter.heading["issuer"], matter.heading["decider"]
    last = (f"Các phòng, đơn vị thuộc {issuer}, các cơ quan, đơn vị liên quan và những người được "
            "cử tham gia lớp chịu trách nhiệm thi hành Quyết định này./.")
    articles = [*articles, last]
    return _paper(
        matter, kind="QUYẾT ĐỊNH", sign="QĐ", about=about,
        body=[Resolved(decider.upper()),
              Basis(f"Căn cứ chức năng, nhiệm vụ, quyền hạn của {issuer};"),
              *(Basis(f"Căn cứ {one};", gap=True) for one in (*rests_on, DOTS)),
              Basis(f"Theo đề nghị của {DOTS}.", gap=True),
              Resolved("QUYẾT ĐỊNH:"),
              *(Text(words, bold=f"Điều {number}.", leads=number == len(articles))
                for number, words in enumerate(articles, 1))],
        recipients=(f"Như Điều {len(articles)};", "Lưu: VT."), belongs="Quyết định", grids=grids,
        **more)


def _paper(matter, body, sign="", belongs="", grids=(), year=None, **more):
    heading, year = matter.heading, year or matter.years[0]
    number = f"Số: ……/{sign}{'-' if sign else ''}{heading['sign']}"
    # "Phụ lục" alone where there is one.
    labels = [f"Phụ lục {'I' * place}" for place in range(1, len(grids) + 1)] if (
        len(grids) > 1) else ["Phụ lục"]
    kept = (f"(Kèm theo {belongs} số {number.removeprefix('Số: ')} ngày … tháng … năm {year} "
            f"của {heading['issuer']})")
    return Paper(
        superior=heading["superior"], issuer=heading["issuer"], number=number,
        place_date=dated(heading["place"], year=year), body=tuple(body),
        signer_title=heading["signer_title"].upper(), figures=False, annexes_across=False,
        annexes=tuple(Annex(label, grid.title, kept, grid)
                      for label, grid in zip(labels, grids, strict=False)), **more)


def _quota_grid(matter):
    """How many people each unit may send, where that is set."""
    if matter.quotas:
        yield Grid("SỐ NGƯỜI CỦA TỪNG ĐƠN VỊ",
                   (Column("STT", 11, CENTRE), Column("Đơn vị", 124),
                    Column("Số người", 30, NUMBER)),
                   (("", tuple((number, *row) for number, row in enumerate(matter.quotas, 1))),),
                   total=("", "Cộng", sum(number for _unit, number in matter.quotas)))


def _programme_grid(matter):
    """The sessions, where there are some."""
    if matter.sessions:
        total = ("", "Cộng", "", "", sum(line.periods for line in matter.sessions))
        yield Grid("CHƯƠNG TRÌNH LỚP", _columns(), (("", _lines(matter.sessions)),), total=total)


def _columns(trainer=True):
    taught = (Column("Báo cáo viên", 38),) if trainer else ()
    return (Column("Ngày", 25, DAY), Column("Buổi", 16), Column("Chuyên đề", 68), *taught,
            Column("Số tiết", 18, NUMBER))


def _lines(sessions, trainer=True):
    return tuple((line.on, HALF_WORDS[line.half].removeprefix("Buổi ").capitalize(), line.topic,
                  *((line.trainer,) if trainer else ()), line.periods) for line in sessions)


def _people_grid(matter):
    """The participants, where there are some."""
    if matter.people:
        yield Grid("DANH SÁCH HỌC VIÊN",
                   (Column("STT", 12, CENTRE), Column("Họ và tên", 46),
                    Column("Năm sinh", 16, CENTRE), Column("Đơn vị công tác", 52),
                    Column("Chức vụ", 39)),
                   (("", tuple((number, *row) for number, row in enumerate(matter.people, 1))),))


def _result_grid(matter):
    """Everybody with their result."""
    return Grid("DANH SÁCH KẾT QUẢ",
                (Column("STT", 12, CENTRE), Column("Họ và tên", 43), Column("Năm sinh", 15, CENTRE),
                 Column("Đơn vị công tác", 38), Column("Số buổi có mặt", 18, CENTRE),
                 Column("Điểm", 15, CENTRE), Column("Kết quả", 24, CENTRE)),
                (("", tuple((number, *row) for number, row in enumerate(matter.results, 1))),))
