"""What somebody may not do they propose; an officer does it in the usual way, or declines."""
from datetime import date

import pytest
from sqlalchemy import select

from lms.accounts.role_actions import grant_role
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.models import Notice
from lms.people.models import TRAINER
from lms.proposals.actions import decline, propose, take_back
from lms.proposals.queries import waiting_about
from lms.proposals.roles import ROLE

from certificates.actions import revoke
from certificates.models import Certificate
from certificates.proposing import REVOKING
from courses.completions.actions import complete


def told(person):
    """The newest message to ``person``."""
    return db.session.query(Notice).filter_by(person_id=person.id).order_by(
        Notice.id.desc()).first().text_vi


@pytest.fixture
def certificate(world):
    """The certificate of Páo, who works in the department of Hạ."""
    complete(world.pao, world.press_law, date(2026, 3, 2), by=world.an)
    return db.session.scalars(select(Certificate).filter_by(person_id=world.pao.id)).one()


def test_granting_the_role_answers_the_proposal_and_tells_who_made_it(world):
    grant_role(world.pao, TRAINER, None, date(2026, 12, 1), None, by=world.an)

    assert (world.proposal.state, world.proposal.decided_by) == ("done", world.an)
    assert told(world.ha) == (
        "Đề xuất của bạn đã được thực hiện: Giao hoặc kết thúc vai trò, Vàng A Páo.")


def test_revoking_the_certificate_answers_what_was_proposed(world, certificate):
    proposal = propose(REVOKING, certificate, "Không dự buổi nào", by=world.ha)

    revoke(certificate, "Không dự buổi nào", by=world.an)

    assert proposal.state == "done"


def test_a_declined_proposal_tells_its_reason_and_can_be_made_again(world):
    with pytest.raises(Refusal, match="vì sao không đồng ý"):
        decline(world.proposal, " ", by=world.an)

    decline(world.proposal, "Đã có đầu mối", by=world.an)

    assert world.proposal.state == "refused"
    assert "Lý do: Đã có đầu mối" in told(world.ha)
    assert propose(ROLE, world.pao, "Đầu mối đã nghỉ", by=world.ha).state == "waiting"
    with pytest.raises(Refusal, match="đã được quyết định|trả lời"):
        decline(world.proposal, "Thêm lần nữa", by=world.an)


def test_one_thing_is_proposed_once_at_a_time_and_taken_back_by_who_proposed_it(world):
    with pytest.raises(Refusal, match="đã được đề xuất"):
        propose(ROLE, world.pao, "Lần nữa", by=world.ha)
    with pytest.raises(Refusal):
        take_back(world.proposal, by=world.hoa)

    take_back(world.proposal, by=world.ha)

    assert world.proposal.state == "withdrawn"
    assert waiting_about(ROLE, world.pao.id) == []


@pytest.mark.parametrize("who", ["an", "hoa", "lan", "pao", "vi"])
def test_nobody_proposes_what_they_may_do_or_what_is_not_theirs(world, who):
    with pytest.raises(Refusal, match="tự làm được"):
        propose(ROLE, world.pao, "Vì sao không", by=getattr(world, who))


def test_what_is_done_already_needs_no_proposal(world, certificate):
    revoke(certificate, "Không dự buổi nào", by=world.an)

    with pytest.raises(Refusal, match="đã làm rồi"):
        propose(REVOKING, certificate, "Không dự buổi nào", by=world.ha)


def test_the_way_from_a_certificate_to_its_revocation(world, browse, certificate):
    ha, an = browse(world.ha), browse(world.an)
    page = ha.get(f"/certificates/{certificate.id}")
    assert "Đề xuất thu hồi" in page.text
    address = f"/proposals/new?kind=revocation&thing={certificate.id}"
    sent = ha.post(address, {"reason": "Không dự buổi nào"}, status=302)
    assert "chờ trả lời" in ha.follow(sent).text

    first = an.get("/proposals")
    assert "2 đề xuất chờ trả lời." in first.text
    assert "Thực hiện theo mẫu thường dùng" in an.get(sent.response.location).text
    assert "2 đề xuất chờ trả lời." in an.get("/province").text


def test_an_unknown_kind_and_a_thing_that_is_not_there_are_no_pages(world, browse):
    ha = browse(world.ha)

    ha.get("/proposals/new?kind=nothing&thing=1", status=404)
    ha.get("/proposals/new?kind=role&thing=99999", status=404)
    ha.get("/proposals/new", status=404)
