"""Letters, put in an outbox by the transaction and sent after it.

``post`` writes a letter beside what it tells of, so that neither exists without the other; the
runner of jobs sends it.  A letter is sent at least once: whoever is killed between the server's
"accepted" and our own note of it sends that one letter again, under the same Message-ID.
"""
import logging
import re
import smtplib
import ssl
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask import current_app
from sqlalchemy import Text, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import clock
from lms.kernel.db import Base, db
from lms.kernel.naming import take_out
from lms.kernel.transaction import transaction

log = logging.getLogger(__name__)

#: How a letter stands; one taken back was no longer needed before the server had it.
WAITING, SENT, FAILED, TAKEN_BACK = STATES = ("waiting", "sent", "failed", "taken_back")
#: A letter that could not be handed over for so long is given up, visibly.
PATIENCE = timedelta(hours=72)
#: Whoever sends a letter has it alone for this long; it must outlast the slowest server.
LEASE = timedelta(minutes=10)
#: The pause after the first attempt, doubled after each, and the longest.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
#: A run sends so many letters at most; the next begins a minute later.
A_RUN = 100
LONGEST_SUBJECT, LONGEST_BODY = 200, 20_000

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
KEY = re.compile(r"[A-Za-z0-9._-]{1,120}")


class Letter(Base):
    """A letter to one address, from the moment it was posted to what became of it."""

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: What the letter is about, once and for all: a second one with the key is not posted.
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    to: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    posted_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    #: When it may be tried: after the pause of the last attempt, or when its sender has died.
    next_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    #: The moment the server accepted it.
    sent_at: Mapped[datetime | None]
    #: What the server said last, where it did not accept.
    fault: Mapped[str] = mapped_column(default="")


def is_on():
    """Whether letters are sent at all: where no server is set, nothing is posted."""
    return bool(current_app.config["SMTP_HOST"])


def post(key, to, subject, body):
    """Put a letter into the outbox of this transaction; gives it, or None where mail is off.

    ``key`` names what the letter is about: posted again, the first one is given back.  A
    letter to what is no address is kept as failed, so that somebody sees it.
    """
    if not is_on() or not to:
        return None
    if not KEY.fullmatch(key):
        raise ValueError(f"Not a key for a letter: {key!r}")
    known = db.session.scalar(select(Letter).filter_by(dedupe_key=key))
    if known is not None:
        return known
    letter = Letter(dedupe_key=key, to=to.strip(), subject=_one_line(subject),
                    body=body[:LONGEST_BODY])
    if not ADDRESS.fullmatch(letter.to):
        letter.state, letter.fault = FAILED, "not an address"
    db.session.add(letter)
    db.session.flush()
    return letter


def link_to(path):
    """The whole address of ``path`` on this site, as a letter or another system needs it."""
    return current_app.config["SITE_URL"].rstrip("/") + path


def take_back(letter):
    """Do not send ``letter`` any more, where the server does not have it yet."""
    if letter.state == WAITING:
        letter.state = TAKEN_BACK
        db.session.flush()


def count_waiting():
    """How many letters are still to be sent."""
    return db.session.scalar(select(func.count()).select_from(Letter).where(
        Letter.state == WAITING))


def failed_since(moment):
    """How many letters posted since ``moment`` were given up."""
    return db.session.scalar(select(func.count()).select_from(Letter).where(
        Letter.state == FAILED, Letter.posted_at >= moment))


def _one_line(text):
    return " ".join(text.split())[:LONGEST_SUBJECT]


def as_message(letter):
    """``letter`` as it travels.  The library refuses a heading that holds a line break."""
    sender = str(current_app.config["SMTP_FROM"])
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"] = format_datetime(letter.posted_at)
    message["Message-ID"] = f"<{letter.dedupe_key}@{sender.rpartition('@')[2].strip('<> ')}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, cte="base64")
    return message


def send_waiting():
    """Send what waits, one letter after another, each with transactions of its own.

    A server that cannot be reached ends the run: the letters not tried keep their place.
    """
    if not is_on():
        return
    for _turn in range(A_RUN):
        taken = _take()
        if taken is None:
            return
        key, message = taken
        reached, state, fault = _hand_over(message)
        with transaction():
            _note(db.session.get(Letter, key), state, fault)
        if not reached:
            return


def _take():
    """The next letter due, leased to this runner: (its id, the message); None without one."""
    now = clock.now()
    with transaction():
        letter = db.session.scalar(
            select(Letter).where(Letter.state == WAITING, Letter.next_at <= now)
            .order_by(Letter.next_at, Letter.id).limit(1).with_for_update(skip_locked=True))
        if letter is None:
            return None
        letter.attempts, letter.next_at = letter.attempts + 1, now + LEASE
        return letter.id, as_message(letter)


def _note(letter, state, fault):
    """Write down what became of an attempt."""
    now = clock.now()
    letter.fault = fault
    if state == WAITING and letter.posted_at + PATIENCE <= now:
        state = FAILED
    if state == WAITING:
        pause = min(FIRST_PAUSE * 2 ** min(letter.attempts - 1, 20), LONGEST_PAUSE)
        letter.next_at = now + pause
    elif state == SENT:
        letter.sent_at = now
    else:
        log.error("The letter %s was given up: %s", letter.dedupe_key, fault)
    letter.state = state


def _hand_over(message):
    """Give ``message`` to the server: (whether it was reached, the state, what it said)."""
    try:
        with _server() as server:
            return True, *_accepted(server, message)
    except (OSError, smtplib.SMTPException) as trouble:
        return False, WAITING, _said(trouble)


def _accepted(server, message):
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        (code, words), = refused.recipients.values()
        return _judged(code, f"{code} {_text(words)}")
    except smtplib.SMTPDataError as refused:
        return _judged(refused.smtp_code, _said(refused))
    return SENT, ""


def _judged(code, said):
    """A server that answers 5xx will never take the letter; 4xx asks to come again."""
    return (FAILED if code >= 500 else WAITING), said


@contextmanager
def _server():
    config = current_app.config
    host, port, patience = config["SMTP_HOST"], config["SMTP_PORT"], config["SMTP_TIMEOUT"]
    if config["SMTP_SECURITY"] == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=patience,
                                  context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=patience)
    try:
        if config["SMTP_SECURITY"] == "starttls":
            server.starttls(context=ssl.create_default_context())
        if config["SMTP_USER"]:
            server.login(str(config["SMTP_USER"]), str(config["SMTP_PASSWORD"]))
        yield server
    finally:
        # What happens after the letter was accepted does not make it unsent.
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _said(trouble):
    if isinstance(trouble, smtplib.SMTPResponseException):
        return f"{trouble.smtp_code} {_text(trouble.smtp_error)}"
    return f"{type(trouble).__name__}: {trouble}"[:300]


def _text(words):
    return (words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words))[:300]


def forget(address, naming, instead):
    """Drop the letters to ``address``, and put ``instead`` for the name in the others."""
    if address:
        db.session.execute(delete(Letter).where(Letter.to == address))
    take_out((Letter.subject, Letter.body), naming, instead)
