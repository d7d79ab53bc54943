"""Accounts are handed out on slips, by those who answer for the people."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.accounts import passwords
from lms.accounts.actions import CODE_LIFE, close_account, give_code, hand_out
from lms.accounts.policies import Ground, may_give_code, may_see_account
from lms.accounts.queries import account_of, keyholder
from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.models import Person, Posting, Role

from tests.lms.accounts.keys import with_password
from tests.statements import counted

BEGINNING = date(2018, 1, 1)


def role(person, kind, unit=None, begins=BEGINNING, ends=None):
    """``person`` holds a role from ``begins`` until before ``ends``."""
    db.session.add(Role(person=person, kind=kind, unit=unit, valid_from=begins, valid_to=ends))
    db.session.flush()
    db.session.expire(person, ["roles"])


def colleague(world, number, unit=None):
    """Somebody without an account who works in the department or another unit."""
    person = Person(key=f"X{number}", full_name=f"Nông Văn Tý {number}")
    db.session.add_all([person, Posting(person=person, unit=unit or world.department,
                                        valid_from=BEGINNING)])
    db.session.flush()
    return person


def test_a_contact_person_gives_codes_to_the_people_of_the_unit_and_below(world):
    assert may_give_code(world.ha, world.pao)
    assert not may_give_code(world.ha, world.lan)
    assert not may_see_account(world.ha, world.lan)


def test_a_contact_person_cannot_take_over_an_account_with_a_role_not_below(world):
    for person in (world.an, world.minh):
        assert may_see_account(world.ha, person)
        assert not may_give_code(world.ha, person)

    with pytest.raises(Refusal, match="do phụ trách đào tạo cấp"):
        give_code(world.an, by=world.ha)


@pytest.mark.parametrize(("kind", "place", "allowed"), [
    ("contact", "office", True), ("manager", "office", True),
    ("contact", "department", False), ("manager", "department", False),
    ("manager", "newspaper", False), ("manager", "province", False),
    ("trainer", None, False), ("auditor", None, False), ("officer", None, False),
])
def test_roles_rank_by_where_they_hold(world, kind, place, allowed):
    role(world.pao, kind, getattr(world, place) if place else None)

    assert may_give_code(world.ha, world.pao) is allowed


def test_a_role_that_begins_tomorrow_counts_and_one_that_ended_does_not(world):
    today = clock.today()
    role(world.pao, "officer", ends=today)
    assert may_give_code(world.ha, world.pao)

    role(world.pao, "officer", begins=today + timedelta(days=1))

    assert not may_give_code(world.ha, world.pao)


def test_nobody_gives_a_code_to_themselves_but_officers_give_one_to_everybody_else(world):
    assert not may_give_code(world.ha, world.ha)
    assert not may_give_code(world.an, world.an)
    assert [may_give_code(world.an, p) for p in (world.ha, world.vi, world.lan)] == [True] * 3


def test_neither_auditors_nor_trainees_hand_out_anything(world):
    assert not may_see_account(world.vi, world.lan)
    assert not may_give_code(world.vi, world.lan)
    assert not may_give_code(world.lan, world.lan)
    assert Ground(world.lan).units == set()


def test_whoever_left_the_unit_is_out_of_reach(world):
    db.session.scalars(select(Posting).filter_by(person_id=world.pao.id)).one().valid_to = (
        clock.today())
    db.session.flush()

    assert not may_give_code(world.ha, world.pao)


def test_a_slip_makes_the_account_with_a_name_of_its_own_and_a_code_for_fourteen_days(world):
    slip = give_code(world.pao, by=world.ha)

    account = account_of(world.pao)
    assert (slip.username, account.username) == ("pao.va", "pao.va")
    assert passwords.matches(account.code_hash, slip.code)
    assert account.code_until == clock.now() + CODE_LIFE
    assert slip.code not in account.code_hash


def test_two_people_of_one_name_get_two_user_names(world):
    twins = [Person(key=f"T{number}", full_name="Vàng A Páo") for number in (1, 2)]
    db.session.add_all(twins)
    db.session.flush()

    slips = hand_out([world.pao, *twins], by=world.an)

    assert [slip.username for slip in slips] == ["pao.va", "pao.va2", "pao.va3"]


def test_a_new_code_ends_the_password_and_leaves_a_trace_without_the_code(world):
    with_password(world.lan)

    slip = give_code(world.lan, by=world.an)

    account = account_of(world.lan)
    trace = db.session.scalars(select(AuditEntry).filter_by(verb="code given")).one()
    assert account.password_hash == ""
    assert (trace.by_id, trace.subject) == (world.an.id, f"account:{account.id}")
    assert slip.code not in str(trace.details)


def test_slips_in_bulk_are_not_for_people_who_have_a_password(world):
    with_password(world.lan)

    with pytest.raises(Refusal, match="Nông Thị Lan vừa đặt mật khẩu rồi"):
        hand_out([world.pao, world.lan], by=world.an)
    with pytest.raises(Refusal, match="Chưa chọn ai"):
        hand_out([], by=world.an)


def test_a_hundred_slips_are_made_at_a_time(world):
    crowd = [colleague(world, number) for number in range(101)]

    with pytest.raises(Refusal, match="Mỗi lần lập nhiều nhất 100 phiếu"):
        hand_out(crowd, by=world.an)


def test_a_closed_account_gets_no_code(world):
    close_account(account_of(world.lan), by=world.an)

    with pytest.raises(Refusal, match="đang khóa"):
        give_code(world.lan, by=world.an)


def test_nobody_closes_their_own_account(world):
    with pytest.raises(Refusal, match="Không ai tự khóa tài khoản của mình"):
        close_account(account_of(world.an), by=world.an)


def test_the_account_of_the_last_officer_stays_open(world):
    role(world.minh, "officer", ends=clock.today())
    with pytest.raises(Refusal, match="phụ trách đào tạo cuối cùng"):
        close_account(account_of(world.an), by=None)

    role(world.minh, "officer", begins=clock.today())

    close_account(account_of(world.an), by=world.minh)
    assert account_of(world.an).state_at(clock.now()) == "closed"


def test_an_account_is_in_one_of_five_states(world):
    give_code(world.minh, by=world.an)
    with_password(world.lan)
    close_account(account_of(world.hoa), by=world.an)
    account_of(world.minh).code_until += timedelta(seconds=1)
    account_of(world.vi).code_until = clock.now() - timedelta(seconds=1)

    states = {name: keyholder(getattr(world, name)).state
              for name in ("pao", "minh", "vi", "lan", "hoa")}

    assert states == {"pao": "none", "minh": "code", "vi": "expired", "lan": "active",
                      "hoa": "closed"}


def names(page):
    """The people in the list, from top to bottom."""
    return [text for text, url in page.links.items() if url.startswith("/accounts/people/")]


def test_the_contact_person_sees_the_accounts_of_the_department_and_its_office(world, browse):
    page = browse(world.ha).get("/accounts")

    assert names(page) == ["Lý Hoài Ân", "Bế Văn Hạ", "Triệu Văn Minh", "Vàng A Páo"]
    ticks = [box["value"] for box in page.all("input") if box.get("name") == "person"]
    assert ticks == [str(world.pao.id)]


def test_the_officer_sees_everybody_and_finds_without_marks(world, browse):
    an = browse(world.an)
    give_code(world.lan, by=world.an)

    assert len(names(an.get("/accounts"))) == 7
    assert names(an.get("/accounts?q=lan nong")) == ["Nông Thị Lan"]
    assert names(an.get("/accounts?q=hoa")) == ["Lý Hoài Ân", "Bế Thị Hoa"]
    assert names(an.get("/accounts?state=none")) == ["Vàng A Páo"]
    assert names(an.get("/accounts?state=code")) == ["Nông Thị Lan"]
    assert names(an.get(f"/accounts?unit={world.office.id}")) == ["Vàng A Páo"]
    assert "Không tìm thấy ai." in an.get("/accounts?q=khongco").text
    assert len(names(an.get("/accounts?state=anything"))) == 7


def test_the_list_takes_the_same_statements_for_three_and_for_three_hundred(world, browse):
    an = browse(world.an)
    an.get("/accounts")
    with counted() as few:
        an.get("/accounts")
    for number in range(300):
        colleague(world, number)
    db.session.commit()

    with counted() as many:
        page = an.get("/accounts")

    assert "307 người." in page.text
    assert len(names(page)) == 50
    assert len(many) == len(few)
    assert len(few) <= 12


def test_the_slips_come_as_one_paper_that_no_browser_keeps(world, browse):
    ha = browse(world.ha)
    other = colleague(world, 1, world.office)

    answer = ha.post("/accounts/slips", {"person": [world.pao.id, other.id]}, status=200).response

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert [account_of(p).username for p in (world.pao, other)] == ["pao.va", "1.nvt"]


def test_slips_for_people_of_another_unit_are_not_made(world, browse):
    browse(world.ha).post("/accounts/slips", {"person": [world.pao.id, world.lan.id]}, status=404)
    refusal = browse(world.ha).post("/accounts/slips", {"person": [world.an.id]}, status=409)
    nobody = browse(world.ha).post("/accounts/slips", {}, status=409)

    assert "do phụ trách đào tạo cấp" in refusal.text
    assert "Chưa chọn ai" in nobody.text
    assert account_of(world.pao) is None


def test_one_page_says_what_a_new_code_does_and_makes_the_slip(world, browse):
    with_password(world.lan)
    an = browse(world.an)

    page = an.get(f"/accounts/people/{world.lan.id}")
    slip = an.post(f"/accounts/people/{world.lan.id}/code", status=200)

    assert "Mật khẩu hiện tại của Nông Thị Lan hết tác dụng ngay" in page.text
    assert slip.response.mimetype == "application/pdf"
    assert account_of(world.lan).state_at(clock.now()) == "code"


def test_the_contact_person_reads_why_the_officer_is_out_of_reach(world, browse):
    ha = browse(world.ha)

    page = ha.get(f"/accounts/people/{world.an.id}")
    refusal = ha.post(f"/accounts/people/{world.an.id}/code", status=409)

    assert "Tài khoản này do phụ trách đào tạo cấp" in page.text
    assert page.all("button") == [button for button in page.all("button")
                                  if button.get("data-kind") == "quiet"]
    assert "do phụ trách đào tạo cấp" in refusal.text


def test_the_officer_closes_an_account_and_opens_it_again(world, browse):
    an, address = browse(world.an), f"/accounts/people/{world.lan.id}"

    an.post(f"{address}/closing")
    closed = an.get(address)
    an.post(f"{address}/reopening")
    opened = an.get(address)

    assert "Tài khoản đã khóa Đang" in closed.text
    assert "Đã khóa tài khoản của Nông Thị Lan." in closed.text
    assert "Đã mở lại tài khoản của Nông Thị Lan." in opened.text


def test_a_name_that_cannot_be_printed_gets_no_code(world, browse):
    world.pao.full_name = "Vàng A Páo ☃"

    refusal = browse(world.ha).post("/accounts/slips", {"person": [world.pao.id]}, status=409)

    assert "ký tự không in được: ☃" in refusal.text
    assert account_of(world.pao) is None
