"""The pages on which a trainer learns from a test."""
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import delete, select

from lms.kernel.db import db
from lms.people.models import Person

from courses.catalogue.actions import add_step, draft, publish
from courses.catalogue.models import CourseTrainer
from quizzes.attempts.actions import start, submit
from quizzes.attempts.regrading_actions import Change, mend
from quizzes.insight.quality import marks_of_classes
from quizzes.insight.queries import reading_of
from quizzes.insight.statistics import Item
from quizzes.insight.words import sentence
from quizzes.papers.actions import set_quiz
from quizzes.papers.models import Quiz
from tests.quizzes.sitting import sit
from tests.statements import counted


def people(count):
    """So many more people."""
    found = [Person(key=f"N{n}", full_name=f"Người {n:03d}", birth="1990") for n in range(count)]
    db.session.add_all(found)
    db.session.flush()
    return found


@pytest.fixture
def taken(world, later):
    """Six people took the test; the last question was got right by the weaker half only."""
    world.press_law.open = True
    everybody = [world.lan, world.hoa, world.ha, *people(3)]
    rights = [(0, 1, 2), (0, 1, 2), (0, 1), (2, 3), (3,), (3,)]
    for number, (person, right) in enumerate(zip(everybody, rights, strict=True)):
        later(number)
        attempt = start(world.law_quiz, by=person)
        attempt.started_at = attempt.started_at.replace(hour=2)
        sit(world.law_quiz, person, *right)
    return world.law_quiz


def test_a_trainer_reads_what_the_test_tells(taken, world, browse):
    page = browse(world.minh).get(f"/quizzes/{taken.id}/insight")

    assert "4 trên 6 người đạt." in page.text
    assert ("4. Luật Báo chí mang số nào? xem đáp án Nửa giỏi hơn lại sai nhiều hơn: hãy xem lại "
            "đáp án.") in page.text
    assert "Trung bình 50" in page.text
    assert f"/quizzes/questions/{taken.items[3].question_id}/key" in page.links.values()
    assert "126/2025/QH15 đáp án 3 0 3" in page.text


def test_an_auditor_reads_it_too_and_is_offered_no_key(taken, world, browse):
    page = browse(world.vi).get(f"/quizzes/{taken.id}/insight")

    assert "Nửa giỏi hơn lại sai nhiều hơn" in page.text
    assert [link for link in page.links.values() if link.endswith("/key")] == []


def test_the_list_names_the_tests_one_may_learn_from(taken, world, browse):
    assert "Kiểm tra Luật Báo chí Luật Báo chí 6" in browse(world.minh).get("/quizzes/tests").text
    db.session.execute(delete(CourseTrainer))

    assert "Chưa có bài kiểm tra nào." in browse(world.minh).get("/quizzes/tests").text
    browse(world.minh).get(f"/quizzes/{taken.id}/insight", 404)
    assert "Luật Báo chí 6" in browse(world.an).get("/quizzes/tests").text


def test_whoever_is_in_the_middle_of_a_test_sees_no_figures_of_it(taken, world, browse):
    mine = start(taken, by=world.minh)
    minh = browse(world.minh)

    page = minh.get("/quizzes/tests")
    minh.get(f"/quizzes/{taken.id}/insight", 409)

    assert "Bạn chưa được xem vì đang dự một bài kiểm tra" in page.text
    assert f"/quizzes/{taken.id}/insight" not in page.links.values()
    submit(mine, by=world.minh)
    assert f"/quizzes/{taken.id}/insight" in minh.get("/quizzes/tests").links.values()


def test_a_test_that_nobody_took_says_so(world, browse):
    assert "Chưa ai nộp bài." in browse(world.minh).get(
        f"/quizzes/{world.law_quiz.id}/insight").text


def test_the_workbook_holds_the_same_as_numbers(taken, world, browse):
    answer = browse(world.minh).get(f"/quizzes/{taken.id}/insight.xlsx").response
    book = openpyxl.load_workbook(BytesIO(answer.data))

    facts = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows(min_row=4)}
    questions = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=2)]

    assert (facts["Số bài, mỗi người một bài"], facts["Đạt"], facts["Trung bình"]) == (6, 4, 50)
    assert [row[:4] for row in questions] == [
        [1, "Phóng viên có được bảo vệ nguồn tin không?", 6, 0.5],
        [2, "Chọn các nguyên tắc tác nghiệp.", 6, 0.5],
        [3, "Luật có hiệu lực từ 01/7/2026.", 6, 0.5],
        [4, "Luật Báo chí mang số nào?", 6, 0.5]]
    assert questions[3][7:] == [0, 1, "Nửa giỏi hơn lại sai nhiều hơn: hãy xem lại đáp án."]


def test_only_the_first_attempt_of_a_person_counts(taken, world, later):
    later(30)
    sit(taken, world.lan)

    reading = reading_of(taken)

    assert len(reading.attempts) == 6
    assert [one.score for one in reading.sittings][0] == 75


def test_what_hardly_anybody_knows_before_the_course_is_no_fault_of_the_question(world):
    item = Item(question=1, count=20, facility=0.1, error=None, discrimination=0.4,
                efficiency=None, better=0.2, other=0.0, chosen=[])
    assert sentence(item, world.law_quiz)[:2] == ("warn", "nên xem lại")

    world.law_quiz.pretest_of = "after"

    assert sentence(item, world.law_quiz) == (
        "none", "chưa biết", "Trước khóa học hầu như chưa ai biết: đây là điều cần dạy.")


def test_a_question_called_off_is_left_out(taken, world, later):
    later(30)
    question = taken.items[3].question
    mend(question, Change([question.versions[-1].id], "none", [], "Không rõ"), by=world.an)

    reading = reading_of(taken)

    assert {len(one.earned) for one in reading.sittings} == {3}


def test_attempts_that_took_hardly_any_time_are_listed(taken, world, browse, later):
    later(30)
    (quick,) = people_named("Người vội")
    attempt = start(taken, by=quick)
    attempt.started_at -= timedelta(seconds=2)
    db.session.flush()
    submit(attempt, by=quick)

    page = browse(world.minh).get(f"/quizzes/{taken.id}/oddities")

    assert "Làm quá nhanh" in page.text
    assert "Người vội 0" in page.text
    assert "Diễn biến" in browse(world.minh).get(page.links["Người vội"]).text


def people_named(*names):
    """More people, by their names."""
    found = [Person(key=name, full_name=name, birth="1990") for name in names]
    db.session.add_all(found)
    db.session.flush()
    return found


@pytest.fixture
def both(world, later):
    """A second test in the course, the same questions as before; Lan and Hoa take both."""
    first = world.law_quiz
    rules = {"draw": None, "shuffle": False, "pass_mark": 50, "attempts_allowed": 2,
             "time_limit": None}
    step = add_step(draft(world.press_law, by=world.minh), "quiz", {
        "title_vi": "Kiểm tra sau", "title_en": "Afterwards", "minutes": 5}, by=world.minh)
    set_quiz(step, rules, [item.question_id for item in first.items], by=world.minh)
    publish(world.press_law, "", False, by=world.minh)
    world.press_law.open = True
    for person, before in ((world.lan, (0,)), (world.hoa, (0, 1, 2))):
        sit(first, person, *before)
    later(30)
    for person, after in ((world.lan, (0, 1, 2)), (world.hoa, (0, 1))):
        sit(step, person, *after)
    sit(step, world.ha, 0)
    return first, step


def test_what_was_gained_between_two_tests(both, world, browse):
    """Lan 25 → 75: +50, g = 2/3, from fail to pass.  Hoa 75 → 50: −25, g = −1.

    Mean 50 → 62.5; mean g −1/6.  Lan is in the December class, Hoa in none.
    """
    before, after = both
    page = browse(world.minh).get(f"/quizzes/{after.id}/gain?before={before.id}")

    assert "Trung bình từ 50,0 lên 62,5 điểm. 1 người từ không đạt thành đạt." in page.text
    assert "Luật Báo chí, khóa 2/2026 1 25,0 75,0 +50,0 0,67 1" in page.text
    assert "Không thuộc lớp nào 1 75,0 50,0 -25,0 -1,00 0" in page.text
    assert "Nông Thị Lan 25,0 75,0 +50,0 0,67 đạt" in page.text
    assert "Chưa có danh mục 50,0 % 62,5 %" in page.text
    assert "Bế Văn Hạ" not in page.text


def test_a_test_before_the_course_is_the_earlier_one_on_both_pages(both, world, browse):
    before, after = both
    before.pretest_of = after.lineage
    db.session.flush()
    minh = browse(world.minh)

    earlier, later_on = (minh.get(f"/quizzes/{quiz.id}/insight").links for quiz in both)

    assert earlier[f"Mức tiến bộ đến “{after.title_vi}”"] == (
        f"/quizzes/{after.id}/gain?before={before.id}")
    assert later_on[f"Mức tiến bộ từ “{before.title_vi}”"].startswith(
        f"/quizzes/{after.id}/gain?before=")


def test_a_report_is_told_the_same_means_of_a_class_as_the_page(both, world):
    """Lan alone is in the class: 25 before, 75 after."""
    before, after = both
    assert marks_of_classes([world.december_class.id]) == {}
    for version in db.session.scalars(select(Quiz).filter_by(lineage=before.lineage)):
        version.pretest_of = after.lineage
    db.session.flush()

    assert marks_of_classes([world.december_class.id]) == {
        world.press_law.id: {"before": (25, 1), "after": (75, 1)}}
    assert marks_of_classes([]) == {}


def test_the_gain_as_a_workbook_by_name(both, world, browse):
    before, after = both
    answer = browse(world.minh).get(f"/quizzes/{after.id}/gain.xlsx?before={before.id}").response
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0]

    assert [[cell.value for cell in row][1:] for row in sheet.iter_rows(min_row=4)] == [
        ["Bế Thị Hoa", None, 75, 50, -25, -1, True, True],
        ["Nông Thị Lan", "Luật Báo chí, khóa 2/2026", 25, 75, 50, 0.6667, False, True]]


def test_a_gain_needs_a_test_of_the_same_course(both, world, browse):
    _before, after = both
    for query in ("", "?before=999999", "?before=x", "?before=99999999999"):
        browse(world.minh).get(f"/quizzes/{after.id}/gain{query}", 404)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["insight", "oddities"])
def test_a_page_costs_the_same_for_few_and_for_many(page, world, browse, later, app):
    def cost(count):
        for person in people_named(*(f"{page} {count} {n}" for n in range(count))):
            sit(world.law_quiz, person)
        with counted() as statements:
            browse(world.minh).get(f"/quizzes/{world.law_quiz.id}/{page}")
        return len(statements)

    world.press_law.open = True
    assert cost(3) == cost(30)
