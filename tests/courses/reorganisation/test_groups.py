"""Groups by rule go by units: what is looked at before an act names whom they lose and gain."""
from datetime import date

import pytest

from lms.people.rule_actions import set_rule

from courses.reorganisation.plan import Heir
from courses.reorganisation.preview import previewed
from tests.courses.reorganisation.test_actions import TODAY, plan
from tests.courses.reorganisation.test_pages import fields


@pytest.fixture
def reporters_of_the_press(world):
    """Whoever works in a unit of the press belongs to the reporters, by a rule."""
    set_rule(world.reporters, {"titles": [], "kinds": ["press"], "units": [],
                               "valid_from": date(2026, 1, 1)}, by=world.an)


def turned(world, kind, source, **more):
    """The groups that such an act would change, as (code, who comes, who drops out)."""
    told = previewed(plan(kind, source, on=TODAY, **more))
    return [(one.group.key, one.joining, one.leaving) for one in told.groups]


def test_whoever_comes_to_a_unit_that_the_rule_means_joins(world, reporters_of_the_press):
    assert turned(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)]) == [
        (world.reporters.key, ["Vàng A Páo"], [])]


def test_whoever_s_unit_ends_in_one_that_the_rule_does_not_mean_drops_out(
        world, reporters_of_the_press):
    (key, joining, leaving), = turned(world, "merge", world.newspaper,
                                      heirs=[Heir(unit=world.office)])

    assert (key, joining) == (world.reporters.key, [])
    assert "Nông Thị Lan" in leaving


def test_an_act_that_changes_no_group_names_none(world, reporters_of_the_press):
    assert turned(world, "rename", world.office, heirs=[Heir(name_vi="Văn phòng Sở")]) == []


def test_the_page_before_the_act_shows_it(world, browse, reporters_of_the_press):
    page = browse(world.an).post("/reorganisations/preview", fields(world), status=200)

    assert "Nhóm đối tượng thay đổi người" in page.text
    assert "1 người vào nhóm: Vàng A Páo." in page.text
