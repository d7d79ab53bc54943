"""The pages of learning, as each kind of person meets them."""
from datetime import date, timedelta
from io import BytesIO

import pytest

from lms.kernel import clock, storage
from lms.kernel.db import db

from courses.catalogue.actions import (
    add_step,
    change_course,
    change_step,
    draft,
    publish,
    withdraw,
)
from courses.catalogue.queries import draft_version, published_version, steps_of
from courses.completions.actions import begin, finish_step
from courses.completions.models import Completion, Study
from courses.completions.queries import completions_of, study_of
from tests.courses.books import begun, published
from tests.statements import counted
from tests.world import PDF

TEXT = {"title_vi": "Sổ tay", "minutes": 20, "acknowledge": True, "language": "vi"}


@pytest.fixture
def book(world):
    """A course of two pages, open to everybody."""
    return published(world.minh)


def steps(course):
    """The published steps of ``course``."""
    return steps_of(published_version(course))


def fetched(browser, url, **headers):
    """The answer to a browser that reads a file to its end."""
    return browser.client.get(url, headers={name.replace("_", "-"): value
                                            for name, value in headers.items()}, buffered=True)


def with_file(world, kind, name, content=PDF, **values):
    """A published course of one step that brings a file, and that step."""
    course = begun(world.minh, "C14")
    file = storage.keep(BytesIO(content), name)
    step = add_step(draft_version(course), kind, {"title_vi": "Tệp", "file_id": file.id, **values},
                    by=world.minh)
    publish(course, "", False, by=world.minh)
    db.session.commit()
    return course, step


def test_a_course_from_its_first_step_to_its_result(world, browse, book):
    lan = browse(world.lan)
    course = lan.get(f"/courses/{book.id}")
    assert "2 mục , cả khóa khoảng 10 phút." in course.text

    first = lan.follow(lan.post(f"/courses/{book.id}/studies"))
    assert "Mục 1 trên 2. Bài đọc, 5 phút Một Nội dung." in first.text
    second = lan.follow(lan.post(first.all("form")[0]["action"]))
    middle = lan.get(f"/courses/{book.id}")
    assert "Xong 1 trên 2 mục , còn khoảng 5 phút." in middle.text
    assert [li["data-state"] for li in middle.all("li") if "data-state" in li] == ["done", "next"]
    result = lan.follow(lan.post(second.all("form")[0]["action"]))

    assert "Bạn đã hoàn thành khóa “Khóa C13”" in result.text
    assert "Giấy chứng nhận số" in result.text
    assert "Bạn đã hoàn thành khóa này ngày 25/11/2026." in lan.get(f"/courses/{book.id}").text


def test_the_course_page_says_what_the_course_is(world, browse):
    shown = browse(world.lan).get(f"/courses/{world.press_law.id}")

    assert "12 tiết, trực tuyến." in shown.text
    assert "Đơn vị phụ trách Sở Văn hóa" in shown.text
    assert "Giảng viên Triệu Văn Minh" in shown.text
    assert "Kết quả Giấy chứng nhận, có giá trị 36 tháng" in shown.text
    assert "Tài liệu, 20 phút, 1 KB, cần xác nhận" in shown.text


def test_who_may_not_begin_a_course_reads_why(world, browse):
    change_course(world.press_law, {"open": False}, by=world.an)

    shown = browse(world.hoa).get(f"/courses/{world.press_law.id}")

    assert "Khóa này dành cho người phải học hoặc được cử đi học lớp của khóa." in shown.text
    assert "Giới thiệu" not in shown.links
    browse(world.hoa).get(f"/steps/{world.law_intro.id}", 404)
    browse(world.hoa).post(f"/courses/{world.press_law.id}/studies", status=409)
    assert "Giới thiệu" in browse(world.lan).get(f"/courses/{world.press_law.id}").links


def test_an_officer_reads_the_steps_of_a_closed_course_without_recording(world, browse):
    change_course(world.press_law, {"open": False}, by=world.an)

    step = browse(world.vi).get(f"/steps/{world.law_intro.id}")
    begun_by_an = browse(world.an).get(f"/steps/{world.law_intro.id}")

    assert "Xong, sang mục 2" in step.text
    assert "Sang mục 2" in begun_by_an.links


def test_an_author_sees_the_draft_as_its_readers_will(world, browse, book):
    step = steps_of(draft(book, by=world.minh))[1]
    change_step(step, {"title_vi": "Hai, sửa"}, by=world.minh)
    minh = browse(world.minh)

    preview = minh.get(f"/courses/{book.id}/draft")
    page = minh.get(f"/steps/{step.id}")

    assert "Người học sẽ thấy bản nháp như thế này." in preview.text
    assert preview.links["Hai, sửa"] == f"/steps/{step.id}"
    assert "Đây là bản nháp: chỉ người soạn thấy" in page.text
    minh.post(f"/steps/{step.id}/done", status=409)
    browse(world.lan).get(f"/steps/{step.id}", 404)
    browse(world.lan).get(f"/courses/{book.id}/draft", 404)


def test_a_course_of_classes_alone_says_so(world, browse):
    course = begun(world.minh, "C15")

    shown = browse(world.minh).get(f"/courses/{course.id}/draft")

    assert "Khóa này không có mục học trực tuyến; chỉ học theo lớp." in shown.text


@pytest.mark.parametrize("count", [3, 60])
def test_the_course_page_costs_the_same_for_many_steps(world, browse, count):
    course = published(world.minh, titles=[f"Bài {n}" for n in range(count)],
                       owner=world.department)
    finish_step(world.lan, steps(course)[0], by=world.lan)
    key, lan = course.id, browse(world.lan)

    with counted() as statements:
        lan.get(f"/courses/{key}")

    assert len(statements) <= 8


@pytest.mark.parametrize("count", [3, 60])
def test_a_lesson_costs_the_same_for_many_steps(world, browse, count):
    course = published(world.minh, titles=[f"Bài {n}" for n in range(count)])
    finish_step(world.lan, steps(course)[0], by=world.lan)
    key, lan = steps(course)[1].id, browse(world.lan)

    with counted() as statements:
        lan.get(f"/steps/{key}")

    assert len(statements) <= 8


def test_a_document_is_confirmed_with_its_box_ticked_and_taken_back(world, browse):
    course, step = with_file(world, "document", "so-tay.pdf", **TEXT)
    lan = browse(world.lan)
    shown = lan.get(f"/steps/{step.id}")
    assert "so-tay.pdf 1 KB, tiếng Việt." in shown.text
    assert shown.links["Tải về, 1 KB"] == f"/files/{step.file_id}/so-tay.pdf?save"

    unticked = lan.post(f"/steps/{step.id}/done", status=200)
    assert "Lỗi: Hãy đánh dấu dòng này trước, rồi xác nhận." in unticked.text
    assert study_of(world.lan, course) is None
    lan.post(f"/steps/{step.id}/done", {"ack": "on"})

    assert len(completions_of(world.lan)) == 1
    lan.post(f"/steps/{step.id}/second-thought", status=409)


def test_a_confirmation_in_the_middle_is_taken_back_by_its_notice(world, browse):
    text, lan = world.law_text, browse(world.lan)
    shown = lan.follow(lan.post(f"/steps/{text.id}/done", {"ack": "on"}))
    undo = f"/steps/{text.id}/second-thought"
    assert undo in [form["action"] for form in shown.all("form")]

    again = lan.follow(lan.post(undo))

    assert "Đã hoàn tác." in again.text
    assert "Xác nhận đã đọc" in again.text


def test_after_ten_minutes_a_confirmation_stands(world, browse, monkeypatch):
    text, lan = world.law_text, browse(world.lan)
    lan.post(f"/steps/{text.id}/done", {"ack": "on"})
    late = clock.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(clock, "source", lambda: late)

    refused = lan.post(f"/steps/{text.id}/second-thought", status=409)

    assert "đã quá mười phút" in refused.text


def test_a_test_cannot_be_done_by_pressing_done(world, browse):
    quiz = world.law_quiz

    browse(world.lan).get(f"/steps/{quiz.id}", 404)
    browse(world.lan).post(f"/steps/{quiz.id}/done", status=404)

    assert db.session.query(Study).count() == 0


def test_pressing_done_twice_at_the_end_completes_once(world, browse, book):
    lan, (first, second) = browse(world.lan), steps(book)
    lan.post(f"/steps/{first.id}/done")

    answers = [lan.post(f"/steps/{second.id}/done").location for _ in range(2)]

    assert answers == [f"/courses/{book.id}/completed"] * 2
    assert db.session.query(Completion).filter_by(course_id=book.id).count() == 1
    assert db.session.query(Study).filter_by(course_id=book.id).count() == 1


def test_an_old_link_leads_to_the_step_of_the_readers_version(world, browse, book):
    old = steps(book)[0]
    draft(book, by=world.minh)
    publish(book, "", False, by=world.minh)
    new = steps(book)[0]
    finish_step(world.ha, old, by=world.ha)
    begin(world.lan, book, by=world.lan)

    assert browse(world.lan).get(f"/steps/{old.id}", 302).location == f"/steps/{new.id}"
    assert browse(world.ha).get(f"/steps/{old.id}", 302).location == f"/steps/{new.id}"


def test_a_recording_goes_on_where_it_was_left(world, browse):
    _course, step = with_file(world, "media", "nghe.mp3", b"ID3 sound", minutes=15,
                              transcript_vi="Đoạn một.\n\nĐoạn hai.")
    lan = browse(world.lan)

    assert lan.post(f"/steps/{step.id}/place", {"seconds": "75"}, status=204).text == ""

    shown = lan.get(f"/steps/{step.id}")
    player, = shown.all("audio")
    assert (player["data-seconds"], player["src"]) == ("75", f"/files/{step.file_id}/nghe.mp3")
    assert "Bản chữ Đoạn một. Đoạn hai." in shown.text
    assert browse(world.ha).get(f"/steps/{step.id}").all("audio")[0]["data-seconds"] == "0"


def test_a_link_says_that_it_leaves_the_site(world, browse):
    course = begun(world.minh, "C14")
    step = add_step(draft_version(course), "link", {
        "title_vi": "Cổng", "url": "https://vbpl.vn/", "note_vi": "Tìm số 126."}, by=world.minh)
    publish(course, "", False, by=world.minh)

    shown = browse(world.lan).get(f"/steps/{step.id}")

    assert shown.links["Mở trang (rời khỏi trang này)"] == "https://vbpl.vn/"
    assert "Tìm số 126." in shown.text


def test_a_document_is_saved_or_opened_in_a_box_that_can_do_nothing(world, browse):
    _course, step = with_file(world, "document", "Sổ tay.pdf")
    lan, url = browse(world.lan), f"/files/{step.file_id}/so-tay.pdf"

    opened, saved = fetched(lan, url), fetched(lan, f"{url}?save")

    assert opened.data == PDF
    assert opened.headers["Content-Disposition"].startswith("inline")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    for answer in (opened, saved):
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, max-age=86400"


def test_an_office_document_is_never_opened_in_the_browser(world, browse):
    _course, step = with_file(world, "document", "so-tay.docx", b"PK\x03\x04 office")

    answer = fetched(browse(world.lan), f"/files/{step.file_id}/so-tay.docx")

    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_cut_download_goes_on_where_it_stopped(world, browse):
    _course, step = with_file(world, "media", "nghe.mp3", b"0123456789")
    lan, url = browse(world.lan), f"/files/{step.file_id}/nghe.mp3"

    whole = fetched(lan, url)
    rest = fetched(lan, url, Range="bytes=4-", If_Range=whole.headers["ETag"])
    part = fetched(lan, url, Range="bytes=2-5")
    beyond = fetched(lan, url, Range="bytes=99-")
    same = fetched(lan, url, If_None_Match=whole.headers["ETag"])

    assert (whole.status_code, whole.headers["Accept-Ranges"]) == (200, "bytes")
    assert (rest.status_code, rest.data) == (206, b"456789")
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (
        206, b"2345", "bytes 2-5/10")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, "bytes */10")
    assert same.status_code == 304


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=5-2", "bytes=abc", "pages=1-2", "4-"])
def test_a_part_that_is_not_understood_is_the_whole_file(world, browse, asked):
    _course, step = with_file(world, "media", "nghe.mp3", b"0123456789")

    answer = fetched(browse(world.lan), f"/files/{step.file_id}/nghe.mp3", Range=asked)

    assert (answer.status_code, answer.data) == (200, b"0123456789")


def test_a_file_of_a_draft_is_closed_to_its_later_readers(world, browse):
    course = begun(world.minh, "C14")
    file = storage.keep(BytesIO(PDF), "so-tay.pdf")
    add_step(draft_version(course), "document", {"title_vi": "Tệp", "file_id": file.id},
             by=world.minh)

    url = f"/files/{file.id}/so-tay.pdf"

    assert fetched(browse(world.minh), url).data == PDF
    browse(world.lan).get(url, 404)


def test_the_courses_open_to_everybody_with_where_one_stands(world, browse, book):
    finish_step(world.lan, steps(book)[0], by=world.lan)
    published(world.minh, key="C14", open=False)

    lan = browse(world.lan).get("/courses")
    vi = browse(world.vi).get("/courses?q=luat bao")

    assert [word for word in lan.links if word in ("Bộ tài liệu", "Khóa C13", "Khóa C14",
                                                   "Luật Báo chí")] == [
        "Bộ tài liệu", "Khóa C13", "Luật Báo chí"]
    assert "Khóa C13 Trực tuyến. đang học" in lan.text
    assert "Luật Báo chí 12 tiết, trực tuyến. Xong" in vi.text
    assert "Không tìm thấy khóa học nào." in browse(world.lan).get("/courses?q=zzz").text


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 20])
def test_the_courses_on_offer_cost_the_same_however_many(world, browse, count):
    for n in range(count):
        published(world.minh, titles=("Một",), key=f"X{n}")
    lan = browse(world.lan)

    with counted() as statements:
        lan.get("/courses")

    assert len(statements) <= 6


def test_ones_own_record_shows_what_one_learned_and_what_is_under_way(world, browse, book):
    finish_step(world.vi, steps(book)[0], by=world.vi)

    shown = browse(world.vi).get("/record")

    assert ("Luật Báo chí 02/03/2026 trực tuyến 02/03/2029 được tính") in shown.text
    assert "Đang học Khóa C13 bắt đầu 10:00 25/11/2026" in shown.text
    assert "Thu lại" not in shown.text


def test_a_record_says_what_ran_out_and_what_was_taken_back(world, browse, monkeypatch):
    an = browse(world.an)
    url = f"/completions/{world.vi_learned.id}/revocation"
    asked = an.get(url)
    assert "Đàm Thị Vi đã hoàn thành “Luật Báo chí” ngày 02/03/2026." in asked.text

    shown = an.follow(an.post(url, {"on": "2026-11-20", "reason": "QĐ 15"}))

    assert "thu lại 20/11/2026" in shown.text
    assert "Hồ sơ học: Đàm Thị Vi" in shown.text
    latest = completions_of(world.vi)[0]
    assert (latest.revoked_on, url in shown.links.values()) == (date(2026, 11, 20), False)


def test_a_manager_reads_the_record_of_their_people_without_birth_dates(world, browse):
    shown = browse(world.hoa).get(f"/record/{world.lan.id}")

    assert "Hồ sơ học: Nông Thị Lan" in shown.text
    assert ("06/02/1991" in shown.text, "Phóng viên, Báo Cao Bằng" in shown.text) == (False, True)
    browse(world.hoa).get(f"/record/{world.ha.id}", 404)


def test_the_result_of_a_withdrawn_course_stays_with_its_holder(world, browse):
    withdraw(world.press_law, by=world.an)

    shown = browse(world.vi).get(f"/courses/{world.press_law.id}/completed")

    assert "Bạn đã hoàn thành khóa “Luật Báo chí”" in shown.text
    browse(world.lan).get(f"/courses/{world.press_law.id}/completed", 404)


def test_without_a_completion_the_result_page_leads_to_the_course(world, browse):
    answer = browse(world.lan).get(f"/courses/{world.press_law.id}/completed", 302)

    assert answer.location == f"/courses/{world.press_law.id}"


def test_in_english_the_text_is_english_or_marked_as_vietnamese(world, browse, book):
    lan = browse(world.lan)
    lan.client.set_cookie("language", "en")

    english, vietnamese = lan.get(f"/steps/{world.law_intro.id}"), lan.get(
        f"/steps/{steps(book)[0].id}")

    assert [tag["lang"] for tag in english.all("article")] == ["en"]
    assert "Introduction The law is in force from 1 July 2026." in english.text
    assert [tag["lang"] for tag in vietnamese.all("article")] == ["vi"]
    assert "Một" in vietnamese.text
