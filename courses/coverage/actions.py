"""Everything that can be done to goals and exemptions."""
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from lms.kernel import audit
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.facts import supersede
from lms.kernel.i18n import _, day
from lms.people.overtaking import refuse_overtaken

from courses.coverage.models import Exemption, Goal

#: What a goal may be given besides ``key``, ``group``, ``courses``, ``title_vi``, ``valid_from``.
LEFT_OUT = {"title_en": "", "share": None, "due_days": None, "deadline": None, "basis": "",
            "valid_to": None}


def set_goal(values, by):
    """Set a goal: the people of ``group`` complete all of ``courses``."""
    values = LEFT_OUT | values
    _refuse_a_wrong_goal(values)
    if db.session.scalar(select(Goal.id).filter_by(key=values["key"])):
        raise Refusal(_("There is a goal “%(key)s” already. Choose another code.",
                        key=values["key"]))
    goal = Goal(**values)
    db.session.add(goal)
    db.session.flush()
    audit.record(by, "goal set", goal, **{name: _plain(value) for name, value in values.items()})
    return goal


def change_goal(goal, values, by, seen=""):
    """Change what ``goal`` asks; the trail keeps what it asked before, figures follow at once.

    ``seen`` is its fingerprint when it was opened to be changed (``lms.people.overtaking``).
    """
    refuse_overtaken(goal, seen, "goal changed")
    asked = {name: getattr(goal, name) for name in ("courses", "valid_from", *LEFT_OUT)}
    _refuse_a_wrong_goal(asked | values)
    changes = {name: [_plain(old), _plain(value)] for name, value in values.items()
               if (old := getattr(goal, name)) != value and _plain(old) != _plain(value)}
    for name in changes:
        setattr(goal, name, values[name])
    db.session.flush()
    if changes:
        audit.record(by, "goal changed", goal, **changes)
    return goal


def exempt(person, goal, values, by):
    """Excuse ``person`` from ``goal``: ``kind``, ``reason``, ``valid_from``, ``valid_to``."""
    _refuse_a_wrong_interval(values["valid_from"], values["valid_to"])
    if not values["reason"]:
        raise Refusal(_("Give the reason of the exemption: it stands beside the name in every "
                        "list."))
    if _exempted_meanwhile(person, goal, values):
        raise Refusal(_("%(name)s is exempt from this goal on some of these days already. "
                        "End that exemption first, or choose other days.", name=person.full_name))
    exemption = Exemption(person=person, goal=goal, approved_by_id=by.id if by else None, **values)
    db.session.add(exemption)
    db.session.flush()
    audit.record(by, "person exempted", exemption, person=person.id, goal=goal.id)
    return exemption


def end_exemption(exemption, on, by):
    """Let ``exemption`` end before the day ``on``; the row it was is kept, and closed."""
    if on < exemption.valid_from:
        raise Refusal(_("The exemption begins on %(day)s and cannot end before that. "
                        "Choose that day or a later one.", day=day(exemption.valid_from)))
    if exemption.valid_to and on > exemption.valid_to:
        raise Refusal(_("The exemption ends on %(day)s already. Choose that day or an earlier one.",
                        day=day(exemption.valid_to)))
    ended = supersede(exemption, valid_to=on)
    audit.record(by, "exemption ended", ended, corrects=exemption.id, on=on.isoformat())
    return ended


def _refuse_a_wrong_goal(values):
    _refuse_a_wrong_interval(values["valid_from"], values["valid_to"])
    if not values["courses"]:
        raise Refusal(_("A goal asks for one course at least. Choose one."))
    if values["due_days"] is not None and values["deadline"] is not None:
        raise Refusal(_("A goal has either days for newcomers or one deadline for all. "
                        "Empty one of the two fields."))
    if values["share"] is not None and not 0 <= values["share"] <= 100:
        raise Refusal(_("The target is a share from 0 to 100 per cent."))


def _refuse_a_wrong_interval(valid_from, valid_to):
    if valid_to is not None and valid_to <= valid_from:
        raise Refusal(_("The end must lie after the beginning: the last day is the one before "
                        "the end."))


def _exempted_meanwhile(person, goal, values):
    standing = db.session.scalars(select(Exemption).where(
        Exemption.person_id == person.id, Exemption.goal_id == goal.id, Exemption.known_at()))
    start, end = values["valid_from"], values["valid_to"] or date.max
    return any(one.valid_from < end and start < (one.valid_to or date.max) for one in standing)


def _plain(value):
    """``value`` as the trail keeps it: plain JSON, things by their id."""
    if isinstance(value, list):
        return sorted(_plain(one) for one in value)
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return value.id if hasattr(value, "id") else value
