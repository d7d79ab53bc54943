"""Reminders stop on completion: told on pages, worked off on pages, and then silence.

Goal B asks the officials Hạ and Páo for the kit alone, due on Monday 14/12/2026.  On Monday 30/11
both are told.  Hạ opens her message, receives the kit and confirms it on 02/12.  On 14/12 one is
left: only Páo hears that it is the last day.  On 21/12 Hạ, the contact person, reads of one who
is overdue, Páo; of herself nobody reads.
"""
from datetime import UTC, date, datetime

import pytest

from lms.kernel import clock
from lms.kernel.db import db

from courses.coverage.actions import change_goal
from courses.reminders.actions import remind_when_due


@pytest.fixture
def morning(monkeypatch):
    """``morning(day)``: it is ten o'clock of that day, and the runner has done its minute."""
    def come(day):
        moment = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        monkeypatch.setattr(clock, "source", lambda: moment)
        remind_when_due()
        db.session.commit()
    return come


def test_reminders_stop_on_completion(world, browse, morning):
    change_goal(world.goal_b, {"courses": [world.kit]}, by=world.an)
    morning(date(2026, 11, 30))
    ha = browse(world.ha)

    told = ha.get("/messages")
    assert "1 thông báo mới" in told.text
    assert "chậm nhất ngày 14/12/2026" in told.text
    opening = next(form["action"] for form in told.all("form") if "/opening" in form["action"])
    assert ha.post(opening).location == "/my-work"

    morning(date(2026, 12, 2))
    ha = browse(world.ha)
    ha.post(f"/courses/{world.kit.id}/studies")
    ha.post(f"/steps/{world.kit_book.id}/done", {"ack": "on"})

    morning(date(2026, 12, 14))
    ha = browse(world.ha)
    assert "ngày cuối" not in ha.get("/messages").text
    lines = browse(world.an).get(f"/reminders?goal={world.goal_b.id}").text
    assert (lines.count("Vàng A Páo"), lines.count("Bế Văn Hạ")) == (2, 1)

    morning(date(2026, 12, 21))
    ha = browse(world.ha)
    told = ha.get("/messages").text
    assert ("Trong phạm vi anh/chị phụ trách có 1 người quá hạn. Cán bộ được tập huấn và trang bị "
            "tài liệu: – Văn phòng Sở Văn hóa: 1 người") in told
    missing = ha.get(f"/units/{world.department.id}/goals/{world.goal_b.id}/reminder").text
    assert "Còn 1 người chưa đạt chỉ tiêu" in missing
    assert "Bế Văn Hạ Sở Văn hóa" not in missing
