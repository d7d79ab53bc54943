"""A few words typed."""
import re
import unicodedata

from lms.kernel.i18n import _, _l
from lms.kernel.text import clean, fold

from quizzes.questions.kinds.base import (
    NOTHING,
    decimal_of,
    is_share,
    settings_of,
    share_of,
    wording,
)
from quizzes.questions.kinds.line import Line

EXACTLY = ("case", "diacritics", "spaces")
SHARED = re.compile(r"^(-?\d{1,3}(?:[.,]\d+)?)\s*%\s+(.+)$")


class Short(Line):
    """A few words; case, diacritics and spaces do not matter unless its settings say so."""

    name = "short"
    title = _l("Short answer")
    about = _l("A word, a name or a number of a document, typed in.")

    def mark(self, version, answer):
        """The best share of the accepted texts that agree with the one given."""
        return words_share(version.right, settings_of(version), answer[0]) if answer else NOTHING

    def parts(self, version, _language, _chosen):
        """What the words must agree in."""
        return {"strict": [name for name in EXACTLY if settings_of(version).get(name)]}

    def written(self, fields):
        """An accepted text a line, a share in front where it earns less; what must agree."""
        right, shares = read_accepted(fields.get("accepted", ""))
        settings = {name: bool(fields.get(name)) for name in EXACTLY}
        return wording(right=right, settings=settings | ({"shares": shares} if shares else {}))

    def typed(self, version):
        """The accepted texts a line each."""
        return {"accepted": accepted_lines(version.right, settings_of(version))}

    def lacks(self, draft):
        """At least one text is accepted, and one of them earns everything."""
        return lacking_texts(draft.right, settings_of(draft))


def read_accepted(text):
    """The accepted texts of ``text`` and the shares of those that earn less: "50% gần đúng"."""
    right, shares = [], {}
    for line in filter(None, map(clean, text.splitlines())):
        found = SHARED.match(line)
        words = found[2] if found else line
        right.append(words)
        if found:
            shares[words] = found[1].replace(",", ".")
    return right, shares


def accepted_lines(right, settings):
    """The lines an author would type for the accepted texts."""
    shares = settings.get("shares", {})
    return "\n".join(f"{shares[text]}% {text}" if text in shares else text for text in right)


def lacking_texts(right, settings):
    """The sentence for accepted texts that are missing, or nothing."""
    shares = settings.get("shares", {})
    if not any(clean(text) for text in right) or all(
            share_of(shares.get(text, 100)) < 1 for text in right):
        return [_("Give at least one accepted answer.")]
    return [_("“%(share)s” is no share from -100 to 100 per cent.", share=share)
            for share in shares.values() if not is_share(share)]


def words_share(accepted, settings, given):
    """The best share of the ``accepted`` texts that ``given`` agrees with; * ends a beginning."""
    bare, shares = _bare(given, settings), settings.get("shares", {})
    agreed = [share_of(shares.get(text, 100)) for text in accepted
              if _agrees(bare, text, settings)]
    return decimal_of(max(agreed)) if agreed else NOTHING


def _agrees(bare, accepted, settings):
    if accepted.endswith("\\*"):
        return bare == _bare(f"{accepted[:-2]}*", settings)
    if accepted.endswith("*") and accepted != "*":
        return bare.startswith(_bare(accepted[:-1], settings))
    return bare == _bare(accepted, settings)


def _bare(text, settings):
    case, diacritics, spaces = (settings.get(name) for name in EXACTLY)
    if not diacritics:
        text = _unmarked(text) if case else fold(text)
    text = clean(text) if case else clean(text).lower()
    return text if spaces else text.replace(" ", "")


def _unmarked(text):
    parts = unicodedata.normalize("NFD", clean(text).replace("đ", "d").replace("Đ", "D"))
    return "".join(part for part in parts if not unicodedata.combining(part))
