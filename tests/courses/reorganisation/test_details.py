"""What is told of a unit beside its name, and where it stands among its sisters."""
from datetime import date

import pytest
from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.organisations.queries import units_on

from courses.reorganisation.details import describe_unit, sisters, stands_after
from courses.reorganisation.founding import found_unit

TODAY = date(2026, 11, 25)


@pytest.fixture
def halls(world):
    """Three halls below the department, in the order they were entered, after its office."""
    return [found_unit({"name_vi": f"Nhà {name}", "name_en": "", "short_name": name,
                        "kind": "agency", "valid_from": date(2026, 1, 1)}, world.department,
                       by=world.an) for name in ("Một", "Hai", "Ba")]


def order(unit):
    """The short names of a unit and its sisters as tables have them."""
    among = {other.id for other in sisters(unit)} | {unit.id}
    return [one.short_name or one.name_vi for one in units_on(TODAY) if one.id in among]


def place(world, unit, after):
    """Let a unit stand after another one; its names stay."""
    describe_unit(unit, {"name_en": unit.name_en, "short_name": unit.short_name}, after,
                  by=world.an)


def test_the_short_name_and_the_place_are_changed_on_a_page(world, browse, halls):
    first, _second, third = halls
    db.session.commit()
    an = browse(world.an)
    link = an.get(f"/units/{third.id}").links["Tên viết tắt và thứ tự"]
    assert f'<option selected value="{halls[1].id}">' in an.get(link).response.text

    page = an.follow(an.post(link, {"name_en": "Third hall", "short_name": "NB",
                                    "after": first.id}))

    assert "Đã lưu." in page.text
    assert order(third)[-3:] == ["Một", "NB", "Hai"]
    assert (third.name_vi, third.name_en, third.fold) == ("Nhà Ba", "Third hall", "nha ba nb")
    entry = db.session.scalars(select(AuditEntry).filter_by(
        verb="unit described", subject=f"unit:{third.id}")).one()
    assert entry.details["before"]["short_name"] == "Ba"


def test_a_unit_stands_before_all_others_and_comes_back(world, halls):
    first = halls[0]
    office = stands_after(first, sisters(first))

    place(world, first, None)
    assert order(first)[0] == "Một"
    assert stands_after(first, sisters(first)) is None

    place(world, first, office)
    assert order(first)[-3:] == ["Một", "Hai", "Ba"]


def test_where_there_is_no_room_the_others_move_up_and_none_change_places(world, halls):
    first, second, third = halls
    second.precedence = first.precedence + 1
    third.precedence = first.precedence + 2
    db.session.flush()
    others = [unit.id for unit in units_on(TODAY) if unit != third]

    place(world, third, first)

    assert order(first)[-3:] == ["Một", "Ba", "Hai"]
    assert [unit.id for unit in units_on(TODAY) if unit != third] == others


def test_units_of_one_rank_are_told_apart_by_their_age(world, halls):
    first, second, third = halls
    first.precedence = second.precedence = third.precedence = 500
    db.session.flush()

    place(world, third, first)

    assert order(first)[-3:] == ["Một", "Ba", "Hai"]


def test_what_is_missing_is_told(world, browse):
    page = browse(world.an).post(f"/reorganisations/units/{world.office.id}/details", {
        "name_en": "Bureau", "short_name": "", "after": "0"}, status=200)

    assert "1 ô cần xem lại." in page.text
    assert 'value="Bureau"' in page.response.text


def test_a_unit_that_ended_is_as_it_was(world, browse, halls):
    halls[0].valid_to = TODAY
    db.session.commit()

    browse(world.an).get(f"/reorganisations/units/{halls[0].id}/details", status=404)
