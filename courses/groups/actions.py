"""A round of confirmations is opened; a unit confirms; those who have not are reminded."""
from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, day, in_both
from lms.kernel.locks import advisory_lock
from lms.notices.actions import Tiding, tell_each
from lms.people.actions import leave_group
from lms.people.models import TargetGroup
from lms.people.queries import answering

from courses.groups.models import Confirmation, ConfirmationRound
from courses.groups.queries import last_round, stated_in, units_asked


def make_group(values, by):
    """A group of ``values`` (key and names), which nobody belongs to yet."""
    advisory_lock("groups")
    if db.session.scalar(select(TargetGroup.id).where(TargetGroup.key == values["key"])):
        raise Refusal(_("A group has the code %(code)s already. Choose another one.",
                        code=values["key"]))
    group = TargetGroup(**values)
    db.session.add(group)
    db.session.flush()
    audit.record(by, "group made", group, name=group.name_vi)
    return group


def open_round(year, due_on, by):
    """Ask every unit to confirm its groups by ``due_on``; whoever answers for one is told."""
    advisory_lock("confirmation round")
    newest = last_round()
    if newest is not None and newest.year >= year:
        raise Refusal(_("The units were asked for %(year)s already. Their answers stand below.",
                        year=newest.year))
    if due_on < clock.today():
        raise Refusal(_("The last day lies in the past. Give the units some weeks."))
    asked = ConfirmationRound(year=year, due_on=due_on, opened_by_id=by.id)
    db.session.add(asked)
    db.session.flush()
    audit.record(by, "confirmation asked", asked, year=year, due_on=due_on.isoformat())
    _tell(units_asked(by, asked), asked, f"confirm-{year}", by)
    return asked


def remind(asked, by):
    """Tell those who answer for units that have not confirmed; once a day.  Gives how many."""
    late = [one for one in units_asked(by, asked) if not one.confirmed]
    told = _tell(late, asked, f"confirm-{asked.year}-{clock.today()}", by)
    audit.record(by, "confirmation reminded", asked, units=len(late), people=told)
    return told


def _tell(units, asked, key, by):
    people = {person.id: person for several in answering(units).values() for person in several}
    text_vi, text_en = in_both(lambda: _(
        "Please confirm by %(day)s who of your unit belongs to which group.",
        day=day(asked.due_on)))
    tell_each([Tiding(person, text_vi, text_en, "/confirmations", f"{key}-{person.id}")
               for person in people.values()], by)
    return len(people)


def confirm(unit, shown, kept, on, by):
    """``by`` confirms the stated groups of ``unit``.

    ``shown`` are the ids of the memberships the list showed; those not in ``kept`` end on the
    day ``on``.  Refused where the list is another one by now.
    """
    asked = last_round()
    if asked is None:
        raise Refusal(_("The units were not asked yet. A training officer opens the round."))
    advisory_lock(f"confirmation of {unit.id}")
    listed = {one.membership.id: one.membership
              for _group, several in stated_in(unit) for one in several}
    if set(listed) != set(shown):
        raise Refusal(_("Somebody changed this list meanwhile. Look at it again, then confirm it."))
    for key in sorted(set(listed) - set(kept)):
        leave_group(listed[key], on, by)
    made = Confirmation(round=asked, unit=unit, by_id=by.id, members={
        str(group.id): [one.membership.person_id for one in several]
        for group, several in stated_in(unit)})
    db.session.add(made)
    db.session.flush()
    audit.record(by, "groups confirmed", made, unit=unit.key, ended=len(listed) - len(kept))
    return made
