"""Lists of classes, the people one may see, and how many there were."""
from datetime import date

from lms.kernel.db import db

from courses.classes.actions import (
    add_session,
    add_trainer,
    cancel_class,
    close_class,
    mark_attendance,
    nominate,
    open_class,
    withdraw,
)
from courses.classes.models import STATES
from courses.classes.queries import (
    Turnout,
    attendances,
    classes_ahead,
    classes_of,
    classes_open_for,
    classes_seen_by,
    enrolments_in,
    heads_in,
    roster,
    sessions_on,
    taught_by,
    titles_on,
)
from tests.courses.classes.classroom import FIRST, SECOND, held, it_is, newcomers, values

NOVEMBER = date(2026, 11, 25)


def found(world, **asked):
    """The codes of the classes an officer finds."""
    return [one.code for one in db.session.scalars(classes_seen_by(world.an, **asked))]


def test_classes_are_listed_latest_first_and_found_by_words_and_code(world):
    open_class(values(world, code="Q_1", title_vi="Quyền con người", starts_on=date(2026, 11, 20)),
               by=world.an)

    assert found(world) == ["LBC-2026-02", "Q_1"]
    assert [found(world, search=words) for words in (
        "bao chi", "CHÍ báo", "lbc", "con nguoi", "q_", "L%", " ")] == [
        ["LBC-2026-02"], ["LBC-2026-02"], ["LBC-2026-02"], ["Q_1"], ["Q_1"], [],
        ["LBC-2026-02", "Q_1"]]


def test_each_class_is_in_one_state(world, monkeypatch):
    for code, first, last in (("RUN", date(2026, 11, 24), NOVEMBER),
                              ("PAST", date(2026, 11, 1), date(2026, 11, 24))):
        open_class(values(world, code=code, starts_on=first, ends_on=last), by=world.an)
    cancel_class(open_class(values(world, code="OFF"), by=world.an), "Bão", by=world.an)

    states = {state: found(world, state=state) for state in STATES}

    assert states == {"coming": ["LBC-2026-02"], "running": ["RUN"], "to_close": ["PAST"],
                      "closed": [], "cancelled": ["OFF"]}
    assert {one.code: one.state(NOVEMBER) for one in db.session.scalars(
        classes_seen_by(world.an))} == {code: state for state, codes in states.items()
                                        for code in codes}
    it_is(monkeypatch, SECOND)
    held(world.december_class, by=world.minh)
    close_class(world.december_class, by=world.minh)
    assert found(world, state="closed") == ["LBC-2026-02"]


def test_a_manager_sees_their_own_and_the_number_of_others_from_five_on(world):
    course_class = world.december_class
    few = newcomers(world.department, 4)
    nominate(course_class, few, world.department, by=world.ha)

    seen, others = roster(course_class, world.hoa)
    assert ([one.person.key for one in seen], others) == (["LAN"], 0)
    nominate(course_class, [world.pao], world.office, by=world.ha)
    assert roster(course_class, world.hoa)[1] == 5
    assert (len(roster(course_class, world.ha)[0]), roster(course_class, world.ha)[1]) == (5, 0)
    assert [len(roster(course_class, one)[0]) for one in (world.minh, world.an, world.vi)] == [
        6, 6, 6]


def test_the_people_of_a_class_stand_in_the_order_of_a_clerk(world):
    nominate(world.december_class, [world.pao, world.ha, world.hoa], world.department, by=world.an)

    assert [one.person.full_name for one in enrolments_in(world.december_class)] == [
        "Bế Văn Hạ", "Bế Thị Hoa", "Nông Thị Lan", "Vàng A Páo"]


def test_somebody_at_two_classes_is_two_attendances_and_one_person(world, monkeypatch):
    second = open_class(values(world, code="L2"), by=world.an)
    add_trainer(second, world.minh, by=world.an)
    nominate(second, [world.lan, world.hoa], world.newspaper, by=world.hoa)
    it_is(monkeypatch, FIRST)
    mark_attendance(world.first_session, {
        enrolments_in(world.december_class)[0].id: "late"}, by=world.minh)
    everything = classes_seen_by(world.an)
    assert attendances(everything) == Turnout(classes=2, attendances=1, people=1)

    session = add_session(second, {"on": FIRST, "half": "morning"}, by=world.an)
    hoa, lan = enrolments_in(second)
    mark_attendance(session, {lan.id: "present", hoa.id: "absent"}, by=world.minh)

    assert attendances(everything) == Turnout(classes=2, attendances=2, people=1)
    assert heads_in([world.december_class.id, second.id]) == {
        world.december_class.id: 1, second.id: 2}


def test_my_classes_are_those_i_am_in_the_latest_first(world):
    later = open_class(values(world, code="L2", starts_on=SECOND), by=world.an)
    nominate(later, [world.lan], world.newspaper, by=world.hoa)
    assert [one.course_class.code for one in classes_of(world.lan)] == ["L2", "LBC-2026-02"]

    withdraw(classes_of(world.lan)[0], "Bận", by=world.hoa)

    assert [one.course_class.code for one in classes_of(world.lan)] == ["LBC-2026-02"]
    assert classes_of(world.hoa) == []


def test_classes_ahead_of_me_are_those_not_past_the_next_first(world):
    later = open_class(values(world, code="L2", starts_on=SECOND), by=world.an)
    nominate(later, [world.lan], world.newspaper, by=world.hoa)

    assert [[one.code for one in classes_ahead(world.lan, day)] for day in (
        NOVEMBER, SECOND, date(2026, 12, 3))] == [["LBC-2026-02", "L2"], ["LBC-2026-02", "L2"], []]


def test_classes_open_for_a_course_are_those_that_still_take_people(world):
    cancel_class(open_class(values(world, code="OFF"), by=world.an), "Bão", by=world.an)
    open_class(values(world, code="KIT", course_id=world.kit.id), by=world.an)
    open_class(values(world, code="IN"), by=world.ha)
    asked = [world.press_law.id]

    assert [[one.code for one in classes_open_for(asked, day, person)] for day, person in (
        (NOVEMBER, None), (SECOND, None), (date(2026, 12, 3), None), (NOVEMBER, world.hoa),
        (NOVEMBER, world.ha))] == [
        ["LBC-2026-02"], ["LBC-2026-02"], [], ["LBC-2026-02"], ["IN", "LBC-2026-02"]]


def test_a_trainer_finds_the_classes_and_sessions_of_the_day(world):
    assert [one.code for one in taught_by(world.minh)] == ["LBC-2026-02"]
    assert [(one.on, one.half) for one in sessions_on(world.minh, FIRST)] == [
        (FIRST, "morning"), (FIRST, "afternoon")]
    assert (taught_by(world.an), sessions_on(world.an, FIRST)) == ([], [])

    cancel_class(world.december_class, "Bão", by=world.an)

    assert (taught_by(world.minh), sessions_on(world.minh, FIRST)) == ([], [])


def test_titles_are_those_of_the_main_post_of_the_day(world):
    assert titles_on([world.lan.id, world.hoa.id], FIRST) == {
        world.lan.id: "Phóng viên", world.hoa.id: "Tổng Biên tập"}
    assert titles_on([world.lan.id], date(2017, 1, 1)) == {}
