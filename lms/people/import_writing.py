"""What a list says, written: newcomers in bulk, and of people known what is otherwise."""
from collections import defaultdict

from sqlalchemy import insert, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.facts import succeeded
from lms.kernel.text import fold, name_key
from lms.people.actions import end_among, free_keys
from lms.people.import_queries import AT_ONCE
from lms.people.models import ImportEffect, Membership, Person, Posting
from lms.people.plan import MOVED, NEW
from lms.people.policies import scope_of


def locked(model, column, ids):
    """The records of ``model`` whose ``column`` is one of ``ids``, in a list, locked and as they
    stand now.
    """
    ids = sorted(ids)
    return [record for start in range(0, len(ids), AT_ONCE) for record in db.session.scalars(
        select(model).where(column.in_(ids[start:start + AT_ONCE])).order_by(model.id)
        .with_for_update(), execution_options={"populate_existing": True})]


class Writer:
    """Writes the rows of a plan for the import ``batch``, with what undoes each of them.

    Others wait to write meanwhile, so that what is known of the people is read beforehand, and
    what is alike is written at once.
    """

    def __init__(self, batch, items):
        self.batch, self.day, self.items = batch, batch.effective_on, items
        self.scope = scope_of(batch.by)
        known = {item.person_id for item in items if item.outcome != NEW}
        self.people = {person.id: person for person in locked(Person, Person.id, known)}
        self.posts, self.belongs = defaultdict(list), set()
        for post in locked(Posting, Posting.person_id, known):
            if post.superseded_at is None:
                self.posts[post.person_id].append(post)
        for one in locked(Membership, Membership.person_id, known):
            if one.superseded_at is None and one.holds(self.day):
                self.belongs.add((one.person_id, one.group_id))
        #: (what, fact, before): facts in the session, which have their numbers after the flush.
        self.added, self.effects = [], []

    def write(self):
        """Write all rows; gives the ids of the people they are about."""
        newcomers = [item for item in self.items if item.outcome == NEW]
        ids = self._write_newcomers(newcomers)
        for item in self.items:
            if item.outcome != NEW:
                self._write_known(item, self.people[item.person_id])
        db.session.flush()
        self.effects += [self._effect(what, type(fact), fact.id, before)
                         for what, fact, before in self.added]
        if self.effects:
            db.session.execute(insert(ImportEffect), self.effects)
        return {*ids, *self.people}

    def _write_newcomers(self, items):
        rows = [item.row for item in items]
        free = iter(free_keys(len(rows), {row.staff_code for row in rows}))
        keys = [row.staff_code or next(free) for row in rows]
        ids = self._insert(Person, Person.key, [{
            "key": key, "full_name": row.full_name, "birth": row.birth,
            "gender": row.gender, "phone": row.phone, "email": row.email,
            "sort_key": name_key(row.full_name), "fold": fold(row.full_name)}
            for key, row in zip(keys, rows, strict=True)])
        since = {"valid_from": self.day, "recorded_at": clock.now()}
        people = [(ids[key], item) for key, item in zip(keys, items, strict=True)]
        self._insert(Posting, Posting.person_id, [{
            "person_id": person, "unit_id": item.unit_id, "title": item.row.title, "main": True,
            **since} for person, item in people])
        self._insert(Membership, Membership.person_id, [
            {"person_id": person, "group_id": item.group_id, **since}
            for person, item in people if item.group_id])
        return set(ids.values())

    def _insert(self, model, mark, rows):
        """Insert the rows, each the only one with its value of ``mark``; gives value → id."""
        if not rows:
            return {}
        db.session.execute(insert(model), rows)
        values = [row[mark.key] for row in rows]
        ids = {value: key for start in range(0, len(values), AT_ONCE)
               for value, key in db.session.execute(select(mark, model.id).where(
                   mark.in_(values[start:start + AT_ONCE])))}
        self.effects += [self._effect("made", model, key) for key in ids.values()]
        return ids

    def _write_known(self, item, person):
        fields = {name: after for name, (_before, after) in item.changes.items()
                  if name not in ("title", "group")}
        if fields:
            before = {name: getattr(person, name) for name in fields}
            for name, value in fields.items():
                setattr(person, name, value)
            self.effects.append(self._effect("changed", Person, person.id,
                                             {"before": before, "after": fields}))
        if item.outcome == MOVED:
            self._post(person, item)
        elif "title" in item.changes:
            here = [post for post in self.posts[person.id]
                    if post.unit_id == item.unit_id and post.holds(self.day)]
            self._correct(max(here, key=lambda post: post.main), title=item.row.title)
        if item.group_id and (item.outcome == MOVED or "group" in item.changes):
            self._join(person, item.group_id)

    def _post(self, person, item):
        """The new post; it ends the main post, but no main post of a unit of others: beside such
        a one it is a concurrent post."""
        posts = self.posts[person.id]
        held = [post for post in posts if post.main and post.holds(self.day)]
        moved = [post for post in held if self.scope is None or post.unit_id in self.scope]
        main = not held or bool(moved)
        end = end_among(posts, self.day, moved) if main else None
        for post in moved:
            self._correct(post, valid_to=self.day)
        posts.append(self._add(Posting(
            person_id=person.id, unit_id=item.unit_id, title=item.row.title, main=main,
            valid_from=self.day, valid_to=end)))

    def _correct(self, post, **changes):
        successor, posts = succeeded(post, **changes), self.posts[post.person_id]
        posts[posts.index(post)] = successor
        self.added.append(("corrected", successor, {"id": post.id}))

    def _join(self, person, group_id):
        if (person.id, group_id) not in self.belongs:
            self.belongs.add((person.id, group_id))
            self._add(Membership(person_id=person.id, group_id=group_id, valid_from=self.day))

    def _add(self, fact):
        db.session.add(fact)
        self.added.append(("made", fact, None))
        return fact

    def _effect(self, what, model, key, before=None):
        return {"import_id": self.batch.id, "what": what, "table": model.__tablename__,
                "row_id": key, "before": before}
