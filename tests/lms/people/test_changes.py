"""Staff changes by workbook: read, tried, looked through, recorded as a whole, undone."""
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.sheets import Sheet, Table, write_workbook
from lms.people import change_actions
from lms.people.actions import leave, post
from lms.people.change_actions import confirm_changes, correct_changes, upload_changes
from lms.people.changebook import read_changes, what_of
from lms.people.erasing import erase
from lms.people.import_actions import undo
from lms.people.models import Import, Membership, Person, Posting
from lms.people.queries import memberships_of, postings_of

from courses.coverage.queries import figures
from tests.statements import counted

HEADINGS = ["STT", "Mã cán bộ", "Họ và tên", "Năm sinh", "Đơn vị", "Chức vụ", "Biến động",
            "Từ ngày", "Đơn vị mới", "Chức vụ mới"]
TODAY, BEGAN = date(2026, 11, 25), date(2018, 1, 1)
OFFICE, DEPARTMENT = "Văn phòng Sở Văn hóa", "Sở Văn hóa"
PAO = ("PAO", "Vàng A Páo", 1988, OFFICE, "Chuyên viên")
MINH = ("MINH", "Triệu Văn Minh", 1980, DEPARTMENT, "Chuyên viên")


@pytest.fixture(autouse=True)
def an_hour_later(monkeypatch, world):
    """The workbook comes after everything in the world was recorded."""
    now = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "source", lambda: now)


@pytest.fixture
def sent(world):
    """``sent((*PAO, "Nghỉ hưu", "01/11/2026"), …)``: a workbook of these rows Hạ uploads."""
    def send(*rows, by=None):
        return upload_changes(BytesIO(workbook(*rows)), "bien-dong.xlsx", by=by or world.ha)
    return send


def workbook(*rows):
    """The workbook with these rows filled in."""
    return write_workbook([Table("Biến động", HEADINGS, [
        [number, *row, *[""] * (9 - len(row))] for number, row in enumerate(rows, 1)])])


def answers(batch):
    """What would happen to each row, and the codes of its faults."""
    return [(item["outcome"], [fault["code"] for fault in item["faults"]])
            for item in batch.plan["rows"]]


def posts(person):
    """The posts of ``person`` that hold on some day, the newest first."""
    return [(p.unit.key, p.title, p.main, p.valid_from, p.valid_to) for p in postings_of(person)
            if p.valid_from != p.valid_to]


def known():
    """Every post and membership as now believed."""
    return [[tuple(row) for row in db.session.execute(
        select(fact.person_id, column, fact.valid_from, fact.valid_to).where(fact.known_at())
        .order_by(fact.person_id, fact.valid_from, column))]
        for fact, column in ((Posting, Posting.unit_id), (Membership, Membership.group_id))]


@pytest.mark.parametrize("words, what", [
    ("Chuyển", "moved"), ("chuyển đơn vị", "moved"), ("Điều động đến", "moved"),
    ("Moved", "moved"), ("Đổi chức vụ", "retitled"), ("Bổ nhiệm chức vụ", "retitled"),
    ("Another title", "retitled"), ("Kiêm nhiệm", "took-on"), ("One more post", "took-on"),
    ("Trở lại", "came-back"), ("Came back", "came-back"), ("Thôi việc", "resigned"),
    ("nghỉ việc", "resigned"), ("Nghỉ hưu", "retired"), ("về hưu", "retired"),
    ("Chuyển ra ngoài tỉnh", "elsewhere"), ("Went to an office outside this province",
                                            "elsewhere"),
    ("", ""), ("Nghỉ phép", ""), ("Khác", "")])
def test_what_clerks_write_is_understood(words, what):
    assert what_of(words) == what


@pytest.mark.parametrize("typed, day, faults", [
    ("01/11/2026", "2026-11-01", []), ("1-2-26", "2026-02-01", []),
    ("ngày 05 tháng 02 năm 2026", "2026-02-05", []), ("2026-11-01", "2026-11-01", []),
    (datetime(2026, 11, 1, tzinfo=UTC), "2026-11-01", []), (date(2026, 11, 1), "2026-11-01", []),
    (46327, "2026-11-01", []), ("31/02/2026", "", ["day-form"]), ("2026", "1905-07-18", []),
    ("hôm qua", "", ["day-form"]), ("01/11/1926", "", ["day-far"]), ("", "", [])])
def test_a_day_is_read_as_clerks_write_it(typed, day, faults):
    sheet = Sheet("A", [["Họ và tên", "Biến động", "Từ ngày"], ["Vàng A Páo", "Nghỉ hưu", typed]])

    row, = read_changes(sheet, TODAY).rows

    expected = ("", ["day-far"]) if day.startswith("19") else (day, faults)
    assert (row.since, [fault.code for fault in row.faults]) == expected


def test_letterhead_totals_and_blank_rows_are_no_people():
    sheet = Sheet("A", [["UBND TỈNH"], [], ["STT", "Họ và tên", "Biến động", "Từ ngày"],
                        [1, "Vàng A Páo", "", ""], [], ["", "Tổng số: 1 người", "", ""]])

    listing = read_changes(sheet, TODAY)

    assert (listing.headings_line, [(row.line, row.full_name, row.asks)
                                    for row in listing.rows]) == (3, [(4, "Vàng A Páo", False)])


@pytest.mark.slow
def test_each_kind_of_change_is_recorded_from_its_day(world, sent):
    post(world.pao, {"unit": world.department, "title": "Thủ quỹ", "main": False,
                     "valid_from": date(2026, 7, 1)}, by=world.an)
    leave(world.lan, date(2026, 9, 1), "resigned", by=world.an)
    # Minh has another title, Páo retires, Ân takes on a post in the newspaper, Vi moves there
    # with a new title, Lan comes back, Hạ moves and keeps the title.
    done = confirm_changes(sent(
        (*MINH, "Đổi chức vụ", "01/10/2026", "", "Trưởng phòng"),
        (*PAO, "Nghỉ hưu", "15/11/2026"),
        ("AN", "Lý Hoài Ân", 1979, "", "", "Kiêm nhiệm", "01/11/2026", "BAO", "Cố vấn"),
        ("", "Đàm Thị Vi", 1970, "", "", "Chuyển", "01/12/2026", "Báo Cao Bằng", "Phó Tổng"),
        ("LAN", "", "", "", "", "Trở lại", "01/11/2026", "Báo Cao Bằng", "Phóng viên"),
        ("HA", "Bế Văn Hạ", "", "", "", "Chuyển", "20/11/2026", OFFICE),
        by=world.an), by=world.an)

    assert done == 6
    assert posts(world.minh) == [
        ("SVH", "Trưởng phòng", True, date(2026, 10, 1), None),
        ("SVH", "Chuyên viên", True, BEGAN, date(2026, 10, 1))]
    assert posts(world.pao) == [
        ("SVH", "Thủ quỹ", False, date(2026, 7, 1), date(2026, 11, 15)),
        ("SVH-VP", "Chuyên viên", True, BEGAN, date(2026, 11, 15))]
    assert [m.valid_to for m in memberships_of(world.pao)] == [date(2026, 11, 15)]
    assert posts(world.an)[0] == ("BAO", "Cố vấn", False, date(2026, 11, 1), None)
    assert posts(world.vi)[0] == ("BAO", "Phó Tổng", True, date(2026, 12, 1), None)
    assert posts(world.lan)[0] == ("BAO", "Phóng viên", True, date(2026, 11, 1), None)
    assert posts(world.ha)[0] == ("SVH-VP", "Chuyên viên", True, date(2026, 11, 20), None)


@pytest.mark.parametrize("row, code", [
    ((*PAO, "Nghỉ phép", "01/11/2026"), "happening-unknown"),
    ((*PAO, "", "01/11/2026"), "happening-missing"),
    ((*PAO, "Nghỉ hưu", ""), "day-missing"),
    ((*PAO, "Nghỉ hưu", "31/02/2026"), "day-form"),
    ((*PAO, "Nghỉ hưu", "01/11/2062"), "day-far"),
    ((*PAO, "Chuyển", "01/11/2026"), "new-unit-missing"),
    ((*PAO, "Chuyển", "01/11/2026", "Sở Nội vụ"), "unit-unknown"),
    ((*PAO, "Chuyển", "01/11/2026", "Báo Cao Bằng"), "unit-beyond"),
    ((*PAO, "Đổi chức vụ", "01/11/2026"), "title-missing"),
    (("X9", "Không Có Ai", "", "", "", "Nghỉ hưu", "01/11/2026"), "person-unknown"),
    (("PAO", "Triệu Văn Minh", "", "", "", "Nghỉ hưu", "01/11/2026"), "code-other"),
    (("LAN", "Nông Thị Lan", "", "", "", "Nghỉ hưu", "01/11/2026"), "person-beyond"),
    (("AN", "Lý Hoài Ân", "", "", "", "Nghỉ hưu", "01/11/2026"), "person-above"),
    ((*PAO, "Chuyển", "01/11/2026", OFFICE, "Chuyên viên"), "refused"),
    ((*PAO, "Trở lại", "01/11/2026", DEPARTMENT), "refused"),
])
def test_a_row_that_cannot_be_taken_says_why_and_holds_all_up(world, sent, row, code):
    before = known()

    batch = sent((*MINH, "Nghỉ hưu", "01/11/2026"), row)

    assert answers(batch) == [("changed", []), ("fault", [code])]
    with pytest.raises(Refusal, match="1 dòng có lỗi nên chưa ghi gì"):
        confirm_changes(batch, by=world.ha)
    assert known() == before


def test_a_unit_of_two_is_told_by_its_code(world, sent):
    world.newspaper.name_vi = OFFICE

    batch = sent((*MINH, "Chuyển", "01/11/2026", OFFICE), by=world.an)
    assert answers(batch) == [("fault", ["unit-two"])]

    correct_changes(batch, {2: {"new_unit": "SVH-VP"}}, by=world.an)
    assert answers(batch) == [("changed", [])]


def test_one_person_has_one_change_in_a_workbook(world, sent):
    batch = sent((*PAO, "Chuyển", "01/10/2026", DEPARTMENT), (*PAO, "Nghỉ hưu", "01/11/2026"))

    assert answers(batch) == [("changed", []), ("fault", ["two-changes"])]


def test_trying_leaves_nothing_and_rows_without_a_change_are_left_alone(world, sent):
    before, figured = known(), figures(on=TODAY)

    batch = sent((*PAO, "Nghỉ hưu", "01/11/2026"), MINH)

    assert answers(batch) == [("changed", []), ("unchanged", [])]
    assert (known(), figures(on=TODAY)) == (before, figured)
    assert [entry.verb for entry in db.session.scalars(
        select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))] == ["list uploaded"]


def test_a_workbook_without_a_change_or_recorded_already_is_not_confirmed(world, sent):
    with pytest.raises(Refusal, match="chưa ghi gì"):
        confirm_changes(sent(MINH), by=world.ha)
    batch = sent((*PAO, "Nghỉ hưu", "01/11/2026"))
    confirm_changes(batch, by=world.ha)

    with pytest.raises(Refusal, match="đã nhập"):
        confirm_changes(batch, by=world.ha)


def test_what_happened_meanwhile_counts_when_the_clerk_confirms(world, sent):
    batch = sent((*PAO, "Nghỉ hưu", "01/11/2026"))
    leave(world.pao, date(2026, 10, 15), "resigned", by=world.an)

    with pytest.raises(Refusal, match="1 dòng có lỗi"):
        confirm_changes(batch, by=world.ha)


def test_undoing_restores_what_was_believed_and_the_figures(world, sent):
    before, figured = known(), figures(on=TODAY)
    batch = sent((*PAO, "Nghỉ hưu", "01/11/2026"),
                 (*MINH, "Chuyển", "01/06/2026", OFFICE, "Kế toán"))
    confirm_changes(batch, by=world.ha)
    assert figures(on=TODAY) != figured

    undo(batch, by=world.ha)

    assert (known(), figures(on=TODAY)) == (before, figured)


def test_undoing_over_what_somebody_recorded_since_is_refused(world, sent):
    gone = sent((*PAO, "Nghỉ hưu", "01/11/2026"))
    confirm_changes(gone, by=world.ha)
    confirm_changes(sent((*PAO, "Trở lại", "10/11/2026", DEPARTMENT)), by=world.ha)
    before = known()

    point = db.session.begin_nested()
    with pytest.raises(Refusal, match="từng người"):
        undo(gone, by=world.ha)
    point.rollback()

    assert known() == before


def test_a_workbook_too_long_to_be_tried_at_once_is_refused(world, sent, monkeypatch):
    monkeypatch.setattr(change_actions, "MOST_CHANGES", 1)

    with pytest.raises(Refusal, match="hơn 1 biến động"):
        sent((*PAO, "Nghỉ hưu", "01/11/2026"), (*MINH, "Nghỉ hưu", "01/11/2026"))


def downloaded(browser, unit=""):
    """The workbook as it comes: its rows, the choices of its columns, the names of its sheets."""
    book = load_workbook(BytesIO(browser.get(f"/people/changes.xlsx?unit={unit}").response.data))
    sheet = book.worksheets[0]
    return ([list(row) for row in sheet.iter_rows(values_only=True)],
            [(str(one.sqref).split(":")[0], one.formula1)
             for one in sheet.data_validations.dataValidation], book.sheetnames)


def test_the_workbook_holds_the_people_of_the_clerk_and_offers_words(world, browse):
    rows, choices, sheets = downloaded(browse(world.ha))

    assert rows[0] == HEADINGS
    assert [row[1] for row in rows[1:]] == ["AN", "HA", "MINH", "PAO"]
    assert rows[4][:6] == [4, "PAO", "Vàng A Páo", "1988", OFFICE, "Chuyên viên"]
    assert choices == [
        ("G2", '"Chuyển,Đổi chức vụ,Kiêm nhiệm,Trở lại,Thôi việc,Nghỉ hưu,Chuyển ra ngoài tỉnh"'),
        ("I2", "'Đơn vị'!$A$2:$A$3")]
    assert sheets == ["Biến động nhân sự", "Đơn vị", "Cách ghi"]


def test_the_workbook_of_one_unit_holds_it_and_those_below(world, browse):
    an = browse(world.an)

    assert [[row[1] for row in downloaded(an, unit.id)[0][1:]]
            for unit in (world.office, world.newspaper)] == [["PAO"], ["HOA", "LAN"]]
    browse(world.ha).get(f"/people/changes.xlsx?unit={world.newspaper.id}", status=404)


def filled_in(browser, changes):
    """The downloaded workbook with what happened to some: staff code → cells from column G on."""
    content = browser.get("/people/changes.xlsx").response.data
    book = load_workbook(BytesIO(content))
    for row in book.worksheets[0].iter_rows(min_row=2):
        for cell, value in zip(row[6:], changes.get(row[1].value, ()), strict=False):
            cell.value = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_from_its_download_to_its_undoing(world, browse):
    ha = browse(world.ha)
    content = filled_in(ha, {"PAO": ["Nghỉ hưu", date(2026, 10, 15)],
                             "MINH": ["Chuyển", "32/13/2026", OFFICE, "Kế toán"]})

    preview = ha.follow(ha.post("/people/changes", {"file": (BytesIO(content), "bien-dong.xlsx")}))
    address = preview.links["Tải danh sách có ghi kết quả"].removesuffix("/answer.xlsx")
    assert "2 biến động , 1 dòng có lỗi." in preview.text
    assert "Không phải là ngày." in preview.text
    assert "2 dòng không có biến động, để nguyên." in preview.text
    # Páo, an official since 1 October, left on the 15th: one required less at the end of October.
    assert "1 biến động có ngày trong quá khứ." in preview.text
    goal = "Cán bộ được tập huấn và trang bị tài liệu"
    assert f"Tỉnh Cao Bằng {goal} 31/10/2026 – 24/11/2026 0 −1" in preview.text
    assert "1 báo cáo đã chốt nay tính người này khác đi" in preview.text
    assert "Ghi 2 biến động" not in preview.text

    mended = ha.follow(ha.post(f"{address}/cells", {
        "4.happening": "Chuyển", "4.since": "01/12/2026", "4.new_unit": OFFICE,
        "4.new_title": "Kế toán", "4.nonsense": "x", "²": "y"}))
    assert "Ghi 2 biến động" in mended.text
    done = ha.follow(ha.post(f"{address}/confirmation"))
    assert "Đã ghi 2 biến động." in done.text
    assert posts(world.minh)[0] == ("SVH-VP", "Kế toán", True, date(2026, 12, 1), None)
    assert posts(world.pao)[0][4] == date(2026, 10, 15)

    back = ha.follow(ha.post(f"{address}/undo"))
    assert "đã hoàn tác" in back.text
    assert (len(posts(world.minh)), posts(world.pao)[0][4]) == (1, None)


def test_the_answers_come_back_as_a_workbook(world, browse, sent):
    batch = sent((*PAO, "Nghỉ hưu", ""), MINH, ("HA", "Bế Văn Hạ", "", "", "", "Thôi việc",
                                               "01/12/2026"))

    answer = browse(world.ha).get(f"/imports/{batch.id}/answer.xlsx").response

    rows = [row for row in load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True)
            if isinstance(row[0], int)]
    assert [(row[0], row[1], row[7], row[8]) for row in rows] == [
        (2, "PAO", "có lỗi: để lại", "Thiếu ngày. Hãy gõ theo dạng 05/02/2026."),
        (4, "HA", "thay đổi", None)]


def test_a_workbook_is_private_and_stands_on_its_own_page_only(world, browse, sent):
    batch = sent((*PAO, "Nghỉ hưu", "01/12/2026"))

    browse(world.hoa).get(f"/imports/{batch.id}", status=404)
    browse(world.ha).post(f"/imports/{batch.id}/mapping", {"c0": "full_name"}, status=404)
    assert "bien-dong.xlsx" in browse(world.ha).get("/people/changes").text
    assert "bien-dong.xlsx" not in browse(world.ha).get("/imports").text
    assert "danh-sach.csv" not in browse(world.ha).get("/people/changes").text


def test_the_preview_speaks_to_whoever_reads_it_in_their_language(world, browse, sent):
    batch = sent((*PAO, "Nghỉ hưu", "15/10/2026"), (*MINH, "Trở lại", "01/11/2026", DEPARTMENT))
    ha, an = browse(world.ha), browse(world.an)
    an.get("/language/en", status=302)

    vietnamese, english = (one.get(f"/imports/{batch.id}").text for one in (ha, an))

    for words, others in (
            ("Số liệu trước đây thay đổi theo", "Figures of the past that this corrects"),
            ("đang giữ vị trí, không cần ghi trở lại", "held a post on that day")):
        assert (words in vietnamese, words in english, others in english) == (True, False, True)


def test_a_workbook_that_names_somebody_erased_is_gone_with_their_name(world, browse, sent):
    batch = sent(("PAO", "", "", "", "", "Thôi việc", "01/11/2026"))
    confirm_changes(batch, by=world.ha)

    erase(world.erasure, by=world.an)

    assert (batch.plan["rows"], batch.edits) == ([], {})
    page = browse(world.ha).get(f"/imports/{batch.id}")
    assert "Danh sách đã bị xóa" in page.text
    with pytest.raises(Refusal):
        undo(batch, by=world.ha)


@pytest.mark.parametrize("content, name, words", [
    (b"", "a.xlsx", "rỗng"), ("một;hai\n1;2\n".encode(), "a.csv", "tải tệp biến động"),
    ("Họ và tên;Đơn vị\nVàng A Páo;SVH\n".encode(), "a.csv", "tải tệp biến động"),
    (b"PK", "a.xlsx", "không phải tệp .xlsx"), (b"x", "a.pdf", ".xlsx")])
def test_what_is_no_such_workbook_is_refused_with_a_way_out(world, browse, content, name, words):
    refusal = browse(world.ha).post("/people/changes", {"file": (BytesIO(content), name)},
                                    status=409)

    assert words in refusal.text
    assert [batch.kind for batch in db.session.scalars(select(Import))] == ["people"]


@pytest.mark.parametrize("count", [3, 300])
def test_the_pages_cost_the_same_however_many_rows(world, browse, sent, count):
    people = [Person(key=f"N{n:03}", full_name=f"Hoàng Văn {chr(65 + n % 26)}")
              for n in range(count)]
    db.session.add_all([*people, *(Posting(person=one, unit=world.office, valid_from=BEGAN)
                                   for one in people)])
    db.session.flush()
    batch = sent(*((one.key, one.full_name, "", "", "", "Nghỉ phép", "01/12/2026")
                   for one in people))
    ha = browse(world.ha)
    ha.get("/people/changes")

    with counted() as shown:
        page = ha.get(f"/imports/{batch.id}")
    with counted() as filled:
        ha.get("/people/changes.xlsx")

    assert f"{count} biến động , {count} dòng có lỗi." in page.text
    assert (len(shown), len(filled)) == (5, 6)
