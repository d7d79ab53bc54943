"""What an item of QTI 2 declares of its answers: which are right, and what each is worth."""
from decimal import Decimal

from lms.kernel.i18n import _l

from quizzes.questions.interchange.draft import Unreadable, number_of, plain, share_of
from quizzes.questions.interchange.xml import children, descendants

NUMBERS = ("float", "integer")


class Answers:
    """The responses that an assessmentItem declares."""

    def __init__(self, element):
        self.element, self.notes, self.own = element, [], False
        self.declared = {found.get("identifier"): found for found in
                         children(element, "responseDeclaration")}
        #: Looked at once: an item may have as many gaps as it likes.
        self.as_a_whole, self.tolerances = _counts_as_a_whole(element), dict(_tolerances(element))
        #: Whether several answers count only where all of them are right.
        self.together = any(len(children(found, "match")) > 1 for part in children(
            element, "responseProcessing") for found in descendants(part, "and"))

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

    def _in_order(self, element, named):
        """The right order of what is ``named``, each of it once."""
        right = [name for name in self._right(element) if name in named]
        if len(named) < 2 or len(right) != len(named) or set(right) != set(named):
            raise Unreadable(_l("The right order does not name every line. Export the file again."))
        self._told_singly()
        return right

    def _right_pairs(self, element):
        """What belongs into each gap, by the gap's name, and the points of each; what is told
        singly here and not there is noted.
        """
        told = [pair.split() for pair in self._right(element)]
        right = {pair[1]: pair[0] for pair in told if len(pair) == 2}
        if len(right) < len(told):
            raise Unreadable(_l("The pairs are not clear: each line of the left belongs to one of "
                                "the right. Export the file again."))
        self._told_singly()
        mapped = {tuple(key.split()): points for key, points in self._mapped(element).items()}
        self._parts_left(any(points and right.get(pair[-1]) != pair[0]
                             for pair, points in mapped.items() if pair))
        return right, {gap: plain(mapped.get((name, gap), Decimal(0)))
                       for gap, name in right.items()} if mapped else {}

    def _best(self, element):
        """The points of the best answer to an interaction, as a gap is worth them."""
        best = max(self._mapped(element).values(), default=Decimal(0))
        return plain(best) if best > 0 else 1

    def _parts_left(self, any_left):
        """Note that answers of a gap which count in part are left out, where there are any."""
        if any_left:
            self.notes.append(_l("Answers of a gap that count in part, and what is said to them, "
                                 "are left out."))

    def _told_singly(self):
        """Note that parts count singly which another system counts only together."""
        if (self.as_a_whole or self.together) and not self.own:
            self.notes.append(_l("The file counts only the whole; here each pair or place counts."))

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


def no_right_answer(gap):
    """The fault of a gap that nothing fills."""
    return Unreadable(_l("The gap %(gap)s has no right answer. Write = before it.", gap=gap))


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
