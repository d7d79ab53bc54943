"""Requests of the units: exemptions, learning elsewhere, moves; some decided, some that wait."""
from datetime import date, timedelta
from io import BytesIO

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A5, landscape
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import and_, select

from lms.kernel.db import db
from lms.kernel.paper import BOLD, REGULAR, glyphs
from lms.organisations.models import Unit
from lms.people.models import Membership, Person, Posting
from lms.transfers.actions import ask_transfer

from courses.completions.models import Completion
from courses.completions.outside_actions import accept, hand_in, refuse
from courses.completions.validity import months_after
from courses.coverage.exemption_actions import approve, ask_exemption, refuse_exemption
from courses.coverage.models import Goal
from courses.coverage.truth_actions import check_truth
from demo import edges, past

#: goal, unit, who asks, kind, reason, first day, months, day of the request, what became of it
EXEMPTIONS = [
    ("B", "SVHTTDL", "CB002", "illness", "Nghỉ điều trị theo Quyết định số 214/QĐ-SVHTTDL",
     date(2026, 10, 1), 6, date(2026, 9, 24), "approved"),
    ("A", "BPTTH", "CB003", "study", "Học cao học tập trung theo Quyết định số 88/QĐ-BPTTH",
     date(2026, 9, 1), 12, date(2026, 8, 20), "approved"),
    ("B", "SVHTTDL", "CB002", "other", "Bận công tác cuối năm", date(2026, 11, 1), 2,
     date(2026, 10, 19), "refused"),
    ("A", "BPTTH", "CB003", "illness", "Điều trị dài ngày, giấy ra viện số 512",
     date(2026, 11, 20), 4, date(2026, 11, 18), ""),
    ("A", "BPTTH", "CB003", "detached", "Biệt phái theo Quyết định số 301/QĐ-UBND",
     date(2026, 12, 1), 12, date(2026, 11, 23), ""),
]
#: goal, course as printed, who held it, day, periods, day of the request, course or refusal
PAPERS = [
    ("B", "Bồi dưỡng kiến thức cơ bản về quyền con người", "Học viện Chính trị khu vực I",
     date(2026, 5, 15), 16, date(2026, 8, 3), "C01"),
    ("D", "Kiến thức cơ bản về quyền con người", "Trường Chính trị Hoàng Đình Giong",
     date(2025, 11, 7), 12, date(2026, 9, 14), "C01"),
    ("D", "Kỹ năng giao tiếp công sở", "Trung tâm Ngoại ngữ - Tin học", date(2026, 4, 10), 8,
     date(2026, 9, 28), ""),
    ("B", "Kiến thức cơ bản về quyền con người", "Học viện Chính trị quốc gia Hồ Chí Minh",
     date(2026, 6, 26), 16, date(2026, 11, 20), None),
    ("C", "Nghiệp vụ báo cáo viên, tuyên truyền viên cơ sở", "Ban Tuyên giáo Trung ương",
     date(2026, 7, 9), 24, date(2026, 11, 24), None),
]
#: goal, unit, who asks, the unit they move to, title, first day, act, day of the request
MOVES = [
    ("B", "SVHTTDL", "CB002", "BPTTH", "Biên tập viên", date(2026, 12, 1),
     "Quyết định số 318/QĐ-SNV ngày 17/11/2026", date(2026, 11, 19)),
    ("A", "BPTTH", "CB002", "SVHTTDL", "Chuyên viên", date(2026, 12, 15),
     "Quyết định số 326/QĐ-SNV ngày 20/11/2026", date(2026, 11, 23)),
]
REFUSED = "Nội dung không thuộc khóa học nào của chỉ tiêu."
UNSUPPORTED = "Bận công tác không phải lý do miễn; đơn vị bố trí học trực tuyến trong tháng 12."


def build(courses, people):
    """Ask, hand in and decide, each on its day; then look over all facts."""
    chosen = Chooser(people)
    ask_exemptions(people, chosen)
    hand_in_papers(courses, people, chosen)
    ask_transfers(people, chosen)
    with past.on(date(2026, 11, 24), hour=18):
        # One o'clock in the morning of the 25th in Cao Bằng.
        check_truth(by=None, night=date(2026, 11, 25))


def ask_exemptions(people, chosen):
    """Two heads ask; the officer has decided some."""
    officer = people["CB001"]
    for goal, unit, asker, kind, reason, first, months, day, outcome in EXEMPTIONS:
        person = chosen.somebody(goal, unit)
        with past.on(day):
            asked = ask_exemption(person, chosen.goals[goal], {
                "kind": kind, "reason": reason, "valid_from": first,
                "valid_to": months_after(first, months)}, scan(reason), by=people[asker])
        with past.on(day + timedelta(days=2)):
            if outcome == "approved":
                approve(asked, "Đã xem quyết định.", by=officer)
            elif outcome:
                refuse_exemption(asked, UNSUPPORTED, by=officer)


def hand_in_papers(courses, people, chosen):
    """People hand in what they learned elsewhere; the officer has decided some."""
    officer = people["CB001"]
    for goal, name, institution, learned, periods, day, outcome in PAPERS:
        person = chosen.somebody(goal)
        with past.on(day):
            paper = hand_in(person, {"course_name": name, "institution": institution,
                                     "learned_on": learned, "periods": periods},
                            photo(person, name, institution), by=person)
        with past.on(day + timedelta(days=1)):
            if outcome:
                accept(paper, courses[outcome], by=officer)
            elif outcome is not None:
                refuse(paper, REFUSED, by=officer)


def ask_transfers(people, chosen):
    """A contact person sends one person and asks for another; both wait for an answer."""
    for goal, unit, asker, to, title, first, act, day in MOVES:
        there = db.session.scalars(select(Unit).filter_by(key=to)).one()
        with past.on(day):
            ask_transfer(chosen.somebody(goal, unit), {
                "unit": there, "title": title, "valid_from": first, "act": act},
                by=people[asker])


class Chooser:
    """Chooses people of a group who are not written down elsewhere, each of them once."""

    def __init__(self, people):
        self.taken = {people[key].id for key in edges.WRITTEN} | {
            person.id for person in people.values() if person.key <= "CB040"}
        self.goals = {goal.key: goal for goal in db.session.scalars(select(Goal))}

    def somebody(self, goal, unit=None):
        """The next member of the goal's group, in the unit, who has not completed its courses."""
        courses = [course.id for course in self.goals[goal].courses]
        have = select(Completion.person_id).where(Completion.course_id.in_(courses),
                                                  Completion.learned_on > date(2023, 11, 25))
        statement = (
            select(Person).join(Membership, Membership.person_id == Person.id)
            .where(Membership.group_id == self.goals[goal].group_id,
                   Membership.valid_to.is_(None), Person.id.not_in(self.taken),
                   Person.id.not_in(have)).order_by(Person.id.desc()))
        if unit:
            statement = statement.where(Person.postings.any(and_(
                Posting.unit.has(key=unit), Posting.valid_to.is_(None))))
        person = db.session.scalars(statement).first()
        self.taken.add(person.id)
        return person


def scan(words):
    """The scan of a decision, one page."""
    buffer = BytesIO()
    glyphs()
    canvas = Canvas(buffer, pagesize=landscape(A5))
    canvas.setFont(BOLD, 16)
    canvas.drawString(60, 330, "QUYẾT ĐỊNH")
    canvas.setFont(REGULAR, 12)
    canvas.drawString(60, 300, words)
    canvas.drawString(60, 280, "Bản mẫu của tỉnh trình diễn, không có giá trị pháp lý.")
    canvas.save()
    buffer.seek(0)
    return buffer, "quyet-dinh.pdf"


def photo(person, name, institution):
    """What a phone would make of a certificate: a picture, here without letters to read."""
    picture = Image.new("RGB", (1600, 1130), (250, 246, 236))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 40, 1560, 1090), outline=(160, 40, 40), width=6)
    for line, width in enumerate((len(institution), len(name), len(person.full_name))):
        draw.rectangle((160, 300 + 160 * line, 160 + 20 * width, 340 + 160 * line),
                       fill=(60, 60, 60))
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    buffer.seek(0)
    return buffer, "giay-chung-nhan.jpg"
