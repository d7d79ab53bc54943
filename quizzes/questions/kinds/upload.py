"""A file handed in, marked by hand."""
from lms.kernel.i18n import _, _l

from quizzes.questions.kinds.base import settings_of
from quizzes.questions.kinds.essay import Essay, files_of

#: The kinds of file an author may ask for.
TYPES = (".pdf", ".docx", ".xlsx", ".pptx", ".jpg", ".png", ".mp3", ".m4a", ".mp4")


class Upload(Essay):
    """A file is handed in and marked by people."""

    name = "upload"
    title = _l("File handed in")
    about = _l("A document, a photo or a recording; people mark it by a rubric.")

    def read(self, version, form):
        """The files that were handed in."""
        return files_of(super().read(version, form))

    def fits(self, version, answer):
        """Whether ``answer`` holds nothing but files."""
        return files_of(answer) == list(answer) and super().fits(version, answer)

    def written_settings(self, fields):
        """As an essay's, with the kinds of file taken; a file is always asked for."""
        chosen = set(fields.getlist("types"))
        return super().written_settings(fields) | {
            "file": True, "most_words": None, "types": [kind for kind in TYPES if kind in chosen]}

    def typed(self, version):
        """The rows of the rubric, and the kinds of file to choose from."""
        return super().typed(version) | {"all_types": TYPES}

    def lacks(self, draft):
        """At least one kind of file is taken."""
        types = settings_of(draft).get("types", [])
        return super().lacks(draft) + ([] if types else [
            _("Choose at least one kind of file that is taken.")])
