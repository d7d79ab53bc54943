"""Which of our courses a printed course name most likely means.  Plain words, no database."""

#: From this share of words in common on, two titles are taken to mean the same.
ALIKE = 0.6


def likeliest(name, titles):
    """The key of the title most like ``name``, or None where none is like it.

    ``name`` and the values of ``titles`` (key → title) are folded: no capitals, no diacritics.
    The measure is the words in common of all the words of both.
    """
    words = set(name.split())
    measured = [(_alike(words, set(title.split())), key) for key, title in titles.items()]
    share, key = max(measured, default=(0, None), key=lambda pair: pair[0])
    return key if share >= ALIKE else None


def _alike(one, other):
    return len(one & other) / len(one | other) if one | other else 0
