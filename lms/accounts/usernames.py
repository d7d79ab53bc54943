"""User names from Vietnamese names: Nông Thị Lan is lan.nt."""
from lms.kernel.text import fold


def stem_of(full_name):
    """The given name, and the initials of the names before it."""
    words = ["".join(c for c in word if c.isascii() and c.isalnum())
             for word in fold(full_name).split()]
    *before, given = [word for word in words if word] or ["ban"]
    initials = "".join(word[0] for word in before)
    return f"{given}.{initials}" if initials else given


def free_name(stem, taken):
    """``stem``, or with the first number from 2 that is not in the set ``taken``."""
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}{number}", number + 1
    return name
