"""Exemptions asked for by a unit, decided by an officer, listed, flagged and ended."""
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.queries import notices_of
from lms.people.models import Membership, Person, Posting, Role

from courses.coverage.actions import exempt
from courses.coverage.exemption_actions import approve, ask_exemption, refuse_exemption
from courses.coverage.exemption_queries import generous_units
from courses.coverage.models import Exemption, ExemptionRequest
from tests.courses.coverage.facts_of_the_world import newcomers, numbers
from tests.statements import counted
from tests.world import PDF

NOVEMBER, NEXT_MAY = date(2026, 11, 1), date(2027, 5, 1)


def asked_for(person, goal, by, **more):
    """A request to excuse ``person`` until next May."""
    values = {"kind": "maternity", "reason": "Quyết định 12", "valid_from": NOVEMBER,
              "valid_to": NEXT_MAY} | more
    return ask_exemption(person, goal, values, (BytesIO(PDF), "quyet-dinh.pdf"), by=by)


def form(world, **more):
    """The page's form."""
    return {"goal_id": world.goal_b.id, "kind": "maternity", "reason": "Quyết định 12",
            "valid_from": "01/11/2026", "valid_to": "01/05/2027",
            "file": (BytesIO(PDF), "quyet-dinh.pdf")} | more


def test_a_unit_asks_and_nothing_is_counted_otherwise_until_it_is_approved(world, browse):
    ha = browse(world.ha)
    address = f"/people/{world.ha.id}/exemption-requests"

    page = ha.follow(ha.post(address, form(world)))

    assert "chờ duyệt" in page.text
    assert "nghỉ thai sản" in page.text
    assert numbers(world.goal_b, world.department) == (2, 0, 0, 0, 2)


def test_the_page_says_what_is_missing_and_asks_for_nothing(world, browse):
    page = browse(world.ha).post(f"/people/{world.ha.id}/exemption-requests",
                                 {"goal_id": world.goal_b.id, "valid_from": "01/11/2026"},
                                 status=200)

    assert "4 ô cần xem lại" in page.text
    assert len(db.session.scalars(select(ExemptionRequest)).all()) == 1


def test_the_kind_is_chosen_and_never_sent_as_it_happens_to_stand(world, browse):
    ha, address = browse(world.ha), f"/people/{world.ha.id}/exemption-requests"

    page = ha.get(address)
    refused = ha.post(address, form(world, kind=""), status=200)

    assert "Loại Chọn loại… nghỉ thai sản" in page.text
    assert "1 ô cần xem lại" in refused.text


@pytest.mark.parametrize("wrong", [{"valid_to": NOVEMBER}, {"valid_to": date(2026, 10, 1)}])
def test_an_exemption_ends_after_it_begins(world, wrong):
    with pytest.raises(Refusal, match="sau ngày bắt đầu|phải sau"):
        asked_for(world.ha, world.goal_b, world.ha, **wrong)


def test_one_request_at_a_time_and_only_from_a_goal_that_means_the_person(world):
    with pytest.raises(Refusal, match="Đã có đề nghị"):
        asked_for(world.pao, world.goal_b, world.ha)
    with pytest.raises(Refusal, match="không đòi hỏi"):
        asked_for(world.pao, world.goal_a, world.ha)


def test_an_officer_approves_and_the_figure_follows_on_the_days_asked_for(world, browse):
    asked = asked_for(world.ha, world.goal_b, world.ha)
    an = browse(world.an)

    told = an.follow(an.post(f"/exemption-requests/{asked.id}/decision",
                             {"decision": "approve", "answer": "Đã xem"}))

    assert "Đã duyệt: Bế Văn Hạ được miễn từ ngày 01/11/2026" in told.text
    assert [numbers(world.goal_b, world.department, on=day)[1] for day in (
        date(2026, 10, 31), NOVEMBER, date(2027, 4, 30), NEXT_MAY)] == [0, 1, 1, 0]
    exemption = db.session.get(Exemption, asked.exemption_id)
    assert (asked.state, asked.decided_by_id, exemption.approved_by_id, exemption.kind) == (
        "approved", world.an.id, world.an.id, "maternity")


def test_refused_the_unit_reads_why_and_nothing_changes(world, browse):
    an, address = browse(world.an), f"/exemption-requests/{world.pao_request.id}/decision"

    assert "đơn vị sẽ đọc lý do" in an.post(address, {"decision": "refuse"}, status=409).text
    an.post(address, {"decision": "refuse", "answer": "Thiếu quyết định"})

    assert "Lý do: Thiếu quyết định" in browse(world.ha).get(
        f"/units/{world.department.id}/coverage").text
    assert numbers(world.goal_b, world.department, on=date(2026, 12, 5)) == (2, 0, 0, 0, 2)


def messages_of(person):
    """What ``person`` was told, in both languages, with where it leads."""
    return [(one.text_vi, one.url) for one in db.session.scalars(notices_of(person))]


def test_who_asked_and_whom_it_is_about_are_told_the_decision(world, browse):
    asked, about = world.pao_request, f"/exemption-requests/{world.pao_request.id}"

    approve(asked, "", by=world.an)

    assert messages_of(world.ha) == [(
        "Đề nghị miễn chỉ tiêu “Cán bộ được tập huấn và trang bị tài liệu” cho Vàng A Páo của bạn "
        "đã được duyệt: miễn từ ngày 01/12/2026; tính lại từ ngày 01/12/2027.", about)]
    assert messages_of(world.pao) == [(
        "Bạn được miễn chỉ tiêu “Cán bộ được tập huấn và trang bị tài liệu” từ ngày 01/12/2026; "
        "tính lại từ ngày 01/12/2027.", about)]
    assert "được duyệt: miễn từ ngày 01/12/2026" in browse(world.ha).get("/messages").text


def test_who_asked_for_oneself_is_told_once_and_reads_why_it_was_refused(world):
    refuse_exemption(asked_for(world.ha, world.goal_b, world.ha), "Thiếu quyết định", by=world.an)

    assert [text for text, _url in messages_of(world.ha)] == [
        "Đề nghị miễn chỉ tiêu “Cán bộ được tập huấn và trang bị tài liệu” cho bạn không được "
        "duyệt. Lý do: Thiếu quyết định"]


def test_who_answers_for_the_person_no_more_is_told_nothing_of_them(world):
    world.ha.roles[0].valid_to = date(2026, 11, 25)
    db.session.flush()

    refuse_exemption(world.pao_request, "Thiếu quyết định", by=world.an)

    assert (messages_of(world.ha), len(messages_of(world.pao))) == ([], 1)


def test_a_request_is_decided_once(world):
    asked = asked_for(world.ha, world.goal_b, world.ha)
    approve(asked, "", by=world.an)

    with pytest.raises(Refusal, match="vừa được duyệt"):
        refuse_exemption(asked, "Không", by=world.an)


def test_nobody_decides_a_request_of_their_own_or_about_themselves(world, browse):
    db.session.add_all([Membership(person=world.an, group=world.officials,
                                   valid_from=date(2026, 1, 1)),
                        Role(person=world.minh, kind="officer", valid_from=date(2026, 1, 1))])
    db.session.flush()
    own = asked_for(world.ha, world.goal_b, world.an)
    about_me = asked_for(world.an, world.goal_b, world.ha)

    for asked in (own, about_me):
        browse(world.an).post(f"/exemption-requests/{asked.id}/decision",
                              {"decision": "approve"}, status=404)
        with pytest.raises(Refusal, match="Không ai tự duyệt"):
            approve(asked, "", by=world.an)
        approve(asked, "", by=world.minh)
    assert numbers(world.goal_b, world.department)[1] == 2


def test_days_that_are_exempt_already_are_not_approved_twice(world):
    asked = asked_for(world.ha, world.goal_b, world.ha)
    exempt(world.ha, world.goal_b, {"kind": "other", "reason": "x", "valid_from": NOVEMBER,
                                    "valid_to": None}, by=world.an)

    with pytest.raises(Refusal):
        approve(asked, "", by=world.an)


def test_the_exemption_has_its_own_column_and_list(world, browse):
    approve(asked_for(world.ha, world.goal_b, world.ha), "", by=world.an)
    ha = browse(world.ha)

    people = ha.get(f"/units/{world.department.id}/goals/{world.goal_b.id}/people")
    listed = ha.get("/exemptions")

    assert "nghỉ thai sản 01/11/2026 – 30/04/2027 Quyết định 12" in people.text
    assert "1 được miễn" in browse(world.an).get("/province").text
    assert ("Bế Văn Hạ 1984 Cán bộ được tập huấn và trang bị tài liệu nghỉ thai sản Quyết định 12 "
            "Xem đề nghị 01/11/2026 – 30/04/2027 Bế Văn Hạ 10:00 25/11/2026 "
            "Lý Hoài Ân 10:00 25/11/2026 được miễn") in listed.text


def test_an_officer_ends_an_exemption_and_the_days_before_stay(world, browse):
    asked = asked_for(world.ha, world.goal_b, world.ha)
    exemption = approve(asked, "", by=world.an)
    an = browse(world.an)

    an.post(f"/exemptions/{exemption.id}/ending", {"on": "20/11/2026"})

    assert [numbers(world.goal_b, world.department, on=day)[1] for day in (
        date(2026, 11, 19), date(2026, 11, 20))] == [1, 0]
    assert "Xem đề nghị 01/11/2026 – 19/11/2026" in an.get("/exemptions").text
    browse(world.ha).get(f"/exemptions/{exemption.id}/ending", status=404)


def test_a_unit_that_excuses_more_than_a_tenth_is_flagged(world, browse):
    people = newcomers(18, world.office, world.officials)
    excuse = {"kind": "study", "reason": "Đi học", "valid_from": NOVEMBER, "valid_to": None}
    exempt(people[0], world.goal_b, excuse, by=world.an)
    assert [(f.unit.key, f.exempt, f.members) for f in generous_units()] == []

    exempt(people[1], world.goal_b, excuse, by=world.an)

    # Two of nineteen in the office are more than a tenth, two of twenty in the department not.
    assert [(f.unit.key, f.exempt, f.members) for f in generous_units()] == [("SVH-VP", 2, 19)]
    an = browse(world.an)
    assert "1 đơn vị miễn quá một phần mười số người." in an.get("/province").links
    assert "miễn 2 trên 19" in an.get("/exemptions").text
    assert "miễn 2 trên 19" not in browse(world.ha).get("/exemptions").text


@pytest.mark.parametrize(("name", "status"), [
    ("ha", 200), ("an", 200), ("vi", 200), ("hoa", 404), ("lan", 404), ("minh", 404)])
def test_the_scan_is_seen_by_those_who_follow_the_person_and_by_nobody_else(
        world, browse, name, status):
    browser = browse(getattr(world, name))

    answer = browser.get(f"/exemption-requests/{world.pao_request.id}/scan", status=status)

    assert status == 404 or answer.response.headers["Cache-Control"] == "no-store"
    browser.get(f"/files/{world.pao_request.file_id}/quyet-dinh.pdf", status=404)


def test_a_list_of_requests_holds_ones_own_people_only(world, browse):
    asked_for(world.lan, world.goal_a, world.hoa)

    def named(person):
        text = browse(person).get("/exemption-requests").text
        return [name for name in ("Vàng A Páo", "Nông Thị Lan") if f"{name} 19" in text]

    assert [named(person) for person in (world.ha, world.hoa, world.vi)] == [
        ["Vàng A Páo"], ["Nông Thị Lan"], ["Vàng A Páo", "Nông Thị Lan"]]


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 40])
def test_the_lists_cost_the_same_however_long(world, browse, count):
    for number in range(count):
        person = Person(key=f"N{number}", full_name=f"Nông Văn {number}")
        db.session.add_all([
            person, Posting(person=person, unit=world.newspaper, valid_from=date(2026, 1, 1)),
            Membership(person=person, group=world.reporters, valid_from=date(2026, 1, 1))])
        db.session.flush()
        asked = asked_for(person, world.goal_a, world.hoa)
        if number % 2:
            approve(asked, "", by=world.an)
    an = browse(world.an)

    with counted() as requests:
        an.get("/exemption-requests?state=")
    with counted() as exemptions:
        an.get("/exemptions")

    assert (len(requests), len(exemptions)) == (3, 9)


def test_the_officers_page_says_what_waits(world, browse):
    links = browse(world.an).get("/province").links

    assert (links["1 đề nghị miễn chờ duyệt."], links["1 giấy học ở nơi khác chờ duyệt."]) == (
        "/exemption-requests", "/learned-elsewhere")
    assert "1 đề nghị miễn chờ duyệt." not in browse(world.vi).get("/province").links
