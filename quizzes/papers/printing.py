"""What stands on the printed papers of a set, in Vietnamese as papers are."""
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.paper import MissingGlyph

from quizzes.papers.drawing import Asked, Heading, Paper, draw_key, draw_papers
from quizzes.papers.lettering import key_of, printed
from quizzes.papers.queries import source_of
from quizzes.questions.queries import versions_of


def papers_of(paper_set):
    """The bytes of a PDF with the papers of ``paper_set`` and their answer sheets."""
    return _drawn(draw_papers, paper_set)


def key_to(paper_set):
    """The bytes of a PDF with what is right on each paper of ``paper_set``."""
    return _drawn(draw_key, paper_set)


def _drawn(draw, paper_set):
    try:
        return draw(*_contents(paper_set))
    except MissingGlyph as fault:
        raise Refusal(_("These letters cannot be printed: %(letters)s. Look again at the "
                        "questions.", letters=fault)) from None


def _contents(paper_set):
    quiz = paper_set.quiz
    course, sections = quiz.version.course, source_of(quiz).sections
    versions = versions_of({item["version"] for paper in paper_set.papers.values()
                            for item in paper})
    heading = Heading(course.owner.name_vi if course.owner else "", quiz.title_vi,
                      course.title_vi, paper_set.label, quiz.time_limit)
    return heading, [Paper(letter, tuple(_asked(paper_set.papers[letter], versions, sections)))
                     for letter in sorted(paper_set.papers)]


def _asked(paper, versions, sections):
    before = None
    for item in paper:
        kind, version = versions[item["version"]]
        shown = printed(kind, version, item["options"])
        place = item.get("section")
        part = (f"Phần {place + 1}. {sections[place]['title_vi']}"
                if place not in (None, before) and place < len(sections) else "")
        before = place
        yield Asked(shown.way, shown.stem, shown.options, shown.matches, part,
                    key_of(kind, version, item["options"]))
