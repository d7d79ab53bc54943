"""Codes that stand on papers and lead whoever types one to its page: of certificates, of reports.

What limits guessing at them is in ``lms.kernel.probing``.
"""
import re
from secrets import choice

#: Letters of a code: no I, L, O and U, which are misread (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: 16 letters of 32 are 80 bits: a million guesses a second need a billion years.
LETTERS = 16
#: So many letters stand together.
GROUP = 4
#: What is typed in the place of a letter that no code has.
MISREAD = str.maketrans("OIL", "011")


def new_code():
    """A code that nobody can guess, in the form of ``tidy``."""
    return _grouped("".join(choice(ALPHABET) for _letter in range(LETTERS)))


def tidy(code):
    """A code as somebody typed it, in the form in which it is kept: ``7KQ4-M2XD-9TRA-0B3C``."""
    return _grouped(re.sub(r"[^0-9A-Z]", "", code.upper()).translate(MISREAD))


def _grouped(letters):
    return "-".join(letters[start:start + GROUP] for start in range(0, len(letters), GROUP))
