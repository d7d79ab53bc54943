"""Who is signed in, who knocks at the door, and who has an account."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from lms.accounts import models
from lms.accounts.models import LONGEST_SESSION, Account, SignIn
from lms.kernel import clock
from lms.kernel.db import ask, db, prepared
from lms.kernel.records import columns_of, fields_of, record
from lms.notices.queries import unread_of
from lms.organisations.models import Unit
from lms.organisations.queries import tree, units_on
from lms.people.models import CONTACT, OFFICER, ROLE_KINDS, TRAINER, Person, Posting, Role
from lms.people.queries import matches, posted_in

#: The last nine digits tell Vietnamese phones apart, however the number is written.
PHONE_DIGITS = 9

#: The order in which lists show the roles.
RANKS = {kind: rank for rank, kind in enumerate(ROLE_KINDS)}


class Visitor(NamedTuple):
    """Whoever is signed in, as every page needs them: no records but the person."""

    person: Person
    sign_in_id: int
    account_id: int
    shared: bool
    begun_at: datetime
    #: How many messages they have not yet read: no page has to ask.
    unread: int

    #: What the library that keeps sessions asks of whoever is signed in.
    is_authenticated = is_active = True
    is_anonymous = False


#: Of the columns of who is signed in, the first tell of the session, then of the person, then
#: of a role; every role has a row.
OF_THE_SESSION = len(Visitor._fields) - 1
TO_THE_PERSON = OF_THE_SESSION + len(fields_of(Person))


def hash_of(token):
    """What the database keeps of a session's token: nobody can sign in with a copy of it."""
    return sha256(token.encode()).hexdigest()


def signed_in(token):
    """Who holds the open session of ``token``, their person with the roles, or None."""
    rows = ask(*_signed_in(hash_of(token), clock.now() - LONGEST_SESSION)).all()
    if not rows:
        return None
    roles = [record(Role, row[TO_THE_PERSON:]) for row in rows]
    person = record(Person, rows[0][OF_THE_SESSION:TO_THE_PERSON],
                    roles=[role for role in roles if role])
    return Visitor(person, *rows[0][:OF_THE_SESSION])


@prepared
def _signed_in(token_hash, oldest):
    return (select(SignIn.id, SignIn.account_id, SignIn.shared, SignIn.begun_at,
                   unread_of(Person.id), *columns_of(Person), *columns_of(Role))
            .join_from(SignIn, Account, Account.id == SignIn.account_id)
            .join(Person, Person.id == Account.person_id)
            .outerjoin(Role, Role.person_id == Person.id)
            .where(SignIn.token_hash == token_hash, _open(oldest), Account.closed_at.is_(None)))


def sign_in_of(visitor):
    """The record of the session that ``visitor`` holds; the record of the account is on it."""
    return db.session.get(SignIn, visitor.sign_in_id)


def owner_of(token):
    """The id of the person whose session, open or ended, the token stands for; None without one."""
    return db.session.scalar(
        select(Account.person_id).join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_hash == hash_of(token)))


def seat_of(token):
    """The values that the statement of ``seats`` asks for."""
    return {"token_hash": hash_of(token), "oldest": clock.now() - LONGEST_SESSION}


def seats():
    """Who sits where, for a statement that finds a person's own record in one go: the open
    session of a token (``seat_of`` gives the values) as ``person_id``, ``begun_at``, ``shared``.
    """
    sign_in, account = SignIn.__table__, Account.__table__
    return (select(account.c.person_id, sign_in.c.begun_at, sign_in.c.shared)
            .join(account, account.c.id == sign_in.c.account_id)
            .where(sign_in.c.token_hash == bindparam("token_hash"), sign_in.c.ended_at.is_(None),
                   sign_in.c.begun_at > bindparam("oldest"), account.c.closed_at.is_(None))
            .subquery("seat"))


def open_sessions(account):
    """The sessions of ``account`` that have not ended, the newest first."""
    return db.session.scalars(
        select(SignIn).where(SignIn.account_id == account.id, _open(clock.now() - LONGEST_SESSION))
        .order_by(SignIn.begun_at.desc(), SignIn.id.desc())).all()


def _open(oldest):
    return and_(SignIn.ended_at.is_(None), SignIn.begun_at > oldest)


def account_of(person):
    """The account of ``person``, or None."""
    return db.session.scalar(select(Account).where(Account.person_id == person.id))


def account_named(username):
    """The account with the user name ``username``, or None."""
    return db.session.scalar(select(Account).where(Account.username == username.strip().lower()))


def accounts_meant(name):
    """The open accounts that ``name``, a user name or a phone, may mean; of a phone, several."""
    account = account_named(name)
    if account:
        return [account] if account.closed_at is None else []
    digits = "".join(c for c in name if c.isdigit())[-PHONE_DIGITS:]
    if len(digits) < PHONE_DIGITS:
        return []
    return db.session.scalars(
        select(Account).join(Account.person)
        .where(Person.phone.endswith(digits), Account.closed_at.is_(None))
        .order_by(Account.id)).all()


def account_choosing(account_id, proof):
    """The account of somebody who showed the code of ``proof`` and has yet to choose a password."""
    account = db.session.get(Account, account_id)
    if account is None or account.closed_at or not account.code_hash:
        return None
    return account if hash_of(account.code_hash) == proof else None


def usernames_like(stem):
    """The user names taken that begin with ``stem``, as a set."""
    return set(db.session.scalars(
        select(Account.username).where(Account.username.startswith(stem, autoescape=True))))


def contacts_for(unit):
    """Whom the people of ``unit`` ask for a code: (unit, its contact persons).

    A unit without a contact person is served by the nearest above it that has one, and
    in the end by the training officers (then the unit is None).
    """
    today = clock.today()
    path = tree(today).path(unit.id)
    roles = db.session.scalars(
        select(Role).options(joinedload(Role.person), joinedload(Role.unit)).join(Role.person)
        .where(Role.valid_on(today), Person.erased_at.is_(None),
               or_(and_(Role.kind == CONTACT, Role.unit_id.in_(path)),
                   and_(Role.kind == OFFICER, Role.unit_id.is_(None))))
        .order_by(Person.sort_key, Person.id)).all()
    for place in [*path, None]:
        found = [role for role in roles if role.unit_id == place]
        if found:
            return found[0].unit, [role.person for role in found]
    return None, []


@dataclass(frozen=True)
class Keyholder:
    """A person in the list of accounts: who, where, with which account."""

    person: Person
    account: Account | None
    unit: Unit | None
    state: str

    @property
    def code_day(self):
        """The last day, on the wall, on which the one-time code is good."""
        return clock.local(self.account.code_until).date()

    @property
    def waits_for_slip(self):
        """Whether a slip is how this person comes in: no password has been chosen yet."""
        return self.state in (models.NONE, models.CODE, models.EXPIRED)


def keyholder(person):
    """``person`` as the list of accounts shows them."""
    return with_units([(person, account_of(person))])[0]


def keyholders(ground, search="", unit=None, state=""):
    """The statement of the people on ``ground`` with their accounts, in a clerk's order."""
    statement = (
        select(Person, Account).outerjoin(Account, Account.person_id == Person.id)
        .options(selectinload(Person.roles)).where(Person.erased_at.is_(None))
        .order_by(Person.sort_key, Person.birth, Person.id))
    scope = _scope(ground, unit)
    if scope is not None:
        statement = statement.where(Person.id.in_(posted_in(scope, clock.today())))
    if search:
        statement = statement.where(or_(matches(search), Account.username == search.lower()))
    if state:
        statement = statement.where(_in_state(state))
    return statement


def _scope(ground, unit):
    if unit is None:
        return ground.units
    below = tree().below(unit.id)
    return below if ground.units is None else below & ground.units


def _in_state(state):
    live_code = Account.code_until >= clock.now()
    opened = and_(Account.id.is_not(None), Account.closed_at.is_(None))
    return {
        models.NONE: Account.id.is_(None),
        models.CODE: and_(opened, Account.password_hash == "", live_code),
        models.EXPIRED: and_(opened, Account.password_hash == "",
                             or_(Account.code_until.is_(None), ~live_code)),
        models.ACTIVE: and_(opened, Account.password_hash != ""),
        models.CLOSED: Account.closed_at.is_not(None),
    }[state]


def with_units(rows):
    """The rows of ``keyholders`` as Keyholders, each with the unit of the main post."""
    units = main_units([person.id for person, _account in rows])
    moment = clock.now()
    return [Keyholder(person, account, units.get(person.id),
                      account.state_at(moment) if account else models.NONE)
            for person, account in rows]


def main_units(person_ids):
    """The unit of the main post of each of the people today: id of the person → unit."""
    found = {}
    for person_id, unit in db.session.execute(
            select(Posting.person_id, Unit).join(Unit, Unit.id == Posting.unit_id)
            .where(Posting.person_id.in_(person_ids), Posting.valid_on(clock.today()),
                   Posting.known_at())
            .order_by(Posting.main.desc(), Posting.id)):
        found.setdefault(person_id, unit)
    return found


def units_of_ground(ground):
    """The units of today on ``ground``, in the official order."""
    return [unit for unit in units_on(clock.today())
            if ground.units is None or unit.id in ground.units]


def people_chosen(ground, ids):
    """The people with the ids ``ids`` who stand on ``ground``, in a clerk's order."""
    statement = keyholders(ground).where(Person.id.in_(ids))
    return [person for person, _account in db.session.execute(statement)]


def roles_held(day, over=False):
    """The roles held on ``day`` or later, or with ``over`` those that ended before it."""
    lasting = Role.ends_after(day)
    return db.session.scalars(
        select(Role).options(joinedload(Role.person), joinedload(Role.unit)).join(Role.person)
        .where(~lasting if over else lasting)
        .order_by(case(RANKS, value=Role.kind), Person.sort_key, Person.id,
                  Role.valid_from)).all()


def roles_left_behind(day):
    """The ids of roles on ``day`` whose holders have moved on: heads and contact persons without a
    post in their unit, below it or above it, officers and auditors without any post.
    """
    posted = and_(Posting.person_id == Role.person_id, Posting.valid_on(day), Posting.known_at())
    held = defaultdict(set)
    for role, unit, post in ask(
            select(Role.id, Role.unit_id, Posting.unit_id).join(Role.person)
            .outerjoin(Posting, posted)
            .where(Role.valid_on(day), Role.kind != TRAINER, Person.erased_at.is_(None))):
        held[role, unit].add(post)
    standing = tree(day)
    return {role for (role, unit), posts in held.items() if not (
        posts - {None} if unit is None
        else posts & {*standing.path(unit), *standing.below(unit)})}


@dataclass(frozen=True)
class Vacancy:
    """A unit whose ``people`` (how many work in it) have no contact person of their own.

    ``served_by`` is the nearest unit above it that has one; None: the training officers.
    """

    unit: Unit
    people: int
    served_by: Unit | None


def vacancies(day):
    """The units with people but without a contact person on ``day``, in the official order."""
    people = dict(db.session.execute(
        select(Posting.unit_id, func.count(func.distinct(Posting.person_id)))
        .where(Posting.valid_on(day), Posting.known_at()).group_by(Posting.unit_id)).all())
    served = set(db.session.scalars(
        select(Role.unit_id).join(Role.person)
        .where(Role.kind == CONTACT, Role.valid_on(day), Person.erased_at.is_(None))))
    units, standing = {unit.id: unit for unit in units_on(day)}, tree(day)
    return [Vacancy(unit, people[key],
                    next((units[above] for above in standing.path(key)[1:] if above in served),
                         None))
            for key, unit in units.items() if key in people and key not in served]


def vacancies_counted(day):
    """How many ``vacancies`` there are on ``day``, without counting the people of any."""
    works = exists().where(Posting.unit_id == Unit.id, Posting.valid_on(day), Posting.known_at())
    served = exists().where(Role.unit_id == Unit.id, Role.kind == CONTACT, Role.valid_on(day),
                            Role.person_id == Person.id, Person.erased_at.is_(None))
    return db.session.scalar(
        select(func.count(Unit.id)).where(Unit.valid_on(day), works, ~served))


def officers_on(day, besides):
    """How many people with an open account, ``besides`` one, are training officers on ``day``."""
    return db.session.scalar(
        select(func.count(func.distinct(Role.person_id)))
        .join(Account, and_(Account.person_id == Role.person_id, Account.closed_at.is_(None)))
        .where(Role.kind == OFFICER, Role.unit_id.is_(None), Role.valid_on(day),
               Role.person_id != besides.id))
