"""Pairs to match."""
from lms.kernel.i18n import _, _l

from quizzes.questions.kinds.base import (
    LETTERS,
    alphabetically,
    lacking_rows,
    rows_of,
    shown_texts,
    wording,
)
from quizzes.questions.kinds.pairs import Pairs
from quizzes.questions.richtext import plain


class Matching(Pairs):
    """Each option of the left column gets one of the right column; some there may be decoys."""

    name = "matching"
    title = _l("Match pairs")
    about = _l("Each thing on the left gets its partner on the right.")

    def partners(self, version):
        """The keys of the right column."""
        return [match["key"] for match in version.matches]

    def parts(self, version, language, chosen):
        """The right column beside what is chosen."""
        shown = shown_texts(version.matches, language)
        return super().parts(version, language, chosen) | {
            "matches": [(key, plain(text)) for key, text in shown.items()]}

    def written(self, fields):
        """A pair a row; a row without a left side is a decoy; partners alike are one."""
        lefts = dict(rows_of(fields, "o"))
        rights = dict(rows_of(fields, "m"))
        options, pairs, matches = [], [], {}
        for number in sorted(lefts.keys() | rights.keys()):
            partner = rights.get(number)
            key = None
            if partner:
                name = (partner["vi"], partner["en"])
                key = matches.setdefault(name, f"m{len(matches) + 1}")
            if number in lefts:
                options.append({"key": str(len(options) + 1), **lefts[number]})
                pairs += [f"{options[-1]['key']}={key}"] if key else []
        return wording(options, [{"key": key, "vi": vi, "en": en}
                                 for (vi, en), key in matches.items()], pairs)

    def typed(self, version):
        """The rows of the form: each pair, then the decoys."""
        partner = dict(pair.split("=", 1) for pair in version.right)
        by_key = {match["key"]: match for match in version.matches}
        rows = [(option, by_key.get(partner.get(option["key"]), {})) for option in version.options]
        decoys = [match for match in version.matches if match["key"] not in partner.values()]
        return {"pairs": rows + [({}, match) for match in decoys]}

    def settle(self, wording):
        """The right column by the alphabet of its words, its keys by its order: neither tells."""
        if not wording.get("matches"):
            return wording
        matches = sorted(wording["matches"], key=alphabetically)
        keys = {match["key"]: _letters(place) for place, match in enumerate(matches)}
        pairs = (pair.split("=", 1) for pair in wording["right"])
        return wording | {
            "matches": [match | {"key": keys[match["key"]]} for match in matches],
            "right": [f"{left}={keys.get(right, right)}" for left, right in pairs]}

    def lacks(self, draft):
        """Pairs enough, and each left side has its partner."""
        faults = lacking_rows(draft.options)
        keys = {match["key"] for match in draft.matches}
        paired = {left for left, _is, right in (pair.partition("=") for pair in draft.right)
                  if right in keys}
        return faults if paired == {option["key"] for option in draft.options} else [
            *faults, _("Every line on the left needs a partner on the right.")]


def _letters(place):
    return LETTERS[place % len(LETTERS)].lower() * (place // len(LETTERS) + 1)
