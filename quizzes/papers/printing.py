"""What stands on the printed papers of a set, in Vietnamese as papers are."""
from io import BytesIO

from PIL import Image as Picture
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.mail import link_to
from lms.kernel.paper import MissingGlyph
from lms.kernel.storage import StoredFile

from courses.catalogue.pictures import FORMATS, UNREADABLE
from quizzes.papers.contents import Asked, Heading, Image, Paper, Participant, Spot
from quizzes.papers.drawing import draw_named_sheets, draw_papers
from quizzes.papers.grid import grid_of, right_cells
from quizzes.papers.key_drawing import draw_key
from quizzes.papers.lettering import CELL, key_of, pictures_in, printed
from quizzes.papers.queries import source_of
from quizzes.questions.kinds.base import settings_of
from quizzes.questions.queries import versions_of
from quizzes.questions.richtext import plain

#: Of 100: sharp on paper, and light.
QUALITY = 88


def papers_of(paper_set):
    """The bytes of a PDF with the papers of ``paper_set`` and their answer sheets."""
    return _drawn(draw_papers, paper_set)


def named_sheets_of(paper_set, enrolments):
    """The bytes of a PDF with an answer sheet of ``paper_set`` for each of the ``enrolments``, the
    versions one after the other, so that neighbours have different ones.
    """
    return _drawn(lambda heading, papers: draw_named_sheets(heading, [
        (papers[place % len(papers)], _participant(paper_set, papers[place % len(papers)], one))
        for place, one in enumerate(enrolments)]), paper_set)


def _participant(paper_set, paper, enrolment):
    unit, born = enrolment.unit, enrolment.person.birth_year
    return Participant(enrolment.person.full_name, str(born or ""), unit.name_vi if unit else "",
                       address_of(paper_set, paper.letter, enrolment))


def address_of(paper_set, letter, enrolment=None):
    """Where the code on a paper leads who enters its results: the set, the version and, on a sheet
    with a name, the number of the participant.  Nothing of it is secret.
    """
    return link_to(f"/quizzes/papers/{paper_set.id}/{letter}"
                   f"{f'/{enrolment.id}' if enrolment else ''}")


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
    images = _images({key for _kind, version in versions.values() for key in pictures_in(version)},
                     {settings_of(version).get("picture") for _kind, version in versions.values()})
    heading = Heading(course.owner.name_vi if course.owner else "", quiz.title_vi,
                      course.title_vi, paper_set.label, quiz.time_limit)
    return heading, [
        Paper(letter, tuple(_asked(paper_set.papers[letter], versions, sections, images)),
              address_of(paper_set, letter))
        for letter in sorted(paper_set.papers)]


def _asked(paper, versions, sections, images):
    before = None
    for item in paper:
        kind, version = versions[item["version"]]
        shown = printed(kind, version, item["options"], images)
        place = item.get("section")
        part = (f"Phần {place + 1}. {sections[place]['title_vi']}"
                if place not in (None, before) and place < len(sections) else "")
        before = place
        yield Asked(shown.way, shown.stem, shown.options, shown.matches, part,
                    key_of(kind, version, item["options"]),
                    tuple((mark, images[key]) for mark, key in shown.pictures), version.id,
                    _spot(version, images) if shown.way == CELL else None)


def _spot(version, images):
    image, grid = images.get(settings_of(version).get("picture")), grid_of(version)
    if image is None:
        raise Refusal(_("The picture of the question “%(stem)s” cannot be read any more. Choose it "
                        "again in the question, and make the papers anew.",
                        stem=plain(version.stem_vi)))
    return Spot(image, *grid, frozenset(right_cells(version)))


def _images(ids, digests):
    """The Images of the files with the ``ids``, and of those whose bytes have the ``digests``, as
    a printer takes them, by id and by digest, without those that cannot be read any more.
    """
    digests = digests - {None}
    files = db.session.scalars(select(StoredFile).where(
        StoredFile.id.in_(ids) | StoredFile.sha256.in_(digests))) if ids or digests else ()
    found = [(file, _printable(file.path)) for file in files]
    return {key: image for file, image in found if image for key in (file.id, file.sha256)}


def _printable(path):
    buffer = BytesIO()
    try:
        with Picture.open(path, formats=FORMATS) as picture:
            picture.convert("RGB").save(buffer, "JPEG", quality=QUALITY)
            return Image(buffer.getvalue(), *picture.size)
    except UNREADABLE:
        return None
