"""Questions that seem to ask the same, by the words of their stems.  No database."""
from collections import Counter, defaultdict
from math import ceil

#: From this share of common words on, two questions are suspected to be one.
ALIKE = 0.75


def likeness(one, other):
    """The share of words that two folded stems have in common, from 0 to 1."""
    return _shared(frozenset(one.split()), frozenset(other.split()))


def _shared(words, others):
    common = len(words & others)
    return common / (len(words) + len(others) - common) if words or others else 0.0


def alike(folds, least=ALIKE):
    """The pairs of keys of ``folds`` (key → folded stem) that are alike: (one, other, share).

    The likest first.  Two that share so many words share one of their rarest, so only those are
    compared that do.
    """
    words = {key: frozenset(fold.split()) for key, fold in folds.items()}
    common = Counter(word for own in words.values() for word in own)
    by_word, pairs = defaultdict(list), set()
    for key, own in words.items():
        rarest = sorted(own, key=lambda word: (common[word], word))
        for word in rarest[:len(own) - ceil(least * len(own)) + 1]:
            pairs |= {(other, key) for other in by_word[word]}
            by_word[word].append(key)
    found = ((one, other, _shared(words[one], words[other])) for one, other in pairs)
    return sorted((pair for pair in found if pair[2] >= least),
                  key=lambda pair: (-pair[2], pair[0], pair[1]))
