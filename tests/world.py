"""The small world every test lives in.

The province has a newspaper and a department of culture with an office of its own.
Lan reports for the newspaper and Hoa runs it.  In the department work Minh, who teaches,
Hạ, who is its contact person, and Páo, who has no account.  Ân organises the training of
the whole province, Vi may read everything.  Reporters must take press law; officials must
take press law and receive the kit of documents.  Press law is a page, a document to
acknowledge and a quiz; in December there is a class of it, to which Hoa has sent Lan.  Lan is
in the middle of an attempt at the quiz; Vi completed press law in March and holds the first
certificate of the department.  Hạ has uploaded a list and not yet confirmed it.  Ân has locked
a report of the department as of 24 November.  Minh is to move to the newspaper, if Hoa agrees.  Hạ
proposes a role for Páo.
"""
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from io import BytesIO

from sqlalchemy import select

from lms.accounts.models import Account
from lms.kernel import clock, jobs, storage
from lms.kernel.db import db
from lms.kernel.incoming import begin
from lms.notices.models import Notice
from lms.organisations.models import Placement, Unit
from lms.people.import_actions import upload
from lms.people.models import ErasureRequest, Import, Membership, Person, Posting, Role, TargetGroup
from lms.proposals.models import Proposal
from lms.transfers.models import TransferRequest

from certificates.actions import set_issuer
from certificates.models import Certificate
from courses.catalogue.models import (
    Course,
    CourseTrainer,
    CourseVersion,
    Document,
    TextPage,
)
from courses.classes.actions import nominate
from courses.classes.models import ClassTrainer, CourseClass, Enrolment, Session
from courses.completions.actions import complete
from courses.completions.models import Completion, OutsideLearning
from courses.completions.outside_actions import hand_in
from courses.coverage.actions import exempt
from courses.coverage.exemption_actions import ask_exemption
from courses.coverage.models import Exemption, ExemptionRequest, Goal, GoalCourse, TruthCheck
from courses.coverage.truth_actions import check_truth
from courses.reorganisation.models import Reorganisation
from courses.reports.actions import lock
from courses.reports.models import Report
from quizzes.attempts.actions import start
from quizzes.attempts.marksheet import Entry
from quizzes.attempts.models import AnswerFile, Attempt, PaperMark
from quizzes.attempts.recording import record_papers
from quizzes.papers.actions import give_extra_time, make_papers
from quizzes.papers.models import ExtraTime, PaperSet, Quiz, QuizItem
from quizzes.questions.interchange.large import READING
from quizzes.questions.models import Question, QuestionVersion
from quizzes.surveys.models import ClassSurvey, Survey
from quizzes.surveys.wording import read_lines

BEGINNING = date(2018, 1, 1)
#: A list Hạ has uploaded: Páo as he is, and somebody new.
LIST = ("STT;Họ và tên;Ngày sinh;Chức vụ;Đơn vị\n1;Vàng A Páo;1988;Chuyên viên;Văn phòng Sở Văn hóa"
        "\n2;Sầm Thị Loan;22/12/1990;Kế toán viên;Sở Văn hóa\n")
#: What stands on the paper of the report.
HEADING = {"title": "Kết quả tập huấn năm 2026", "superior": "UBND tỉnh Cao Bằng",
           "issuer": "Sở Văn hóa", "sign": "SVH", "place": "Cao Bằng",
           "to": "UBND tỉnh Cao Bằng", "signer_title": "Giám đốc", "signer": "Hà Minh Ngọc"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def build():
    """Build the world in an empty database."""
    units = build_units()
    people = build_people(units)
    press_law, kit = build_courses(units, people)
    build_goals(people, press_law, kit)
    build_class(units, people, press_law)
    build_past(units, people, press_law)
    db.session.commit()


def build_units():
    """The province, its newspaper, its department of culture, and the department's office."""
    units = {}
    for key, name_vi, name_en, kind, precedence, parent in (
        ("CB", "Tỉnh Cao Bằng", "Cao Bằng province", "province", 0, None),
        ("BAO", "Báo Cao Bằng", "Cao Bằng newspaper", "press", 10, "CB"),
        ("SVH", "Sở Văn hóa", "Department of Culture", "department", 20, "CB"),
        ("SVH-VP", "Văn phòng Sở Văn hóa", "Office of the Department of Culture", "office", 30,
         "SVH"),
    ):
        unit = Unit(key=key, code=key, name_vi=name_vi, name_en=name_en, short_name=key,
                    kind=kind, precedence=precedence, valid_from=BEGINNING)
        units[key] = unit
        db.session.add(unit)
        if parent:
            db.session.add(Placement(unit=unit, parent=units[parent], valid_from=BEGINNING))
    db.session.flush()
    return units


def build_people(units):
    """The seven people, their posts, their roles, and the accounts of all but Páo."""
    people = {}
    for key, name, birth, gender, unit, title in (
        ("LAN", "Nông Thị Lan", "1991-02-06", "f", "BAO", "Phóng viên"),
        ("HOA", "Bế Thị Hoa", "1975", "f", "BAO", "Tổng Biên tập"),
        ("MINH", "Triệu Văn Minh", "1980-10-12", "m", "SVH", "Chuyên viên"),
        ("HA", "Bế Văn Hạ", "1984-05-30", "m", "SVH", "Chuyên viên"),
        ("PAO", "Vàng A Páo", "1988", "m", "SVH-VP", "Chuyên viên"),
        ("AN", "Lý Hoài Ân", "1979-01-01", "f", "SVH", "Phụ trách đào tạo"),
        ("VI", "Đàm Thị Vi", "1970-07-07", "f", "CB", "Thanh tra viên"),
    ):
        person = Person(key=key, full_name=name, birth=birth, gender=gender)
        people[key] = person
        db.session.add(person)
        db.session.add(Posting(person=person, unit=units[unit], title=title, main=True,
                               valid_from=BEGINNING))
        if key != "PAO":
            db.session.add(Account(person=person, username=key.lower()))
    for key, kind, unit in (("HOA", "manager", "BAO"), ("HA", "contact", "SVH"),
                            ("MINH", "trainer", None), ("AN", "officer", None),
                            ("VI", "auditor", None)):
        db.session.add(Role(person=people[key], kind=kind, unit=units.get(unit),
                            valid_from=BEGINNING))
    db.session.flush()
    return people


def build_courses(units, people):
    """Press law, which Minh teaches, and the kit of documents."""
    press_law = Course(key="PRESS", title_vi="Luật Báo chí", title_en="Press law", periods=12,
                       validity_months=36, owner=units["SVH"], legal_basis="Luật 126/2025/QH15")
    kit = Course(key="KIT", title_vi="Bộ tài liệu", title_en="Kit of documents", certified=False)
    db.session.add_all([press_law, kit, CourseTrainer(course=press_law, person=people["MINH"])])
    published = datetime(2026, 1, 5, 2, 0, tzinfo=clock.now().tzinfo)
    version = CourseVersion(course=press_law, number=1, published_at=published)
    kit_version = CourseVersion(course=kit, number=1, published_at=published)
    db.session.add_all([version, kit_version])
    document = Document(version=version, lineage="law-text", position=1, title_vi="Toàn văn luật",
                        title_en="Text of the law", minutes=20, acknowledge=True,
                        file=storage.keep(BytesIO(PDF), "luat.pdf"))
    page = TextPage(version=version, lineage="law-intro", position=0, title_vi="Giới thiệu",
                    title_en="Introduction", minutes=5,
                    body_vi="<p>Luật có hiệu lực 01/7/2026.</p>",
                    body_en="<p>The law is in force from 1 July 2026.</p>")
    quiz = Quiz(version=version, lineage="law-quiz", position=2, title_vi="Kiểm tra",
                title_en="Test", minutes=10, pass_mark=50, attempts_allowed=2, time_limit=30,
                shuffle=False, shuffle_options=False)
    db.session.add_all([page, document, quiz])
    build_questions(press_law, quiz)
    # A version of the kit of long ago held a survey.
    old = CourseVersion(course=kit, number=0, published_at=published - timedelta(days=300))
    db.session.add_all([old, Survey(version=old, lineage="kit-views", title_vi="Ý kiến về sổ tay",
                                    title_en="Views on the handbook", minutes=3,
                                    items=read_lines("Sổ tay dễ dùng\n+ Ý kiến khác"))])
    db.session.add(Document(version=kit_version, lineage="kit-book", position=0,
                            title_vi="Sổ tay", title_en="Handbook", minutes=15, acknowledge=True,
                            file=storage.keep(BytesIO(PDF), "so-tay.pdf")))
    db.session.flush()
    return press_law, kit


def build_questions(course, quiz):
    """One question of each kind."""
    ab = [{"key": "A", "vi": "Có", "en": "Yes"}, {"key": "B", "vi": "Không", "en": "No"}]
    for position, (key, kind, stem, options, right) in enumerate((
        ("P1", "single", "Phóng viên có được bảo vệ nguồn tin không?", ab, ["A"]),
        ("P2", "multiple", "Chọn các nguyên tắc tác nghiệp.",
         [*ab, {"key": "C", "vi": "Trung thực", "en": "Honesty"}], ["A", "C"]),
        ("P3", "truefalse", "Luật có hiệu lực từ 01/7/2026.",
         [{"key": "T", "vi": "Đúng", "en": "True"}, {"key": "F", "vi": "Sai", "en": "False"}],
         ["T"]),
        ("P4", "short", "Luật Báo chí mang số nào?", [], ["126/2025/QH15"]),
    )):
        question = Question(key=key, course=course, kind=kind)
        db.session.add_all([
            question,
            QuestionVersion(question=question, number=1, stem_vi=stem, options=options, right=right,
                            explanation_vi="Xem luật."),
            QuizItem(quiz=quiz, question=question, position=position)])


def build_goals(people, press_law, kit):
    """Reporters: press law in ninety days. Officials: press law and the kit by 14 December."""
    reporters = TargetGroup(key="A", name_vi="Phóng viên", name_en="Reporters")
    officials = TargetGroup(key="B", name_vi="Cán bộ", name_en="Officials")
    db.session.add_all([
        reporters, officials,
        Membership(person=people["LAN"], group=reporters, valid_from=date(2026, 1, 1)),
        Membership(person=people["HA"], group=officials, valid_from=date(2026, 1, 1)),
        Membership(person=people["PAO"], group=officials, valid_from=date(2026, 10, 1))])
    goal_a = Goal(key="A", group=reporters, title_vi="Phóng viên được tập huấn",
                  title_en="Reporters are trained", share=100, due_days=90,
                  basis="Kế hoạch 3432/KH-UBND, II.2", valid_from=date(2026, 1, 1))
    goal_b = Goal(key="B", group=officials, title_vi="Cán bộ được tập huấn và trang bị tài liệu",
                  title_en="Officials are trained and equipped", share=100,
                  deadline=date(2026, 12, 14), basis="Kế hoạch 3432/KH-UBND, II.2",
                  valid_from=date(2026, 1, 1))
    db.session.add_all([goal_a, goal_b])
    db.session.flush()
    db.session.add_all([GoalCourse(goal_id=goal_a.id, course_id=press_law.id),
                        GoalCourse(goal_id=goal_b.id, course_id=press_law.id),
                        GoalCourse(goal_id=goal_b.id, course_id=kit.id)])


def build_class(units, people, press_law):
    """A class of press law on 1 and 2 December, in three half-days, taught by Minh."""
    course_class = CourseClass(
        code="LBC-2026-02", title_vi="Luật Báo chí, khóa 2/2026",
        title_en="Press law, class 2/2026",
        course=press_law, organiser=units["SVH"], starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 2), place="Hội trường tầng 2", seats=40, opened_at=clock.now())
    db.session.add(course_class)
    db.session.add(ClassTrainer(course_class=course_class, person=people["MINH"]))
    for on, half, order in ((date(2026, 12, 1), "morning", 0), (date(2026, 12, 1), "afternoon", 1),
                            (date(2026, 12, 2), "morning", 0)):
        db.session.add(Session(course_class=course_class, on=on, half=half, half_order=order,
                               topic_vi="Luật Báo chí", trainer=people["MINH"]))
    db.session.flush()
    nominate(course_class, [people["LAN"]], units["BAO"], by=people["HOA"])
    db.session.add(ClassSurvey(course_class=course_class, by=people["AN"],
                               items=read_lines("Lớp có ích | The class was useful")))


def build_past(units, people, press_law):
    """What has happened so far: Vi's completion and certificate, Lan's attempt that runs."""
    set_issuer(units["SVH"], {"code": "SVH", "superior": "UBND tỉnh Cao Bằng", "place": "Cao Bằng",
                              "signer_title_vi": "Giám đốc", "signer_title_en": "Director",
                              "signer": "Hà Minh Ngọc"}, by=people["AN"])
    complete(people["VI"], press_law, date(2026, 3, 2), by=people["AN"])
    build_requests(people)
    db.session.add(TransferRequest(
        person=people["MINH"], from_unit=units["SVH"], unit=units["BAO"], asked_of=units["BAO"],
        asked_by=people["HA"], title="Biên tập viên", valid_from=date(2026, 12, 1),
        act="Quyết định 125/QĐ-SNV ngày 20/11/2026"))
    db.session.add(Proposal(
        kind="role", thing_id=people["PAO"].id, person=people["PAO"], asked_by=people["HA"],
        reason="Làm đầu mối Văn phòng từ tháng 12"))
    quiz = db.session.scalars(select(Quiz)).one()
    running = start(quiz, by=people["LAN"])
    db.session.add(AnswerFile(attempt=running, slot=3, received_at=clock.now(),
                              file=storage.keep(BytesIO(PDF), "bai-lam.pdf")))
    give_extra_time(quiz, people["HA"], {"percent": 25, "minutes": 0, "reason": "Đau tay"},
                    by=people["MINH"])
    papers = make_papers(quiz, 2, "Lớp tháng 12", by=people["MINH"])
    record_papers(papers, {people["VI"]: Entry("A", None, Decimal(40))}, by=people["MINH"])
    db.session.add(Reorganisation(
        kind="move", on=date(2020, 3, 1), act="Quyết định 12/QĐ-UBND", by_id=people["AN"].id,
        done_at=clock.now(),
        scan=storage.keep(BytesIO(b"%PDF-1.4 scan"), "quyet-dinh.pdf"),
        units={"sources": [units["SVH-VP"].id], "heirs": []}))
    db.session.add(ErasureRequest(person=people["PAO"], reason="Đơn ngày 20/11/2026",
                                  asked_by=people["VI"]))
    upload(BytesIO(LIST.encode()), "danh-sach.csv", date(2026, 11, 25), by=people["HA"])
    lock(units["SVH"], date(2026, 1, 1), date(2026, 11, 24), HEADING, by=people["AN"])


def build_requests(people):
    """Hạ asks to excuse Páo; Lan hands in a certificate and was excused once, for a week."""
    goal_a, goal_b = (db.session.scalars(select(Goal).filter_by(key=key)).one() for key in "AB")
    exempt(people["LAN"], goal_a, {
        "kind": "illness", "reason": "Nằm viện", "valid_from": date(2026, 1, 5),
        "valid_to": date(2026, 1, 12)}, by=people["AN"])
    ask_exemption(people["PAO"], goal_b, {
        "kind": "study", "reason": "Đi học tập trung", "valid_from": date(2026, 12, 1),
        "valid_to": date(2027, 12, 1)}, (BytesIO(PDF), "quyet-dinh.pdf"), by=people["HA"])
    hand_in(people["LAN"], {
        "course_name": "Luật Báo chí cho phóng viên", "institution": "Học viện Báo chí",
        "learned_on": date(2025, 6, 20), "periods": 12}, (BytesIO(PDF), "chung-nhan.pdf"),
        by=people["LAN"])
    check_truth(by=people["AN"])


def _kept(search):
    """What ``search`` finds, searched for once as long as the session holds it."""
    def fetch(world):
        met = world.met.get(search)
        if met is None or met not in db.session:
            met = world.met[search] = search()
        return met
    return property(fetch)


def _found(model, **keys):
    return _kept(lambda: db.session.scalars(select(model).filter_by(**keys)).one())


def _first(model):
    return _kept(lambda: db.session.scalars(select(model).order_by(model.id)).first())


class World:
    """Fetch the inhabitants by name."""

    def __init__(self):
        #: Whom a test has met so far.
        self.met = {}

    lan = _found(Person, key="LAN")
    hoa = _found(Person, key="HOA")
    minh = _found(Person, key="MINH")
    ha = _found(Person, key="HA")
    pao = _found(Person, key="PAO")
    an = _found(Person, key="AN")
    vi = _found(Person, key="VI")
    province = _found(Unit, key="CB")
    newspaper = _found(Unit, key="BAO")
    department = _found(Unit, key="SVH")
    office = _found(Unit, key="SVH-VP")
    pao_post = property(lambda self: self.pao.postings[0])
    pao_membership = property(lambda self: db.session.scalars(
        select(Membership).filter_by(person_id=self.pao.id)).one())
    #: Minh began to send a recording.
    sending = cached_property(lambda self: begin(self.minh, "bai-giang.mp4", 3_000_000))
    list = _found(Import)
    #: Minh sent a large file of questions.
    read_file = cached_property(lambda self: jobs.later(
        READING, self.minh, course=self.press_law.id, file=self.law_text.file.id, kind="gift"))
    erasure = _found(ErasureRequest)
    reform = _found(Reorganisation)
    #: Hạ asks the newspaper, for which Hoa answers, to agree that Minh moves there.
    move = _first(TransferRequest)
    proposal = _first(Proposal)
    reporters = _found(TargetGroup, key="A")
    officials = _found(TargetGroup, key="B")
    goal_a = _found(Goal, key="A")
    goal_b = _found(Goal, key="B")
    press_law = _found(Course, key="PRESS")
    kit = _found(Course, key="KIT")
    law_intro = _found(TextPage, lineage="law-intro")
    law_text = _found(Document, lineage="law-text")
    law_quiz = _found(Quiz, lineage="law-quiz")
    kit_views = _found(Survey)
    kit_book = _found(Document, lineage="kit-book")
    first_session = property(lambda self: self.december_class.sessions[0])
    seat = _found(Enrolment)
    #: Lan was told that Hoa sent her to the class.
    lan_notice = property(lambda self: db.session.scalars(
        select(Notice).filter_by(person_id=self.lan.id)).one())
    running = _found(Attempt)
    #: A file Lan sent in her attempt, which no answer names.
    handed_in = _first(AnswerFile)
    ha_extra_time = _found(ExtraTime)
    paper_set = _first(PaperSet)
    #: What was entered for Vi, who did not pass.
    vi_mark = _first(PaperMark)
    first_question = _found(Question, key="P1")
    vi_learned = _found(Completion)
    vi_certificate = _found(Certificate)
    lan_excused = _first(Exemption)
    pao_request = _first(ExemptionRequest)
    lan_paper = _first(OutsideLearning)
    check = _first(TruthCheck)
    report = _found(Report)
    december_class = _found(CourseClass, code="LBC-2026-02")
