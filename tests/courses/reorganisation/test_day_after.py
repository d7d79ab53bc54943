"""The day after an act: what those who answered for a unit that ended still read of its past."""
from datetime import date

import pytest

from lms.kernel.db import db
from lms.organisations.queries import with_past

from courses.reorganisation.plan import Heir
from courses.reports.actions import lock
from tests.courses.reorganisation.test_actions import act
from tests.lms.organisations.reform import merged
from tests.world import HEADING

NOVEMBER, BEFORE = date(2026, 11, 20), "on=19/11/2026"


@pytest.fixture
def renamed(world):
    """The newspaper, of which a report was locked, has a new name since 20 November."""
    report = lock(world.newspaper, date(2026, 1, 1), date(2026, 11, 19),
                  HEADING | {"title": "Của báo"}, by=world.an)
    act(world, "rename", world.newspaper, heirs=[Heir(name_vi="Báo mới")], on=NOVEMBER)
    db.session.commit()
    return report


def test_the_head_of_a_renamed_unit_reads_the_figures_and_names_of_its_past(
        world, browse, renamed):
    hoa, old = browse(world.hoa), world.newspaper.id

    page = hoa.get(f"/units/{old}/coverage?{BEFORE}")
    people = hoa.get(f"/units/{old}/goals/{world.goal_a.id}/people?{BEFORE}")

    assert "Đơn vị này kết thúc ngày 20/11/2026. Đơn vị kế tục: Báo mới" in page.text
    assert "0 trên 1 người đã đạt (0 %)" in page.text
    assert "Nông Thị Lan" in people.text
    assert "Cử đi học" not in page.text


def test_the_head_of_a_renamed_unit_reads_its_reports(world, browse, renamed):
    hoa = browse(world.hoa)

    listed = hoa.get("/reports")

    assert listed.links["Của báo"] == f"/reports/{renamed.id}"
    assert "Của báo" in hoa.get(f"/reports/{renamed.id}").text
    assert "0/01 người đạt" in hoa.get(f"/units/{world.newspaper.id}/report?{BEFORE}").text


def test_nobody_else_reads_them(world, browse, renamed):
    ha = browse(world.ha)

    ha.get(f"/units/{world.newspaper.id}/coverage?{BEFORE}", 404)
    ha.get(f"/reports/{renamed.id}", 404)


def test_of_a_unit_that_was_split_only_who_follows_all_that_came_of_it_reads_the_past(
        world, browse):
    done = act(world, "split", world.office, on=NOVEMBER, heirs=[
        Heir(name_vi="Phòng Một"), Heir(unit=world.newspaper)])
    db.session.commit()
    one, two = done.units["heirs"]

    # The new room stands in the department, for which Hạ answers, the newspaper beside it.
    browse(world.ha).get(f"/units/{world.office.id}/coverage?{BEFORE}", 404)
    browse(world.vi).get(f"/units/{world.office.id}/coverage?{BEFORE}")
    assert with_past({one}) == {one}
    assert with_past({one, two}) == {one, two, world.office.id}


def test_the_past_is_followed_through_several_acts(world):
    centre = merged(world)
    done = act(world, "rename", centre, heirs=[Heir(name_vi="Trung tâm mới")], on=NOVEMBER)
    new = done.units["heirs"][0]

    assert with_past({new}) == {new, centre.id, world.office.id}
    assert with_past(set()) == set()
