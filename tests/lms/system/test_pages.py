"""How the system stands, as officers and auditors read it."""
from datetime import timedelta

import pytest

from lms.backups.actions import note_made, note_tried
from lms.backups.models import Backup
from lms.kernel import mail
from lms.kernel.db import db
from lms.kernel.jobs import Job
from lms.system import queries

from tests.conftest import MORNING
from tests.statements import counted


@pytest.fixture
def backed_up(world, tmp_path):
    """A backup of this morning, not tried yet: its folder."""
    note_made(tmp_path, {"made_at": MORNING.isoformat(), "files": 7, "bytes": 1_400_000})
    db.session.flush()
    return tmp_path


def first_page(browse, world):
    """What the officer's first page says."""
    return browse(world.an).get("/province").text


def test_an_auditor_reads_how_the_system_stands(world, browse, database):
    page = browse(world.vi).get("/system").text

    assert ("PostgreSQL 18" if database.on_postgresql() else "SQLite 3.") in page
    assert "cấu trúc dữ liệu 00" in page
    assert "còn đủ chỗ" in page
    assert "Chưa có bản sao lưu nào." in page
    assert "Không có việc nào đang chờ. 30 ngày qua không việc nào hỏng." in page
    assert "Không gửi thư: chưa đặt máy chủ thư." in page


@pytest.mark.parametrize("fault, word", [
    (None, "chưa thử"), ("", "khôi phục được"), ("Bản sao lưu thiếu tệp a.", "không trọn vẹn")])
def test_a_backup_says_where_it_is_and_what_its_trial_found(
        world, browse, backed_up, fault, word):
    if fault is not None:
        note_tried(backed_up, fault)

    page = browse(world.an).get("/system").text

    assert f"{backed_up} 1,4 MB {word} {fault or ''}".strip() in page


def test_only_the_newest_backup_in_a_folder_was_tried(world, backed_up):
    note_made(backed_up, {"made_at": MORNING.isoformat(), "files": 7, "bytes": 1})
    db.session.flush()

    note_tried(backed_up, "")

    assert [one.whole for one in db.session.scalars(db.select(Backup).order_by(Backup.id))] == [
        False, True]


def test_a_backup_that_is_missing_or_old_stands_on_the_officers_first_page(
        world, browse, backed_up):
    missing = "Chưa có bản sao lưu nào được làm và thử."
    assert missing in first_page(browse, world)
    assert missing not in browse(world.vi).get("/province").text

    note_tried(backed_up, "")
    db.session.commit()
    assert "sao lưu" not in first_page(browse, world)

    db.session.scalars(db.select(Backup)).one().made_at = MORNING - timedelta(days=8)
    db.session.commit()
    assert "Bản sao lưu khôi phục được gần nhất là của ngày 17/11/2026." in first_page(
        browse, world)


def test_a_disk_that_is_nearly_full_stands_on_the_officers_first_page(
        world, browse, monkeypatch):
    monkeypatch.setattr(queries, "LITTLE", 10 ** 18)

    assert "Đĩa của hệ thống còn trống dưới 1 GB." in first_page(browse, world)
    assert "sắp đầy" in browse(world.an).get("/system").text


def test_what_waits_and_what_failed_is_told(world, app, browse, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_HOST", "mail.example")
    db.session.add_all([
        Job(name="draw", arguments={}, asked_at=MORNING),
        Job(name="read list", arguments={}, asked_at=MORNING, ended_at=MORNING, fault="fault"),
        Job(name="read list", arguments={}, asked_at=MORNING, ended_at=MORNING,
            fault="Tệp trống."),
        Job(name="old", arguments={}, asked_at=MORNING, fault="fault",
            ended_at=MORNING - timedelta(days=31))])
    mail.post("a-letter", "an@example.vn", "Thư", "Nội dung")
    db.session.flush()

    page = browse(world.an).get("/system").text

    assert "1 việc đang chờ, lâu nhất từ 10:00 25/11/2026." in page
    assert "10:00 25/11/2026 read list lỗi; xem nhật ký của máy chủ" in page
    assert "10:00 25/11/2026 read list Tệp trống." in page
    assert "old" not in page
    assert "1 thư đang chờ gửi. 0 thư không gửi được trong 30 ngày." in page


def test_the_page_costs_as_many_statements_for_one_backup_as_for_many(
        world, browse, backed_up):
    an = browse(world.an)
    an.get("/system")
    with counted() as for_one:
        an.get("/system")
    for n in range(30):
        note_made(backed_up / str(n), {"made_at": MORNING.isoformat(), "files": n, "bytes": n})
    db.session.flush()
    with counted() as for_many:
        an.get("/system")

    assert len(for_many) == len(for_one)
