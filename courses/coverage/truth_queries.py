"""The look over all facts: what must hold of them, and of the figures made from them."""
from collections import Counter, defaultdict

from sqlalchemy import String, and_, cast, exists, or_, select
from sqlalchemy.orm import aliased

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import _l
from lms.kernel.text import fold, name_key
from lms.kernel.verifying import verify
from lms.organisations.models import Placement
from lms.organisations.queries import tree
from lms.organisations.walking import path
from lms.people.following import differences
from lms.people.models import Membership, Person, Posting

from courses.completions.models import Completion
from courses.coverage.extras import truth_rules
from courses.coverage.models import Exemption, Goal, Reckoned, TruthCheck
from courses.coverage.queries import ById, figures, roll_of
from courses.coverage.queries.beforehand import brought_up, kept_of
from courses.coverage.queries.figures import PARTS, reckoned
from courses.coverage.reckoning import OVERDUE
from courses.coverage.truth import Fault, Rule


def rules():
    """Everything that must hold: our own rules, then those of the rooms above."""
    return [*OWN, *truth_rules.of()]


def last_check():
    """The newest look over the facts, or None before the first."""
    return db.session.scalar(
        select(TruthCheck).order_by(TruthCheck.ended_at.desc(), TruthCheck.id.desc()).limit(1))


def checks_so_far(count=14):
    """The newest looks, the newest first."""
    return db.session.scalars(
        select(TruthCheck).order_by(TruthCheck.ended_at.desc(), TruthCheck.id.desc())
        .limit(count)).all()


def wrong_figures():
    """Figures that a recount person by person, by other means, does not give."""
    when, said = (clock.today(), clock.now()), defaultdict(list)
    for figure in figures(on=when[0], known=when[1]):
        said[figure.goal].append(figure)
    posts, parents = _posts(*when), tree(*when).parents
    return [fault for goal, row in said.items()
            for fault in _recounted(goal, row, (posts, parents), when)]


def _posts(today, known):
    posts = defaultdict(set)
    for person, unit in db.session.execute(select(Posting.person_id, Posting.unit_id).where(
            Posting.valid_on(today), Posting.known_at(known))):
        posts[person].add(unit)
    return posts


def _recounted(goal, said, places, when):
    """One person after another is entered in each unit they count in, as a clerk would."""
    (posts, parents), (today, known) = places, when
    members = _people(Membership, known, Membership.group_id == goal.group_id,
                      Membership.valid_on(today)) & posts.keys()
    exempt = _people(Exemption, known, Exemption.goal_id == goal.id, Exemption.valid_on(today))
    holders = [_people(Completion, known, Completion.course_id == course,
                       Completion.counts_on(today)) for course in goal.courses]
    counts = {"members": Counter(), "exempt": Counter(), "met": Counter()}
    for person in members:
        units = {step for unit in posts[person] for step in path(unit, parents)}
        counts["members"].update(units)
        if person in exempt:
            counts["exempt"].update(units)
        elif all(person in held for held in holders):
            counts["met"].update(units)
    for figure in said:
        for part, counted in counts.items():
            if getattr(figure, part) != counted[figure.unit.id]:
                yield Fault((("goal", goal.id),), unit=figure.unit.id, goal=goal.id,
                            said=getattr(figure, part), counted=counted[figure.unit.id])


def _people(fact, known, *conditions):
    return set(db.session.scalars(select(fact.person_id).where(fact.known_at(known), *conditions)))


def wrong_lists():
    """Figures whose parts do not add up, or whose list of people says something else."""
    today, faults = clock.today(), []
    for figure in figures(units=_roots(today), on=today):
        roll = roll_of(figure.goal, figure.unit, today)
        # Nobody's name is needed to be counted.
        listed = Counter(row.status for row in roll.behind(list(map(ById, roll.ids())))
                         if (row.status == OVERDUE) == _is_late(row, today))
        for part in ("exempt", "met", "overdue", "within_time"):
            if listed[part] != getattr(figure, part):
                faults.append(Fault((("goal", figure.goal.id),), unit=figure.unit.id,
                                    goal=figure.goal.id, said=getattr(figure, part),
                                    counted=listed[part]))
        if figure.exempt + figure.required != figure.members:
            faults.append(Fault((("goal", figure.goal.id),), unit=figure.unit.id,
                                goal=figure.goal.id, said=figure.members,
                                counted=figure.exempt + figure.required))
    return faults


def wrong_beforehand():
    """Figures reckoned beforehand and brought up to now that all facts together do not give."""
    known = clock.now()
    return [fault for on in sorted({one.on for one in kept_of(Reckoned.ready)})
            for fault in _wrong_of_day(brought_up(on, known=known), on, known)]


def _wrong_of_day(kept, on, known):
    if kept is None:
        return
    anew = {(one.goal.id, one.unit.id): one for one in reckoned(on=on, known=known)}
    for one in kept.figures():
        other = anew[one.goal.id, one.unit.id]
        for part in PARTS:
            if getattr(one, part) != getattr(other, part):
                yield Fault((("goal", one.goal.id),), unit=one.unit.id, goal=one.goal.id,
                            said=getattr(one, part), counted=getattr(other, part))


def _roots(today):
    parents = tree(today).parents
    return [ById(key) for key in set(parents.values()) - parents.keys()]


def _is_late(row, today):
    return row.status not in ("met", "exempt") and row.due_on is not None and row.due_on < today


def wrong_keys():
    """People whose keys for finding and sorting no longer follow their name."""
    return [Fault((("person", person),), person=person) for person, name, found, sort in
            db.session.execute(select(Person.id, Person.full_name, Person.fold, Person.sort_key))
            if (found, sort) != (fold(name), name_key(name))]


def two_main_posts():
    """People with two main posts on one day: they would be in two places at once."""
    return _overlaps(Posting, "person_id", Posting.main)


def overlapping_facts():
    """Facts of one kind that say the same of the same days twice."""
    return [*_overlaps(Posting, "person_id", None, "unit_id"),
            *_overlaps(Membership, "person_id", None, "group_id"),
            *_overlaps(Exemption, "person_id", None, "goal_id"), *_overlaps(Placement, "unit_id")]


def _overlaps(fact, whose, only=None, *same):
    one, other = aliased(fact), aliased(fact)
    conditions = [one.id < other.id, one.known_at(), other.known_at(),
                  *(getattr(one, name) == getattr(other, name) for name in (whose, *same)),
                  one.meets(other), one.some_day(), other.some_day()]
    if only is not None:
        conditions += [getattr(one, only.key), getattr(other, only.key)]
    rows = db.session.execute(select(one.id, other.id, getattr(one, whose))
                              .where(*conditions).order_by(one.id, other.id))
    concerned = "person" if whose == "person_id" else "unit"
    return [Fault(((fact.__tablename__, a), (fact.__tablename__, b)), **{concerned: key})
            for a, b, key in rows]


def same_completions():
    """Completions of one course by one person on one day, recorded twice."""
    one, other = aliased(Completion), aliased(Completion)
    rows = db.session.execute(select(one.id, other.id, one.person_id).where(
        one.id < other.id, one.person_id == other.person_id, one.course_id == other.course_id,
        one.learned_on == other.learned_on, one.known_at(), other.known_at(),
        one.revoked_on.is_(None), other.revoked_on.is_(None)).order_by(one.id))
    return [Fault((("completion", a), ("completion", b)), person=person) for a, b, person in rows]


def members_without_post():
    """People who belong to a group today and work nowhere: no figure counts them."""
    today = clock.today()
    posted = exists().where(Posting.person_id == Membership.person_id, Posting.valid_on(today),
                            Posting.known_at())
    rows = db.session.execute(select(Membership.id, Membership.person_id).where(
        Membership.valid_on(today), Membership.known_at(), ~posted).order_by(Membership.id))
    return [Fault((("membership", key),), person=person) for key, person in rows]


def off_the_rule():
    """People whose memberships of a group by rule are not what its rules ask."""
    return [Fault(tuple(("membership", row.id) for row in one.held), person=one.person)
            for one in differences()]


def impossible_days():
    """Completions learned in the future, or before the person was born."""
    rows = db.session.execute(select(Completion.id, Completion.person_id).join(
        Person, Person.id == Completion.person_id).where(Completion.known_at(), or_(
            Completion.learned_on > clock.today(),
            and_(Person.birth != "", cast(Completion.learned_on, String) <= Person.birth)))
        .order_by(Completion.id))
    return [Fault((("completion", key),), person=person) for key, person in rows]


def idle_exemptions():
    """Exemptions of which no day lies in their goal and in the person's membership."""
    member = exists().where(
        Membership.person_id == Exemption.person_id, Membership.group_id == Goal.group_id,
        Membership.known_at(), Membership.meets(Exemption))
    rows = db.session.execute(
        select(Exemption.id, Exemption.person_id, Exemption.goal_id)
        .join(Goal, Goal.id == Exemption.goal_id)
        .where(Exemption.known_at(), or_(~Goal.meets(Exemption), ~member))
        .order_by(Exemption.id))
    return [Fault((("exemption", key),), person=person, goal=goal) for key, person, goal in rows]


def broken_seals():
    """Entries and seals of the trail that are not as they were made (``flask audit verify`` tells
    each in a sentence)."""
    return [Fault((("audit_entry", fault.entry) if fault.entry is not None
                   else ("audit_seal", fault.seal or 0),)) for fault in verify().faults]


OWN = (
    Rule("figures", _l("Every figure is what a recount person by person gives, and each person "
                       "counts once in the whole."), wrong_figures),
    Rule("lists", _l("The parts of a figure add up, and its list has as many people in each "
                     "status."), wrong_lists),
    Rule("beforehand", _l("Figures reckoned beforehand and brought up to now are those that all "
                          "facts give."), wrong_beforehand),
    Rule("keys", _l("What is stored for finding and sorting follows the names."), wrong_keys),
    Rule("two_places", _l("Nobody has two main posts on one day."), two_main_posts),
    Rule("overlaps", _l("No post, membership, exemption or place in the tree is recorded twice "
                        "for the same days."), overlapping_facts),
    Rule("completions", _l("No completion is recorded twice."), same_completions),
    Rule("no_post", _l("Whoever belongs to a group today has a post."), members_without_post),
    Rule("rules", _l("The memberships of a group by rule are what its rules ask."), off_the_rule),
    Rule("days", _l("Nothing was learned in the future or before somebody was born."),
         impossible_days),
    Rule("exemptions", _l("Each exemption concerns days on which its goal asks something of the "
                          "person."), idle_exemptions),
    Rule("trail", _l("The trail of what was done is as it was sealed."), broken_seals),
)
