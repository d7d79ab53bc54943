"""Where the header of a list stands, below its letterhead, over one row or several."""
from dataclasses import dataclass
from functools import cached_property

from lms.people.lists.headers import (
    NAMES,
    field_of,
    header_signature,
    propose_mapping,
)
from lms.people.lists.lines import Line

#: A letterhead is never longer; a header never stands over more rows.
ROWS_SEARCHED, ROWS_OF_HEADER = 60, 3
#: So many rows below a header tell whether a column without a label holds given names.
ROWS_TRIED = 200


@dataclass(frozen=True)
class Header:
    """The header of a list: its rows from 0, and the label of each column.

    A label over several rows or columns is written out for each column: “Năm sinh Nam”.
    """

    first: int
    last: int
    labels: tuple[str, ...]

    @cached_property
    def mapping(self):
        """The field of each column that the labels propose."""
        return propose_mapping(self.labels)

    @cached_property
    def signature(self):
        """What is the same for all lists with this header."""
        return header_signature(self.labels)


def find_header(sheet):
    """The header of the list in ``sheet``: the row with most known labels; None without one."""
    best, most = None, 0
    for index in range(min(ROWS_SEARCHED, len(sheet.rows))):
        labels = _labels(sheet, index, index)
        fields = set(map(field_of, labels)) - {None}
        if len(fields) > most and fields & set(NAMES) and sum(map(bool, labels)) > 1:
            best, most = index, len(fields)
    if best is None:
        return None
    first, last = _extent(sheet, best)
    labels = _labels(sheet, first, last)
    _label_given_names(sheet, last, labels)
    return Header(first, last, tuple(labels))


def _extent(sheet, index):
    """The first and last row of the header of which ``index`` is a row."""
    spans = [(top, bottom) for top, _, bottom, _ in sheet.merged
             if top <= index <= bottom and bottom - top < ROWS_OF_HEADER]
    first = min([index, *(top for top, _ in spans)])
    last = max([index, *(bottom for _, bottom in spans)])
    if last == index and last + 1 < len(sheet.rows) and _is_second_row(sheet, index):
        last += 1
    return first, last


def _is_second_row(sheet, index):
    """Whether the row below ``index`` only parts its labels: Nam | Nữ under Năm sinh."""
    below = Line.of(sheet, index + 1).texts
    above = Line.of(sheet, index).texts
    return bool(below) and all(
        field_of(text) and field_of(above.get(column)) not in NAMES
        for column, text in below.items())


def _labels(sheet, first, last):
    """The label of each column over the rows from ``first`` to ``last``."""
    rows = [_spread(sheet, index) for index in range(first, last + 1)]
    if len(rows) > 1:
        _inherit(rows[0], rows[1])
    width = max((max(row, default=-1) for row in rows), default=-1) + 1
    return [" ".join(dict.fromkeys(row[column] for row in rows if column in row))
            for column in range(width)]


def _spread(sheet, index):
    """The texts of a row by column, each merged one in all its columns."""
    texts = dict(Line.of(sheet, index).texts)
    for top, left, _, right in sheet.merged:
        if top == index and left in texts:
            texts |= dict.fromkeys(range(left, min(right, len(sheet.rows[index]) - 1) + 1),
                                   texts[left])
    return texts


def _inherit(above, below):
    """Give a parted label that was not merged to its right parts: Năm sinh | (blank)."""
    for column in sorted(below):
        if column not in above and column - 1 in below and column - 1 in above:
            above[column] = above[column - 1]


def _label_given_names(sheet, last, labels):
    """Label a blank column behind Họ và tên as its second half, if single words fill it."""
    for column, label in enumerate(labels[:-1]):
        if field_of(label) == "full_name" and not labels[column + 1]:
            rows = [Line.of(sheet, index).texts for index in
                    range(last + 1, min(last + 1 + ROWS_TRIED, len(sheet.rows)))]
            words = [row[column + 1] for row in rows if column in row and column + 1 in row]
            named = sum(column in row for row in rows)
            if len(words) * 2 > named and sum(" " not in word for word in words) * 2 > named:
                labels[column + 1] = label
