"""An act of a day to come, as it is kept until then."""
from courses.reorganisation.models import SPLIT, TRANSFER
from courses.reorganisation.plan import NOWHERE, Heir, Plan
from courses.reorganisation.queries import posts_in, units_named


def kept(plan):
    """What is kept of ``plan``, as plain JSON; ``plan_kept`` makes it a plan again.

    People are named by themselves, not by their posts: a post that is corrected meanwhile is
    another row, and still theirs.
    """
    return {
        "heirs": [{"unit": heir.unit.id if heir.unit else None, "name_vi": heir.name_vi,
                   "name_en": heir.name_en, "short_name": heir.short_name}
                  for heir in plan.heirs],
        "parent": plan.parent.id if plan.parent else None,
        "people": {str(post.person_id): plan.people.get(post.id, _at_first(plan.kind))
                   for post in _choices(plan.kind, plan.sources, plan.on)},
        "roles": _as_text(plan.roles), "children": _as_text(plan.children),
        "classes": sorted(plan.classes), "courses": sorted(plan.courses)}


def plan_kept(act):
    """The plan of a Reorganisation that waits, for whoever holds a post in its units by now."""
    kept_plan = act.plan
    units = units_named(ids_of(act))
    sources = [units[key] for key in act.units["sources"]]
    people = kept_plan["people"]
    return Plan(
        kind=act.kind, sources=sources, on=act.on, act=act.act, act_on=act.act_on, scan=act.scan,
        heirs=[Heir(**{**heir, "unit": units.get(heir["unit"])}) for heir in kept_plan["heirs"]],
        parent=units.get(kept_plan["parent"]),
        people={post.id: people[str(post.person_id)]
                for post in _choices(act.kind, sources, act.on) if str(post.person_id) in people},
        roles=_as_numbers(kept_plan["roles"]), children=_as_numbers(kept_plan["children"]),
        classes=set(kept_plan["classes"]), courses=set(kept_plan["courses"]))


def ids_of(act):
    """The ids of all units that an act which waits names."""
    return {*act.units["sources"], *act.units["heirs"], act.plan["parent"]} - {None}


def newcomers(act):
    """The posts of those who came to the unit since it was said who goes where, by their names."""
    sources = list(units_named(act.units["sources"]).values())
    return [post for post in _choices(act.kind, sources, act.on)
            if str(post.person_id) not in act.plan["people"]]


def _choices(kind, sources, on):
    return posts_in(sources, on) if kind in (SPLIT, TRANSFER) else []


def _at_first(kind):
    return NOWHERE if kind == TRANSFER else 0


def _as_text(places):
    return {str(key): place for key, place in places.items()}


def _as_numbers(places):
    return {int(key): place for key, place in places.items()}
