"""Passwords and one-time codes: how they are kept, compared, made and judged."""
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

#: OWASP's second choice for argon2id: 19 MiB, two passes, one lane.
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

SHORTEST, LONGEST = 10, 200
#: Fewer different characters than this is a pattern, not a password.
FEWEST_CHARACTERS = 5

#: No I, L, O, 0, 1: a code is read off paper and typed on a phone.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8

#: The reasons why a password is refused.
SHORT, LONG, COMMON, OWN = "short", "long", "common", "own"


def hashed(secret):
    """What the database keeps of ``secret``."""
    return HASHER.hash(composed(secret))


def matches(kept, secret):
    """Whether ``secret`` is the one of which ``kept`` is kept.

    Where nothing is kept the answer is no, and takes as long as any other.
    """
    try:
        return HASHER.verify(kept or _nobodys(), composed(secret)) and bool(kept)
    except (VerifyMismatchError, InvalidHashError):
        return False


def outdated(kept):
    """Whether ``kept`` was made with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys():
    return hashed(secrets.token_urlsafe(32))


def composed(secret):
    """``secret`` in one spelling: keyboards compose Vietnamese letters in two ways."""
    return unicodedata.normalize("NFC", secret)


def new_code():
    """A one-time code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def code_typed(text):
    """The code in what somebody typed: capitals, without blanks and hyphens."""
    return "".join(c for c in text.upper() if c.isalnum())


def printed(code):
    """A code as the slip shows it, in two halves."""
    return f"{code[:4]}-{code[4:]}"


def weakness(password, own=()):
    """Why ``password`` is refused, or None; ``own`` are words anybody knows of the person."""
    if len(password) < SHORTEST:
        return SHORT
    if len(password) > LONGEST:
        return LONG
    core = squeezed(password)
    stem = core.rstrip("0123456789")
    if {core, stem} & {squeezed(word) for word in own if word}:
        return OWN
    if len(set(password)) < FEWEST_CHARACTERS or {core, stem} & common():
        return COMMON
    return None


def squeezed(text):
    """``text`` as a guesser reduces it: small letters without marks, and digits."""
    # Not the kernel's fold: it remembers what it was given, and this may be a password.
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if c.isalnum())


@cache
def common():
    """The passwords that are tried first, with the words they are made of."""
    lines = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(lines.split())
