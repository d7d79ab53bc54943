"""A test tried out by its author: all that a trainee gets, and nothing is recorded."""
from collections import defaultdict
from random import Random
from secrets import randbelow
from types import SimpleNamespace

from flask import flash, render_template, request

from lms.kernel import clock
from lms.kernel.i18n import language
from lms.kernel.web import load, viewer

from quizzes.attempts.marking import as_marked, called_off, judged
from quizzes.attempts.regrading_queries import mendings_for
from quizzes.attempts.showing import (
    checked_slots,
    fields_of,
    nothing_to_check,
    result_slots,
    section_results,
    shown_paper,
)
from quizzes.blueprint import bp
from quizzes.papers.assembling import new_paper
from quizzes.papers.models import Quiz
from quizzes.papers.policies import may_preview_quiz
from quizzes.papers.queries import source_of, undecided
from quizzes.papers.rule import shows
from quizzes.questions.keys import insist_not_sitting
from quizzes.questions.kinds import KINDS
from quizzes.questions.queries import versions_of

SEEDS = 10**9


class Trial:
    """A paper that lives in the page alone: drawn again from its seed each time, the answers
    given so far carried along in the form.
    """

    def __init__(self, quiz, fields):
        self.quiz, self.fields, self.rules = quiz, fields, source_of(quiz)
        self.seed = fields.get("seed", type=int) or 1 + randbelow(SEEDS)
        # No secret and no mark hangs on it: the same seed must give the same paper.
        self.paper = new_paper(quiz, lots=Random(self.seed))  # noqa: S311
        self.versions = versions_of({item["version"] for item in self.paper})
        self.answers = {slot: self._read(slot) for slot in range(len(self.paper))}
        self.locked = sorted({int(text) for text in (*fields.getlist("locked"),
                                                     *fields.getlist("check"))
                              if text.isdecimal() and self.answers.get(int(text))})

    def _read(self, slot):
        kind, version = self.versions[self.paper[slot]["version"]]
        return KINDS[kind].read(version, fields_of(slot, self.fields))

    @property
    def slot(self):
        """The question to show: where the button leads, the first without one; None: all."""
        if self.quiz.whole_page:
            return None
        wanted = self.fields.get("check", self.fields.get("go", "0"))
        return min(int(wanted), len(self.paper) - 1) if wanted.isdecimal() else 0

    @property
    def unanswered(self):
        """The question that was to be checked without an answer, or None."""
        wanted = self.fields.get("check", "")
        return int(wanted) if wanted.isdecimal() and int(wanted) not in self.locked else None

    def carried(self):
        """The fields of the questions that the page does not show."""
        prefix = f"s{self.slot}-"
        return [(name, value) for name, value in self.fields.items(multi=True)
                if self.slot is not None and name.startswith("s") and name[1:2].isdecimal()
                and not name.startswith(prefix)]

    def page(self):
        """The paper as it is answered."""
        counts = {slot: (0, answer) for slot, answer in self.answers.items()}
        questions = shown_paper(self, self.versions, counts, language())
        if self.unanswered is not None:
            flash(nothing_to_check(self.unanswered), "warn")
        return render_template(
            "quizzes/preview.html", trial=self, quiz=self.quiz, questions=questions,
            undecided=[slot for slot, item in enumerate(self.paper)
                       if undecided(*self.versions[item["version"]])],
            checked=checked_slots(self, self.versions, self.answers, language())
            if self.quiz.practice else {}, sections=self.rules.sections)

    def result(self):
        """What the trainee would see after handing in these answers."""
        attempt = SimpleNamespace(quiz=self.quiz, quiz_id=self.quiz.id, paper=self.paper,
                                  submitted_at=clock.now())
        mendings = mendings_for(set(self.versions))
        attempt.shares, attempt.score, attempt.passed = judged(
            attempt, self.versions, self.answers, mendings, rules=self.rules)
        nothing, everything = called_off(mendings)
        return render_template(
            "quizzes/result.html", attempt=attempt, rules=self.rules, left=0, tried=True,
            history=[], nothing=nothing, everything=everything, comments=defaultdict(list),
            to_mark=[slot for slot, item in enumerate(self.paper)
                     if KINDS[self.versions[item["version"]][0]].by_hand],
            shown=shows(self.quiz, clock.now()), sections=section_results(
                self.rules, self.paper, self.versions, self.answers, mendings),
            slots=result_slots(attempt, as_marked(self.versions, mendings), self.answers,
                               language()))


@bp.route("/<int:key>/preview", methods=["GET", "POST"])
def trial(key):
    """The test as a trainee gets it, with the result; no row of it remains."""
    quiz = load(Quiz, key, may_preview_quiz)
    insist_not_sitting(quiz.version.course_id, viewer())
    trial = Trial(quiz, request.form)
    return trial.result() if request.form.get("go") == "result" else trial.page()
