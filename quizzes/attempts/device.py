"""What the script of a test's page sends and asks: answers, signs of life, handing in."""
import hmac
from base64 import b64encode

from flask import current_app, jsonify, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from lms.accounts.views.presence import is_awake
from lms.kernel import clock
from lms.kernel.arrival import arrived_at
from lms.kernel.db import db
from lms.kernel.group_commit import commit_together, line
from lms.kernel.i18n import _, moment
from lms.kernel.tokens import token
from lms.kernel.transaction import statements_apart
from lms.kernel.web import LARGEST_KEY, by_itself, load, turn_away, viewer

from quizzes.attempts.actions import see, submit
from quizzes.attempts.desks import at_own_desk, own_sitting, progress_of
from quizzes.attempts.models import Attempt
from quizzes.attempts.policies import may_answer_attempt
from quizzes.attempts.protocol import (
    ACCEPTED,
    CONFLICT,
    LATE,
    OVERTAKEN,
    REFUSED,
    Damaged,
    Sent,
    is_name,
    is_number,
    read_answer,
    read_fields,
    read_sent,
    seconds_left,
    tidy,
)
from quizzes.attempts.queries import answer_in, counts_held, pause_of
from quizzes.attempts.saving import NotKept, keep, read
from quizzes.blueprint import bp

#: The clock on the wall, to the second.
SECONDS = "%H:%M:%S"
#: What the server answers to an answer it has kept, by what became of it.
CODES = {ACCEPTED: 200, OVERTAKEN: 200, LATE: 202, CONFLICT: 409, REFUSED: 409}


def secret(attempt):
    """What the answers to ``attempt`` are sealed with on a device, in Base64: of the attempt and
    of when it began (a database that is set back gives numbers out again), and known to nobody
    without the deployment's own secret.  Nothing keeps it.
    """
    about = f"answers on a device {attempt.id} {attempt.started_at.isoformat()}"
    key = hmac.digest(current_app.secret_key.encode(), about.encode(), "sha256")
    return b64encode(key).decode()


@bp.put("/attempts/<int:key>/answers/<int:slot>")
@by_itself
def sent_answer(key, slot):
    """Keep an answer as it is given; what is answered here is in the database.

    Five hundred people send one every five seconds: it asks two statements, one that finds
    session, attempt and question and how they stand, and one that enters the answer.
    """
    arrived, fault = arrived_at(), None
    try:
        content = request.get_json()
        sent = read_sent(content, arrived)
    except (Damaged, HTTPException) as damaged:  # Told only to whoever may answer here.
        content, sent, fault = {}, Sent(None, None), damaged

    place, token = (min(key, LARGEST_KEY), slot), session.get("_user_id", "")
    try:
        with line() as (look_up, write):
            def look():
                return look_up(lambda connection: at_own_desk(connection, place, sent, token))
            desk = look()
            if desk is None or not is_awake(desk):
                turn_away()
            if fault:
                raise fault
            fields = read_fields(content)
            answer = read_answer(content) if fields is None else read(desk, MultiDict(fields))
            event = keep(desk, answer, sent, look, write)
    except Damaged:
        return invalid(_("The answer arrived damaged and was not saved. Reload the page."))
    except NotKept as refusal:
        return invalid(refusal.message)
    return jsonify(told(desk, event)), CODES[event.status]


def invalid(message):
    """The answer to what is no answer: the words, and the code that says so."""
    return jsonify(error=message), 422


def told(desk, event):
    """What a device learns about ``event``: what became of it, and the time that is left."""
    now = clock.now()
    content = {
        "rev": event.rev, "status": event.status, "late": event.late, "sha256": event.sha256,
        "received_at": event.received_at.isoformat(), "saved_at": wall(event.received_at),
        "server_now": now.isoformat(), **time_left(desk, now),
    }
    if event.status == CONFLICT:
        rev, answer, since = answer_in(desk.id, desk.slot)
        content["theirs"] = {"rev": rev, "answer": tidy(answer), "saved_at": wall(since)}
    return content


def time_left(attempt, now):
    """How the clock of ``attempt`` stands: its state, the seconds left, and until when that is, in
    words; no moment while it stands still, or without a limit.  While it stands still, since when
    and why, in words.
    """
    until, pause = None, pause_of(attempt)
    if attempt.deadline and not pause:
        until = wall_or_day(attempt.deadline, now)
    return {"state": attempt.state, "seconds_left": seconds_left(attempt, now), "until": until,
            "pause": pause and why_paused(pause, now)}


def why_paused(pause, now):
    """Since when and why the clock of an attempt stands still, as a sentence."""
    return _("Paused at %(time)s. Reason: %(reason)s", time=wall_or_day(pause.since, now),
             reason=pause.reason)


def wall_or_day(at, now):
    """The moment ``at`` as the clock on the wall shows it, with its day where that is not today's.
    """
    today = clock.local(at).date() == clock.local(now).date()
    return wall(at) if today else moment(at)


def wall(at):
    """The moment ``at`` as the clock on the wall shows it, to the second."""
    return clock.local(at).strftime(SECONDS)


@bp.get("/attempts/<int:key>/state")
def state(key):
    """How the attempt stands, with a fresh token: for a page whose session ended meanwhile."""
    attempt = load(Attempt, key, may_answer_attempt)
    return jsonify(standing(attempt, progress_of(db.session.connection(), attempt.id, "")))


@bp.post("/attempts/<int:key>/heartbeat")
@by_itself
def heartbeat(key):
    """A sign of life of an open page; answers how the attempt stands."""
    arrived = arrived_at()
    content = request.get_json(silent=True)
    client = content.get("client") if isinstance(content, dict) else None
    with statements_apart() as connection:
        sitting = own_sitting(connection, min(key, LARGEST_KEY), session.get("_user_id", ""))
        progress = sitting and progress_of(connection, key, client if is_name(client) else "")
    if sitting is None or not is_awake(sitting):
        turn_away()
    see(sitting, progress.saved_at, arrived, commit_together)
    return jsonify(standing(sitting, progress))


def standing(attempt, progress):
    """How ``attempt`` stands, and how far the server knows a device."""
    now = clock.now()
    return {
        "attempt": attempt.id, "token": token(),
        "server_now": now.isoformat(), **time_left(attempt, now),
        "revisions": {str(slot): rev for slot, rev in progress.revisions.items()},
        "known": progress.known,
        "result": url_for(".result", key=attempt.id) if attempt.submitted_at else None,
    }


def missing(attempt, believed):
    """What a device believes it has sent and the server does not hold: (client, seq) pairs.

    ``believed`` maps the name of a device to its counts; raises Damaged.
    """
    sound = isinstance(believed, dict) and all(
        is_name(client) and isinstance(counts, list) and all(is_number(seq, 1) for seq in counts)
        for client, counts in believed.items())
    if not sound or len(believed) > 100:
        raise Damaged
    return [[client, seq] for client, counts in sorted(believed.items())
            for seq in sorted(set(counts) - counts_held(attempt, client))]


def hand_in(attempt):
    """Hand ``attempt`` in for a script, unless an answer it believes to have sent is missing."""
    try:
        lost = missing(attempt, request.get_json().get("sent", {}))
    except (Damaged, AttributeError):
        return invalid(_("This did not arrive as it was sent. Reload the page, then try again."))
    if lost and attempt.submitted_at is None:
        return jsonify(missing=lost), 409
    submit(attempt, by=viewer())
    return jsonify(standing(attempt, progress_of(db.session.connection(), attempt.id, "")))
