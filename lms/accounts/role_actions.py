"""Granting and ending the roles people hold."""
from datetime import timedelta

from sqlalchemy import select

from lms.accounts.actions import make_account
from lms.accounts.queries import officers_on
from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.locks import advisory_lock
from lms.kernel.text import clean
from lms.people.models import ANSWERING, OFFICER, ROLE_KINDS, Person, Role

ONE_DAY = timedelta(days=1)


def grant_role(person, kind, unit, valid_from, valid_to, by):
    """Give ``person`` a role from ``valid_from`` on, until before ``valid_to`` (None: no end).

    Heads and contact persons answer for a unit and those below it; the other kinds of
    role are for the whole province and take no unit.
    """
    _refuse_own(person, by)
    if kind not in ROLE_KINDS:
        raise Refusal(_("There is no such role. Choose one of the list."))
    if kind in ANSWERING and unit is None:
        raise Refusal(_("This role needs a unit. Choose the unit whose people it is about."))
    if kind not in ANSWERING and unit is not None:
        raise Refusal(_("This role is for the whole province. Leave the unit empty."))
    if valid_to is not None and valid_to <= valid_from:
        raise Refusal(_("The role would end before it begins. Look at the two days again."))
    if _held_meanwhile(person, kind, unit, valid_from, valid_to):
        raise Refusal(_("%(name)s holds this role at that time already.", name=person.full_name))
    role = Role(person=person, kind=kind, unit=unit, valid_from=valid_from, valid_to=valid_to)
    db.session.add(role)
    db.session.flush()
    audit.record(by, "role granted", role, person=person.id, kind=kind,
                 unit=unit.id if unit else None, **_days(role))
    return role


def _held_meanwhile(person, kind, unit, valid_from, valid_to):
    held = db.session.scalars(select(Role).where(
        Role.person_id == person.id, Role.kind == kind,
        Role.unit_id == (unit.id if unit else None)))
    return any(not role.is_over(valid_from)
               and (valid_to is None or role.valid_from < valid_to) for role in held)


def _days(role):
    return {"valid_from": role.valid_from.isoformat(),
            "valid_to": role.valid_to.isoformat() if role.valid_to else None}


def end_role(role, on, by):
    """End ``role``: from the day ``on`` it is no longer held.

    What was so yesterday stays so: a role ends today at the earliest.
    """
    _refuse_own(role.person, by)
    if role.valid_to is not None and role.valid_to <= on:
        raise Refusal(_("This role ends before that day already."))
    if on < clock.today():
        raise Refusal(_("A role cannot end in the past. Choose today or a later day."))
    advisory_lock("officers")
    if role.kind == OFFICER and not officers_on(on, besides=role.person):
        raise Refusal(_("This is the last training officer. "
                        "Make somebody else training officer first."))
    before = _days(role)
    role.valid_to = max(on, role.valid_from)
    db.session.flush()
    audit.record(by, "role ended", role, before=before["valid_to"], **_days(role))


def hand_over(role, person, last_day, by):
    """Give ``role``, which is held today, to ``person`` at once: its holder loses it the same
    moment, and nobody is without it in between.

    With a ``last_day`` the person acts until then, and the role goes back to its holder the day
    after.  Gives the new role.  Officers, auditors and trainers hold theirs in their own name:
    only heads and contact persons hand over.
    """
    today, former, end = clock.today(), role.person, role.valid_to
    if role.kind not in ANSWERING:
        raise Refusal(_("Only heads and contact persons hand over. Grant this role to somebody "
                        "else, then end it here."))
    if not role.holds(today):
        raise Refusal(_("This role is not held today, so there is nothing to hand over."))
    if person.id == former.id:
        raise Refusal(_("%(name)s holds this role already.", name=person.full_name))
    if last_day is not None and (last_day < today or (end and last_day + ONE_DAY >= end)):
        raise Refusal(_("Somebody acts from today until a day before the role ends. Choose another "
                        "last day, or leave it empty."))
    back = last_day + ONE_DAY if last_day else None
    end_role(role, today, by)
    taken = grant_role(person, role.kind, role.unit, today, back or end, by)
    if back:
        grant_role(former, role.kind, role.unit, back, end, by)
    for one in (former, person):
        db.session.expire(one, ["roles"])
    return taken


def _refuse_own(person, by):
    # Separation of duties: nobody grants a right to themselves or rids themselves of one.
    if by is not None and by.id == person.id:
        raise Refusal(_("Nobody changes their own roles. Ask another training officer."))


def make_first_officer(full_name, username, password):
    """Make a person with an account who organises the training of the whole province."""
    key, full_name = username.strip().lower(), clean(full_name)
    if not full_name:
        raise Refusal(_("The name is missing. Type it as it is written."))
    if db.session.scalar(select(Person.id).where(Person.key == key)):
        raise Refusal(_("The staff code “%(key)s” is taken. Choose another user name.", key=key))
    person = Person(key=key, full_name=full_name)
    db.session.add(person)
    db.session.flush()
    account = make_account(person, username, password, by=None)
    grant_role(person, OFFICER, None, clock.today(), None, by=None)
    return account
