"""What is recorded for a day to come: said so, followed by whom it concerns, and taken back."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.actions import add_person, end_post, leave
from lms.people.calling_off import call_off, go_on
from lms.people.careers import change_title, come_back, transfer
from lms.people.models import Membership, Posting
from lms.people.queries import memberships_of, postings_of

TODAY, FEBRUARY = date(2026, 11, 25), date(2027, 2, 1)


def posts(person):
    """(unit, title, from, until) of each post, the newest first."""
    return [(post.unit.key, post.title, post.valid_from, post.valid_to)
            for post in postings_of(person)]


def moved_in_february(world):
    """Páo is to move to the newspaper in February."""
    return transfer(world.pao, {"unit": world.newspaper, "title": "Biên tập viên",
                                "valid_from": FEBRUARY}, by=world.an)


@pytest.fixture
def mai(world):
    """Mai is to begin in the department in February."""
    made = add_person({"full_name": "Lục Thị Mai", "birth": "1995"}, {
        "unit": world.department, "title": "Chuyên viên", "valid_from": FEBRUARY}, by=world.an)
    db.session.commit()
    return made


def test_a_transfer_that_is_called_off_leaves_everything_as_it_was(world):
    before = posts(world.pao)

    call_off(moved_in_february(world), by=world.an)

    assert posts(world.pao) == before


def test_a_title_changed_meanwhile_stays_when_the_transfer_is_called_off(world):
    move = moved_in_february(world)
    change_title(world.pao, "Phó Chánh Văn phòng", TODAY, by=world.an)

    call_off(move, by=world.an)

    assert posts(world.pao)[0] == ("SVH-VP", "Phó Chánh Văn phòng", TODAY, None)


@pytest.fixture
def an_hour_later(monkeypatch):
    """Let an hour pass between two acts."""
    def passes():
        moment = clock.now() + timedelta(hours=1)
        monkeypatch.setattr(clock, "source", lambda: moment)
    return passes


def test_an_end_that_was_entered_before_the_return_stays_when_the_return_is_called_off(
        world, an_hour_later):
    # Páo leaves on 1 February.  That the newspaper takes her on the same day is entered later,
    # and does not come about: the leaving was another act, and stands.
    leave(world.pao, FEBRUARY, "resigned", by=world.an)
    left = posts(world.pao)
    an_hour_later()
    back = come_back(world.pao, {"unit": world.newspaper, "title": "Biên tập viên",
                                 "valid_from": FEBRUARY}, by=world.an)
    an_hour_later()

    call_off(back, by=world.an)

    assert posts(world.pao) == left
    assert left[0] == ("SVH-VP", "Chuyên viên", world.pao_post.valid_from, FEBRUARY)


def test_what_a_transfer_ended_goes_on_though_the_new_post_was_corrected_since(
        world, an_hour_later):
    before = posts(world.pao)
    move = moved_in_february(world)
    an_hour_later()
    corrected = end_post(move, date(2027, 6, 1), by=world.an)
    an_hour_later()

    call_off(corrected, by=world.an)

    assert posts(world.pao) == before


def test_a_post_that_has_begun_is_not_called_off(world, monkeypatch):
    move = moved_in_february(world)
    moment = clock.now() + (FEBRUARY - clock.today())
    monkeypatch.setattr(clock, "source", lambda: moment)

    with pytest.raises(Refusal, match="đã bắt đầu từ ngày 01/02/2027"):
        call_off(move, by=world.an)


def test_a_leaving_that_is_taken_back_post_by_post_and_group_by_group(world):
    before = posts(world.pao)
    leave(world.pao, FEBRUARY, "retired", by=world.an)
    assert posts(world.pao)[0][-1] == FEBRUARY

    go_on(postings_of(world.pao)[0], by=world.an)
    go_on(memberships_of(world.pao)[0], by=world.an)

    assert posts(world.pao) == before
    assert [one.valid_to for one in memberships_of(world.pao)] == [None]


def test_a_post_does_not_go_on_beside_the_one_that_follows_it(world):
    moved_in_february(world)

    with pytest.raises(Refusal, match="Từ ngày 01/02/2027 đã ghi việc khác thay thế"):
        go_on(postings_of(world.pao)[1], by=world.an)


def test_an_end_that_was_entered_twice_is_taken_back_as_one(world):
    ended = end_post(world.pao_post, FEBRUARY, by=world.an)

    go_on(end_post(ended, FEBRUARY, by=world.an), by=world.an)

    assert [post[-1] for post in posts(world.pao)] == [None]


def test_what_ended_or_has_no_end_does_not_go_on(world):
    with pytest.raises(Refusal, match="Không có ngày kết thúc nào sắp tới"):
        go_on(postings_of(world.pao)[0], by=world.an)


def test_the_page_says_what_has_not_begun_and_takes_it_back_by_one_press(world, browse):
    move = moved_in_february(world)
    db.session.commit()
    ha, an = browse(world.ha), browse(world.an)

    page = ha.get(f"/people/{world.pao.id}")
    an.post(f"/postings/{move.id}/calling-off", {})

    assert "Báo Cao Bằng Biên tập viên. Từ 01/02/2027 chưa bắt đầu" in page.text
    assert "chưa bắt đầu" in page.text
    assert "chưa bắt đầu" not in an.get(f"/people/{world.pao.id}").text
    assert db.session.scalar(select(Posting.valid_to).where(
        Posting.person_id == world.pao.id, Posting.known_at())) is None


def test_a_leaving_is_taken_back_on_the_page(world, browse):
    leave(world.pao, FEBRUARY, "retired", by=world.an)
    db.session.commit()
    ha = browse(world.ha)
    assert ha.get(f"/people/{world.pao.id}").text.count("Vẫn tiếp tục") == 2

    ha.post(f"/postings/{postings_of(world.pao)[0].id}/going-on", {})
    ha.post(f"/memberships/{memberships_of(world.pao)[0].id}/going-on", {})

    ha.get(f"/people/{world.pao.id}")
    assert "Vẫn tiếp tục" not in ha.get(f"/people/{world.pao.id}").text
    assert db.session.scalars(select(Membership.valid_to).where(
        Membership.person_id == world.pao.id, Membership.known_at())).all() == [None]


def test_whoever_answers_for_the_unit_sees_who_is_to_come(world, browse, mai):
    ha, hoa = browse(world.ha), browse(world.hoa)

    listed = ha.get("/people/coming")

    assert "Lục Thị Mai 1995. Chuyên viên, Sở Văn hóa. Từ 01/02/2027" in listed.text
    assert listed.links["Lục Thị Mai"] == f"/people/{mai.id}"
    assert "Lục Thị Mai" in ha.get(f"/people/{mai.id}").text
    assert "Hồ sơ học: Lục Thị Mai" in ha.get(f"/record/{mai.id}").text
    assert "Lục Thị Mai" not in hoa.get("/people/coming").text
    hoa.get(f"/people/{mai.id}", 404)
    # Nobody is counted before the first day.
    assert "Lục Thị Mai" not in ha.get("/people").text


def test_who_comes_from_another_unit_is_named_and_not_opened_before_the_day(world, browse):
    moved_in_february(world)
    db.session.commit()

    listed = browse(world.hoa).get("/people/coming")

    assert "Vàng A Páo 1988. Biên tập viên, Báo Cao Bằng. Từ 01/02/2027" in listed.text
    assert "Vàng A Páo" not in listed.links


def test_the_contact_person_enters_somebody_who_is_to_come(world, browse):
    page = browse(world.ha).post("/people/new", {
        "full_name": "Lục Thị Mai", "birth": "1995", "gender": "f",
        "unit_id": world.department.id, "title": "Chuyên viên", "valid_from": "01/02/2027"})

    assert "Lục Thị Mai" in browse(world.ha).get(page.location).text
