"""What a list says, written in bulk: newcomers, and of people known what is otherwise."""
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import insert, select

from lms.kernel import clock
from lms.kernel.db import Interval, ask, db
from lms.kernel.facts import AT_ONCE, close
from lms.kernel.text import fold, name_key
from lms.people.actions import end_among, free_keys
from lms.people.models import ImportEffect, Membership, Person, Posting
from lms.people.plan import MOVED, NEW
from lms.people.policies import scope_of


class Post(NamedTuple):
    """A post as it stands, or as the list leaves it, without an id then."""

    person_id: int
    unit_id: int
    title: str
    main: bool
    valid_from: date
    valid_to: date | None
    id: int | None = None

    holds, holds_some_day = Interval.holds, Interval.holds_some_day


#: The facts about a person that lists write, and what each says, by column.
FACTS = Posting, Membership
SAID = {Posting: Post._fields[:-1],
        Membership: ("person_id", "group_id", "valid_from", "valid_to")}


class Belonging(NamedTuple):
    """That somebody belongs to a group."""

    person_id: int
    group_id: int


def locked(model, column, ids):
    """The records of ``model`` whose ``column`` is one of ``ids``, in a list, locked and as they
    stand now.
    """
    return [record for some in _some_of(ids) for record in db.session.scalars(
        select(model).where(column.in_(some)).order_by(model.id)
        .with_for_update(), execution_options={"populate_existing": True})]


def _lock(people):
    """Lock the records of the ``people`` (ids), so that no other list changes them meanwhile."""
    for some in _some_of(people):
        ask(select(Person.id).where(Person.id.in_(some)).order_by(Person.id).with_for_update())


def _believed(kind, model, people, *conditions):
    """What is believed of the ``people`` (ids), as ``kind``, each row locked."""
    columns = [getattr(model, name) for name in kind._fields]
    for some in _some_of(people):
        yield from map(kind._make, ask(
            select(*columns).where(model.person_id.in_(some), model.known_at(), *conditions)
            .order_by(model.id).with_for_update()))


def facts_named(effects):
    """(table, id) → what the fact says, and until when it was believed, of all the facts that the
    ``effects`` of an import name; each row locked.
    """
    found = {}
    for model in FACTS:
        mine = [effect for effect in effects if effect.table == model.__tablename__]
        ids = {effect.row_id for effect in mine} | {
            effect.before["id"] for effect in mine if effect.what == "corrected"}
        columns = [getattr(model, name) for name in SAID[model]]
        for some in _some_of(ids):
            for row in ask(select(*columns, model.id, model.superseded_at).where(
                    model.id.in_(some)).order_by(model.id).with_for_update()):
                found[model.__tablename__, row.id] = row
    return found


def _some_of(ids):
    """The ``ids`` in order, so many at a time as stand in one statement."""
    ids = sorted(ids)
    return [ids[start:start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


def _fields(item):
    """What the list says otherwise of the record of a person, by field."""
    return {name: after for name, (_before, after) in item.changes.items()
            if name not in ("title", "group")}


def _row(post, moment):
    row = {**post._asdict(), "recorded_at": moment}
    del row["id"]
    return row


class Writer:
    """Writes the rows of a plan for the import ``batch``, with what undoes each of them.

    Others wait to write meanwhile, so that what is known of the people is read beforehand, as
    rows, and what is alike is written at once.
    """

    def __init__(self, batch, items):
        self.batch, self.day, self.items = batch, batch.effective_on, items
        self.scope = scope_of(batch.by)
        self.known = {item.person_id for item in items if item.outcome != NEW}
        _lock(self.known)
        self.changed = {person.id: person for person in locked(Person, Person.id, {
            item.person_id for item in items if item.outcome != NEW and _fields(item)})}
        self.posts = defaultdict(list)
        for post in _believed(Post, Posting, self.known):
            self.posts[post.person_id].append(post)
        self.belongs = set(_believed(Belonging, Membership, self.known,
                                     Membership.valid_on(self.day)))
        #: New posts, those that follow one, as (its id, what it becomes), and who joins a group.
        self.added, self.corrected, self.joined, self.effects = [], [], [], []

    def write(self):
        """Write all rows; gives the ids of the people they are about."""
        newcomers = self._write_newcomers([one for one in self.items if one.outcome == NEW])
        for item in self.items:
            if item.outcome != NEW:
                self._note_known(item)
        db.session.flush()
        moment = clock.now()
        self._write_corrected(moment)
        self._insert(Posting, [_row(post, moment) for post in self.added])
        self._insert(Membership, [{**one._asdict(), "valid_from": self.day, "recorded_at": moment}
                                  for one in self.joined])
        if self.effects:
            db.session.execute(insert(ImportEffect), self.effects)
        return self.known | newcomers

    def _write_newcomers(self, items):
        rows = [item.row for item in items]
        free = iter(free_keys(len(rows), {row.staff_code for row in rows}))
        keys = [row.staff_code or next(free) for row in rows]
        ids = dict(self._insert(Person, [{
            "key": key, "full_name": row.full_name, "birth": row.birth,
            "gender": row.gender, "phone": row.phone, "email": row.email,
            "sort_key": name_key(row.full_name), "fold": fold(row.full_name)}
            for key, row in zip(keys, rows, strict=True)], Person.key))
        for key, item in zip(keys, items, strict=True):
            self.added.append(Post(ids[key], item.unit_id, item.row.title, True, self.day, None))
            if item.group_id:
                self.joined.append(Belonging(ids[key], item.group_id))
        return set(ids.values())

    def _note_known(self, item):
        """Note what the list says of somebody known; the fields of the record are set at once."""
        key, fields = item.person_id, _fields(item)
        if fields:
            person = self.changed[key]
            before = {name: getattr(person, name) for name in fields}
            for name, value in fields.items():
                setattr(person, name, value)
            self._note("changed", Person, key, {"before": before, "after": fields})
        if item.outcome == MOVED:
            self._post(key, item)
        elif "title" in item.changes:
            here = [post for post in self.posts[key]
                    if post.unit_id == item.unit_id and post.holds(self.day)]
            self._correct(max(here, key=lambda post: post.main), title=item.row.title)
        if item.group_id and (item.outcome == MOVED or "group" in item.changes):
            self._join(Belonging(key, item.group_id))

    def _post(self, person_id, item):
        """The new post; it ends the main post, but no main post of a unit of others: beside such
        a one it is a concurrent post."""
        posts = self.posts[person_id]
        held = [post for post in posts if post.main and post.holds(self.day)]
        moved = [post for post in held if self.scope is None or post.unit_id in self.scope]
        main = not held or bool(moved)
        end = end_among(posts, self.day, moved) if main else None
        for post in moved:
            self._correct(post, valid_to=self.day)
        new = Post(person_id, item.unit_id, item.row.title, main, self.day, end)
        posts.append(new)
        self.added.append(new)

    def _correct(self, post, **changes):
        """Note what the ``post`` becomes; of nobody two rows of a list correct the same one."""
        successor, posts = post._replace(id=None, **changes), self.posts[post.person_id]
        posts[posts.index(post)] = successor
        self.corrected.append((post.id, successor))

    def _write_corrected(self, moment):
        close(Posting, [key for key, _successor in self.corrected], moment)
        before = defaultdict(list)
        for key, successor in self.corrected:
            before[successor[:-1]].append(key)
        written = self._written(Posting, [_row(post, moment) for _key, post in self.corrected],
                                *(getattr(Posting, name) for name in SAID[Posting]))
        for *said, key in written:
            self._note("corrected", Posting, key, {"id": before[tuple(said)].pop()})

    def _join(self, one):
        if one not in self.belongs:
            self.belongs.add(one)
            self.joined.append(one)

    def _insert(self, model, rows, *told):
        """Insert the rows, and note that they were made; gives of each what it ``told`` and its
        id."""
        written = self._written(model, rows, *told)
        for *_told, key in written:
            self._note("made", model, key)
        return written

    @staticmethod
    def _written(model, rows, *told):
        if not rows:
            return []
        return db.session.execute(insert(model).returning(*told, model.id), rows).all()

    def _note(self, what, model, key, before=None):
        self.effects.append({"import_id": self.batch.id, "what": what, "row_id": key,
                             "table": model.__tablename__, "before": before})
