"""A large file of questions is read and taken in by the runner of jobs, and nobody waits."""
from io import BytesIO

import pytest
from sqlalchemy import func, select

from lms.kernel import jobs
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db

from quizzes.questions.interchange import large, sheet_out
from quizzes.questions.interchange.draft import Draft
from quizzes.questions.models import Question, QuestionVersion
from tests.statements import counted

COUNT = 600


def book(count, *more):
    """A workbook of so many questions, and ``more`` drafts."""
    return sheet_out.write([*(Draft("short", f"Câu hỏi thứ {number} của tệp lớn?", right=["x"])
                              for number in range(1, count + 1)), *more]).content


@pytest.fixture(autouse=True)
def large_from(monkeypatch):
    """Much smaller files than in earnest are read in the background."""
    monkeypatch.setattr(large, "LARGE", 1000)


@pytest.fixture
def minh(browse, world):
    """Minh's browser; he teaches press law."""
    return browse(world.minh)


@pytest.fixture
def send(minh, world):
    """``send(content)``: Minh sends it as a file; gives the address he is led to."""
    def give(content):
        return minh.post(
            f"/quizzes/courses/{world.press_law.id}/questions/import",
            {"file": (BytesIO(content), "cau-hoi.xlsx")},
            content_type="multipart/form-data").location
    return give


@pytest.fixture(scope="module")
def whole():
    """A file of COUNT questions without a fault."""
    return book(COUNT)


def runner_does_its_work():
    """The newest job is done."""
    db.session.commit()
    jobs.run(db.session.scalar(select(func.max(jobs.Job.id))))


def bank(world):
    """How many questions the bank of press law has."""
    return db.session.scalar(select(func.count(Question.id)).filter_by(
        course_id=world.press_law.id))


def test_it_is_read_in_the_background_looked_at_page_by_page_and_taken_in(
        minh, send, whole, world):
    address, before = send(whole), bank(world)
    page = minh.get(address)
    assert "Đang đọc câu hỏi" in page.text
    assert page.all("meta")[-1] == {"http-equiv": "refresh", "content": "3"}
    assert minh.get(f"{address}/progress").json["finished"] is False

    runner_does_its_work()

    told = minh.get(f"{address}/progress").json
    assert (told["finished"], told["next"]) == (True, address)
    assert told["text"] == "500 trên 600 câu hỏi"
    page = minh.get(address)
    assert "Tệp có 600 câu hỏi, không có lỗi ." in page.text
    assert "Câu hỏi thứ 50 của" in page.text
    assert "Câu hỏi thứ 51 của" not in page.text
    page = minh.get(page.links["Các câu tiếp"])
    assert ("Câu hỏi thứ 51 của" in page.text, "Câu hỏi thứ 100 của" in page.text) == (True, True)
    assert bank(world) == before

    minh.post(f"{address}/confirmation")
    minh.post(f"{address}/confirmation")
    assert "Đang đưa câu hỏi vào ngân hàng" in minh.get(address).text
    runner_does_its_work()

    assert "Đã đưa 600 câu hỏi vào ngân hàng." in minh.get(address).text
    assert bank(world) == before + COUNT
    newest = db.session.scalars(
        select(QuestionVersion).order_by(QuestionVersion.id.desc()).limit(1)).one()
    assert newest.question.key == f"PRESS-{before + COUNT}"
    assert (newest.stem_vi, newest.question.author) == (
        "Câu hỏi thứ 600 của tệp lớn?", world.minh)
    assert "cau hoi thu 600" in newest.fold
    assert db.session.scalar(select(func.count(AuditEntry.id)).filter_by(
        verb="question written")) == COUNT


def test_taking_in_that_is_begun_again_after_its_end_takes_nothing_twice(
        minh, send, whole, world, later):
    address, before = send(whole), bank(world)
    runner_does_its_work()
    minh.post(f"{address}/confirmation")
    runner_does_its_work()
    # The machine stopped before the end was noted.
    db.session.scalars(select(jobs.Job).order_by(jobs.Job.id.desc()).limit(1)).one().ended_at = None
    later(30)

    runner_does_its_work()
    minh.post(f"{address}/confirmation")

    assert "Đã đưa 600 câu hỏi vào ngân hàng." in minh.get(address).text
    assert bank(world) == before + COUNT


def test_its_faults_are_named_and_nothing_of_it_is_taken(minh, send, world):
    address, before = send(book(COUNT, Draft("single", "Chọn gì?"))), bank(world)
    runner_does_its_work()

    page = minh.get(address)
    minh.post(f"{address}/confirmation", status=409)

    assert "1 lỗi cần sửa" in page.text
    assert "Đưa 600 câu hỏi" not in page.text
    assert bank(world) == before


def test_who_sends_another_file_is_led_back_from_the_former_one(minh, send, whole):
    former = send(whole)
    runner_does_its_work()
    send(whole)

    assert minh.get(former, status=302).location.endswith("/questions/import")


def test_what_was_read_is_let_go_of_after_a_week_and_its_page_says_so(
        browse, send, whole, world, later):
    address, before = send(whole), bank(world)
    runner_does_its_work()
    later(7 * 24 * 60 + 1)

    jobs.forget_results()
    minh = browse(world.minh)
    minh.post(f"{address}/confirmation", status=409)
    page = minh.follow(minh.get(address, status=302))

    assert ("đã chờ bạn 7 ngày và không còn được giữ nữa vì trong đó có đáp án. Chưa đưa câu hỏi "
            "nào của tệp vào ngân hàng. Hãy gửi lại tệp.") in page.text
    assert [job.result for job in db.session.scalars(select(jobs.Job))] == [None]
    assert bank(world) == before


def test_no_key_waits_once_the_questions_are_taken_in_and_the_page_stays(
        minh, browse, send, whole, world, later):
    address = send(whole)
    runner_does_its_work()
    minh.post(f"{address}/confirmation")
    runner_does_its_work()
    reading, _taking = db.session.scalars(select(jobs.Job).order_by(jobs.Job.id))
    assert reading.result is None

    later(31 * 24 * 60)
    jobs.forget_results()

    assert "Đã đưa 600 câu hỏi vào ngân hàng." in browse(world.minh).get(address).text


def test_it_is_nobodys_but_whose_file_it_is(send, whole, world, browse):
    address = send(whole)

    browse(world.an).get(address, status=404)
    browse(world.an).get(f"{address}/progress", status=404)


def test_looking_at_it_costs_the_same_for_few_and_for_many(minh, send):
    costs = []
    for count in (3, 300):
        address = send(book(count))
        runner_does_its_work()
        minh.get(address)
        with counted() as statements:
            minh.get(address)
        costs.append(len(statements))

    assert costs[0] == costs[1]


def test_taking_it_in_writes_with_as_many_statements_for_few_as_for_many(minh, send):
    costs = []
    for count in (3, 2 * COUNT):
        address = send(book(count))
        runner_does_its_work()
        minh.post(f"{address}/confirmation")
        with counted() as statements:
            runner_does_its_work()
        costs.append(len(statements))

    assert costs[0] == costs[1]


def test_where_the_bank_cannot_take_one_it_takes_none(minh, send, whole, world):
    address, before = send(whole), bank(world)
    runner_does_its_work()
    minh.post(f"{address}/confirmation")
    # A number further on is given already: somebody brought it along from elsewhere.
    db.session.add(Question(key=f"PRESS-{before + 300:03d}", kind="single"))
    runner_does_its_work()

    assert "Hệ thống gặp lỗi và dừng lại, chưa ghi gì." in minh.get(address).text
    assert bank(world) == before
    assert db.session.scalar(select(func.count(AuditEntry.id)).filter_by(
        verb="question written")) == 0
