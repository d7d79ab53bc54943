"""Moves between units that wait for an answer while one of the units is reorganised.

Minh of the department is to move to the newspaper on 1 December; Hoa, its head, is asked.
"""
from datetime import date

import pytest

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.organisations.models import Unit
from lms.people.queries import postings_of
from lms.transfers.actions import agree

from courses.reorganisation.plan import Heir
from courses.reorganisation.preview import previewed
from courses.reorganisation.undoing import undo
from tests.courses.reorganisation.test_actions import act, plan, post_of

NOVEMBER = date(2026, 11, 20)


def asked(world):
    """The request as it stands: from, to, who answers, the first day."""
    move = world.move
    return move.from_unit.name_vi, move.unit.name_vi, move.asked_of.name_vi, move.valid_from


AS_ASKED = ("Sở Văn hóa", "Báo Cao Bằng", "Báo Cao Bằng", date(2026, 12, 1))


def merger(world):
    """The newspaper and the office become one centre in November."""
    return plan("merge", world.newspaper, world.office, heirs=[Heir(name_vi="Trung tâm")],
                on=NOVEMBER)


def test_the_unit_that_takes_goes_on_and_so_does_the_request(world):
    act(world, "merge", world.newspaper, world.office, heirs=[Heir(name_vi="Trung tâm")],
        on=NOVEMBER)

    assert asked(world) == ("Sở Văn hóa", "Trung tâm", "Trung tâm", date(2026, 12, 1))
    agree(world.move, by=world.an)
    assert [(post.unit.name_vi, post.valid_from) for post in postings_of(world.minh)][0] == (
        "Trung tâm", date(2026, 12, 1))


def test_the_unit_that_gives_is_the_one_to_which_the_person_went(world):
    act(world, "split", world.department, on=NOVEMBER, heirs=[
        Heir(name_vi="Sở Thể thao"), Heir(name_vi="Sở Du lịch")],
        people={post_of(world.minh).id: 1})

    assert asked(world) == ("Sở Du lịch", *AS_ASKED[1:])
    agree(world.move, by=world.hoa)
    assert [post.unit.name_vi for post in postings_of(world.minh)] == [
        "Báo Cao Bằng", "Sở Du lịch", "Sở Văn hóa"]


def test_a_day_before_the_act_becomes_the_day_of_the_act(world):
    world.move.valid_from = date(2026, 11, 1)
    db.session.flush()

    act(world, "rename", world.newspaper, heirs=[Heir(name_vi="Báo mới")], on=NOVEMBER)

    assert asked(world) == ("Sở Văn hóa", "Báo mới", "Báo mới", NOVEMBER)
    agree(world.move, by=world.hoa)
    assert [(post.unit.name_vi, post.valid_from, post.valid_to)
            for post in postings_of(world.minh)] == [
        ("Báo mới", NOVEMBER, None), ("Sở Văn hóa", date(2018, 1, 1), NOVEMBER)]


@pytest.mark.parametrize("kind, more", [
    ("dissolve", {}), ("move", {"parent": "department"}), ("merge", {"heirs": "department"})])
def test_without_another_unit_to_take_the_person_the_request_stays_as_it_was_asked(
        world, kind, more):
    more = {name: getattr(world, unit) for name, unit in more.items()}
    if "heirs" in more:
        more["heirs"] = [Heir(unit=more["heirs"])]

    act(world, kind, world.newspaper, on=NOVEMBER, **more)

    assert asked(world) == AS_ASKED


def test_the_preview_says_that_the_request_goes_on(world):
    told = previewed(merger(world))

    assert told.others == ["1 đề nghị chuyển đơn vị đang chờ trả lời được chuyển sang đơn vị kế "
                           "tục."]
    assert asked(world) == AS_ASKED


def test_undoing_the_act_asks_again_as_before(world):
    done = act(world, "rename", world.department, heirs=[Heir(name_vi="Sở mới")], on=NOVEMBER)
    assert asked(world) == ("Sở mới", *AS_ASKED[1:])

    undo(done, by=world.an)
    db.session.expire(world.move)

    assert asked(world) == AS_ASKED


def test_an_act_is_not_undone_once_the_request_was_answered(world):
    done = act(world, "rename", world.newspaper, heirs=[Heir(name_vi="Báo mới")], on=NOVEMBER)
    agree(world.move, by=world.an)

    with pytest.raises(Refusal, match="không hoàn tác toàn bộ được nữa"):
        undo(done, by=world.an)
    assert db.session.get(Unit, done.units["heirs"][0]).valid_to is None
