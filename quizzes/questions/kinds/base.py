"""What the kinds of question share: the interface, the texts of options, shares in per cent.

No database and no request: ``version`` is anything with ``options``, ``matches``, ``right``
and, where its kind has any, ``settings``.
"""
import re
from abc import ABC, abstractmethod
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from lms.kernel.i18n import _
from lms.kernel.text import clean, title_key

from quizzes.questions.richtext import plain, settled, shown

ALL, NOTHING = Decimal(1), Decimal(0)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Shares such as 33.33333 per cent mean a third: they are taken as the fraction they come near.
NEAR = Fraction(1, 1000)
#: A number as an author writes it: never so long that reckoning with it takes a while.
PLAIN = re.compile(r"-?\d{1,9}(?:\.\d{1,12})?", re.ASCII)
MOST_ROWS = len(LETTERS)
#: What an author says about the place of an option; nothing: its words decide.
STAYS = {"last": True, "free": False}


class Kind(ABC):
    """A kind of question.

    ``several``: more than one option may be chosen.  ``by_hand``: a person marks it.
    ``worth``: whether it can earn anything.  ``shuffles``: whether the order of its options may
    change from paper to paper.  ``title`` names it to authors, ``about`` says what it is for.
    """

    name = ""
    several = False
    by_hand = False
    worth = True
    shuffles = True
    title = ""
    about = ""

    @property
    def template(self):
        """How it is shown to whoever answers it."""
        return f"quizzes/kinds/{self.name}.html"

    @property
    def author_template(self):
        """The part of the author's form that belongs to the kind."""
        return f"quizzes/authoring/{self.name}.html"

    @abstractmethod
    def read(self, version, form):
        """The answer in the fields of ``form``: a list of strings."""

    @abstractmethod
    def fits(self, version, answer):
        """Whether ``answer`` is one this question can be given."""

    @abstractmethod
    def mark(self, version, answer):
        """The share that is right, from 0 to 1; None where a person marks it."""

    @abstractmethod
    def words(self, version, answer, language):
        """``answer`` in words, a line each."""

    def feedback(self, _version, _answer, _language):
        """What the author says to exactly this answer, as HTML, a text each."""
        return []

    def counted(self, _version, answer):
        """The parts of ``answer`` as the figures of the question count them; no words of one's
        own that people mark.
        """
        return [] if self.by_hand else answer

    def right_answer(self, version):
        """An answer that earns everything."""
        return version.right

    def key_of(self, version):
        """The key as it can be corrected after a test: a list of strings."""
        return version.right

    def key_in(self, _version, _fields):
        """The key in an author's fields, as ``key_of`` tells it; for kinds whose key is corrected
        in the author's own part of a form.
        """
        return []

    def keyed(self, version, right):
        """The fields of ``version`` with the key ``right`` instead; what its own key said about
        shares no longer holds.
        """
        settings = {name: value for name, value in settings_of(version).items()
                    if name != "shares"}
        return {"right": right, "options": [
            {name: value for name, value in option.items() if name != "share"}
            for option in version.options or []],
            "settings": settings | ({"partial": False} if len(right) == 1 else {})}

    def parts(self, _version, _language, _chosen):
        """What the template shows beside stem and options; nothing in it tells the key."""
        return {}

    def order(self, _version, keys):
        """The order in which the options with ``keys`` are shown; it does not tell the key."""
        return keys

    @abstractmethod
    def written(self, fields):
        """Options, matches, right and settings as an author's ``fields`` give them."""

    def typed(self, _version):
        """What stands in the author's form for ``version``, by the names the template uses."""
        return {}

    def settle(self, wording):
        """``wording`` as it is kept: nothing in the order or the keys tells what is right."""
        return wording

    @abstractmethod
    def lacks(self, draft):
        """What keeps ``draft`` from being asked: sentences that say what to do."""


def texts(options, language):
    """The words of each option by its key, in ``language`` where there are any."""
    return {option["key"]: plain(option.get(language) or option["vi"]) for option in options}


def shown_texts(options, language):
    """The text of each option by its key as HTML for a page."""
    return {option["key"]: shown(option.get(language) or option["vi"]) for option in options}


def settings_of(version):
    """The settings of ``version``; none where it has none."""
    return getattr(version, "settings", None) or {}


def share_of(text):
    """A share given in per cent as a fraction of 1: "33.33333" is a third; no number is 0."""
    exact = (fraction_of(text) or Fraction(0)) / 100
    near = exact.limit_denominator(12)
    return near if abs(near - exact) * 100 <= NEAR else exact


def decimal_of(fraction):
    """``fraction`` kept between 0 and 1, as a decimal."""
    kept = min(max(fraction, Fraction(0)), Fraction(1))
    return Decimal(kept.numerator) / Decimal(kept.denominator)


def finite(text):
    """The number that ``text``, with a decimal point, or a number is, as a Decimal; None where it
    is none, or has no end.
    """
    try:
        value = Decimal(str(text))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def is_share(text):
    """Whether ``text`` is a share in per cent from -100 to 100."""
    share = fraction_of(text)
    return share is not None and abs(share) <= 100


def fraction_of(text):
    """The number an author wrote, comma or point, as a fraction; None where it is none."""
    plain_text = str(text).strip().replace(",", ".")
    return Fraction(plain_text) if PLAIN.fullmatch(plain_text) else None


def rows_of(fields, prefix):
    """The rows an author filled in: [(number, {"vi", "en", …})], in their order.

    A row's fields are named ``<prefix>-<number>-<part>``; one whose Vietnamese is empty is left
    out, and one that has only English keeps it as its Vietnamese.
    """
    rows = []
    for number in range(1, MOST_ROWS + 1):
        vietnamese, english = (settled(fields.get(f"{prefix}-{number}-{part}", ""))
                               for part in ("vi", "en"))
        if vietnamese or english:
            row = {"vi": vietnamese or english, "en": english if vietnamese else ""}
            for part in ("feedback_vi", "feedback_en"):
                if words := settled(fields.get(f"{prefix}-{number}-{part}", "")):
                    row[part] = words
            if share := clean(fields.get(f"{prefix}-{number}-share", "")):
                row["share"] = share.replace(",", ".")
            if (said := fields.get(f"{prefix}-{number}-last")) in STAYS:
                row["last"] = STAYS[said]
            rows.append((number, row))
    return rows


def alphabetically(option):
    """The key by which options stand in the order of a dictionary."""
    words = plain(option["vi"])
    return title_key(words), words


def wording(options=(), matches=(), right=(), settings=None):
    """The fields of a version that a kind writes."""
    return {"options": list(options), "matches": list(matches), "right": list(right),
            "settings": settings or {}}


def lacking_rows(rows, least=2):
    """The sentence for too few or too many options, or nothing."""
    if not least <= len(rows) <= MOST_ROWS:
        return [_("Give two to %(most)s options, one a line.", most=MOST_ROWS)]
    return [_("The line “%(line)s” has no words. Write them, or delete the line.",
              line=row.get("key", "")) for row in rows if not row.get("vi", "").strip()]
