"""What an item of QTI 2 declares of its answers: which are right, and what each is worth."""
from decimal import Decimal

from lms.kernel.i18n import _l

from quizzes.questions.interchange.draft import Unreadable, number_of, plain, share_of
from quizzes.questions.interchange.xml import children, descendants

NUMBERS = ("float", "integer")


class Answers:
    """The responses that an assessmentItem declares."""

    def __init__(self, element):
        self.element = element
        self.declared = {found.get("identifier"): found for found in
                         children(element, "responseDeclaration")}
        #: Looked at once: an item may have as many gaps as it likes.
        self.as_a_whole, self.tolerances = _counts_as_a_whole(element), dict(_tolerances(element))

    def _right(self, element):
        """The values of the right answer to an interaction."""
        declared = self.declared.get(element.get("responseIdentifier"))
        found = children(declared, "correctResponse") if declared is not None else []
        named = ["".join(value.itertext()).strip() for part in found
                 for value in children(part, "value")]
        # Some only say what each answer is worth.
        return named or [key for key, points in self._mapped(element).items() if points > 0]

    def _mapped(self, element):
        """The points of each answer to an interaction, where they are mapped and count."""
        if self.as_a_whole:
            return {}
        declared = self.declared.get(element.get("responseIdentifier"))
        entries = descendants(declared, "mapEntry") if declared is not None else []
        return {entry.get("mapKey", ""): Decimal(number_of(entry.get("mappedValue", "0")))
                for entry in entries}

    def _otherwise(self, element):
        """The points of an answer that the mapping does not name."""
        declared = self.declared.get(element.get("responseIdentifier"))
        mapping = descendants(declared, "mapping") if declared is not None else []
        return Decimal(number_of(mapping[0].get("defaultValue") or "0")) if mapping else Decimal(0)

    def _accepted(self, element):
        """The accepted texts of an entry with their shares."""
        mapped, right = self._mapped(element), self._right(element)
        best = max(mapped.values(), default=Decimal(0))
        accepted = {text: share_of(plain(value * 100 / best))
                    for text, value in mapped.items() if value > 0}
        accepted |= {text: "100" for text in right if text not in accepted}
        if not accepted:
            raise Unreadable(_l("No accepted answer was found. Add one."))
        return accepted

    def _is_number(self, element):
        declared = self.declared.get(element.get("responseIdentifier"))
        return declared is not None and declared.get("baseType") in NUMBERS

    def _tolerance(self, element):
        return self.tolerances.get(element.get("responseIdentifier"), "0")

    def _case(self, element):
        declared = self.declared.get(element.get("responseIdentifier"))
        return any(entry.get("caseSensitive") == "true"
                   for entry in descendants(declared, "mapEntry"))


def _counts_as_a_whole(item):
    """Whether an answer counts as a whole, whatever its parts are worth: by the template that says
    so, or by a condition of its own.
    """
    return any(found.get("template", "").rstrip("/").endswith("match_correct") or (
        descendants(found, "match") and not descendants(found, "mapResponse"))
        for found in children(item, "responseProcessing"))


def _tolerances(item):
    """How far a number may be off, by the name of its response; the first that is told counts."""
    for equal in reversed(descendants(item, "equal")):
        if (equal.get("tolerance") or "").strip():
            yield from ((found.get("identifier"), number_of(equal.get("tolerance").split()[-1]))
                        for found in descendants(equal, "variable"))
