"""The seals over the trail, as officers, auditors and the operator see them."""
import json
from datetime import timedelta

import pytest
from sqlalchemy import update

from lms.kernel import audit, clock, jobs
from lms.kernel.audit import AuditEntry
from lms.kernel.checkpoints import keep_checkpoint
from lms.kernel.db import db
from lms.kernel.sealing import AuditSeal, count_waiting, seal_what_waits


@pytest.fixture
def sealed(world):
    """Everything that was done so far is sealed; gives how many entries that are."""
    count = seal_what_waits()
    db.session.commit()
    keep_checkpoint()
    return count


def falsify():
    """Somebody changes the first entry past the program; gives its id."""
    key = db.session.scalar(db.select(db.func.min(AuditEntry.id)))
    db.session.execute(update(AuditEntry).where(AuditEntry.id == key).values(verb="other"))
    db.session.commit()
    return key


def verified(browser):
    """The page after its button was pressed and the runner of jobs has done the work."""
    browser.post("/system/trail")
    jobs.run(db.session.scalar(db.select(db.func.max(jobs.Job.id))))
    return browser.get("/system/trail").text


def test_the_page_of_the_system_says_how_far_the_trail_is_sealed(world, browse):
    an = browse(world.an)
    assert "Chưa niêm phong mục nào." in an.get("/system").text
    assert "Hãy quay lại sau một phút." in an.get("/system/checkpoint.json", 409).text

    count = seal_what_waits()
    keep_checkpoint()
    db.session.commit()
    audit.record(world.an, "tried", world.an)
    db.session.commit()

    page = an.get("/system").text
    assert f"Đã niêm phong {count} mục, đến 10:00 25/11/2026. 1 mục đang chờ niêm phong." in page
    assert "Mốc kiểm tra mới nhất trong thư mục là của niêm phong số 1, lúc 10:00" in page


def test_what_was_found_long_ago_is_not_kept_and_the_page_says_so(
        world, browse, sealed, monkeypatch):
    an = browse(world.an)
    verified(an)
    month = clock.now() + jobs.KEPT + timedelta(days=1)
    monkeypatch.setattr(clock, "source", lambda: month)
    jobs.forget_results()

    page = browse(world.an).get("/system/trail").text

    assert "Nhật ký được kiểm tra lần gần nhất lúc 10:00 25/11/2026." in page
    assert "Hãy kiểm tra lại để biết nhật ký hôm nay thế nào." in page
    assert "Chưa ai kiểm tra" not in page


@pytest.mark.parametrize("who", ["an", "vi"])
def test_officers_and_auditors_verify_the_trail_and_take_the_checkpoint_along(
        world, browse, sealed, who):
    browser = browse(getattr(world, who))

    page = verified(browser)
    told = json.loads(browser.get("/system/checkpoint.json").response.data)

    assert f"Cả {sealed} mục đúng như lúc niêm phong. 1 mốc kiểm tra khớp." in page
    assert (told["seal"], told["total"]) == (1, sealed)
    assert told["head"].startswith(page.partition("Mã ")[2][:4])


def test_the_officers_first_page_says_so_where_an_entry_waits_too_long_for_its_seal(
        world, browse, sealed, monkeypatch):
    audit.record(world.an, "tried", world.an)
    db.session.commit()
    made = clock.now()
    waits = "Từ 10:00 25/11/2026 nhật ký chưa được niêm phong"

    assert waits not in browse(world.an).get("/province").text
    monkeypatch.setattr(clock, "source", lambda: made + timedelta(minutes=61))
    an = browse(world.an)
    assert waits in an.get("/province").text

    seal_what_waits()
    db.session.commit()
    assert waits not in an.get("/province").text


def test_a_falsification_is_named_on_the_page_and_in_the_look_over_all_facts(
        world, browse, sealed):
    key = falsify()

    page = verified(browse(world.vi))
    browse(world.an).post("/truth", {})

    assert "Nhật ký không còn đúng như lúc niêm phong." in page
    assert f"Mục {key} của nhật ký đã bị sửa sau khi niêm phong." in page
    assert f"mục nhật ký {key}" in browse(world.an).get("/truth").text
    assert "1 lỗi" in browse(world.an).get("/province").text


def test_verifying_is_done_in_the_background_once_however_often_it_is_asked_for(
        world, browse, sealed):
    vi, an = browse(world.vi), browse(world.an)
    assert "Chưa ai kiểm tra nhật ký từ trang này." in vi.get("/system/trail").text

    vi.post("/system/trail")
    an.post("/system/trail")

    page = an.get("/system/trail")
    assert "Hệ thống đang kiểm tra nhật ký" in page.text
    assert "Kiểm tra nhật ký ngay" not in page.text
    assert page.all("meta")[-1] == {"http-equiv": "refresh", "content": "3"}
    assert db.session.scalars(db.select(AuditEntry.by_id).filter_by(
        verb="verification of the trail asked")).all() == [world.vi.id]
    assert vi.get("/system/trail/progress").json | {"text": ""} == {
        "finished": False, "done": 0, "total": 0, "text": "", "next": "/system/trail"}

    jobs.run(db.session.scalars(db.select(jobs.Job.id)).one())

    told = vi.get("/system/trail/progress").json
    assert (told["finished"], told["text"]) == (True, f"Đã so 0 trên {sealed} mục")
    assert "Kiểm tra lúc 10:00 25/11/2026." in an.get("/system/trail").text


def test_what_was_found_stands_there_until_the_next_one_is_done_and_verifying_changes_nothing(
        world, browse, sealed):
    vi = browse(world.vi)
    assert "đúng như lúc niêm phong. 1 mốc" in verified(vi)
    before = db.session.scalar(db.select(db.func.count(AuditEntry.id)))

    falsify()
    vi.post("/system/trail")

    assert "đúng như lúc niêm phong. 1 mốc" in vi.get("/system/trail").text
    assert db.session.scalar(db.select(db.func.count(AuditEntry.id))) == before + 1


def test_the_command_ends_with_0_or_with_1_and_the_first_bad_entry(world, app, sealed, tmp_path):
    runner = app.test_cli_runner()
    point = tmp_path / "checkpoint.json"
    point.write_text(runner.invoke(args=["audit", "checkpoint"]).stdout)

    good = runner.invoke(args=["audit", "verify", "--checkpoint", str(point)])
    key = falsify()
    bad = runner.invoke(args=["audit", "verify"])

    assert (good.exit_code, good.stdout) == (
        0, f"Cả {sealed} mục đúng như lúc niêm phong. 1 mốc kiểm tra khớp.\n")
    assert (bad.exit_code, bad.stderr) == (
        1, f"Mục {key} của nhật ký đã bị sửa sau khi niêm phong.\n")


def test_an_older_database_is_told_by_a_checkpoint_kept_elsewhere(world, app, sealed, tmp_path):
    runner, point = app.test_cli_runner(), tmp_path / "checkpoint.json"
    point.write_text(runner.invoke(args=["audit", "checkpoint"]).stdout)
    db.session.execute(db.delete(AuditSeal))
    db.session.commit()

    told = runner.invoke(args=["audit", "verify", "--checkpoint", str(point)])

    assert told.exit_code == 1
    assert "một bản cũ được đưa vào thay" in told.stderr


def test_sealing_by_hand_goes_on_until_nothing_waits(world, app, monkeypatch):
    monkeypatch.setattr("lms.kernel.sealing.MOST", 5)
    waiting = count_waiting()

    told = app.test_cli_runner().invoke(args=["audit", "seal"]).stdout

    assert told == f"Đã niêm phong {waiting} mục.\n"
    assert db.session.scalar(db.func.count(AuditSeal.number)) == -(-waiting // 5)


def test_the_runner_of_jobs_seals_first_and_writes_the_checkpoint_afterwards(world, app):
    names = [work.__name__ for work in jobs._every_minute]

    assert names.index("seal_what_waits") < names.index("keep_checkpoint")
