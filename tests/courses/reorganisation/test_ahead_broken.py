"""An act that a fault of the system stops on its day: it holds up nobody, and is tried again."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.notices.models import Notice

from courses.reorganisation.actions import take_effect
from courses.reorganisation.plan import Heir
from tests.courses.coverage.machine_acts import believed
from tests.courses.reorganisation.test_actions import act, units
from tests.courses.reorganisation.test_ahead import DECEMBER


@pytest.fixture
def broken(world):
    """Two acts of one day: the first is kept in a way the system cannot read, and breaks when the
    new units stand already; the second renames the newspaper."""
    first = act(world, "split", world.office, on=DECEMBER, heirs=[
        Heir(name_vi="Phòng Một"), Heir(name_vi="Phòng Hai")])
    act(world, "rename", world.newspaper, on=DECEMBER, heirs=[Heir(name_vi="Báo mới")])
    first.plan = first.plan | {"people": {str(world.pao.id): "hai"}}
    db.session.commit()
    return first


@pytest.fixture
def turn(monkeypatch):
    """Let the jobs of a minute be done, so many minutes after noon of the day of the acts."""
    noon = clock.now() + (DECEMBER - clock.today())

    def do(minutes):
        monkeypatch.setattr(clock, "source", lambda: noon + timedelta(minutes=minutes))
        take_effect()
        db.session.commit()
    return do


def test_the_others_are_done_and_nothing_of_it_stays(world, browse, broken, turn):
    turn(0)
    an = browse(world.an)

    # The province, the department and its office, and the newspaper under its new name.
    assert "4 đơn vị ngày 15/12/2026, theo thứ tự ưu tiên Tỉnh Cao Bằng CB Báo mới" in an.get(
        "/units").text
    assert units(world.pao, DECEMBER) == ["SVH-VP"]


def test_the_officers_are_told_once_and_the_log_has_the_trace(
        world, browse, broken, turn, caplog):
    turn(0)
    turn(1)
    an = browse(world.an)

    told = db.session.scalars(select(Notice.text_vi).where(
        Notice.person_id == world.an.id, Notice.url == f"/reorganisations/{broken.id}")).all()
    assert told == ["Quyết định 12/QĐ-UBND không thực hiện được đúng ngày có hiệu lực. "
                    "Hãy mở ra xem lý do."]
    assert "không thực hiện được đúng ngày do lỗi của hệ thống" in an.get(
        f"/reorganisations/{broken.id}").text
    assert "1 văn bản sắp xếp tổ chức không thực hiện được đúng ngày." in an.get("/province").text
    assert [(line.message, line.exc_info[0]) for line in caplog.records] == [
        (f"The act {broken.id} failed.", TypeError)] * 2


def test_it_is_tried_at_each_turn_and_done_when_nothing_breaks_any_more(
        world, browse, broken, turn):
    turn(0)
    before = believed()
    turn(1)
    assert believed() == before
    broken.plan = broken.plan | {"people": {str(world.pao.id): 1}}

    turn(2)

    page = browse(world.an).get(f"/reorganisations/{broken.id}").text
    assert "Tự động thực hiện 10:02 15/12/2026" in page
    assert "lỗi của hệ thống" not in page
    assert units(world.pao, DECEMBER) == [world.office.key + "~3"]


def test_another_act_is_entered_beside_it(world, browse, broken, turn):
    turn(0)

    done = browse(world.an).post("/reorganisations", {
        "kind": "rename", "unit": world.department.id, "on": "15/12/2026",
        "act": "Quyết định 99/QĐ-UBND", "heir0-name_vi": "Sở mới"})

    assert "Quyết định 99/QĐ-UBND" in browse(world.an).get(done.location).text


def test_what_is_refused_after_a_fault_says_why(world, browse, broken, turn):
    turn(0)
    broken.plan = broken.plan | {"people": {str(world.pao.id): 7}}

    turn(1)

    page = browse(world.an).get(f"/reorganisations/{broken.id}").text
    assert not broken.tries_again
    assert broken.stopped_by and broken.stopped_by in page
