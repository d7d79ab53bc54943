"""``flask accounts …`` at a terminal."""
import pytest

from lms.accounts import passwords
from lms.accounts.actions import make_demo_account
from lms.accounts.demo import PASSWORD as DEMO_PASSWORD
from lms.accounts.queries import account_named, account_of
from lms.people.policies import is_officer

from tests.lms.accounts.keys import PASSWORD, try_door, with_password


@pytest.fixture
def terminal(app, world):
    """Type a command and its answers; what the terminal shows comes back."""
    def type_in(*words, answers=""):
        return app.test_cli_runner().invoke(args=["accounts", *words], input=answers)
    return type_in


def test_the_first_officer_is_made_with_a_password_asked_for_unseen(terminal, browse):
    shown = terminal("create-admin", "--username", "Quan.Tri", "--name", "Nông Thị Trị",
                     answers=f"{PASSWORD}\n{PASSWORD}\n")

    assert shown.exit_code == 0, shown.output
    assert "Nông Thị Trị có thể đăng nhập bằng tên quan.tri." in shown.output
    assert PASSWORD not in shown.output
    account = account_named("quan.tri")
    assert is_officer(account.person)
    try_door(browse(), "quan.tri", PASSWORD)


@pytest.mark.parametrize(("username", "password", "sentence"), [
    ("quan.tri", "ngắn", "Mật khẩu ngắn quá."), ("quan.tri", "matkhau123", "thử đầu tiên"),
    ("lan", PASSWORD, "đã có người dùng"), ("quan tri", PASSWORD, "không có dấu cách"),
    (" ", PASSWORD, "không có dấu cách"),
])
def test_a_first_officer_who_breaks_a_rule_is_not_made(terminal, username, password, sentence):
    shown = terminal("create-admin", "--username", username, "--name", "Nông Thị Trị",
                     answers=f"{password}\n{password}\n")

    assert shown.exit_code == 1
    assert sentence in shown.output
    assert account_named("quan.tri") is None


def test_a_lost_password_is_replaced_by_a_code(terminal, world, browse):
    with_password(world.an)

    shown = terminal("reset", "AN")

    code, _, until = shown.output.partition("  dùng được đến ")
    assert until == "10:00 09/12/2026\n"
    assert account_of(world.an).password_hash == ""
    assert try_door(browse(), "an", code).location == "/sign-in/password"


def test_a_reset_of_nobody_says_so(terminal):
    shown = terminal("reset", "nobody")

    assert (shown.exit_code, shown.output) == (
        1, "Error: Không có tài khoản nào mang tên đăng nhập nobody.\n")


def test_the_demonstration_has_a_password_that_a_real_person_could_not_choose(world, browse):
    make_demo_account(world.pao, "pao.va", DEMO_PASSWORD)

    assert passwords.weakness(DEMO_PASSWORD) == passwords.COMMON
    try_door(browse(), "pao.va", DEMO_PASSWORD)


def test_the_sign_ins_of_the_demonstration_are_printed(app):
    lines = list(app.demonstration_sign_ins())

    assert lines[0] == "Sign in with the password: Cao Bang 2026"
    assert [line.split()[0] for line in lines[1:]] == [
        "an.lh", "ha.bv", "hoa.bt", "an.tv", "anh.ht", "pao.va", "vi.dt"]
