"""Why the goals of a day count people, or do not: the facts of many read at once."""
from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.text import fold
from lms.people.following import structure_of_units, terms_of, unit_keys
from lms.people.models import Membership, Person, Posting
from lms.people.queries import people_of_units
from lms.people.rule import lacking

from courses.coverage.models import Goal
from courses.coverage.queries import owed_by
from courses.groups.models import Confirmation
from courses.groups.placing import Known, Stated, placed
from courses.groups.queries import members_on, rules_on


def placings_of(person, on):
    """How ``person`` stands to each goal in force on ``on``, by its code; those that count first.
    """
    goals = db.session.scalars(select(Goal).where(Goal.valid_on(on)).options(
        joinedload(Goal.group)).order_by(Goal.key)).unique().all()
    owed = {one.goal.id: one for one in owed_by(person, on)}
    known = known_of([person], {goal.group_id for goal in goals}, on)
    found = [placed(goal, known[person.id, goal.group_id], on, owed.get(goal.id))
             for goal in goals]
    return sorted(found, key=lambda one: (one.owed is None, one.goal.key))


def left_out_of(goal, units, on):
    """Those with a post today in ``units`` (ids) who do not belong to the group of ``goal`` on
    ``on``, in the order of a clerk's list."""
    members = members_on(goal.group, on)
    return [person for person in db.session.scalars(people_of_units(units))
            if person.id not in members]


def known_of(people, groups, on):
    """(person id, group id) → Known, for each of ``people`` and ``groups``; ten statements."""
    ids = {person.id for person in people}
    rules = {group: rule for group, rule in rules_on(on).items() if group in groups}
    posts = _posts(ids, on)
    memberships = _memberships(ids, groups)
    ends = _ends([one for several in memberships.values() for one in several])
    lacks, said = _lacks(rules, posts, on), _said(posts)
    return {(key, group): Known(
        memberships[key, group], rules.get(group),
        () if group in rules else tuple(_told(post.unit, said, group, key)
                                        for post in _first_of_units(posts[key])),
        tuple((post, lacks.get((group, post.id), ())) for post in posts[key]), ends)
        for key in ids for group in groups}


def _posts(ids, on):
    found = defaultdict(list)
    for post in db.session.scalars(
            select(Posting).options(joinedload(Posting.unit))
            .where(Posting.person_id.in_(ids), Posting.valid_on(on), Posting.known_at())
            .order_by(Posting.main.desc(), Posting.id)):
        found[post.person_id].append(post)
    return found


def _memberships(ids, groups):
    found = defaultdict(list)
    for one in db.session.scalars(select(Membership).where(
            Membership.person_id.in_(ids), Membership.group_id.in_(groups),
            Membership.known_at())):
        found[one.person_id, one.group_id].append(one)
    return found


def _ends(memberships):
    """membership id → (who recorded that it ends, when)."""
    subjects = {f"membership:{one.id}": one.id for one in memberships if one.valid_to}
    entries = db.session.execute(
        select(AuditEntry.subject, AuditEntry.at, Person)
        .join(Person, Person.id == AuditEntry.by_id)
        .where(AuditEntry.subject.in_(subjects), AuditEntry.verb == "group left"))
    return {subjects[subject]: (by, at) for subject, at, by in entries}


def _lacks(rules, posts, on):
    """(group, post id) → what of the post is not as the rule of the group asks."""
    if not rules:
        return {}
    structure, keys = structure_of_units(), unit_keys()
    plain = [(post.id, post.unit_id, fold(post.title), post.valid_from, post.valid_to or date.max)
             for several in posts.values() for post in several]
    return {(group, post): lacks for group, rule in rules.items()
            for post, lacks in lacking(terms_of(rule, keys), structure, plain, on).items()}


def _said(posts):
    """unit id → its newest confirmation, of the units of ``posts``."""
    units = {post.unit_id for several in posts.values() for post in several}
    return {one.unit_id: one for one in db.session.scalars(
        select(Confirmation).options(joinedload(Confirmation.by))
        .where(Confirmation.unit_id.in_(units)).order_by(Confirmation.id))}


def _first_of_units(posts):
    return {post.unit_id: post for post in reversed(posts)}.values()


def _told(unit, said, group, person):
    confirmed = said.get(unit.id)
    if confirmed is None:
        return Stated(unit)
    return Stated(unit, confirmed.by, confirmed.confirmed_at,
                  person in confirmed.members.get(str(group), ()))
