"""The protocol between a device and the server: what a device sends, and what becomes of it.

Pure: no database and no request.  A device keeps each change for itself, numbers it
(``client``, ``seq``) and sends it until the server has answered; so every change may arrive
twice, late, out of order, or after another device's.  Nothing that arrives is thrown away:
it is kept as an event, and the event's status says whether it counts.
"""
import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from lms.kernel.text import clean

#: How long after the deadline an answer sent in time may still arrive over a slow line.
GRACE = timedelta(seconds=60)
#: How long a request may wait inside the server; the clock hands nothing in before.
QUEUE = timedelta(seconds=30)
#: A page reports every fifteen seconds; when three reports are missing, its line was cut.
SILENCE = timedelta(seconds=45)
#: The most that is given back in one attempt for cuts of the line.
MOST_GIVEN_BACK = timedelta(minutes=15)

#: So much is left at least to whoever is under way when a test is closed earlier.
LEAST_LEFT = timedelta(minutes=5)

#: The states of an attempt.  RUNNING ⇄ PAUSED → SUBMITTED (by the person) or TIMED_OUT (by the
#: clock); somebody who watches over the test may lead either of these back to RUNNING.  An attempt
#: whose answers were entered wrongly from paper goes from SUBMITTED to WITHDRAWN, for good; one
#: that an officer voids goes to VOIDED, and back to where it was when that is taken back.
RUNNING, PAUSED, SUBMITTED, TIMED_OUT, WITHDRAWN, VOIDED = STATES = (
    "running", "paused", "submitted", "timed_out", "withdrawn", "voided")
#: The states in which a person may still answer.
OPEN = (RUNNING, PAUSED)
#: The states in which it was handed in.
ENDED = (SUBMITTED, TIMED_OUT)
#: The states in which it was handed in and counts nowhere.
NOWHERE = (WITHDRAWN, VOIDED)

#: What becomes of an answer that arrives.  ACCEPTED counts, until a later one of its slot.
#: CONFLICT: another device had changed the answer meanwhile.  OVERTAKEN: a later answer of the
#: same device came first.  LATE: after the deadline and its grace.  REFUSED: after handing in, or
#: to a question that was locked.
ACCEPTED, CONFLICT, OVERTAKEN, LATE, REFUSED = STATUSES = (
    "accepted", "conflict", "overtaken", "late", "refused")
#: What arrived after the end; whoever watches over the test decides whether it counts.
AFTER_THE_END = (LATE, REFUSED)

#: The most an answer holds: strings, and characters of all of them.
MOST_PARTS, MOST_CHARACTERS = 200, 100_000
#: How an answer is written so that both sides write the same.
CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
#: The largest whole number a column holds, and the longest name of a device.
LARGEST, LONGEST_NAME = 2**31 - 1, 64


class Sent(NamedTuple):
    """What comes with an answer: who counts it how, and what that device knew.

    ``base_rev`` is the revision the device showed when the answer was given (None: unknown),
    ``age_ms`` how long the answer waited on the device by its own steady clock, ``received_at``
    when the request arrived.  The first two are evidence; only the server's moment decides.
    """

    client: str
    seq: int
    base_rev: int | None = None
    age_ms: int | None = None
    received_at: datetime | None = None


class Damaged(ValueError):
    """What was sent is not what a device of ours sends."""


def canonical(answer):
    """The bytes of ``answer`` that both sides agree on: JSON without blanks, in UTF-8."""
    return CANONICAL.encode(answer).encode("utf-8", "surrogatepass")


def digest(answer):
    """The SHA-256 of ``answer``, by which a sending is recognised and checked."""
    return sha256(canonical(answer)).hexdigest()


def tidy(answer):
    """``answer`` as it is read and marked: cleaned line by line, without empty parts."""
    tidied = ("\n".join(map(clean, text.splitlines())).strip() for text in answer)
    return [text for text in tidied if text]


def is_number(value, least=0):
    """Whether ``value`` is a whole number that a column holds, at least ``least``."""
    return type(value) is int and least <= value <= LARGEST


def is_name(value):
    """Whether ``value`` can name a device."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value == clean(value)


def read_sent(content, received_at=None):
    """The Sent in what a script sent; raises Damaged."""
    if not isinstance(content, dict):
        raise Damaged
    client, seq = content.get("client"), content.get("seq")
    base, age = content.get("base_rev"), content.get("age_ms")
    sound = (is_name(client) and is_number(seq, 1) and (base is None or is_number(base))
             and (age is None or is_number(age)))
    if not sound:
        raise Damaged
    return Sent(client, seq, base, age, received_at)


def read_fields(content):
    """The fields of a question's form as pairs, where the device sends these; raises Damaged."""
    fields = content.get("fields")
    if fields is None:
        return None
    if not isinstance(fields, list) or len(fields) > MOST_PARTS or not all(
            isinstance(pair, list) and len(pair) == 2
            and all(isinstance(text, str) for text in pair) for pair in fields):
        raise Damaged
    _insist_on_size(text for pair in fields for text in pair)
    return [tuple(pair) for pair in fields]


def read_answer(content):
    """The answer in what a script sent, as it was sent; raises Damaged."""
    answer = content.get("answer")
    if not isinstance(answer, list) or len(answer) > MOST_PARTS or not all(
            isinstance(text, str) for text in answer):
        raise Damaged
    _insist_on_size(answer)
    told = content.get("sha256")
    if told is not None and told != digest(answer):
        raise Damaged
    return answer


def _insist_on_size(texts):
    if sum(map(len, texts)) > MOST_CHARACTERS:
        raise Damaged


def past(attempt, moment):
    """Whether ``moment`` lies after the deadline of ``attempt`` and its grace."""
    return (attempt.state != PAUSED and attempt.deadline is not None
            and moment > attempt.deadline + GRACE)


def seconds_left(attempt, now):
    """How many seconds remain by the server's clock, or None without a limit."""
    if attempt.deadline is None:
        return None
    until = attempt.paused_at if attempt.state == PAUSED else now
    return max(0, int((attempt.deadline - until).total_seconds()))


def verdict(standing, sent):
    """What becomes of an answer, one of STATUSES, where the attempt and the slot stand as
    ``standing`` says (``queries.Standing``).
    """
    if standing.state == TIMED_OUT:
        return LATE
    if standing.state in (SUBMITTED, *NOWHERE):
        return REFUSED
    if past(standing, sent.received_at):
        return LATE
    if standing.slot in standing.locked:
        return REFUSED
    if sent.seq < standing.own:
        return OVERTAKEN
    if sent.base_rev is not None and sent.base_rev < standing.of_others:
        return CONFLICT
    return ACCEPTED


def countable(events):
    """Of the ``events`` of an attempt, in the order of arrival, those that came after the end and
    would change what counts: the newest of each slot, slot → event.

    A later answer of the same device stays later, whatever the order of arrival.
    """
    newest, counts = {}, {}
    for event in events:
        place = event.slot, event.client
        if event.status not in (ACCEPTED, *AFTER_THE_END) or event.seq < counts.get(place, 0):
            continue
        newest[event.slot], counts[place] = event, event.seq
    return {slot: event for slot, event in sorted(newest.items()) if event.status != ACCEPTED}
