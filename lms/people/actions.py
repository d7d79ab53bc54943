"""Everything that can be done to a person, a post, a membership."""
from datetime import date

from sqlalchemy import func, select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.facts import supersede
from lms.kernel.i18n import _, named
from lms.kernel.i18n import day as day_words
from lms.kernel.locks import advisory_lock
from lms.people.following import follow_rules
from lms.people.models import GroupRule, Membership, Person, Posting
from lms.people.overtaking import refuse_overtaken
from lms.people.policies import may_answer

#: So many staff codes are tried in one statement.
MOST_TRIED = 5000


def new_person(values, key=""):
    """A person not known before; ``key`` is the staff code, the next free one where empty."""
    person = Person(key=key or free_keys(1)[0], **values)
    db.session.add(person)
    db.session.flush()
    return person


def free_keys(count, but=()):
    """So many staff codes, in a list, that nobody has and that are none of ``but``."""
    number, keys = (db.session.scalar(select(func.max(Person.id))) or 0) + 1, []
    while len(keys) < count:
        tried = [f"P{one:05d}" for one in range(number, number + min(count, MOST_TRIED))]
        taken = {*but, *db.session.scalars(select(Person.key).where(Person.key.in_(tried)))}
        keys += [key for key in tried if key not in taken]
        number += len(tried)
    return keys[:count]


def add_person(values, posting, by):
    """Enter somebody with their first post: ``posting`` holds unit, title and valid_from."""
    person = new_person(values)
    db.session.add(Posting(person=person, main=True, **posting))
    db.session.flush()
    follow_rules([person.id])
    audit.record(by, "person entered", person)
    return person


def change_person(person, values, by, seen=""):
    """Correct what identifies a person; the trail keeps which fields, never the values.

    ``seen`` is their fingerprint when the form was opened (``lms.people.overtaking``).
    """
    refuse_overtaken(person, seen, "person changed")
    fields = sorted(name for name, value in values.items() if getattr(person, name) != value)
    for name in fields:
        setattr(person, name, values[name])
    db.session.flush()
    audit.record(by, "person changed", person, fields=fields)
    return person


def post(person, values, by, agreed=False):
    """Give ``person`` a post in ``unit`` from a day on.

    A main post ends the main one held on that day, and ends itself where that one would have
    ended or where a later main post begins: somebody has one at a time.  Refuses a unit that
    was not there on the day, a second post in one unit, and a main post that would end in a
    unit ``by`` does not answer for, unless whoever does has ``agreed``.
    """
    start, unit = values["valid_from"], values["unit"]
    advisory_lock(f"posts-{person.id}")
    refuse_unit_of_another_time(unit, start)
    former = main_posts(person, start) if values["main"] else []
    end = end_of_main_post(person, start, former) if values["main"] else None
    _refuse_second_post(person, {"title": "", **values}, end, former)
    if not agreed:
        _refuse_posts_of_others(former, by)
    # Recorded no later than the ends it makes: an end of before was another act's.
    entered_at = clock.now()
    for one in former:
        supersede(one, valid_to=start)
    posting = Posting(person=person, recorded_at=entered_at, **{"valid_to": end, **values})
    db.session.add(posting)
    db.session.flush()
    follow_rules([person.id])
    audit.record(by, "person posted", posting, person=person.id)
    return posting


def refuse_unit_of_another_time(unit, day):
    """Refuse where ``unit`` was not there on ``day``."""
    if unit.holds(day):
        return
    raise Refusal(_("%(unit)s has been there since %(first)s only. Enter the post from that day "
                    "on.", unit=named(unit), first=day_words(unit.valid_from))
                  if day < unit.valid_from else
                  _("%(unit)s ended on %(last)s. Choose the unit that followed it.",
                    unit=named(unit), last=day_words(unit.valid_to)))


def _refuse_second_post(person, values, end, former):
    start, unit = values["valid_from"], values["unit"]
    for held in _known_posts(person):
        ends = start if held in former else held.valid_to
        if held.unit_id != unit.id or (end and held.valid_from >= end):
            continue
        if held.holds(start) and held.title == values["title"]:
            raise Refusal(_("%(name)s holds this post on that day already.",
                            name=person.full_name))
        if ends is None or ends > start:
            raise Refusal(_("%(name)s has a post in this unit from %(day)s on. End that one "
                            "first, or choose another day.", name=person.full_name,
                            day=day_words(held.valid_from)))


def _refuse_posts_of_others(postings, by):
    if by is not None and not all(may_answer(by, posting.unit) for posting in postings):
        raise Refusal(_("The main post is in a unit you do not answer for. Ask a training officer "
                        "to record this."))


def _known_posts(person):
    """The posts of ``person`` as now known that hold on some day."""
    return db.session.scalars(select(Posting).where(
        Posting.person_id == person.id, Posting.known_at(), Posting.some_day())
        .order_by(Posting.valid_from, Posting.id)).all()


def main_posts(person, day):
    """The main posts ``person`` holds on ``day`` as now known: one at most, if all is well."""
    return [posting for posting in current_posts(person, day) if posting.main]


def end_of_main_post(person, day, former):
    """The day on which a main post begun on ``day`` ends, or None: where the ``former`` ones it
    follows would have ended, or where a later main post begins, whichever comes first."""
    return end_among(_known_posts(person), day, former)


def end_among(posts, day, former):
    """As ``end_of_main_post``, of somebody whose known ``posts`` were read beforehand."""
    ends = [posting.valid_to for posting in former]
    begins = [posting.valid_from for posting in posts
              if posting.main and posting.valid_from > day and posting.holds_some_day()]
    return min((found for found in [*ends, *begins] if found), default=None)


def leave(person, on, how, by):
    """``person`` leaves: from the day ``on`` every post and group ends; the trail keeps ``how``.

    What begins later is believed no more; but whoever came back already stays: the leaving
    before it is put right.  Whoever lost the post with the unit before leaves the groups.
    Refused where nothing holds on that day or later, and where the main post is in a unit ``by``
    does not answer for; other posts end with it.
    """
    advisory_lock(f"posts-{person.id}")
    facts = [fact for model in (Posting, Membership) for fact in db.session.scalars(
        select(model).where(model.person_id == person.id, model.known_at(),
                            model.ends_after(on)))]
    back = _back_after([fact for fact in facts if isinstance(fact, Posting)], on)
    facts = [fact for fact in facts if back is None or fact.valid_from < back]
    posts = [fact for fact in facts if isinstance(fact, Posting)]
    if not facts:
        raise Refusal(_("%(name)s holds no post on that day or later.", name=person.full_name))
    _refuse_posts_of_others([held for held in posts if held.main] or posts, by)
    for fact in facts:
        if fact.valid_from >= on:
            fact.superseded_at = clock.now()
        else:
            supersede(fact, valid_to=on)
    follow_rules([person.id])
    audit.record(by, "person left", person, how=how, on=on.isoformat())


def _back_after(posts, on):
    """The day, not after today, on which somebody who holds one of ``posts`` on the day ``on``
    and then none came back; None where they did not."""
    end = on
    for held in sorted(posts, key=lambda one: one.valid_from):
        if held.valid_from > end:
            return held.valid_from if on < end and held.valid_from <= clock.today() else None
        end = max(end, held.valid_to or date.max)
    return None


def current_posts(person, day):
    """The posts ``person`` holds on ``day`` as now known."""
    return db.session.scalars(select(Posting).where(
        Posting.person_id == person.id, Posting.valid_on(day), Posting.known_at())).all()


def end_post(posting, on, by):
    """End a post: from the day ``on`` the person holds it no more."""
    if posting.valid_to and on > posting.valid_to:
        raise Refusal(_("The post ends on %(day)s already. Choose an earlier day, or let it go on "
                        "first.", day=day_words(posting.valid_to)))
    if on < posting.valid_from:
        raise Refusal(_("The post cannot end on that day: it began on %(day)s.",
                        day=day_words(posting.valid_from)))
    ended = supersede(posting, valid_to=on)
    follow_rules([ended.person_id])
    audit.record(by, "post ended", ended, person=posting.person_id, on=on.isoformat())
    return ended


def join_group(person, group, valid_from, by):
    """Count ``person`` to ``group`` from a day on; refused where a rule says who belongs."""
    refuse_by_rule(group.id, valid_from)
    held = db.session.scalar(select(Membership.id).where(
        Membership.person_id == person.id, Membership.group_id == group.id, Membership.known_at(),
        Membership.ends_after(valid_from)).limit(1))
    if held:
        raise Refusal(_("%(name)s belongs to this group already.", name=person.full_name))
    membership = Membership(person=person, group=group, valid_from=valid_from)
    db.session.add(membership)
    db.session.flush()
    audit.record(by, "group joined", membership, person=person.id, group=group.key)
    return membership


def refuse_by_rule(group_id, day):
    """Refuse where a rule says on ``day`` or later who belongs to the group."""
    ruled = db.session.scalar(select(GroupRule.id).where(
        GroupRule.group_id == group_id, GroupRule.known_at(), GroupRule.ends_after(day)).limit(1))
    if ruled:
        raise Refusal(_("A rule says who belongs to this group, and follows the posts. Correct "
                        "the post, or ask an officer to change the rule."))


def leave_group(membership, on, by):
    """End a membership: from the day ``on`` the person is not meant any more."""
    refuse_by_rule(membership.group_id, on)
    if on < membership.valid_from:
        raise Refusal(_("The membership began on %(day)s; it cannot end before.",
                        day=day_words(membership.valid_from)))
    if membership.valid_to and on > membership.valid_to:
        raise Refusal(_("The membership ended on %(day)s already.",
                        day=day_words(membership.valid_to)))
    ended = supersede(membership, valid_to=on)
    audit.record(by, "group left", ended, person=membership.person_id, on=on.isoformat())
    return ended
