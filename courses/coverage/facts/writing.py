"""The rows of a checked facts folder written in bulk, what is there already left alone."""
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, delete, insert, select, update

from lms.kernel import audit
from lms.kernel.db import db
from lms.kernel.text import fold, name_key

from courses.coverage.facts.files import FILES
from courses.coverage.models import Goal, GoalCourse

#: Rows in one statement.
BATCH = 5000


@dataclass
class Outcome:
    """What an import did, in rows by file."""

    added: Counter = field(default_factory=Counter)
    changed: Counter = field(default_factory=Counter)
    same: Counter = field(default_factory=Counter)


class Writer:
    """Writes the rows of ``folder``; ``step`` is told of every row done."""

    def __init__(self, folder, step):
        self.folder, self.step = folder, step
        self.outcome = Outcome()
        #: file → key → id
        self.ids = {}

    def write(self):
        """Write all files in order, leave one trace, and say what was done."""
        for file in FILES.values():
            rows = self.folder.rows[file.name]
            if file.keyed:
                self._write_things(file, rows)
                self.ids[file.name] = dict(db.session.execute(
                    select(file.model.key, file.model.id)).all())
            elif rows:
                self._write_facts(file, rows)
        if self.outcome.added or self.outcome.changed:
            audit.enter(None, "facts imported", "facts:1", {
                "added": self.outcome.added, "changed": self.outcome.changed})
        db.session.expire_all()
        return self.outcome

    def _write_things(self, file, rows):
        """Units, people, groups, courses and goals: new ones added, changed ones brought up."""
        columns = [column for column in file.columns if column.name != "courses"]
        places = [file.columns.index(column) + 1 for column in columns]
        fields = [column.field for column in columns]
        there = self._there(file, fields) if rows else {}
        new = []
        for row in rows:
            values = dict(zip(fields, self._resolved(columns, row, places), strict=True))
            old = there.get(values["key"])
            if old is None:
                new.append(values | keys_for_finding(file, values))
            elif changes := self._changes(file, row, values, old):
                self._bring_up(file, values, old, changes)
            else:
                self.outcome.same[file.name] += 1
            self.step(1)
        self._insert(file, new)
        if file.name == "goals":
            self._write_goal_courses(rows)

    def _resolved(self, columns, row, places):
        return [self.ids[column.refers][row[place]] if column.refers else row[place]
                for column, place in zip(columns, places, strict=True)]

    def _there(self, file, fields):
        columns = [getattr(file.model, name) for name in fields]
        return {row.key: row for row in db.session.execute(select(file.model.id, *columns))}

    def _changes(self, file, row, values, old):
        """What is different now: field → (old, new)."""
        changes = {name: (getattr(old, name), value) for name, value in values.items()
                   if getattr(old, name) != value}
        if file.name == "goals":
            asked, wanted = self._courses_asked(old.id), self._courses_wanted(row)
            if asked != wanted:
                changes["courses"] = (sorted(asked), sorted(wanted))
        return changes

    def _bring_up(self, file, values, old, changes):
        fresh = {name: new for name, (_old, new) in changes.items() if name != "courses"}
        table = file.model.__table__
        if fresh:
            db.session.execute(update(table).where(table.c.id == old.id).values(
                fresh | keys_for_finding(file, values)))
        self.outcome.changed[file.name] += 1
        # Of a person only which fields changed: the trail must not keep an erased name.
        details = {"fields": sorted(changes)} if file.name == "people" else {
            name: [plain(value) for value in pair] for name, pair in changes.items()}
        audit.enter(None, "changed by import", f"{table.name}:{old.id}", details,
                    own=old.id if file.name == "people" else None)

    def _courses_asked(self, goal_id):
        return set(db.session.scalars(
            select(GoalCourse.course_id).where(GoalCourse.goal_id == goal_id)))

    def _courses_wanted(self, row):
        place = FILES["goals"].names.index("courses") + 1
        return {self.ids["courses"][key] for key in row[place]}

    def _write_goal_courses(self, rows):
        ids = dict(db.session.execute(select(Goal.key, Goal.id)).all())
        for row in rows:
            goal, wanted = ids[row[1]], self._courses_wanted(row)
            asked = self._courses_asked(goal)
            db.session.execute(delete(GoalCourse).where(
                GoalCourse.goal_id == goal, GoalCourse.course_id.in_(asked - wanted)))
            db.session.add_all(GoalCourse(goal_id=goal, course_id=course)
                               for course in wanted - asked)
        db.session.flush()

    def _write_facts(self, file, rows):
        """Dated facts: those that are there word for word are left, the others are added."""
        fields = [column.field for column in file.all_columns]
        keeper = Keeper(file, fields)
        new = []
        for row in rows:
            values = [self.ids[column.refers].get(value) if column.refers else value
                      for column, value in zip(file.all_columns, row[1:], strict=True)]
            if keeper.has(values):
                self.outcome.same[file.name] += 1
                self.step(1)
                continue
            if file.recorded and values[-2] is None:
                values[-2] = self.folder.now
            new.append(dict(zip(fields, values, strict=True)))
            if len(new) == BATCH:
                self._insert(file, new, self.step)
                new = []
        self._insert(file, new, self.step)
        self._close(file, keeper.closed)

    def _insert(self, file, values, step=lambda steps: None):
        if values:
            db.session.execute(insert(file.model.__table__), values)
            self.outcome.added[file.name] += len(values)
            step(len(values))

    def _close(self, file, closed):
        if closed:
            table = file.model.__table__
            db.session.connection().execute(
                update(table).where(table.c.id == bindparam("row"))
                .values(superseded_at=bindparam("moment")),
                [{"row": row, "moment": moment} for row, moment in closed])
            self.outcome.changed[file.name] += len(closed)


class Keeper:
    """Knows the facts of one table that were there before the import."""

    def __init__(self, file, fields):
        self.recorded = file.recorded
        #: What was recorded when → the rows: [id, superseded_at].
        self.records = defaultdict(list)
        #: What is believed → when it was recorded.
        self.believed = defaultdict(list)
        #: The rows to close, and when.
        self.closed = []
        columns = [getattr(file.model, name) for name in fields]
        for row, *values in db.session.execute(select(file.model.id, *columns)):
            self._remember(row, values)

    def _remember(self, row, values):
        if not self.recorded:
            self.records[tuple(values)].append((row, None))
            return
        *fact, recorded_at, superseded_at = values
        self.records[*fact, recorded_at].append((row, superseded_at))
        if superseded_at is None:
            self.believed[tuple(fact)].append(recorded_at)

    def has(self, values):
        """Whether the fact is there; each row there stands for one line of the folder.

        A line that says since when the fact is no longer believed closes a row that is open.
        """
        if not self.recorded:
            return self._take(tuple(values)) is not None
        *fact, recorded_at, superseded_at = values
        if recorded_at is None:
            moments = self.believed.get(tuple(fact))
            if not moments:
                return False
            recorded_at = moments.pop()
        found = self._take((*fact, recorded_at), superseded_at)
        if found and superseded_at and found[1] is None:
            self.closed.append((found[0], superseded_at))
        return found is not None

    def _take(self, record, superseded_at=None):
        """A row that holds ``record``: the one that was believed as long, if there is one."""
        rows = self.records.get(record)
        if not rows:
            return None
        place = next((place for place, (_row, end) in enumerate(rows) if end == superseded_at), -1)
        return rows.pop(place)


def keys_for_finding(file, values):
    """The folded and sorting forms of a name, which the bulk statements do not make themselves."""
    if file.name == "units":
        return {"fold": fold(f"{values['name_vi']} {values['name_en']} {values['short_name']}")}
    if file.name == "courses":
        return {"fold": fold(f"{values['title_vi']} {values['title_en']}")}
    if file.name == "people":
        return {"fold": fold(values["full_name"]), "sort_key": name_key(values["full_name"])}
    return {}


def plain(value):
    """``value`` as the audit trail keeps it."""
    return str(value) if isinstance(value, date | Decimal) else value
