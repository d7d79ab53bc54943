"""Taking a quiz: the door, the questions, the result."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.arrival import arrived_at
from lms.kernel.i18n import _, language
from lms.kernel.web import load, viewer

from quizzes.attempts.actions import start, submit
from quizzes.attempts.device import hand_in
from quizzes.attempts.marking import as_marked, called_off
from quizzes.attempts.models import Attempt
from quizzes.attempts.policies import may_answer_attempt, may_see_result
from quizzes.attempts.protocol import CONFLICT, LATE, REFUSED, Sent, seconds_left
from quizzes.attempts.queries import (
    answers_of,
    at_desk,
    attempts_of,
    counting,
    pinned,
    running_attempt,
    saved_at,
)
from quizzes.attempts.regrading_queries import (
    comments_on,
    history_of,
    mendings_of,
    waits_by_hand,
)
from quizzes.attempts.saving import keep, read
from quizzes.attempts.showing import fields_of, result_slots, shown_paper
from quizzes.blueprint import bp
from quizzes.papers.models import Quiz
from quizzes.papers.policies import may_take
from quizzes.papers.queries import askable


@bp.get("/<int:key>")
def quiz(key):
    """What awaits the trainee, and the attempts so far."""
    record = load(Quiz, key, may_take)
    return render_template(
        "quizzes/quiz.html", quiz=record, attempts=attempts_of(record, viewer()),
        running=running_attempt(record, viewer()),
        asked=record.draw or len(askable(record)))


@bp.post("/<int:key>/attempts")
def new_attempt(key):
    """Begin an attempt, or go on with the one that runs."""
    attempt = start(load(Quiz, key, may_take), by=viewer())
    return redirect(url_for(".question", key=attempt.id, slot=0))


@bp.get("/attempts/<int:key>/<int:slot>")
def question(key, slot):
    """One question of a running attempt; a page with scripts holds the others ready."""
    return paper_page(load(Attempt, key, may_answer_attempt), slot)


@bp.get("/attempts/<int:key>/all")
def all_questions(key):
    """All the questions of a running attempt on one page."""
    return paper_page(load(Attempt, key, may_answer_attempt), None)


def paper_page(attempt, slot):
    """The questions of ``attempt``, all but the one in ``slot`` hidden; None shows all."""
    if attempt.closed(clock.now()) or (slot or 0) >= len(attempt.paper):
        return redirect(url_for(".review", key=attempt.id))
    questions = shown_paper(attempt, pinned(attempt), counting(attempt), language())
    return render_template(
        "quizzes/question.html", attempt=attempt, slot=slot, questions=questions,
        saved_at=saved_at(attempt), seconds=seconds_left(attempt, clock.now()))


@bp.post("/attempts/<int:key>/<int:slot>")
def answer(key, slot):
    """Save the answer of a page without scripts, and go where its button says."""
    attempt = load(Attempt, key, may_answer_attempt)
    keep_if_new(attempt, slot, answers_of(attempt), arrived_at())
    onward = request.form.get("go", type=int)
    if onward is None or onward >= len(attempt.paper):
        return redirect(url_for(".review", key=attempt.id))
    return redirect(url_for(".question", key=attempt.id, slot=max(0, onward)))


@bp.post("/attempts/<int:key>/all")
def all_answers(key):
    """Save the answers of a page without scripts that shows all the questions."""
    attempt, arrived = load(Attempt, key, may_answer_attempt), arrived_at()
    answers = answers_of(attempt)
    for slot in range(len(attempt.paper)):
        keep_if_new(attempt, slot, answers, arrived)
    return redirect(url_for(".review" if request.form.get("go") else ".all_questions",
                            key=attempt.id))


def keep_if_new(attempt, slot, answers, arrived):
    """Keep what the form answers in ``slot`` where it is another answer than in ``answers``.

    Says so where it was kept and does not count.
    """
    desk, fields = at_desk(attempt.id, slot, viewer().id), fields_of(slot, request.form)
    given = read(desk, fields)
    if given == answers.get(slot, []):
        return
    sent = Sent(None, None, fields.get("base", type=int), None, arrived)
    status = keep(desk, given, sent).status
    if status in (LATE, REFUSED):
        flash(_("Your answer to question %(n)s arrived after the end. It is kept; your trainer "
                "decides whether it counts.", n=slot + 1), "warn")
    if status == CONFLICT:
        flash(_("Question %(n)s was answered on another device meanwhile; that answer stands. "
                "Yours is kept too: give it again if it is the right one.", n=slot + 1), "warn")


@bp.get("/attempts/<int:key>/review")
def review(key):
    """What is answered and what is not, before handing in."""
    attempt = load(Attempt, key, may_answer_attempt)
    if attempt.submitted_at:
        return redirect(url_for(".result", key=attempt.id))
    return render_template("quizzes/review.html", attempt=attempt, answers=answers_of(attempt),
                           over=attempt.closed(clock.now()), saved_at=saved_at(attempt),
                           seconds=seconds_left(attempt, clock.now()))


@bp.post("/attempts/<int:key>/submission")
def submission(key):
    """Hand the attempt in, from a form or from a script."""
    attempt = load(Attempt, key, may_answer_attempt)
    if request.is_json:
        return hand_in(attempt)
    submit(attempt, by=viewer())
    return redirect(url_for(".result", key=attempt.id))


@bp.get("/attempts/<int:key>")
def result(key):
    """The result, with the right answers and why."""
    attempt = load(Attempt, key, may_see_result)
    if not attempt.submitted_at:
        return redirect(url_for(".question", key=attempt.id, slot=0))
    used = len(attempts_of(attempt.quiz, attempt.person))
    mendings = mendings_of(attempt)
    nothing, everything = called_off(mendings)
    return render_template(
        "quizzes/result.html", attempt=attempt, history=history_of(attempt), nothing=nothing,
        everything=everything, to_mark=waits_by_hand(attempt), comments=comments_on(attempt),
        left=attempt.quiz.attempts_allowed - used if attempt.person_id == viewer().id else 0,
        slots=result_slots(attempt, as_marked(pinned(attempt), mendings), answers_of(attempt),
                           language()))
