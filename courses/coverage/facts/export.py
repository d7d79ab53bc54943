"""The facts folder written: the same facts give the same bytes, on any database."""
import csv
import os
from collections import defaultdict

from sqlalchemy import String, func, select
from sqlalchemy.orm import aliased

from lms.kernel.db import db

from courses.catalogue.models import Course
from courses.coverage.facts.cells import written
from courses.coverage.facts.files import FILES
from courses.coverage.models import GoalCourse

#: Rows fetched at a time: memory stays small however many facts there are.
BATCH = 5000


def export_folder(path, step=lambda lines: None):
    """Write every dated fact into the folder ``path``; returns the lines written by file.

    ``step`` is told of the lines written.  The files take their names when all of them are
    whole, so that a folder never holds half an export.
    """
    path.mkdir(parents=True, exist_ok=True)
    # What refers comes first and what is referred to last: a fact recorded meanwhile by
    # somebody else is then left out, and never one whose person is missing.
    lines = {file.name: _write(file, path / f"{file.file_name}.part", step)
             for file in reversed(FILES.values())}
    for file in FILES.values():
        os.replace(path / f"{file.file_name}.part", path / file.file_name)
    return lines


def facts_in_all():
    """How many lines an export has, without the headers."""
    return sum(db.session.scalar(select(func.count()).select_from(file.model))
               for file in FILES.values())


def _write(file, path, step):
    count = 0
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(file.names)
        for rows in _rows(file).partitions(BATCH):
            writer.writerows([written(value) for value in row] for row in _finished(file, rows))
            count += len(rows)
            step(len(rows))
    return count


def _rows(file):
    """The rows of ``file`` in the order of their keys, then days, then all the rest."""
    statement = select(file.model)
    columns = []
    for column in file.all_columns:
        if column.name == "courses":
            columns.append(file.model.id)
        elif column.refers:
            named = aliased(FILES[column.refers].model)
            reference = getattr(file.model, column.field)
            statement = statement.join(named, named.id == reference, isouter=True)
            columns.append(named.key)
        else:
            columns.append(getattr(file.model, column.field))
    return db.session.execute(
        statement.with_only_columns(*columns).order_by(*map(_exact, _in_order(file, columns))),
        execution_options={"yield_per": BATCH})


def _in_order(file, columns):
    ranked = zip(map(_rank, file.all_columns), columns, strict=True)
    return [column for _rank, column in sorted(ranked, key=lambda pair: pair[0])]


def _rank(column):
    """Keys before days before everything else."""
    if column.refers or column.field == "key":
        return 0
    return 1 if column.name in ("on", "valid_from", "valid_to", "learned_on") else 2


def _exact(column):
    """``column`` sorted by code point and with none first, alike on every database."""
    if isinstance(column.type, String):
        on_sqlite = db.engine.dialect.name == "sqlite"
        column = column.collate("BINARY" if on_sqlite else "C")
    return column.nulls_first()


def _finished(file, rows):
    """The rows of goals with the keys of their courses in the place of their id."""
    if file.name != "goals":
        return rows
    courses = defaultdict(list)
    for goal, course in db.session.execute(
            select(GoalCourse.goal_id, Course.key).join(Course, Course.id == GoalCourse.course_id)):
        courses[goal].append(course)
    place = file.names.index("courses")
    return [(*row[:place], ";".join(sorted(courses[row[place]])), *row[place + 1:])
            for row in rows]
