"""The file of a class: its papers in one archive, with a list of what is in it."""
import re
from io import BytesIO
from itertools import chain
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from lms.kernel.errors import Refusal
from lms.kernel.i18n import VIETNAMESE, _, speaking
from lms.kernel.paper import MissingGlyph
from lms.organisations.naming import agency

from courses.classes.exports import class_workbook, costs_workbook
from courses.classes.inviting import when
from courses.classes.links import file_papers
from courses.classes.policies import may_read_costs
from courses.classes.printing import sheets_to_sign, superior_of
from courses.classes.queries import results
from courses.classes.queries.costs import costs_of
from courses.classes.results_drawing import ClassHead, ResultLine, draw_contents, draw_results
from courses.classes.words import mark_text

#: When a paper comes into being: before the class, while it runs, with its results, after them.
BEFOREHAND, MEANWHILE, RESULTS, AFTERWARDS = range(4)
#: Whoever entered no more than a number, as the form proposes, meant a decision.
NUMBER = re.compile(r"^số\s*:?\s*", re.IGNORECASE)


class FilePaper(NamedTuple):
    """A paper of the file: its title in Vietnamese, the name of its file, its bytes, and when it
    comes into being.
    """

    title: str
    name: str
    content: bytes
    stage: int = AFTERWARDS


def results_to_sign(course_class, found):
    """The bytes of a PDF with the results ``found`` of the class, in Vietnamese as papers are."""
    with speaking(VIETNAMESE):
        lines = [result_line(row) for row in found.rows]
    passed = sum(bool(row.enrolment.passed) for row in found.rows)
    return _drawn(lambda: draw_results(head_of(course_class), lines,
                                       passed if course_class.closed_at else None))


def result_line(row):
    """What a list says of one result, in the language in force."""
    enrolment, outlook = row.enrolment, row.outlook
    word = "" if enrolment.passed is None else "Đạt" if enrolment.passed else "Không đạt"
    return ResultLine(
        enrolment.person.full_name, enrolment.person.birth_year,
        enrolment.unit.name_vi if enrolment.unit else "",
        f"{outlook.attended}/{outlook.sessions}", mark_text(enrolment.mark), word)


def head_of(course_class):
    """What the papers of the class say at their head."""
    return ClassHead(
        superior_of(course_class), agency(course_class.organiser), course_class.title_vi,
        course_class.code, f"Thời gian: {when(course_class)}", course_class.place,
        NUMBER.sub("Quyết định số ", course_class.decision))


def _drawn(draw):
    try:
        return draw()
    except MissingGlyph as fault:
        raise Refusal(_("These letters cannot be printed: %(letters)s. Look again at the names and "
                        "titles.", letters=fault)) from None


def file_of(course_class, viewer):
    """The bytes of a ZIP with the papers of the class that ``viewer`` may read, and first the
    list of them.
    """
    papers = _numbered(papers_in(course_class, viewer))
    contents = _drawn(lambda: draw_contents(head_of(course_class), [
        (paper.title, paper.name) for paper in papers]))
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("00-muc-luc.pdf", contents)
        for paper in papers:
            archive.writestr(paper.name, paper.content)
    return target.getvalue()


def papers_in(course_class, viewer):
    """The papers of the class in the order in which they come into being."""
    found, outcome = [], results(course_class)
    if course_class.sessions:
        found.append(FilePaper("Danh sách điểm danh, ký nhận các buổi", "diem-danh.pdf",
                               sheets_to_sign(course_class, course_class.sessions), MEANWHILE))
    with speaking(VIETNAMESE):
        book = class_workbook(course_class, outcome.rows)
    found += [FilePaper("Danh sách học viên, điểm và kết quả (Excel)", "hoc-vien.xlsx", book,
                        RESULTS),
              FilePaper("Danh sách kết quả", "ket-qua.pdf", results_to_sign(course_class, outcome),
                        RESULTS)]
    costs = costs_of(course_class) if may_read_costs(viewer, course_class) else []
    if costs:
        with speaking(VIETNAMESE):
            found.append(FilePaper("Dự toán và thực hiện kinh phí (Excel)", "kinh-phi.xlsx",
                                   costs_workbook(course_class, costs)))
    found += chain.from_iterable(file_papers.of(course_class, viewer))
    return sorted(found, key=lambda paper: paper.stage)


def _numbered(papers):
    return [paper._replace(name=f"{number:02d}-{paper.name}")
            for number, paper in enumerate(papers, 1)]
