"""The file in which a page saved its answers when no line came back, taken in by staff.

What it holds is judged as if the device had sent it now, and what it says of its own clock is
evidence, never proof.  An answer is known by the device's count, so the same file twice, or the
file and the device after it, leave each answer once.
"""
import json
from datetime import UTC, datetime
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from lms.kernel import audit, clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, ngettext

from quizzes.attempts.desks import at_desk
from quizzes.attempts.intervening import insist_on_another, tell_owners, write_down
from quizzes.attempts.models import TAKEN_IN
from quizzes.attempts.protocol import LARGEST, Damaged, is_number, read_fields, read_sent
from quizzes.attempts.saving import NotKept, keep, read

#: The largest such file, in bytes, and the most answers it holds.
LARGEST_FILE, MOST_ANSWERS = 5_000_000, 5_000


class Saved(NamedTuple):
    """An answer of a file: its slot, the fields of the form, and what a device sends with it."""

    slot: int
    fields: MultiDict
    sent: object


def read_file(content, attempt_id, now):
    """The answers (Saved) in the bytes ``content`` of a file of this attempt, by their count.

    ``now`` is when it was brought.  Raises Refusal where it is no such file, is damaged or too
    large, or belongs to another attempt.
    """
    if len(content) > LARGEST_FILE:
        raise Refusal(_("This file is larger than any file of answers. Choose the file that the "
                        "page of the test saved."))
    try:
        told = json.loads(content)
        answers, owner = told["answers"], told["attempt"]
        if not isinstance(answers, list) or not 0 < len(answers) <= MOST_ANSWERS:
            raise Damaged
        waited = _since(told.get("made_at"), now)
        saved = sorted((_saved(one, told, waited, now) for one in answers),
                       key=lambda one: one.sent.seq)
    except (Damaged, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refusal(_("This is no whole file of answers. Ask for the file again as the page of "
                        "the test saved it; nothing was taken in.")) from None
    if owner != attempt_id:
        raise Refusal(_("This file belongs to another attempt. Look at whose file it is, and at "
                        "which attempt; nothing was taken in."))
    return saved


def _saved(one, told, waited, now):
    if not is_number(one["slot"]):
        raise Damaged
    sent = read_sent(one, now)
    if sent.age_ms is not None:
        sent = sent._replace(age_ms=min(LARGEST, sent.age_ms + waited))
    fields = read_fields(one)
    if fields is None:
        raise Damaged
    return Saved(one["slot"], MultiDict(fields), sent)


def _since(made_at, now):
    """The milliseconds between the moment that the file says it was made, and ``now``."""
    made = datetime.fromtimestamp(made_at / 1000, UTC) if _is_moment(made_at) else now
    return max(0, int((now - made).total_seconds() * 1000))


def _is_moment(value):
    return type(value) in (int, float) and 0 < value < 10**13


def take_in(attempt, content, reason, by):
    """Keep the answers of a file that the page of ``attempt`` saved; gives how many were new.

    Those that came after the end wait for a decision, as any that come late.  Refused for the
    attempt of ``by``, and where an answer is none to its question: then nothing is taken in.
    """
    insist_on_another(attempt, by)
    saved = read_file(content, attempt.id, clock.now())
    try:
        new = sum(_keep(attempt, one) for one in saved)
    except NotKept as refusal:
        raise Refusal(_("An answer in this file was not taken, and so none was: %(why)s",
                        why=refusal.message)) from None
    if new:
        written = write_down([attempt], TAKEN_IN, reason, by, {}, {attempt.id: {"answers": new}})
        audit.record(by, "answers taken in from a file", attempt, answers=new)
        tell_owners(written, by, lambda one: ngettext(
            "%(num)s answer from the file of your page is with your test now. Reason: %(reason)s",
            "%(num)s answers from the file of your page are with your test now. "
            "Reason: %(reason)s", new, reason=reason))
    return new


def _keep(attempt, one):
    """Whether the answer ``one`` was not here before; it is now."""
    def look():
        return at_desk(attempt.id, one.slot, attempt.person_id, one.sent)
    desk = look()
    keep(desk, read(desk, one.fields), one.sent, look)
    return desk.standing.known is None
