"""The code that opens a test in the room: six digits that change every ten minutes.  Pure."""
from hashlib import sha256
from hmac import compare_digest, new
from secrets import token_hex

#: Seconds a code is shown; the one before it still opens, for whoever was typing.
SPAN = 600


def new_secret():
    """What the codes of one quiz are made from."""
    return token_hex(16)


def code_at(secret, moment):
    """The code of ``moment``, and the seconds until the next one."""
    span, gone = divmod(int(moment.timestamp()), SPAN)
    return _digits(secret, span), SPAN - gone


def opens(secret, typed, moment):
    """Whether what somebody ``typed`` is the code of ``moment`` or the one before it."""
    span = int(moment.timestamp()) // SPAN
    digits = "".join(typed.split())
    return any(compare_digest(_digits(secret, one).encode(), digits.encode())
               for one in (span, span - 1))


def _digits(secret, span):
    made = new(secret.encode(), str(span).encode(), sha256).digest()
    return f"{int.from_bytes(made[:8]) % 1_000_000:06d}"
