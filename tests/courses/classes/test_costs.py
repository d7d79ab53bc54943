"""What a class costs: entered line by line, added up, told in the report of the period."""
from datetime import date

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db

from courses.classes.actions import close_class, set_cost
from courses.classes.models import ClassCost
from courses.classes.queries.costs import costs_of, summed
from courses.reports.queries.measuring import measured
from courses.reports.writing import cost_table, printed_share, quality_table, thousands
from tests.courses.classes.classroom import SECOND, address, held, it_is


def entered(world, heading="hall", source="budget", planned=1_500_000, actual=None, payer=None):
    """A line of the costs of the December class."""
    set_cost(world.december_class, {
        "heading": heading, "source": source, "payer": payer or world.department,
        "planned": planned, "actual": actual}, by=world.an)


def lines(world):
    """The costs of the December class as (heading, source, planned, actual)."""
    return [(one.heading, one.source, one.planned, one.actual)
            for one in costs_of(world.december_class)]


def matter(world):
    """The report of the department of December."""
    return measured(world.department.id, (date(2026, 12, 1), date(2026, 12, 2)), clock.now())


def test_a_line_of_the_same_purpose_is_replaced_and_an_empty_one_taken_away(world):
    entered(world)
    entered(world, actual=1_400_000)
    entered(world, heading="lecturers", planned=None, actual=900_000)
    entered(world, source="programme", planned=5)
    assert lines(world) == [("lecturers", "budget", None, 900_000),
                            ("hall", "budget", 1_500_000, 1_400_000),
                            ("hall", "programme", 5, None)]
    assert summed(costs_of(world.december_class)) == (1_500_005, 2_300_000)

    entered(world, planned=None)

    assert ("hall", "budget") not in [line[:2] for line in lines(world)]


@pytest.mark.parametrize("typed", ["1.500.000", "1500000", "1 500 000 đồng", "1,500,000đ"])
def test_an_amount_is_read_as_offices_write_it(world, browse, typed):
    browse(world.an).post(address(world, "/costs"), {
        "heading": "hall", "source": "budget", "payer_id": world.department.id,
        "planned": typed, "actual": ""}, status=302)

    assert lines(world) == [("hall", "budget", 1_500_000, None)]


def test_what_is_no_amount_is_said_beside_it_and_stays_on_the_page(world, browse):
    page = browse(world.an).post(address(world, "/costs"), {
        "heading": "hall", "source": "budget", "payer_id": world.department.id,
        "planned": "một triệu", "actual": "-5"}, status=200)

    assert 'value="một triệu"' in page.response.text
    assert lines(world) == []


def test_the_page_adds_up_and_leads_back_to_a_line(world, browse):
    entered(world, actual=1_400_000)
    an = browse(world.an)

    page = an.get(address(world, "/costs"))
    line = db.session.scalars(select(ClassCost.id)).one()
    changing = an.get(address(world, f"/costs?line={line}"))

    assert "Dự toán 1.500.000 đồng, thực hiện 1.400.000 đồng." in page.text
    assert 'value="1.500.000"' in changing.response.text
    assert "Kinh phí của lớp" in an.get(address(world, "/papers")).text
    assert "Kinh phí của lớp" not in browse(world.minh).get(address(world, "/papers")).text


def test_the_report_tells_what_the_classes_of_its_period_cost(world, monkeypatch):
    it_is(monkeypatch, SECOND)
    entered(world, planned=1_500_499, actual=1_400_500)
    entered(world, heading="drinks", planned=1, actual=None)
    entered(world, source="other", payer=world.newspaper, planned=None, actual=499)

    (table,) = cost_table(matter(world))

    assert [(title, rows) for title, rows in table.groups] == [
        ("Dự toán năm", ((1, "Sở Văn hóa", 1501, 1401),)),
        ("Nguồn hợp pháp khác", ((1, "Báo Cao Bằng", 0, 0),))]
    assert table.total == ("", "Cộng", 1501, 1401)
    assert [thousands(amount) for amount in (0, 499, 500, 1499, 1500)] == [0, 0, 1, 1, 2]


def test_the_report_tells_how_many_passed_once_a_class_is_closed(world, monkeypatch):
    it_is(monkeypatch, SECOND)
    assert list(quality_table(matter(world))) == []
    held(world.december_class, by=world.minh)
    close_class(world.december_class, by=world.an)

    (table,) = quality_table(matter(world))

    assert table.rows == [(1, "Luật Báo chí", 1, 1, 1, "100.0", None, None, "–")]
    assert [printed_share(*some) for some in ((0, 3), (1, 2000), (1999, 2000), (1, 3), (0, 0))] == [
        "0.0", "0.1", "99.9", "33.3", None]


def test_a_report_without_costs_has_no_empty_table(world):
    assert list(cost_table(matter(world))) == []
