"""Taking a quiz: the door, the questions, the result."""
from flask import jsonify, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, language
from lms.kernel.text import clean
from lms.kernel.web import load, viewer

from quizzes.attempts.actions import asked, save_answer, start, submit
from quizzes.attempts.models import Attempt
from quizzes.attempts.policies import may_answer_attempt, may_see_result
from quizzes.attempts.queries import answers_of, attempts_of, pinned, running_attempt, saved_at
from quizzes.attempts.showing import result_slots, shown_question
from quizzes.blueprint import bp
from quizzes.papers.models import Quiz
from quizzes.papers.policies import may_take
from quizzes.papers.queries import askable
from quizzes.questions.kinds import KINDS


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
    """One question of a running attempt."""
    attempt = load(Attempt, key, may_answer_attempt)
    if attempt.submitted_at or attempt.closed(clock.now()) or slot >= len(attempt.paper):
        return redirect(url_for(".review", key=attempt.id))
    answers = answers_of(attempt)
    return render_template(
        "quizzes/question.html", attempt=attempt, slot=slot, answers=answers,
        question=shown_question(attempt, slot, pinned(attempt), answers, language()),
        saved_at=saved_at(attempt), now=clock.now())


@bp.post("/attempts/<int:key>/<int:slot>")
def answer(key, slot):
    """Save the answer of a page without scripts, and go where its button says."""
    attempt = load(Attempt, key, may_answer_attempt)
    kind, version = asked(attempt, slot)
    given = KINDS[kind].read(version, request.form)
    if given != answers_of(attempt).get(slot, []):
        save_answer(attempt, slot, given, None, by=viewer())
    onward = request.form.get("go", type=int)
    if onward is None or onward >= len(attempt.paper):
        return redirect(url_for(".review", key=attempt.id))
    return redirect(url_for(".question", key=attempt.id, slot=max(0, onward)))


@bp.put("/attempts/<int:key>/answers/<int:slot>")
def sent_answer(key, slot):
    """Save an answer as it is given; what is answered here is in the database."""
    attempt = load(Attempt, key, may_answer_attempt)
    client, seq, given = whole(request.get_json())
    event = save_answer(attempt, slot, given, (client, seq), by=viewer())
    return jsonify(rev=event.rev, late=event.late,
                   saved_at=clock.local(event.received_at).strftime("%H:%M:%S"),
                   seconds_left=seconds_left(attempt))


def whole(sent):
    """The device, its count and the answer in what a script sent; refused where it is damaged."""
    match sent:
        case {"client": str(client), "seq": int(seq), "answer": [*parts]} if (
                client and client == clean(client) and seq is not True and 0 < seq < 2**31
                and all(isinstance(part, str) for part in parts)):
            return client[:64], seq, [text for text in map(clean, parts) if text]
    raise Refusal(_("The answer arrived damaged and was not saved. Reload the page."))


def seconds_left(attempt):
    """How many seconds remain by the server's clock, or None without a limit."""
    if attempt.deadline is None:
        return None
    return max(0, int((attempt.deadline - clock.now()).total_seconds()))


@bp.get("/attempts/<int:key>/review")
def review(key):
    """What is answered and what is not, before handing in."""
    attempt = load(Attempt, key, may_answer_attempt)
    if attempt.submitted_at:
        return redirect(url_for(".result", key=attempt.id))
    return render_template("quizzes/review.html", attempt=attempt, answers=answers_of(attempt),
                           over=attempt.closed(clock.now()))


@bp.post("/attempts/<int:key>/submission")
def submission(key):
    """Hand the attempt in."""
    attempt = submit(load(Attempt, key, may_answer_attempt), by=viewer())
    return redirect(url_for(".result", key=attempt.id))


@bp.get("/attempts/<int:key>")
def result(key):
    """The result, with the right answers and why."""
    attempt = load(Attempt, key, may_see_result)
    if not attempt.submitted_at:
        return redirect(url_for(".question", key=attempt.id, slot=0))
    used = len(attempts_of(attempt.quiz, attempt.person))
    return render_template(
        "quizzes/result.html", attempt=attempt,
        left=attempt.quiz.attempts_allowed - used if attempt.person_id == viewer().id else 0,
        slots=result_slots(attempt, pinned(attempt), answers_of(attempt), language()))
