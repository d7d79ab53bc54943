"""The register of lecturers: who taught what, how much, and with which title before the name."""
from datetime import date

import pytest

from lms.kernel.db import db
from lms.people.linking import link

from courses.classes.actions import cancel_class
from courses.classes.actions.lecturing import set_title
from courses.classes.printing import sheet_of
from courses.classes.queries.lecturers import (
    lecturer_names,
    lecturers,
    sessions_taught,
    title_of,
)
from tests.courses.classes.classroom import SECOND, it_is, newcomers
from tests.statements import counted


@pytest.fixture
def held_class(world, monkeypatch):
    """The class of December on its last day; Hoa taught the last of its three sessions."""
    it_is(monkeypatch, SECOND)
    world.december_class.sessions[-1].trainer = world.hoa
    db.session.flush()
    return world.december_class


def led_by(world):
    """Who leads the first session, as the list to sign says."""
    return sheet_of(world.first_session, (), "", lecturer_names(world.december_class)).trainer


def taught(year=None, search=""):
    """Name → (classes, sessions, periods) as the register says."""
    return {row[0].full_name: tuple(row[2:])
            for row in db.session.execute(lecturers(year, search))}


def test_who_taught_is_counted_by_sessions_held(world, held_class, monkeypatch):
    assert taught() == taught(2026) == {"Triệu Văn Minh": (1, 2, 8), "Bế Thị Hoa": (1, 1, 4)}
    assert taught(2025) == {}
    assert taught(search="be thi hoa") == {"Bế Thị Hoa": (1, 1, 4)}

    it_is(monkeypatch, date(2026, 12, 1))

    assert taught() == {"Triệu Văn Minh": (1, 2, 8)}


def test_of_a_class_that_was_called_off_nobody_taught_anything(world, held_class):
    cancel_class(held_class, "mưa bão", by=world.an)

    assert taught() == {}


def test_the_title_stands_before_the_name_on_lists_and_in_the_register(
        world, browse, held_class):
    browse(world.an).post(f"/lecturers/{world.minh.id}", {"title": "ThS."}, status=302)

    assert led_by(world) == "ThS. Triệu Văn Minh"
    page = browse(world.vi).get("/lecturers?year=2026").text
    assert "2 báo cáo viên đã dạy trong năm 2026." in page
    assert "ThS. Triệu Văn Minh Luật Báo chí 1 2 8" in page
    browse(world.vi).post(f"/lecturers/{world.minh.id}", {"title": "GS."}, status=404)
    set_title(world.minh, "", by=world.an)
    assert led_by(world) == "Triệu Văn Minh"


def test_each_figure_opens_to_the_sessions_behind_it(world, browse, held_class):
    page = browse(world.an).get(f"/lecturers/{world.hoa.id}").text

    assert "Đã dạy 4 tiết" in page
    assert "1 buổi." in page
    assert len(sessions_taught(world.minh, 2026)) == 2
    assert sessions_taught(world.minh, 2025) == []


def test_the_title_goes_over_with_a_record_that_is_linked(world):
    one, other = newcomers(world.department, 2)
    set_title(other, "TS.", by=world.an)

    link(one, other, by=world.an)

    assert title_of(one) == "TS."


def test_the_register_costs_the_same_for_few_and_for_many(world, browse, held_class):
    an = browse(world.an)
    an.get("/lecturers")
    with counted() as few:
        an.get("/lecturers")
    held_class.sessions[0].trainer = world.ha
    db.session.commit()

    with counted() as many:
        an.get("/lecturers")

    assert len(few) == len(many)
