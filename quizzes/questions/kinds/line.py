"""What the kinds share that are answered by one typed line."""
from lms.kernel.text import clean

from quizzes.questions.kinds.base import Kind


class Line(Kind):
    """A line to type; ``most`` is how many letters it has at the most."""

    most = 500

    def read(self, _version, form):
        """The line as typed, or nothing."""
        text = clean(form.get("a", ""))[:self.most]
        return [text] if text else []

    def fits(self, _version, answer):
        """Whether ``answer`` is one text of a bearable length."""
        return len(answer) <= 1 and all(len(text) <= self.most for text in answer)

    def words(self, _version, answer, _language):
        """The line itself."""
        return list(answer)
