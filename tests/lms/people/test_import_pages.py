"""The pages of a list: uploaded, looked through, corrected, imported, undone."""
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from lms.kernel import jobs
from lms.kernel.db import db
from lms.kernel.sheets import Table, write_workbook
from lms.people.models import Import, Person

from tests.lms.people import clerks_list
from tests.statements import counted

ROWS = ("STT;Họ và tên;Ngày sinh;Chức vụ;Đơn vị\n1;Sầm Thị Loan;31/02/1990;Kế toán;Sở Văn hóa\n"
        "2;Vàng A Páo;1988;Chuyên viên;Văn phòng Sở Văn hóa\n3;Mã Thế Vinh;1978;Văn thư;SVH\n")


def uploaded(browser, text=ROWS, name="danh-sach.csv"):
    """The preview of the list a clerk sends."""
    content = text.encode() if isinstance(text, str) else text
    answer = browser.post("/imports", {"file": (BytesIO(content), name),
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
    header, *lines = [row for row in sheet.iter_rows(values_only=True) if row[1]]
    assert header == ("STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Dòng", "Sẽ làm gì",
                      "Thay đổi những gì", "Lý do")
    assert [line[:7] for line in lines] == [
        ("1", "Sầm Thị Loan", "31/02/1990", "Kế toán", "Sở Văn hóa", 2, "có lỗi: để lại"),
        ("2", "Vàng A Páo", "1988", "Chuyên viên", "Văn phòng Sở Văn hóa", 3,
         "không có gì thay đổi"),
        ("3", "Mã Thế Vinh", "1978", "Văn thư", "SVH", 4, "người mới")]
    assert lines[0][8].startswith("Tháng đó không có ngày này.")
    marked = [cell.value for row in sheet.iter_rows() for cell in row
              if cell.fill.fgColor.rgb == "FFF9EAE6"]
    assert marked == ["31/02/1990"]


def test_the_list_that_came_back_reads_the_same_when_it_is_sent_again(world, browse):
    ha, content = browse(world.ha), clerks_list.made()
    address = uploaded(ha, content, "danh-sach.xlsx")
    answer = ha.get(f"{address}/answer.xlsx").response.data

    again = uploaded(ha, answer, "tra-loi.xlsx")

    one, other = [db.session.get(Import, int(place.rpartition("/")[2])).plan["rows"]
                  for place in (address, again)]
    assert [(row["outcome"], row["row"]["full_name"], row["row"]["birth"], row["row"]["unit"],
             row["row"]["phone"]) for row in one] == [
        (row["outcome"], row["row"]["full_name"], row["row"]["birth"], row["row"]["unit"],
         row["row"]["phone"]) for row in other]


def test_the_rows_that_are_left_out_are_named(world, browse):
    preview = browse(world.ha)
    address = uploaded(preview, ROWS + ";Đoàn Thị Cúc\nTổng cộng: 3 người\n")

    assert "2 dòng dưới tiêu đề không phải người hay đơn vị Dòng 5: Đoàn Thị Cúc" in (
        preview.get(address).text)


def test_each_list_of_a_workbook_is_an_import_of_its_own(world, browse):
    ha = browse(world.ha)
    header = ["Họ và tên", "Năm sinh", "Đơn vị"]
    address = uploaded(ha, write_workbook([
        Table("Bìa", ["Danh sách năm 2026"], []),
        Table("Sở", header, [["Sầm Thị Loan", 1990, "SVH"]]),
        Table("Văn phòng", header, [["Mã Thế Vinh", 1978, "SVH-VP"]])]), "a.xlsx")

    preview = ha.get(address).text
    assert "Sầm Thị Loan" in preview and "Mã Thế Vinh" not in preview
    assert "Tệp còn 1 danh sách khác, không nằm trong lần nhập này: Đọc cả “Văn phòng”" in preview

    beside = ha.post(f"{address}/sheets/2").location
    assert "Mã Thế Vinh" in ha.get(beside).text
    ha.post(f"{address}/confirmation")
    ha.post(f"{beside}/confirmation")
    ha.post(f"{address}/undo")
    assert [[posting.superseded_at is None for posting in person.postings]
            for name in ("Sầm Thị Loan", "Mã Thế Vinh") for person in called(name)] == [
        [False], [True]]
    assert "Trang tính đó không có danh sách." in ha.post(f"{address}/sheets/0", status=409).text


def test_a_hidden_row_is_looked_at(world, browse):
    ha = browse(world.ha)
    book = Workbook()
    for row in ROWS.splitlines():
        book.active.append(row.split(";"))
    book.active.row_dimensions[4].hidden = True
    content = BytesIO()
    book.save(content)

    preview = ha.get(uploaded(ha, content.getvalue(), "a.xlsx")).text

    assert preview.count("Dòng này đang bị ẩn trong tệp Excel") == 1
    assert "Mã Thế Vinh Dòng này đang bị ẩn" in preview


def test_a_list_of_nobody_says_so(world, browse):
    ha = browse(world.ha)

    preview = ha.get(uploaded(ha, "STT;Họ và tên;Đơn vị\n")).text

    assert "Không tìm thấy ai dưới dòng tiêu đề." in preview


def test_a_large_file_that_is_no_list_says_so_instead_of_being_read_for_ever(world, browse):
    ha = browse(world.ha)
    address = uploaded(ha, "Số;Mặt hàng\n" + "1;Thuốc ho bổ phế chỉ khái lộ\n" * 5000)
    assert ha.get(f"{address}/progress").response.json["finished"] is False
    job = db.session.scalars(select(jobs.Job)).one()
    db.session.commit()

    jobs.run(job.id)

    assert ha.get(f"{address}/progress").response.json["finished"] is True
    page = ha.get(address)
    assert "Không đọc được danh sách" in page.text
    assert "Không tìm thấy dòng tiêu đề." in page.text


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
    assert (header[7], pao[4], pao[7:9], minh[7]) == (
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


def test_a_fault_outside_the_usual_columns_stands_in_one_of_its_own_and_is_corrected(world, browse):
    ha = browse(world.ha)
    address = uploaded(ha, "Họ và tên;Đơn vị;E-mail;Giới tính\nSầm Thị Loan;SVH;loan@;N\n")

    preview = ha.get(address)
    assert "Thư điện tử Giới tính Sẽ làm gì" in preview.text
    assert ("2.email", "loan@") in [(one.get("name"), one.get("value"))
                                    for one in preview.all("input")]

    ha.post(f"{address}/cells", {"2.email": "loan@example.com", "2.gender": "Nữ"})
    ha.post(f"{address}/confirmation")

    loan, = called("Sầm Thị Loan")
    assert (loan.email, loan.gender) == ("loan@example.com", "f")
