"""A trainer's pages: the day, attendance, marks, and the end of a class."""
from datetime import date
from decimal import Decimal

from lms.kernel.db import db

from courses.classes.actions import all_present, mark_attendance, mark_what_stands, nominate
from courses.classes.models import Attendance, Enrolment, Session
from courses.classes.queries import enrolments_in
from tests.courses.classes.classroom import (
    AFTERWARDS,
    FIRST,
    SECOND,
    address,
    held,
    it_is,
    seat_of,
)


def marked(world):
    """(session, person) → mark, of all that is marked."""
    rows = db.session.query(Attendance).all()
    return {(db.session.get(Session, row.session_id).half,
             db.session.get(Enrolment, row.enrolment_id).person.key): row.mark for row in rows}


def test_a_trainer_marks_a_session_on_a_phone_without_scripts(world, browse, monkeypatch):
    it_is(monkeypatch, FIRST)
    nominate(world.december_class, [world.ha, world.pao], world.department, by=world.ha)
    minh, session = browse(world.minh), world.first_session
    url, pao = f"/sessions/{session.id}/attendance", seat_of(world.december_class, world.pao)

    saved = minh.follow(minh.post(url, {f"m-{session.id}-{pao.id}-": "excused"}))
    assert "Đã lưu điểm danh: 1 thay đổi." in saved.text
    assert "Còn 2 người chưa điểm danh." in saved.text
    minh.post(url, {"all": "1"})

    assert marked(world) == {("morning", "PAO"): "excused", ("morning", "LAN"): "present",
                             ("morning", "HA"): "present"}
    assert "2 trên 3 người có mặt." in minh.get(url).text


def test_a_page_opened_an_hour_ago_does_not_undo_what_was_marked_since(world, browse, monkeypatch):
    it_is(monkeypatch, FIRST)
    session, lan = world.first_session, world.seat
    mark_attendance(session, {lan.id: "late"}, by=world.an)
    minh = browse(world.minh)

    page = minh.follow(minh.post(address(world, "/attendance"), {
        f"m-{session.id}-{lan.id}-": "", "m-x-y-z": "present"}))

    assert "Không có gì thay đổi nên không lưu gì." in page.text
    assert marked(world) == {("morning", "LAN"): "late"}


def test_whom_two_marked_differently_is_told_and_settled_and_the_others_are_saved(
        world, browse, monkeypatch):
    it_is(monkeypatch, FIRST)
    nominate(world.december_class, [world.ha], world.department, by=world.ha)
    ha, lan = enrolments_in(world.december_class)
    session, minh = world.first_session, browse(world.minh)
    url = f"/sessions/{session.id}/attendance"
    mark_attendance(session, {lan.id: "late"}, by=world.an)

    page = minh.post(url, {f"m-{session.id}-{lan.id}-": "absent",
                           f"m-{session.id}-{ha.id}-": "present"}, status=409)
    assert "1 lựa chọn của bạn chưa được lưu" in page.text
    assert "Giữ: đến muộn Lý Hoài Ân, 10:00 01/12/2026" in page.text
    assert "Thay bằng lựa chọn của bạn: vắng" in page.text
    assert marked(world) == {("morning", "LAN"): "late", ("morning", "HA"): "present"}

    minh.post(url, {f"m-{session.id}-{lan.id}-late": "late"})
    assert marked(world)["morning", "LAN"] == "late"
    minh.post(url, {f"m-{session.id}-{lan.id}-late": "absent"})
    assert marked(world)["morning", "LAN"] == "absent"


def test_what_two_chose_alike_is_no_clash(world, browse, monkeypatch):
    it_is(monkeypatch, FIRST)
    session, lan = world.first_session, world.seat
    mark_attendance(session, {lan.id: "late"}, by=world.an)
    minh = browse(world.minh)

    page = minh.follow(minh.post(f"/sessions/{session.id}/attendance",
                                 {f"m-{session.id}-{lan.id}-": "late"}))

    assert "Không có gì thay đổi nên không lưu gì." in page.text


def test_somebody_never_marked_is_marked_by_whoever_must_be_read_again(world, monkeypatch):
    it_is(monkeypatch, FIRST)
    db.session.commit()

    marked, clashes = mark_what_stands(
        world.first_session.course_class,
        {world.first_session.id: {world.seat.id: (None, "present")}}, by=world.an)

    assert (marked, clashes) == (1, [])


def test_the_grid_too_tells_whom_two_marked_differently(world, browse, monkeypatch):
    it_is(monkeypatch, FIRST)
    session, lan = world.first_session, world.seat
    mark_attendance(session, {lan.id: "present"}, by=world.an)
    mark_attendance(session, {lan.id: None}, by=world.an)
    minh = browse(world.minh)

    page = minh.post(address(world, "/attendance"),
                     {f"m-{session.id}-{lan.id}-present": "absent"}, status=409)

    assert "Giữ: chưa ghi" in page.text
    assert f"m-{session.id}-{lan.id}-" in [field["name"] for field in page.all("input")
                                           if "checked" in field]
    assert marked(world) == {}


def test_the_grid_saves_the_cells_that_were_changed(world, browse, monkeypatch):
    it_is(monkeypatch, SECOND)
    nominate(world.december_class, [world.ha], world.department, by=world.ha)
    ha, lan = enrolments_in(world.december_class)
    morning, afternoon, _last = world.december_class.sessions
    minh = browse(world.minh)

    saved = minh.follow(minh.post(address(world, "/attendance"), {
        f"m-{morning.id}-{ha.id}-": "present", f"m-{morning.id}-{lan.id}-": "absent",
        f"m-{afternoon.id}-{ha.id}-": "late", f"m-{afternoon.id}-{lan.id}-": ""}))

    assert marked(world) == {("morning", "HA"): "present", ("morning", "LAN"): "absent",
                             ("afternoon", "HA"): "late"}
    assert "2 người, 2 buổi đã điểm danh . 1 người không còn đủ 80 % số buổi: Nông Thị Lan." in (
        saved.text)
    assert len(saved.all("select")) == 6
    assert browse(world.vi).get(address(world, "/attendance")).all("select") == []
    browse(world.vi).post(address(world, "/attendance"), {}, status=404)


def test_after_seven_days_a_trainer_reads_and_an_officer_gives_the_reason(
        world, browse, monkeypatch):
    it_is(monkeypatch, date(2026, 12, 9))
    session, lan = world.first_session, world.seat
    url, sent = f"/sessions/{session.id}/attendance", {f"m-{session.id}-{lan.id}-": "present"}

    assert "Bạn không còn điểm danh được buổi này." in browse(world.minh).get(url).text
    assert "Hãy nhờ phụ trách đào tạo" in browse(world.minh).post(url, sent, status=409).text
    an = browse(world.an)
    assert "Lý do nhập muộn" in an.get(url).text
    assert "Hãy ghi lý do nhập muộn" in an.post(url, sent, status=409).text
    an.post(url, {**sent, "reason": "Giấy ký đến muộn"})

    assert marked(world) == {("morning", "LAN"): "present"}


def test_attendance_is_pasted_chosen_and_only_then_saved(world, browse, monkeypatch):
    it_is(monkeypatch, FIRST)
    session, lan = world.first_session, world.seat

    page = browse(world.minh).post(f"/sessions/{session.id}/attendance/pasted", {
        "block": "STT\tHọ và tên\tSáng\n1\tNông Thị Lan\tP\n2\tLục Văn Bá\tx"}, status=200)

    assert [field["value"] for field in page.all("input") if "checked" in field] == ["excused"]
    assert "chưa lưu gì" in page.text
    assert "2 Lục Văn Bá x" in page.text
    assert [field["name"] for field in page.all("input") if "checked" in field] == [
        f"m-{session.id}-{lan.id}-"]
    assert marked(world) == {}


def test_marks_are_typed_and_a_wrong_one_loses_none_of_the_others(world, browse):
    nominate(world.december_class, [world.ha], world.department, by=world.ha)
    ha, lan = enrolments_in(world.december_class)
    minh, url = browse(world.minh), address(world, "/marks")

    page = minh.post(url, {f"m{ha.id}": "8o", f"m{lan.id}": "77,5"}, status=200)
    assert "Lỗi: điểm là số từ 0 đến 100." in page.text
    assert [field["value"] for field in page.all("input") if field["name"].startswith("m")] == [
        "8o", "77,5"]
    assert (ha.mark, lan.mark) == (None, None)
    minh.post(url, {f"m{ha.id}": "80", f"m{lan.id}": "77,5"})

    assert (ha.mark, lan.mark) == (Decimal(80), Decimal("77.5"))
    assert [field["value"] for field in minh.get(url).all("input")
            if field["name"].startswith("m")] == ["80", "77,5"]


def test_marks_are_pasted_filled_in_and_only_then_saved(world, browse):
    page = browse(world.minh).post(address(world, "/marks/pasted"), {
        "block": "Nông Thị Lan\t1991\t66,5\r\nNông Thị Lan\t1991\tgiỏi"}, status=200)

    assert [field["value"] for field in page.all("input") if field["name"].startswith("m")] == [
        "66,5"]
    assert "Không thấy gì để nhập ở các dòng này: Nông Thị Lan 1991 giỏi" in page.text
    assert world.seat.mark is None


def test_a_class_is_closed_by_one_button_that_says_for_how_many(world, browse, monkeypatch):
    it_is(monkeypatch, SECOND)
    minh, url = browse(world.minh), address(world, "/closing")
    open_still = minh.get(url).text
    assert "Còn thiếu điểm danh của 1 người." in open_still
    assert open_still.count("Nông Thị Lan") == 1
    assert "Hãy nhập phần còn thiếu" in minh.post(url, status=409).text
    held(world.december_class, by=world.minh, mark="87,5")

    before = minh.get(url)
    assert "Tính đến lúc này, 1 trên 1 người đạt." in before.text
    assert "Đóng lớp và ghi kết quả cho 1 người" in before.text
    after = minh.follow(minh.post(url))

    assert "1 trên 1 người đạt. Đóng lớp lúc 10:00 02/12/2026." in after.text
    assert "Đóng lớp và ghi kết quả" not in after.text
    assert "Lớp này đã đóng" in minh.post(url, status=409).text


def test_a_trainer_finds_the_day_the_classes_and_what_waits(world, browse, monkeypatch):
    assert "Hôm nay bạn không có buổi dạy." in browse(world.minh).get("/today").text
    it_is(monkeypatch, SECOND)
    all_present(world.first_session, by=world.minh)

    page = browse(world.minh).get("/today")

    assert page.links["Điểm danh Sáng 02/12/2026"].startswith("/sessions/")
    assert page.links["Điểm danh Chiều 01/12/2026"].startswith("/sessions/")
    assert "Điểm danh Sáng 01/12/2026" not in page.links
    assert page.links["Giấy tờ Luật Báo chí, khóa 2/2026"] == address(world, "/papers")
    it_is(monkeypatch, AFTERWARDS)
    assert "Lớp đã học xong; chưa ghi kết quả." in browse(world.minh).get("/today").text
