"""Vietnamese text (a first sketch, to be replaced by its room's owner)."""
import unicodedata


def clean(text):
    return unicodedata.normalize("NFC", " ".join(text.split()))


def fold(text):
    return "".join(c for c in unicodedata.normalize("NFD", clean(text).lower().replace("đ", "d")) if not unicodedata.combining(c))


def name_key(text):
    return fold(text)
