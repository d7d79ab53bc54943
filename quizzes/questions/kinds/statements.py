"""Several statements under one stem, each true or false."""
from decimal import Decimal

from lms.kernel.i18n import _, _l

from quizzes.questions.kinds.base import (
    ALL,
    LETTERS,
    NOTHING,
    lacking_rows,
    rows_of,
    settings_of,
    wording,
)
from quizzes.questions.kinds.pairs import Pairs
from quizzes.questions.kinds.truefalse import TRUE_FALSE

TRUTHS = ("T", "F")
#: How the statements count: by the scale of the state's examinations, each alike, or only all.
OFFICIAL, EACH, WHOLE = SCALES = ("official", "each", "whole")
#: The scale of part II of the examinations at the end of upper secondary school since 2025, for
#: none to four statements judged rightly (Quyết định 764/QĐ-BGDĐT of 8 March 2024).
STEPS = tuple(map(Decimal, ("0", "0.1", "0.25", "0.5", "1")))


class Statements(Pairs):
    """Each statement is judged true or false; an answer pairs its key with T or F."""

    name = "statements"
    title = _l("True or false, statement by statement")
    about = _l("A case with statements a, b, c, d, each of which is true or false.")

    def partners(self, _version):
        """True and false."""
        return TRUTHS

    def mark(self, version, answer):
        """What so many statements judged rightly earn on the scale of the question."""
        right = set(version.right)
        found, scale = len(right & set(answer)), settings_of(version).get("scale")
        if scale == OFFICIAL and len(right) == len(STEPS) - 1:
            return STEPS[found]
        if scale == WHOLE:
            return ALL if right and found == len(right) else NOTHING
        return Decimal(found) / len(right) if right else NOTHING

    def written(self, fields):
        """A row for each statement with whether it is true; how they count."""
        options, right = [], []
        for place, (number, row) in enumerate(rows_of(fields, "o")):
            options.append({"key": LETTERS[place], **row})
            truth = fields.get(f"truth-{number}", "")
            right += [f"{LETTERS[place]}={truth}"] if truth in TRUTHS else []
        scale = fields.get("scale", OFFICIAL)
        return wording(options, [dict(one) for one in TRUE_FALSE], right,
                       {"scale": scale if scale in SCALES else EACH})

    def typed(self, version):
        """The rows of the form, each with whether it is true, and how they count."""
        truth = dict(pair.split("=", 1) for pair in version.right)
        return {"rows": [option | {"truth": truth.get(option["key"], "")}
                         for option in version.options],
                "scale": settings_of(version).get("scale", EACH)}

    def lacks(self, draft):
        """Statements enough, each judged; four of them for the scale that knows only four."""
        faults = lacking_rows(draft.options)
        judged = {pair.partition("=")[0] for pair in draft.right}
        if judged != {option["key"] for option in draft.options}:
            faults.append(_("Say of every statement whether it is true or false."))
        if settings_of(draft).get("scale") == OFFICIAL and len(draft.options) != len(STEPS) - 1:
            faults.append(_("The scale of the state's examinations is for four statements. Write "
                            "four, or let each count alike."))
        return faults
