"""The look over all facts: each rule finds its fault, and names its rows."""
import json
from datetime import date, timedelta

from sqlalchemy import select, update

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Placement
from lms.people.models import Membership, Person, Posting

from courses.coverage import truth_queries
from courses.coverage.models import TruthCheck
from courses.coverage.truth_actions import check_nightly, check_truth
from courses.coverage.truth_queries import rules
from tests.conftest import MORNING
from tests.courses.coverage.facts_of_the_world import excused, learned, newcomers, told

MARCH = date(2026, 3, 1)


def faults():
    """rule → (rows, person) of each fault, where there are any."""
    return {rule.key: [(fault.rows, fault.person) for fault in found]
            for rule in rules() if (found := list(rule.find()))}


def test_the_world_is_true(world):
    assert faults() == {}
    assert sorted(world.check.counts) == sorted(rule.key for rule in rules())


def test_two_main_posts_on_one_day(world):
    first = world.pao_post
    second = told(Posting(person=world.pao, unit=world.newspaper, valid_from=MARCH))
    told(Posting(person=world.ha, unit=world.newspaper, valid_from=MARCH, main=False))

    assert faults() == {"two_places": [
        ((("posting", first.id), ("posting", second.id)), world.pao.id)]}


def test_posts_that_follow_each_other_are_no_fault(world):
    world.pao_post.valid_to = MARCH
    told(Posting(person=world.pao, unit=world.newspaper, valid_from=MARCH))
    told(Posting(person=world.pao, unit=world.office, valid_from=date(2026, 5, 1),
                 valid_to=date(2026, 5, 1)))

    assert faults() == {}


def test_a_superseded_fact_is_no_fault(world):
    told(Posting(person=world.pao, unit=world.newspaper, valid_from=MARCH,
                 superseded_at=clock.now()))

    assert faults() == {}


def test_the_same_days_twice(world):
    old = world.pao_membership
    again = told(Membership(person=world.pao, group=world.officials, valid_from=MARCH))
    one, two = (excused(world.lan, world.goal_a, MARCH, end) for end in (None, date(2026, 4, 1)))
    place = db.session.scalars(select(Placement).filter_by(unit_id=world.office.id)).one()
    other = told(Placement(unit=world.office, parent=world.newspaper, valid_from=MARCH,
                           valid_to=date(2026, 4, 1)))

    assert faults() == {"overlaps": [
        ((("membership", old.id), ("membership", again.id)), world.pao.id),
        ((("exemption", one.id), ("exemption", two.id)), world.lan.id),
        ((("placement", place.id), ("placement", other.id)), None)]}


def test_a_completion_recorded_twice(world):
    one, two = (learned(world.pao, world.kit, on=MARCH) for _time in range(2))
    learned(world.pao, world.kit, on=MARCH, revoked_on=MARCH)

    assert faults() == {"completions": [
        ((("completion", one.id), ("completion", two.id)), world.pao.id)]}


def test_a_member_without_a_post(world):
    world.pao_post.valid_to = MARCH
    db.session.flush()

    assert faults() == {"no_post": [((("membership", world.pao_membership.id),), world.pao.id)]}


def test_days_that_cannot_be(world):
    early = learned(world.pao, world.kit, on=date(1987, 6, 1))
    late = learned(world.ha, world.kit, on=date(2026, 11, 26))
    born = learned(world.minh, world.kit, on=date(1980, 10, 12))

    assert faults() == {"days": [((("completion", one.id),), one.person_id)
                                 for one in (early, late, born)]}


def test_exemptions_on_days_on_which_nothing_is_asked(world):
    before = excused(world.lan, world.goal_a, date(2025, 1, 1), date(2025, 6, 1))
    stranger = excused(world.minh, world.goal_a, MARCH)

    assert faults() == {"exemptions": [((("exemption", one.id),), one.person_id)
                                       for one in (before, stranger)]}


def test_a_name_whose_keys_were_left_behind(world):
    db.session.execute(update(Person).where(Person.id == world.pao.id).values(fold="vang"))

    assert faults() == {"keys": [((("person", world.pao.id),), world.pao.id)]}


def test_a_figure_that_a_recount_does_not_give(world, monkeypatch):
    real = truth_queries.figures

    def tampered(*arguments, **named):
        return [figure if figure.unit.key != "SVH" else
                figure._replace(met=2)
                for figure in real(*arguments, **named)]

    monkeypatch.setattr(truth_queries, "figures", tampered)

    found = list(truth_queries.wrong_figures())
    assert [(fault.unit, fault.goal, fault.said, fault.counted) for fault in found] == [
        (world.department.id, goal.id, 2, 0) for goal in (world.goal_a, world.goal_b)]


def test_a_fault_is_kept_without_a_name_and_shown_with_it(world, browse):
    told(Posting(person=world.pao, unit=world.newspaper, valid_from=MARCH))
    an = browse(world.an)

    told_page = an.follow(an.post("/truth"))

    assert "Có 1 lỗi." in told_page.text
    assert told_page.links["Vàng A Páo"] == f"/record/{world.pao.id}"
    check = db.session.scalars(select(TruthCheck).order_by(TruthCheck.id.desc())).first()
    assert "Páo" not in json.dumps(check.faults, ensure_ascii=False)
    assert "Đã kiểm tra toàn bộ dữ kiện lúc 10:00 25/11/2026: 1 lỗi." in an.get("/province").links


def test_only_the_first_faults_are_named_and_all_are_counted(world, browse):
    for person in newcomers(203, world.newspaper, world.officials):
        person.postings[0].valid_to = MARCH
    db.session.flush()

    check = check_truth(by=world.an)

    assert (check.counts["no_post"], len(check.faults)) == (203, 200)
    assert "203 lỗi" in browse(world.an).get("/truth").text


def test_the_officers_page_has_a_quiet_line(world, browse):
    line = "Đã kiểm tra toàn bộ dữ kiện lúc 10:00 25/11/2026: không có lỗi."

    for person in (world.an, world.vi):
        assert browse(person).get("/province").links[line] == "/truth"


def test_the_night_looks_once(world, monkeypatch):
    def made():
        return len(db.session.scalars(select(TruthCheck).where(
            TruthCheck.night.is_not(None))).all())

    midnight = MORNING.replace(hour=17, minute=30)
    monkeypatch.setattr(clock, "source", lambda: midnight)
    assert (check_nightly(), made()) == (None, 0)

    monkeypatch.setattr(clock, "source", lambda: midnight + timedelta(minutes=31))
    assert check_nightly().night == date(2026, 11, 26)
    assert (check_nightly(), made()) == (None, 1)

    monkeypatch.setattr(clock, "source", lambda: midnight + timedelta(days=1, minutes=31))
    assert (check_nightly().night, made()) == (date(2026, 11, 27), 2)


def test_the_terminal_answers_and_fails_where_there_is_a_fault(app, world):
    db.session.commit()
    good = app.test_cli_runner().invoke(args=["coverage", "check"])
    told(Posting(person=world.pao, unit=world.newspaper, valid_from=MARCH))
    db.session.commit()
    bad = app.test_cli_runner().invoke(args=["coverage", "check", "--json"])

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "✓  Không ai có hai vị trí công tác chính" in good.output
    answer = json.loads(bad.output)
    assert (answer["counts"]["two_places"], answer["faults"][0]["person"]) == (1, world.pao.id)

