"""A page costs the same number of statements however long its list is."""
import pytest

from lms.kernel.db import db

from courses.classes.actions import all_present, nominate, open_class
from courses.classes.models import Session
from tests.courses.classes.classroom import (
    FIRST,
    address,
    filled,
    it_is,
    newcomers,
    reads,
    values,
)
from tests.statements import counted

PARTS = ("", "/people", "/attendance", "/closing", "/marks", "/papers", "/people.xlsx",
         "/sheets.pdf")


def costs(readers):
    """(name, url) → how many statements the page asks of whom ``readers`` has at the address."""
    found = {}
    for (name, url), reader in readers.items():
        reader.get(url)
        with counted() as statements:
            reader.get(url)
        found[name, url] = len(reads(statements))
    return found


@pytest.mark.slow
def test_a_part_costs_as_many_statements_for_three_people_as_for_thirty(world, browse):
    an, course_class = browse(world.an), filled(world, 2)
    parts = {("an", address(world, part)): an for part in PARTS}
    for_few = costs(parts)
    nominate(course_class, newcomers(world.newspaper, 27, "Lục Thị"), world.newspaper,
             by=world.an)

    assert costs(parts) == for_few


@pytest.mark.slow
def test_a_list_costs_as_many_statements_for_one_class_as_for_twelve(world, browse):
    lists = {(name, url): browse(getattr(world, name)) for name, url in (
        ("an", "/classes"), ("hoa", "/classes"), ("minh", "/today"), ("lan", "/my-classes"))}
    for_one = costs(lists)
    for n in range(12):
        another = open_class(values(world, code=f"L{n}"), by=world.an)
        db.session.add(Session(course_class=another, on=FIRST, half="morning", half_order=0))
        nominate(another, [world.lan], world.newspaper, by=world.an)

    assert costs(lists) == for_one


@pytest.mark.slow
def test_attendance_costs_as_many_statements_for_three_as_for_thirty(
        world, browse, monkeypatch):
    it_is(monkeypatch, FIRST)
    minh, course_class = browse(world.minh), filled(world, 2)
    url = f"/sessions/{world.first_session.id}/attendance"
    minh.get(url)
    with counted() as for_few:
        minh.get(url)
    nominate(course_class, newcomers(world.newspaper, 27, "Lục Thị"), world.newspaper,
             by=world.an)
    all_present(world.first_session, by=world.minh)

    with counted() as for_many:
        minh.get(url)

    assert len(reads(for_many)) == len(reads(for_few))
