"""What a Vietnamese syllable is: an onset, a rime, and at most one tone that fits it."""
import re
import unicodedata
from functools import cache, lru_cache

from lms.kernel.text import TONES

WRITTEN_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
#: Oong and ooc of a few loan words are left out: VNI text misread as TCVN3 is full of them.
WRITTEN_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet
oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung up ut uôc uôi uôm uôn uông uôt uơ
uy uya uych uyên uyêt uynh uyt uyu uyp
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y ych ym yn ynh yt yên yêm yêng yêt yêu"""
ONSETS = frozenset({"", *WRITTEN_ONSETS.split()})
RIMES = frozenset(WRITTEN_RIMES.split())


LONGEST_ONSET = 3
LONGEST_SYLLABLE = 7
#: Vowels with a mark of their own draw the tone to themselves.
SHAPED = "ăâêôơư"
#: Here the old and the new way of writing differ: hòa, hoà.
EITHER_VOWEL = ("oa", "oe", "uy")
CLOSED = ("c", "ch", "p", "t")
#: A syllable that ends in a stop bears sắc or nặng, nothing else.
TONES_OF_CLOSED = (TONES["\u0301"], TONES["\u0323"])

#: Blanks and the signs of ASCII part words; the signs above do not: legacy text is full of them.
BETWEEN_WORDS = re.compile(r"[\s!-@\[-`{-~“”‘’–—…]+")


def words_of(text):
    """The words of ``text``, each as it is typed."""
    return [word for word in BETWEEN_WORDS.split(text) if word]


@lru_cache(maxsize=65536)
def is_syllable(word):
    """Whether ``word`` can be Vietnamese: its sounds, its tone and where that stands."""
    if len(word) > LONGEST_SYLLABLE or word[1:] != word[1:].lower() and word != word.upper():
        return False
    letters, tones = _tones_of(word.lower())
    if len(tones) > 1:
        return False
    place, tone = tones[0] if tones else (None, None)
    if letters.endswith(CLOSED) and tone not in TONES_OF_CLOSED:
        return False
    return any(letters[:length] in ONSETS and letters[length:] in RIMES
               and (place is None or place - length in _tone_places(letters[length:]))
               for length in range(LONGEST_ONSET + 1))


def _tones_of(word):
    """The letters of ``word`` without tones, and each tone with the place of its letter."""
    letters, tones = [], []
    for place, letter in enumerate(unicodedata.normalize("NFC", word)):
        parts = unicodedata.normalize("NFD", letter)
        tones += [(place, TONES[part]) for part in parts if part in TONES]
        bare = "".join(part for part in parts if part not in TONES)
        letters.append(unicodedata.normalize("NFC", bare))
    return "".join(letters), tones


@cache
def _tone_places(rime):
    """On which letters of ``rime`` a tone may be written."""
    vowels = rime.rstrip("bcdghmnpt")
    shaped = [place for place, letter in enumerate(vowels) if letter in SHAPED]
    if shaped:
        return shaped[-1:]
    if rime != vowels:
        return [len(vowels) - 1]
    if vowels in EITHER_VOWEL:
        return [0, 1]
    # In three vowels the middle one bears the tone (oái), in two the first (ái).
    return [1 if len(vowels) > 2 else 0]
