"""Somebody is erased: no table, file or log keeps the name, wherever others had typed it."""
from datetime import date
from io import BytesIO
from itertools import cycle
from pathlib import Path
from unicodedata import normalize

import pytest
from sqlalchemy import JSON, String, select, update

from lms.kernel import audit, clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.guessing import WrongGuess
from lms.kernel.mail import Letter
from lms.kernel.naming import Naming
from lms.kernel.storage import StoredFile, keep
from lms.notices.models import Notice
from lms.organisations.models import Succession
from lms.people.erasing import NAMELESS, ask_erasure, erase
from lms.people.models import ErasureRequest, Posting, Role
from lms.people.offers import shelves
from lms.proposals.models import Proposal
from lms.transfers.models import TransferRequest

from certificates import actions as certificates
from certificates.models import Certificate
from courses.catalogue.actions import add_step, draft
from courses.catalogue.models import CourseVersion
from courses.classes.actions import announce, cancel_class, withdraw
from courses.classes.models import ClassAnnouncement, CourseClass
from courses.completions.actions import complete, finish_step, revoke, undo_step
from courses.completions.models import Completion, OutsideLearning
from courses.coverage.actions import exempt
from courses.coverage.exemption_actions import refuse_exemption
from courses.coverage.models import Exemption, ExemptionRequest
from courses.reports.actions import end, lock
from courses.reports.models import Report
from quizzes.attempts.actions import submit
from quizzes.attempts.grades import GradeEvent, HandMark, Mending
from quizzes.attempts.intervening import extend
from quizzes.attempts.models import Intervention, PaperMark
from quizzes.attempts.saving import save_answer
from quizzes.papers.actions import give_extra_time
from quizzes.papers.models import ExtraTime, PaperSet
from quizzes.questions.actions import hold_back
from quizzes.questions.models import Question
from quizzes.surveys.models import SurveyAnswer
from tests.world import HEADING

NAME = "Nông Thị Lan"
#: How others may have spelled it.
SPELLINGS = (NAME, normalize("NFD", NAME), NAME.upper(), "nong thi lan", "N. T. Lan",
             "Lan, Nông Thị")


@pytest.fixture
def told(world):
    """Everything that happened to Lan or beside her, each with a reason that names her."""
    why, an, minh, lan = f"Theo đơn của {NAME} (LAN)", world.an, world.minh, world.lan
    save_answer(world.running, 3, [NAME], None, by=lan)
    extend(world.running, 5, why, by=minh)
    submit(world.running, by=lan)
    give_extra_time(world.law_quiz, world.hoa, {"percent": 0, "minutes": 5, "reason": why},
                    by=minh)
    hold_back(world.first_question, why, by=minh)
    finish_step(lan, world.law_intro, by=lan)
    undo_step(lan, world.law_intro, why, by=an)
    announce(world.december_class, why, by=minh)
    withdraw(world.seat, why, by=an)
    cancel_class(world.december_class, why, by=an)
    completion = complete(lan, world.press_law, date(2026, 11, 20), by=an)
    issued = db.session.scalars(select(Certificate).filter_by(completion_id=completion.id)).one()
    certificates.revoke(certificates.correct(issued, {"name": f"{NAME} A"}, why, by=an), why,
                        by=an)
    revoke(completion, date(2026, 11, 21), why, by=an)
    exempt(world.hoa, world.goal_a, {
        "kind": "illness", "reason": why, "valid_from": date(2026, 2, 1),
        "valid_to": date(2026, 2, 3)}, by=an)
    refuse_exemption(db.session.scalars(select(ExemptionRequest)).one(), why, by=an)
    end(world.report, why, "", by=an)
    world.erasure.reason = why
    world.proposal.reason = world.proposal.answer = why
    # A list that nobody has read yet may name anybody.
    world.list.file = keep(BytesIO(f"Họ và tên\n{NAME}\n".encode()), "danh-sach.csv")
    world.list.plan = None
    for table in (Posting, Role):
        db.session.execute(update(table).where(table.person_id == lan.id).values(
            valid_to=date(2026, 11, 1)))
    return ask_erasure(lan, why, by=an)


#: What others write about people in words of their own: the name is taken out of it.
WRITTEN = (
    AuditEntry.details, Letter.subject, Letter.body, WrongGuess.name, StoredFile.name,
    Notice.text_vi, Notice.text_en, ErasureRequest.reason, TransferRequest.act,
    TransferRequest.answer, Proposal.reason, Proposal.answer, CourseVersion.note,
    CourseClass.cancel_reason, ClassAnnouncement.text, Completion.evidence,
    OutsideLearning.answer, Exemption.reason, ExemptionRequest.reason, ExemptionRequest.answer,
    Report.reason, Certificate.revoked_reason, Certificate.review_reason,
    Certificate.upheld_reason, ExtraTime.reason, PaperSet.label,
    Intervention.reason, Mending.reason, GradeEvent.why, PaperMark.reason, HandMark.comment,
    Question.held_why, SurveyAnswer.answers)
#: What is the person's own, and goes as a whole.
OWN = {
    "account": {"username", "password_hash", "code_hash"}, "answer_event": {"answer"},
    "certificate": {"printed"}, "import": {"plan", "edits"}, "import_effect": {"before"},
    "lecturer": {"title"}, "outside_learning": {"course_name", "institution"},
    "person": {"birth", "email", "fold", "full_name", "gender", "key", "phone", "sort_key"},
    "sign_in": {"token_hash", "address", "device"}}
#: Codes, kinds, titles of posts, what is counted in papers that are locked: nobody writes there
#: about a person.
OTHER = {
    "activity": {"kind", "lineage"}, "answer_event": {"client", "sha256", "status"},
    "attempt": {"state", "paper", "locked", "shares"}, "attendance": {"mark"},
    "audit_entry": {"verb", "subject"}, "audit_seal": {"ranges", "key", "head", "mac"},
    "caption": {"language"}, "certificate": {"printed_number", "code"},
    "class_cost": {"heading", "source"}, "class_session": {"half"}, "class_survey": {"items"},
    "completion": {"source"},
    "confirmation": {"members"}, "course": {"key", "mode", "content_kind", "fold"},
    "course_class": {"code", "mode", "fold"}, "document": {"language"}, "exemption": {"kind"},
    "exemption_request": {"kind"}, "extra_time": {"lineage"}, "goal": {"key"},
    "grade_event": {"rule"}, "group_rule": {"titles", "kinds", "units"}, "hand_mark": {"points"},
    "import": {"mapping", "kind"}, "import_effect": {"what", "table"},
    "import_mapping": {"signature", "mapping"}, "intervention": {"kind", "details"},
    "issuer": {"code", "superior", "place"},
    "backup": {"place", "fault"},
    "job": {"name", "arguments", "fault", "result"}, "ladder": {"steps"},
    "letter": {"dedupe_key", "to", "state", "fault"}, "link": {"url"}, "media": {"language"},
    "locked_person": {"status", "units"},
    "locked_report": {"code", "goals", "units", "numbers", "sha256"},
    "mending": {"version_ids", "effect", "keys"}, "notice": {"key", "url"},
    "paper_mark": {"letter"}, "paper_set": {"papers"}, "person_link_effect": {"table", "before"},
    "picture": {"alternative"}, "place": {"lineage"}, "posting": {"title"},
    "question": {"key", "kind", "category", "tags", "status"}, "question_sound": {"words"},
    "question_version": {"fold"},
    "quiz": {"sections", "blueprint", "code_secret", "pretest_of", "show_mark", "show_right",
             "show_key", "show_explanation"},
    "reckoned": {"goals"}, "register": {"issuer"}, "reminder": {"key", "kind"},
    "reorganisation": {"kind", "units"},
    "reorganisation_effect": {"what", "table", "before", "after"}, "role": {"kind"},
    "step_done": {"lineage"}, "stored_file": {"sha256", "mime"}, "succession": {"kind"},
    "survey_answer": {"id", "about"}, "survey_taken": {"about"},
    "target_group": {"key", "name_vi", "name_en"}, "proposal": {"kind"},
    "transfer_request": {"title"},
    "truth_check": {"counts", "faults"},
    "unit": {"key", "code", "kind", "fold"},
    "version_figures": {"chosen", "verdict"}, "wrong_guess": {"door", "address"}}


def values():
    """Every value of every table, as words, with the table it stands in."""
    return [(table.name, str(value)) for table in db.metadata.sorted_tables
            for row in db.session.execute(table.select()) for value in row]


def files_with_the_name(app):
    """The files that tell the name, by their hash."""
    return {path.name for path in Path(app.config["STORAGE"]).rglob("*")
            if path.is_file() and NAME.encode() in path.read_bytes()}


def test_no_table_file_or_log_keeps_the_name_of_somebody_erased(world, app, told, caplog):
    assert len({table for table, text in values() if NAME in text}) > 8
    known = set(db.session.scalars(select(StoredFile.sha256)))
    # What other tests left behind belongs to nobody here.
    strays = files_with_the_name(app) - known
    assert files_with_the_name(app) & known

    erase(told, by=world.vi)
    db.session.commit()
    db.session.expire_all()

    assert [(table, text) for table, text in values() if NAME in text] == []
    assert NAME not in caplog.text
    assert files_with_the_name(app) == strays


def test_no_spelling_of_the_name_stays_in_what_others_wrote(told, world):
    spelled, reached = cycle(SPELLINGS), []
    db.session.add_all([
        Letter(dedupe_key="l", to="a@b.vn", subject="", body=""),
        WrongGuess(door="d", name="", address="", at=clock.now())])
    for column in WRITTEN:
        words = f"Của {next(spelled)}."
        value = {"reason": words} if isinstance(column.type, JSON) else words
        reached += [column] if db.session.execute(
            update(column.class_).values({column: value})).rowcount else []

    erase(told, by=world.vi)
    db.session.expire_all()

    lan = Naming(NAME)
    assert len(reached) > 20
    assert [(table, text) for table, text in values() if lan.stands_in(text)] == []


def test_every_column_with_words_is_one_that_erasing_knows(app):
    written = {(column.class_.__table__.name, column.key) for column in WRITTEN}
    listed = {(column.class_.__table__.name, column.key)
              if column.key in column.class_.__table__.c else ("activity", column.key)
              for shelf in shelves.of() for column in shelf.columns}
    known = written | listed | {(table, name) for part in (OWN, OTHER)
                                for table, names in part.items() for name in names}

    assert known == {(table.name, column.name) for table in db.metadata.sorted_tables
                     for column in table.columns if isinstance(column.type, String | JSON)}


def test_texts_for_many_are_listed_before_and_after_and_a_person_changes_them(
        world, browse, told):
    db.session.add(Role(person=world.minh, kind="officer", valid_from=date(2020, 1, 1)))
    world.law_intro.body_vi = f"<p>{NAME.upper()}</p>"
    step = add_step(draft(world.press_law, by=world.minh), "page", {
        "title_vi": "Gương sáng", "minutes": 5, "body_vi": "<p>Chị <b>Nông Thị</b> Lan</p>"},
        by=world.minh)
    world.december_class.place = f"Nhà ông {NAME}"
    db.session.commit()
    lines = {
        "“Gương sáng” trong bản nháp của “Luật Báo chí”": f"/catalogue/steps/{step.id}",
        "“Giới thiệu” trong phiên bản 1 của “Luật Báo chí”": f"/catalogue/{world.press_law.id}",
        "Lớp “Luật Báo chí, khóa 2/2026”: tên, địa điểm hoặc quyết định":
            f"/classes/{world.december_class.id}/edit"}
    minh = browse(world.minh)

    before = minh.get(f"/erasures/{told.id}")
    minh.post(f"/erasures/{told.id}", {"decision": "erase"})
    after = browse(world.an).get(f"/erasures/{told.id}")

    for page in (before, after):
        assert {word: page.links.get(word) for word in lines} == lines
        assert "Phiên bản đã công bố giữ nguyên" in page.text
    db.session.refresh(step)
    assert step.body_vi == "<p>Chị <b>Nông Thị</b> Lan</p>"


def test_names_of_units_acts_locked_reports_and_who_signs_are_listed_too(world, browse, told):
    db.session.add(Role(person=world.minh, kind="officer", valid_from=date(2020, 1, 1)))
    world.office.name_vi = f"Phòng truyền thống {NAME}"
    world.reform.act = f"Quyết định 12/QĐ-UBND về đề án của {NAME}"
    db.session.add(Succession(from_unit=world.newspaper, on=date(2019, 5, 1), kind="transfer",
                              act=f"Quyết định 3, theo tờ trình của {NAME}"))
    certificates.set_issuer(world.department, {"code": "SVH", "signer": NAME}, by=world.an)
    report = lock(world.department, date(2026, 1, 1), date(2026, 11, 24),
                  HEADING | {"signer": NAME}, by=world.an)
    db.session.commit()

    page = browse(world.minh).get(f"/erasures/{told.id}")

    assert {word: url for word, url in page.links.items() if word.startswith((
        "Đơn vị “", "Văn bản", "Giấy chứng nhận của", "Báo cáo chốt"))} == {
        f"Đơn vị “Phòng truyền thống {NAME}”: tên gọi": f"/units/{world.office.id}",
        "Văn bản có hiệu lực ngày 01/03/2020 trong lịch sử đơn vị: số hoặc tên văn bản":
            f"/reorganisations/{world.reform.id}",
        "Văn bản có hiệu lực ngày 01/05/2019 trong lịch sử đơn vị: số hoặc tên văn bản":
            f"/units/{world.newspaper.id}",
        "Giấy chứng nhận của Sở Văn hóa: người ký": f"/issuers/{world.department.id}",
        "Báo cáo chốt số liệu ngày 24/11/2026: tên báo cáo, nơi báo cáo hoặc người ký":
            f"/reports/{report.id}"}
    assert "báo cáo đã chốt và tên đơn vị không còn tồn tại giữ nguyên" in page.text


def test_each_text_is_ticked_off_once_it_was_dealt_with_and_can_be_opened_again(
        world, browse, told):
    world.december_class.place = f"Nhà ông {NAME}"
    world.goal_a.basis = f"Đề nghị của {NAME}"
    db.session.commit()
    an, page = browse(world.an), f"/erasures/{told.id}"
    ticked = {"text": f"goal:{world.goal_a.id}", "done": "1"}
    an.post(f"{page}/texts", ticked, status=409)
    erase(told, by=world.vi)

    assert "Còn 2 nội dung phải xem." in an.get(page).text
    an.post(f"{page}/texts", ticked)
    one_left = an.get(page).text
    an.post(f"{page}/texts", ticked | {"text": f"course_class:{world.december_class.id}"})
    none_left = an.get(page).text
    an.post(f"{page}/texts", ticked | {"done": "0"})

    assert "Còn 1 nội dung phải xem." in one_left
    assert "tên hoặc căn cứ đã xử lý Lý Hoài Ân, 10:00 25/11/2026 Xem lại" in one_left
    assert "Mọi nội dung đã được xử lý." in none_left
    assert "Còn 1 nội dung phải xem." in an.get(page).text
    an.post(f"{page}/texts", ticked | {"text": "goal:999"}, status=409)


def test_a_trace_keeps_its_reason_without_the_name(world, told):
    lines = len(db.session.scalars(select(AuditEntry)).all())

    erase(told, by=world.vi)

    entries = db.session.scalars(select(AuditEntry)).all()
    assert len(entries) == lines + 1
    assert {entry.details["reason"] for entry in entries if "đơn" in entry.details.get(
        "reason", "")} == {f"Theo đơn của {NAMELESS} ({NAMELESS})"}


def test_a_staff_code_within_another_word_and_what_nobody_typed_stay(world):
    audit.record(world.an, "tried", world.lan, reason="LANG LAN, 12LAN", course="LAN")

    audit.forget(Naming(NAME, ("LAN",)), NAMELESS)

    details = db.session.scalars(select(AuditEntry).filter_by(verb="tried")).one().details
    assert details == {"reason": f"LANG {NAMELESS}, 12LAN", "course": "LAN"}


def test_the_page_of_a_person_says_what_was_asked_and_is_changed_no_more(world, browse, told):
    an, page = browse(world.an), f"/people/{told.person_id}"
    asked = an.get(page)
    assert "đã có đề nghị xóa thông tin nhận dạng của người này." in asked.text
    assert f"/erasures/{told.id}" in asked.links.values()
    assert f"{page}/edit" in asked.links.values()

    erase(told, by=world.vi)

    assert {url for url in an.get(page).links.values() if url.startswith(page)} == set()
    an.get(f"{page}/edit", status=404)
