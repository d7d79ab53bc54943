"""The quiz of a draft: its rules, its blueprint, its questions."""
from collections import Counter

from flask import flash, redirect, render_template, request, url_for

from lms.kernel.forms import choices
from lms.kernel.i18n import _, in_both, named, ngettext
from lms.kernel.text import fold, title_key
from lms.kernel.web import load, viewer

from courses.catalogue.actions import add_step, change_step, draft
from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from courses.catalogue.queries import draft_version
from quizzes.blueprint import bp
from quizzes.papers.actions import set_quiz
from quizzes.papers.assembling import why_not_drawn
from quizzes.papers.choosing import spread_over
from quizzes.papers.forms import ANY, QuizForm, cells_of, read_blueprint
from quizzes.papers.models import Quiz
from quizzes.papers.policies import may_edit_quiz
from quizzes.papers.queries import bank_of, later_tests
from quizzes.papers.words import DIFFICULTIES, category_word
from quizzes.questions.queries import may_be_asked, questions_of
from quizzes.questions.richtext import plain

#: So many questions are listed to choose from, besides those already chosen.
MOST_LISTED = 100


def _usual_title():
    """What most tests are called, in Vietnamese and English."""
    return in_both(lambda: _("Final test"))


class Desk:
    """The form of a quiz of ``course`` with what the bank offers it."""

    def __init__(self, course, record=None):
        self.course, self.record, self.fault = course, record, ""
        self.bank = bank_of(course.id)
        self.categories = self._categories()
        self.stock = Counter(one.cell for one in self.bank)
        self.stock.update((None, one.difficulty) for one in self.bank)
        usual = _usual_title()
        self.form = QuizForm(obj=record, data=self._standing() or {
            "title_vi": usual[0], "title_en": usual[1]})
        self.form.pretest_of.choices = choices([("", _("A test of its own")), *(
            (quiz.lineage, _("Before the course, with the blueprint of “%(title)s”",
                             title=named(quiz))) for quiz in self._later())])
        self.listed = self._listed()
        self.form.questions.choices = choices(
            (question.id, plain(version.stem_vi)) for question, version in self.listed)
        sent = request.method == "POST"
        self.cells = request.form if sent else cells_of(
            record.blueprint if record else [], self.categories)
        self.parts = self._parts() if sent else {
            item.question_id: item.section + 1 for item in (record.items if record else ())}

    def _categories(self):
        """What the bank and the blueprint so far name, in the order of the dictionary; then what
        has no category, then any (None).
        """
        named_so_far = {row["category"] for row in (self.record.blueprint if self.record else ())}
        names = {one.category for one in self.bank} | (named_so_far - {None})
        return [*sorted(names, key=lambda name: (not name, title_key(name))), None]

    def _standing(self):
        if self.record is None:
            return None
        return {"questions": [item.question_id for item in self.record.items],
                "parts": self.record.sections, "code": bool(self.record.code_secret)}

    def _later(self):
        version = self.record.version if self.record else draft_version(self.course)
        return later_tests(version, self.record) if version else []

    def _listed(self):
        """The questions chosen, and those that the words to find them name."""
        chosen = set(self.form.questions.data or ())
        words = fold(self.form.find.data or "")
        listed, free = [], 0
        for question, version in questions_of(self.course):
            if question.id in chosen:
                listed.append((question, version))
            elif (may_be_asked(question, version) and free < MOST_LISTED
                  and words in fold(plain(version.stem_vi))):
                listed.append((question, version))
                free += 1
        return listed

    def _parts(self):
        return {question.id: int(text) for question, _version in self.listed
                if (text := request.form.get(f"part-{question.id}", "1")).isdecimal()
                and len(text) < 3}

    @property
    def part_names(self):
        """The names of the parts of the test, as they stand in the form."""
        return [section["title_vi"] for section in self.form.sections()]

    def spread(self):
        """Fill the blueprint with so many questions, in proportion to the bank."""
        count = self.form.spread.data or 0
        if count > len(self.bank):
            self.form.spread.errors = [ngettext(
                "The bank has only %(num)s question to draw. Ask for fewer, or write more.",
                "The bank has only %(num)s questions to draw. Ask for fewer, or write more.",
                len(self.bank))]
        self.cells = cells_of([
            {"section": 0, "category": category, "difficulty": difficulty, "count": number}
            for (category, difficulty), number in spread_over(count, self.bank).items()],
            self.categories)

    def fill(self):
        """Spread the questions where a total was typed and nothing else says what is asked.

        False where the bank has fewer: the form then says how many there are.
        """
        if self.form.spread.data and not self.form.questions.data and not any(
                text.strip() for name, text in request.form.items() if name.startswith("n-")):
            self.spread()
        return not self.form.spread.errors

    def ready(self):
        """Whether the form was sent to be saved and everything in it holds."""
        valid = self.form.validate_on_submit()
        if self.form.spread.errors or request.form.get("do", "save") != "save" or not self.fill():
            return False
        try:
            self.blueprint = read_blueprint(self.cells, self.categories, len(self.part_names))
        except ValueError as fault:
            self.fault = str(fault)
            return False
        self.fault = why_not_drawn(self.blueprint, [
            one for one in self.bank if one.id not in set(self.form.questions.data or ())])
        draw = self.form.draw.data
        if draw and draw > len(self.form.questions.data or ()):
            self.form.draw.errors = [_("Only %(count)s questions are chosen below.",
                                       count=len(self.form.questions.data or ()))]
            valid = False
        return valid and not self.fault

    def keep(self, record):
        """Set the rules and the questions of ``record`` as the form says."""
        rules = self.form.rules(record.code_secret, self.blueprint)
        parts = {key: max(0, place - 1) for key, place in self.parts.items()}
        return set_quiz(record, rules, self.form.questions.data, by=viewer(), parts=parts)

    def page(self):
        """The form as a page."""
        sent = request.form.get("do")
        if sent in ("spread", "find"):
            for field in self.form:
                field.errors = ()
        if sent == "spread":
            self.spread()
        return render_template(
            "quizzes/edit_quiz.html", desk=self, course=self.course, form=self.form,
            quiz=self.record, any=ANY, difficulties=DIFFICULTIES, category_word=category_word)


@bp.route("/courses/<int:key>/new", methods=["GET", "POST"])
def new_quiz(key):
    """Add a quiz to the draft of a course."""
    course = load(Course, key, may_edit_course)
    desk = Desk(course)
    if not desk.ready():
        return desk.page()
    step = add_step(draft(course, by=viewer()), "quiz", desk.form.step_values(), by=viewer())
    desk.keep(step)
    flash(_("“%(title)s” was added.", title=step.title_vi), "good")
    return redirect(url_for("catalogue.draft_page", key=course.id))


@bp.route("/<int:key>/edit", methods=["GET", "POST"])
def edit_quiz(key):
    """Change a quiz of a draft."""
    record = load(Quiz, key, may_edit_quiz)
    desk = Desk(record.version.course, record)
    if not desk.ready():
        return desk.page()
    change_step(record, desk.form.step_values(), by=viewer(), seen=desk.form.fingerprint.data)
    desk.keep(record)
    flash(_("“%(title)s” was saved.", title=record.title_vi), "good")
    return redirect(url_for("catalogue.draft_page", key=record.version.course_id))
