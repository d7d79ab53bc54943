"""At the door: user name or phone, password or code, and limits on guessing."""
import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from lms.accounts import passwords
from lms.accounts.actions import close_account, give_code
from lms.accounts.models import SignIn
from lms.accounts.queries import account_of
from lms.kernel.db import db
from lms.kernel.guessing import WrongGuess
from lms.people.models import Role

from tests.lms.accounts.keys import PASSWORD, later, try_door, with_password

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


def sessions():
    """How many sessions have been opened."""
    return db.session.scalar(select(func.count()).select_from(SignIn))


def test_lan_signs_in_with_user_name_and_password(world, browse):
    with_password(world.lan)
    lan = browse()

    answer = try_door(lan, " LAN ", PASSWORD)

    assert answer.location == "/"
    assert "Nông Thị Lan" in lan.get("/mine").text


def test_whoever_is_signed_in_is_not_asked_again(world, browse):
    assert browse(world.lan).get("/sign-in?next=/mine", status=302).location == "/mine"


def test_a_wrong_password_and_an_unknown_name_read_alike_and_cost_alike(world, browse, monkeypatch):
    with_password(world.lan)
    looked = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify",
                        lambda self, *arguments: looked.append(1) or verify(self, *arguments))

    wrong = try_door(browse(), "lan", "sai", status=422)
    unknown = try_door(browse(), "nobody", "sai", status=422)
    without_password = try_door(browse(), "hoa", "sai", status=422)

    assert wrong.text == unknown.text.replace("nobody", "lan")
    assert wrong.text == without_password.text.replace("hoa", "lan")
    assert WRONG in wrong.text
    assert len(looked) == 3


def test_the_tries_left_are_told_and_then_the_door_closes_for_a_while(world, browse, monkeypatch):
    with_password(world.lan)
    stranger = browse()

    texts = [try_door(stranger, "lan", "sai", status=422).text for _ in range(10)]
    later(monkeypatch, minutes=4)
    closed = try_door(stranger, "lan", PASSWORD, status=429)

    assert "Còn 9 lần thử, sau đó phải chờ 15 phút." in texts[0]
    assert "Còn 1 lần thử" in texts[8]
    assert "Chờ 15 phút rồi thử lại." in texts[9]
    assert "Đã thử sai quá nhiều lần từ nơi này. Chờ 11 phút rồi thử lại." in closed.text
    assert closed.response.headers["Retry-After"] == "660"


def test_a_closed_door_opens_again_after_a_quarter_of_an_hour(world, browse, monkeypatch):
    with_password(world.lan)
    stranger = browse()
    for _ in range(10):
        try_door(stranger, "lan", "sai", status=422)

    later(monkeypatch, minutes=15, seconds=1)

    try_door(stranger, "lan", PASSWORD)


def test_guessing_from_one_place_locks_nobody_out_elsewhere(world, browse):
    with_password(world.lan)
    for _ in range(10):
        try_door(browse(), "lan", "sai", status=422)

    at_home = browse()
    at_home.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"

    try_door(at_home, "lan", PASSWORD)


def test_one_place_may_try_a_hundred_names_an_hour(world, browse, monkeypatch):
    monkeypatch.setattr(PasswordHasher, "verify", lambda *_: False)
    stranger = browse()
    for number in range(100):
        try_door(stranger, f"name{number}", "sai", status=422)

    closed = try_door(stranger, "another", "sai", status=429)

    assert "Chờ 60 phút rồi thử lại." in closed.text


def test_a_phone_opens_the_door_however_it_is_written(world, browse):
    world.lan.phone = "0912345678"
    with_password(world.lan)

    for written in ("0912345678", "0912 345 678", "+84 912 345 678", "84912345678"):
        try_door(browse(), written, PASSWORD)


def test_a_phone_counts_the_same_tries_as_the_user_name(world, browse):
    world.lan.phone = "0912345678"
    with_password(world.lan)
    for name in ("lan", "0912345678") * 5:
        try_door(browse(), name, "sai", status=422)

    try_door(browse(), "0912345678", PASSWORD, status=429)


def test_people_who_share_a_phone_are_told_to_use_the_user_name(world, browse):
    world.lan.phone = world.hoa.phone = "0912345678"
    with_password(world.lan)

    answer = try_door(browse(), "0912345678", PASSWORD, status=422)

    assert "Hãy đăng nhập bằng tên đăng nhập ghi trên phiếu" in answer.text
    try_door(browse(), "lan", PASSWORD)


def test_a_closed_account_reads_like_a_wrong_password(world, browse):
    account = with_password(world.lan)
    close_account(account, by=world.an)

    assert WRONG in try_door(browse(), "lan", PASSWORD, status=422).text


def test_a_password_kept_with_old_parameters_is_kept_anew(world, browse):
    account = with_password(world.lan)
    account.password_hash = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(
        passwords.composed(PASSWORD))

    try_door(browse(), "lan", PASSWORD)

    assert not passwords.outdated(account_of(world.lan).password_hash)
    assert passwords.matches(account_of(world.lan).password_hash, PASSWORD)


@pytest.mark.parametrize(("wanted", "place"), [
    ("/mine", "/mine"), ("/accounts?page=2", "/accounts?page=2"), ("", "/"),
    ("//evil.example", "/"), ("https://evil.example/", "/"), ("https:evil.example", "/"),
    ("/\\evil.example", "/"), ("/\t/evil.example", "/"), ("javascript:alert(1)", "/"),
    ("\\\\evil.example", "/"), ("evil.example", "/"),
])
def test_the_door_sends_nobody_to_another_site(world, browse, wanted, place):
    with_password(world.lan)
    stranger = browse()

    answer = stranger.client.post("/sign-in", query_string={"next": wanted},
                                  data={"username": "lan", "password": PASSWORD})

    assert (answer.status_code, answer.location) == (302, place)


def test_a_page_that_is_not_public_leads_to_the_door_and_back(world, browse):
    with_password(world.lan)
    lan = browse()

    asked = lan.get("/mine/password", status=302)
    door = lan.follow(asked)

    assert "Hãy đăng nhập để xem trang này." in door.text
    answer = try_door(lan, "lan", PASSWORD, url=asked.location)
    assert answer.location == "/mine/password"


def test_a_form_sent_by_a_stranger_leads_back_to_the_page_it_stood_on(world, browse):
    asked = browse().post("/mine/sessions/ending", {"session": "others"},
                          headers={"Referer": "http://localhost/mine"})
    from_elsewhere = browse().post("/mine/sessions/ending", {"session": "others"},
                                   headers={"Referer": "http://evil.example/mine"})

    assert asked.location == "/sign-in?next=/mine"
    assert from_elsewhere.location == "/sign-in"


def test_a_script_is_told_in_its_own_language_that_it_is_signed_out(world, browse):
    answer = browse().send("/mine/sessions/ending", {"session": "others"}, status=401)

    assert answer.json == {"error": "Bạn đã bị đăng xuất. Hãy đăng nhập lại; "
                                    "những gì bạn nhập vẫn được giữ."}


def test_the_code_of_a_slip_leads_to_choosing_a_password_and_is_then_used_up(world, browse):
    slip = give_code(world.lan, by=world.an)
    lan = browse()

    asked = try_door(lan, "lan", f" {slip.code[:4].lower()}-{slip.code[4:]} ",
                     url="/sign-in?next=/mine")
    page = lan.follow(asked)
    answer = lan.post(asked.location, {"password": PASSWORD, "again": PASSWORD})

    assert asked.location == "/sign-in/password?next=/mine"
    assert "Từ nay bạn đăng nhập bằng tên lan" in page.text
    assert answer.location == "/mine"
    assert "Nông Thị Lan" in lan.get("/mine").text
    assert WRONG in try_door(browse(), "lan", slip.code, status=422).text
    try_door(browse(), "lan", PASSWORD)


def test_a_code_alone_opens_no_page(world, browse):
    slip = give_code(world.lan, by=world.an)
    lan = browse()
    try_door(lan, "lan", slip.code)

    assert lan.get("/mine", status=302).location == "/sign-in?next=/mine"
    assert sessions() == 0


def test_a_code_is_good_for_fourteen_days(world, browse, monkeypatch):
    slip = give_code(world.lan, by=world.an)

    later(monkeypatch, days=14)
    in_time = try_door(browse(), "lan", slip.code)
    later(monkeypatch, days=14, seconds=1)
    late = try_door(browse(), "lan", slip.code, status=422)

    assert in_time.location == "/sign-in/password"
    assert "Mã này đã hết hạn. Hỏi người đầu mối" in late.text


def test_a_new_code_makes_the_old_one_worthless_even_half_way(world, browse):
    old = give_code(world.lan, by=world.an)
    half_way = browse()
    try_door(half_way, "lan", old.code)

    new = give_code(world.lan, by=world.an)

    assert half_way.get("/sign-in/password", status=302).location == "/sign-in"
    assert WRONG in try_door(browse(), "lan", old.code, status=422).text
    try_door(browse(), "lan", new.code)


def test_whoever_shows_a_code_has_a_quarter_of_an_hour_to_choose(world, browse, monkeypatch):
    slip = give_code(world.lan, by=world.an)
    lan = browse()
    try_door(lan, "lan", slip.code)

    later(monkeypatch, minutes=15, seconds=1)

    assert lan.post("/sign-in/password",
                    {"password": PASSWORD, "again": PASSWORD}).location == "/sign-in"


def test_a_weak_password_is_refused_beside_its_field(world, browse):
    slip = give_code(world.lan, by=world.an)
    lan = browse()
    try_door(lan, "lan", slip.code)

    def said(password, again=None):
        return lan.post("/sign-in/password", {"password": password, "again": again or password},
                        status=200).text

    assert "Mật khẩu ngắn quá. Cần ít nhất 10 ký tự." in said("ngắn quá")
    assert "một trong những mật khẩu bị thử đầu tiên" in said("matkhau123")
    assert "Mật khẩu trùng với họ tên" in said("nong thi lan")
    assert "Hai lần nhập không giống nhau." in said(PASSWORD, "bốn từ khác nhau")
    assert account_of(world.lan).password_hash == ""


def test_the_contact_person_of_a_unit_is_named_to_whoever_forgot(world, browse):
    world.ha.phone = "02063000000"
    stranger = browse()

    of_the_office = stranger.get(f"/sign-in?unit={world.office.id}")
    of_the_department = stranger.get(f"/sign-in?unit={world.department.id}&next=/mine")
    of_the_newspaper = stranger.get(f"/sign-in?unit={world.newspaper.id}")

    assert "Bế Văn Hạ , Sở Văn hóa, 0206 3000 000" in of_the_department.text
    assert "do người đầu mối của Sở Văn hóa phụ trách" in of_the_office.text
    assert "Đơn vị bạn chưa có người đầu mối." in of_the_newspaper.text
    assert "Lý Hoài Ân , phụ trách đào tạo" in of_the_newspaper.text
    assert {"name": "next", "type": "hidden", "value": "/mine"} in of_the_department.all("input")


def test_nobody_but_contacts_is_named_at_the_door(world, browse):
    text = browse().get(f"/sign-in?unit={world.department.id}").text

    assert [name for name in ("Lan", "Hoa", "Minh", "Páo", "Đàm Thị Vi") if name in text] == []


def test_a_unit_without_anybody_to_ask_says_so(world, browse):
    for role in db.session.scalars(select(Role)):
        db.session.delete(role)

    text = browse().get(f"/sign-in?unit={world.newspaper.id}").text

    assert "Chưa có ai được phân công." in text


def test_the_demonstration_shows_who_can_sign_in_and_a_real_installation_does_not(
        app, world, browse, monkeypatch):
    real = browse().get("/sign-in").text
    monkeypatch.setitem(app.config, "DEMO", True)
    demonstration = browse().get("/sign-in").text

    assert "Cao Bang 2026" not in real
    assert "Mật khẩu chung: Cao Bang 2026" in demonstration
    assert "an.lh Phụ trách đào tạo, toàn tỉnh" in demonstration


def test_wrong_tries_are_forgotten_when_no_limit_looks_at_them_any_more(
        world, browse, monkeypatch):
    stranger = browse()
    try_door(stranger, "first", "sai", status=422)

    later(monkeypatch, minutes=59)
    try_door(stranger, "second", "sai", status=422)
    later(monkeypatch, minutes=61)
    try_door(stranger, "third", "sai", status=422)

    assert set(db.session.scalars(select(WrongGuess.name))) == {"second", "third"}


def test_a_sign_in_form_open_in_another_tab_stays_good(app, world, browse, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    with_password(world.lan)
    lan = browse()
    token = next(field["value"] for field in lan.get("/sign-in").all("input")
                 if field.get("name") == "csrf_token")
    lan.get("/mine", status=302)

    try_door(lan, "lan", PASSWORD, csrf_token=token)
