"""A preview is what a trainee gets, and leaves nothing behind."""
from sqlalchemy import func, select

from lms.kernel.db import db

from courses.catalogue.actions import draft
from courses.catalogue.queries import steps_of
from tests.statements import counted


def rows():
    """How many rows each table has."""
    return {table.name: db.session.scalar(select(func.count()).select_from(table))
            for table in db.metadata.sorted_tables}


def fields(page):
    """What a browser would send of the page's hidden fields."""
    found = {}
    for field in page.all("input"):
        if field.get("type") == "hidden" and field["name"] != "csrf_token":
            found.setdefault(field["name"], []).append(field["value"])
    return found


def test_a_preview_goes_from_question_to_question_to_the_result_and_no_row_remains(world, browse):
    minh, address = browse(world.minh), f"/quizzes/{world.law_quiz.id}/preview"
    minh.get("/mine")
    before = rows()

    with counted() as statements:
        page = minh.get(address)
        assert "Đây là xem trước; không ghi lại gì." in page.text
        assert "Phóng viên có được bảo vệ nguồn tin không?" in page.text
        for slot, given in enumerate((["A"], ["A", "C"], ["T"], ["sai"])):
            go = str(slot + 1) if slot < 3 else "result"
            page = minh.post(address, {**fields(page), f"s{slot}-a": given, "go": go}, status=200)

    assert "Đạt, 75 trên 100 điểm" in page.text
    assert "Đáp án đúng: 126/2025/QH15" in page.text
    assert rows() == before
    assert [one for one in statements if not one.startswith("SELECT")] == []


def test_a_preview_of_a_draft_shows_all_on_one_page_where_the_rule_says_so(world, browse):
    quiz = next(step for step in steps_of(draft(world.press_law, by=world.minh))
                if step.kind == "quiz")
    quiz.whole_page = quiz.practice = True
    minh, address = browse(world.minh), f"/quizzes/{quiz.id}/preview"

    page = minh.get(address)
    assert [a["value"] for a in page.all("button") if a.get("name") == "check"] == list("0123")
    page = minh.post(address, {**fields(page), "s0-a": "B", "check": "0"}, status=200)

    assert "sai Đáp án đúng: Có Xem luật." in page.text
    assert {"type": "radio", "name": "s0-a", "value": "B", "checked": None} in page.all("input")


def test_the_same_seed_shows_the_same_paper(world, browse):
    world.law_quiz.draw, world.law_quiz.shuffle = 2, True
    minh, address = browse(world.minh), f"/quizzes/{world.law_quiz.id}/preview"
    first = minh.get(address)

    again = minh.post(address, {**fields(first), "go": "0"}, status=200)

    assert fields(again)["seed"] == fields(first)["seed"]
    assert again.text == first.text


def test_what_is_typed_into_the_address_of_a_preview_does_no_harm(world, browse):
    minh, address = browse(world.minh), f"/quizzes/{world.law_quiz.id}/preview"

    page = minh.post(address, {"seed": "x", "go": "99", "locked": ["7", "-1"]}, status=200)

    assert "Câu 4 trên 4" in page.text
