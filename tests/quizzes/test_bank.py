"""The bank is written in forms, and no page tells a key."""
import json
from io import BytesIO

import pytest
from lxml.html import document_fromstring
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from lms.kernel.db import db

from quizzes.attempts.actions import start
from quizzes.papers.models import QuizItem
from quizzes.questions.actions import (
    reword_question,
)
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question
from quizzes.questions.queries import (
    asked_in,
    questions_of,
)
from quizzes.questions.richtext import plain, settled, shown

SECRET = "zx9q"
#: What an author types for a question of each kind; SECRET stands in what only the key holds.
FORMS = {
    "single": {"o-1-vi": "Có", "o-1-en": "Yes", "o-2-vi": "Không", "right": "1",
               "o-1-feedback_vi": SECRET, "o-1-share": "100", "o-2-share": "12.5", "partial": "1"},
    "multiple": {"o-1-vi": "Một", "o-2-vi": "Hai", "o-4-vi": "Ba", "right": ["1", "4"],
                 "o-2-feedback_vi": SECRET},
    "truefalse": {"right": "F"},
    "statements": {"o-1-vi": "Có", "truth-1": "T", "o-2-vi": "Không", "o-2-en": "No",
                   "truth-2": "F", "o-4-vi": "Có lẽ", "truth-4": "F", "scale": "each"},
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
             for end in ("4", "16", "all")]
    held = [json.dumps(attempt.paper), *pages]

    assert len(attempt.paper) == 4 + len(KINDS)
    assert [key for text in held for key in KEYS if key in text] == []
    assert [item["points"] for item in attempt.paper] == [1] * 16 + [0]


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


def add_to(quiz, question):
    """Let the quiz ask the question too."""
    quiz.items.append(QuizItem(question_id=question.id, position=9))
    db.session.flush()


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

    add_to(world.law_quiz, newest.question)
    start(world.law_quiz, by=world.hoa)
    hoa = browse(world.hoa)
    assert plain(newest.stem_vi) == "Đây là gì? [ Một ô đỏ ]".replace("[ ", "[").replace(" ]", "]")
    assert "script" not in newest.stem_vi
    assert hoa.client.get(f"/files/{address}/hinh.webp", buffered=True).status_code == 200
    assert lan.client.get(f"/files/{address}/hinh.webp").status_code == 404


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
    ("<p>Thẻ &lt;b&gt; là gì?</p>", "<p>Thẻ &lt;b&gt; là gì?</p>", "Thẻ <b> là gì?"),
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


def test_a_right_answer_of_long_parts_stands_a_line_each(world, browse):
    question = written(world, browse, "statements", **{
        "o-1-vi": "Phóng viên có được bảo vệ nguồn tin của mình không?"})
    minh = browse(world.minh)

    for page in ("preview?try=1", "versions"):
        html = minh.get(f"/quizzes/questions/{question.id}/{page}").response.text
        assert "<br>Phóng viên có được bảo vệ nguồn tin của mình không?" in html


def test_the_versions_of_a_question_and_the_tests_that_ask_it(world, browse):
    reword_question(world.first_question, {"stem_vi": "Khác?", "right": ["B"]}, by=world.minh)

    page = browse(world.minh).get(f"/quizzes/questions/{world.first_question.id}/versions")

    assert "Phiên bản 2 Khác?" in page.text
    assert "Phiên bản 1 Phóng viên có được bảo vệ nguồn tin không?" in page.text
    assert [use.title for use in asked_in(world.first_question)] == ["Kiểm tra"]
