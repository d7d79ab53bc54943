"""Results from printed papers: typed person by person, or filled in from a workbook."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel.db import db
from lms.kernel.grid import LARGEST_FILE
from lms.kernel.i18n import _, ngettext
from lms.kernel.sheets import Table, UnreadableSheet, read_workbook, write_workbook
from lms.kernel.web import load, made_file, viewer

from courses.classes.queries import enrolments_in
from quizzes.attempts.marksheet import Fault, Line, read_line, read_rows
from quizzes.attempts.queries import paper_marks
from quizzes.attempts.recording import record_papers
from quizzes.blueprint import bp
from quizzes.papers.models import PaperSet
from quizzes.papers.policies import classes_to_mark, may_print_set
from quizzes.questions.queries import versions_of


class Marksheet:
    """The people of a class beside a set of papers, what was typed for each, what is wrong."""

    def __init__(self, paper_set):
        self.set = paper_set
        self.classes = db.session.scalars(
            classes_to_mark(viewer(), paper_set.quiz.version.course)).all()
        wanted = request.values.get("class", type=int)
        self.course_class = next((one for one in self.classes if one.id == wanted),
                                 self.classes[0] if self.classes else None)
        self.enrolments = enrolments_in(self.course_class) if self.course_class else []
        self.people = {one.person_id: one.person for one in self.enrolments}
        self.entered = paper_marks(paper_set)
        self.lines, self.wrong, self.faults = {}, {}, []
        self.entries, self.filled = {}, False

    def read_form(self):
        """Take what was typed on the page."""
        for key in self.people:
            line = Line(*(request.form.get(f"{name}-{key}", "").strip()
                          for name in ("letter", "answers", "mark")))
            # A letter alone says nothing yet: versions may be written in before the marks.
            if line.answers or line.mark:
                self.lines[key] = line
        self._judge({})

    def read_file(self, file):
        """Take what a workbook says; it fills the page in, and nothing is saved."""
        try:
            sheets = read_workbook(file.read(LARGEST_FILE + 1), file.filename or "")
        except UnreadableSheet as fault:
            self.faults.append(Fault("", trouble(fault.code)))
            return
        codes = {person.key: key for key, person in self.people.items()}
        self.lines, cells, self.faults = read_rows(sheets[0].rows, codes)
        self.filled = True
        self._judge(cells)

    def _judge(self, cells):
        papers = self.set.papers
        versions = versions_of({item["version"] for paper in papers.values() for item in paper})
        for key, line in self.lines.items():
            if key in self.entered:
                self.wrong[key] = [_("This paper was entered already.")]
                continue
            entry, words = read_line(line, papers, versions)
            if words:
                known = cells.get(key, {})
                self.wrong[key] = [f"{known[what]}: {text}" if what in known else text
                                   for what, text in words]
            else:
                self.entries[self.people[key]] = entry

    @property
    def ready(self):
        """Whether there is something to save and nothing is wrong."""
        return bool(self.entries) and not self.wrong and not self.faults

    def page(self):
        """The lines to fill in."""
        return render_template("quizzes/marksheet.html", sheet=self, set=self.set,
                               quiz=self.set.quiz)


def trouble(code):
    """Why a file cannot be read, in words."""
    return {"empty": _("The file is empty."),
            "too-large": _("The file is too large."),
            "encrypted": _("A password guards the file. Save it without one.")}.get(
        code, _("This is not a workbook (.xlsx) or a list (.csv). Use the sheet offered here."))


@bp.route("/papers/<int:key>/marks", methods=["GET", "POST"])
def paper_marks_page(key):
    """Enter the results of a class from its papers: all of what was typed, or nothing."""
    sheet = Marksheet(load(PaperSet, key, may_print_set))
    if request.method == "GET":
        return sheet.page()
    sheet.read_form()
    if not sheet.ready:
        if not sheet.lines:
            sheet.faults.append(Fault("", _("Nothing was typed yet.")))
        return sheet.page()
    record_papers(sheet.set, sheet.entries, by=viewer())
    flash(ngettext("%(num)s paper was entered.", "%(num)s papers were entered.",
                   len(sheet.entries)), "good")
    return redirect(url_for(".paper_marks_page", key=key, **{"class": sheet.course_class.id}))


@bp.post("/papers/<int:key>/sheet")
def filled_sheet(key):
    """Fill the page in from a workbook, to be looked at before it is saved."""
    sheet = Marksheet(load(PaperSet, key, may_print_set))
    file = request.files.get("file")
    if file is None or not file.filename:
        sheet.faults.append(Fault("", _("Choose a file first.")))
    else:
        sheet.read_file(file)
    return sheet.page()


@bp.get("/papers/<int:key>/sheet.xlsx")
def empty_sheet(key):
    """A workbook with a line for each person of a class, to be filled in and sent back."""
    sheet = Marksheet(load(PaperSet, key, may_print_set))
    count = max(map(len, sheet.set.papers.values()))
    header = [_("No."), _("Staff code"), _("Full name"), _("Version"), _("Mark"),
              *(_("Question %(n)s", n=number) for number in range(1, count + 1))]
    rows = [[number, one.person.key, one.person.full_name, "", "", *[""] * count]
            for number, one in enumerate(sheet.enrolments, 1) if one.person_id not in sheet.entered]
    notes = [(_("How to fill it in"), _("Write the version and the answers as letters, or only "
                                        "the mark out of 100. Leave out whoever was absent."))]
    return made_file(write_workbook([Table(_("Answers"), header, rows)], notes),
                     f"phieu-{key}.xlsx")
