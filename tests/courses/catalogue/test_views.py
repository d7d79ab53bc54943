"""The pages on which courses are written, as each kind of person meets them."""
from io import BytesIO

import pytest

from lms.kernel.db import db

from courses.catalogue.actions import add_step, draft
from courses.catalogue.models import Course, Picture
from courses.catalogue.queries import draft_version, published_version, steps_of
from courses.completions.actions import begin
from tests.courses.books import PAGE, begun, page, photo, published
from tests.statements import counted
from tests.world import PDF

COURSE = {"key": "C13", "title_vi": "Quyền trẻ em", "title_en": "Rights of the child",
          "periods": "8", "mode": "online", "owner_id": "", "content_kind": "position",
          "legal_basis": "Luật Trẻ em 2016", "reviewed_on": "2026-10-15",
          "validity_months": "24", "certified": "y"}


def titles(course):
    """The titles of the steps of the draft of ``course``."""
    return [step.title_vi for step in steps_of(draft_version(course))]


def test_a_course_from_its_first_line_to_its_publication(world, browse):
    minh = browse(world.minh)
    first = minh.follow(minh.post("/catalogue/new", {**COURSE, "owner_id": world.department.id}))
    course = db.session.query(Course).filter_by(key="C13").one()
    assert "Đã tạo “Quyền trẻ em”. Hãy thêm mục đầu tiên." in first.text
    assert (course.owner, course.open, course.validity_months) == (world.department, False, 24)

    minh.post(f"/catalogue/{course.id}/steps/new/page",
              {"title_vi": "Mở đầu", "minutes": "5", "into": "body_vi",
               "body_vi": "<h1>Một</h1><script>x</script>"})
    page_of_draft = minh.get(f"/catalogue/{course.id}")
    assert "Bản nháp 1 . Khi chưa công bố, chỉ người soạn thấy khóa học này." in page_of_draft.text
    minh.post(f"/catalogue/{course.id}/publication", {"note": "Bản đầu", "move": "stay"})

    step, = steps_of(published_version(course))
    assert (step.title_vi, step.body_vi) == ("Mở đầu", "<h2>Một</h2>")
    assert "Phiên bản 1: Bản đầu" in minh.get(f"/catalogue/{course.id}").text


def test_a_course_without_a_title_is_shown_again_with_what_was_typed(world, browse):
    page_again = browse(world.minh).post("/catalogue/new", {**COURSE, "title_vi": ""}, status=200)

    assert "1 ô cần xem lại" in page_again.text
    assert [f["value"] for f in page_again.all("input") if f.get("name") == "key"] == ["C13"]


def test_the_list_leads_authors_to_the_draft_and_others_to_the_course(world, browse):
    begun(world.an, "C14")

    minh = browse(world.minh).get("/catalogue")
    an = browse(world.an).get("/catalogue")
    vi = browse(world.vi).get("/catalogue")

    kit, law = world.kit.id, world.press_law.id
    assert minh.links["Luật Báo chí"] == f"/catalogue/{law}"
    assert minh.links["Bộ tài liệu"] == f"/courses/{kit}"
    assert an.links["Bộ tài liệu"] == f"/catalogue/{kit}"
    assert vi.links["Luật Báo chí"] == f"/courses/{law}"
    assert ("3 khóa học, theo mã" in an.text, "Tạo khóa học" in vi.text) == (True, False)


def test_the_list_says_what_it_did_not_find(world, browse):
    assert "Không tìm thấy khóa học nào." in browse(world.an).get("/catalogue?q=zzz").text


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 120])
def test_the_list_costs_the_same_for_many_courses(world, browse, count):
    for n in range(count):
        begun(world.an, f"X{n:03}", owner=world.department)
    an = browse(world.an)

    with counted() as statements:
        an.get("/catalogue")

    assert len(statements) <= 6


def test_the_draft_page_tells_what_is_different(world, browse):
    version = draft(world.press_law, by=world.minh)
    add_step(version, "page", {**PAGE, "title_vi": "Mới"}, by=world.minh)

    shown = browse(world.minh).get(f"/catalogue/{world.press_law.id}")

    assert "Khác phiên bản 1: 1 mục mới, 0 mục sửa, 0 mục bỏ ra." in shown.text
    assert [f["action"] for f in shown.all("form") if "data-moves" in f] == [
        f"/catalogue/steps/{step.id}/position" for step in steps_of(version)]


@pytest.mark.parametrize("count", [3, 60])
def test_the_draft_page_costs_the_same_for_many_steps(world, browse, count):
    course = published(world.minh, titles=[f"Bài {n}" for n in range(count)])
    draft(course, by=world.minh)
    key, minh = course.id, browse(world.minh)

    with counted() as statements:
        minh.get(f"/catalogue/{key}")

    assert len(statements) <= 12


def test_a_step_moves_by_its_buttons(world, browse):
    course = begun(world.minh)
    first, _second = page(course, world.minh, "Một"), page(course, world.minh, "Hai")

    answer = browse(world.minh).post(f"/catalogue/steps/{first.id}/position", {"position": "1"})

    assert answer.location == f"/catalogue/{course.id}#step-{first.id}"
    assert titles(course) == ["Hai", "Một"]


def test_a_step_is_taken_out_after_a_page_says_what_is_lost(world, browse):
    course = begun(world.minh)
    step, minh = page(course, world.minh, "Một"), browse(world.minh)

    asked = minh.get(f"/catalogue/steps/{step.id}/removal")
    minh.post(f"/catalogue/steps/{step.id}/removal")

    assert "Bỏ “Một” khỏi bản nháp?" in asked.text
    assert titles(course) == []


def test_a_published_step_leads_to_the_draft_and_refuses_changes(world, browse):
    minh, intro = browse(world.minh), world.law_intro

    assert minh.get(f"/catalogue/steps/{intro.id}", 302).location == (
        f"/catalogue/{world.press_law.id}")
    minh.post(f"/catalogue/steps/{intro.id}", {"title_vi": "x", "minutes": "1", "body_vi": "x",
                                               "into": "body_vi"}, status=409)


def test_a_document_needs_its_file_and_the_word_that_it_is_no_secret(world, browse):
    minh, course = browse(world.minh), begun(world.minh)
    url = f"/catalogue/{course.id}/steps/new/document"
    form = {"title_vi": "Sổ tay", "minutes": "20", "language": "vi", "acknowledge": "y"}

    nothing = minh.post(url, form, status=409)
    undeclared = minh.post(url, {**form, "file": (BytesIO(PDF), "so-tay.pdf")}, status=409)
    stamped = minh.post(url, {**form, "no_secret": "y",
                              "file": (BytesIO(PDF), "TỐI MẬT.pdf")}, status=409)
    minh.post(url, {**form, "no_secret": "y", "file": (BytesIO(PDF), "so-tay.pdf")})

    assert "Hãy chọn tệp của mục này" in nothing.text
    assert "không chứa bí mật nhà nước" in undeclared.text
    assert "Tên tệp cho biết đây là tài liệu mật" in stamped.text
    step, = steps_of(draft_version(course))
    assert (step.kind, step.file.name, step.acknowledge) == ("document", "so-tay.pdf", True)


def test_a_document_keeps_its_file_where_none_is_given(world, browse):
    step = steps_of(draft(world.press_law, by=world.minh))[1]
    file = step.file

    browse(world.minh).post(f"/catalogue/steps/{step.id}",
                            {"title_vi": "Luật", "minutes": "30", "language": "vi"})

    assert (step.title_vi, step.file, step.acknowledge) == ("Luật", file, False)


def test_a_document_has_a_lighter_version_that_is_lighter_and_goes_with_its_file(world, browse):
    minh, course = browse(world.minh), begun(world.minh)
    form = {"title_vi": "Sổ tay", "minutes": "20", "language": "nut", "no_secret": "y"}
    whole, small = PDF + bytes(3000), PDF + bytes(500)
    url = f"/catalogue/{course.id}/steps/new/document"

    heavier = minh.post(url, {**form, "file": (BytesIO(small), "so-tay.pdf"),
                              "light": (BytesIO(whole), "nhe.pdf")}, status=409)
    minh.post(url, {**form, "file": (BytesIO(whole), "so-tay.pdf"),
                    "light": (BytesIO(small), "nhe.pdf")})
    step, = steps_of(draft_version(course))
    kept = (step.light.name, step.light.size, step.language)
    edit = f"/catalogue/steps/{step.id}"
    minh.post(edit, form)
    still = step.light.name
    minh.post(edit, {**form, "file": (BytesIO(PDF + bytes(9)), "moi.pdf")})

    assert "Hãy chọn tệp nhỏ hơn" in heavier.text
    assert kept == ("nhe.pdf", len(small), "nut")
    assert still == "nhe.pdf"
    assert (step.file.name, step.light) == ("moi.pdf", None)


def test_a_lighter_version_is_taken_away(world, browse):
    minh, course = browse(world.minh), begun(world.minh)
    form = {"title_vi": "Bài nghe", "minutes": "15", "language": "tyz", "no_secret": "y"}
    minh.post(f"/catalogue/{course.id}/steps/new/media",
              {**form, "file": (BytesIO(b"\0\0\0\0ftyp and more to see"), "xem.mp4"),
               "light": (BytesIO(b"ID3 sound"), "nghe.mp3")})
    step, = steps_of(draft_version(course))
    assert (step.light.name, step.language) == ("nghe.mp3", "tyz")

    minh.post(f"/catalogue/steps/{step.id}", {**form, "without_light": "y"})

    assert (step.file.name, step.light) == ("xem.mp4", None)


def test_a_recording_and_a_link_are_added(world, browse):
    minh, course = browse(world.minh), begun(world.minh)

    minh.post(f"/catalogue/{course.id}/steps/new/media",
              {"title_vi": "Bài nghe", "minutes": "15", "no_secret": "y",
               "transcript_vi": "Lời.", "language": "vi",
               "file": (BytesIO(b"ID3 sound"), "nghe.mp3")})
    minh.post(f"/catalogue/{course.id}/steps/new/link",
              {"title_vi": "Cổng", "minutes": "5", "url": "https://vbpl.vn/", "note_vi": "Tìm."})
    bad = minh.post(f"/catalogue/{course.id}/steps/new/link",
                    {"title_vi": "x", "minutes": "5", "url": "javascript:alert(1)"}, status=200)

    assert [(step.kind, step.word) for step in steps_of(draft_version(course))] == [
        ("media", "Bài nghe"), ("link", "Liên kết")]
    assert "1 ô cần xem lại" in bad.text


def test_a_kind_of_step_that_is_not_of_this_room_has_no_page_here(world, browse):
    quiz = steps_of(draft(world.press_law, by=world.minh))[2]
    minh = browse(world.minh)

    assert minh.get(f"/catalogue/{world.press_law.id}/steps/new/quiz", 404).status == 404
    assert minh.get(f"/catalogue/steps/{quiz.id}", 404).status == 404


def test_the_menu_of_steps_holds_what_the_storeys_above_offer(world, browse):
    course = begun(world.minh)

    shown = browse(world.minh).get(f"/catalogue/{course.id}")

    assert shown.links["bài kiểm tra"].startswith(f"/quizzes/courses/{course.id}/new")
    assert shown.links["bài đọc"] == f"/catalogue/{course.id}/steps/new/page"


def test_a_script_sends_a_picture_and_gets_the_lines_that_show_it(world, browse):
    minh, url = browse(world.minh), f"/catalogue/{world.press_law.id}/pictures"

    answer = minh.post(url, {"file": (photo(), "anh.png"), "alternative": "Thẻ"}, status=201)

    picture = db.session.query(Picture).one()
    assert answer.json == {"html": (
        f'<figure><img src="/files/{picture.file_id}/hinh.webp" alt="Thẻ" width="40" height="30"'
        ' loading="lazy"></figure>')}
    shown = minh.client.get(f"/files/{picture.file_id}/hinh.webp", buffered=True)
    assert (shown.status_code, shown.mimetype) == (200, "image/webp")


def test_a_picture_without_words_or_that_is_none_is_refused(world, browse):
    minh, url = browse(world.minh), f"/catalogue/{world.press_law.id}/pictures"

    silent = minh.post(url, {"file": (photo(), "anh.png")}, status=400)
    none = minh.post(url, {"file": (BytesIO(b"x"), "anh.png"), "alternative": "a"}, status=409)

    assert silent.json == {"faults": ["Hãy ghi hình thể hiện gì: không phải ai cũng nhìn thấy."]}
    assert none.json == {"faults": [
        "Không đọc được hình. Hãy lưu thành JPG hoặc PNG rồi tải lên lại."]}


def test_without_a_script_the_picture_stands_at_the_end_of_the_saved_text(world, browse):
    course = begun(world.minh)
    form = {"title_vi": "Một", "minutes": "5", "body_vi": "<p>a</p>", "into": "body_vi",
            "add_picture": "y"}

    browse(world.minh).post(f"/catalogue/{course.id}/steps/new/page",
                            {**form, "file": (photo(), "anh.png"), "alternative": "Thẻ"})

    step, = steps_of(draft_version(course))
    assert step.body_vi.startswith('<p>a</p><figure><img src="/files/')


def test_without_a_script_a_picture_without_words_loses_nothing(world, browse):
    course = begun(world.minh)

    again = browse(world.minh).post(
        f"/catalogue/{course.id}/steps/new/page",
        {"title_vi": "Một", "minutes": "5", "body_vi": "<p>a</p>", "into": "body_vi",
         "add_picture": "y", "file": (photo(), "anh.png")}, status=200)

    assert "Hãy ghi hình thể hiện gì" in again.text
    assert "<p>a</p>" in again.text


def test_publishing_says_how_many_are_under_way_and_asks_what_becomes_of_them(world, browse):
    begin(world.lan, world.press_law, by=world.lan)
    draft(world.press_law, by=world.minh)

    asked = browse(world.minh).get(f"/catalogue/{world.press_law.id}/publication")

    assert "1 người đang học khóa này. 1 người đã xong không phải học lại." in asked.text
    assert [f["value"] for f in asked.all("input") if f.get("name") == "move"] == ["stay", "move"]


def test_where_nobody_is_under_way_publishing_asks_nothing(world, browse):
    draft(world.kit, by=world.an)

    asked = browse(world.an).get(f"/catalogue/{world.kit.id}/publication")

    assert [f["type"] for f in asked.all("input") if f.get("name") == "move"] == ["hidden"]


def test_a_draft_is_thrown_away_after_a_page_says_what_is_lost(world, browse):
    draft(world.press_law, by=world.minh)
    minh, url = browse(world.minh), f"/catalogue/{world.press_law.id}/draft/removal"

    asked = minh.get(url)
    minh.post(url)

    assert "Người học tiếp tục với phiên bản 1." in asked.text
    assert draft_version(world.press_law) is None


def test_withdrawing_can_be_undone_at_once(world, browse):
    minh = browse(world.minh)
    shown = minh.follow(minh.post(f"/catalogue/{world.press_law.id}/withdrawal"))
    assert "“Luật Báo chí” đã ngừng mở. Người đang học vẫn học nốt được." in shown.text

    minh.post(f"/catalogue/{world.press_law.id}/withdrawal")

    assert world.press_law.withdrawn_at is None


def test_authors_are_added_from_the_trainers_and_removed(world, browse):
    course = begun(world.an, "C14")
    an, minh = browse(world.an), world.minh

    an.post(f"/catalogue/{course.id}/authors", {"person": minh.id})
    assert [author.person for author in course.trainers] == [minh]
    nobody = an.post(f"/catalogue/{course.id}/authors", {"person": world.lan.id})

    assert nobody.location == f"/catalogue/{course.id}"
    assert [author.person for author in course.trainers] == [minh]


def test_in_english_what_has_no_english_is_marked_as_vietnamese(world, browse):
    begun(world.minh, title_vi="Khóa thử")
    minh = browse(world.minh)
    minh.client.set_cookie("language", "en")

    shown = minh.get("/catalogue")

    assert [tag["lang"] for tag in shown.all("span") if "lang" in tag] == ["vi"]
    assert ("Press law" in shown.text, "Khóa thử" in shown.text) == (True, True)
