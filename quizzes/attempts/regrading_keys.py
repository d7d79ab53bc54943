"""The key of a question as a form shows it and gives it back, by the shape of the question.

No database.  A way is how the key is given: ``accepted`` (each option ticked is right by
itself), ``several`` (exactly the options ticked), ``lines`` (each accepted answer on a line),
``places`` (the place of each option), ``partners`` (the match of each option, or
whether it is true), ``gaps`` (what each gap accepts: options ticked, or a line each), ``number``
and ``areas`` (as their author writes them: numbers with tolerance and unit, areas with their
shapes), or ``""``: such a question has no key, and is only called off.
"""
from typing import NamedTuple

from quizzes.attempts.marking import Keyed
from quizzes.questions.kinds import KINDS, texts
from quizzes.questions.kinds.base import settings_of
from quizzes.questions.kinds.gaps import gaps_of
from quizzes.questions.kinds.number import plain_number
from quizzes.questions.richtext import plain

ACCEPTED, SEVERAL, LINES, PLACES, PARTNERS, GAPS, NUMBER, AREAS = (
    "accepted", "several", "lines", "places", "partners", "gaps", "number", "areas")
#: How the key of each kind is given.
WAYS = {"single": ACCEPTED, "truefalse": ACCEPTED, "multiple": SEVERAL, "hotspot": AREAS,
        "short": LINES, "number": NUMBER, "ordering": PLACES, "matching": PARTNERS,
        "statements": PARTNERS, "gaps": GAPS}


class GapShown(NamedTuple):
    """A gap in the form: its options as pairs of a key and its words (none: it is typed), and
    what it accepts.
    """

    key: str
    options: list
    accepted: list


def way_of(kind):
    """How the key of a question of the ``kind`` is given."""
    return WAYS.get(kind, "")


def options_of(version, language):
    """What can be ticked or placed: pairs of a key and its words."""
    return _in_words(version.options, language)


def partners_of(kind, version, language):
    """What each option can be given, as pairs of a key and its words: places, or matches."""
    if way_of(kind) == PLACES:
        return [(str(n), str(n)) for n in range(1, len(version.options) + 1)]
    return _in_words(version.matches, language)


def _in_words(parts, language):
    return [(key, plain(words)) for key, words in texts(parts or [], language).items()]


def shown(kind, keys):
    """What a form shows for the ``keys``: what is ticked, each option's partner, the lines."""
    way, right = way_of(kind), [part for key in keys for part in key]
    if way == PLACES:
        return {"ticked": [], "lines": "", "partner": {
            key: str(place) for place, key in enumerate(right, 1)}}
    if way == PARTNERS:
        return {"ticked": [], "lines": "", "partner": dict(
            pair.split("=", 1) for pair in right)}
    return {"ticked": right, "lines": "\n".join(right), "partner": {}}


def gaps_shown(version, keys, language):
    """The gaps of ``version`` with what the ``keys`` accept, a GapShown each."""
    given = [part.partition("=") for right in keys for part in right]
    return [GapShown(gap["key"], list(texts(gap.get("options") or [], language).items()),
                     [text for key, _is, text in given if key == gap["key"]])
            for gap in gaps_of(version)]


def author_part(kind, version, keys):
    """What the author's own part of the form shows for the ``keys``, with the settings of the
    question; nothing where the key is given another way.
    """
    if way_of(kind) not in (NUMBER, AREAS):
        return {}
    mended = Keyed(kind, version, keys[0])
    return {"part": KINDS[kind].typed(mended), "settings": mended.settings}


def read(kind, version, form):
    """The keys that ``form`` gives for a question of the ``kind``, or [] where it gives none."""
    way, known = way_of(kind), [key for key, _words in options_of(version, "vi")]
    if way == LINES:
        return _whole([_lines(form.get("lines", ""), numbers=False)])
    if way in (NUMBER, AREAS):
        return [KINDS[kind].key_in(version, form)]
    if way == GAPS:
        return _gaps_read(version, form)
    if way in (ACCEPTED, SEVERAL):
        ticked = [key for key in known if key in form.getlist("ticked")]
        return [[key] for key in ticked] if way == ACCEPTED else [ticked] if ticked else []
    partner = {key: form.get(f"partner-{key}", "") for key in known}
    allowed = {key for key, _words in partners_of(kind, version, "vi")}
    if not way or not set(partner.values()) <= allowed:
        return []
    if way == PARTNERS:
        return [[f"{key}={partner[key]}" for key in known]]
    return [sorted(known, key=lambda key: int(partner[key]))] if (
        len(set(partner.values())) == len(known)) else []


def _lines(text, numbers):
    """What stands on the lines of ``text``, each once; ``numbers`` with a decimal point."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return list(dict.fromkeys(map(plain_number, lines) if numbers else lines))


def _whole(parts):
    """One key of all the ``parts``, where none of them is empty."""
    return [[text for part in parts for text in part]] if all(parts) else []


def _gaps_read(version, form):
    accepted = []
    for gap in gaps_of(version):
        name = f"gap-{gap['key']}"
        texts_given = ([option["key"] for option in gap["options"]
                        if option["key"] in form.getlist(name)] if gap["kind"] == "choice"
                       else _lines(form.get(name, ""), gap["kind"] == "number"))
        accepted.append([f"{gap['key']}={text}" for text in texts_given])
    return _whole(accepted)


def shape(version):
    """What a key of ``version`` speaks of: versions of one shape can share a key."""
    settings = settings_of(version)
    return (sorted(option["key"] for option in version.options or settings.get("areas", [])),
            settings.get("picture", ""),
            sorted(match["key"] for match in version.matches or []),
            [(gap["key"], gap["kind"], [option["key"] for option in gap.get("options") or []])
             for gap in gaps_of(version)])
