"""Doing an act: units end and begin, people, roles, classes and courses go where it says."""
from functools import partial

from sqlalchemy import func, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.facts import supersede
from lms.kernel.i18n import _
from lms.kernel.text import fold
from lms.organisations.models import Placement, Succession, Unit
from lms.organisations.queries import tree
from lms.people.following import follow_rules
from lms.people.models import Posting, Role
from lms.people.queries import main_unit

from courses.classes.models import Quota
from courses.reorganisation import queries
from courses.reorganisation.models import (
    DISSOLVE,
    MOVE,
    RENAME,
    TRANSFER,
    ReorganisationEffect,
    plain,
)
from courses.reorganisation.plan import NOWHERE, check, outside
from courses.reorganisation.signals import units_succeeded


def carry_out(plan, done):
    """Do what ``plan`` says, and remember in ``done``, a Reorganisation, each thing done.

    Facts are never overwritten: posts and places in the tree end and begin on the day of the
    act, so that figures of days before stay the old units'.  Rights end today at the earliest.
    Refuses what makes no sense on its day.
    """
    check(plan, queries.ahead_of(plan.on))
    heirs = [heir.unit or _new_unit(heir, plan, done) for heir in plan.heirs]
    done.units = {"sources": [unit.id for unit in plan.sources],
                  "heirs": [unit.id for unit in heirs]}
    if plan.kind == MOVE:
        for unit in plan.sources:
            _place(unit, plan.parent, plan.on, done)
    else:
        _hand_over(plan, heirs, done)
    follow_rules()
    done.done_at = clock.now()


def _hand_over(plan, heirs, done):
    _people(plan, heirs, done)
    _roles(plan, heirs, done)
    _work(plan, heirs, done)
    _requests(plan, heirs, done)
    if plan.ends:
        _children(plan, heirs, done)
        _seats(plan, heirs, done)
        units_succeeded.send(done, sources=plan.sources, heirs=heirs, change=partial(
            _change_of, done))
    for unit in plan.sources:
        if plan.ends:
            for placement in queries.placements_of(unit, plan.on):
                _end_fact(placement, plan.on, done)
            _change(unit, done, valid_to=plan.on)
        for heir in heirs or [None]:
            _add(Succession(from_unit=unit, to_unit=heir, on=plan.on, kind=plan.kind,
                            act=plan.act), done)


def _heir(heirs, place):
    if not 0 <= place < len(heirs):
        raise Refusal(_("Somebody is sent to a unit that was not named. Choose for each person "
                        "one of the units named above."))
    return heirs[place]


def _new_unit(heir, plan, done):
    """The unit ``heir`` names; it stands where the first of the units it follows stood."""
    first = plan.sources[0]
    unit = _add(Unit(
        key=_free_key(first), code=first.code if plan.kind == RENAME else "",
        name_vi=heir.name_vi, name_en=heir.name_en, short_name=heir.short_name,
        kind=first.kind, precedence=first.precedence, valid_from=plan.on, valid_to=None,
        fold=fold(f"{heir.name_vi} {heir.short_name}")), done, after={"valid_to": None})
    sources = {unit.id for unit in plan.sources}
    # A unit and the one above it may go over together: the heir stands above both.
    parent = next((step for step in tree(plan.on).path(first.id) if step not in sources), None)
    if parent is not None:
        _add(Placement(unit=unit, parent_id=parent, valid_from=plan.on, valid_to=None), done)
    return unit


def _free_key(unit):
    number = 2
    base = unit.key.rpartition("~")[0] or unit.key
    while db.session.scalar(select(func.count()).select_from(Unit).where(
            Unit.key == f"{base}~{number}")):
        number += 1
    return f"{base}~{number}"


def _people(plan, heirs, done):
    for post in queries.posts_in(plan.sources, plan.on):
        default = NOWHERE if plan.kind == TRANSFER else 0
        place = plan.people.get(post.id, default)
        if place == NOWHERE and plan.kind == TRANSFER:
            continue
        if plan.kind == DISSOLVE:
            _move_fact(post, plan.on, done, unit_id=None)
        else:
            _move_post(post, _heir(heirs, place), plan.on, done)


def _move_post(post, heir, on, done):
    """Send the post to ``heir``.  Nobody holds two posts in one unit on one day: where the person
    has one there, the main one stays, else the one that was there."""
    rest = max(on, post.valid_from), post.valid_to
    there = queries.posts_held(post.person_id, heir, rest)
    if post.main and not any(held.main for held in there):
        _move_fact(post, on, done, unit_id=heir.id)
        for held in there:
            _leave_only(held, outside((held.valid_from, held.valid_to), rest), done)
        return
    parts = [rest]
    for held in there:
        parts = [left for part in parts
                 for left in outside(part, (held.valid_from, held.valid_to))]
    if parts == [rest]:
        _move_fact(post, on, done, unit_id=heir.id)
        return
    _move_fact(post, on, done, unit_id=None)
    _hold(post, heir.id, parts, done)


def _leave_only(post, parts, done):
    """The post holds on these parts of its days only."""
    if parts and parts[0][0] == post.valid_from:
        first, *parts = parts
        _note(done, "corrected", supersede(post, valid_to=first[1]), {"id": post.id})
    else:
        post.superseded_at = clock.now()
        _note(done, "disbelieved", post)
    _hold(post, post.unit_id, parts, done)


def _hold(post, unit_id, parts, done):
    for first, last in parts:
        _add(Posting(person_id=post.person_id, unit_id=unit_id, title=post.title, main=post.main,
                     valid_from=first, valid_to=last), done, {"id": post.id})


def _children(plan, heirs, done):
    parents, sources = tree(plan.on).parents, {unit.id for unit in plan.sources}
    for placement in queries.placements_under(plan.sources, plan.on):
        if placement.unit_id in sources:
            continue
        if plan.kind == DISSOLVE:
            parent = parents.get(placement.parent_id)
        else:
            parent = _heir(heirs, plan.children.get(placement.unit_id, 0)).id
        _move_fact(placement, plan.on, done, parent_id=parent)


def _move_fact(fact, on, done, **changes):
    """The fact holds as it is until the day ``on`` and with ``changes`` from then."""
    gone = None in changes.values()
    if fact.valid_from >= on:
        if gone:
            fact.superseded_at = clock.now()
            _note(done, "disbelieved", fact)
        else:
            _note(done, "corrected", supersede(fact, **changes), {"id": fact.id})
        return
    until = fact.valid_to
    _end_fact(fact, on, done)
    if not gone:
        own = ("person_id", "unit_id", "title", "main") if isinstance(fact, Posting) else (
            "unit_id", "parent_id")
        values = {name: getattr(fact, name) for name in own} | changes
        _add(type(fact)(**values, valid_from=on, valid_to=until), done, {"id": fact.id})


def _end_fact(fact, on, done):
    _note(done, "corrected", supersede(fact, valid_to=max(on, fact.valid_from)), {"id": fact.id})


def _place(unit, parent, on, done):
    stands = queries.placements_of(unit, on)
    for placement in stands:
        _move_fact(placement, on, done, parent_id=parent.id)
    if not stands:
        _add(Placement(unit=unit, parent=parent, valid_from=on, valid_to=None), done)


def _roles(plan, heirs, done):
    # What somebody could do yesterday they could do: a right ends today, whatever the act's day.
    today = clock.today()
    for role in queries.roles_in(plan.sources, today):
        default = 0 if plan.kind == RENAME else NOWHERE
        place = plan.roles.get(role.id, default)
        if plan.kind == TRANSFER and place == NOWHERE:
            continue
        day, until = max(today, role.valid_from), role.valid_to
        _change(role, done, valid_to=day)
        if place != NOWHERE and plan.kind != DISSOLVE:
            _add(Role(person_id=role.person_id, kind=role.kind,
                      unit_id=_heir(heirs, place).id, valid_from=day, valid_to=until),
                 done, {"id": role.id}, {"valid_to": plain(until)})


def _work(plan, heirs, done):
    """Open classes and courses go to the first heir; of a unit that ends without one they stay."""
    if not heirs:
        return
    for course_class in queries.classes_of(plan.sources):
        if plan.ends or course_class.id in plan.classes:
            _change(course_class, done, organiser_id=heirs[0].id)
    for course in queries.courses_of(plan.sources):
        if plan.ends or course.id in plan.courses:
            _change(course, done, owner_id=heirs[0].id)


def _requests(plan, heirs, done):
    """Moves between units that wait for an answer go on with the heirs, from the day of the act at
    the earliest: the unit that gives is that to which the person's post went, the one that takes
    is the first heir."""
    for request in queries.moves_waiting(plan.sources):
        start = max(request.valid_from, plan.on)
        post, takes = main_unit(request.person, start), request.unit
        gives = post if post in heirs and request.from_unit in plan.sources else request.from_unit
        if plan.ends and heirs and takes in plan.sources:
            takes = heirs[0]
        if gives == takes or (gives, takes) == (request.from_unit, request.unit):
            continue
        asked = gives if request.asked_of == request.from_unit else takes
        # One that was answered since stands in the way of undoing the act.
        _change(request, done, from_unit_id=gives.id, unit_id=takes.id, asked_of_id=asked.id,
                valid_from=start, decided_at=None)
        db.session.expire(request, ["from_unit", "unit", "asked_of"])


def _seats(plan, heirs, done):
    """Seats in classes that still take people go to the first heir."""
    for quota in queries.quotas_of(plan.sources) if heirs else []:
        held = db.session.get(Quota, (quota.class_id, heirs[0].id))
        note = {"unit": quota.unit_id, "seats": quota.seats, "heir": heirs[0].id,
                "heir_seats": held.seats if held else None}
        if held:
            held.seats += quota.seats
        else:
            db.session.add(Quota(class_id=quota.class_id, unit_id=heirs[0].id,
                                 seats=quota.seats))
        db.session.add(ReorganisationEffect(
            reorganisation_id=done.id, what="changed", table="quota", row_id=quota.class_id,
            before=note))
        db.session.delete(quota)
        db.session.flush()


def _add(row, done, before=None, after=None):
    db.session.add(row)
    _note(done, "made", row, before, after)
    return row


def _change_of(done, row, **fields):
    _change(row, done, **fields)


def _change(row, done, **fields):
    before = {name: plain(getattr(row, name)) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    _note(done, "changed", row, before, {name: plain(value) for name, value in fields.items()})


def _note(done, what, row, before=None, after=None):
    db.session.flush()
    db.session.add(ReorganisationEffect(
        reorganisation_id=done.id, what=what, table=row.__tablename__, row_id=row.id,
        before=before, after=after))
