"""What the kinds with options to choose from share."""
from abc import abstractmethod
from fractions import Fraction

from lms.kernel.i18n import _

from quizzes.questions.kinds.base import (
    LETTERS,
    Kind,
    is_share,
    lacking_rows,
    rows_of,
    share_of,
    texts,
    wording,
)
from quizzes.questions.richtext import shown


class Choice(Kind):
    """One or several of the options are right."""

    def read(self, version, form):
        """The keys chosen in ``form`` that the question has, in the question's order."""
        chosen = form.getlist("a")
        keys = [option["key"] for option in version.options if option["key"] in chosen]
        return keys if self.several else keys[:1]

    def fits(self, version, answer):
        """Whether ``answer`` holds keys of the question, as many as may be chosen."""
        keys = {option["key"] for option in version.options}
        most = len(set(answer)) if self.several else 1
        return set(answer) <= keys and len(answer) <= most

    def words(self, version, answer, language):
        """The words of the options chosen."""
        names = texts(version.options, language)
        return [names[key] for key in answer if key in names]

    def feedback(self, version, answer, language):
        """What the author says to each option chosen."""
        said = [option.get(f"feedback_{language}") or option.get("feedback_vi", "")
                for option in version.options if option["key"] in answer]
        return [shown(text) for text in said if text]

    def written(self, fields):
        """A row for each option; those ticked are right."""
        rows = rows_of(fields, "o")
        ticked = fields.getlist("right")
        options = [{"key": LETTERS[place], **row} for place, (_number, row) in enumerate(rows)]
        right = [LETTERS[place] for place, (number, _row) in enumerate(rows)
                 if str(number) in ticked]
        return wording(options, right=right, settings={"partial": bool(fields.get("partial"))})

    def typed(self, version):
        """The rows of the form, and which of them are ticked."""
        places = {option["key"]: str(place) for place, option in enumerate(version.options, 1)}
        return {"rows": version.options, "right": [places[key] for key in version.right
                                                   if key in places]}

    def lacks(self, draft):
        """Options enough, each with words, shares that are numbers."""
        faults = lacking_rows(draft.options)
        faults += [_("“%(share)s” is no share from -100 to 100 per cent.", share=option["share"])
                   for option in draft.options
                   if "share" in option and not is_share(option["share"])]
        return faults + self.lacking_key(draft)

    @abstractmethod
    def lacking_key(self, draft):
        """The sentence for a key that is missing or stands for no option, or nothing."""


def earned(version, answer):
    """The sum of the shares of the options chosen."""
    shares = {option["key"]: option["share"] for option in version.options if "share" in option}
    if shares:
        return sum((share_of(shares.get(key, 0)) for key in set(answer)), Fraction(0))
    right = set(version.right)
    wrong = len(version.options) - len(right)
    found, strayed = len(set(answer) & right), len(set(answer) - right)
    # Whoever ticks everything earns nothing, and no wrong tick weighs more than that.
    return Fraction(found, len(right) or 1) - Fraction(strayed, wrong or 1)
