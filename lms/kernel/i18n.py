"""Two languages: English in the source, Vietnamese beside each room, dates and numbers alike.

A room keeps its Vietnamese in ``<room>/translations/vi.po``; where one of these files has changed,
the application compiles them when it starts, so that nobody has to keep anything in step.
"""
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import current_app, request
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from lms.kernel import build_cache, clock

__all__ = ["_", "_l", "in_both", "language", "named", "ngettext"]

LANGUAGES = VIETNAMESE, ENGLISH = ("vi", "en")
ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("lms", "courses", "quizzes", "certificates")
#: English is the source itself.
SOURCE = NullTranslations()
#: The language in which a request is answered, or words are looked up, once it is found out.
in_force = ContextVar("in_force", default=None)
NO_BREAK = "\N{NO-BREAK SPACE}"
#: Gaps that hold no count: years, places in a file, a test or a list, codes, what was typed.
UNCOUNTED = frozenset(("year", "n", "number", "line", "row", "column", "page", "pages", "key",
                       "code", "text", "value"))
#: From here on a count is written with separators.
THOUSAND = 1000


def catalogue_files():
    """The Vietnamese of every room, in a fixed order."""
    return sorted(path for package in PACKAGES
                  for path in (ROOT / package).glob("**/translations/vi.po"))


@cache
def vietnamese():
    """All the rooms' Vietnamese as one catalogue."""
    words = Translations(BytesIO(build_cache.cached("vietnamese", mark_of_words(), joined)))
    words.plural = lambda _number: 0  # One form serves every number in Vietnamese.
    return words


@cache
def mark_of_words():
    """What changes with the words of any room."""
    return build_cache.fingerprint(catalogue_files())


def joined():
    """The words of all rooms as one compiled catalogue."""
    everything, compiled = Catalog(locale=VIETNAMESE), BytesIO()
    for path in catalogue_files():
        with path.open("rb") as source:
            for message in read_po(source, locale=VIETNAMESE):
                everything[message.id] = message
    write_mo(compiled, everything)
    return compiled.getvalue()


def catalogue(code):
    """The translations into the language ``code``."""
    return vietnamese() if code == VIETNAMESE else SOURCE


def language():
    """The language in force: ``vi`` or ``en``."""
    return in_force.get() or chosen_language()


def chosen_language():
    """The language the reader asked for on this device, else the deployment's."""
    cookies = request.cookies if request else {}
    # Not get(): where there is none, Werkzeug makes an error of it first.
    if "language" in cookies and cookies["language"] in LANGUAGES:
        return cookies["language"]
    return current_app.config["LANGUAGE"] if current_app else VIETNAMESE


@contextmanager
def speaking(code):
    """A block in which the language ``code`` is in force, whoever asks."""
    before = in_force.set(code)
    try:
        yield
    finally:
        in_force.reset(before)


def unfilled(text):
    """``text`` in the language in force, its gaps not yet filled."""
    return catalogue(language()).ugettext(text)


def unfilled_plural(singular, plural, number):
    """The form for ``number`` in the language in force, its gaps not yet filled."""
    return catalogue(language()).ungettext(singular, plural, number)


def counted(value):
    """``value`` as a sentence tells it: a count with the language's separators, 10.000 or 10,000.
    """
    return number(value) if type(value) is int and abs(value) >= THOUSAND else value


def written(gaps):
    """The gaps of a sentence, its counts as ``counted`` has them."""
    return {name: value if name in UNCOUNTED else counted(value) for name, value in gaps.items()}


def _(text, /, **gaps):
    """``text`` in the language in force, its gaps filled."""
    found = unfilled(text)
    return found % written(gaps) if gaps else found


def ngettext(singular, plural, num, /, **gaps):
    """The form for ``num`` in the language in force, its gaps filled."""
    return unfilled_plural(singular, plural, num) % written({"num": num, **gaps})


def _l(text, /, **gaps):
    """``text`` in the language that is in force when it is shown."""
    return LazyString(_, text, **gaps)


def in_template(text, /, **gaps):
    """``text`` in the language in force as HTML, its gaps filled and escaped."""
    found = Markup(unfilled(text))  # noqa: S704 - our own words, from the catalogue
    return found % written(gaps) if "%" in found else found


def in_template_plural(singular, plural, num, /, **gaps):
    """The form for ``num`` in the language in force as HTML, its gaps filled and escaped."""
    found = Markup(unfilled_plural(singular, plural, num))  # noqa: S704 - our own words
    return found % written({"num": num, **gaps})


def in_both(words):
    """What ``words()`` says in Vietnamese and in English, whoever asks."""
    said = []
    for code in LANGUAGES:
        with speaking(code):
            said.append(str(words()))
    return tuple(said)


def of_both(said):
    """What ``in_both`` gave, kept until it is read, in the language in force.

    What was kept in one language before stands as it is.
    """
    return said if isinstance(said, str) else said[LANGUAGES.index(language())]


def init_app(app):
    """Give ``app`` its languages and the filters that print days, numbers and names."""
    # Not Jinja's own extension: it asks four functions for each of the words of a page.
    app.jinja_env.globals.update(_=in_template, ngettext=in_template_plural,
                                 language_in_force=language)
    app.jinja_env.filters.update(
        day=day, moment=moment, percent=percent, amount=amount, number=number, size=size,
        minutes=minutes, named=named, partial_day=partial_day,
        last_day=last_day, span=span)


def day(value):
    """A date as the office writes it: 05/02/2026; nothing for none."""
    return value.strftime("%d/%m/%Y") if value else ""


def last_day(end):
    """The last day of an interval that ends before the day ``end``; None where it is open."""
    return end - timedelta(days=1) if end else None


def span(fact):
    """The days of a dated fact, the first and the last: 01/01/2018 – 28/02/2025, or – now; of one
    that is still to come and has no end, the first alone."""
    last = last_day(fact.valid_to)
    if last is None and fact.valid_from > clock.today():
        return _("From %(day)s", day=day(fact.valid_from))
    return _("%(first)s – %(last)s", first=day(fact.valid_from),
             last=day(max(last, fact.valid_from)) if last else _("now"))


def partial_day(value):
    """A birth date ``1985-02-05`` or ``1985`` as the office writes it."""
    if not value:
        return ""
    return "/".join(reversed(value.split("-")))


def moment(value):
    """A moment on the deployment's clock: 09:41 05/02/2026."""
    return clock.local(value).strftime("%H:%M %d/%m/%Y") if value else ""


def number(value, places=None):
    """A number with the language's separators: 1.234,5 or 1,234.5.

    Numbers to be compared in a column are given the same ``places`` behind the separator.
    """
    if value is None:
        return "–"
    text = f"{value:,}" if places is None else f"{value:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == VIETNAMESE else text


def amount(value):
    """A Decimal for a field, with nothing that only fills: 70,5 or 70.5; 100."""
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if language() == VIETNAMESE else text


def percent(value):
    """A printed rate ("81.0" or a Decimal of it) with its sign: 81,0 %."""
    if value is None:
        return "–"
    text = f"{Decimal(value):.1f}"
    text = "100" if text == "100.0" else "0" if text == "0.0" else text
    return (text.replace(".", ",") if language() == VIETNAMESE else text) + NO_BREAK + "%"


def size(value):
    """A number of bytes as a reader weighs it: 38 KB, 1,4 MB, 12,0 GB."""
    if value < 1_000_000:
        return f"{max(1, round(value / 1000))}{NO_BREAK}KB"
    unit, word = (1_000_000, "MB") if value < 1_000_000_000 else (1_000_000_000, "GB")
    text = f"{value / unit:.1f}"
    return (text.replace(".", ",") if language() == VIETNAMESE else text) + NO_BREAK + word


def minutes(value):
    """A number of minutes in words."""
    return ngettext("%(num)s minute", "%(num)s minutes", value)


def named(thing):
    """The name or title of ``thing`` in the language in force; Vietnamese where English lacks."""
    for field in ("title", "name"):
        if hasattr(thing, f"{field}_vi"):
            english = getattr(thing, f"{field}_en") if language() == ENGLISH else None
            return english or getattr(thing, f"{field}_vi")
    return thing.full_name
