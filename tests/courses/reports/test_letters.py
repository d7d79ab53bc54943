"""The letters and decisions of a class: what they say."""
from datetime import UTC, date, datetime

import pytest

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.models import Posting

from courses.classes.actions import close_class, nominate, open_class, set_quota
from courses.classes.queries.lecturers import lecturers_in
from courses.reports.letters import DOTS, nominating, opening, programme, recognising
from courses.reports.papers import drawn
from courses.reports.queries.letters import invitation_of, matter_of_class
from tests.courses.classes.classroom import SECOND, held, it_is, newcomers, seat_of, values
from tests.courses.reports.reading import words_of
from tests.lms.organisations.reform import founded
from tests.statements import counted


@pytest.fixture
def course_class(world):
    """The class of December; Hoa teaches its last session, Minh the others."""
    world.december_class.sessions[-1].trainer = world.hoa
    db.session.flush()
    return world.december_class


def rows_of(paper, annex=0):
    """The rows of an annex of the paper."""
    return paper.annexes[annex].grid.rows


def test_the_letter_to_the_units_says_all_that_they_need(world, course_class):
    set_quota(course_class, world.department, 4, by=world.an)

    words = words_of(nominating(matter_of_class(course_class)))

    for line in (
            "V/v cử người tham gia lớp “Luật Báo chí, khóa 2/2026”", "Số: ……/SVH",
            "Kính gửi: Sở Văn hóa", "1. Nội dung: Luật Báo chí, 12 tiết.",
            "2. Thời gian: từ ngày 01/12/2026 đến ngày 02/12/2026 (03 buổi, bắt đầu từ buổi sáng).",
            "3. Hình thức, địa điểm: trực tiếp, tại Hội trường tầng 2.",
            "4. Đối tượng: người thuộc diện các chỉ tiêu: Phóng viên được tập huấn; Cán bộ được "
            "tập huấn và trang bị tài liệu.",
            "5. Số lượng: 04 người, theo từng đơn vị tại Phụ lục.",
            "6. Đăng ký: trước ngày 01/12/2026; người phụ trách của đơn vị ghi tên người được cử "
            "tại địa chỉ:", f"http://127.0.0.1:8000/classes/{course_class.id}",
            "1 | Sở Văn hóa | 4", " | Cộng | 4",
            "01/12/2026 | Sáng | Luật Báo chí | Triệu Văn Minh | 4"):
        assert line in words.split("\n")


def test_few_units_are_addressed_by_name_and_many_stand_in_the_annex(world, course_class):
    for unit in (world.newspaper, world.department):
        set_quota(course_class, unit, 2, by=world.an)
    assert nominating(matter_of_class(course_class)).addressed == (
        "Kính gửi:", "- Báo Cao Bằng;", "- Sở Văn hóa.")

    for number in range(4):
        commune = founded(f"X{number}", f"Xã Số {number}", world.province, kind="commune")
        set_quota(course_class, commune, 1, by=world.an)
    paper = nominating(matter_of_class(course_class))

    assert paper.addressed == ("Kính gửi: Các cơ quan, đơn vị có tên trong Phụ lục kèm theo",)
    assert {row[1] for row in rows_of(paper)} == {
        "Báo Cao Bằng", "Sở Văn hóa", *(f"UBND xã Số {number}" for number in range(4))}
    assert paper.annexes[0].grid.total == ("", "Cộng", 8)


def test_without_seats_of_their_own_all_units_are_asked_and_an_internal_class_asks_its_own(
        world, course_class):
    everybody = nominating(matter_of_class(course_class))
    internal = nominating(matter_of_class(open_class(values(world), by=world.ha)))

    assert everybody.to == ("Các cơ quan, đơn vị",)
    assert internal.to == ("Các phòng, đơn vị thuộc Sở Văn hóa",)
    assert "5. Số lượng: tối đa 40 người." in words_of(everybody)
    assert "5. Số lượng: không giới hạn." in words_of(internal)


def test_what_is_not_known_of_a_class_is_left_as_dots_and_no_annex_is_empty(world):
    bare = open_class(values(world, ends_on=date(2026, 12, 1)), by=world.an)
    for goal in (world.goal_a, world.goal_b):
        goal.valid_to = bare.starts_on
    db.session.flush()

    words = words_of(nominating(matter_of_class(bare)))

    # A title that begins with the word itself says it once.
    assert "V/v cử người tham gia lớp thử" in words
    assert "2. Thời gian: ngày 01/12/2026." in words
    assert f"3. Hình thức, địa điểm: trực tiếp, tại {DOTS}." in words
    assert f"4. Đối tượng: {DOTS}." in words
    assert "Phụ lục" not in words


def test_a_lecturer_is_invited_to_the_sessions_of_theirs_alone(world, course_class):
    assert lecturers_in(course_class) == [world.minh, world.hoa]

    paper = invitation_of(world.hoa, matter_of_class(course_class))

    assert "trân trọng kính mời Ông/Bà: Bế Thị Hoa, " in words_of(paper)
    assert "lớp “Luật Báo chí, khóa 2/2026” (mã lớp LBC-2026-02), 04 tiết:" in words_of(paper)
    assert paper.grids[0].rows == [(SECOND, "Sáng", "Luật Báo chí", 4)]


def test_the_decision_sends_whoever_is_in_the_class_in_the_order_of_the_dictionary(
        world, course_class):
    for name in ("Đàm Thị Ánh", "Lý Văn An", "Hoàng Thị Ẩn", "Bế Thị Đào", "Nông Thị Dung"):
        [person] = newcomers(world.newspaper, 1, name)
        person.full_name = name
        nominate(course_class, [person], world.newspaper, by=world.an)

    paper = opening(matter_of_class(course_class))

    assert [row[1] for row in rows_of(paper)] == [
        "Lý Văn An", "Đàm Thị Ánh", "Hoàng Thị Ẩn", "Nông Thị Dung", "Bế Thị Đào", "Nông Thị Lan"]
    assert rows_of(paper)[-1] == (6, "Nông Thị Lan", "1991", "Báo Cao Bằng", "Phóng viên")
    assert "Điều 2. Cử 06 người có tên trong danh sách kèm theo tham gia lớp." in words_of(paper)
    assert [part.bold for part in paper.body if getattr(part, "bold", "")] == [
        "Điều 1.", "Điều 2.", "Điều 3.", "Điều 4."]
    assert [annex.label for annex in paper.annexes] == ["Phụ lục I", "Phụ lục II"]


def test_a_decision_names_the_units_and_titles_of_the_day_on_which_the_class_begins(
        world, course_class):
    before = rows_of(opening(matter_of_class(course_class)))
    world.lan.postings[0].valid_to = date(2026, 12, 2)
    db.session.add(Posting(person=world.lan, unit=world.department, title="Trưởng phòng",
                           main=True, valid_from=date(2026, 12, 2)))
    db.session.flush()

    assert rows_of(opening(matter_of_class(course_class))) == before


def test_without_people_and_sessions_the_decision_has_no_empty_annex(world):
    paper = opening(matter_of_class(open_class(values(world), by=world.an)))

    assert paper.annexes == ()
    assert "danh sách được phê duyệt bổ sung" in words_of(paper)


def test_the_committee_of_a_place_decides_for_it(world, course_class):
    course_class.organiser = founded("XBL", "Xã Bảo Lâm", world.province, kind="commune")
    db.session.flush()

    paper = opening(matter_of_class(course_class))

    assert paper.body[0].text == "ỦY BAN NHÂN DÂN XÃ BẢO LÂM"
    assert paper.number == "Số: ……/QĐ-UBND"
    assert paper.signs_as == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


def test_the_programme_adds_the_periods_up(course_class):
    words = words_of(programme(matter_of_class(course_class)))

    assert "CHƯƠNG TRÌNH\nLớp “Luật Báo chí, khóa 2/2026”" in words
    assert " | Cộng |  |  | 12" in words


@pytest.fixture
def closed_class(world, course_class, monkeypatch):
    """The class closed, with two in it: Lan passed, Páo did not."""
    it_is(monkeypatch, SECOND)
    nominate(course_class, [world.pao], world.office, by=world.an)
    held(course_class, by=world.minh, mark="87,5")
    seat_of(course_class, world.pao).mark = 40
    db.session.flush()
    close_class(course_class, by=world.an)
    return course_class


def test_the_decision_recognises_everybodys_result_and_grants_the_certificates(closed_class):
    paper = recognising(matter_of_class(closed_class))
    words = words_of(paper)

    assert rows_of(paper) == [
        (1, "Nông Thị Lan", "1991", "Báo Cao Bằng", "3/3", "87,5", "Đạt"),
        (2, "Vàng A Páo", "1988", "Văn phòng Sở Văn hóa", "3/3", "40", "Không đạt")]
    assert "02 người tham gia, 01 người đạt, có danh sách kèm theo." in words
    assert "Điều 2. Cấp giấy chứng nhận cho những người đạt" in words
    assert "về việc mở lớp “Luật Báo chí, khóa 2/2026”;" in words


def test_no_certificates_are_granted_where_the_course_gives_none_or_nobody_passed(
        world, closed_class):
    closed_class.course.certified = False
    db.session.flush()
    assert "giấy chứng nhận" not in words_of(recognising(matter_of_class(closed_class)))

    closed_class.course.certified = True
    seat_of(closed_class, world.lan).passed = False
    db.session.flush()
    assert "giấy chứng nhận" not in words_of(recognising(matter_of_class(closed_class)))


def test_a_letter_is_of_the_year_in_which_it_is_written(world, course_class, monkeypatch):
    course_class.starts_on = course_class.ends_on = date(2027, 1, 5)
    course_class.closed_at = datetime(2027, 1, 6, 3, tzinfo=UTC)
    db.session.flush()

    assert clock.today().year == 2026
    matter = matter_of_class(course_class)

    assert opening(matter).place_date.endswith("năm 2026")
    assert recognising(matter).place_date.endswith("năm 2027")
    assert "năm 2027 của Sở Văn hóa)" in recognising(matter).annexes[0].belongs


def test_the_letters_ask_as_many_statements_for_three_people_as_for_three_hundred(
        world, course_class):
    course_class.seats = None
    asked = []
    for count, name in ((2, "Lý Văn"), (297, "Bế Văn")):
        nominate(course_class, newcomers(world.newspaper, count, name), world.newspaper,
                 by=world.an)
        db.session.expire_all()
        with counted() as statements:
            found = matter_of_class(course_class)
        asked.append(len(statements))

    assert len(found.people) == 300
    assert asked[0] == asked[1]


def test_every_letter_is_a_paper_without_a_note_on_drafts(course_class):
    matter = matter_of_class(course_class)

    for letter in (nominating, opening, programme):
        assert "Dự thảo" not in words_of(letter(matter))
        assert drawn(letter(matter), "pdf").startswith(b"%PDF")
