"""Whom an act leaves without a post: their post ended by it, and no other one follows."""
from collections import defaultdict
from datetime import timedelta

from flask import url_for
from sqlalchemy import String, case, cast, literal, or_, select
from sqlalchemy.orm import aliased

from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.i18n import ngettext
from lms.people.models import Person, Posting
from lms.people.offers import line

from courses.reorganisation.models import DISSOLVE, Reorganisation, ReorganisationEffect

#: How long officers are reminded; by then whoever has no post has left.
REMINDED = timedelta(days=30)


def left_over(acts):
    """Reorganisation id → the people it leaves without a post, by their names: those whose post
    would have lasted, who have held none from the day of the act on, and are not recorded as
    having left since.
    """
    ids = [act.id for act in acts]
    return _by_act(ReorganisationEffect.reorganisation_id.in_(ids)) if ids else {}


def _by_act(condition):
    today, ended = clock.today(), aliased(Posting)
    later = select(Posting.id).where(
        Posting.person_id == Person.id, Posting.known_at(), Posting.some_day(),
        _lasts(Posting, Reorganisation.on))
    went = select(AuditEntry.id).where(
        AuditEntry.subject == literal("person:").concat(cast(Person.id, String)),
        AuditEntry.verb == "person left", AuditEntry.at >= Reorganisation.done_at)
    rows = db.session.execute(
        select(Reorganisation.id, Person).distinct()
        .join(ReorganisationEffect, ReorganisationEffect.reorganisation_id == Reorganisation.id)
        .join(ended, ended.id == case(
            (ReorganisationEffect.what == "disbelieved", ReorganisationEffect.row_id),
            else_=ReorganisationEffect.before["id"].as_integer()))
        .join(Person, Person.id == ended.person_id)
        # By every other kind of act people go to an heir, or stay.
        .where(condition, Reorganisation.kind == DISSOLVE, Reorganisation.undone_at.is_(None),
               ReorganisationEffect.table == Posting.__tablename__,
               ReorganisationEffect.what.in_(("corrected", "disbelieved")),
               _lasts(ended, today), Person.erased_at.is_(None), ~later.exists(), ~went.exists())
        .order_by(Reorganisation.id, Person.sort_key, Person.id))
    found = defaultdict(list)
    for act, person in rows:
        found[act].append(person)
    return dict(found)


def _lasts(post, day):
    return or_(post.valid_to.is_(None), post.valid_to > day)


def line_on_people_left_over(_person):
    """On the officer's first page: who lost their post by an act of late and has none yet."""
    found = _by_act(Reorganisation.done_at > clock.now() - REMINDED)
    people = {person.id for several in found.values() for person in several}
    if not people:
        return None
    url = (url_for("reorganisation.show", key=next(iter(found)), _anchor="left-over")
           if len(found) == 1 else url_for("reorganisation.all_acts"))
    return line(url, ngettext(
        "%(num)s person lost their post by an act and has none yet.",
        "%(num)s people lost their posts by an act and have none yet.", len(people)))
