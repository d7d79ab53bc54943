"""Whom an act concerns is told of it: who answers for its units, and whose rights it changes."""
from datetime import date

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.notices.models import Notice
from lms.people.models import MANAGER, Role

from courses.reorganisation.plan import NOWHERE, Heir
from courses.reorganisation.undoing import undo
from tests.courses.reorganisation.test_actions import act
from tests.courses.reorganisation.test_ahead import DECEMBER, merged_in_december
from tests.world import BEGINNING

SAID = ("Có hiệu lực từ 15/12/2026: Sáp nhập: Văn phòng Sở Văn hóa → Báo Cao Bằng, theo "
        "Quyết định 12/QĐ-UBND.")


def told():
    """Each person's messages of acts, officers apart, as (name, text, page), by name."""
    rows = db.session.scalars(select(Notice).where(Notice.key.startswith("act-")).order_by(
        Notice.id)).all()
    return sorted((row.person.full_name, row.text_vi, row.url) for row in rows
                  if not row.url.startswith("/reorganisations"))


def test_who_answers_for_either_unit_is_told_on_the_day(world, the_day):
    # Hạ answers for the department and so for its office, Hoa for the newspaper.
    merged_in_december(world)
    assert told() == []

    the_day(DECEMBER)

    assert told() == [(world.hoa.full_name, SAID, f"/units/{world.newspaper.id}"),
                      (world.ha.full_name, SAID, f"/units/{world.office.id}")]


def test_whoever_loses_or_gets_a_right_is_told_which(world, the_day):
    db.session.add(Role(person=world.minh, kind=MANAGER, unit=world.office, valid_from=BEGINNING))
    db.session.flush()
    done = act(world, "rename", world.office, on=DECEMBER, heirs=[Heir(name_vi="Văn phòng mới")])
    the_day(DECEMBER)

    assert told() == [(
        "Triệu Văn Minh", "Có hiệu lực từ 15/12/2026: Đổi tên: Văn phòng Sở Văn hóa → Văn phòng "
        "mới, theo Quyết định 12/QĐ-UBND. Bạn không còn phụ trách Văn phòng Sở Văn hóa. Bạn phụ "
        "trách Văn phòng mới từ ngày 15/12/2026.", f"/units/{done.units['heirs'][0]}")]


def test_an_act_done_at_once_tells_the_same_people_and_so_does_its_undoing(world):
    done = act(world, "rename", world.department, heirs=[Heir(name_vi="Sở mới")],
               on=date(2026, 11, 25), roles={world.ha.roles[0].id: NOWHERE})
    undo(done, by=world.an)

    assert told() == [
        (world.ha.full_name, "Có hiệu lực từ 25/11/2026: Đổi tên: Sở Văn hóa → Sở mới, theo Quyết "
         "định 12/QĐ-UBND. Bạn không còn phụ trách Sở Văn hóa.", f"/units/{world.department.id}"),
        (world.ha.full_name, "Quyết định 12/QĐ-UBND đã được hoàn tác; mọi việc trở lại như trước.",
         f"/units/{world.department.id}")]


def test_they_are_told_when_it_could_not_be_done(world, the_day):
    merged_in_december(world)
    world.newspaper.valid_to = DECEMBER
    db.session.flush()

    the_day(DECEMBER)

    text = ("Quyết định 12/QĐ-UBND không thực hiện được đúng ngày 15/12/2026. Mọi việc giữ "
            "nguyên cho đến khi phụ trách đào tạo xử lý xong.")
    assert told() == [(world.hoa.full_name, text, f"/units/{world.newspaper.id}"),
                      (world.ha.full_name, text, f"/units/{world.office.id}")]


def test_who_loses_a_unit_that_moves_is_told_too_and_where_it_goes(world):
    act(world, "move", world.office, parent=world.newspaper, on=clock.today())

    assert [(name, text) for name, text, _page in told()] == [
        (person.full_name, "Có hiệu lực từ 25/11/2026: Chuyển cấp trên: Văn phòng Sở Văn hóa → "
         "Báo Cao Bằng, theo Quyết định 12/QĐ-UBND.") for person in (world.hoa, world.ha)]


def test_the_page_they_are_led_to_opens_for_them(world, browse, the_day):
    merged_in_december(world)
    the_day(DECEMBER)
    db.session.commit()

    for person in (world.ha, world.hoa):
        key, = db.session.scalars(select(Notice.id).where(Notice.person_id == person.id)).all()
        reader = browse(person)
        assert "15/12/2026" in reader.follow(reader.post(f"/messages/{key}/opening")).text
