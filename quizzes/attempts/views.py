"""Taking a quiz: the door, the questions, the result."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.arrival import arrived_at
from lms.kernel.i18n import _, language
from lms.kernel.web import load, viewer

from quizzes.attempts.actions import guessed_wrong, lock_slots, start, submit
from quizzes.attempts.desks import desks_of
from quizzes.attempts.device import hand_in, time_left
from quizzes.attempts.filing import handed_in
from quizzes.attempts.marking import as_marked, called_off
from quizzes.attempts.models import Attempt
from quizzes.attempts.opening import why_not_now
from quizzes.attempts.policies import may_answer_attempt, may_see_result, may_void, may_watch
from quizzes.attempts.protocol import CONFLICT, LATE, REFUSED, Sent
from quizzes.attempts.queries import (
    answers_of,
    asking,
    attempts_of,
    held_back,
    held_of,
    papers_alone,
    pinned,
    replaced_by,
    running_attempt,
    shown_of,
)
from quizzes.attempts.regrading_queries import (
    besides,
    comments_on,
    given_by_hand,
    history_of,
    mendings_of,
    to_mark_in,
    waits_by_hand,
)
from quizzes.attempts.saving import keep_page, read
from quizzes.attempts.showing import (
    checked_slots,
    fields_of,
    nothing_to_check,
    result_slots,
    section_results,
    shown_paper,
)
from quizzes.attempts.watching import last_voiding, late_answers, timeline
from quizzes.blueprint import bp
from quizzes.papers.models import Quiz
from quizzes.papers.policies import may_run_quiz, may_take
from quizzes.papers.queries import extra_time_of, number_asked, source_of
from quizzes.papers.rule import EVERYTHING, deadline, shows
from quizzes.questions.keys import insist_not_sitting


@bp.get("/<int:key>")
def quiz(key):
    """What awaits the trainee, and the attempts so far."""
    return door_page(load(Quiz, key, may_take))


def door_page(record, fault=""):
    """The page before a test; ``fault`` says why it did not open."""
    attempts, now = attempts_of(record, viewer()), clock.now()
    running = running_attempt(record, viewer())
    ends = deadline(record, now, extra_time_of(record.lineage, viewer()))
    return render_template(
        "quizzes/quiz.html", quiz=record, rules=source_of(record), attempts=attempts,
        running=running, time=running and time_left(running, now), asked=number_asked(record),
        fault=fault, to_mark=to_mark_in(attempts), shown=shown_of(record),
        why_not=why_not_now(record, [one for one in attempts if one.used_up], now),
        from_paper=papers_alone(record, viewer()),
        runs=may_run_quiz(viewer(), record), may_watch=may_watch(viewer(), record),
        minutes=ends and int((ends - now).total_seconds() // 60))


@bp.post("/<int:key>/attempts")
def new_attempt(key):
    """Begin an attempt, or go on with the one that runs."""
    record, code = load(Quiz, key, may_take), request.form.get("code", "")
    fault = guessed_wrong(record, code, by=viewer())
    if fault:
        return door_page(record, fault)
    attempt = start(record, by=viewer(), code=code)
    if record.whole_page:
        return redirect(url_for(".all_questions", key=attempt.id))
    return redirect(url_for(".question", key=attempt.id, slot=0))


@bp.get("/attempts/<int:key>/<int:slot>")
def question(key, slot):
    """One question of a running attempt; a page with scripts holds the others ready."""
    return paper_page(load(Attempt, key, may_answer_attempt, Attempt.quiz), slot)


@bp.get("/attempts/<int:key>/all")
def all_questions(key):
    """All the questions of a running attempt on one page."""
    return paper_page(load(Attempt, key, may_answer_attempt, Attempt.quiz), None)


def paper_page(attempt, slot):
    """The questions of ``attempt``, all but the one in ``slot`` hidden; None shows all."""
    elsewhere = elsewhere_than(attempt, slot)
    if elsewhere:
        return redirect(elsewhere)
    versions, held, quiz = pinned(attempt), held_of(attempt), attempt.quiz
    return render_template(
        "quizzes/question.html", attempt=attempt, slot=slot,
        questions=shown_paper(attempt, versions, held.counting, language()),
        step_by_step=locks(quiz),
        checked=checked_slots(attempt, versions, held.answers, language()) if (
            quiz.practice) else {},
        sections=source_of(quiz).sections, handed_in=handed_in(held.answers, attempt),
        saved_at=held.saved_at, time=time_left(attempt, clock.now()))


def locks(record):
    """Whether answers at this quiz are locked one by one."""
    return record.forward_only or record.practice


def elsewhere_than(attempt, slot):
    """Where the reader of ``attempt`` must go instead of the question in ``slot``, if anywhere."""
    if attempt.closed(clock.now()) or (slot or 0) >= len(attempt.paper):
        return url_for(".review", key=attempt.id)
    if attempt.quiz.forward_only and slot != attempt.next_open:
        return url_for(".review", key=attempt.id) if attempt.next_open is None else url_for(
            ".question", key=attempt.id, slot=attempt.next_open)
    return None


@bp.post("/attempts/<int:key>/<int:slot>")
def answer(key, slot):
    """Save the answer of a page without scripts, and go where its button says."""
    attempt = load(Attempt, key, may_answer_attempt, Attempt.quiz)
    keep_new(attempt, [slot], arrived_at())
    if request.form.get("check") and attempt.quiz.practice:
        check(attempt, slot)
        return redirect(url_for(".question", key=attempt.id, slot=slot))
    if attempt.quiz.forward_only:
        lock_slots(attempt, range(slot + 1), by=viewer())
    onward = request.form.get("go", type=int)
    if onward is None or onward >= len(attempt.paper):
        return redirect(url_for(".review", key=attempt.id))
    return redirect(url_for(".question", key=attempt.id, slot=max(0, onward)))


@bp.post("/attempts/<int:key>/all")
def all_answers(key):
    """Save the answers of a page without scripts that shows all the questions."""
    attempt, arrived = load(Attempt, key, may_answer_attempt, Attempt.quiz), arrived_at()
    keep_new(attempt, range(len(attempt.paper)), arrived)
    place = request.form.get("check", type=int)
    if attempt.quiz.practice and place is not None and 0 <= place < len(attempt.paper):
        check(attempt, place)
        return redirect(url_for(".all_questions", key=attempt.id, _anchor=f"q{place}"))
    return redirect(url_for(".review" if request.form.get("go") else ".all_questions",
                            key=attempt.id))


def check(attempt, slot):
    """Let the answer in ``slot`` of a practice stand, so that the page tells whether it is right;
    where none was given, only say so: nobody loses a question by pressing too early.
    """
    if answers_of(attempt).get(slot):
        lock_slots(attempt, [slot], by=viewer())
    else:
        flash(nothing_to_check(slot), "warn")


def keep_new(attempt, slots, arrived):
    """Keep what the form answers in ``slots`` where it is another answer than the one that counts.

    Says so where it was kept and does not count.  What is locked is not sent again.
    """
    answers, given = answers_of(attempt), []
    for desk in desks_of(attempt, [slot for slot in slots if slot not in attempt.locked]):
        fields = fields_of(desk.slot, request.form)
        answer = read(desk, fields)
        if answer != answers.get(desk.slot, []):
            base = fields.get("base", type=int)
            given.append((desk, answer, Sent(None, None, base, None, arrived)))
    for kept in keep_page(attempt, given):
        if kept.status in (LATE, REFUSED):
            flash(_("Your answer to question %(n)s arrived after the end. It is kept; your trainer "
                    "decides whether it counts.", n=kept.slot + 1), "warn")
        if kept.status == CONFLICT:
            flash(_("Question %(n)s was answered on another device meanwhile; that answer stands. "
                    "Yours is kept too: give it again if it is the right one.", n=kept.slot + 1),
                  "warn")


@bp.get("/attempts/<int:key>/review")
def review(key):
    """What is answered and what is not, before handing in."""
    attempt = load(Attempt, key, may_answer_attempt, Attempt.quiz)
    if attempt.submitted_at:
        return redirect(url_for(".result", key=attempt.id))
    held, asks = held_of(attempt), asking(attempt)
    answers = held.answers
    return render_template("quizzes/review.html", attempt=attempt, answers=answers, asking=asks,
                           done=sum(bool(answers.get(slot)) for slot in asks),
                           over=attempt.closed(clock.now()), saved_at=held.saved_at,
                           shown=shown_of(attempt.quiz),
                           time=time_left(attempt, clock.now()))


@bp.post("/attempts/<int:key>/submission")
def submission(key):
    """Hand the attempt in, from a form or from a script."""
    attempt = load(Attempt, key, may_answer_attempt, Attempt.quiz)
    if request.is_json:
        return hand_in(attempt)
    submit(attempt, by=viewer())
    return redirect(url_for(".result", key=attempt.id))


def left_to(record, person):
    """How many attempts ``person`` may still begin, and why none may begin now; else nothing."""
    before = [one for one in attempts_of(record, person) if one.used_up]
    return record.attempts_allowed - len(before), why_not_now(record, before, clock.now())


@bp.get("/attempts/<int:key>")
def result(key):
    """The result, with the right answers and why."""
    attempt = load(Attempt, key, may_see_result, Attempt.quiz)
    if not attempt.submitted_at:
        return redirect(url_for(".question", key=attempt.id, slot=0))
    record, own = attempt.quiz, attempt.person_id == viewer().id
    if not own:
        insist_not_sitting(record.version.course_id, viewer())
    rules, mendings = source_of(record), mendings_of(attempt)
    nothing, everything = called_off(mendings)
    versions, answers, there = pinned(attempt), answers_of(attempt), besides(attempt)
    held = own and held_back(record)
    left, why_not = left_to(record, attempt.person) if own and not (
        attempt.passed and attempt.counts) else (0, "")
    return render_template(
        "quizzes/result.html", attempt=attempt, rules=rules,
        history=history_of(attempt) if there.history else [],
        nothing=nothing, everything=everything, to_mark=waits_by_hand(attempt, versions),
        comments=comments_on(attempt, versions),
        left=left, why_not=why_not,
        replaced=replaced_by(attempt) if there.replaced else [],
        voiding=last_voiding(attempt), may_void=may_void(viewer(), attempt),
        shown=shows(record, clock.now(), held) if own else EVERYTHING, held=held,
        sections=section_results(rules, attempt.paper, versions, answers, mendings,
                                 given_by_hand(attempt, versions)),
        timeline=timeline(attempt) if there.watched else [],
        late=late_answers(attempt) if there.late else {},
        slots=result_slots(attempt, as_marked(versions, mendings), answers, language()))
