"""Linking two records that are one person, and parting them again.

What is believed of the one record is closed and written anew for the other at that moment, as
every correction is.  So nothing is overwritten: figures known at a moment before the link
count two people, as they were believed, and figures known since count one.
"""
from datetime import date, datetime

from sqlalchemy import inspect, select

from lms.kernel import audit, clock
from lms.kernel.db import Base, Moment, db
from lms.kernel.errors import Refusal
from lms.kernel.facts import OF_THE_ROW, supersede
from lms.kernel.i18n import _
from lms.kernel.locks import advisory_lock
from lms.people.following import follow_rules
from lms.people.models import (
    Distinct,
    ErasureRequest,
    Membership,
    Person,
    PersonLink,
    PersonLinkEffect,
    Posting,
    Role,
)
from lms.people.signals import people_linked, people_parted

#: What two facts of one kind about one person agree in when they say the same of a day.
ABOUT = {"posting": "unit_id", "membership": "group_id", "exemption": "goal_id"}


class Passage:
    """What goes over from the record ``source`` to the record ``target``, both people."""

    def __init__(self, link, source, target):
        self.link, self.source, self.target = link, source, target
        #: (table, id of a fact that went over when they were linked) → what follows it now
        self.carried = {}

    def carry(self, fact, **changes):
        """Close ``fact`` and believe it of the target from now on, with ``changes``."""
        made = supersede(fact, person_id=self.target.id, **changes)
        self.carried[fact.__tablename__, fact.id] = made
        self._note(fact, made_id=made.id)
        return made

    def carry_days(self, fact, **changes):
        """Carry ``fact`` for the days of which the facts of the target do not say it already."""
        pieces = _days_left(fact, believed(type(fact), self.target))
        if not pieces:
            self.close(fact)
        for number, (first, end) in enumerate(pieces):
            days = {"valid_from": first, "valid_to": None if end == date.max else end}
            if number == 0:
                made = self.carry(fact, **changes, **days)
            else:
                another = _copy(made, **days)
                db.session.flush()
                self._note(fact, made_id=another.id)

    def close(self, fact, held=None):
        """Close ``fact``, which the target holds already, in ``held``."""
        fact.superseded_at = clock.now()
        self.carried[fact.__tablename__, fact.id] = held
        self._note(fact)

    def take(self, row, **values):
        """Make a row that is no fact the target's, with ``values``."""
        self.change(row, person_id=self.target.id, **values)

    def change(self, row, **values):
        """Set ``values`` in a row that is no fact, so that parting sets them back."""
        self._note(row, before={name: _plain(getattr(row, name)) for name in values})
        for name, value in values.items():
            setattr(row, name, value)
        db.session.flush()
        # What hangs on the row is looked up anew.
        db.session.expire(row)

    def _note(self, row, **values):
        db.session.add(PersonLinkEffect(link_id=self.link.id, table=row.__tablename__,
                                        row_id=row.id, **values))
        db.session.flush()


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def link(main, other, by):
    """Everything of the record ``other`` becomes that of ``main``; returns the PersonLink.

    Refused where one of them is erased or linked already, and where ``other`` holds a role:
    rights are given to a person on purpose and never by joining records.
    """
    advisory_lock("link of people")
    for person in (main, other):
        db.session.refresh(person)
    _refuse_what_cannot_be_linked(main, other)
    made = PersonLink(main=main, other=other, linked_by_id=by.id)
    db.session.add(made)
    other.main_id = main.id
    db.session.flush()
    passage = Passage(made, other, main)
    _fill_gaps(passage)
    _carry_posts(passage)
    for membership in believed(Membership, other):
        passage.carry_days(membership)
    people_linked.send(passage)
    follow_rules([main.id, other.id])
    db.session.expire(main)
    db.session.expire(other)
    audit.record(by, "people linked", made, main=main.id, other=other.id)
    return made


def tried(main, other, by, tell):
    """What ``tell()`` says with the two linked; the link is made for a moment and taken back."""
    point = db.session.begin_nested()
    try:
        link(main, other, by)
        return tell()
    finally:
        point.rollback()


def _refuse_what_cannot_be_linked(main, other):
    if main.id == other.id:
        raise Refusal(_("This is one and the same record. Choose another one."))
    if main.erased_at or other.erased_at:
        raise Refusal(_("One of the two was erased, so they cannot be linked."))
    if main.main_id or other.main_id:
        raise Refusal(_("One of the two is linked to another record already. Part them first."))
    if db.session.scalar(select(Person.id).where(Person.main_id == other.id).limit(1)):
        raise Refusal(_("A third record is linked to that of %(name)s (%(key)s). Choose that one "
                        "as the main record.", name=other.full_name, key=other.key))
    if db.session.scalar(select(ErasureRequest.id).where(
            ErasureRequest.person_id.in_((main.id, other.id)),
            ErasureRequest.decided_at.is_(None)).limit(1)):
        raise Refusal(_("Somebody asked to erase one of the two. Decide that first."))
    if db.session.scalar(select(Role.id).where(
            Role.person_id == other.id, Role.ends_after(clock.today())).limit(1)):
        raise Refusal(_("%(name)s (%(key)s) holds a role. Choose that record as the main one, or "
                        "end the role first.", name=other.full_name, key=other.key))


def owned(model, person):
    """The rows of the kind ``model`` that belong to ``person``, the oldest first."""
    return db.session.scalars(select(model).where(model.person_id == person.id)
                              .order_by(model.id)).all()


def believed(model, person):
    """The facts of the kind ``model`` about ``person`` that are believed now, oldest first."""
    return db.session.scalars(select(model).where(
        model.person_id == person.id, model.known_at()).order_by(model.id)).all()


def _fill_gaps(passage):
    """The main record learns what only the other knows of birth, gender and contact."""
    main, other = passage.target, passage.source
    known = {name: getattr(other, name) for name in ("gender", "phone", "email")
             if not getattr(main, name) and getattr(other, name)}
    if len(other.birth) > len(main.birth) and other.birth.startswith(main.birth):
        known["birth"] = other.birth
    if known:
        passage.change(main, **known)


def _carry_posts(passage):
    mains = [post for post in believed(Posting, passage.target) if post.main]
    for post in believed(Posting, passage.source):
        # Somebody has one main post at a time.
        passage.carry_days(post, main=post.main and not any(
            post.overlaps(other) for other in mains))


def _days_left(fact, held):
    """The parts (first day, day after the last) of ``fact`` of which none of ``held`` says it."""
    about = ABOUT[fact.__tablename__]
    parts = [(fact.valid_from, fact.valid_to or date.max)]
    for other in held:
        first, end = other.valid_from, other.valid_to or date.max
        if getattr(other, about) == getattr(fact, about) and first < end:
            parts = [(begin, stop) for start, last in parts
                     for begin, stop in ((start, min(last, first)), (max(start, end), last))
                     if begin < stop]
    return parts


def _copy(fact, **changes):
    """A new fact, recorded now, that says what ``fact`` does but for ``changes``."""
    names = [column.key for column in inspect(type(fact)).column_attrs]
    made = type(fact)(**{name: getattr(fact, name) for name in names
                         if name not in OF_THE_ROW} | changes)
    db.session.add(made)
    return made


def part(made, by):
    """Undo a link: what came from ``other`` is believed of it again, as it stands now.

    What was recorded of the person since stays with the main record.  Refused where a record
    linked later says some of the same: it was left out then, and would be lost now.
    """
    advisory_lock("link of people")
    db.session.refresh(made)
    if made.parted_at is not None:
        raise Refusal(_("These records are parted already."))
    if made.main.erased_at:
        raise Refusal(_("What identified this person was erased, so nothing can be parted."))
    _refuse_before_a_later_one(made)
    made.parted_at, made.parted_by_id, made.other.main_id = clock.now(), by.id, None
    passage = Passage(made, made.main, made.other)
    for effect in _effects(made):
        model = _models()[effect.table]
        row = db.session.get(model, effect.row_id)
        if row is None:
            # Forgotten meanwhile, as old messages are.
            continue
        if effect.before is not None:
            _set_back(row, effect.before)
        else:
            _give_back(passage, row, effect.made_id)
    db.session.flush()
    people_parted.send(passage)
    follow_rules([made.main_id, made.other_id])
    db.session.expire(made.main)
    db.session.expire(made.other)
    audit.record(by, "people parted", made, main=made.main_id, other=made.other_id)


def _refuse_before_a_later_one(made):
    said = _said_by(made)
    for later in db.session.scalars(select(PersonLink).where(
            PersonLink.main_id == made.main_id, PersonLink.id > made.id,
            PersonLink.parted_at.is_(None)).order_by(PersonLink.id)):
        if any(_say_the_same(one, other) for one in said for other in _said_by(later)):
            raise Refusal(_("The record %(key)s was linked later and says some of the same. Part "
                            "that one first, then this one, and link it again.",
                            key=later.other.key))


def _said_by(made):
    """The facts of the other record that went over, or were left out, when it was linked."""
    return [db.session.get(_models()[effect.table], effect.row_id)
            for effect in _effects(made) if effect.before is None]


def _say_the_same(one, other):
    """Whether two facts say the same of some day, so that only one of them is believed."""
    if one.__tablename__ != other.__tablename__:
        return False
    about = ABOUT.get(one.__tablename__)
    if about is None:
        return (one.course_id, one.learned_on) == (other.course_id, other.learned_on)
    return getattr(one, about) == getattr(other, about) and one.overlaps(other)


def _effects(made):
    return db.session.scalars(select(PersonLinkEffect).filter_by(link_id=made.id)
                              .order_by(PersonLinkEffect.id.desc())).all()


def _models():
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers
            if hasattr(mapper.class_, "__tablename__")}


def _set_back(row, before):
    columns = inspect(type(row)).columns
    for name, value in before.items():
        moment = value is not None and isinstance(columns[name].type, Moment)
        setattr(row, name, datetime.fromisoformat(value) if moment else value)
    db.session.flush()
    db.session.expire(row)


def _give_back(passage, original, made_id):
    """Believe a fact of the parted record again: as it was, or as it was corrected since."""
    key = original.__tablename__, original.id
    if made_id is None:
        passage.carried[key] = _copy(original)
        return
    made = db.session.get(type(original), made_id)
    newest = _newest(made)
    if newest is None:
        return
    if key in passage.carried:
        # Days of a fact of which another piece was given back already.
        newest.superseded_at = clock.now()
        return
    passage.carried[key] = supersede(newest, person_id=passage.target.id,
                                     **_as_it_was(original, made, newest))


def _as_it_was(original, made, newest):
    """The values of ``original`` that the link changed, unless they were corrected since."""
    names = [name for name in ("main", "valid_from", "valid_to") if hasattr(original, name)]
    return {name: getattr(original, name) for name in names
            if getattr(newest, name) == getattr(made, name)}


def _newest(fact):
    """What became of ``fact`` by corrections since; None where it is believed no more."""
    model = type(fact)
    same = ABOUT.get(fact.__tablename__, "course_id")
    while fact is not None and fact.superseded_at is not None:
        fact = db.session.scalar(select(model).where(
            model.person_id == fact.person_id, model.recorded_at == fact.superseded_at,
            model.id > fact.id, getattr(model, same) == getattr(fact, same))
            .order_by(model.id).limit(1))
    return fact


def say_distinct(one, other, by):
    """Keep that the two are not the same person; they are not suspected again."""
    first, second = sorted((one.id, other.id))
    if first == second:
        raise Refusal(_("This is one and the same record. Choose another one."))
    if db.session.get(Distinct, (first, second)) is None:
        db.session.add(Distinct(one_id=first, other_id=second, said_by_id=by.id))
        db.session.flush()
        audit.record(by, "people told apart", one, other=other.id)
