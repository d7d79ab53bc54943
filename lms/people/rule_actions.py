"""Everything that can be done to the rule of a group."""
from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.facts import supersede
from lms.kernel.i18n import _
from lms.kernel.locks import advisory_lock
from lms.kernel.shared import fingerprint_of
from lms.people.following import believed_rules, follow_rules
from lms.people.models import GroupRule
from lms.people.overtaking import refuse_other


def rules_of(group):
    """A fingerprint of the rules of ``group``, as now known."""
    return fingerprint_of(*(rule.id for rule in believed_rules(group)))


def set_rule(group, values, by, seen=""):
    """From ``valid_from`` on, ``group`` is whoever holds a post as ``values`` ask.

    ``values``: ``titles``, ``kinds``, ``units`` (keys), each a list, and ``valid_from``.  The
    rule before it ends that day; memberships entered by hand hold until that day.  ``seen`` is
    what ``rules_of`` gave when it was begun (``lms.people.overtaking``).
    """
    advisory_lock("group rules")
    newest = max(believed_rules(group), key=lambda rule: rule.id, default=group)
    refuse_other(newest, rules_of(group), seen, "group rule set", "group rule ended")
    words = {name: values.get(name) or [] for name in ("titles", "kinds", "units")}
    if not any(words.values()):
        raise Refusal(_("A rule names at least one job title, kind of unit or unit. "
                        "Choose one."))
    if any(";" in word for several in words.values() for word in several):
        raise Refusal(_("A job title or a unit in a rule cannot hold a semicolon."))
    also = _end_from(group, values["valid_from"])
    rule = GroupRule(group=group, valid_from=values["valid_from"],
                     **{name: ";".join(several) for name, several in words.items()})
    db.session.add(rule)
    db.session.flush()
    changed = follow_rules(also=also)
    audit.record(by, "group rule set", rule, group=group.key, people=changed,
                 valid_from=rule.valid_from.isoformat(), **words)
    return rule


def end_rule(group, on, by):
    """From the day ``on`` the group is stated again: who belonged by the rule belongs no more."""
    advisory_lock("group rules")
    also = _end_from(group, on)
    if not also:
        raise Refusal(_("No rule of this group is in force on that day or later."))
    changed = follow_rules(also=also)
    audit.record(by, "group rule ended", group, on=on.isoformat(), people=changed)


def _end_from(group, on):
    """End what is in force on ``on`` or later; gives the stretches in which it held so far."""
    rules = db.session.scalars(select(GroupRule).where(
        GroupRule.group_id == group.id, GroupRule.known_at(), GroupRule.ends_after(on))
        .order_by(GroupRule.valid_from)).all()
    stretches = [(group.id, rule.valid_from, rule.valid_to) for rule in rules]
    for rule in rules:
        if rule.valid_from >= on:
            rule.superseded_at = clock.now()
        else:
            supersede(rule, valid_to=on)
    return stretches
