"""Surveys: anonymous, from five answers up, once a person."""
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.naming import Naming
from lms.notices.models import Notice
from lms.people.linking import link, part
from lms.people.models import Person
from lms.people.signals import person_erased

from courses.catalogue.actions import add_step, draft, publish
from courses.completions.models import StepDone
from quizzes.surveys.actions import answer, open_class_survey, set_items
from quizzes.surveys.models import ClassSurvey, SurveyAnswer, SurveyTaken
from quizzes.surveys.queries import results_of, satisfaction_of_classes
from quizzes.surveys.wording import (
    EVALUATION,
    faulty,
    lines_of,
    read_answer,
    read_lines,
    tally,
)
from tests.quizzes.questions import form
from tests.statements import counted

LINES = "# Phần | Part\nRõ ràng | Clear\nHọc ở đâu? = Tại lớp; Trực tuyến | Online\n+ Góp ý"


@pytest.fixture
def open_survey(world):
    """The evaluation of the December class, on its last day."""
    survey = db.session.scalars(select(ClassSurvey)).one()
    survey.items = read_lines(LINES)
    return survey


def people(count):
    """So many more people."""
    found = [Person(key=f"K{n}", full_name=f"Người {n}", birth="1990") for n in range(count)]
    db.session.add_all(found)
    db.session.flush()
    return found


def test_what_an_author_types_comes_back_as_it_was_typed():
    assert lines_of(read_lines(LINES)) == LINES
    assert lines_of(read_lines(EVALUATION)) == EVALUATION
    assert [item["vi"] for item in read_lines(EVALUATION) if item["kind"] == "part"] == [
        "Nội dung", "Giảng viên", "Công tác tổ chức", "Cơ sở vật chất", "Nhận xét chung"]


@pytest.mark.parametrize("line", ["#", "+ | English only", "| English", "Chọn = một", "Chọn = ;"])
def test_a_line_that_cannot_be_asked_is_found(line):
    assert faulty(read_lines(f"Rõ ràng\n{line}"))["key"] == "2"


@pytest.mark.parametrize("sent, answers", [
    ([("q-2", "4"), ("q-3", "B"), ("q-4", " hay \r\n lắm ")],
     {"2": "4", "3": "B", "4": "hay\nlắm"}),
    ([("q-2", "6"), ("q-3", "C"), ("q-4", " "), ("q-1", "5"), ("q-9", "1")], {}),
    ([("q-4", "x" * 3000)], {"4": "x" * 2000}),
])
def test_an_answer_is_read_as_far_as_it_is_one(sent, answers):
    assert read_answer(read_lines(LINES), form(*sent)) == answers


@given(st.lists(st.fixed_dictionaries({}, optional={
    "2": st.sampled_from("12345"), "3": st.sampled_from("AB"),
    "4": st.sampled_from(("Tốt", "Khá", "tốt"))})))
def test_nothing_is_lost_in_the_tally(answers):
    _part, scale, choice, text = tally(read_lines(LINES), answers)

    assert sum(count for _level, count in scale[1]) == sum("2" in one for one in answers)
    assert sum(count for _key, count in choice[1]) == sum("3" in one for one in answers)
    assert sorted(text[3]) == sorted(one["4"] for one in answers if "4" in one)
    levels = [int(one["2"]) for one in answers if "2" in one]
    assert scale[2] == (sum(levels) / len(levels) if levels else None)


def test_results_are_let_out_from_five_answers_up_and_five_at_a_time(open_survey):
    shown = []
    for number, person in enumerate(people(11), 1):
        answer(open_survey, {"2": "5" if number < 6 else "1"}, by=person)
        results = results_of(open_survey)
        shown.append(results.shown)
        assert results.answered == number

    assert shown == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]
    assert results.tally[1][1:3] == ([("5", 5), ("4", 0), ("3", 0), ("2", 0), ("1", 5)], 3)


def test_a_report_is_told_of_the_levels_that_were_let_out(open_survey, world):
    about = [open_survey.class_id]
    for number, person in enumerate(people(7), 1):
        assert satisfaction_of_classes(about) in ({}, {
            world.press_law.id: {"satisfaction": (21, 5)}})
        answer(open_survey, {"2": "5" if number < 5 else "1"}, by=person)

    assert satisfaction_of_classes(about) == {world.press_law.id: {"satisfaction": (21, 5)}}


def test_nothing_joins_an_answer_to_a_person(open_survey):
    assert {column.name for column in inspect(SurveyAnswer).columns} == {
        "id", "about", "answers", "shown"}
    assert {column.name for column in inspect(SurveyTaken).columns} == {"about", "person_id"}


def test_a_person_answers_once_and_says_something(open_survey, world):
    with pytest.raises(Refusal, match="chưa trả lời câu nào"):
        answer(open_survey, {}, by=world.lan)
    answer(open_survey, {"2": "4"}, by=world.lan)

    with pytest.raises(Refusal, match="đã trả lời phiếu này"):
        answer(open_survey, {"2": "1"}, by=world.lan)

    assert len(db.session.scalars(select(SurveyAnswer)).all()) == 1


def test_the_name_of_somebody_erased_leaves_every_text(open_survey, world):
    answer(open_survey, {"4": "Cô Nông Thị Lan dạy hay"}, by=world.hoa)
    answer(open_survey, {"4": "Bình thường"}, by=world.ha)

    world.lan.full_name = "(đã xóa)"
    person_erased.send(world.lan, naming=Naming("Nông Thị Lan", ("LAN",)), email="")

    assert sorted(one.answers["4"] for one in db.session.scalars(select(SurveyAnswer))) == [
        "Bình thường", "Cô (đã xóa) dạy hay"]


@pytest.fixture
def course_survey(world, later):
    """A published survey in press law, beside its other steps."""
    step = add_step(draft(world.press_law, by=world.minh), "survey", {
        "title_vi": "Ý kiến", "title_en": "Views", "minutes": 3}, by=world.minh)
    set_items(step, read_lines(LINES), by=world.minh)
    publish(world.press_law, "", False, by=world.minh)
    world.press_law.open = True
    return step


def test_a_survey_is_a_step_of_a_course(course_survey, world, browse):
    hoa, url = browse(world.hoa), f"/quizzes/surveys/{course_survey.id}"
    assert "Ẩn danh" in hoa.get(url).text

    done = hoa.post(url, {"q-2": "4", "q-3": "B", "q-4": "Tốt"})

    assert "Phiếu được giữ mà không ghi tên bạn." in hoa.follow(done).text
    assert db.session.scalars(select(StepDone.lineage)).all() == [course_survey.lineage]
    again = hoa.get(url)
    assert "Bạn đã trả lời phiếu này." in again.text
    hoa.post(url)
    assert len(db.session.scalars(select(SurveyAnswer)).all()) == 1


def test_the_results_name_nobody_and_wait_for_five(course_survey, world, browse):
    for number, person in enumerate(people(5), 1):
        if number == 5:
            page = browse(world.minh).get(f"/quizzes/surveys/{course_survey.id}/results")
            assert ("4 người đã trả lời." in page.text, "Ý 1" in page.text) == (True, False)
        answer(course_survey, {"2": str(number), "3": "B", "4": f"Ý {number}"}, by=person)

    page = browse(world.minh).get(f"/quizzes/surveys/{course_survey.id}/results")

    assert "5 người đã trả lời. Đang hiện 5 phiếu." in page.text
    assert "Rõ ràng trung bình 3,0 trên 5" in page.text
    assert "Tại lớp 0 Trực tuyến 5" in page.text
    assert "Góp ý Ý 1 Ý 2 Ý 3 Ý 4 Ý 5" in page.text
    assert "Người 1" not in page.text
    book = openpyxl.load_workbook(BytesIO(browse(world.an).get(
        f"/quizzes/surveys/{course_survey.id}/results.xlsx").response.data))
    assert [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=4)][0] == [
        "Phần", "Rõ ràng", 5, 1, 3]
    browse(world.hoa).get(f"/quizzes/surveys/{course_survey.id}/results", 404)


def test_an_author_adds_and_changes_a_survey(world, browse):
    minh = browse(world.minh)
    new = f"/quizzes/courses/{world.press_law.id}/surveys/new"
    assert "# Cơ sở vật chất" in minh.get(new).response.text
    wrong = minh.post(new, {"title_vi": "Ý kiến", "minutes": "3", "lines": "Chọn = một"}, 200)
    assert "Dòng 1 không có lời" in wrong.text

    page = minh.follow(minh.post(new, {"title_vi": "Ý kiến", "minutes": "3", "lines": "Rõ"}))

    assert "Ý kiến" in page.text
    edit = next(link for link in page.links.values() if "/surveys/" in link and "new" not in link)
    minh.post(edit, {"title_vi": "Ý kiến khác", "minutes": "3", "lines": "Rõ\n+ Góp ý"})
    assert "+ Góp ý" in minh.get(edit).response.text


def test_a_published_survey_does_not_change(course_survey, world):
    with pytest.raises(Refusal):
        set_items(course_survey, read_lines("Khác"), by=world.minh)


def test_the_participants_of_a_class_evaluate_it(world, browse, monkeypatch):
    course_class = world.december_class
    db.session.delete(db.session.scalars(select(ClassSurvey)).one())
    db.session.flush()
    url = f"/quizzes/classes/{course_class.id}/survey"
    assert "Chưa đến lúc đánh giá." in browse(world.lan).get(url).text
    with pytest.raises(Refusal, match="Lớp chưa bắt đầu"):
        open_class_survey(course_class, by=world.minh)
    noon = clock.now().replace(month=12, day=2)
    monkeypatch.setattr(clock, "source", lambda: noon)
    minh, lan = browse(world.minh), browse(world.lan)
    assert "Phiếu đánh giá lớp học" in minh.get(f"/classes/{course_class.id}").text
    unasked = minh.get(f"{url}/results").text
    assert "Lớp này chỉ có 1 người, mà kết quả chỉ hiện từ năm phiếu trở lên" in unasked
    assert "Gửi phiếu cho học viên" in unasked

    minh.post(f"{url}/opening")

    told = db.session.scalars(select(Notice).where(Notice.key.startswith("survey-"))).all()
    assert [(one.person_id, one.url) for one in told] == [(world.lan.id, url)]
    assert "Đánh giá lớp học" in lan.get(f"/classes/{course_class.id}").text
    assert "Giảng viên nắm vững chuyên môn" in lan.get(url).text
    lan.post(url, {"q-2": "5"})
    assert "1 trên 1 người đã trả lời." in minh.get(f"{url}/results").text
    with pytest.raises(Refusal, match="đã được gửi"):
        open_class_survey(course_class, by=world.minh)


def test_the_results_cost_the_same_for_few_and_for_many(open_survey, world, browse):
    def cost(count):
        for number, person in enumerate(people_of(count)):
            answer(open_survey, {"2": "4", "4": f"Ý {number}"}, by=person)
        with counted() as statements:
            browse(world.an).get(f"/quizzes/classes/{open_survey.class_id}/survey/results")
        return len(statements)

    assert cost(6) == cost(60)


def people_of(count):
    """So many more people, each time others."""
    found = [Person(key=f"L{count}-{n}", full_name=f"Người {n}", birth="1990")
             for n in range(count)]
    db.session.add_all(found)
    db.session.flush()
    return found


def test_who_answered_under_two_records_is_one_person_and_answers_no_more(
        world, open_survey, browse):
    """Six records answered, two of them of one person: five people, one of them twice."""
    some = people(6)
    for one in some:
        answer(open_survey, {"2": "4"}, by=one)
    assert results_of(open_survey)[:3] == (6, 0, 5)

    made = link(some[0], some[1], by=world.an)

    assert results_of(open_survey)[:3] == (5, 1, 5)
    page = browse(world.minh).get(
        f"/quizzes/classes/{world.december_class.id}/survey/results").text
    assert "5 người đã trả lời." in page
    assert "1 người đã trả lời hai lần, bằng hai hồ sơ nay đã ghép." in page
    part(made, by=world.an)
    assert results_of(open_survey)[:3] == (6, 0, 5)


def test_who_answered_under_the_other_record_has_answered(world, open_survey):
    one, other = people(2)
    answer(open_survey, {"2": "4"}, by=other)
    link(one, other, by=world.an)

    with pytest.raises(Refusal, match="đã trả lời"):
        answer(open_survey, {"2": "5"}, by=one)
