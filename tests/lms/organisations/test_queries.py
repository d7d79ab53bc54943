"""The tree of units on a day, and what became of a unit."""
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.facts import supersede
from lms.organisations.models import Succession
from lms.organisations.queries import Tree, history_of, outline, root_on, tree, units_on

from tests.lms.organisations.reform import JULY, founded, merged, placements
from tests.statements import counted

DAY = timedelta(days=1)


def keys(units):
    """The keys of units, in their order."""
    return [unit.key for unit in units]


def lines(on):
    """The outline of a day: depth and key."""
    return [(depth, unit.key) for depth, unit in outline(tree(on), units_on(on))]


def test_units_stand_in_the_order_of_precedence(world):
    founded("XA", "Xã Quang Long", world.province, precedence=5)

    assert keys(units_on(JULY)) == ["CB", "XA", "BAO", "SVH", "SVH-VP"]


def test_a_unit_is_there_from_its_first_day_and_not_on_its_last(world):
    merged(world)

    assert keys(units_on(JULY - DAY)) == ["CB", "BAO", "SVH", "SVH-VP"]
    assert keys(units_on(JULY)) == ["CB", "BAO", "TT", "SVH"]
    assert units_on(date(2017, 12, 31)) == []


def test_the_outline_puts_each_under_its_parent(world):
    assert lines(JULY) == [(0, "CB"), (1, "BAO"), (1, "SVH"), (2, "SVH-VP")]


def test_the_outline_of_a_day_is_the_one_of_that_day(world):
    merged(world)

    assert lines(JULY - DAY) == [(0, "CB"), (1, "BAO"), (1, "SVH"), (2, "SVH-VP")]
    assert lines(JULY) == [(0, "CB"), (1, "BAO"), (2, "TT"), (1, "SVH")]


def test_a_unit_whose_parent_is_gone_stands_at_the_root(world):
    world.department.valid_to = JULY

    assert lines(JULY) == [(0, "CB"), (1, "BAO"), (0, "SVH-VP")]


def test_below_a_unit_are_it_and_all_under_it(world):
    standing = tree(JULY)

    assert standing.below(world.department.id) == {world.department.id, world.office.id}
    assert standing.below(world.office.id, world.newspaper.id) == {
        world.office.id, world.newspaper.id}
    assert len(standing.below(world.province.id)) == 4
    assert standing.below() == set()


def test_the_path_leads_up_to_the_whole(world):
    assert tree(JULY).path(world.office.id) == [
        world.office.id, world.department.id, world.province.id]
    assert tree(JULY).path(world.province.id) == [world.province.id]


def test_the_root_is_the_unit_under_no_other(world):
    founded("KHAC", "Đơn vị khác", precedence=99)

    assert root_on(JULY) == world.province
    assert root_on(date(2017, 1, 1)) is None


def test_what_was_known_of_the_tree_before_a_correction_is_kept(world, monkeypatch):
    noon = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "source", lambda: noon)
    supersede(placements(world.office)[0], parent_id=world.newspaper.id)

    assert tree(JULY).parents[world.office.id] == world.newspaper.id
    assert tree(JULY, noon - timedelta(minutes=1)).parents[world.office.id] == world.department.id
    assert tree(JULY, noon).parents[world.office.id] == world.newspaper.id


def test_a_unit_knows_where_it_came_from_and_where_it_went(world):
    centre = merged(world)

    came, went = history_of(centre)
    assert [(s.from_unit, s.kind, s.act) for s in came] == [
        (world.office, "merge", "Quyết định 12/QĐ-UBND")]
    assert went == []
    assert [s.to_unit for s in history_of(world.office)[1]] == [centre]
    assert history_of(world.newspaper) == ([], [])


def test_the_history_of_a_unit_goes_through_all_units_between(world):
    centre = merged(world)
    agency = founded("CQ", "Cơ quan báo chí", world.province, date(2026, 9, 1))
    db.session.add(Succession(from_unit=centre, to_unit=agency, on=date(2026, 9, 1),
                              kind="rename"))
    db.session.flush()

    came, went = history_of(agency)

    assert [(s.from_unit.key, s.to_unit.key, s.on) for s in came] == [
        ("SVH-VP", "TT", JULY), ("TT", "CQ", date(2026, 9, 1))]
    assert [s.to_unit.key for s in history_of(world.office)[1]] == ["TT", "CQ"]
    assert went == []


def test_a_unit_that_was_dissolved_went_nowhere(world):
    db.session.add(Succession(from_unit=world.office, on=JULY, kind="dissolve"))
    db.session.flush()

    assert [(s.kind, s.to_unit) for s in history_of(world.office)[1]] == [("dissolve", None)]


def test_the_tree_and_the_units_cost_a_statement_each_for_4_units_as_for_200(world):
    with counted() as for_few:
        lines(JULY)
    for n in range(200):
        founded(f"XA{n}", f"Xã {n}", world.province)

    with counted() as for_many:
        assert len(lines(JULY)) == 204

    assert (len(for_few), sum(s.startswith("SELECT") for s in for_many)) == (2, 2)


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 9)))
def test_even_a_tree_in_circles_has_paths_and_a_below(parents):
    circles = Tree(parents)

    for unit in range(10):
        path = circles.path(unit)
        assert len(path) == len(set(path))
        assert all(unit in circles.below(above) for above in path)
