"""The bank: written in forms, found, changed together, held back; no page tells a key."""
import json
from datetime import date
from io import BytesIO

import pytest
from lxml.html import document_fromstring
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from lms.kernel.db import db
from lms.kernel.errors import Refusal

from quizzes.attempts.actions import start
from quizzes.papers.models import QuizItem
from quizzes.papers.queries import askable
from quizzes.questions.actions import (
    hold_back,
    place_questions,
    review_question,
    reword_question,
    write_question,
)
from quizzes.questions.alike import alike
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question
from quizzes.questions.queries import (
    Wanted,
    alike_in,
    asked_in,
    categories_of,
    like_it,
    questions_of,
    resting_on,
    rows_of,
    tags_used,
    to_review,
    wanted_of,
)
from quizzes.questions.richtext import plain, settled, shown
from tests.courses.books import traces
from tests.statements import counted

SECRET = "zx9q"
#: What an author types for a question of each kind; SECRET stands in what only the key holds.
FORMS = {
    "single": {"o-1-vi": "Có", "o-1-en": "Yes", "o-2-vi": "Không", "right": "1",
               "o-1-feedback_vi": SECRET, "o-1-share": "100", "o-2-share": "12.5", "partial": "1"},
    "multiple": {"o-1-vi": "Một", "o-2-vi": "Hai", "o-4-vi": "Ba", "right": ["1", "4"],
                 "o-2-feedback_vi": SECRET},
    "truefalse": {"right": "F"},
    "short": {"accepted": f"{SECRET}\n50% {SECRET}a", "diacritics": "1"},
    "number": {"accepted": "918273,5", "tolerance": "0,5", "unit": "km"},
    "gaps": {"stem_vi": "Luật [[1]], năm [[2]], được [[3]].", "g-1-lines": SECRET,
             "g-2-kind": "number", "g-2-lines": "918273", "g-3-kind": "choice",
             "g-3-lines": "*giữ | kept\nbỏ", "g-1-points": "2"},
    "matching": {"o-1-vi": "Tin", "m-1-vi": "nhanh", "o-2-vi": "Bài", "m-2-vi": "sâu",
                 "m-3-vi": "dài"},
    "ordering": {"o-1-vi": "Viết", "o-2-vi": "Duyệt", "o-3-vi": "Đăng"},
    "hotspot": {"picture": "ab" * 32, "alt_vi": "Mẫu giấy", "o-1-vi": "Chỗ ký",
                "o-1-points": "91,8 27,3 93 99", "o-2-vi": "Chỗ dấu", "o-2-shape": "circle",
                "o-2-points": "10 10 5", "right": "1"},
    "essay": {"r-1-vi": SECRET, "r-1-points": "4", "most_words": "200", "markers": "2"},
    "upload": {"types": [".pdf", ".jpg"], "r-1-vi": SECRET, "r-1-points": "4"},
    "description": {},
}
#: What a page of the trainee must not hold of each kind.
KEYS = (SECRET, "918273", "12.5", "91.8", "27.3", "tolerance", "share")


def picture():
    """A small picture, as a browser sends it."""
    buffer = BytesIO()
    Image.new("RGB", (40, 20), "red").save(buffer, "PNG")
    buffer.seek(0)
    return buffer, "hinh.png"


def written(world, browse, kind, **more):
    """A question of ``kind``, written in its form by Minh."""
    page = browse(world.minh).post(f"/quizzes/courses/{world.press_law.id}/questions/new", {
        "kind": kind, "stem_vi": f"Câu {kind}?", "explanation_vi": SECRET, "difficulty": "2",
        "status": "in_use", **FORMS[kind], **more})
    assert page.location.endswith("/questions")
    return db.session.scalars(select(Question).order_by(Question.id.desc())).first()


def test_a_question_of_each_kind_is_written_and_saved_again_unchanged(world, browse):
    minh = browse(world.minh)
    for kind in KINDS:
        question = written(world, browse, kind)
        address = f"/quizzes/questions/{question.id}"
        assert (question.kind, KINDS[kind].lacks(question.versions[-1])) == (kind, [])
        assert question.author == world.minh

        forms = document_fromstring(minh.get(address).response.text).forms
        fields = MultiDict(next(form for form in forms if "multipart" in form.get(
            "enctype", "")).form_values())
        minh.post(address, fields.to_dict(flat=False))

        assert (kind, [version.number for version in question.versions]) == (kind, [1])


def test_a_page_of_the_trainee_does_not_tell_the_key(world, browse):
    questions = [written(world, browse, kind) for kind in KINDS]
    db.session.add_all([QuizItem(quiz_id=world.law_quiz.id, question_id=question.id,
                                 position=9 + place)
                        for place, question in enumerate(questions)])
    attempt, hoa = start(world.law_quiz, by=world.hoa), browse(world.hoa)

    pages = [hoa.get(f"/quizzes/attempts/{attempt.id}/{end}").response.text
             for end in ("4", "15", "all")]
    held = [json.dumps(attempt.paper), *pages]

    assert len(attempt.paper) == 4 + len(KINDS)
    assert [key for text in held for key in KEYS if key in text] == []
    assert [item["points"] for item in attempt.paper] == [1] * 15 + [0]


def test_what_a_page_shows_of_pairs_and_orders_is_alike_whatever_is_right(world, browse):
    pages = []
    for first, second in (("nhanh", "sâu"), ("sâu", "nhanh")):
        question = written(world, browse, "matching", **{"m-1-vi": first, "m-2-vi": second})
        version = question.versions[-1]
        pages.append([(match["key"], match["vi"]) for match in version.matches])
    orders = [[(option["key"], option["vi"]) for option in
               written(world, browse, "ordering", **{
                   "o-1-vi": first, "o-2-vi": second}).versions[-1].options]
              for first, second in (("Viết", "Duyệt"), ("Duyệt", "Viết"))]

    assert pages[0] == pages[1]
    assert orders[0] == orders[1]


def test_a_form_that_cannot_be_asked_comes_back_with_what_was_typed(world, browse):
    page = browse(world.minh).post(f"/quizzes/courses/{world.press_law.id}/questions/new", {
        "kind": "number", "stem_vi": "Bao nhiêu?", "accepted": "mười", "difficulty": "2",
        "status": "in_use"}, status=200)

    assert "“mười” không phải là số." in page.text
    assert ">mười</textarea>" in page.response.text
    assert len(questions_of(world.press_law)) == 4


def test_more_rows_and_a_look_at_it_save_nothing(world, browse):
    minh, new = browse(world.minh), f"/quizzes/courses/{world.press_law.id}/questions/new"
    typed = {"kind": "single", "stem_vi": "Ai ký?", "difficulty": "2", "status": "in_use",
             "o-1-vi": "Giám đốc", "o-2-vi": "Nhân viên", "right": "1"}

    more = minh.post(new, {**typed, "more": "1"}, status=200)
    look = minh.post(new, {**typed, "preview": "1"}, status=200)

    assert "Phương án 8" in more.text
    assert "Chưa lưu gì." in look.text
    assert len(questions_of(world.press_law)) == 4


def test_the_kinds_are_chosen_from_a_list(world, browse):
    page = browse(world.minh).get(f"/quizzes/courses/{world.press_law.id}/questions/new")

    assert [words for kind in KINDS.values() if (words := str(kind.title)) not in page.text] == []


def test_a_picture_goes_into_the_stem_without_scripts_and_is_seen_by_who_is_asked(world, browse):
    minh, lan = browse(world.minh), browse(world.lan)
    typed = {"kind": "short", "stem_vi": "Đây là gì?", "accepted": "hình", "difficulty": "2",
             "status": "in_use"}
    new = f"/quizzes/courses/{world.press_law.id}/questions/new"
    page = minh.post(new, {**typed, "add_picture": "1", "into": "stem_vi", "file": picture(),
                           "alternative": "Một ô đỏ"}, status=200)
    stem = next(part for part in page.response.text.split("&lt;figure&gt;")[1:])
    address = stem.split("/files/")[1].split("/")[0]
    minh.post(new, {**typed, "stem_vi": f'<p>Đây là gì?</p><img src="/files/{address}/hinh.webp" '
                                        'alt="Một ô đỏ"><script>x</script>'})
    newest = questions_of(world.press_law)[-1][1]

    lan.client.get(f"/files/{address}/hinh.webp").close()
    assert plain(newest.stem_vi) == "Đây là gì? [ Một ô đỏ ]".replace("[ ", "[").replace(" ]", "]")
    assert "script" not in newest.stem_vi
    assert lan.client.get(f"/files/{address}/hinh.webp", buffered=True).status_code == 200
    assert browse(world.hoa).client.get(f"/files/{address}/hinh.webp").status_code == 404


def test_a_recording_is_kept_with_its_words_and_heard_by_authors_only_until_it_is_asked(
        world, browse):
    minh, url = browse(world.minh), f"/quizzes/courses/{world.press_law.id}/media"

    kept = minh.client.post(url, data={"file": (BytesIO(b"ID3 sound"), "phong-van.mp3"),
                                       "alternative": "Một câu hỏi phỏng vấn"})
    silent = minh.client.post(url, data={"file": (BytesIO(b"ID3 sound"), "a.mp3")})

    html = kept.json["html"]
    assert (kept.status_code, silent.status_code) == (201, 400)
    assert "<figcaption>Một câu hỏi phỏng vấn</figcaption>" in html
    assert settled(f"<p>Nghe</p>{html}").count("<audio") == 1
    address = html.split('src="')[1].split('"')[0]
    assert minh.client.get(address, buffered=True).status_code == 200
    assert browse(world.hoa).client.get(address).status_code == 404


def test_a_picture_of_places_is_kept_by_its_hash(world, browse):
    minh = browse(world.minh)
    page = minh.post(f"/quizzes/courses/{world.press_law.id}/questions/new", {
        "kind": "hotspot", "stem_vi": "Ký ở đâu?", "alt_vi": "Mẫu", "spot": picture(),
        "read_spot": "1"}, status=200)
    digest = next(field["value"] for field in page.all("input") if field.get("name") == "picture")

    question = written(world, browse, "hotspot", picture=digest)

    assert len(digest) == 64
    assert minh.client.get(f"/quizzes/pictures/{digest}", buffered=True).status_code == 200
    assert browse(world.hoa).client.get(f"/quizzes/pictures/{digest}").status_code == 404
    assert question.versions[-1].settings["picture"] == digest


@pytest.mark.parametrize("text, kept, words", [
    ("<p>Ai ký &lt; 5?</p>", "Ai ký < 5?", "Ai ký < 5?"),
    ("a < b", "a < b", "a < b"),
    ("<p>Một <strong>hai</strong></p>", "<p>Một <strong>hai</strong></p>", "Một hai"),
    ('Ai?<figure><img src="/files/1/a.webp" alt="Một ô" loading="lazy"></figure>',
     '<p>Ai?</p><figure><img src="/files/1/a.webp" alt="Một ô" loading="lazy"></figure>',
     "Ai? [Một ô]"),
    ('Ai ký <img src="/files/1/a.webp" alt="ô" loading="lazy">?',
     '<p>Ai ký <img src="/files/1/a.webp" alt="ô" loading="lazy">?</p>', "Ai ký [ô] ?"),
    ("Một\n\nhai", "<p>Một</p><p>hai</p>", "Một hai"),
    ("<p onclick='x'>Một</p><script>y</script>", "Một", "Một"), ("", "", "")])
def test_a_text_is_kept_plain_wherever_it_is_plain(text, kept, words):
    assert (settled(text), plain(settled(text))) == (kept, words)
    assert settled(settled(text)) == settled(text)


def test_plain_words_are_escaped_and_rich_ones_cleaned_when_they_are_shown():
    assert shown("a <script>") == "a &lt;script&gt;"
    assert "script" not in shown("<p>a</p><script>x</script>")


def test_a_question_is_tried_and_marked_without_keeping_anything(world, browse):
    page = browse(world.minh).get(
        f"/quizzes/questions/{world.first_question.id}/preview?a=B&try=1")

    assert "0 % số điểm" in page.text.replace("\xa0", " ")
    assert "Đáp án đúng: Có" in page.text


def test_the_versions_of_a_question_and_the_tests_that_ask_it(world, browse):
    reword_question(world.first_question, {"stem_vi": "Khác?", "right": ["B"]}, by=world.minh)

    page = browse(world.minh).get(f"/quizzes/questions/{world.first_question.id}/versions")

    assert "Phiên bản 2 Khác?" in page.text
    assert "Phiên bản 1 Phóng viên có được bảo vệ nguồn tin không?" in page.text
    assert [use.title for use in asked_in(world.first_question)] == ["Kiểm tra"]


def test_the_bank_is_narrowed_by_each_of_its_columns(world):
    questions = [question for question, _version in questions_of(world.press_law)]
    place_questions(questions[:2], {"category": "Luật / Nguồn tin", "tags": ["Báo chí"],
                                    "difficulty": 3, "status": "draft"}, by=world.minh)
    place_questions(questions[2:3], {"category": "Luật báo", "tags": ["Báo"]}, by=world.minh)

    def keys(**wanted):
        return [question.key for question, _v in rows_of(wanted_of(
            world.press_law, Wanted(**wanted)))]

    assert keys(category="Luật") == keys(tag="Báo chí") == keys(difficulty=3) == ["P1", "P2"]
    assert keys(state="draft") == ["P1", "P2"]
    assert keys(kind="short") == keys(words="bao chi mang so") == keys(words="p4") == ["P4"]
    assert keys(words="100%") == keys(state="retired") == []
    assert categories_of(world.press_law) == ["Luật", "Luật / Nguồn tin", "Luật báo"]
    assert tags_used(world.press_law) == ["Báo", "Báo chí"]


def test_questions_ticked_are_changed_together_and_tags_are_added(world, browse):
    minh, url = browse(world.minh), f"/quizzes/courses/{world.press_law.id}/questions"
    ids = [question.id for question, _version in questions_of(world.press_law)]
    world.first_question.tags = ["cũ"]

    bank = minh.follow(minh.post(f"{url}/changes", {
        "question": [str(key) for key in ids[:2]], "category": "Luật/ Nguồn tin",
        "tags": "mới, cũ", "difficulty": "1", "status": ""}))
    nothing = minh.post(f"{url}/changes", {"question": str(ids[0])}, status=409)

    assert "Đã đổi 2 câu hỏi." in bank.text
    assert "Chưa đổi gì." in nothing.text
    assert (world.first_question.category, world.first_question.tags) == (
        "Luật / Nguồn tin", ["cũ", "mới"])
    assert [db.session.get(Question, key).difficulty for key in ids] == [1, 1, 2, 2]


@pytest.mark.parametrize("words", ["difficulty=99999999999", "difficulty=x", "state=x", "tag=%",
                                   "category=%", "kind=x", "page=99", "q=%25_"])
def test_a_list_narrowed_to_nonsense_is_a_list(world, browse, words):
    browse(world.minh).get(f"/quizzes/courses/{world.press_law.id}/questions?{words}")


def test_a_question_of_another_course_is_not_changed_along(world, browse):
    other = write_question(world.kit, "short", {"stem_vi": "Khác?", "right": ["x"]}, by=world.an)

    browse(world.minh).post(f"/quizzes/courses/{world.press_law.id}/questions/changes", {
        "question": [str(other.id), "9" * 30, "x"], "difficulty": "3"}, status=409)

    assert other.difficulty == 2


def test_questions_that_ask_the_same_are_suspected(world, browse):
    double = write_question(world.press_law, "single", {
        "stem_vi": "Phóng viên được bảo vệ nguồn tin không?", "right": ["A"],
        "options": world.first_question.versions[-1].options}, by=world.minh)

    assert [(row[0].key, row[2].key) for row in alike_in(world.press_law)] == [("P1", double.key)]
    assert like_it(double) == world.first_question
    page = browse(world.minh).get(f"/quizzes/courses/{world.press_law.id}/questions/alike")
    assert "1 cặp câu hỏi gần giống nhau." in page.text


def test_likeness_finds_what_comparing_all_would():
    folds = {1: "a b c d", 2: "a b c d e", 3: "x y", 4: "x y z", 5: "", 6: "q"}

    assert alike(folds) == [(1, 2, 0.8)]


def test_what_rests_on_a_changed_law_is_held_back_until_it_is_reviewed(world, browse):
    minh = browse(world.minh)
    reword_question(world.first_question, {"basis": "Luật 126/2025/QH15, Điều 4"}, by=world.minh)
    assert "1 câu hỏi dựa vào “126/2025”" in minh.get("/quizzes/review?law=126/2025").text

    page = minh.follow(minh.post("/quizzes/review", {"law": "126/2025", "why": "Luật mới"}))

    assert "Đã tạm giữ 1 câu hỏi" in page.text
    assert "tạm giữ: Luật mới" in page.text
    assert len(askable(world.law_quiz)) == 3
    assert len(world.running.paper) == 4
    minh.follow(minh.post(f"/quizzes/questions/{world.first_question.id}/review",
                          {"valid_until": "31/12/2027"}))
    assert len(askable(world.law_quiz)) == 4
    assert (world.first_question.state, world.first_question.versions[-1].valid_until) == (
        "reviewed", date(2027, 12, 31))
    assert traces()[-2:] == ["question held back", "question reviewed"]


def test_holding_back_nothing_or_without_a_reason_is_refused(world, browse):
    minh = browse(world.minh)
    reword_question(world.first_question, {"basis": "Luật 126"}, by=world.minh)

    assert "Không có câu hỏi nào" in minh.post("/quizzes/review", {"law": "%"}, status=409).text
    assert "Hãy ghi điều đã thay đổi" in minh.post(
        "/quizzes/review", {"law": "126"}, status=409).text
    assert len(askable(world.law_quiz)) == 4


def test_a_question_past_its_last_day_is_not_asked_and_waits_for_a_review(world):
    for day, count in ((date(2026, 11, 24), 3), (date(2026, 11, 25), 4), (None, 4)):
        reword_question(world.first_question, {"valid_until": day}, by=world.minh)
        assert len(askable(world.law_quiz)) == count
        assert len(rows_of(to_review(world.minh))) == 4 - count
    with pytest.raises(Refusal, match="quá khứ"):
        review_question(world.first_question, date(2026, 11, 24), by=world.minh)


def test_a_trainer_finds_and_holds_back_only_questions_of_their_courses(world):
    other = write_question(world.kit, "short", {"stem_vi": "Khác?", "right": ["x"],
                                                "basis": "Luật 1"}, by=world.an)
    hold_back(other, "Luật mới", by=world.an)

    assert [rows_of(to_review(person)) and True for person in (world.minh, world.an)] == [
        [], True]
    assert rows_of(resting_on("Luật", world.minh)) == rows_of(resting_on("", world.an)) == []


def test_a_draft_is_not_asked(world):
    place_questions([world.first_question], {"status": "draft"}, by=world.minh)

    assert len(askable(world.law_quiz)) == 3


@pytest.mark.parametrize("place", [{"status": "retired"}, {"status": "x"}, {"difficulty": 4}])
def test_a_place_that_is_none_is_refused(world, place):
    with pytest.raises(Refusal, match="Không có trạng thái"):
        place_questions([world.first_question], place, by=world.minh)


def test_the_lists_of_the_bank_cost_the_same_for_few_and_for_many(world, browse):
    an = browse(world.an)
    addresses = (f"/quizzes/courses/{world.press_law.id}/questions",
                 f"/quizzes/courses/{world.press_law.id}/questions/alike",
                 "/quizzes/review?law=Luật")

    def cost(address):
        db.session.expire_all()
        with counted() as statements:
            an.get(address)
        return len(statements)

    for address in addresses:
        an.get(address)
    few = [cost(address) for address in addresses]
    for n in range(300):
        question = write_question(world.press_law, "short", {
            "stem_vi": f"Câu số {n} hỏi về điều {n * 7}?", "right": ["x"], "basis": "Luật"},
            by=world.minh)
        question.held_at = question.held_at if n % 2 else world.running.started_at
    db.session.commit()

    assert [cost(address) for address in addresses] == few
