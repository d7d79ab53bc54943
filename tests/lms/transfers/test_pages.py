"""The pages of moves between units, as both sides and the officer meet them."""
from datetime import date

import pytest

from lms.kernel.db import db
from lms.people.actions import add_person
from lms.transfers.models import TransferRequest

ACT = "Quyết định 9/QĐ-SVH ngày 20/11/2026"


def post_in(unit, **more):
    """The form of a request."""
    return {"unit_id": unit.id, "title": "Biên tập viên", "valid_from": "01/12/2026",
            "act": ACT} | more


def known(name, by):
    """What is typed of somebody of another unit."""
    return {"full_name": name, "known_by": by}


def test_from_the_page_of_a_person_to_the_new_post(world, browse):
    ha, hoa = browse(world.ha), browse(world.hoa)
    address = ha.get(f"/people/{world.pao.id}").links["Sang đơn vị khác"]
    form = ha.get(address)
    offered = {option.get("value") for option in form.all("option")}
    assert offered == {"", str(world.newspaper.id), str(world.province.id)}

    page = ha.follow(ha.post(address, post_in(world.newspaper)))
    assert "Đã gửi đề nghị đến Báo Cao Bằng" in page.text
    assert "Rút đề nghị" in page.text
    assert "Đồng ý cho chuyển" not in page.text

    unit = hoa.get(f"/units/{world.newspaper.id}/coverage")
    listed = hoa.get(unit.links["2 đề nghị chuyển đơn vị chờ trả lời."])
    request = hoa.get(listed.links["Vàng A Páo"])
    assert f"Theo quyết định {ACT}" in request.text
    assert "Vàng A Páo" not in request.links
    agreed = hoa.follow(hoa.post(f"{listed.links['Vàng A Páo']}/decision",
                                 {"decision": "agree"}))

    assert "Đã đồng ý: Vàng A Páo thuộc Báo Cao Bằng từ ngày 01/12/2026" in agreed.text
    assert "Người trả lời Bế Thị Hoa" in agreed.text
    assert [p.unit.key for p in world.pao.postings if p.superseded_at is None] == ["SVH-VP", "BAO"]


def test_the_officer_reads_on_the_first_page_how_many_moves_wait(world, browse):
    an, vi = browse(world.an), browse(world.vi)

    assert an.get("/province").links["1 đề nghị chuyển đơn vị chờ trả lời."] == "/transfer-requests"
    assert "đề nghị chuyển đơn vị" not in vi.get("/province").text
    assert "Đồng ý cho chuyển" not in vi.get(f"/transfer-requests/{world.move.id}").text


def test_a_move_in_the_past_says_what_it_corrected(world, browse):
    ha, hoa = browse(world.ha), browse(world.hoa)
    address = ha.post(f"/people/{world.ha.id}/transfer-requests",
                      post_in(world.newspaper, valid_from="01/07/2026")).location

    page = hoa.follow(hoa.post(f"{address}/decision", {"decision": "agree"}))

    assert "Số liệu trước đây thay đổi theo" in page.text
    assert "Sở Văn hóa" in page.text
    assert "SVH" in hoa.get(address).text


def test_declining_without_a_reason_is_refused_and_with_one_the_asker_reads_it(world, browse):
    ha, hoa = browse(world.ha), browse(world.hoa)
    address = f"/transfer-requests/{world.move.id}"

    refused = hoa.post(f"{address}/decision", {"decision": "decline"}, status=409)
    assert "Hãy ghi vì sao không đồng ý" in refused.text
    hoa.post(f"{address}/decision", {"decision": "decline", "answer": "Đã đủ biên chế"})

    assert "Lý do: Đã đủ biên chế" in ha.get(address).text
    assert "Lý do: Đã đủ biên chế" in ha.get("/transfer-requests?state=refused").text


def test_the_asker_takes_it_back(world, browse):
    ha = browse(world.ha)

    page = ha.follow(ha.post(f"/transfer-requests/{world.move.id}/withdrawal"))

    assert "Đã rút đề nghị" in page.text
    assert "Triệu Văn Minh" in ha.get("/transfer-requests?state=withdrawn").text


@pytest.mark.parametrize("known_by", ["PAO", "1988", "05/02/1988"])
def test_somebody_of_another_unit_is_found_by_name_and_code_or_birth(world, browse, known_by):
    hoa = browse(world.hoa)
    assert hoa.get("/people").links["Chuyển đến từ đơn vị khác"] == "/transfer-requests/new"

    page = hoa.follow(hoa.post("/transfer-requests/new", known("vàng a páo", known_by)
                               | post_in(world.newspaper)))

    assert "Đã gửi đề nghị đến Văn phòng Sở Văn hóa" in page.text


@pytest.mark.parametrize(("name", "by"), [
    ("Vàng A Páo", "1989"), ("Vàng A Páo", "HA"), ("Vàng A", "PAO"), ("Vàng A Páo", "%")])
def test_a_name_alone_finds_nobody(world, browse, name, by):
    page = browse(world.hoa).post("/transfer-requests/new", known(name, by)
                                  | post_in(world.newspaper), status=409)

    assert "Không có ai mang họ tên này" in page.text
    assert db.session.query(TransferRequest).count() == 1


def test_of_two_who_fit_the_code_tells(world, browse):
    add_person({"full_name": "Vàng A Páo", "birth": "1988-02-05"}, {
        "unit": world.office, "title": "", "valid_from": date(2026, 7, 1)}, by=world.an)

    page = browse(world.hoa).post("/transfer-requests/new", known("Vàng A Páo", "1988")
                                  | post_in(world.newspaper), status=409)

    assert "Có hai người phù hợp" in page.text


def test_what_is_missing_is_said_and_nothing_is_asked(world, browse):
    page = browse(world.ha).post(f"/people/{world.pao.id}/transfer-requests",
                                 {"title": "Biên tập viên"}, status=200)

    assert "3 ô cần xem lại" in page.text
    assert db.session.query(TransferRequest).count() == 1


def test_an_officer_records_a_move_and_need_not_ask(world, browse):
    page = browse(world.an).get(f"/people/{world.pao.id}")

    assert "Sang đơn vị khác" not in page.links
    assert "Chuyển" in page.links
