"""Linking two records that are one person, and parting them again.

What is believed of the one record is closed and written anew for the other at that moment, as
every correction is.  So nothing is overwritten: figures known at a moment before the link
count two people, as they were believed, and figures known since count one.
"""
from sqlalchemy import inspect, or_, select

from lms.kernel import audit, clock
from lms.kernel.db import Base, db
from lms.kernel.errors import Refusal
from lms.kernel.facts import OF_THE_ROW, supersede
from lms.kernel.i18n import _
from lms.kernel.turns import take_turn
from lms.people.models import Distinct, Link, LinkEffect, Membership, Person, Posting, Role
from lms.people.signals import people_linked, people_parted

#: What tells one fact of a person from another of the same kind, besides its days.
ABOUT = {"posting": ("unit_id", "title"), "membership": ("group_id",),
         "completion": ("course_id",), "exemption": ("goal_id",)}


class Passage:
    """What goes over from the record ``source`` to the record ``target``, both people."""

    def __init__(self, link, source, target):
        self.link, self.source, self.target = link, source, target
        #: (table, id of a fact of the source) → the fact of the target that follows it
        self.carried = {}

    def carry(self, fact, **changes):
        """Close ``fact`` and believe it of the target from now on, with ``changes``."""
        made = supersede(fact, person_id=self.target.id, **changes)
        self.carried[fact.__tablename__, fact.id] = made
        self._note(fact, made_id=made.id)

    def close(self, fact):
        """Close ``fact``, which the target holds already."""
        fact.superseded_at = clock.now()
        self._note(fact)

    def change(self, row, **values):
        """Set ``values`` in a row that is no fact, so that parting sets them back."""
        self._note(row, before={name: _plain(getattr(row, name)) for name in values})
        for name, value in values.items():
            setattr(row, name, value)
        db.session.flush()

    def _note(self, row, **values):
        db.session.add(LinkEffect(link_id=self.link.id, table=row.__tablename__,
                                  row_id=row.id, **values))
        db.session.flush()


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def link(main, other, by):
    """Everything of the record ``other`` becomes that of ``main``; returns the Link.

    Refused where one of them is erased or linked already, and where ``other`` holds a role:
    rights are given to a person on purpose and never by joining records.
    """
    take_turn("link of people")
    for person in (main, other):
        db.session.refresh(person)
    _refuse_what_cannot_be_linked(main, other)
    made = Link(main=main, other=other, linked_by_id=by.id)
    db.session.add(made)
    other.main_id = main.id
    db.session.flush()
    passage = Passage(made, other, main)
    _carry_posts(passage)
    _carry_memberships(passage)
    people_linked.send(passage)
    db.session.expire(main)
    db.session.expire(other)
    audit.record(by, "people linked", made, main=main.id, other=other.id)
    return made


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
    if db.session.scalar(select(Role.id).where(Role.person_id == other.id, or_(
            Role.valid_to.is_(None), Role.valid_to > clock.today())).limit(1)):
        raise Refusal(_("%(name)s (%(key)s) holds a role. Choose that record as the main one, or "
                        "end the role first.", name=other.full_name, key=other.key))


def believed(model, person):
    """The facts of the kind ``model`` about ``person`` that are believed now, oldest first."""
    return db.session.scalars(select(model).where(
        model.person_id == person.id, model.known_at()).order_by(model.id)).all()


def _carry_posts(passage):
    held = believed(Posting, passage.target)
    mains = [post for post in held if post.main]
    for post in believed(Posting, passage.source):
        if any(_covers(other, post) for other in held):
            passage.close(post)
        else:
            # Somebody has one main post at a time.
            passage.carry(post, main=post.main and not any(
                _overlap(post, other) for other in mains))


def _carry_memberships(passage):
    held = believed(Membership, passage.target)
    for membership in believed(Membership, passage.source):
        if any(_covers(other, membership) for other in held):
            passage.close(membership)
        else:
            passage.carry(membership)


def _covers(one, other):
    """Whether the fact ``one`` says all that ``other`` says."""
    same = all(getattr(one, name) == getattr(other, name) for name in ABOUT[one.__tablename__])
    return same and one.valid_from <= other.valid_from and (
        one.valid_to is None or (other.valid_to is not None and other.valid_to <= one.valid_to))


def _overlap(one, other):
    return ((one.valid_to is None or other.valid_from < one.valid_to)
            and (other.valid_to is None or one.valid_from < other.valid_to))


def part(made, by):
    """Undo a link: what came from ``other`` is believed of it again, as it stands now.

    What was recorded of the person since stays with the main record.
    """
    take_turn("link of people")
    db.session.refresh(made)
    if made.parted_at is not None:
        raise Refusal(_("These records are parted already."))
    made.parted_at, made.parted_by_id, made.other.main_id = clock.now(), by.id, None
    passage = Passage(made, made.main, made.other)
    for effect in _effects(made):
        model = _models()[effect.table]
        row = db.session.get(model, effect.row_id)
        if effect.before is not None:
            _set_back(row, effect.before)
        else:
            _give_back(passage, row, effect.made_id)
    db.session.flush()
    people_parted.send(passage)
    db.session.expire(made.main)
    db.session.expire(made.other)
    audit.record(by, "people parted", made, main=made.main_id, other=made.other_id)


def _effects(made):
    return db.session.scalars(select(LinkEffect).filter_by(link_id=made.id)
                              .order_by(LinkEffect.id.desc())).all()


def _models():
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers
            if hasattr(mapper.class_, "__tablename__")}


def _set_back(row, before):
    columns = inspect(type(row)).columns
    for name, value in before.items():
        kind = columns[name].type.python_type
        setattr(row, name, kind.fromisoformat(value)
                if value is not None and hasattr(kind, "fromisoformat") else value)


def _give_back(passage, original, made_id):
    """Believe a fact of the parted record again: as it was, or as it was corrected since."""
    values = {"main": original.main} if isinstance(original, Posting) else {}
    if made_id is None:
        names = [column.key for column in inspect(type(original)).column_attrs]
        db.session.add(type(original)(**{
            name: getattr(original, name) for name in names if name not in OF_THE_ROW}))
        return
    newest = _newest(db.session.get(type(original), made_id))
    if newest is not None:
        passage.carried[original.__tablename__, newest.id] = supersede(
            newest, person_id=passage.target.id, **values)


def _newest(fact):
    """What became of ``fact`` by corrections since; None where it is believed no more."""
    model = type(fact)
    while fact is not None and fact.superseded_at is not None:
        same = [getattr(model, name) == getattr(fact, name) for name in ABOUT[fact.__tablename__]]
        fact = db.session.scalar(select(model).where(
            model.person_id == fact.person_id, model.recorded_at == fact.superseded_at,
            model.id > fact.id, *same).order_by(model.id).limit(1))
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
