"""A facts folder taken in: all of it or nothing, into an empty or a running installation."""
from contextlib import contextmanager

from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.i18n import _
from lms.organisations.models import Placement

from courses.coverage.beforehand_actions import forget
from courses.coverage.facts import tree
from courses.coverage.facts.faults import FaultyFolder
from courses.coverage.facts.files import FILES
from courses.coverage.facts.reading import Folder
from courses.coverage.facts.writing import Writer


@contextmanager
def unwatched(length, label):
    """Work that nobody watches."""
    yield Unwatched()


class Unwatched:
    """A progress bar that is not shown."""

    def update(self, steps):
        """So many more steps are done."""


def import_folder(path, watch=unwatched):
    """Take in the facts of the folder ``path``; returns what was added, changed and left alone.

    Raises ``FaultyFolder`` where something is wrong, before anything is written.  ``watch``
    opens a progress bar: ``with watch(length=…, label=…) as bar: bar.update(steps)``.
    """
    with watch(length=lines_of(path), label=_("Checking")) as bar:
        folder = Folder(path, known_keys(), bar.update)
        folder.check_tree(standing_placements(folder.rows["placements"]))
    if folder.faults.count:
        raise FaultyFolder(folder.faults)
    # A folder may say that its facts were recorded long ago.
    forget()
    with watch(length=sum(map(len, folder.rows.values())), label=_("Writing")) as bar:
        return Writer(folder, bar.update).write()


def lines_of(path):
    """How many lines the files of the folder have."""
    places = [path / file.file_name for file in FILES.values()]
    return sum(_lines_in(place) for place in places if place.exists())


def _lines_in(place):
    with place.open("rb") as source:
        return sum(1 for _line in source)


def known_keys():
    """The keys that are there already, by file."""
    return {file.name: set(db.session.scalars(select(file.model.key)))
            for file in FILES.values() if file.keyed}


def standing_placements(rows):
    """The placements already kept, without those that ``rows`` only repeat."""
    named = {key: unit for unit, key in db.session.execute(select(
        FILES["units"].model.key, FILES["units"].model.id))}
    repeated = {row[1:6] for row in rows}
    standing = db.session.scalars(select(Placement))
    edges = [tree.Edge(named[row.unit_id], named[row.parent_id], row.valid_from, row.valid_to,
                       row.recorded_at, row.superseded_at) for row in standing]
    return [edge for edge in edges
            if not {(edge.unit, edge.parent, edge.valid_from, edge.valid_to, recorded)
                    for recorded in _may_stand_as(edge)} & repeated]


def _may_stand_as(edge):
    # A line without its moment repeats what is believed; one with it, the very same record.
    return (edge.recorded_at,) if edge.superseded_at else (edge.recorded_at, None)
