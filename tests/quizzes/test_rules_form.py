"""The form in which a trainer sets the rules of a quiz."""
import pytest

from lms.kernel.db import db
from lms.kernel.errors import Refusal

from courses.catalogue.actions import add_step, draft, publish
from courses.catalogue.queries import draft_version, steps_of
from quizzes.papers.forms import cells_of, read_blueprint
from quizzes.papers.queries import bank_of
from tests.quizzes.banks import bank, row
from tests.statements import counted


def test_the_fields_of_a_blueprint_come_back_as_they_were_read(world):
    rows = [row(2, "a", 1), row(3, "a"), row(1, "b", 3, 1)]

    assert read_blueprint(cells_of(rows, ["a", "b"]), ["a", "b"], 2) == [
        row(2, "a", 1), row(3, "a"), row(1, "b", 3, 1)]
    with pytest.raises(ValueError, match="“x” không phải là số"):
        read_blueprint({"n-0-1": "x"}, ["a"], 1)


def test_a_trainer_spreads_twenty_questions_over_the_bank_and_saves(world, browse):
    bank(world, ("Luật", 1, 20), ("Luật", 3, 10), ("Đạo đức", 2, 6))
    minh, address = browse(world.minh), f"/quizzes/courses/{world.press_law.id}/new"
    form = {"title_vi": "Hai mươi câu", "minutes": "30", "pass_mark": "60",
            "attempts_allowed": "2"}

    filled = minh.post(address, {**form, "spread": "20", "do": "spread"}, status=200)
    cells = {field["name"]: field["value"] for field in filled.all("input")
             if field.get("name", "").startswith("n-")}
    assert (cells["n-0-2"], cells["n-1-1"]) == ("3", "10")
    minh.follow(minh.post(address, {**form, **cells, "do": "save"}))

    quiz = steps_of(draft_version(world.press_law))[-1]
    assert sum(one["count"] for one in quiz.blueprint) == 20
    assert minh.get(f"/quizzes/{quiz.id}/edit").text.count("Hai mươi câu") == 0
    assert {field["name"]: field["value"] for field in minh.get(
        f"/quizzes/{quiz.id}/edit").all("input")
        if field.get("name", "").startswith("n-")} == cells


def test_a_total_alone_is_enough_to_draw_from_the_bank(world, browse):
    bank(world, ("Luật", 1, 20), ("Đạo đức", 2, 20))
    minh, address = browse(world.minh), f"/quizzes/courses/{world.press_law.id}/new"
    usual = {field["name"]: field["value"] for field in minh.get(address).all("input")
             if field.get("value") and field.get("name") in (
                 "title_vi", "title_en", "minutes", "pass_mark", "attempts_allowed")}

    minh.post(address, {**usual, "spread": "20", "do": "save"})

    quiz = steps_of(draft_version(world.press_law))[-1]
    assert (quiz.title_vi, quiz.title_en) == ("Bài kiểm tra cuối khóa", "Final test")
    assert sum(one["count"] for one in quiz.blueprint) == 20


def test_the_bounds_of_a_number_are_written_as_counts_are(world, browse):
    minh, address = browse(world.minh), f"/quizzes/courses/{world.press_law.id}/new"

    refused = minh.post(address, {"wait_minutes": "100001", "title_vi": "x" * 1001, "do": "save"},
                        status=200)

    assert "Số phải từ 0 đến 100.000." in refused.text
    minh.client.set_cookie("language", "en")
    assert "Number must be between 0 and 100,000." in minh.post(
        address, {"wait_minutes": "100001", "do": "save"}, status=200).text


@pytest.mark.parametrize("pressed", ["save", "spread"])
def test_a_total_that_the_bank_does_not_hold_is_said(world, browse, pressed):
    bank(world, ("Luật", 1, 3))
    held = len(bank_of(world.press_law.id))

    page = browse(world.minh).post(f"/quizzes/courses/{world.press_law.id}/new", {
        "title_vi": "Mười câu", "minutes": "30", "pass_mark": "60", "attempts_allowed": "2",
        "spread": "10", "do": pressed}, status=200)

    assert f"Lỗi: Ngân hàng chỉ có {held} câu để rút." in page.text
    assert draft_version(world.press_law) is None


def test_a_form_that_asks_too_much_comes_back_with_what_was_typed(world, browse):
    bank(world, ("Luật", 1, 3))
    page = browse(world.minh).post(f"/quizzes/courses/{world.press_law.id}/new", {
        "title_vi": "Quá tay", "minutes": "30", "pass_mark": "60", "attempts_allowed": "2",
        "n-0-1": "9"}, status=200)

    assert "Ma trận đề cần 9 câu hỏi, “Luật”, dễ, nhưng ngân hàng chỉ đủ 3." in page.text
    assert {field["value"] for field in page.all("input") if field.get("name") == "n-0-1"} == {"9"}
    assert draft_version(world.press_law) is None


@pytest.mark.parametrize("fields, words", [
    ({"whole_page": "y", "forward_only": "y"}, "không thể chỉ đi tới"),
    ({"show_key": "after_close"}, "lúc đóng bài"),
    ({"opens_at": "10:00 05/02/2027", "closes_at": "09:00 05/02/2027"}, "sau lúc mở"),
    ({"opens_at": "mai"}, "Mở lúc"), ({"draw": "9"}, "mới chọn 0 câu")])
def test_rules_that_contradict_each_other_are_told(world, browse, fields, words):
    page = browse(world.minh).post(f"/quizzes/courses/{world.press_law.id}/new", {
        "title_vi": "Thử", "minutes": "30", "pass_mark": "60", "attempts_allowed": "2", **fields},
        status=200)

    assert words in page.text


def test_the_rules_a_trainer_sets_are_kept_and_go_over_to_the_next_version(world, browse):
    minh = browse(world.minh)
    quiz = next(step for step in steps_of(draft(world.press_law, by=world.minh))
                if step.kind == "quiz")
    chosen = [str(item.question_id) for item in quiz.items]

    minh.post(f"/quizzes/{quiz.id}/edit", {
        "title_vi": "Kiểm tra", "minutes": "10", "pass_mark": "50", "attempts_allowed": "2",
        "questions": chosen, f"part-{chosen[3]}": "2", "parts-0-title_vi": "Một",
        "parts-1-title_vi": "Hai", "parts-1-pass_mark": "40", "wait_minutes": "15", "code": "y",
        "forward_only": "y", "opens_at": "08:00 01/12/2026", "closes_at": "09:00 01/12/2026",
        "show_mark": "after_close"})
    publish(world.press_law, "", False, by=world.minh)
    copy = next(step for step in steps_of(draft(world.press_law, by=world.minh))
                if step.kind == "quiz")

    assert not copy.differs_from(quiz)
    assert [item.section for item in copy.items] == [0, 0, 0, 1]
    assert copy.sections == [{"title_vi": "Một", "title_en": "", "pass_mark": None},
                             {"title_vi": "Hai", "title_en": "", "pass_mark": 40}]
    assert (copy.wait_minutes, copy.forward_only, copy.practice, copy.show_mark) == (
        15, True, False, "after_close")
    assert copy.opens_at.isoformat() == "2026-12-01T01:00:00+00:00"
    assert len(copy.code_secret) == 32


def test_a_large_bank_is_found_by_words_and_costs_no_more_statements(world, browse):
    minh, address = browse(world.minh), f"/quizzes/courses/{world.press_law.id}/new"
    minh.get(address)
    with counted() as for_few:
        minh.get(address)
    bank(world, ("Luật", 1, 150))
    db.session.commit()
    with counted() as for_many:
        page = minh.get(address)

    assert len(for_many) == len(for_few)
    assert len([box for box in page.all("input") if box.get("name") == "questions"]) == 100
    found = minh.post(address, {"find": "nguồn tin", "do": "find"}, status=200)
    assert "bảo vệ nguồn tin" in found.text
    assert len([box for box in found.all("input") if box.get("name") == "questions"]) == 1


def test_a_row_for_any_category_and_one_the_bank_has_lost_stay_in_the_form(world, browse):
    bank(world, ("Luật", 1, 3))
    quiz = next(step for step in steps_of(draft(world.press_law, by=world.minh))
                if step.kind == "quiz")
    quiz.blueprint = [row(2, None, 1), row(1, "Đã bỏ", 3)]

    page = browse(world.minh).get(f"/quizzes/{quiz.id}/edit")

    assert {field["aria-label"]: field["value"] for field in page.all("input")
            if field.get("name", "").startswith("n-") and field["value"]} == {
        "chủ đề nào cũng được, dễ": "2", "Đã bỏ, khó": "1"}


def test_the_fields_of_each_part_of_a_test_say_which_part_they_are_of(world, browse):
    quiz = next(step for step in steps_of(draft(world.press_law, by=world.minh))
                if step.kind == "quiz")

    page = browse(world.minh).get(f"/quizzes/{quiz.id}/edit")

    assert [field["aria-label"] for field in page.all("input")
            if field.get("name", "").startswith("parts-1-")] == [
        "Tên tiếng Việt 2", "Tên tiếng Anh 2", "Điểm đạt, trên 100 2"]


def test_a_test_before_the_course_is_not_published_without_the_one_after_it(world):
    version = draft(world.press_law, by=world.minh)
    add_step(version, "quiz", {"title_vi": "Đầu khóa", "minutes": 5, "pretest_of": "gone"},
             by=world.minh)

    with pytest.raises(Refusal, match="“Đầu khóa”: Không còn bài cuối khóa"):
        publish(world.press_law, "", False, by=world.minh)
