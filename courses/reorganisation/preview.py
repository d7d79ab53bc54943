"""What an act would touch: it is done for a moment and taken back, so that nothing is guessed."""
from dataclasses import dataclass, field

from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.i18n import named, ngettext
from lms.organisations.queries import root_on, tree
from lms.people.models import Posting, Role
from lms.transfers.models import TransferRequest

from courses.coverage.queries import figures
from courses.reorganisation.actions import do_ahead, entered, refuse_what_collides
from courses.reorganisation.doing import carry_out
from courses.reorganisation.groups import belonging, turned
from courses.reorganisation.left_over import left_over
from courses.reorganisation.models import ReorganisationEffect
from courses.reorganisation.offers import goes_along, papers_before
from courses.reorganisation.queries import (
    classes_of,
    courses_of,
    effects_of,
    placements_under,
    posts_in,
    roles_in,
    units_named,
    waiting_acts,
)


@dataclass
class Preview:
    """What would be otherwise; plain words, nothing of it is in the database."""

    #: (name, year of birth, title, unit now, unit then or None)
    people: list = field(default_factory=list)
    #: (name, kind of the role, unit now, unit then or None)
    roles: list = field(default_factory=list)
    #: (unit, where it stands then)
    children: list = field(default_factory=list)
    #: names of what goes to another unit
    classes: list = field(default_factory=list)
    courses: list = field(default_factory=list)
    #: what else goes along, as sentences of the rooms above
    others: list = field(default_factory=list)
    #: the names of those who would hold no post any more
    left_over: list = field(default_factory=list)
    #: the groups that hold other people then, each Turned
    groups: list = field(default_factory=list)
    #: papers that were locked for days on which the act holds, as sentences of the rooms beside
    papers: list = field(default_factory=list)
    #: (goal, unit, figure before or None, figure after or None): those that become otherwise
    figures: list = field(default_factory=list)
    #: the others
    same: list = field(default_factory=list)


def previewed(plan, act=None):
    """Do ``plan`` inside a savepoint, tell what became otherwise, and roll it back.

    Acts that wait for a day before it are done there first, so that it is told on top of them.
    ``act`` is the Reorganisation of the plan where it waits itself.
    """
    if act is None:
        refuse_what_collides(plan)
    point = db.session.begin_nested()
    try:
        do_ahead([one for one in waiting_acts() if one.on <= plan.on and one is not act])
        return _told(plan)
    finally:
        point.rollback()


def _told(plan):
    standing = [unit for unit in (*plan.sources, *(heir.unit for heir in plan.heirs),
                                  root_on(plan.on), plan.parent) if unit]
    before, members = _figures(standing, plan.on), belonging(plan.on)
    held = {"posts": posts_in(plan.sources, plan.on), "roles": roles_in(plan.sources, plan.on),
            "children": placements_under(plan.sources, plan.on),
            "classes": classes_of(plan.sources), "courses": courses_of(plan.sources)}
    now = {unit.id: named(unit) for unit in plan.sources}
    seen = {"posts": [(one.id, one.person.full_name, one.person.birth_year, one.title,
                       now[one.unit_id]) for one in held["posts"]],
            "roles": [(one.id, one.person.full_name, one.kind, now[one.unit_id])
                      for one in held["roles"]],
            "children": [(one.unit_id, named(one.unit)) for one in held["children"]]}
    done = entered(plan, by=None)
    carry_out(plan, done)
    after_units = units_named([*done.units["sources"], *done.units["heirs"],
                               *(unit.id for unit in standing)])
    changed, same = _compared(before, _figures(after_units.values(), plan.on))
    return Preview(
        people=_with_heirs(seen["posts"], Posting, done),
        roles=_with_heirs(seen["roles"], Role, done),
        children=_children(seen["children"], plan),
        classes=[named(one) for one in held["classes"] if one.organiser_id not in now],
        courses=[named(one) for one in held["courses"] if one.owner_id not in now],
        others=[*goes_along.of(done, [after_units[key] for key in done.units["heirs"]]),
                *_moves(done)],
        left_over=[person.full_name for person in left_over([done]).get(done.id, ())],
        groups=turned(members, belonging(plan.on)),
        papers=papers_before.of(done), figures=changed, same=same)


def _with_heirs(seen, model, done):
    """The rows ``seen``, without their ids, each with the unit it goes on in, or None."""
    sources = set(done.units["sources"])
    went = db.session.execute(
        select(ReorganisationEffect.before, model)
        .join(model, model.id == ReorganisationEffect.row_id)
        .where(ReorganisationEffect.reorganisation_id == done.id,
               ReorganisationEffect.table == model.__tablename__,
               ReorganisationEffect.what.in_(("made", "corrected"))))
    goes = {before["id"]: named(row.unit) for before, row in went if row.unit_id not in sources}
    return [(*words, goes.get(key)) for key, *words in seen]


def _moves(done):
    """That moves which wait for an answer go on, as a sentence, where there are some."""
    count = sum(effect.table == TransferRequest.__tablename__ for effect in effects_of(done))
    return [ngettext(
        "%(num)s move between units that waits for an answer goes on with the unit that follows.",
        "%(num)s moves between units that wait for an answer go on with the unit that follows.",
        count)] if count else []


def _children(seen, plan):
    if not plan.ends:
        return []
    parents = tree(plan.on).parents
    units = units_named([parents[key] for key, _name in seen if key in parents])
    return [(name, named(units[parents[key]]) if key in parents else "") for key, name in seen]


def _figures(units, on):
    return {(figure.goal.id, figure.unit.id): figure
            for figure in figures(units=list(units), on=on)
            if figure.members or figure.unit.in_force(on)}


def _compared(before, after):
    """The rows of those figures that become otherwise, and of those that stay the same."""
    rows = []
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if (old and old.members) or (new and new.members):
            known = old or new
            rows.append((known.goal, known.unit, old, new))
    rows.sort(key=lambda row: (row[0].key, row[1].precedence, row[1].id))
    changed = [row for row in rows if _said(row[2]) != _said(row[3])]
    return changed, [row for row in rows if row not in changed]


def _said(figure):
    """What the page says of a figure; of one in which nobody is meant, as of none, nothing."""
    return (figure.met, figure.required) if figure and figure.members else None
