"""Who may hand out the keys: accounts, codes, roles."""
from lms.kernel import clock
from lms.organisations.queries import tree
from lms.people.models import ANSWERING
from lms.people.policies import answers_for_people, is_officer, units_answered
from lms.people.queries import units_of


class Ground:
    """The units for whose people somebody acts today, worked out once for a whole list.

    ``units`` is None where it is all of them.
    """

    def __init__(self, person):
        self.person = person
        self.units, self._below = (None, None) if is_officer(person) else _reach(person)

    def holds(self, units):
        """Whether one of the ids ``units`` lies on this ground."""
        return self.units is None or bool(self.units & units)

    def outranks(self, target):
        """Whether every role of ``target``, present or to come, ranks below this ground.

        Whoever hands out a code could sign in with it: a contact person must not come
        into the rights of an officer who happens to work in the unit.
        """
        if self.units is None:
            return True
        today = clock.today()
        return all(role.kind in ANSWERING and role.unit_id in self._below
                   for role in target.roles if not role.is_over(today))


    def serves(self, target):
        """Whether this person, on this ground, may give ``target`` a code."""
        return target.id != self.person.id and self.outranks(target)


def _reach(person):
    answered = units_answered(person)
    if not answered:
        return set(), set()
    standing = tree()
    return (standing.below(*answered),
            set().union(*(standing.below(unit) - {unit} for unit in answered)))


def may_hand_out(person):
    """Whether ``person`` hands out accounts to anybody at all."""
    return is_officer(person) or answers_for_people(person)


def may_see_account(person, target):
    """Whether ``person`` may see if ``target`` has an account, and in which state it is."""
    return _on_ground(Ground(person), target)


def may_give_code(person, target):
    """Whether ``person`` may make the account of ``target`` or give it a new one-time code."""
    ground = Ground(person)
    return ground.serves(target) and _on_ground(ground, target)


def _on_ground(ground, target):
    if target.erased_at:
        return False
    return ground.units is None or ground.holds(units_of(target.id, clock.today()))


def may_close(person, target):
    """Whether ``person`` may close or reopen the account of ``target``: officers, not their own."""
    return is_officer(person) and person.id != target.id


def may_see_roles(person):
    """Whether ``person`` may see who holds which role, and grant one."""
    return is_officer(person)


def may_hand_over(person, role):
    """Whether ``person`` may give ``role`` to somebody else: of heads and contact persons, as one
    ends it."""
    return may_end(person, role) and role.kind in ANSWERING


def may_end(person, role):
    """Whether ``person`` may end ``role``: officers, none of their own."""
    return is_officer(person) and role.person_id != person.id
