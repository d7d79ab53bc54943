"""A clerk's list is previewed, corrected and imported."""
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.sheets import Table, write_workbook
from lms.people.erasing import let_go_of_lists
from lms.people.import_actions import confirm, correct_cells, undo, upload
from lms.people.models import ImportEffect, Person

HEADER = ["STT", "Họ và tên", "Nam", "Nữ", "Chức vụ", "Đơn vị"]
DAY = date(2026, 11, 25)


def uploaded(world, *rows, name="danh-sach.xlsx"):
    """An import of these rows, uploaded by the training officer."""
    content = write_workbook([Table("Danh sách", HEADER, rows)])
    return upload(BytesIO(content), name, DAY, by=world.an)


def outcomes(batch):
    """What would happen to each row."""
    return [item["outcome"] for item in batch.plan["rows"]]


def people():
    """How many people there are."""
    return db.session.scalar(select(func.count(Person.id)))


def test_a_faulty_birth_in_the_column_of_women_is_corrected_in_the_preview(world):
    batch = uploaded(world, [1, "Sầm Thị Loan", "", "31/02/1990", "Văn thư", "Sở Văn hóa"],
                     [2, "Mã Thế Vinh", "1978", "", "Kế toán", "Sở Văn hóa"])
    first = outcomes(batch)

    correct_cells(batch, {2: {"birth": "28/02/1990"}}, by=world.an)

    assert (first, outcomes(batch)) == (["fault", "new"], ["new", "new"])
    assert [(item["row"]["birth"], item["row"]["gender"]) for item in batch.plan["rows"]] == [
        ("1990-02-28", "f"), ("1978", "m")]


def test_the_same_list_again_changes_nothing(world):
    row = [1, "Sầm Thị Loan", "", "28/02/1990", "Văn thư", "Sở Văn hóa"]
    before = people()

    confirm(uploaded(world, row), by=world.an)

    assert outcomes(uploaded(world, row)) == ["unchanged"]
    assert people() == before + 1


def test_two_rows_with_one_staff_code_are_not_both_taken(world):
    content = write_workbook([Table("A", ["Mã cán bộ", "Họ và tên", "Đơn vị"], [
        ["CB01", "Sầm Thị Loan", "Sở Văn hóa"], ["CB01", "Mã Thế Vinh", "Sở Văn hóa"]])])

    batch = upload(BytesIO(content), "a.xlsx", DAY, by=world.an)

    assert outcomes(batch) == ["new", "fault"]


def test_a_file_that_is_no_workbook_is_refused_with_a_way_out(world):
    broken = BytesIO(b"PK\x03\x04 nothing that could be read")

    with pytest.raises(Refusal, match="lưu thành .xlsx"):
        upload(broken, "a.xlsx", DAY, by=world.an)


def test_a_list_whose_time_is_over_loses_its_rows_and_its_file_and_what_it_entered_stays(
        world, browse):
    row = [1, "Sầm Thị Loan", "", "28/02/1990", "Văn thư", "Sở Văn hóa"]
    old, new = uploaded(world, row), uploaded(world, [2, *row[1:]])
    confirm(old, by=world.an)
    entered, path = people(), old.file.path
    old.uploaded_at -= timedelta(days=1)

    let_go_of_lists(new.uploaded_at)
    db.session.commit()

    assert (old.erased, old.plan["rows"], path.exists(), new.erased) == (True, [], False, False)
    assert people() == entered
    assert db.session.scalars(select(ImportEffect.before).where(
        ImportEffect.import_id == old.id, ImportEffect.before.is_not(None))).all() == []
    assert "vì hết thời hạn lưu" in browse(world.an).get(f"/imports/{old.id}").text
    with pytest.raises(Refusal, match="không có gì để hoàn tác"):
        undo(old, by=world.an)
