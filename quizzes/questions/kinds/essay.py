"""A text of one's own, marked by hand with a rubric."""
import re

from lms.kernel.i18n import _, _l
from lms.kernel.text import clean

from quizzes.questions.kinds.base import Kind, fraction_of, rows_of, settings_of, wording
from quizzes.questions.richtext import plain

#: The most characters and files an answer has.
MOST, MOST_FILES = 50_000, 10
FILE = re.compile(r"file:\d{1,10}")


class Essay(Kind):
    """A text, and files where it asks for them; people mark it."""

    name = "essay"
    by_hand = True
    title = _l("Essay")
    about = _l("A text of their own; people mark it by a rubric.")

    def read(self, _version, form):
        """The text with its lines, then the files that were handed in."""
        lines = [clean(line) for line in form.get("a", "")[:MOST].splitlines()]
        text = "\n".join(lines).strip()
        if FILE.fullmatch(text):
            # Words that would name a file stay words.
            text = f"“{text}”"
        files = list(dict.fromkeys(one for one in form.getlist("files") if FILE.fullmatch(one)))
        return ([text] if text else []) + files[:MOST_FILES]

    def fits(self, version, answer):
        """Whether ``answer`` is one text at most, and files only where these are asked for."""
        files = files_of(answer)
        texts = [text for text in answer if text not in files]
        allowed = MOST_FILES if settings_of(version).get("file") else 0
        return len(texts) <= 1 and all(len(text) <= MOST for text in texts) and (
            len(set(files)) == len(files) <= allowed)

    def mark(self, _version, _answer):
        """People mark it."""
        return None

    def words(self, _version, answer, _language):
        """The lines of the text, then the files by their numbers."""
        lines = [line for text in answer if not FILE.fullmatch(text)
                 for line in text.splitlines() if line.strip()]
        return lines + [_("File %(n)s", n=n) for n, _file in enumerate(files_of(answer), 1)]

    def right_answer(self, _version):
        """There is no key."""
        return []

    def parts(self, version, _language, chosen):
        """The most words, and the files handed in."""
        settings = settings_of(version)
        return {"most_words": settings.get("most_words"), "file": bool(settings.get("file")),
                "text": next((text for text in chosen if not FILE.fullmatch(text)), ""),
                "files": files_of(chosen), "types": settings.get("types", [])}

    def written(self, fields):
        """The rubric a row each; the most words; how many mark it and how far they may differ."""
        return wording(settings=self.written_settings(fields))

    def written_settings(self, fields):
        """The settings of the form's fields."""
        rubric = [{"vi": plain(row["vi"]), "en": plain(row["en"]),
                   "points": clean(fields.get(f"r-{number}-points", "")).replace(",", ".")}
                  for number, row in rows_of(fields, "r")]
        return {"rubric": rubric, "most_words": _whole(fields.get("most_words")),
                "file": bool(fields.get("file")),
                "markers": 2 if fields.get("markers") == "2" else 1,
                "differ": _whole(fields.get("differ")) or 0}

    def typed(self, version):
        """The rows of the rubric."""
        return {"rubric": settings_of(version).get("rubric", [])}

    def lacks(self, draft):
        """The rubric says for what there are points."""
        rubric = settings_of(draft).get("rubric", [])
        if any(not _is_positive(line.get("points")) for line in rubric):
            return [_("Give every line of the rubric its points, a number above 0.")]
        return []


def files_of(answer):
    """The files of ``answer``, as they are written there: file:<id>."""
    return [text for text in answer if FILE.fullmatch(text)]


def _whole(text):
    text = clean(text or "")
    return int(text) if text.isdecimal() and len(text) < 7 and int(text) else None


def _is_positive(text):
    points = fraction_of(text)
    return points is not None and points > 0
