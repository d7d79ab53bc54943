"""Who may what, by the roles people hold today; everybody is a trainee besides."""
from lms.kernel import clock
from lms.organisations.queries import tree, with_past
from lms.people.models import ANSWERING, AUDITOR, OFFICER, ROLE_KINDS, TRAINER


def roles_today(person, *kinds):
    """The roles of these kinds that ``person`` holds today."""
    held = [role for role in person.roles if role.kind in kinds]
    if not held:  # Nearly everybody: the day need not be found out.
        return held
    today = clock.today()
    return [role for role in held if role.holds(today)]


def standing(person):
    """What ``person`` is today, wherever that may be: the kinds of the roles held, each with
    whether it holds everywhere.  Who stands alike finds the same places in the menu.
    """
    return frozenset((role.kind, role.unit_id is None)
                     for role in roles_today(person, *ROLE_KINDS))


def is_officer(person):
    """Whether ``person`` organises the training of the whole province."""
    return any(role.unit_id is None for role in roles_today(person, OFFICER))


def is_trainer(person):
    """Whether ``person`` may write courses and run classes."""
    return bool(roles_today(person, TRAINER))


def is_auditor(person):
    """Whether ``person`` may read everything and change nothing."""
    return any(role.unit_id is None for role in roles_today(person, AUDITOR))


def answers_for_people(person):
    """Whether ``person`` is the head or the contact person of a unit."""
    return bool(roles_today(person, *ANSWERING))


def units_answered(person):
    """The ids of the units whose head or contact person ``person`` is, without those below."""
    return [role.unit_id for role in roles_today(person, *ANSWERING) if role.unit_id]


def reads_all(person):
    """Whether the figures and lists of the whole province are open to ``person``."""
    return is_officer(person) or is_auditor(person)


def scope_of(person):
    """The ids of the units whose people ``person`` may follow; None is all of them.

    Every list, export and search of people passes through this.
    """
    if reads_all(person):
        return None
    answered = units_answered(person)
    return tree().below(*answered) if answered else set()


def may_follow(person, unit):
    """Whether ``person`` may see the figures and the people of ``unit``."""
    scope = scope_of(person)
    return scope is None or unit.id in scope


def past_scope_of(person):
    """The ids of the units whose past ``person`` may follow, those of ``scope_of`` and what went on
    in them alone; None is all of them."""
    scope = scope_of(person)
    return scope and with_past(scope)


def may_look_back(person, unit):
    """Whether ``person`` may see the figures and the people of ``unit``, or of its past, where it
    went on in nothing but units that ``person`` follows."""
    return may_follow(person, unit) or (
        unit.valid_to is not None and unit.id in past_scope_of(person))


def may_answer(person, unit):
    """Whether ``person`` may act for the people of ``unit``: nominate, ask, hand out codes."""
    if is_officer(person):
        return True
    answered = units_answered(person)
    return bool(answered) and unit.id in tree().below(*answered)


def follows_people(person):
    """Whether ``person`` follows people and figures besides their own: all of them, or those of a
    unit.
    """
    return reads_all(person) or answers_for_people(person)


def may_list_people(person):
    """The list of people is for those who follow somebody."""
    return follows_people(person)


def may_look_for_traces(person):
    """Everybody reads of the trail what they did; those who read what others did, too, find it in
    the menu."""
    return may_list_people(person) or is_trainer(person)


def may_enter_people(person):
    """Officers and those who answer for a unit enter and import its people."""
    return is_officer(person) or answers_for_people(person)


def may_follow_person(person, other):
    """Whoever follows one of the units in which ``other`` works (``units_now``); officers
    everybody."""
    if reads_all(person):
        return True
    return bool(scope_of(person) & units_now(other))


def units_now(person):
    """The ids of the units in which ``person`` works: today or, of somebody who holds no post yet
    or any more, by a post that begins later."""
    return units_today(person) or {
        posting.unit_id for posting in person.postings if posting.superseded_at is None
        and posting.valid_from > clock.today() and posting.valid_from != posting.valid_to}


def units_today(person):
    """The ids of the units in which ``person`` holds a post today."""
    today = clock.today()
    return {posting.unit_id for posting in person.postings
            if posting.superseded_at is None and posting.holds(today)}


def has_main_post(person):
    """Whether ``person`` holds a main post today; concurrent ones may be all that is left."""
    today = clock.today()
    return any(posting.main and posting.superseded_at is None and posting.holds(today)
               for posting in person.postings)


def may_change_person(person, other):
    """Officers, and who answers for the person; never somebody whose role is above theirs.

    A record that was linked to another one is changed there, and one that was erased no more.
    """
    if other.main_id is not None or other.erased_at is not None:
        return False
    if is_officer(person):
        return True
    if roles_today(other, OFFICER, AUDITOR):
        return False
    return bool(units_answered(person)) and bool(scope_of(person) & units_now(other))


def may_take_out(person, other):
    """A copy of everything held about ``other``, who asked for it, is made by officers; everybody
    takes out their own (authorisation matrix, row 64).
    """
    return is_officer(person) and other.erased_at is None


def last_posts(person):
    """The posts that ``person`` held last, of somebody who holds none today; else none."""
    if units_today(person):
        return []
    today = clock.today()
    over = [posting for posting in person.postings if posting.superseded_at is None
            and posting.valid_from < (posting.valid_to or posting.valid_from) <= today]
    last = max((posting.valid_to for posting in over), default=None)
    return [posting for posting in over if posting.valid_to == last]


def may_record_return(person, other):
    """Officers, and who may change ``other`` who has no main post; of somebody without any post,
    who answers for the last one."""
    if is_officer(person):
        return True
    if roles_today(other, OFFICER, AUDITOR) or other.erased_at is not None:
        return False
    if units_today(other):
        return not has_main_post(other) and may_change_person(person, other)
    return any(may_answer(person, posting.unit) for posting in last_posts(other))


def may_see_change(person, other):
    """Whoever follows ``other``, or did so until the last post ended."""
    return may_follow_person(person, other) or may_record_return(person, other)


def may_see_import(person, batch):
    """A list belongs to who uploaded it; officers see all."""
    return may_enter_people(person) and (batch.by_id == person.id or is_officer(person))
