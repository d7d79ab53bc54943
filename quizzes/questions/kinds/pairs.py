"""What the kinds share in which each option gets a partner: a place, or a match."""
from abc import abstractmethod
from decimal import Decimal

from quizzes.questions.kinds.base import NOTHING, Kind, texts


class Pairs(Kind):
    """Each option gets its partner; pairs count singly."""

    @abstractmethod
    def partners(self, version):
        """The keys of the partners an option can get."""

    def read(self, version, form):
        """The pairs chosen as ``key=partner``, in the question's order."""
        allowed = self.partners(version)
        chosen = [(option["key"], form.get(f"a-{option['key']}", "")) for option in version.options]
        return [f"{key}={partner}" for key, partner in chosen if partner in allowed]

    def fits(self, version, answer):
        """Whether ``answer`` gives each option one partner at most."""
        allowed = {f"{option['key']}={partner}" for option in version.options
                   for partner in self.partners(version)}
        paired = {pair.split("=", 1)[0] for pair in answer}
        return set(answer) <= allowed and len(answer) == len(paired)

    def mark(self, version, answer):
        """The share of pairs that is right."""
        right = set(self.right_answer(version))
        return Decimal(len(right & set(answer))) / len(right) if right else NOTHING

    def words(self, version, answer, language):
        """Each pair in words."""
        names, partners = texts(version.options, language), self.partners(version)
        pairs = (pair.split("=", 1) for pair in answer)
        named = texts(version.matches, language) if version.matches else dict.fromkeys(partners)
        # The full stop of a sentence would part it from its partner.
        return [f"{names[key].rstrip('. ')} – {named.get(partner) or partner}"
                for key, partner in pairs if key in names]

    def parts(self, _version, _language, chosen):
        """The partner each option has got."""
        return {"partners": dict(pair.split("=", 1) for pair in chosen if "=" in pair)}
