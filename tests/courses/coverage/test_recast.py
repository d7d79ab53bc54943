"""The past under today's structure: nobody is lost, and each counts where their unit went."""
from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.queries import root_on
from lms.people.actions import post

from courses.coverage.queries import accounted, figures, recast_trend, standings, trend
from courses.coverage.recast import Heirs
from courses.reorganisation.actions import reorganise
from courses.reorganisation.plan import Heir, Plan
from tests.courses.coverage.facts_of_the_world import learned, newcomers
from tests.courses.coverage.histories import histories
from tests.courses.coverage.test_reckoning_property import KNOWN, ON, Imported, fewer, plain

JULY, MARCH = date(2026, 7, 1), date(2026, 3, 1)


def act(world, kind, unit, *heirs, people=None):
    """The unit is reorganised on 1 July."""
    return reorganise(Plan(kind=kind, sources=[unit], on=JULY, act="QĐ 12", heirs=list(heirs),
                           people=people or {}), by=world.an)


def required(world, day, recast=False):
    """unit → how many officials were required, where somebody was."""
    return {one.unit.key: one.required for one in figures(
        [world.goal_b], on=day, recast=recast) if one.required}


def test_the_people_of_a_merged_unit_count_in_its_heir(world):
    newcomers(3, world.office, world.officials)
    act(world, "merge", world.office, Heir(unit=world.newspaper))

    # In March: Hạ in the department, three in its office, which is the newspaper's since July.
    assert required(world, MARCH) == {"CB": 4, "SVH": 4, "SVH-VP": 3}
    assert required(world, MARCH, recast=True) == {"CB": 4, "SVH": 1, "BAO": 3}
    assert [row.person.key for row in standings(world.goal_b, world.newspaper, MARCH,
                                                recast=True)] == ["N000", "N001", "N002"]


def test_those_whom_two_units_count_are_named_under_todays_structure(world, browse):
    (one,) = newcomers(1, world.office, world.officials)
    post(one, {"unit": world.department, "title": "", "main": False,
               "valid_from": date(2026, 2, 1)}, by=world.an)
    act(world, "merge", world.office, Heir(unit=world.newspaper))
    an = browse(world.an)
    address = f"/province/several-units/{world.goal_b.id}?on=01/03/2026"

    assert "Không ai được tính ở hai đơn vị." in an.get(address).text
    recast = an.get(f"{address}&structure=today")

    assert "Báo Cao Bằng; Sở Văn hóa" in recast.text
    assert recast.links["Như lúc đó"] == address.replace("/03/", "%2F03%2F").replace("01/", "01/")
    listed = an.get("/province?on=01/03/2026&structure=today")
    assert "structure=today" in listed.links["Cán bộ được tập huấn và trang bị tài liệu"]


def test_after_a_split_each_counts_where_their_own_post_went(world):
    a, b, gone = newcomers(3, world.office, world.officials)
    gone.postings[0].valid_to = date(2026, 6, 1)
    db.session.flush()
    posts = {person.key: person.postings[0].id for person in (a, b)}
    act(world, "split", world.office, Heir(unit=world.newspaper), Heir(unit=world.department),
        people={posts["N000"]: 0, posts["N001"]: 1})

    # The third left in June: no post of theirs went anywhere, so the first heir counts them.
    assert required(world, MARCH, recast=True) == {"CB": 4, "BAO": 2, "SVH": 2}


def test_a_unit_without_an_heir_stays_under_what_its_parent_became(world):
    newcomers(2, world.office, world.officials)
    act(world, "dissolve", world.office)

    assert required(world, MARCH, recast=True) == {"CB": 3, "SVH": 3}


def test_units_that_follow_each_other_are_followed_to_the_last():
    heirs = Heirs({4}, [(1, 2, JULY), (2, 3, JULY), (3, 4, JULY)], set())

    assert heirs.home(1, 7) == 4


def test_units_that_follow_each_other_in_a_circle_end_the_search():
    heirs = Heirs(set(), [(1, 2, JULY), (2, 1, JULY)], set())

    assert heirs.home(1, 7) in (1, 2)


@pytest.mark.slow
@fewer
@given(facts=histories, on=ON, known=KNOWN)
def test_without_a_reorganisation_today_is_as_it_was_under_todays_tree(world, facts, on, known):
    with Imported(facts) as given_:
        alive = [unit for unit in given_.units.values() if unit.valid_to is None]
        if len(alive) < len(given_.units):
            return
        for goal in given_.goals.values():
            members = {row.person.id for unit in alive
                       for row in standings(goal, unit, on, known)}
            recast = {row.person.id for unit in alive
                      for row in standings(goal, unit, on, known, recast=True)}
            assert recast == members
        today = clock.today()
        assert ([plain(one) for one in figures(on=today, recast=True)]
                == [plain(one) for one in figures(on=today)])


@pytest.mark.slow
@fewer
@given(days=st.lists(st.dates(date(2026, 1, 2), date(2026, 11, 25)), min_size=1, max_size=2))
def test_the_whole_counts_the_same_people_either_way(world, days):
    point = db.session.begin_nested()
    newcomers(3, world.office, world.officials)
    act(world, "merge", world.office, Heir(unit=world.newspaper))
    root = root_on(clock.today())

    for day in days:
        assert ([plain(one) for one in figures(units=[root], on=day, recast=True)]
                == [plain(one) for one in figures(units=[root], on=day)])
    point.rollback()


def test_what_was_known_before_an_act_was_entered_is_recast_as_well(world, monkeypatch):
    newcomers(3, world.office, world.officials)
    before = clock.now()
    monkeypatch.setattr(clock, "source", lambda: before + timedelta(hours=1))
    act(world, "merge", world.office, Heir(
        name_vi="Trung tâm Văn hóa", name_en="", short_name=""))

    found = {one.unit.name_vi: one.required for one in figures(
        [world.goal_b], on=MARCH, known=before, recast=True) if one.required}

    assert found == {"Tỉnh Cao Bằng": 4, "Sở Văn hóa": 4, "Trung tâm Văn hóa": 3}


def test_the_pages_and_files_show_both_and_say_which(world, browse):
    newcomers(3, world.office, world.officials)
    act(world, "merge", world.office, Heir(unit=world.newspaper))
    db.session.commit()
    an, day = browse(world.an), "on=01/03/2026"

    was, recast = (an.get(f"/units/{world.newspaper.id}/coverage?{day}{more}").text
                   for more in ("", "&structure=today"))
    names = an.get(f"/units/{world.newspaper.id}/goals/{world.goal_b.id}/people?{day}"
                   "&structure=today").text
    with an.client.get(f"/province.xlsx?{day}&structure=today") as answer:
        cells = [cell.value for sheet in load_workbook(BytesIO(answer.data)) for row in sheet
                 for cell in row]

    assert ("0 trên 1 người" in was, "0 trên 3 người" in recast) == (True, True)
    assert ("Quy về tổ chức hiện nay" in was, "Quy về tổ chức hiện nay" in recast) == (False, True)
    assert "3 người: Cán bộ được tập huấn" in names
    assert "Quy về tổ chức hiện nay" in cells
    assert "Văn phòng Sở Văn hóa" not in cells
    assert "Quy về tổ chức hiện nay" in an.get(f"/province?{day}&structure=today").text


def test_the_trend_under_todays_structure_goes_on_across_an_act(world):
    # Three officials of the office since January, merged into the newspaper on 1 July: the
    # newspaper had nobody until then, and under today's structure three all the time.
    newcomers(3, world.office, world.officials)
    act(world, "merge", world.office, Heir(unit=world.newspaper))

    def line(recast):
        told = recast_trend if recast else trend
        return [(day.month, figure and figure.required) for day, figure in told(
            world.goal_b, world.newspaper.id, 4, date(2026, 8, 15))]

    assert line(False) == [(5, 0), (6, 0), (7, 3), (8, 3)]
    assert line(True) == [(5, 3), (6, 3), (7, 3), (8, 3)]


def test_nobody_comes_or_goes_because_a_unit_does(world):
    # As it was, the newspaper got three people of the office on 1 July.  Under today's structure
    # they were its own, and one of them met the goal meanwhile.
    first, *_others = newcomers(3, world.office, world.officials)
    for course in (world.press_law, world.kit):
        learned(first, course, date(2026, 8, 1))
    act(world, "merge", world.office, Heir(unit=world.newspaper))

    def parts(recast):
        told = accounted(world.goal_b, world.newspaper, (MARCH, None), (date(2026, 9, 1), None),
                         recast)
        return [(part.cause, part.met, part.required) for part in told.parts]

    assert parts(False) == [("moved_in", 1, 3)]
    assert parts(True) == [("completed", 1, 0)]


@pytest.mark.slow
@fewer
@given(facts=histories, days=st.lists(ON, min_size=2, max_size=2), known=KNOWN, data=st.data())
def test_the_trend_and_the_account_are_the_recast_figures_of_their_days(
        world, facts, days, known, data):
    with Imported(facts) as given_:
        unit = given_.units[data.draw(st.sampled_from(sorted(given_.units)))]
        goal = given_.goals[data.draw(st.sampled_from(sorted(given_.goals)))]
        first, second = sorted(days)

        def told(on):
            found = figures([goal], [unit], on, known, recast=True)
            return found and plain(found[0])

        line = recast_trend(goal, unit.id, 4, second, known)
        account = accounted(goal, unit, (first, known), (second, known), recast=True)

        assert [figure and plain(figure) for _day, figure in line] == [
            told(day) or None for day, _figure in line]
        ends = [told(day) or {"met": 0, "required": 0} for day in (first, second)]
        assert [(end.met, end.required) for end in (account.first, account.second)] == [
            (end["met"], end["required"]) for end in ends]
        assert sum(part.required for part in account.parts) == (
            ends[1]["required"] - ends[0]["required"])


def test_the_pages_of_a_trend_and_of_a_change_offer_both(world, browse):
    newcomers(3, world.office, world.officials)
    act(world, "merge", world.office, Heir(unit=world.newspaper))
    db.session.commit()
    an, unit, goal = browse(world.an), world.newspaper.id, world.goal_b.id
    days = "first=01/03/2026&on=01/09/2026"

    page = an.get(f"/units/{unit}/coverage?goal={goal}&on=01/09/2026&structure=today")
    was = an.get(f"/units/{unit}/goals/{goal}/changes?{days}")
    recast = an.get(f"/units/{unit}/goals/{goal}/changes?{days}&structure=today")
    with an.client.get(
            f"/units/{unit}/goals/{goal}/changes.xlsx?{days}&structure=today") as answer:
        cells = [cell.value for sheet in load_workbook(BytesIO(answer.data)) for row in sheet
                 for cell in row]

    assert "structure=today" in page.links["Vì sao thay đổi?"]
    assert "Tỷ lệ đạt trong 24 tháng" in page.text
    assert "Từ đơn vị khác đến" in was.text
    assert "Không có gì thay đổi" in recast.text
    assert "Không ai bị ghi là đến hay đi chỉ vì đơn vị được sắp xếp lại" in recast.text
    assert "Quy về tổ chức hiện nay" in cells
