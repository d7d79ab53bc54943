"""A province of any size written straight into the tables: as a facts folder tells it, faster."""
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice

from lms.kernel.db import db

from bench import facts_folder
from courses.coverage.facts.files import FILES
from courses.coverage.facts.writing import keys_for_finding

#: When everything was recorded; one fact in fifty was believed a day longer for a month.
RECORDED = datetime(2026, 9, 1, 2, tzinfo=UTC)
CORRECTED = RECORDED + timedelta(days=30)
CORRECTION = 50
#: Rows in one statement.
BATCH = 20_000


def build(people, units=None):
    """Fill the empty tables with a province of ``people``; gives how many dated facts it has."""
    tables = facts_folder.tables(people, units or people // facts_folder.PEOPLE_A_UNIT)
    ids = {name: {row[0]: number for number, row in enumerate(rows, 1)}
           for name, rows in tables.items() if FILES[name].keyed}
    facts = 0
    for name, file in FILES.items():
        if rows := tables.pop(name, None):
            values = _things(file, rows, ids) if file.keyed else _facts(file, rows, ids)
            written = _write(file.model.__table__, values)
            facts += 0 if file.keyed else written
            if name == "goals":
                _write(db.metadata.tables["goal_course"], _asked(rows, ids))
    db.session.commit()
    return facts


def _read(file, rows, ids):
    """Each row as the values of its columns."""
    readers = [(column.field, ids[column.refers].get if column.refers else cache(column.read))
               for column in file.columns]
    for row in rows:
        yield {field: read(cell if isinstance(cell, str) else str(cell))
               for (field, read), cell in zip(readers, row, strict=False)}


def _things(file, rows, ids):
    for values in _read(file, rows, ids):
        yield values | keys_for_finding(file, values)


def _facts(file, rows, ids):
    """The facts, some twice: as believed before they were corrected, and since."""
    for number, values in enumerate(_read(file, rows, ids)):
        recorded = RECORDED
        if number % CORRECTION == 0:
            first = "learned_on" if "learned_on" in values else "valid_from"
            yield values | {first: values[first] - timedelta(days=1), "recorded_at": RECORDED,
                            "superseded_at": CORRECTED}
            recorded = CORRECTED
        values["recorded_at"] = recorded
        yield values


def _asked(goals, ids):
    for key, _group, courses, *_rest in goals:
        for course in courses.split(";"):
            yield {"goal_id": ids["goals"][key], "course_id": ids["courses"][course]}


def _write(table, rows):
    """Write ``rows`` in bulk, on PostgreSQL by COPY; gives how many there were."""
    columns = {column.name: _default(column) for column in table.columns if column.name != "id"}
    names = ", ".join(f'"{name}"' for name in columns)
    rows = ([row.get(name, value) for name, value in columns.items()] for row in rows)
    connection = db.session.connection()
    cursor, count = connection.connection.cursor(), 0
    if connection.dialect.name == "postgresql":
        with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        return count
    places = ", ".join("?" * len(columns))
    while batch := [list(map(_plain, row)) for row in islice(rows, BATCH)]:
        cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', batch)
        count += len(batch)
    return count


def _default(column):
    value = column.default.arg if column.default else None
    return value(None) if callable(value) else value


@lru_cache(maxsize=None, typed=True)
def _plain(value):
    """A value as SQLite keeps it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S.%f}"
    return str(value) if isinstance(value, date | Decimal) else value
