"""The small forms on the page of a person: what was typed stays, with what is wrong beside it."""
from datetime import date

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.people.actions import end_post
from lms.people.models import Membership, Posting

NO_DAY = "Lỗi: Ngày không đúng. Ví dụ đúng: 05/02/2026."


@pytest.fixture
def an(world, browse):
    """The officer before the page of Páo."""
    return browse(world.an)


def membership(world):
    """The group of Páo."""
    return db.session.scalars(select(Membership).filter_by(person_id=world.pao.id)).one()


def field(page, id):
    """The attributes of the field with this id."""
    return next(attributes for _tag, attributes in page.tags if attributes.get("id") == id)


@pytest.mark.parametrize("typed", ["31/02/2027", "mai", ""])
def test_a_day_that_is_none_stays_in_the_field_of_that_post(world, an, typed):
    page = an.post(f"/postings/{world.pao_post.id}/end", {"on": typed}, status=200)

    sent = field(page, f"posting-{world.pao_post.id}")
    assert (sent["value"], sent["aria-invalid"]) == (typed, "true")
    assert page.text.count("Lỗi:") == 1
    assert page.text.startswith("Vàng A Páo – ")
    assert world.pao_post.valid_to is None


def test_a_day_the_house_refuses_stays_with_its_sentence(world, an):
    page = an.post(f"/postings/{world.pao_post.id}/end", {"on": "31/12/2017"}, status=200)

    assert field(page, f"posting-{world.pao_post.id}")["value"] == "31/12/2017"
    assert "Lỗi: Không thể kết thúc vào ngày đó: vị trí bắt đầu từ 01/01/2018." in page.text
    assert world.pao_post.superseded_at is None


def test_a_post_that_ends_earlier_already_says_so(world, an):
    ended = end_post(world.pao_post, date(2026, 12, 10), by=world.an)

    page = an.post(f"/postings/{ended.id}/end", {"on": "11/12/2026"}, status=200)

    assert "Lỗi: Vị trí này đã kết thúc ngày 10/12/2026. Hãy chọn ngày sớm hơn" in page.text


def test_the_end_of_a_membership_keeps_its_day_and_leaves_the_post_alone(world, an):
    held = membership(world)

    page = an.post(f"/memberships/{held.id}/end", {"on": "29/02/2027"}, status=200)

    assert field(page, f"membership-{held.id}")["value"] == "29/02/2027"
    assert "aria-invalid" not in field(page, f"posting-{world.pao_post.id}")
    assert NO_DAY in page.text


def test_a_new_group_stays_chosen_and_its_day_typed(world, an):
    page = an.post(f"/people/{world.pao.id}/memberships", {
        "group_id": world.reporters.id, "valid_from": "1.2.2027"}, status=200)

    assert field(page, "valid_from")["value"] == "1.2.2027"
    assert [attributes["value"] for tag, attributes in page.tags
            if tag == "option" and "selected" in attributes] == [str(world.reporters.id)]
    assert NO_DAY in page.text


def test_a_group_the_person_belongs_to_already_says_so_beside_the_day(world, an):
    page = an.post(f"/people/{world.pao.id}/memberships", {
        "group_id": world.officials.id, "valid_from": "01/02/2027"}, status=200)

    assert "Lỗi: Vàng A Páo đã thuộc nhóm này rồi." in page.text
    assert field(page, "valid_from")["value"] == "01/02/2027"


def test_a_day_that_is_good_is_taken_as_before(world, an):
    an.post(f"/postings/{world.pao_post.id}/end", {"on": "01/12/2026"})

    assert db.session.scalars(select(Posting.valid_to).where(
        Posting.person_id == world.pao.id, Posting.known_at())).all() == [date(2026, 12, 1)]
