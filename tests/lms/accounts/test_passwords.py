"""Which passwords are refused, and how they are kept."""
import pytest
from argon2 import PasswordHasher

from lms.accounts import passwords
from lms.accounts.passwords import COMMON, LONG, OWN, SHORT, weakness
from lms.accounts.usernames import free_name, stem_of

LAN = ("lan.nt", "Nông Thị Lan", "0912345678")


@pytest.mark.parametrize(("password", "reason"), [
    ("chín ký t", SHORT), ("mười ký tự", None), ("x1y2z3" * 34, LONG),
    ("bốn từ rời nhau", None), ("sông núi áo mưa", None), ("thangtamtroimua", None),
    ("1234567890", COMMON), ("0987654321", COMMON), ("aaaaaaaaaaaa", COMMON),
    ("password123", COMMON), ("qwertyuiop", COMMON), ("1q2w3e4r5t", COMMON),
    ("Mật khẩu 2026", COMMON), ("matkhau123456", COMMON), ("anhyeuem123", COMMON),
    ("Cao Bằng 2026", COMMON), ("vietnamvodich", COMMON), ("IloveYou12345", COMMON),
    ("Nguyễn Văn An", COMMON),
    ("lan.nt123456", OWN), ("Nông Thị Lan", OWN), ("nongthilan1991", OWN), ("0912 345 678", OWN),
])
def test_a_password_is_judged_by_its_length_and_by_what_guessers_try(password, reason):
    assert weakness(password, LAN) == reason


def test_the_list_of_common_passwords_is_long_and_reads_as_a_guesser_types():
    assert len(passwords.common()) >= 1000
    assert {word for word in passwords.common() if passwords.squeezed(word) != word} == set()
    assert sum(len(word) >= passwords.SHORTEST for word in passwords.common()) >= 1000


def test_a_password_is_kept_as_argon2id_and_found_again():
    kept = passwords.hashed("bốn từ rời nhau")

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(kept, "bốn từ rời nhau")
    assert not passwords.matches(kept, "bốn từ rời nhau ")


def test_two_keyboards_that_compose_letters_differently_type_the_same_password():
    kept = passwords.hashed("t\u1eeb r\u1eddi")

    assert passwords.matches(kept, "tu\u031b\u0300 ro\u031b\u0300i")


def test_nothing_matches_where_nothing_is_kept():
    assert not passwords.matches("", "")
    assert not passwords.matches("", "bốn từ rời nhau")
    assert not passwords.matches("not a hash", "bốn từ rời nhau")


def test_a_hash_of_other_parameters_is_outdated():
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("bốn từ")

    assert passwords.outdated(old)
    assert not passwords.outdated(passwords.hashed("bốn từ"))


def test_a_code_has_eight_characters_that_nobody_mistakes():
    codes = {passwords.new_code() for _ in range(200)}

    assert len(codes) == 200
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) <= set(passwords.ALPHABET)
    assert set(passwords.ALPHABET) & set("IL1O0") == set()


def test_a_code_may_be_typed_small_with_blanks_and_hyphens():
    assert passwords.printed("ABCD2345") == "ABCD-2345"
    assert passwords.code_typed(" abcd-23 45 ") == "ABCD2345"


@pytest.mark.parametrize(("name", "stem"), [
    ("Nông Thị Lan", "lan.nt"), ("Vàng A Páo", "pao.va"), ("Bế Văn Hạ", "ha.bv"),
    ("Lý Hoài Ân", "an.lh"), ("Đàm Thị Vi", "vi.dt"), ("Páo", "pao"),
    ("Nguyễn Hoàng Ngọc Đức", "duc.nhn"), ("…", "ban"),
])
def test_a_user_name_is_the_given_name_and_the_initials_before_it(name, stem):
    assert stem_of(name) == stem


def test_a_user_name_that_is_taken_gets_the_next_number():
    assert free_name("lan.nt", set()) == "lan.nt"
    assert free_name("lan.nt", {"lan.nt"}) == "lan.nt2"
    assert free_name("lan.nt", {"lan.nt", "lan.nt2", "lan.nt3"}) == "lan.nt4"
