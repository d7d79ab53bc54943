"""Who works where, who answers for whom, and who may see whom in a list."""
from collections import defaultdict
from datetime import timedelta

from sqlalchemy import and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from lms.kernel import clock
from lms.kernel.db import ask, db
from lms.kernel.naming import Naming
from lms.kernel.text import fold
from lms.organisations.models import Unit
from lms.organisations.queries import tree
from lms.people.models import (
    ANSWERING,
    OFFICER,
    ErasureRequest,
    Membership,
    Person,
    Posting,
    Role,
    TargetGroup,
)
from lms.people.policies import is_officer, reads_all, scope_of


def units_of(person_id, day):
    """The ids of the units in which the person holds a post on ``day``, as a set."""
    return set(db.session.scalars(select(Posting.unit_id).where(
        Posting.person_id == person_id, Posting.valid_on(day), Posting.known_at())))


def main_unit(person, day):
    """The unit of the main post of ``person`` on ``day``, or of another post; None without one."""
    return db.session.scalar(
        select(Unit).join(Posting, Posting.unit_id == Unit.id)
        .where(Posting.person_id == person.id, Posting.valid_on(day), Posting.known_at())
        .order_by(Posting.main.desc(), Posting.id).limit(1))


def postings_of(person):
    """The posts of ``person`` as now known that hold some day, the newest first."""
    return db.session.scalars(
        select(Posting)
        .where(Posting.person_id == person.id, Posting.known_at(), Posting.some_day())
        .order_by(Posting.valid_from.desc(), Posting.id)).all()


def units_from(posts, day):
    """The units of those of ``posts`` that hold on ``day`` or later, each once."""
    return list({post.unit_id: post.unit for post in posts
                 if not post.is_over(day)}.values())


def posted_in(unit_ids, day):
    """The SQL query for the ids of people with a post in one of the units on ``day``."""
    query = select(Posting.person_id).where(Posting.valid_on(day), Posting.known_at())
    return query if unit_ids is None else query.where(Posting.unit_id.in_(unit_ids))


def works_in(person_id, unit_ids, day):
    """The SQL condition that ``person_id`` has a post in one of the units on ``day``.

    Asked of each of few rows, where ``posted_in`` would gather everybody of a large unit first.
    """
    return exists().where(Posting.person_id == person_id, Posting.unit_id.in_(unit_ids),
                          Posting.valid_on(day), Posting.known_at())


def about_people_seen_by(viewer, statement, thing):
    """``statement`` narrowed to the rows of ``thing`` about ``viewer`` and whom they follow."""
    if reads_all(viewer):
        return statement
    return statement.where(or_(
        thing.person_id == viewer.id,
        thing.person_id.in_(posted_in(scope_of(viewer), clock.today()))))


def people_seen_by(viewer, search=""):
    """The statement of the people ``viewer`` may follow, in the order of a clerk's list."""
    statement = select(Person).where(Person.erased_at.is_(None), Person.main_id.is_(None)).order_by(
        Person.sort_key, Person.birth, Person.id)
    scope = scope_of(viewer)
    if scope is not None:
        statement = statement.where(Person.id.in_(posted_in(scope, clock.today())))
    return statement.where(matches(search)) if search else statement


def people_of_units(unit_ids):
    """The statement of the people with a post today in one of the units (None: anywhere), in the
    order of a clerk's list."""
    return select(Person).where(
        Person.erased_at.is_(None), Person.id.in_(posted_in(unit_ids, clock.today()))).order_by(
        Person.sort_key, Person.birth, Person.id)


def left_seen_by(viewer):
    """The statement of those who left, by (Person, Posting): each with the post that ended last,
    where ``viewer`` answers for its unit; the newest leaving first."""
    today, over, other = clock.today(), aliased(Posting), aliased(Posting)
    held = posted_in(None, today)
    last = select(func.max(other.valid_to)).where(
        other.person_id == over.person_id, other.known_at(), other.valid_to > other.valid_from,
        other.valid_to <= today).scalar_subquery()
    statement = (
        select(Person, over).join(over, over.person_id == Person.id)
        .options(joinedload(over.unit))
        .where(Person.erased_at.is_(None), Person.id.not_in(held), over.known_at(),
               over.valid_to > over.valid_from, over.valid_to == last)
        .order_by(over.valid_to.desc(), Person.sort_key, over.main.desc(), over.id))
    scope = scope_of(viewer)
    return statement if scope is None else statement.where(over.unit_id.in_(scope))


def coming_seen_by(viewer):
    """The statement of (Person, Posting): the posts that are to begin in the units ``viewer``
    answers for, the next first."""
    statement = (
        select(Person, Posting).join(Posting, Posting.person_id == Person.id)
        .options(joinedload(Posting.unit))
        .where(Person.erased_at.is_(None), Posting.known_at(), Posting.some_day(),
               Posting.valid_from > clock.today())
        .order_by(Posting.valid_from, Person.sort_key, Posting.id))
    scope = scope_of(viewer)
    return statement if scope is None else statement.where(Posting.unit_id.in_(scope))


def matches(search):
    """The SQL condition that a person is found by ``search``: words of the name in any order,
    the staff code (that of a linked record too), or the last digits of the phone; by nothing
    everybody is found."""
    words = fold(search).split()
    by_name = [Person.fold.contains(word, autoescape=True) for word in words]
    linked = aliased(Person)
    found = or_(Person.key == search.strip(), and_(true(), *by_name), Person.id.in_(
        select(linked.main_id).where(linked.key == search.strip())))
    digits = "".join(c for c in search if c.isdigit())
    return or_(found, Person.phone.endswith(digits)) if len(digits) >= 4 else found


def people_with(ids, scope):
    """The people with these ids who hold a post in the units ``scope`` today (None: anywhere)."""
    statement = select(Person).where(Person.id.in_(ids)).order_by(Person.sort_key)
    if scope is not None:
        statement = statement.where(Person.id.in_(posted_in(scope, clock.today())))
    return db.session.scalars(statement).all()


def followed_among(ids, viewer):
    """Those of the ids of people whom ``viewer`` follows: by a post of today or, where they hold
    none, by one that begins later (``policies.units_now``)."""
    scope = scope_of(viewer)
    if scope is None:
        return set(ids)
    held, found = set(), set()
    for person, unit in ask(select(Posting.person_id, Posting.unit_id).where(
            Posting.person_id.in_(ids), Posting.valid_on(clock.today()), Posting.known_at())):
        held.add(person)
        if unit in scope:
            found.add(person)
    return found | (set(ids) - held)


def posts_today(person_ids):
    """The posts these people hold today, main first: person id → [posting with its unit]."""
    posts = {}
    for posting in db.session.scalars(
            select(Posting).options(joinedload(Posting.unit))
            .where(Posting.person_id.in_(person_ids), Posting.valid_on(clock.today()),
                   Posting.known_at()).order_by(Posting.main.desc(), Posting.id)):
        posts.setdefault(posting.person_id, []).append(posting)
    return posts


def memberships_of(person):
    """The memberships of ``person`` as now known that hold some day, the newest first."""
    return db.session.scalars(
        select(Membership).options(joinedload(Membership.group))
        .where(Membership.person_id == person.id, Membership.known_at(), Membership.some_day())
        .order_by(Membership.valid_from.desc())).all()


def before_the_latest(person):
    """The moment before the latest change of a post or group of ``person`` was recorded."""
    moments = [moment for model in (Posting, Membership) for moment in db.session.execute(
        select(func.max(model.recorded_at), func.max(model.superseded_at))
        .where(model.person_id == person.id)).one() if moment]
    return max(moments, default=clock.now()) - timedelta(microseconds=1)


def erasures_waiting_for(officer):
    """How many requests to erase wait for ``officer``, who did not ask for them."""
    if not is_officer(officer):
        return 0
    return db.session.scalar(select(func.count()).select_from(ErasureRequest).where(
        ErasureRequest.decided_at.is_(None), ErasureRequest.asked_by_id != officer.id))


def erasures():
    """The requests to erase, undecided first, then the newest."""
    return db.session.scalars(
        select(ErasureRequest).options(joinedload(ErasureRequest.person),
                                       joinedload(ErasureRequest.asked_by))
        .order_by(ErasureRequest.decided_at.is_not(None), ErasureRequest.id.desc())
        .limit(200)).all()


def naming_of(person):
    """How texts name ``person``, and the names of others in which theirs is contained."""
    others = db.session.scalars(select(Person.full_name).where(
        Person.fold.contains(person.fold, autoescape=True), Person.fold != person.fold))
    codes = (person.key, person.email, person.phone)
    return Naming(person.full_name, tuple(filter(None, codes)), tuple(sorted(set(others))))


def officers(day):
    """The training officers of ``day``."""
    return db.session.scalars(
        select(Person).where(Person.id.in_(select(Role.person_id).where(
            Role.kind == OFFICER, Role.unit_id.is_(None), Role.valid_on(day))))
        .order_by(Person.id)).all()


def people_by_id(ids):
    """id → person, for the people with these ids."""
    return {person.id: person for person in db.session.scalars(
        select(Person).where(Person.id.in_(ids)))}


def groups():
    """The groups of people, by code."""
    return db.session.scalars(select(TargetGroup).order_by(TargetGroup.key)).all()


def answering(units):
    """unit id → who answers for it today: its own head and contact person, or the nearest above."""
    today = clock.today()
    holders = defaultdict(list)
    for role in db.session.scalars(
            select(Role).options(joinedload(Role.person))
            .where(Role.kind.in_(ANSWERING), Role.valid_on(today), Role.unit_id.is_not(None))
            .order_by(Role.id)):
        if role.person not in holders[role.unit_id]:
            holders[role.unit_id].append(role.person)
    standing = tree(today)
    paths = {unit.id: standing.path(unit.id) for unit in units}
    return {key: next((holders[step] for step in path if holders.get(step)), [])
            for key, path in paths.items()}
