"""Questions that seem to ask the same, by the words of their stems.  No database."""
from bisect import bisect_left
from collections import Counter, defaultdict
from math import ceil

#: From this share of common words on, two questions are suspected to be one.
ALIKE = 0.75
#: Room for what reckoning with fractions of 1 leaves over.
TINY = 1e-9


def likeness(one, other):
    """The share of words that two folded stems have in common, from 0 to 1."""
    words, others = frozenset(one.split()), frozenset(other.split())
    return _share(len(words & others), len(words), len(others)) if words or others else 0.0


def _share(common, one, other):
    return common / (one + other - common)


def alike(folds, least=ALIKE):
    """The pairs of keys of ``folds`` (key → folded stem) that are alike: (one, other, share).

    The likest first.  Each question stands with the likest of those that have no more words than
    it: of twenty copies nineteen pairs are told, not all the hundred and ninety.
    """
    words = {key: frozenset(fold.split()) for key, fold in folds.items()}
    common = Counter(word for own in words.values() for word in own)
    places = {word: place for place, word in enumerate(
        sorted(common, key=lambda word: (common[word], word)))}
    look, first, pairs = _Look(least), {}, []
    for key, own in sorted(words.items(), key=lambda one: (len(one[1]), one[0])):
        if own in first:
            pairs.append((*sorted((first[own], key)), 1.0))
        elif own:
            first[own] = key
            found, share = look.likest(key, sorted(places[word] for word in own))
            pairs += [(*sorted((found, key)), share)] if share else []
    return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))


class _Look:
    """What was looked at so far, by its rarest words.

    Words are numbers, the rarest first.  Two that share so many words share one of their rarest
    (prefix filter), are about as long, and still have words enough behind the first one they
    share (the filters of Xiao et al., "Efficient similarity joins for near duplicate detection",
    2008); the few that are left are compared as sets of bits.
    """

    def __init__(self, least):
        self.least = least
        #: A word → (how many words, the place of the word among them, key), by the first.
        self.by_word = defaultdict(list)
        self.bits = {}

    def likest(self, key, own):
        """The key of the likest that came before and its share, or (None, 0); ``key`` with its
        words ``own``, no fewer than any before, is looked at from now on.
        """
        size, bits = len(own), sum(1 << word for word in own)
        best, wanted, tried = (None, 0), self.least, set()
        for place, word in enumerate(own):
            if place > size - ceil(wanted * size - TINY):
                break
            entries = self.by_word[word]
            for other_size, other_place, other in entries[
                    bisect_left(entries, (ceil(wanted * size - TINY),)):]:
                # It is the first word they share: so many can be shared from here on.
                most = min(size - place, other_size - other_place)
                if other in tried or _share(most, size, other_size) < wanted - TINY:
                    continue
                tried.add(other)
                share = _share((bits & self.bits[other]).bit_count(), size, other_size)
                if share >= wanted - TINY and share > best[1]:
                    best, wanted = (other, share), share
        for place, word in enumerate(own[:size - ceil(self.least * size - TINY) + 1]):
            self.by_word[word].append((size, place, key))
        self.bits[key] = bits
        return best
