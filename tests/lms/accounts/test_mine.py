"""What is mine: password, sessions, language, roles."""
from lms.accounts import passwords
from lms.accounts.actions import open_session
from lms.accounts.queries import account_of, open_sessions

from tests.lms.accounts.keys import PASSWORD, try_door, with_password

NEW = "mưa chợ ghế sông"


def change(browser, present, password, again=None, status=302):
    """Send the form that changes the password."""
    return browser.post("/mine/password", {"present": present, "password": password,
                                           "again": again or password}, status=status)


def test_lan_sees_who_she_is_and_what_she_may(world, browse):
    text = browse(world.lan).get("/mine").text

    assert "Họ và tên Nông Thị Lan Đơn vị Báo Cao Bằng Tên đăng nhập lan" in text
    assert "Học viên ai cũng là học viên, luôn luôn" in text


def test_roles_are_shown_with_their_days(world, browse):
    assert ("Người đầu mối, Sở Văn hóa từ 01/01/2018"
            in browse(world.ha).get("/mine").text)


def test_the_password_is_changed_with_the_present_one_and_other_devices_are_signed_out(
        world, browse):
    with_password(world.lan)
    here, elsewhere = browse(), browse()
    try_door(here, "lan", PASSWORD)
    try_door(elsewhere, "lan", PASSWORD)

    change(here, PASSWORD, NEW)

    assert "Đã đổi mật khẩu." in here.get("/mine").text
    elsewhere.get("/mine", status=302)
    assert passwords.matches(account_of(world.lan).password_hash, NEW)


def test_without_the_present_password_nothing_changes(world, browse):
    with_password(world.lan)
    lan = browse(world.lan)

    page = change(lan, "sai", NEW, status=422)

    assert "không đúng. Còn 9 lần thử" in page.text
    assert passwords.matches(account_of(world.lan).password_hash, PASSWORD)


def test_the_present_password_cannot_be_guessed_at_an_open_screen(world, browse):
    with_password(world.lan)
    lan = browse(world.lan)
    for _ in range(10):
        change(lan, "sai", NEW, status=422)

    change(lan, PASSWORD, NEW, status=429)

    assert passwords.matches(account_of(world.lan).password_hash, PASSWORD)


def test_a_weak_new_password_is_refused_beside_its_field(world, browse):
    with_password(world.lan)
    lan = browse(world.lan)

    assert "Mật khẩu ngắn quá." in change(lan, PASSWORD, "ngắn", status=200).text
    assert "Hai lần nhập không giống nhau." in change(lan, PASSWORD, NEW, "khác", status=200).text
    assert passwords.matches(account_of(world.lan).password_hash, PASSWORD)


def test_one_session_is_ended_from_another_device(world, browse):
    here, elsewhere = browse(world.lan), browse(world.lan)
    newest, oldest = open_sessions(account_of(world.lan))

    here.post("/mine/sessions/ending", {"session": newest.id})

    elsewhere.get("/mine", status=302)
    here.get("/mine")
    assert open_sessions(account_of(world.lan)) == [oldest]


def test_all_other_sessions_end_at_once(world, browse):
    for _ in range(3):
        open_session(account_of(world.lan))
    lan = browse(world.lan)
    assert "4 thiết bị trong 12 giờ qua." in lan.get("/mine").text

    lan.post("/mine/sessions/ending", {"session": "others"})

    assert "Đã đăng xuất 3 phiên." in lan.get("/mine").text
    assert len(open_sessions(account_of(world.lan))) == 1


def test_nobody_ends_the_session_of_somebody_else(world, browse):
    browse(world.hoa)
    hers = open_sessions(account_of(world.hoa))[0]

    refusal = browse(world.lan).post("/mine/sessions/ending", {"session": hers.id}, status=409)

    assert "Phiên này đã kết thúc rồi." in refusal.text
    assert open_sessions(account_of(world.hoa)) == [hers]
