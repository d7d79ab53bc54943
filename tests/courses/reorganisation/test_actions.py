"""What an act does: units, people, rights, work, on both clocks; and how it is undone."""
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.organisations.models import Placement, Succession, Unit
from lms.organisations.queries import tree
from lms.people.models import Posting, Role
from lms.people.queries import units_of

from courses.classes.models import Quota
from courses.coverage.facts.export import export_folder
from courses.coverage.queries import figures
from courses.reorganisation.actions import reorganise
from courses.reorganisation.models import ReorganisationEffect
from courses.reorganisation.plan import Heir, Plan
from courses.reorganisation.preview import previewed
from courses.reorganisation.undoing import undo

JULY, BEFORE, TODAY = date(2026, 7, 1), date(2026, 6, 30), date(2026, 11, 25)
ACT = "Quyết định 12/QĐ-UBND"


def act(world, kind, *sources, heirs=(), on=JULY, **more):
    """The act is done by the officer."""
    return reorganise(plan(kind, *sources, heirs=heirs, on=on, **more), by=world.an)


def plan(kind, *sources, heirs=(), on=JULY, **more):
    """An act as it would be done."""
    return Plan(kind=kind, sources=list(sources), heirs=list(heirs), on=on, act=ACT, **more)


def units(person, day):
    """The keys of the units in which somebody has a post on a day."""
    ids = units_of(person.id, day)
    return sorted(db.session.scalars(select(Unit.key).where(Unit.id.in_(ids))))


def post_of(person):
    """The first post of somebody."""
    return db.session.scalars(select(Posting).filter_by(person_id=person.id)).first()


def met(goal, unit, on):
    """The figure of a goal in a unit as (met, required), (0, 0) without one."""
    found = figures([goal], [unit], on)
    return (found[0].met, found[0].required) if found else (0, 0)


def parent(unit, on):
    """The key of the unit above."""
    key = tree(on).parents.get(unit.id)
    return db.session.get(Unit, key).key if key else None


def test_a_renamed_unit_goes_on_under_its_new_name_with_everybody(world):
    done = act(world, "rename", world.department, heirs=[Heir(
        name_vi="Sở Văn hóa, Thể thao và Du lịch", name_en="Department of Culture and Sports")])

    new = db.session.get(Unit, done.units["heirs"][0])
    assert (world.department.valid_to, new.valid_from, new.key) == (JULY, JULY, "SVH~2")
    assert (units(world.ha, BEFORE), units(world.ha, JULY)) == (["SVH"], ["SVH~2"])
    assert (parent(world.office, BEFORE), parent(world.office, JULY)) == ("SVH", "SVH~2")
    assert (parent(new, BEFORE), parent(new, JULY)) == (None, "CB")
    assert (world.december_class.organiser, world.press_law.owner) == (new, new)
    assert [(role.unit_id, role.valid_from, role.valid_to) for role in db.session.scalars(
        select(Role).filter_by(person_id=world.ha.id).order_by(Role.id))][-1] == (
            new.id, TODAY, None)


def test_after_a_merger_the_past_stays_the_old_units(world):
    # The department has Hạ, its office Páo: two officials, none trained.  On 1 July the office
    # goes over to the newspaper, which had none.
    act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)], on=date(2026, 11, 1))

    october, november = date(2026, 10, 31), date(2026, 11, 1)
    told = {unit.key: (met(world.goal_b, unit, october), met(world.goal_b, unit, november))
            for unit in (world.office, world.newspaper, world.department, world.province)}
    assert told == {"SVH-VP": ((0, 1), (0, 0)), "BAO": ((0, 0), (0, 1)),
                    "SVH": ((0, 2), (0, 1)), "CB": ((0, 2), (0, 2))}


def test_a_split_sends_each_person_to_a_named_heir(world):
    minh = post_of(world.minh)

    done = act(world, "split", world.department, heirs=[
        Heir(unit=world.newspaper), Heir(name_vi="Sở Du lịch")],
        people={minh.id: 1}, children={world.office.id: 1})

    tourism = db.session.get(Unit, done.units["heirs"][1])
    assert (units(world.minh, JULY), units(world.ha, JULY)) == ([tourism.key], ["BAO"])
    assert parent(world.office, JULY) == tourism.key
    assert {(row.from_unit.key, row.to_unit.key, row.kind) for row in db.session.scalars(
        select(Succession))} == {("SVH", "BAO", "split"), ("SVH", tourism.key, "split")}


def test_a_dissolved_unit_has_no_heir_and_its_posts_end(world):
    act(world, "dissolve", world.department, on=TODAY)

    assert (units(world.ha, TODAY - timedelta(days=1)), units(world.ha, TODAY)) == (["SVH"], [])
    assert parent(world.office, TODAY) == "CB"
    assert world.ha.roles[0].valid_to == TODAY


def test_a_moved_unit_takes_all_below_it_along(world):
    act(world, "move", world.department, parent=world.newspaper)

    assert (parent(world.department, BEFORE), parent(world.department, JULY)) == ("CB", "BAO")
    assert world.office.id in tree(JULY).below(world.newspaper.id)
    assert db.session.scalars(select(Succession)).all() == []


def test_a_function_is_handed_over_with_its_people_classes_and_courses(world):
    minh = post_of(world.minh)

    act(world, "transfer", world.department, heirs=[Heir(unit=world.newspaper)],
        people={minh.id: 0}, classes={world.december_class.id}, courses={world.press_law.id})

    assert (units(world.minh, JULY), units(world.ha, JULY)) == (["BAO"], ["SVH"])
    assert world.department.valid_to is None
    assert (world.december_class.organiser, world.press_law.owner) == (
        world.newspaper, world.newspaper)


def test_seats_in_open_classes_go_to_the_heir(world):
    db.session.add_all([Quota(class_id=world.december_class.id, unit_id=unit.id, seats=seats)
                        for unit, seats in ((world.office, 3), (world.newspaper, 5))])
    db.session.flush()

    done = act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)])

    assert [(quota.unit_id, quota.seats) for quota in db.session.scalars(select(Quota))] == [
        (world.newspaper.id, 8)]
    undo(done, by=world.an)
    assert sorted((quota.unit_id, quota.seats) for quota in db.session.scalars(
        select(Quota))) == sorted([(world.office.id, 3), (world.newspaper.id, 5)])


def test_a_post_that_begins_later_begins_in_the_heir(world):
    later = Posting(person=world.lan, unit=world.office, title="Chuyên viên", main=False,
                    valid_from=TODAY)
    db.session.add(later)
    db.session.flush()

    act(world, "merge", world.office, heirs=[Heir(unit=world.department)])

    assert units(world.lan, TODAY) == ["BAO", "SVH"]
    assert units(world.lan, BEFORE) == ["BAO"]


def test_what_was_known_before_the_act_is_still_known(world, monkeypatch):
    before = clock.now()
    monkeypatch.setattr(clock, "source", lambda: before + timedelta(hours=1))

    act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)])

    then = figures([world.goal_b], [world.newspaper], TODAY, before)[0]
    now = figures([world.goal_b], [world.newspaper], TODAY)[0]
    assert (then.required, now.required) == (0, 1)


@pytest.mark.parametrize(("kind", "change", "words"), [
    ("rename", {"on": date(2018, 1, 1)}, "bắt đầu từ ngày"),
    ("merge", {"heirs": []}, "Hãy nêu đơn vị tiếp nhận"),
    ("merge", {"heirs": [Heir()]}, "tên tiếng Việt"),
    ("split", {"heirs": [Heir(name_vi="Một")]}, "ít nhất hai"),
    ("split", {"heirs": [Heir(name_vi="Một"), Heir(name_vi="Hai")], "people": {"ha": 5}},
     "chưa nêu"),
    ("move", {"parent": None}, "cấp trên"),
    ("rename", {"act": ""}, "số văn bản"),
])
def test_an_act_that_makes_no_sense_is_refused(world, kind, change, words):
    wrong = plan(kind, world.department, heirs=[Heir(name_vi="Mới")])
    for name, value in change.items():
        setattr(wrong, name, value)
    wrong.people = {post_of(world.ha).id: place for place in wrong.people.values()}

    with pytest.raises(Refusal, match=re.escape(words)):
        reorganise(wrong, by=world.an)


def test_a_unit_goes_to_no_unit_below_itself_nor_twice_to_one(world):
    with pytest.raises(Refusal, match="trực thuộc đơn vị đó"):
        act(world, "merge", world.department, heirs=[Heir(unit=world.office)])
    with pytest.raises(Refusal, match="không thể trực thuộc chính mình"):
        act(world, "move", world.department, parent=world.office)
    with pytest.raises(Refusal, match="đã ở đó rồi"):
        act(world, "move", world.office, parent=world.department)
    with pytest.raises(Refusal, match="nêu hai lần"):
        act(world, "split", world.office, heirs=[Heir(unit=world.newspaper)] * 2)
    with pytest.raises(Refusal, match="toàn bộ tổ chức"):
        act(world, "dissolve", world.province)


def test_a_unit_that_ended_is_not_reorganised_again(world):
    act(world, "dissolve", world.office)

    with pytest.raises(Refusal, match=re.escape("chấm dứt ngày 01/07/2026")):
        act(world, "rename", world.office, heirs=[Heir(name_vi="Mới")], on=TODAY)


SEPTEMBER = date(2026, 9, 1)


def test_an_act_is_not_entered_before_a_later_one_about_its_units(world):
    act(world, "move", world.newspaper, parent=world.department, on=SEPTEMBER)

    # The newspaper's own place changes on 1 September already, whatever part it has here.
    for early in (plan("move", world.newspaper, parent=world.office),
                  plan("merge", world.newspaper, heirs=[Heir(unit=world.office)]),
                  plan("merge", world.office, heirs=[Heir(unit=world.newspaper)])):
        with pytest.raises(Refusal, match="Báo Cao Bằng còn thay đổi từ ngày 01/09/2026"):
            reorganise(early, by=world.an)


def test_nobody_is_sent_to_a_unit_that_ended_since(world):
    act(world, "dissolve", world.newspaper, on=SEPTEMBER)

    with pytest.raises(Refusal, match="Báo Cao Bằng còn thay đổi từ ngày 01/09/2026"):
        act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)])


def test_no_two_acts_make_a_circle_on_any_later_day(world):
    # From 1 September the department stands under the newspaper.  If from 1 July the newspaper
    # stood under the department's office, each would stand under the other from September on.
    act(world, "move", world.department, parent=world.newspaper, on=SEPTEMBER)

    with pytest.raises(Refusal, match="không thể trực thuộc chính mình"):
        act(world, "move", world.newspaper, parent=world.office)


def test_a_unit_and_the_one_above_it_go_over_together(world):
    for unit, precedence in ((world.office, 1), (world.department, 2)):
        unit.precedence = precedence
    db.session.flush()

    done = act(world, "merge", world.office, world.department, heirs=[Heir(name_vi="Sở mới")])

    new = db.session.get(Unit, done.units["heirs"][0])
    assert parent(new, JULY) == "CB"
    assert [row.unit_id for row in db.session.scalars(select(Placement).where(
        Placement.known_at(), Placement.valid_from == Placement.valid_to))] == []


def test_two_posts_of_one_title_are_shown_where_each_goes(world):
    first = post_of(world.ha)
    second = Posting(person=world.ha, unit=world.department, title=first.title, main=False,
                     valid_from=date(2026, 1, 1))
    db.session.add(second)
    db.session.flush()

    told = previewed(plan("split", world.department, heirs=[
        Heir(unit=world.newspaper), Heir(name_vi="Sở mới")], people={second.id: 1}))

    assert [goes for name, *_rest, goes in told.people if name == "Bế Văn Hạ"] == [
        "Báo Cao Bằng", "Sở mới"]


def test_a_right_that_was_ended_since_is_not_undone(world):
    done = act(world, "rename", world.department, heirs=[Heir(name_vi="Sở mới")])
    right = db.session.scalar(select(Role).filter_by(unit_id=done.units["heirs"][0]))
    right.valid_to = TODAY
    db.session.flush()

    with pytest.raises(Refusal, match="không hoàn tác toàn bộ được nữa"):
        undo(done, by=world.an)


ACTS = {
    "rename": lambda w: plan("rename", w.department, heirs=[Heir(name_vi="Sở mới")]),
    "merge": lambda w: plan("merge", w.office, w.newspaper, heirs=[Heir(name_vi="Trung tâm")]),
    "split": lambda w: plan("split", w.department, heirs=[
        Heir(unit=w.newspaper), Heir(name_vi="Sở Du lịch")], people={post_of(w.minh).id: 1}),
    "dissolve": lambda w: plan("dissolve", w.department),
    "move": lambda w: plan("move", w.office, parent=w.newspaper),
    "transfer": lambda w: plan("transfer", w.department, heirs=[Heir(unit=w.newspaper)],
                               people={post_of(w.ha).id: 0}, courses={w.press_law.id}),
}


def state(folder):
    """Every fact believed now, by file; rows of units that never were are left out."""
    export_folder(folder)
    facts = {}
    for path in sorted(folder.glob("*.csv")):
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        rows = [dict(zip(header.split(","), line.split(","), strict=False)) for line in lines]
        facts[path.name] = sorted(
            str({name: cell for name, cell in row.items()
                 if name not in ("recorded_at", "superseded_at")})
            for row in rows if not row.get("superseded_at")
            and not (path.name == "units.csv" and row["valid_from"] == row["valid_to"]))
    return facts


@pytest.mark.parametrize("kind", ACTS)
def test_an_act_undone_the_same_day_leaves_every_fact_as_it_was(world, tmp_path, kind):
    before, roles = state(tmp_path / "a"), held_roles()

    done = reorganise(ACTS[kind](world), by=world.an)
    between = state(tmp_path / "b")
    undo(done, by=world.an)

    assert between != before
    assert state(tmp_path / "c") == before
    assert held_roles() == roles


def held_roles():
    """The roles that somebody holds or held on some day."""
    return sorted((role.person_id, role.kind, role.unit_id, role.valid_from, str(role.valid_to))
                  for role in db.session.scalars(select(Role))
                  if role.valid_to is None or role.valid_to > role.valid_from)


def test_an_act_is_undone_on_its_day_and_once(world, monkeypatch):
    done = act(world, "move", world.office, parent=world.newspaper)
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "source", lambda: tomorrow)

    with pytest.raises(Refusal, match="trong ngày thực hiện"):
        undo(done, by=world.an)


def test_an_act_on_which_something_rests_is_not_undone(world):
    done = act(world, "rename", world.office, heirs=[Heir(name_vi="Văn phòng mới")])
    new = db.session.get(Unit, done.units["heirs"][0])
    db.session.add(Posting(person=world.lan, unit=new, valid_from=JULY))
    db.session.flush()

    with pytest.raises(Refusal, match="Văn phòng mới"):
        undo(done, by=world.an)


@pytest.mark.parametrize("kind", ACTS)
def test_the_preview_tells_what_the_act_then_does_and_leaves_nothing(world, tmp_path, kind):
    before = state(tmp_path / "a")

    told = previewed(ACTS[kind](world))

    assert state(tmp_path / "b") == before
    assert db.session.scalars(select(ReorganisationEffect)).all() == []
    done = reorganise(ACTS[kind](world), by=world.an)
    for goal, unit, _old, new in [*told.figures, *told.same]:
        found = db.session.scalar(select(Unit).filter_by(name_vi=unit.name_vi))
        assert ((new.met, new.required) if new else (0, 0)) == met(goal, found, done.on)
    for name, _born, _title, _unit, goes in told.people:
        person = next(one for one in (world.ha, world.minh, world.an, world.pao, world.hoa,
                                      world.lan) if one.full_name == name)
        names = db.session.scalars(select(Unit.name_vi).where(
            Unit.id.in_(units_of(person.id, done.on)))).all()
        assert (goes in names) if goes else names == [] or kind in ("move", "transfer")
