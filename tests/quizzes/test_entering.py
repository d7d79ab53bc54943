"""Results from printed papers, typed in or read from a workbook, count as those on devices."""
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import func, select

from lms.kernel import sheets
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.models import Person

from courses.classes.models import ClassTrainer, Enrolment
from courses.completions.models import StepDone
from quizzes.attempts.actions import submit
from quizzes.attempts.marksheet import Entry, Line, column_name, parted, read_line, read_rows
from quizzes.attempts.models import AnswerEvent, Attempt, PaperMark
from quizzes.attempts.recording import record_papers
from quizzes.papers.lettering import key_of
from quizzes.questions.queries import versions_of
from tests.courses.books import traces
from tests.statements import counted


@pytest.fixture
def ready(world):
    """The world with Lan's attempt handed in, so that her paper can be entered."""
    submit(world.running, by=world.lan)
    return world


def key(world, letter="B"):
    """The right answers of a paper, as they are written down."""
    paper = world.paper_set.papers[letter]
    versions = versions_of({item["version"] for item in paper})
    return "; ".join(key_of(*versions[item["version"]], item["options"]) for item in paper)


def marks(world):
    """What was entered: (name, version, score, passed)."""
    return [(one.person.full_name, one.letter, one.score, one.passed)
            for one in db.session.scalars(select(PaperMark).where(
                PaperMark.person_id != world.vi.id).order_by(PaperMark.id))]


def page_of(world, end="marks"):
    """The address of the results of the set."""
    return f"/quizzes/papers/{world.paper_set.id}/{end}"


def test_answers_typed_from_a_paper_are_marked_and_do_the_step(ready, browse):
    lan, minh = ready.lan.id, browse(ready.minh)

    page = minh.follow(minh.post(page_of(ready), {f"letter-{lan}": "B",
                                                  f"answers-{lan}": key(ready)}))

    assert "Đã nhập 1 bài." in page.text
    assert marks(ready) == [("Nông Thị Lan", "B", Decimal(100), True)]
    attempt = db.session.scalars(select(Attempt).order_by(Attempt.id.desc())).first()
    assert (attempt.number, attempt.score, attempt.paper) == (
        2, 100, ready.paper_set.papers["B"])
    assert db.session.scalar(select(StepDone.mark).filter_by(lineage="law-quiz")) == 100
    assert traces()[-1] == "papers entered"
    assert "100 trên 100 điểm" in browse(ready.lan).get(f"/quizzes/attempts/{attempt.id}").text


def test_a_mark_alone_does_the_step_too(ready, browse):
    lan, minh = ready.lan.id, browse(ready.minh)

    minh.post(page_of(ready), {f"mark-{lan}": "72,5"})

    assert marks(ready) == [("Nông Thị Lan", "", Decimal("72.50"), True)]
    assert db.session.scalar(select(StepDone.mark).filter_by(lineage="law-quiz")) == Decimal("72.5")
    page = minh.get(page_of(ready))
    assert "đã nhập 10:00 25/11/2026 Đính chính Nông Thị Lan 72,5 đạt" in page.text
    assert f"mark-{lan}" not in [field.get("name") for field in page.all("input")]


def test_a_mark_below_the_pass_mark_is_kept_and_does_nothing_else(ready):
    record_papers(ready.paper_set, {ready.lan: Entry("A", None, Decimal(49))}, by=ready.minh)

    assert marks(ready) == [("Nông Thị Lan", "A", 49, False)]
    assert db.session.scalar(select(func.count()).select_from(StepDone)) == 0


@pytest.mark.parametrize("fields, words", [
    ({"answers": "A B C D"}, "Hãy chọn mã đề."), ({"letter": "B", "answers": "A B"}, "đề có 4 câu"),
    ({"letter": "A", "answers": "Z; A; A; 1"}, "Câu 1: “Z” không phải chữ cái của câu này."),
    ({"mark": "101"}, "“101” không phải là điểm"), ({"mark": "NaN"}, "không phải là điểm"),
    ({"letter": "A", "answers": "A; A; A; 1", "mark": "5"}, "Chỉ gõ câu trả lời hoặc điểm."),
    ({"letter": "B"}, "Chưa gõ gì: hãy gõ các câu trả lời")])
def test_what_cannot_be_a_result_comes_back_with_what_to_do(ready, browse, fields, words):
    lan = ready.lan.id

    page = browse(ready.minh).post(page_of(ready), {
        f"{name}-{lan}": value for name, value in fields.items()}, status=200)

    assert words in page.text
    assert marks(ready) == []


def test_one_wrong_line_keeps_all_from_being_saved(ready, browse):
    db.session.add(Enrolment(course_class=ready.december_class, person=ready.pao,
                             unit=ready.office))
    lan, pao = ready.lan.id, ready.pao.id

    page = browse(ready.minh).post(page_of(ready), {
        f"mark-{lan}": "80", f"mark-{pao}": "viết"}, status=200)

    assert marks(ready) == []
    assert "80" in [field.get("value") for field in page.all("input")]


def test_the_sheet_comes_back_filled_in_and_is_looked_at_before_it_is_saved(ready, browse):
    minh, lan = browse(ready.minh), ready.lan.id
    empty = minh.client.get(page_of(ready, "sheet.xlsx")).data
    sheet = sheets.read_workbook(empty, "x.xlsx")[0]
    head = next(row for row in sheet.rows if "Mã cán bộ" in row)
    assert head[:9] == ["STT", "Mã cán bộ", "Họ và tên", "Mã đề", "Điểm", "Câu 1", "Câu 2",
                        "Câu 3", "Câu 4"]
    answers = key(ready, "A").split("; ")
    filled = sheets.write_workbook([sheets.Table("x", head, [
        [1, "LAN", "Nông Thị Lan", "A", "", *answers]])])

    page = minh.post(page_of(ready, "sheet"), {"file": (BytesIO(filled), "x.xlsx")}, status=200)

    assert "Đã điền sẵn 1 dòng ở dưới; chưa lưu gì." in page.text
    assert marks(ready) == []
    typed = {field["name"]: field.get("value", "") for field in page.all("input")
             if field.get("name", "").startswith("answers-")}
    minh.post(page_of(ready), {**typed, f"letter-{lan}": "A"})
    assert marks(ready) == [("Nông Thị Lan", "A", Decimal(100), True)]


def test_faults_of_a_sheet_are_named_by_their_cells():
    people = {"LAN": 1, "HOA": 2}
    rows = [["Danh sách"], ["Mã cán bộ", "Mã đề", "Điểm", "Câu 2", "Câu 1"],
            ["LAN", "A", "", "B", "Luật số 1"], ["XX", "A", "", "B", "A"],
            ["LAN", "B", 50.0, "", ""], ["", "A", "", "C", ""], ["HOA", "A", "", "", ""]]

    lines, cells, faults = read_rows(rows, people)

    assert lines == {1: Line("A", "Luật số 1; B", "")}
    assert cells == {1: {"letter": "B3", "mark": "C3", 0: "E3", 1: "D3"}}
    assert [fault.place for fault in faults] == ["A4", "A5", "A6"]


@pytest.mark.parametrize("content, words", [
    (b"", "Tệp trống."), (b"\x00\x01", "không phải là bảng Excel"),
    ("Họ tên,Điểm\nLan,5\n".encode(), "Thiếu cột")])
def test_a_file_that_is_no_sheet_is_told(ready, browse, content, words):
    page = browse(ready.minh).post(page_of(ready, "sheet"), {
        "file": (BytesIO(content), "x.xlsx")}, status=200)

    assert words in page.text


def test_each_fault_of_a_sheet_stands_by_its_line_with_its_cell(ready, browse):
    head = ["Mã cán bộ", "Mã đề", "Điểm", "Câu 1", "Câu 2", "Câu 3", "Câu 4"]
    answers = key(ready, "A").split("; ")
    filled = sheets.write_workbook([sheets.Table("x", head, [
        ["LAN", "A", "", "Z", answers[1], "Y", answers[3]]])])

    page = browse(ready.minh).post(page_of(ready, "sheet"), {
        "file": (BytesIO(filled), "x.xlsx")}, status=200)

    assert "Lỗi: D2: Câu 1: “Z” không phải chữ cái của câu này. F2: Câu 3: “Y”" in page.text
    assert page.links["Nông Thị Lan"] == f"#answers-{ready.lan.id}"
    assert f"answers-{ready.lan.id}" in [field.get("id") for field in page.all("input")]
    assert marks(ready) == []


def test_without_a_file_nothing_is_read(ready, browse):
    assert "Hãy chọn tệp trước." in browse(ready.minh).post(page_of(ready, "sheet"),
                                                          status=200).text


def test_letters_may_stand_together_where_each_question_has_one():
    assert parted("AB-D", 4, True) == ["A", "B", "-", "D"]
    assert parted("AB CD", 4, True) == ["A", "B", "C", "D"]
    assert parted("A AC B -", 4, False) == ["A", "AC", "B", "-"]
    assert parted("Luật số 1; B", 2, False) == ["Luật số 1", "B"]
    assert [column_name(place) for place in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]
    assert read_line(Line("C", "", "5"), {"A": []}, {})[0] is None


def test_nobody_enters_their_own_result_and_nobody_twice(ready):
    entry = Entry("", None, Decimal(80))
    with pytest.raises(Refusal, match="chính mình"):
        record_papers(ready.paper_set, {ready.minh: entry}, by=ready.minh)
    record_papers(ready.paper_set, {ready.lan: entry}, by=ready.minh)

    with pytest.raises(Refusal, match="đã nhập rồi"):
        record_papers(ready.paper_set, {ready.lan: entry}, by=ready.minh)


def test_whoever_is_in_the_middle_on_a_device_hands_in_first(world):
    with pytest.raises(Refusal, match="đang làm bài này trên máy"):
        record_papers(world.paper_set, {world.lan: Entry("", None, Decimal(80))}, by=world.minh)


def test_a_mark_does_not_do_where_parts_have_their_own(ready):
    ready.law_quiz.sections = [{"title_vi": "Một", "title_en": "", "pass_mark": 50}]

    with pytest.raises(Refusal, match="gõ câu trả lời"):
        record_papers(ready.paper_set, {ready.lan: Entry("A", None, Decimal(80))}, by=ready.minh)


def test_a_trainer_enters_the_papers_of_their_own_classes_only(ready, browse):
    trainer = db.session.scalars(select(ClassTrainer)).one()
    trainer.person = ready.hoa
    hoa = browse(ready.hoa)
    assert "Nông Thị Lan" in hoa.get(page_of(ready)).text

    trainer.person = ready.minh
    hoa.get(page_of(ready), status=404)


@pytest.mark.slow
def test_the_lines_of_three_hundred_people_cost_as_many_statements_as_those_of_one(
        ready, browse):
    minh = browse(ready.minh)
    minh.get(page_of(ready))
    with counted() as for_few:
        minh.get(page_of(ready))
    people = [Person(key=f"Z{n}", full_name=f"Người Thứ {n}", birth="1990") for n in range(300)]
    db.session.add_all(people)
    db.session.add_all([Enrolment(course_class=ready.december_class, person=person,
                                  unit=ready.office) for person in people])
    db.session.commit()
    with counted() as for_many:
        minh.get(page_of(ready))

    assert len(for_many) == len(for_few)
    assert db.session.scalar(select(func.count()).select_from(AnswerEvent)) == 0
