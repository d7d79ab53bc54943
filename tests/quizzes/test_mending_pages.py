"""The pages on which a key is corrected, and on which people read why their mark changed."""
import pytest
from sqlalchemy import select

from lms.kernel.db import db

from certificates.models import Certificate
from courses.completions.actions import finish_step
from quizzes.attempts.regrading_actions import mend
from quizzes.attempts.regrading_keys import read, shown
from quizzes.attempts.regrading_queries import mendings_about
from tests.quizzes.questions import form, question
from tests.quizzes.sitting import another_key, sit


def asked(world, **changes):
    """What the first page sends, to make B the key of the first question."""
    question = world.first_question
    return {"effect": "key", "ticked": "B", "version_ids": str(question.versions[0].id),
            "reason": "Đáp án in sai", **changes}


def seen(page):
    """The second page, as its form sends it on."""
    return {field["name"]: field["value"] for field in page.all("input")
            if field.get("type") == "hidden" and field["name"] != "csrf_token"}


def test_a_key_is_corrected_in_two_pages(world, browse, later):
    attempt = sit(world.law_quiz, world.lan, 2)
    later(5)
    minh, url = browse(world.minh), f"/quizzes/questions/{world.first_question.id}/key"
    assert "Phiên bản 1, đã hỏi 1 lần" in minh.get(url).text

    preview = minh.post(url, asked(world), 200)

    assert "1 kết quả thay đổi. 1 người chuyển thành đạt. 0 người đã đạt xuống dưới" in preview.text
    assert "Nông Thị Lan Kiểm tra, 25/11/2026 25,00 50,00 nay đạt" in preview.text
    assert attempt.score == 25

    done = minh.post(url, seen(preview))

    assert "Đã đổi 1 kết quả và báo cho những người liên quan." in minh.follow(done).text
    assert attempt.score == 50
    assert "Đáp án khác : Đáp án in sai Triệu Văn Minh. Người đã đạt vẫn đạt" in minh.get(
        url).text.replace("Đáp án khác:", "Đáp án khác :")


def test_a_question_in_rich_text_is_shown_in_words(world, browse):
    version = world.first_question.versions[-1]
    version.stem_vi = "<p>Luật <b>này</b></p><p>có từ năm nào?</p>"
    version.options = [{**version.options[0], "vi": "<p>Năm <b>2016</b></p>"},
                       *version.options[1:]]

    page = browse(world.minh).get(f"/quizzes/questions/{world.first_question.id}/key")

    assert "Luật này có từ năm nào?" in page.text
    assert "Năm 2016" in page.text
    assert "<p>" not in page.text


def test_what_came_in_meanwhile_is_looked_at_first(world, browse, later):
    sit(world.law_quiz, world.lan, 2)
    later(5)
    minh, url = browse(world.minh), f"/quizzes/questions/{world.first_question.id}/key"
    preview = minh.post(url, asked(world), 200)
    sit(world.law_quiz, world.hoa, 2)

    again = minh.post(url, seen(preview), 200)

    assert "Trong lúc đó có thêm kết quả khác" in again.text
    assert mendings_about(world.first_question) == []
    assert minh.post(url, seen(again)).status == 302


def test_an_officer_may_let_the_new_marks_decide_and_a_trainer_may_not(world, browse, later):
    attempt = sit(world.law_quiz, world.lan, 0, 2)
    later(5)
    url = f"/quizzes/questions/{world.first_question.id}/key"
    for_minh = browse(world.minh).post(url, asked(world), 200)
    for_an = browse(world.an).post(url, asked(world), 200)

    assert [box["value"] for box in for_minh.all("input") if box.get("name") == "rule"] == ["keep"]
    assert "chỉ phụ trách đào tạo mới rút được kết quả đạt" in for_minh.text
    assert [box["value"] for box in for_an.all("input") if box.get("name") == "rule"] == [
        "keep", "strict"]
    browse(world.minh).post(url, seen(for_minh) | {"rule": "strict"}, 200)
    assert attempt.passed
    browse(world.an).post(url, seen(for_an) | {"rule": "strict"})
    assert not attempt.passed


def test_whoever_would_change_their_own_mark_is_offered_no_button(world, browse, later):
    attempt = sit(world.law_quiz, world.an, 2)
    later(5)
    url = f"/quizzes/questions/{world.first_question.id}/key"

    page = browse(world.an).post(url, asked(world), 200)

    assert "không ai tự chấm cho mình" in page.text
    assert "Đổi 1 kết quả" not in page.text
    browse(world.an).post(url, seen(browse(world.minh).post(url, asked(world), 200)), 409)
    assert attempt.score == 25


@pytest.mark.parametrize("changes, words", [
    ({"ticked": "X"}, "Hãy cho biết ý nào đúng"), ({"reason": ""}, ""),
    ({"effect": "less"}, ""), ({"version_ids": "999999"}, ""),
])
def test_what_is_no_decision_is_sent_back(world, browse, changes, words):
    page = browse(world.minh).post(f"/quizzes/questions/{world.first_question.id}/key",
                                   asked(world, **changes), 200)

    assert "cần xem lại" in page.text
    assert words in page.text


def test_the_result_says_why_the_mark_changed(world, browse, later):
    attempt = sit(world.law_quiz, world.lan, 2)
    page = browse(world.lan).get(f"/quizzes/attempts/{attempt.id}")
    assert "Vì sao điểm thay đổi" not in page.text
    assert "Đáp án đúng: Có Xem luật." in page.text
    later(5)
    mend(world.first_question, another_key(world.first_question, "B"), by=world.minh)

    page = browse(world.lan).get(f"/quizzes/attempts/{attempt.id}")

    assert "Nộp bài: 25,00 điểm" in page.text
    assert "Trước 25,00 điểm, nay 50,00 điểm Đáp án in sai" in page.text
    assert "Đáp án đúng: Có Xem luật." not in page.text


def test_a_question_called_off_says_so_on_the_result(world, browse, later):
    attempt = sit(world.law_quiz, world.lan, 2)
    later(5)
    for effect, words in (("none", "đã hủy, không tính"), ("all", "đã hủy, được đủ điểm")):
        change = another_key(world.first_question)._replace(effect=effect, keys=[])
        mend(world.first_question, change, by=world.minh)

        assert words in browse(world.lan).get(f"/quizzes/attempts/{attempt.id}").text


@pytest.mark.parametrize("kind, sent, keys", [
    ("single", [("ticked", "A"), ("ticked", "C"), ("ticked", "X")], [["A"], ["C"]]),
    ("multiple", [("ticked", "C"), ("ticked", "A")], [["A", "C"]]), ("multiple", [], []),
    ("short", [("lines", " một \n\nhai\nmột")], [["một", "hai"]]), ("short", [("lines", " ")], []),
    ("ordering", [("partner-A", "2"), ("partner-B", "1"), ("partner-C", "3")], [["B", "A", "C"]]),
    ("ordering", [("partner-A", "1"), ("partner-B", "1"), ("partner-C", "3")], []),
    ("ordering", [("partner-A", "1")], []),
    ("matching", [("partner-A", "b"), ("partner-B", "a"), ("partner-C", "b")],
     [["A=b", "B=a", "C=b"]]),
    ("matching", [("partner-A", "b"), ("partner-B", "x"), ("partner-C", "b")], []),
    ("essay", [("lines", "một")], []),
])
def test_a_key_is_read_by_the_shape_of_the_question(kind, sent, keys):
    version = question("ABC", matches="ab" if kind == "matching" else "")

    found = read(kind, version, form(*sent))

    assert found == keys
    again = shown(kind, found)
    assert read(kind, version, form(
        *[("ticked", key) for key in again["ticked"]], ("lines", again["lines"]),
        *[(f"partner-{key}", partner) for key, partner in again["partner"].items()])) == keys


def take(browser, world):
    """Take the test of press law from its door to its result, right in the third question only."""
    begun = browser.post(f"/quizzes/{world.law_quiz.id}/attempts")
    attempt = begun.location.rpartition("/")[0]
    for slot, given in enumerate(({"a": "B"}, {"a": "B"}, {"a": "T"}, {"a": "không biết"})):
        browser.post(f"{attempt}/{slot}", given)
    browser.post(f"{attempt}/submission")
    return attempt


@pytest.mark.slow
def test_five_people_pass_by_a_corrected_key_are_told_and_certified(world, browse, later):
    world.press_law.open = True
    people = [world.lan, world.hoa, world.ha, world.vi, world.an]
    browsers = [browse(person) for person in people]
    results = []
    for person, browser in zip(people, browsers, strict=True):
        for step in (world.law_intro, world.law_text):
            finish_step(person, step, by=person)
        results.append(take(browser, world))
    assert ["Chưa đạt, 25 trên 100 điểm" in browser.get(result).text
            for browser, result in zip(browsers, results, strict=True)] == [True] * 5
    later(10)
    minh, url = browse(world.minh), f"/quizzes/questions/{world.first_question.id}/key"

    preview = minh.post(url, asked(world), 200)
    minh.post(url, seen(preview))

    assert "5 kết quả thay đổi. 5 người chuyển thành đạt." in preview.text
    for browser, result in zip(browsers, results, strict=True):
        assert "trước 25,00 điểm, nay 50,00 điểm. Bạn đã đạt." in browser.get("/messages").text
        assert "Đạt, 50 trên 100 điểm" in browser.get(result).text
        assert "25/11/2026" in browser.get("/certificates").text
    assert len(db.session.scalars(select(Certificate)).all()) == 6
