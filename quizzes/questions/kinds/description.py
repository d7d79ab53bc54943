"""A text between questions: nothing is asked."""
from lms.kernel.i18n import _l

from quizzes.questions.kinds.base import ALL, Kind, wording


class Description(Kind):
    """A text to read before the questions that follow; it earns nothing."""

    name = "description"
    worth = False
    title = _l("Text between questions")
    about = _l("A case or a picture that the next questions are about; it earns nothing.")

    def read(self, _version, _form):
        """Nothing is answered."""
        return []

    def fits(self, _version, answer):
        """Nothing can be answered."""
        return not answer

    def mark(self, _version, _answer):
        """Nothing in it can be wrong; it is worth no points."""
        return ALL

    def words(self, _version, _answer, _language):
        """No words."""
        return []

    def written(self, _fields):
        """Only the text."""
        return wording()

    def lacks(self, _draft):
        """Nothing beyond its text."""
        return []
