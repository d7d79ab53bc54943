"""An act of a day to come: nothing before, everything on its day, and it can be taken back."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.models import Notice
from lms.organisations.models import Unit
from lms.people.actions import add_person, end_post
from lms.people.careers import transfer
from lms.people.models import Membership, Posting
from lms.people.policies import may_answer
from lms.people.rule_actions import set_rule

from courses.coverage.truth_queries import off_the_rule
from courses.reorganisation.actions import take_back
from courses.reorganisation.models import Reorganisation
from courses.reorganisation.plan import Heir
from courses.reorganisation.preview import previewed
from courses.reorganisation.undoing import may_still_undo, undo
from tests.courses.coverage.machine_acts import believed
from tests.courses.reorganisation.test_actions import (
    TODAY,
    act,
    met,
    parent,
    plan,
    post_of,
    units,
)
from tests.world import BEGINNING

DECEMBER = date(2026, 12, 15)


def merged_in_december(world, **more):
    """The office goes over to the newspaper on 15 December, as was decided in November."""
    return act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)], on=DECEMBER,
               **more)


def test_before_its_day_everything_is_as_it_was(world, the_day):
    before = believed()

    done = merged_in_december(world)
    the_day(DECEMBER - timedelta(days=1))

    assert believed() == before
    assert (done.done_at, world.office.valid_to) == (None, None)
    assert may_answer(world.ha, world.office)


def test_on_its_day_everything_follows_by_itself(world, the_day):
    # The department has Hạ, its office Páo: two officials.  On the day Páo is the newspaper's,
    # who is answered for by Hoa, and no more by Hạ.
    done = merged_in_december(world)
    the_day(DECEMBER)

    assert units(world.pao, DECEMBER - timedelta(days=1)) == ["SVH-VP"]
    assert units(world.pao, DECEMBER) == ["BAO"]
    assert world.office.valid_to == DECEMBER
    assert [met(world.goal_b, unit, day) for unit in (world.department, world.newspaper)
            for day in (DECEMBER - timedelta(days=1), DECEMBER)] == [
        (0, 2), (0, 1), (0, 0), (0, 1)]
    assert clock.local(done.done_at).date() == DECEMBER
    assert may_answer(world.hoa, world.newspaper)


def test_rights_end_and_begin_on_the_day(world, the_day):
    act(world, "rename", world.department, heirs=[Heir(name_vi="Sở mới")], on=DECEMBER)
    the_day(DECEMBER)

    new = db.session.scalars(select(Unit).filter_by(name_vi="Sở mới")).one()
    db.session.expire_all()
    assert [(role.unit.key, role.valid_from, role.valid_to) for role in world.ha.roles] == [
        ("SVH", BEGINNING, DECEMBER), ("SVH~2", DECEMBER, None)]
    assert may_answer(world.ha, new)
    assert not may_answer(world.ha, world.department)


def test_whoever_comes_to_the_unit_meanwhile_goes_along_and_whoever_leaves_does_not(
        world, the_day):
    merged_in_december(world)
    came = add_person({"full_name": "Lục Thị Mai"}, {
        "unit": world.office, "title": "Văn thư", "valid_from": TODAY}, by=world.an)
    transfer(world.pao, {"unit": world.department, "title": "Chuyên viên",
                         "valid_from": TODAY}, by=world.an)
    the_day(DECEMBER)

    assert (units(came, DECEMBER), units(world.pao, DECEMBER)) == (["BAO"], ["SVH"])


def test_a_post_corrected_meanwhile_goes_where_its_holder_was_sent(world, the_day):
    act(world, "split", world.department, on=DECEMBER, heirs=[
        Heir(unit=world.newspaper), Heir(name_vi="Sở Du lịch")],
        people={post_of(world.minh).id: 1})
    transfer(world.minh, {"unit": world.department, "title": "Trưởng phòng",
                          "valid_from": TODAY}, by=world.an)
    the_day(DECEMBER)

    assert (units(world.minh, DECEMBER), units(world.ha, DECEMBER)) == (["SVH~2"], ["BAO"])


def test_a_group_by_rule_follows_on_the_day(world, the_day):
    set_rule(world.reporters, {"titles": [], "kinds": ["press"], "units": [],
                               "valid_from": date(2026, 1, 1)}, by=world.an)
    merged_in_december(world)
    the_day(DECEMBER)

    assert db.session.scalar(select(Membership.valid_from).where(
        Membership.person_id == world.pao.id, Membership.group_id == world.reporters.id,
        Membership.known_at())) == DECEMBER
    assert off_the_rule() == []


def test_the_officers_are_told_that_it_took_effect_and_how_many_came_since(world, the_day):
    act(world, "split", world.office, on=DECEMBER, heirs=[
        Heir(name_vi="Phòng Một"), Heir(name_vi="Phòng Hai")],
        people={world.pao_post.id: 1})
    add_person({"full_name": "Lục Thị Mai"}, {
        "unit": world.office, "title": "Văn thư", "valid_from": TODAY}, by=world.an)
    the_day(DECEMBER)

    told = db.session.scalars(select(Notice).where(Notice.person_id == world.an.id)).one()
    assert told.text_vi == (
        "Quyết định 12/QĐ-UBND đã có hiệu lực. Có thể hoàn tác đến hết ngày hôm nay. "
        "Có 1 người đến sau khi nhập văn bản: hãy xem họ về đâu.")


def test_it_is_taken_back_before_its_day_and_then_nothing_happens(world, the_day):
    before = believed()
    done = merged_in_december(world)

    take_back(done, by=world.an)
    the_day(DECEMBER)

    assert believed() == before
    with pytest.raises(Refusal, match="không còn chờ nữa"):
        take_back(done, by=world.an)


def test_on_its_day_it_is_undone_as_any_other_act(world, the_day):
    before = believed()
    done = merged_in_december(world)
    assert not may_still_undo(done)
    the_day(DECEMBER)

    undo(done, by=world.an)

    assert believed() == before


def test_two_acts_by_which_one_unit_ends_do_not_go_together(world):
    merged_in_december(world)

    for on in (DECEMBER, DECEMBER + timedelta(days=30), TODAY):
        with pytest.raises(Refusal, match=(
                "Văn phòng Sở Văn hóa có tên trong một văn bản đang chờ đến ngày: Sáp nhập từ "
                "ngày 15/12/2026, Quyết định 12/QĐ-UBND. Hãy rút văn bản đó trước")):
            act(world, "dissolve", world.office, on=on)


def test_a_unit_that_takes_others_in_does_not_end_before(world):
    merged_in_december(world)

    with pytest.raises(Refusal, match="Báo Cao Bằng có tên trong một văn bản đang chờ"):
        act(world, "rename", world.newspaper, heirs=[Heir(name_vi="Báo mới")])


def test_a_move_today_that_would_make_a_circle_later_is_refused(world):
    act(world, "move", world.department, parent=world.newspaper, on=DECEMBER)

    with pytest.raises(Refusal, match=(
            "không thực hiện cùng được với Quyết định 12/QĐ-UBND đang chờ đến ngày 15/12/2026: "
            "Đơn vị không thể trực thuộc chính mình")):
        act(world, "move", world.newspaper, parent=world.office)
    assert parent(world.newspaper, TODAY) == "CB"


def test_two_acts_that_follow_each_other_are_both_done(world, the_day):
    act(world, "move", world.office, parent=world.newspaper, on=date(2026, 12, 1))
    merged_in_december(world)
    the_day(DECEMBER)

    assert parent(world.office, date(2026, 12, 1)) == "BAO"
    assert units(world.pao, DECEMBER) == ["BAO"]


def test_an_act_that_cannot_be_done_on_its_day_is_left_and_the_officers_are_told(
        world, the_day):
    done = merged_in_december(world)
    world.newspaper.valid_to = DECEMBER
    db.session.flush()
    before = believed()

    the_day(DECEMBER)

    assert (believed(), done.done_at, done.failed_at) == (before, None, clock.now())
    told = db.session.scalars(select(Notice).where(Notice.person_id == world.an.id)).one()
    assert told.text_vi == ("Quyết định 12/QĐ-UBND không thực hiện được đúng ngày có hiệu lực. "
                            "Hãy mở ra xem lý do.")


def test_the_preview_tells_of_the_day_and_leaves_nothing(world):
    before = believed()

    told = previewed(plan("merge", world.office, heirs=[Heir(unit=world.newspaper)],
                          on=DECEMBER))

    figures = {(goal.key, unit.key): (old and old.required, new and new.required)
               for goal, unit, old, new in told.figures if goal.key == "B"}
    assert figures == {("B", "BAO"): (0, 1), ("B", "SVH-VP"): (1, None)}
    assert [(goal.key, unit.key) for goal, unit, _old, _new in told.same] == [
        ("A", "CB"), ("A", "BAO"), ("B", "CB")]
    assert believed() == before
    assert db.session.scalars(select(Reorganisation)).all() == [world.reform]


def test_an_act_on_which_another_one_rests_is_not_undone(world):
    done = act(world, "rename", world.office, heirs=[Heir(name_vi="Văn phòng mới")], on=TODAY)
    new = db.session.get(Unit, done.units["heirs"][0])
    act(world, "merge", new, heirs=[Heir(unit=world.newspaper)], on=DECEMBER)

    with pytest.raises(Refusal, match="Văn phòng mới"):
        undo(done, by=world.an)


def test_whose_post_ends_before_the_day_is_in_no_unit_then(world, the_day):
    merged_in_december(world)
    end_post(world.pao_post, date(2026, 12, 10), by=world.an)
    the_day(DECEMBER)

    assert units(world.pao, DECEMBER) == []
    assert db.session.scalars(select(Posting).where(
        Posting.person_id == world.pao.id, Posting.unit_id == world.newspaper.id)).all() == []
