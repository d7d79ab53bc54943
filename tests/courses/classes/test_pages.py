"""The pages of classes, once for each kind of person, and the errands on them."""
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from lms.kernel.db import db

from courses.classes.actions import cancel_class, close_class, nominate, open_class
from courses.classes.models import CourseClass
from courses.classes.queries import enrolments_in
from tests.courses.classes.classroom import SECOND, address, held, it_is, newcomers, values

FORM = {"code": "L9", "title_vi": "Quyền con người", "mode": "blended", "starts_on": "2026-12-10",
        "ends_on": "2026-12-11", "place": "", "seats": "", "decision": "", "attendance_min": "80",
        "pass_mark": ""}


def tabs_of(page):
    """The parts of a class that the page offers."""
    return [word for word in page.links if word.split(" (")[0] in (
        "Buổi học", "Người học", "Điểm danh", "Kết quả", "Giấy tờ")]


@pytest.mark.parametrize("name, tabs", [
    ("lan", []), ("hoa", ["Buổi học (3)", "Người học"]), ("ha", ["Buổi học (3)", "Người học"]),
    ("minh", ["Buổi học (3)", "Người học", "Điểm danh", "Kết quả", "Giấy tờ"]),
    ("vi", ["Buổi học (3)", "Người học", "Điểm danh", "Kết quả", "Giấy tờ"])])
def test_a_class_shows_each_reader_the_parts_that_are_theirs(world, browse, name, tabs):
    page = browse(getattr(world, name)).get(address(world))

    assert tabs_of(page) == tabs
    assert "Sáng 01/12/2026" in page.text
    assert "dự ít nhất 80 % số buổi và điểm ít nhất 50 trên 100" in page.text


@pytest.mark.parametrize("name, offers", [
    ("lan", set()), ("hoa", {"Cử đi học"}), ("minh", {"Thêm buổi học", "Sửa lớp"}),
    ("an", {"Cử đi học", "Thêm buổi học", "Thêm giảng viên", "Sửa lớp", "Hủy lớp"}),
    ("vi", set())])
def test_a_class_offers_each_reader_what_they_may_do(world, browse, name, offers):
    page = browse(getattr(world, name)).get(address(world))

    assert set(page.links) & {"Cử đi học", "Thêm buổi học", "Thêm giảng viên", "Sửa lớp",
                              "Hủy lớp"} == offers


def test_a_manager_reads_their_people_and_how_many_others_there_are(world, browse):
    nominate(world.december_class, newcomers(world.department, 5), world.department, by=world.ha)

    page = browse(world.hoa).get(address(world, "/people"))

    assert "Ngoài ra còn 5 người của đơn vị khác." in page.text
    assert ("Nông Thị Lan" in page.text, "Nông Văn 1" in page.text) == (True, False)


def test_the_list_of_classes_says_how_many_to_those_who_read_all(world, browse):
    page = browse(world.an).get("/classes?q=bao+chi")
    assert "1 lớp : 0 lượt người, 0 người." in page.text
    assert "0 lượt người" not in browse(world.hoa).get("/classes").text

    assert "Không tìm thấy lớp nào." in browse(world.an).get("/classes?state=closed").text


def test_an_officer_opens_a_class_and_adds_its_sessions(world, browse):
    an = browse(world.an)
    form = {**FORM, "course_id": world.press_law.id, "organiser_id": world.department.id}

    sessions = an.follow(an.post("/classes/new", form))
    opened = db.session.query(CourseClass).filter_by(code="L9").one()
    assert (opened.internal, opened.seats, opened.pass_mark, opened.mode) == (
        False, None, None, "blended")
    assert "Đã mở lớp L9. Hãy thêm các buổi học." in sessions.text
    assert [field["value"] for field in sessions.all("input") if field.get("name") == "on"] == [
        "10/12/2026"]

    slot = {"half": "morning", "topic_vi": "Mở đầu", "trainer_id": "0", "periods": "4"}
    more = an.post(f"/classes/{opened.id}/sessions/new", {**slot, "on": "2026-12-10", "more": "1"})
    assert more.location.endswith("/sessions/new")
    an.post(f"/classes/{opened.id}/sessions/new", {**slot, "on": "2026-12-11"})

    assert [(one.on, one.half, one.trainer_id) for one in opened.sessions] == [
        (date(2026, 12, 10), "morning", None), (date(2026, 12, 11), "morning", None)]


def test_a_form_that_is_wrong_comes_back_with_what_was_typed(world, browse):
    form = {**FORM, "course_id": world.press_law.id, "organiser_id": world.department.id,
            "code": "Lớp 1", "ends_on": "2026-12-01"}

    page = browse(world.an).post("/classes/new", form, status=200)

    assert "Ngày cuối đứng trước ngày đầu" in page.text
    assert "Chỉ dùng chữ không dấu" in page.text
    assert "Lớp 1" in [field.get("value") for field in page.all("input")]


def test_a_contact_person_opens_an_internal_class_and_chooses_who_teaches(world, browse):
    ha = browse(world.ha)
    form = {**FORM, "course_id": world.kit.id, "organiser_id": world.office.id}
    ha.post("/classes/new", form)
    opened = db.session.query(CourseClass).filter_by(code="L9").one()
    assert opened.internal

    offered = ha.get(f"/classes/{opened.id}/trainers")
    assert "Triệu Văn Minh" in offered.text
    ha.post(f"/classes/{opened.id}/trainers", {"person": world.minh.id})
    assert [one.person.key for one in opened.trainers] == ["MINH"]
    ha.post(f"/classes/{opened.id}/trainers", {"person": world.lan.id}, status=404)
    ha.post("/classes/new", {**form, "code": "L10", "organiser_id": world.newspaper.id},
            status=200)
    assert db.session.query(CourseClass).filter_by(code="L10").count() == 0


def test_a_trainer_changes_when_and_where_but_not_the_rule(world, browse):
    browse(world.minh).post(address(world, "/edit"), {
        "mode": "online", "starts_on": "2026-12-01", "ends_on": "2026-12-05", "place": "Zalo",
        "attendance_min": "0"})

    course_class = world.december_class
    assert (course_class.mode, course_class.ends_on, course_class.place,
            course_class.attendance_min) == ("online", date(2026, 12, 5), "Zalo", 80)


def test_a_session_is_changed_and_removed(world, browse):
    minh, session = browse(world.minh), world.first_session
    minh.post(f"/sessions/{session.id}", {
        "on": "2026-12-02", "half": "evening", "topic_vi": "Nguồn tin", "topic_en": "Sources",
        "trainer_id": world.minh.id, "periods": "3"})
    assert (session.on, session.half, session.topic_en, session.periods) == (
        SECOND, "evening", "Sources", 3)

    minh.post(f"/sessions/{session.id}/removal")

    assert len(world.december_class.sessions) == 2


def test_a_trainee_finds_the_days_the_place_and_the_calendar(world, browse):
    lan = browse(world.lan)
    page = lan.get("/my-classes")

    assert ("Sáng 01/12/2026; chiều 01/12/2026; sáng 02/12/2026. Hội trường tầng 2."
            in page.text)
    assert "còn 6 ngày" in page.text
    assert {one.get(url).links["Xem trên bản đồ"] for one, url in (
        (lan, "/my-classes"), (lan, "/my-work"), (browse(world.minh), address(world)))} == {
        "https://www.google.com/maps/search/?api=1&query=H%E1%BB%99i+tr%C6%B0%E1%BB%9Dng+t%E1%BA"
        "%A7ng+2"}
    file = lan.get(page.links["Thêm vào lịch"])
    assert file.response.mimetype == "text/calendar"
    assert file.response.headers["Content-Disposition"] == (
        'attachment; filename="LBC-2026-02.ics"')
    assert file.response.text.count("BEGIN:VEVENT") == 3
    assert "Bạn chưa ở lớp nào." in browse(world.hoa).get("/my-classes").text


def test_nobody_looks_for_a_class_online_on_a_map(world, browse):
    world.december_class.mode = "online"

    assert "Xem trên bản đồ" not in browse(world.lan).get("/my-classes").links


def test_a_class_called_off_tells_its_people_why(world, browse):
    browse(world.an).post(address(world, "/cancellation"), {"reason": "Bão số 12"})

    lan = browse(world.lan)
    assert "Bão số 12" in lan.get("/my-classes").text
    assert "Lớp này đã bị hủy. Bão số 12" in lan.get(address(world)).text


def test_a_manager_takes_somebody_out_with_a_reason_and_undoes_it(world, browse):
    hoa, seat = browse(world.hoa), world.seat
    url = f"/enrolments/{seat.id}/withdrawal"
    assert "1 ô cần xem lại." in hoa.post(url, {"reason": ""}, status=200).text

    page = hoa.follow(hoa.post(url, {"reason": "Đi công tác"}))
    assert "Đã rút Nông Thị Lan khỏi lớp." in page.text
    assert seat.withdrawn_at is not None
    hoa.post(f"/enrolments/{seat.id}/return")

    assert seat.withdrawn_at is None


def test_a_manager_sends_somebody_else_of_the_same_unit(world, browse):
    hoa, seat = browse(world.hoa), world.seat
    url = f"/enrolments/{seat.id}/replacement"
    offered = [field["value"] for field in hoa.get(url).all("option")]
    assert offered == [str(world.hoa.id)]
    hoa.post(url, {"person_id": world.ha.id, "reason": "Ốm"}, status=200)

    hoa.post(url, {"person_id": world.hoa.id, "reason": "Ốm"})

    assert [one.person.key for one in enrolments_in(world.december_class)] == ["HOA"]


def test_the_seats_of_a_unit_are_set_on_a_page(world, browse):
    an = browse(world.an)

    page = an.follow(an.post(address(world, "/quotas"), {
        "unit_id": world.newspaper.id, "seats": "3"}))

    assert "Báo Cao Bằng nhiều nhất 3 chỗ" in page.text


def lines(file):
    """The rows of the first sheet of a workbook that was sent."""
    return list(load_workbook(BytesIO(file.response.data)).worksheets[0].values)


def test_the_list_of_people_is_a_workbook_without_days_of_birth(world, browse, monkeypatch):
    it_is(monkeypatch, SECOND)
    held(world.december_class, by=world.minh, mark="87,5")
    close_class(world.december_class, by=world.minh)

    file = browse(world.hoa).get(address(world, "/people.xlsx"))

    assert lines(file)[2:] == [
        ("STT", "Họ và tên", "Năm sinh", "Đơn vị", "Số buổi dự", "Số buổi vắng có phép",
         "Buổi học", "Điểm", "Kết quả"),
        (1, "Nông Thị Lan", "1991", "Báo Cao Bằng", 3, 0, 3, 87.5, "đạt")]


def test_the_list_of_classes_is_a_workbook_of_what_one_sees(world, browse):
    open_class(values(world, code="IN"), by=world.ha)

    def codes(person):
        file = browse(person).get("/classes.xlsx")
        return [row[1] for row in lines(file)[1:]]

    assert (codes(world.hoa), codes(world.ha)) == (["LBC-2026-02"], ["IN", "LBC-2026-02"])


def test_the_lists_to_sign_are_papers(world, browse):
    minh = browse(world.minh)
    page = minh.get(address(world, "/papers"))

    one = minh.get(page.links["Mở Sáng 01/12/2026"])
    every = minh.get(page.links["Mở Danh sách điểm danh, ký nhận tất cả các buổi"])

    assert [file.response.mimetype for file in (one, every)] == ["application/pdf"] * 2
    assert one.response.headers["Content-Disposition"] == (
        'inline; filename="diem-danh-LBC-2026-02.pdf"')


def test_a_class_without_sessions_has_no_list_to_sign(world, browse):
    empty = open_class(values(world), by=world.an)

    page = browse(world.an).get(f"/classes/{empty.id}/sheets.pdf", status=409)

    assert "chưa có danh sách để ký" in page.text


def test_a_cancelled_class_offers_nothing_more(world, browse):
    cancel_class(world.december_class, "Bão", by=world.an)

    page = browse(world.an).get(address(world))

    assert set(page.links) & {"Cử đi học", "Thêm buổi học", "Sửa lớp", "Hủy lớp"} == set()
    assert "Rút khỏi lớp" not in browse(world.an).get(address(world, "/people")).text
