"""The rows of a facts folder, each cell checked against its column."""
import csv
from collections import defaultdict

from lms.kernel import clock
from lms.kernel.i18n import _

from courses.coverage.facts import tree
from courses.coverage.facts.cells import CellFault, written
from courses.coverage.facts.faults import Faults
from courses.coverage.facts.files import FILES

#: A cell may be as long as a page of text.
csv.field_size_limit(1_000_000)


class Cells(dict):
    """What the texts of one column mean; each text is read once, however often it stands there."""

    def __init__(self, column, known):
        super().__init__()
        self.column, self.known = column, known.get(column.refers)

    def __missing__(self, text):
        value = self.column.read(text)
        if self.column.refers and value:
            for key in value if isinstance(value, tuple) else (value,):
                if key not in self.known:
                    raise CellFault(_("There is no “%(key)s” in %(file)s.", key=key,
                                      file=FILES[self.column.refers].file_name))
        self[text] = value
        return value


class Folder:
    """A folder read and checked: ``rows`` by file, each (line, value, value, …), and ``faults``.

    ``known`` are the keys that are there before the import, by file; the keys of the folder
    join them.  ``step`` is told of every line read.
    """

    def __init__(self, path, known, step):
        self.path, self.known, self.step = path, known, step
        self.now = clock.now()
        self.faults = Faults()
        self.rows = defaultdict(list)
        for file in FILES.values():
            if (path / file.file_name).exists():
                self._read(file)

    def check_tree(self, standing):
        """Find double places and circles among the folder's placements and those ``standing``."""
        file = FILES["placements"]
        edges = [*standing, *self._edges()]
        doubles = tree.doubles(edges)
        for edge, other in doubles:
            self._fault(file, edge.line, "unit", _(
                "“%(unit)s” already stands under “%(parent)s” on %(day)s; "
                "a unit has one place a day.", unit=edge.unit, parent=other.parent,
                day=max(edge.valid_from, other.valid_from).isoformat()))
        # With one place a day for each unit, nothing else keeps the circles from being seen.
        told = {edge for edge, _other in doubles}
        for circle in tree.circles([edge for edge in edges if edge not in told]):
            self._fault(file, max(edge.line for edge in circle), "parent", _(
                "On %(day)s these units stand under each other in a circle: %(units)s.",
                day=max(edge.valid_from for edge in circle).isoformat(),
                units=", ".join(sorted(edge.unit for edge in circle))))

    def _edges(self):
        for line, unit, parent, valid_from, valid_to, recorded, superseded in (
                self.rows["placements"]):
            yield tree.Edge(unit, parent, valid_from, valid_to, recorded or self.now,
                            superseded, line)

    def _fault(self, file, line, column, message):
        self.faults.add(file.file_name, line, column, message)

    def _read(self, file):
        with (self.path / file.file_name).open(encoding="utf-8-sig", newline="") as source:
            records = self._records(file, csv.reader(source, strict=True))
            found = self.faults.count
            _line, header = next(records, (1, []))
            order = self._order(file, header) if self.faults.count == found else None
            if order is not None:
                self._read_rows(file, records, order)

    def _records(self, file, reader):
        """The records of a file, each with the line it begins on."""
        line = 1
        try:
            for record in reader:
                yield line, record
                line = reader.line_num + 1
                self.step(1)
        except csv.Error as error:
            self._fault(file, line, "", _(
                "The line cannot be read as CSV (%(error)s).", error=error))
        except UnicodeDecodeError:
            self._fault(file, first_line_not_utf8(self.path / file.file_name), "", _(
                "The line is not UTF-8; save the file as UTF-8."))

    def _order(self, file, header):
        """Where each column of ``file`` stands in the header; None where that cannot be told."""
        if len(header) == 1 and ";" in header[0]:
            self._fault(file, 1, "", _(
                "The columns are separated by semicolons; save the file with commas."))
            return None
        needed = [column.name for column in file.columns]
        wrong = [(name, _("The column is missing.")) for name in needed if name not in header]
        wrong += [(name, _("There is no such column in this file.")) for name in header
                  if name not in file.names]
        wrong += [(name, _("The column stands there twice.")) for name in file.names
                  if header.count(name) > 1]
        for name, message in wrong:
            self._fault(file, 1, name, message)
        return None if wrong else [header.index(name) if name in header else None
                                   for name in file.names]

    def _read_rows(self, file, records, order):
        width = sum(place is not None for place in order)
        cells = [Cells(column, self.known) for column in file.all_columns]
        seen = set()
        for line, record in records:
            if len(record) == width:
                texts = ["" if place is None else record[place] for place in order]
                if not file.keyed or self._new_key(file, line, texts[0], seen):
                    self._read_row(file, line, texts, cells)
            elif record:
                self._fault(file, line, "", _(
                    "The line has %(found)s cells where the header has %(wanted)s.",
                    found=len(record), wanted=width))

    def _new_key(self, file, line, key, seen):
        if key in seen:
            self._fault(file, line, file.names[0], _(
                "The key “%(key)s” stands in this file twice.", key=key))
            return False
        # Even a line with a fault makes its key known: what refers to it is no fault of its own.
        seen.add(key)
        self.known[file.name].add(key)
        return True

    def _read_row(self, file, line, texts, cells):
        try:
            row = [cell[text] for cell, text in zip(cells, texts, strict=True)]
        except CellFault:
            self._name_faults(file, line, texts, cells)
            return
        self.rows[file.name].append((line, *row))
        for low, high in file.bounds:
            if row[high] is not None and row[high] < (row[low] or self.now):
                self._fault(file, line, file.names[high], _(
                    "The interval ends (%(end)s) before it begins (%(start)s).",
                    end=texts[high], start=texts[low] or written(self.now)))

    def _name_faults(self, file, line, texts, cells):
        for column, cell, text in zip(file.all_columns, cells, texts, strict=True):
            try:
                cell[text]
            except CellFault as fault:
                self._fault(file, line, column.name, str(fault))


def first_line_not_utf8(path):
    """The number of the first line of the file that is not UTF-8."""
    data = path.read_bytes()
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 0
