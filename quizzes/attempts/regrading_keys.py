"""The key of a question as a form shows it and gives it back, by the shape of the question.

No database.  A way is how the key is given: ``accepted`` (each option ticked is right by
itself), ``several`` (exactly the options ticked), ``lines`` (each accepted answer on a line),
``places`` (the place of each option), ``partners`` (the match of each option), or ``""``: such a
question is only called off.
"""
from quizzes.questions.kinds import texts

ACCEPTED, SEVERAL, LINES, PLACES, PARTNERS = "accepted", "several", "lines", "places", "partners"
#: How the key of each kind is given.
WAYS = {"single": ACCEPTED, "truefalse": ACCEPTED, "multiple": SEVERAL, "hotspot": SEVERAL,
        "short": LINES, "number": LINES, "ordering": PLACES, "matching": PARTNERS}


def way_of(kind):
    """How the key of a question of the ``kind`` is given."""
    return WAYS.get(kind, "")


def options_of(version, language):
    """What can be ticked or placed: pairs of a key and its words."""
    areas = (getattr(version, "settings", None) or {}).get("areas", [])
    options = version.options or [{"vi": area["key"], **area} for area in areas]
    return list(texts(options, language).items())


def partners_of(kind, version, language):
    """What each option can be given, as pairs of a key and its words: places, or matches."""
    if way_of(kind) == PLACES:
        return [(str(n), str(n)) for n in range(1, len(version.options) + 1)]
    return list(texts(version.matches or [], language).items())


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


def read(kind, version, form):
    """The keys that ``form`` gives for a question of the ``kind``, or [] where it gives none."""
    way, known = way_of(kind), [key for key, _words in options_of(version, "vi")]
    if way == LINES:
        lines = [line.strip() for line in form.get("lines", "").splitlines() if line.strip()]
        return [list(dict.fromkeys(lines))] if lines else []
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


def shape(version):
    """What a key of ``version`` speaks of: versions of one shape can share a key."""
    areas = (getattr(version, "settings", None) or {}).get("areas", [])
    return (sorted(option["key"] for option in version.options or areas),
            sorted(match["key"] for match in version.matches or []))
