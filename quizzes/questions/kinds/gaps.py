"""A text with gaps to fill."""
import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from lms.kernel.i18n import _, _l
from lms.kernel.text import clean

from quizzes.questions.kinds.base import (
    LETTERS,
    Kind,
    decimal_of,
    fraction_of,
    settings_of,
    texts,
    wording,
)
from quizzes.questions.kinds.number import number_share, plain_number
from quizzes.questions.kinds.short import words_share
from quizzes.questions.richtext import shown

MOST, MOST_GAPS = 200, 30
GAP = re.compile(r"\[\[(\w{1,10})\]\]")
KINDS_OF_GAP = ("text", "choice", "number")


class Gaps(Kind):
    """Gaps in a text: each is typed, chosen or a number, and worth its points.

    The stem holds [[1]], [[2]] where the gaps stand.
    """

    name = "gaps"
    title = _l("Fill the gaps")
    about = _l("A text with gaps to fill by typing or choosing.")

    def read(self, version, form):
        """What is in each gap as ``key=text``, in the order of the gaps."""
        given = [(gap["key"], clean(form.get(f"a-{gap['key']}", ""))[:MOST])
                 for gap in gaps_of(version)]
        answer = [f"{key}={text}" for key, text in given if text]
        return answer if self.fits(version, answer) else [
            pair for pair in answer if self.fits(version, [pair])]

    def fits(self, version, answer):
        """Whether ``answer`` fills each gap once at most, with an option where it has some."""
        gaps = {gap["key"]: gap for gap in gaps_of(version)}
        pairs = [pair.partition("=") for pair in answer]
        keys = [key for key, _is, _text in pairs]
        return len(keys) == len(set(keys)) and all(
            key in gaps and parted and len(text) <= MOST and _fits(gaps[key], text)
            for key, parted, text in pairs)

    def mark(self, version, answer):
        """The points of the gaps filled rightly, of those of all."""
        given = _filled(answer)
        worth = [(points_of(gap), gap_share(gap, given.get(gap["key"], "")))
                 for gap in gaps_of(version)]
        possible = sum((points for points, _share in worth), Fraction(0))
        earned = sum((points * Fraction(share) for points, share in worth), Fraction(0))
        return decimal_of(earned / possible if possible else Fraction(0))

    def words(self, version, answer, language):
        """What is in each gap, a line each."""
        gaps, lines = {gap["key"]: gap for gap in gaps_of(version)}, []
        for key, text in _filled(answer).items():
            if key in gaps:
                options = texts(gaps[key].get("options") or [], language)
                lines.append(f"{key} – {options.get(text, text)}")
        return lines

    def right_answer(self, version):
        """The first accepted text of each gap."""
        return [f"{gap['key']}={gap['right'][0]}" for gap in gaps_of(version) if gap.get("right")]

    def key_of(self, version):
        """What each gap accepts, as ``key=text``."""
        return [f"{gap['key']}={text}" for gap in gaps_of(version) for text in gap["right"]]

    def keyed(self, version, right):
        """The gaps accept what ``right`` says of each, as ``key=text``."""
        accepted = {}
        for key, _is, text in (pair.partition("=") for pair in right):
            accepted.setdefault(key, []).append(text)
        gaps = [gap | {"right": accepted.get(gap["key"], [])} for gap in gaps_of(version)]
        return {"right": version.right, "options": version.options,
                "settings": settings_of(version) | {"gaps": gaps}}

    def parts(self, version, language, chosen):
        """The text in pieces, a gap after each but the last; and what is in the gaps."""
        stem = (language == "en" and version.stem_en) or version.stem_vi
        gaps = {gap["key"]: gap for gap in gaps_of(version)}
        pieces, last = [], 0
        text = shown(stem)
        for found in GAP.finditer(text):
            # A tag is no place for a gap: the words for a picture, say.
            if found[1] in gaps and text.rfind("<", 0, found.start()) <= text.rfind(
                    ">", 0, found.start()):
                pieces.append((text[last:found.start()], _shown_gap(gaps[found[1]], language)))
                last = found.end()
        return {"pieces": [*pieces, (text[last:], None)], "given": _filled(chosen)}

    def written(self, fields):
        """A row for each gap the stem names."""
        stems = f"{fields.get('stem_vi', '')} {fields.get('stem_en', '')}"
        keys = list(dict.fromkeys(GAP.findall(stems)))[:MOST_GAPS]
        return wording(settings={"gaps": [_written_gap(fields, key) for key in keys]})

    def typed(self, version):
        """The rows of the form: key, kind, lines, points, tolerance of each gap."""
        return {"gaps": [gap | {"lines": _lines(gap)} for gap in gaps_of(version)]}

    def lacks(self, draft):
        """Each gap stands in the text and has what it accepts."""
        standing, gaps = set(GAP.findall(draft.stem_vi)), gaps_of(draft)
        if not gaps:
            return [_("Write [[1]] in the text where the first gap is, [[2]] for the second.")]
        faults = [_("The gap %(key)s does not stand in the text.", key=gap["key"])
                  for gap in gaps if gap["key"] not in standing]
        return faults + [fault for gap in gaps for fault in _lacking(gap)]


def gaps_of(version):
    """The gaps of ``version``."""
    return settings_of(version).get("gaps", [])


def points_of(gap):
    """What ``gap`` is worth; at least nothing."""
    return max(fraction_of(gap.get("points", 1)) or Fraction(0), Fraction(0))


def gap_share(gap, text):
    """The share of ``gap`` that ``text`` earns."""
    if not text:
        return Decimal(0)
    if gap["kind"] == "choice":
        return Decimal(text in gap["right"])
    if gap["kind"] == "number":
        return number_share(gap["right"], gap, text)
    return words_share(gap["right"], gap, text)


def _shown_gap(gap, language):
    return {"key": gap["key"], "kind": gap["kind"],
            "options": list(texts(gap.get("options") or [], language).items())}


def _filled(answer):
    return {key: text for key, parted, text in (pair.partition("=") for pair in answer) if parted}


def _fits(gap, text):
    return gap["kind"] != "choice" or text in {option["key"] for option in gap["options"]}


def _written_gap(fields, key):
    """A gap as its row says: lines are what it accepts, or its options with * before the right."""
    kind = fields.get(f"g-{key}-kind", "text")
    lines = [line for line in map(clean, fields.get(f"g-{key}-lines", "").splitlines()) if line]
    gap = {"key": key, "kind": kind if kind in KINDS_OF_GAP else "text",
           "points": clean(fields.get(f"g-{key}-points", "")).replace(",", ".") or "1"}
    if kind == "choice":
        options = []
        for place, line in enumerate(lines[:len(LETTERS)]):
            vietnamese, _bar, english = line.lstrip("* ").partition("|")
            options.append({"key": LETTERS[place], "vi": vietnamese.strip(),
                            "en": english.strip()})
        right = [LETTERS[place] for place, line in enumerate(lines[:len(LETTERS)])
                 if line.startswith("*")]
        return gap | {"options": options, "right": right}
    if kind == "number":
        right = list(map(plain_number, lines))
        tolerance = clean(fields.get(f"g-{key}-tolerance", "")).replace(",", ".") or "0"
        return gap | {"right": right, "tolerance": tolerance}
    return gap | {"right": lines, "case": bool(fields.get(f"g-{key}-case")),
                  "diacritics": bool(fields.get(f"g-{key}-diacritics"))}


def _lines(gap):
    if gap["kind"] != "choice":
        return "\n".join(gap["right"])
    return "\n".join(("*" if option["key"] in gap["right"] else "") + option["vi"]
                     + (f" | {option['en']}" if option.get("en") else "")
                     for option in gap["options"])


def _lacking(gap):
    key = gap["key"]
    keys = {option["key"] for option in gap.get("options") or []}
    if not gap.get("right"):
        yield _("Say what the gap %(key)s accepts.", key=key)
    if gap["kind"] == "choice" and (len(keys) < 2 or not set(gap["right"]) <= keys):
        yield _("Give the gap %(key)s two options or more, the right ones with * in front.",
                key=key)
    if gap["kind"] == "number" and any(not _is_number(text) for text in
                                       (*gap["right"], gap.get("tolerance", "0"))):
        yield _("The gap %(key)s accepts a number; write only numbers.", key=key)
    if fraction_of(gap.get("points", 1)) is None:
        yield _("The points of the gap %(key)s are not a number.", key=key)


def _is_number(text):
    try:
        return Decimal(str(text)).is_finite()
    except InvalidOperation:
        return False
