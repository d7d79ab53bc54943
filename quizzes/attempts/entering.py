"""Results from printed papers: typed person by person or filled in from a workbook, corrected."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel.db import db
from lms.kernel.grid import LARGEST_FILE
from lms.kernel.i18n import _, ngettext, number
from lms.kernel.sheets import Table, UnreadableSheet, read_workbook, write_workbook
from lms.kernel.web import key_argument, key_of, load, made_file, require, viewer

from courses.classes.models import Enrolment
from courses.classes.queries import enrolments_in
from quizzes.attempts.forms import PaperResultForm, ReasonForm
from quizzes.attempts.marksheet import Fault, Line, read_line, read_rows, together
from quizzes.attempts.models import PaperMark
from quizzes.attempts.policies import may_correct_paper
from quizzes.attempts.queries import answers_of, entries_like, paper_marks
from quizzes.attempts.recording import correct_paper, record_papers, withdraw_paper
from quizzes.blueprint import bp
from quizzes.papers.lettering import typed
from quizzes.papers.models import PaperSet
from quizzes.papers.policies import classes_to_mark, may_print_set
from quizzes.questions.keys import insist_not_sitting
from quizzes.questions.queries import versions_of

#: What the fields of the form by which a result is withdrawn begin with.
WITHDRAWAL = "withdrawal-"


class Marksheet:
    """The people of a class beside a set of papers, what was typed for each, what is wrong."""

    def __init__(self, paper_set):
        self.set = paper_set
        self.classes = db.session.scalars(
            classes_to_mark(viewer(), paper_set.quiz.version.course)).all()
        wanted = request.values.get("class", type=key_of)
        self.course_class = next((one for one in self.classes if one.id == wanted),
                                 self.classes[0] if self.classes else None)
        self.enrolments = enrolments_in(self.course_class) if self.course_class else []
        self.people = {one.person_id: one.person for one in self.enrolments}
        self.entered = paper_marks(paper_set)
        #: The version, and the person, of the paper whose code was scanned.
        self.letter, self.one = request.args.get("letter", ""), key_argument("one")
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

    def letter_of(self, person_id):
        """The version chosen in the line of a person: the one typed, or that of a paper scanned."""
        line = self.lines.get(person_id)
        return line.letter.upper() if line else self.letter if (
            self.one in (None, person_id)) else ""

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


def set_to_mark(key):
    """The set of papers ``key``, for whoever enters its results and does not sit at the test
    themselves: what a paper earns tells what is right on it.
    """
    paper_set = load(PaperSet, key, may_print_set)
    insist_not_sitting(paper_set.quiz.version.course_id, viewer())
    return paper_set


def mark_to_correct(key):
    """The result ``key`` from paper, for whoever corrects it and does not sit at the test."""
    mark = load(PaperMark, key, may_correct_paper)
    insist_not_sitting(mark.set.quiz.version.course_id, viewer())
    return mark


@bp.route("/papers/<int:key>/marks", methods=["GET", "POST"])
def paper_marks_page(key):
    """Enter the results of a class from its papers: all of what was typed, or nothing."""
    sheet = Marksheet(set_to_mark(key))
    if request.method == "GET":
        return sheet.page()
    sheet.read_form()
    if not sheet.ready:
        if not sheet.lines:
            sheet.faults.append(Fault("", _("Nothing was typed yet: type at least one person's "
                                         "answers or mark.")))
        return sheet.page()
    record_papers(sheet.set, sheet.entries, by=viewer())
    flash(ngettext("%(num)s paper was entered.", "%(num)s papers were entered.",
                   len(sheet.entries)), "good")
    return redirect(url_for(".paper_marks_page", key=key, **{"class": sheet.course_class.id}))


@bp.get("/papers/<int:key>/<string(length=1):letter>")
@bp.get("/papers/<int:key>/<string(length=1):letter>/<int:seat>")
def scanned_paper(key, letter, seat=None):
    """Where the code on a paper leads: to the line on which it is entered, its version chosen, or
    to the result where it was entered already.
    """
    paper_set = load(PaperSet, key, may_print_set)
    require(lambda _person: letter in paper_set.papers)
    if seat is None:
        return redirect(url_for(".paper_marks_page", key=key, letter=letter))
    enrolment = load(Enrolment, seat, lambda person, one: one.class_id in {
        course_class.id for course_class in db.session.scalars(
            classes_to_mark(person, paper_set.quiz.version.course))})
    mark = paper_marks(paper_set).get(enrolment.person_id)
    if mark and may_correct_paper(viewer(), mark):
        return redirect(url_for(".paper_result", key=mark.id))
    return redirect(url_for(".paper_marks_page", key=key, letter=letter, one=enrolment.person_id,
                            **{"class": enrolment.class_id}))


@bp.post("/papers/<int:key>/sheet")
def filled_sheet(key):
    """Fill the page in from a workbook, to be looked at before it is saved."""
    sheet = Marksheet(set_to_mark(key))
    file = request.files.get("file")
    if file is None or not file.filename:
        sheet.faults.append(Fault("", _("Choose a file first.")))
    else:
        sheet.read_file(file)
    return sheet.page()


@bp.get("/papers/<int:key>/sheet.xlsx")
def empty_sheet(key):
    """A workbook with a line for each person of a class, to be filled in and sent back."""
    sheet = Marksheet(set_to_mark(key))
    count = max(map(len, sheet.set.papers.values()))
    header = [_("No."), _("Staff code"), _("Full name"), _("Version"), _("Mark"),
              *(_("Question %(n)s", n=place) for place in range(1, count + 1))]
    rows = [[row, one.person.key, one.person.full_name, "", "", *[""] * count]
            for row, one in enumerate(sheet.enrolments, 1) if one.person_id not in sheet.entered]
    notes = [(_("How to fill it in"), _("Write the version and the answers as letters, or only "
                                        "the mark out of 100. Leave out whoever was absent."))]
    return made_file(write_workbook([Table(_("Answers given"), header, rows)], notes),
                     f"phieu-{key}.xlsx")


@bp.route("/papers/marks/<int:key>", methods=["GET", "POST"])
def paper_result(key):
    """One result that was entered from paper, with all that was entered before; corrected here."""
    mark = mark_to_correct(key)
    letters = sorted(mark.set.papers)
    form = PaperResultForm(letters, letter=mark.letter, answers=written(mark),
                           mark="" if mark.attempt else number(mark.score))
    if not form.validate_on_submit():
        return result_page(mark, form)
    papers = mark.set.papers
    versions = versions_of({item["version"] for paper in papers.values() for item in paper})
    entry, words = read_line(Line(form.letter.data, form.answers.data or "", form.mark.data or ""),
                             papers, versions)
    if words:
        for what, text in words:
            field = form[what] if what in ("letter", "mark") else form.answers
            field.errors = [*field.errors, text]
        return result_page(mark, form)
    new = correct_paper(mark, entry, form.reason.data.strip(), by=viewer())
    flash(_("The result of %(name)s was corrected; they were told.", name=mark.person.full_name),
          "good")
    return redirect(url_for(".paper_result", key=new.id))


def result_page(mark, form=None, withdrawal=None):
    """A result from paper, with the forms to correct and to withdraw it."""
    entries = entries_like(mark)
    return render_template(
        "quizzes/paper_result.html", mark=mark, set=mark.set, quiz=mark.set.quiz, form=form,
        withdrawal=withdrawal or ReasonForm(formdata=None, prefix=WITHDRAWAL),
        entries=[(one, written(one)) for one in entries],
        standing=next((one for one in entries if one.withdrawn_at is None), None))


def written(mark):
    """The answers of a result as they are typed; nothing where only a mark was entered."""
    if mark.attempt is None:
        return ""
    paper = mark.attempt.paper
    versions, answers = versions_of({item["version"] for item in paper}), answers_of(mark.attempt)
    return together([typed(*versions[item["version"]], item["options"], answers.get(slot, []))
                     for slot, item in enumerate(paper)])


@bp.post("/papers/marks/<int:key>/withdrawal")
def paper_withdrawal(key):
    """A result was entered by mistake and counts no more."""
    mark, form = mark_to_correct(key), ReasonForm(prefix=WITHDRAWAL)
    if not form.validate_on_submit():
        return result_page(mark, withdrawal=form)
    withdraw_paper(mark, form.reason.data.strip(), by=viewer())
    flash(_("The result of %(name)s was withdrawn; they were told.", name=mark.person.full_name),
          "good")
    return redirect(url_for(".paper_result", key=mark.id))
