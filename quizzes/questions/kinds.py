"""The kinds of question: how each reads an answer, marks it, and says it in words.

An answer is a list of strings.  A kind is one class; a new kind is a new class here.
No database and no request: ``version`` is anything with ``options``, ``matches``, ``right``.
"""
from decimal import Decimal

from lms.kernel.text import clean, fold

ALL, NOTHING = Decimal(1), Decimal(0)


def texts(options, language):
    """The text of each option by its key, in ``language`` where there is one."""
    return {option["key"]: option.get(language) or option["vi"] for option in options}


class Choice:
    """One or several of the options are right; it counts only when exactly these are chosen."""

    template = "quizzes/kinds/choice.html"

    def __init__(self, several):
        self.several = several

    def read(self, version, form):
        """The keys chosen in ``form`` that the question has, in the question's order."""
        chosen = form.getlist("a")
        keys = [option["key"] for option in version.options if option["key"] in chosen]
        return keys if self.several else keys[:1]

    def fits(self, version, answer):
        """Whether ``answer`` is one this question can be given."""
        keys = {option["key"] for option in version.options}
        most = len(set(answer)) if self.several else 1
        return set(answer) <= keys and len(answer) <= most

    def mark(self, version, answer):
        """The share that is right, from 0 to 1."""
        return ALL if set(answer) == set(version.right) else NOTHING

    def words(self, version, answer, language):
        """``answer`` in words, a line each."""
        names = texts(version.options, language)
        return [names[key] for key in answer if key in names]


class Short:
    """A few words; case, diacritics and spaces do not matter."""

    template = "quizzes/kinds/short.html"
    several = False

    def read(self, _version, form):
        """The words typed, or nothing."""
        text = clean(form.get("a", ""))[:500]
        return [text] if text else []

    def fits(self, _version, answer):
        """Whether ``answer`` is one this question can be given."""
        return len(answer) <= 1 and all(len(text) <= 500 for text in answer)

    def mark(self, version, answer):
        """The share that is right, from 0 to 1."""
        accepted = {self._bare(text) for text in version.right}
        return ALL if answer and self._bare(answer[0]) in accepted else NOTHING

    def _bare(self, text):
        return fold(text).replace(" ", "")

    def words(self, _version, answer, _language):
        """``answer`` in words, a line each."""
        return answer


class Pairs:
    """Each option gets its partner: a place in the order, or a match; pairs count singly."""

    several = False

    def __init__(self, template, partners, right):
        self.template = template
        self.partners = partners
        self.right = right

    def read(self, version, form):
        """The pairs chosen as ``key=partner``, in the question's order."""
        allowed = self.partners(version)
        chosen = [(option["key"], form.get(f"a-{option['key']}", "")) for option in version.options]
        return [f"{key}={partner}" for key, partner in chosen if partner in allowed]

    def fits(self, version, answer):
        """Whether ``answer`` is one this question can be given: a partner for each at most."""
        allowed = {f"{option['key']}={partner}" for option in version.options
                   for partner in self.partners(version)}
        paired = {pair.split("=", 1)[0] for pair in answer}
        return set(answer) <= allowed and len(answer) == len(paired)

    def mark(self, version, answer):
        """The share of pairs that is right, from 0 to 1."""
        right = set(self.right(version))
        return Decimal(len(right & set(answer))) / len(right) if right else NOTHING

    def words(self, version, answer, language):
        """``answer`` in words, a line each."""
        names, partners = texts(version.options, language), self.partners(version)
        pairs = (pair.split("=", 1) for pair in answer)
        named = texts(version.matches, language) if version.matches else dict.fromkeys(partners)
        return [f"{names[key]} – {named.get(partner) or partner}" for key, partner in pairs
                if key in names]


def places(version):
    """The places an option can take in an order, from 1."""
    return [str(place) for place in range(1, len(version.options) + 1)]


def right_places(version):
    """The right order as pairs of an option and its place."""
    return [f"{key}={place}" for place, key in enumerate(version.right, 1)]


KINDS = {
    "single": Choice(several=False),
    "truefalse": Choice(several=False),
    "multiple": Choice(several=True),
    "short": Short(),
    "ordering": Pairs("quizzes/kinds/ordering.html", places, right_places),
    "matching": Pairs("quizzes/kinds/matching.html",
                      lambda version: [match["key"] for match in version.matches],
                      lambda version: version.right),
}


def right_answer(kind, version):
    """The answer that earns everything, in the form an answer has."""
    return KINDS[kind].right(version) if kind == "ordering" else version.right
