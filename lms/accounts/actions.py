"""Everything that can be done to an account."""
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete

from lms.accounts import passwords
from lms.accounts.models import Account, SignIn
from lms.accounts.policies import may_close, may_give_code
from lms.accounts.queries import (
    account_of,
    accounts_meant,
    hash_of,
    officers_on,
    open_sessions,
    usernames_like,
)
from lms.accounts.usernames import free_name, stem_of
from lms.kernel import audit, clock, guessing
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, ngettext
from lms.kernel.locks import advisory_lock
from lms.kernel.naming import take_out
from lms.people.models import Person
from lms.people.policies import is_officer

#: How long the one-time code on a slip opens the door.
CODE_LIFE = timedelta(days=14)

#: Each code costs a slow hash, and meanwhile other writers wait.
MOST_SLIPS = 100

#: What the door says to somebody it does not let in.
WRONG, SHARED_PHONE, CODE_OVER, DOOR_CLOSED = "wrong", "shared phone", "code over", "door closed"


class WeakPassword(Refusal):
    """The password chosen is easily guessed; the message says why."""


@dataclass(frozen=True)
class Answer:
    """What the door answers: the account it opens for, or why it stays shut."""

    account: Account | None = None
    refusal: str = ""
    tries_left: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class Slip:
    """What is printed for one person; the code is shown this once."""

    person: Person
    username: str
    code: str
    until: datetime


def knock(name, secret, address):
    """Try the door with a user name or phone and a password or one-time code.

    Takes the same time for a name nobody has as for a wrong password; a closed door
    does not even look.
    """
    meant = accounts_meant(name)
    account = meant[0] if len(meant) == 1 else None
    answer = _ask("sign-in", account, account.username if account else name.strip().lower(),
                  secret, address)
    if answer.refusal == WRONG and len(meant) > 1:
        return replace(answer, refusal=SHARED_PHONE)
    return answer


def confirm(account, secret, address):
    """Ask somebody signed in for the present password, with the limits of the door."""
    return _ask("password", account, account.username, secret, address)


def _ask(door, account, name, secret, address):
    if not guessing.tries_left(door, name, address):
        return Answer(refusal=DOOR_CLOSED,
                      minutes=guessing.minutes_to_wait(door, name, address))
    refusal = _try(account, secret)
    if refusal != WRONG:
        return Answer(account=None if refusal else account, refusal=refusal)
    guessing.remember(door, name, address)
    db.session.flush()
    return Answer(refusal=WRONG, tries_left=guessing.tries_left(door, name, address),
                  minutes=guessing.minutes_to_wait(door, name, address))


def _try(account, secret):
    """Nothing where ``secret`` opens ``account``, else why not."""
    if account is None or account.password_hash:
        kept = account.password_hash if account else ""
        right = passwords.matches(kept, secret)
        if right and passwords.outdated(kept):
            account.password_hash = passwords.hashed(secret)
        return "" if right else WRONG
    if not passwords.matches(account.code_hash, passwords.code_typed(secret)):
        return WRONG
    return "" if account.code_opens_at(clock.now()) else CODE_OVER


def open_session(account, shared=False, address="", device=""):
    """Open a session of ``account`` on a device; return its token, which only the device keeps."""
    token = secrets.token_urlsafe(32)
    sign_in = SignIn(account=account, token_hash=hash_of(token), shared=shared,
                     address=address, device=device[:200])
    db.session.add(sign_in)
    db.session.flush()
    audit.record(account.person, "signed in", sign_in)
    return token


def end_session(sign_in, by):
    """End a session: its device is signed out at its next click."""
    if sign_in.ended_at:
        return
    sign_in.ended_at = clock.now()
    db.session.flush()
    audit.record(by, "session ended", sign_in, person=sign_in.account.person_id)


def end_sessions(account, by, but=None):
    """End the open sessions of ``account``, ``but`` one, and return how many."""
    others = [sign_in for sign_in in open_sessions(account) if sign_in is not but]
    for sign_in in others:
        end_session(sign_in, by)
    return len(others)


def choose_password(account, password, by, but=None):
    """Give ``account`` the password ``password``; its sessions end, ``but`` the one at hand.

    No rule asks for capitals, digits or signs, and none asks for a new password after a
    time: length and not being on everybody's list is what keeps guessers out (NIST SP
    800-63B, 3.1.1.2).
    """
    _insist_on_strength(password, account.username, account.person)
    account.password_hash = passwords.hashed(password)
    account.code_hash, account.code_until = "", None
    db.session.flush()
    audit.record(by, "password chosen", account)
    end_sessions(account, by, but=but)


def _insist_on_strength(password, username, person):
    reason = passwords.weakness(password, (username, person.full_name, person.phone))
    if reason == passwords.SHORT:
        raise WeakPassword(ngettext(
            "The password is too short. Take at least %(num)s character.",
            "The password is too short. Take at least %(num)s characters.", passwords.SHORTEST))
    if reason == passwords.LONG:
        raise WeakPassword(_("The password is too long. Take at most %(most)s characters.",
                             most=passwords.LONGEST))
    if reason == passwords.OWN:
        raise WeakPassword(_("The password is your own name, user name or phone. "
                             "Take words that nobody connects with you."))
    if reason == passwords.COMMON:
        raise WeakPassword(_("This password is among the first that guessers try. "
                             "Take, for example, four words that do not belong together."))


def give_code(person, by):
    """Give ``person`` a one-time code for a slip, and an account where there is none.

    A password chosen before no longer opens the door, and open sessions end.
    """
    if by and not may_give_code(by, person):
        raise Refusal(_("The account of %(name)s is given out by a training officer: "
                        "this person holds a role that is not below yours.", name=person.full_name))
    account = account_of(person) or _new_account(person)
    if account.closed_at:
        raise Refusal(_("The account of %(name)s is closed. Reopen it first.",
                        name=person.full_name))
    code = passwords.new_code()
    account.password_hash, account.code_hash = "", passwords.hashed(code)
    account.code_until = clock.now() + CODE_LIFE
    db.session.flush()
    audit.record(by, "code given", account)
    end_sessions(account, by)
    return Slip(person, account.username, code, account.code_until)


def _new_account(person, username=None):
    advisory_lock("user names")
    stem = stem_of(person.full_name)
    account = account_of(person) or Account(
        person=person, username=username or free_name(stem, usernames_like(stem)))
    db.session.add(account)
    db.session.flush()
    return account


def hand_out(people, by):
    """Make slips for people who have no password yet: new accounts, or new codes for old slips."""
    if not people:
        raise Refusal(_("Nobody was chosen. Tick the people who need a slip, then make the slips."))
    if len(people) > MOST_SLIPS:
        raise Refusal(_("At most %(most)s slips are made at a time. Choose fewer people.",
                        most=MOST_SLIPS))
    for person in people:
        account = account_of(person)
        if account and account.password_hash:
            raise Refusal(_("%(name)s has a password meanwhile. "
                            "Open that person's page to give a new code.", name=person.full_name))
    return [give_code(person, by=by) for person in people]


def close_account(account, by):
    """Close ``account``: nobody signs in with it until it is reopened, and its sessions end."""
    if by and not may_close(by, account.person):
        raise Refusal(_("Nobody closes their own account. Ask another training officer."))
    if account.closed_at:
        raise Refusal(_("This account is closed already."))
    advisory_lock("officers")
    if is_officer(account.person) and not officers_on(clock.today(), besides=account.person):
        raise Refusal(_("This is the account of the last training officer. "
                        "Make somebody else training officer first."))
    account.closed_at = clock.now()
    db.session.flush()
    audit.record(by, "account closed", account)
    end_sessions(account, by)


def reopen_account(account, by):
    """Open a closed ``account`` again, with the password it had."""
    if not account.closed_at:
        raise Refusal(_("This account is open already."))
    account.closed_at = None
    db.session.flush()
    audit.record(by, "account reopened", account)


def make_account(person, username, password, by):
    """Make the account of ``person`` with a user name and a password that are chosen beforehand."""
    username = username.strip().lower()
    if len(username.split()) != 1:
        raise Refusal(_("A user name is one word without blanks. Choose another."))
    if usernames_like(username) & {username}:
        raise Refusal(_("The user name “%(username)s” is taken. Choose another.",
                        username=username))
    _insist_on_strength(password, username, person)
    account = _new_account(person, username)
    account.password_hash = passwords.hashed(password)
    db.session.flush()
    audit.record(by, "account made", account)
    return account


def make_demo_account(person, username, password):
    """Make an account of the demonstration; its password is printed, so no rule judges it."""
    account = Account(person=person, username=username, password_hash=passwords.hashed(password))
    db.session.add(account)
    db.session.flush()
    audit.record(None, "account made", account)
    return account


def forget_account(person, naming, **_former):
    """Delete the account and the sessions of somebody who was erased, and their name where it was
    typed at the door.
    """
    take_out((guessing.WrongGuess.name,), naming, person.full_name)
    account = account_of(person)
    if account:
        db.session.execute(delete(SignIn).where(SignIn.account_id == account.id))
        db.session.delete(account)
        db.session.flush()
