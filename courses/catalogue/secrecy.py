"""Whether the name of a file says that it is a state secret."""
import re
from unicodedata import normalize

#: The stamps of the law on the protection of state secrets: Mật, Tối mật, Tuyệt mật.  Without
#: its marks or in small letters, "mật" alone is too often another word (mặt, mắt, mát).
STAMPS = re.compile(r"\b(?:tối|tuyệt) mật\b|\b(?:toi|tuyet) mat\b", re.IGNORECASE)
STAMP = re.compile(r"\bMẬT\b")
#: Words about secrecy that are no stamp: confidentiality, the law's own name, passwords.
HARMLESS = re.compile(r"\b(?:BÍ|BẢO) MẬT\b|\bMẬT (?:KHẨU|MÃ)\b", re.IGNORECASE)


def says_secret(name):
    """Whether the file name ``name`` bears the word of a secrecy stamp."""
    words = re.sub(r"[\W_]+", " ", normalize("NFC", name))
    words = HARMLESS.sub(" ", words)
    return bool(STAMPS.search(words) or STAMP.search(words))
