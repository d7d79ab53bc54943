"""Acts of a day to come as officers enter them, and as everybody concerned reads of them."""
from datetime import date, timedelta

import pytest

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.sealing import seal_what_waits
from lms.kernel.verifying import verify
from lms.people.actions import leave
from lms.people.erasing import erase, waiting_request

from courses.reorganisation.actions import take_effect
from courses.reorganisation.plan import Heir
from tests.courses.reorganisation.test_actions import act, post_of
from tests.courses.reorganisation.test_ahead import DECEMBER
from tests.courses.reorganisation.test_pages import fields, newest
from tests.statements import counted

ON = "15/12/2026"
SAID = ("Có hiệu lực từ 15/12/2026: Sáp nhập: Văn phòng Sở Văn hóa → Báo Cao Bằng, theo "
        "Quyết định 12/QĐ-UBND.")


@pytest.fixture
def waiting(world):
    """The office is to go over to the newspaper in December."""
    made = act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)], on=DECEMBER)
    db.session.commit()
    return made


def test_the_officer_enters_an_act_weeks_before_its_day(world, browse):
    an = browse(world.an)

    looked = an.post("/reorganisations/preview", fields(world, on=ON), status=200)
    done = an.post("/reorganisations", fields(world, on=ON))
    page = an.get(done.location)

    assert "Tính theo số liệu hôm nay" in looked.text
    assert "Nhập, có hiệu lực từ 15/12/2026" in looked.text
    assert "Đã nhập văn bản, có hiệu lực từ 15/12/2026" in page.text
    assert "Trước ngày đó chưa có gì thay đổi" in page.text
    assert "Hoàn tác" not in page.text
    assert world.office.valid_to is None


def test_both_units_and_the_people_concerned_say_so(world, browse, waiting):
    an, ha, hoa = browse(world.an), browse(world.ha), browse(world.hoa)

    assert SAID in ha.get(f"/units/{world.office.id}").text
    assert SAID in hoa.get(f"/units/{world.newspaper.id}/coverage").text
    assert SAID in ha.get(f"/people/{world.pao.id}").text
    assert SAID in ha.get(f"/record/{world.pao.id}").text
    assert an.get(f"/units/{world.office.id}").links[SAID] == f"/reorganisations/{waiting.id}"
    # Nobody of the newspaper goes anywhere, and its past is what it was.
    assert SAID not in hoa.get(f"/people/{world.lan.id}").text
    assert SAID not in hoa.get(f"/units/{world.newspaper.id}/coverage?on=01/11/2026").text


def test_the_list_of_units_says_so_also_of_a_day_after_it(world, browse, waiting):
    lan = browse(world.lan)

    assert SAID in lan.get("/units").text
    assert SAID in lan.get("/units?on=01/01/2027").text
    assert SAID not in lan.get("/units?on=24/11/2026").text
    assert SAID not in lan.get("/units?q=khong-co").text


def test_a_person_reads_where_a_split_sends_them(world, browse):
    act(world, "split", world.department, on=DECEMBER, heirs=[
        Heir(unit=world.newspaper), Heir(name_vi="Sở Du lịch")],
        people={post_of(world.minh).id: 1})
    db.session.commit()

    page = browse(world.minh).get("/record")

    assert ("Có hiệu lực từ 15/12/2026: Chia tách: Sở Văn hóa → Báo Cao Bằng, Sở Du lịch, theo "
            "Quyết định 12/QĐ-UBND. Triệu Văn Minh về Sở Du lịch.") in page.text


def test_whoever_is_erased_before_the_day_is_no_longer_named_and_stops_nothing(
        world, browse, the_day):
    made = act(world, "split", world.office, on=DECEMBER, heirs=[
        Heir(unit=world.newspaper), Heir(name_vi="Sở Du lịch")],
        people={post_of(world.pao).id: 1})
    leave(world.pao, date(2026, 11, 20), "resigned", by=world.an)
    seal_what_waits()
    erase(waiting_request(world.pao), by=world.an)
    db.session.commit()
    an = browse(world.an)
    pages = [an.get(f"/reorganisations/{made.id}"),
             an.post(f"/reorganisations/{made.id}/preview", {}, status=200), an.get("/trail")]

    the_day(DECEMBER)
    seal_what_waits()

    assert ["Vàng A Páo" in page.text for page in pages] == [False, False, False]
    assert (made.done_at is not None, made.failed_at) == (True, None)
    assert verify().faults == []


def test_whoever_leaves_the_unit_before_the_day_reads_nothing_of_it(world, browse, waiting):
    leave(world.pao, date(2026, 12, 10), "retired", by=world.an)
    db.session.commit()

    assert "Có hiệu lực từ" not in browse(world.ha).get(f"/people/{world.pao.id}").text


def test_it_is_looked_at_again_and_taken_back(world, browse, waiting):
    an = browse(world.an)

    looked = an.post(f"/reorganisations/{waiting.id}/preview", {}, status=200)
    an.post(f"/reorganisations/{waiting.id}/taking-back", {})
    page = an.get(f"/reorganisations/{waiting.id}")

    assert "Vàng A Páo" in looked.text
    assert "Làm ngay" not in looked.text
    assert "chưa có việc nào được thực hiện" in page.text
    assert "đã rút" in an.get("/reorganisations").text
    assert SAID not in an.get(f"/units/{world.office.id}").text


def test_after_its_day_the_page_says_when_it_was_done(world, browse, waiting, monkeypatch):
    moment = clock.now() + (DECEMBER - clock.today())
    monkeypatch.setattr(clock, "source", lambda: moment)
    take_effect()
    db.session.commit()

    page = browse(world.an).get(f"/reorganisations/{waiting.id}")

    assert "Tự động thực hiện 10:00 15/12/2026" in page.text
    assert "Hoàn tác lần sắp xếp" in page.text


def test_what_could_not_be_done_stands_on_the_officers_first_page(
        world, browse, waiting, monkeypatch):
    world.newspaper.valid_to = DECEMBER
    moment = clock.now() + (DECEMBER - clock.today())
    monkeypatch.setattr(clock, "source", lambda: moment)
    take_effect()
    db.session.commit()
    an = browse(world.an)

    first = an.get("/province")
    page = an.get(f"/reorganisations/{waiting.id}")
    tried = an.post(f"/reorganisations/{waiting.id}/doing", {}, status=409)

    assert first.links["1 văn bản sắp xếp tổ chức không thực hiện được đúng ngày."] == (
        "/reorganisations")
    assert "Văn bản này bị từ chối ngày 15/12/2026. Chưa có việc nào được thực hiện" in page.text
    assert "Ngày 15/12/2026 không có đơn vị “Báo Cao Bằng”" in tried.text
    world.newspaper.valid_to = None
    db.session.commit()
    an.post(f"/reorganisations/{waiting.id}/doing", {})
    assert newest().done_at == moment


def test_the_page_of_a_unit_asks_as_many_statements_for_one_act_as_for_many(
        world, browse, waiting):
    an = browse(world.an)

    def statements():
        an.get(f"/units/{world.newspaper.id}")
        with counted() as asked:
            an.get(f"/units/{world.newspaper.id}")
        return len(asked)

    few = statements()
    for number in range(1, 8):
        act(world, "move", world.newspaper, on=DECEMBER + timedelta(days=number),
            parent=(world.department, world.province)[(number + 1) % 2])
    db.session.commit()

    assert statements() == few
