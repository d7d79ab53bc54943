"""The pages of a list: uploaded, looked through, corrected, imported, undone."""
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from lms.kernel.db import db
from lms.people.models import Import, Person

from tests.statements import counted

ROWS = ("STT;Họ và tên;Ngày sinh;Chức vụ;Đơn vị\n1;Sầm Thị Loan;31/02/1990;Kế toán;Sở Văn hóa\n"
        "2;Vàng A Páo;1988;Chuyên viên;Văn phòng Sở Văn hóa\n3;Mã Thế Vinh;1978;Văn thư;SVH\n")


def uploaded(browser, text=ROWS, name="danh-sach.csv"):
    """The preview of the list a clerk sends."""
    answer = browser.post("/imports", {"file": (BytesIO(text.encode()), name),
                                       "effective_on": "25/11/2026"})
    return answer.location


def called(name):
    """The people of this name."""
    return db.session.scalars(select(Person).filter_by(full_name=name)).all()


def test_a_list_from_its_upload_to_its_undoing(world, browse):
    ha = browse(world.ha)
    address = uploaded(ha)
    preview = ha.get(address)
    assert "Tháng đó không có ngày này." in preview.text
    assert called("Mã Thế Vinh") == []

    mended = ha.follow(ha.post(f"{address}/cells", {"2.birth": "28/02/1990"}))
    assert "Tháng đó không có ngày này." not in mended.text
    done = ha.follow(ha.post(f"{address}/confirmation"))
    assert "Đã nhập: 2 người mới, 0 chuyển đơn vị, 0 thay đổi." in done.text
    assert [p.birth for p in called("Sầm Thị Loan")] == ["1990-02-28"]

    back = ha.follow(ha.post(f"{address}/undo"))
    assert "Đã hoàn tác" in back.text
    assert [posting.superseded_at is None for p in called("Sầm Thị Loan")
            for posting in p.postings] == [False]


def test_the_preview_shows_first_what_needs_a_look(world, browse):
    ha = browse(world.ha)
    address = uploaded(ha)

    assert "Mã Thế Vinh" not in ha.get(address).text
    assert "Mã Thế Vinh" in ha.get(f"{address}?show=new").text
    assert "Vàng A Páo" in ha.get(f"{address}?show=unchanged").text


def test_the_columns_are_corrected_on_the_page(world, browse):
    ha = browse(world.ha)
    address = uploaded(ha, ROWS.replace("Chức vụ", "Đang làm"))

    ha.post(f"{address}/mapping", {"c1": "full_name", "c2": "birth", "c3": "title", "c4": "unit",
                                   "c0": "", "c99": "nonsense", "c²": "title"})

    batch = db.session.scalars(select(Import).order_by(Import.id.desc())).first()
    assert [row["row"]["title"] for row in batch.plan["rows"]] == [
        "Kế toán", "Chuyên viên", "Văn thư"]


@pytest.mark.parametrize("cells", [
    {"999999.birth": "1990"}, {"².birth": "1990"}, {"x.birth": "1"}, {"2.nonsense": "1"},
    {"birth": "1990"}, {"1.full_name": "X"}])
def test_a_correction_of_what_is_not_there_changes_nothing(world, browse, cells):
    ha = browse(world.ha)
    address = uploaded(ha)
    before = ha.get(f"{address}?show=").text

    assert ha.follow(ha.post(f"{address}/cells", cells)).status == 200

    assert ha.get(f"{address}?show=").text == before


def test_the_list_comes_back_with_what_happened_to_each_row(world, browse):
    ha = browse(world.ha)

    answer = ha.get(f"{uploaded(ha)}/answer.xlsx").response

    sheet = load_workbook(BytesIO(answer.data)).active
    lines = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [(line[0], line[1], line[9]) for line in lines] == [
        (2, "Sầm Thị Loan", "có lỗi: để lại"), (3, "Vàng A Páo", "không có gì thay đổi"),
        (4, "Mã Thế Vinh", "người mới")]
    assert lines[0][11].startswith("Tháng đó không có ngày này.")


def test_the_preview_and_the_answer_say_what_changes_and_where_somebody_comes_from(world, browse):
    ha = browse(world.ha)
    address = uploaded(ha, "STT;Họ và tên;Ngày sinh;Chức vụ;Điện thoại;Đơn vị\n"
                           "1;Vàng A Páo;1988;Chuyên viên;0912 345 678;Văn phòng Sở Văn hóa\n"
                           "2;Triệu Văn Minh;1980;Chuyên viên;;Văn phòng Sở Văn hóa\n")

    assert "thay đổi Điện thoại" in ha.get(f"{address}?show=changed").text
    assert "Văn phòng Sở Văn hóa trước: Sở Văn hóa" in ha.get(f"{address}?show=moved").text

    ha.post(f"{address}/confirmation")
    sheet = load_workbook(BytesIO(ha.get(f"{address}/answer.xlsx").response.data)).active
    header, pao, minh = [row for row in sheet.iter_rows(values_only=True) if row[1]]
    assert (header[9], pao[7], pao[9:11], minh[9]) == (
        "Đã làm gì", "0912 345 678", ("thay đổi", "Điện thoại"), "chuyển đơn vị")


def test_an_import_that_was_undone_says_so(world, browse):
    ha = browse(world.ha)
    address = uploaded(ha)
    ha.post(f"{address}/confirmation")
    ha.post(f"{address}/undo")

    assert "đã hoàn tác lúc" in ha.get(address).text


def test_somebody_known_without_a_post_takes_one_and_does_not_move(world, browse):
    ha = browse(world.ha)
    address = uploaded(ha)
    ha.post(f"{address}/confirmation")
    ha.post(f"{address}/undo")

    rows = ha.get(f"{uploaded(ha)}?show=moved").text

    assert "Mã Thế Vinh" in rows
    assert "nhận lại vị trí" in rows


def test_corrections_are_checked_where_there_is_something_to_correct(world, browse):
    ha = browse(world.ha)
    address = uploaded(ha)

    assert "Kiểm tra lại sau khi sửa" in ha.get(address).text
    assert "Kiểm tra lại sau khi sửa" not in ha.get(f"{address}?show=new").text


@pytest.mark.parametrize("text, name, words", [
    ("", "a.csv", "rỗng"), ("một;hai\n1;2\n", "a.csv", "dòng tiêu đề"),
    ("PK", "a.xlsx", "không phải tệp .xlsx"), ("x", "a.exe", ".xlsx"), (ROWS, "a.pdf", ".xlsx")])
def test_what_is_no_list_is_refused_with_a_way_out(world, browse, text, name, words):
    refusal = browse(world.ha).post("/imports", {
        "file": (BytesIO(text.encode()), name), "effective_on": "25/11/2026"}, status=409)

    assert words in refusal.text


def test_a_list_is_private_to_who_sent_it_and_to_officers(world, browse):
    address = uploaded(browse(world.ha))

    browse(world.hoa).get(address, status=404)
    assert browse(world.an).get(address).status == 200


def test_the_preview_costs_as_many_statements_for_3_rows_as_for_50(world, browse):
    ha = browse(world.ha)
    few = uploaded(ha)
    many = uploaded(ha, ROWS + "".join(
        f"{n};Sầm Thị Loan {'abcdefghij'[n // 10]}{'abcdefghij'[n % 10]};1990;Kế toán;Sở Văn hóa\n"
        for n in range(50)))
    ha.get(f"{few}?show=")
    with counted() as for_few:
        ha.get(f"{few}?show=")

    with counted() as for_many:
        assert "Sầm Thị Loan" in ha.get(f"{many}?show=").text

    assert len(for_many) == len(for_few)
