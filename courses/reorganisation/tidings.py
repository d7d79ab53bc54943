"""What is told of an act: to the officers, to whoever answers for its units, and to those whose
rights end or begin by it."""
from collections import defaultdict

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import _, day, in_both, named, ngettext
from lms.notices.actions import Tiding, tell_each
from lms.notices.models import Notice
from lms.organisations.queries import tree
from lms.people.models import Role
from lms.people.queries import answering, officers

from courses.reorganisation.ahead import ids_of
from courses.reorganisation.left_over import left_over
from courses.reorganisation.models import MOVE, ReorganisationEffect
from courses.reorganisation.queries import units_named
from courses.reorganisation.words import KIND_WORDS

#: How many people a message names at most.
NAMED = 10


def concerned_by(plan):
    """Who answers today for the units that ``plan`` names, and for those which a unit that moves
    leaves: person id → (person, the id of the unit of whose page they are told)."""
    units = plan.units
    if plan.kind == MOVE:
        parents = tree(plan.on).parents
        left = {parents.get(unit.id) for unit in plan.sources} - {None}
        units = [*units, *units_named(left).values()]
    return _answering(units)


def _answering(units):
    return {person.id: (person, key) for key, people in answering(units).items()
            for person in people}


def tell_done(act, plan, concerned, by):
    """Tell those ``concerned``, and those whose rights it changed, that the act is done as it was
    in the ``plan``; and them, the officers and whoever it is, who is left without a post by it.
    """
    rights = _rights_changed(act)
    left = left_over([act]).get(act.id, [])
    people = {key: person for key, (person, _unit) in concerned.items()}
    people |= {role.person_id: role.person for role, _ends in rights}
    names = units_named({*act.units["sources"], *act.units["heirs"]})
    places = [*(names[key] for key in act.units["heirs"]), *filter(None, [plan.parent])]
    changed = defaultdict(list)
    for role, ends in rights:
        changed[role.person_id].append((role, ends))
    without = {person.id for person in left}
    _tell(act, "in-force", [
        (person, lambda key=key: " ".join([
            _in_force(act, names, places), *_rights_words(changed[key]),
            *([_left_words(left)] if left and key in concerned else [])]),
         _page(concerned.get(key), changed[key]))
        for key, person in people.items() if key not in without], by)
    if left:
        _tell_left_over(act, left, lambda: _in_force(act, names, places), changed, by)


def _tell_left_over(act, left, in_force, changed, by):
    """Tell those ``left`` without a post that they are, and the officers who they are."""
    _send(act, "in-force", [
        (person, lambda key=person.id: " ".join([
            in_force(), *_rights_words(changed[key]),
            _("Your post ends by it and no other one is recorded. Your record of learning stays. "
              "The training officers are told; ask them, if you go on elsewhere.")]), "/record")
        for person in left], by, without_post=True)
    mine = {by.id if by else None, *(person.id for person in left)}
    _send(act, "left-over", [
        (person, lambda: f"{act.act}: {_left_words(left)}",
         f"/reorganisations/{act.id}")
        for person in officers(clock.today()) if person.id not in mine], by)


def _left_words(left):
    names = ", ".join(person.full_name for person in left[:NAMED])
    more = len(left) - NAMED
    if more > 0:
        names = _("%(names)s and %(more)s more", names=names, more=more)
    return _("Without a post by it: %(names)s. Record for each the new post, or that they have "
             "left.", names=names)


def _in_force(act, names, places):
    sources = ", ".join(named(names[key]) for key in act.units["sources"])
    whither = ", ".join(map(named, places))
    return _("In force from %(day)s on: %(what)s, %(act)s.", day=day(act.on), act=act.act,
             what=f"{KIND_WORDS[act.kind][0]}: {sources}" + (f" → {whither}" if whither else ""))


def _rights_changed(act):
    """(role, whether it ends) for each right that the act ended or gave."""
    rows = db.session.execute(
        select(Role, ReorganisationEffect.what)
        .join(ReorganisationEffect, ReorganisationEffect.row_id == Role.id)
        .where(ReorganisationEffect.reorganisation_id == act.id,
               ReorganisationEffect.table == Role.__tablename__)
        .order_by(ReorganisationEffect.id))
    return [(role, what == "changed") for role, what in rows]


def _rights_words(changed):
    ended, begun = ([role for role, ends in changed if ends is which] for which in (True, False))
    return [
        *(_("You do not answer for %(units)s any more.", units=_units(roles))
          for roles in [ended] if roles),
        *(_("You answer for %(units)s from %(day)s on.", units=_units(roles),
            day=day(roles[0].valid_from)) for roles in [begun] if roles)]


def _units(roles):
    return ", ".join({role.unit_id: named(role.unit) for role in roles}.values())


def _page(concerned, changed):
    """The page of the unit that somebody answers for now, or else answered for."""
    begun = [role.unit_id for role, ends in changed if not ends]
    key = begun[0] if begun else concerned[1] if concerned else changed[0][0].unit_id
    return f"/units/{key}"


def tell_not_done(act):
    """Tell the officers, and who answers for its units, that it could not be done on its day."""
    tell_officers(act, "failed", lambda: _(
        "The act %(act)s could not be done on its day. Look at it to see why.", act=act.act))
    _tell(act, "delayed", [
        (person, lambda: _("%(act)s could not be done on its day, %(day)s. Until the training "
                           "officers put it right, everything stays as it is.", act=act.act,
                           day=day(act.on)), f"/units/{unit}")
        for person, unit in _answering(units_named(ids_of(act)).values()).values()], by=None)


def tell_officers_done(act, came):
    """Tell the officers that an act which waited is done, and how many ``came`` since."""
    tell_officers(act, "done", lambda: " ".join([
        _("The act %(act)s has taken effect. It can be undone until midnight.", act=act.act),
        *([ngettext("%(num)s person came since it was entered: look where they went.",
                    "%(num)s people came since it was entered: look where they went.", came)]
          if came else [])]))


def tell_undone(act, by):
    """Tell those who were told of the act, officers apart, that it is undone."""
    told = db.session.scalars(select(Notice).where(
        Notice.key.startswith(f"act-{act.id}-in-force-"))).all()
    _tell(act, "undone", [(notice.person, lambda: _(
        "%(act)s was undone; everything is as it was.", act=act.act), notice.url)
        for notice in told], by)


def tell_officers(act, what, words):
    """Tell each officer ``words()``, once for each ``what``."""
    _send(act, what, [(person, words, f"/reorganisations/{act.id}")
                      for person in officers(clock.today())], by=None)


def _tell(act, what, told, by):
    """Tell people who are neither officers, who have their own words, nor whoever does it."""
    others = {by.id if by else None, *(person.id for person in officers(clock.today()))}
    _send(act, what, [one for one in told if one[0].id not in others], by)


def _send(act, what, told, by, without_post=False):
    tell_each([Tiding(person, *in_both(words), url, f"act-{act.id}-{what}-{person.id}",
                      without_post) for person, words, url in told], by)
