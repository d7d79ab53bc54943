"""How figures are laid out: a page of many units shows the uppermost."""
from types import SimpleNamespace

from courses.coverage.matrix import MOST_SHOWN, Line, in_sight

PROVINCE, BLOCK = 1, 2


def line(key, parent, block=False):
    """A line of the matrix without figures."""
    return Line(SimpleNamespace(id=key), [], block, parent)


def groups(count):
    """A department with so many units below it, and a block with a commune of one hamlet."""
    rest = [line(10, PROVINCE), *(line(100 + n, 10) for n in range(count))]
    return [(None, rest), (line(BLOCK, PROVINCE, True), [line(20, BLOCK), line(21, 20)])]


def keys(told):
    """The ids of the units shown, group by group."""
    return [[one.unit.id for one in members] for _block, members in told]


def test_as_many_units_as_a_page_holds_are_all_shown():
    told = groups(MOST_SHOWN - 3)

    assert in_sight(told, PROVINCE) is told


def test_of_more_units_those_directly_under_the_whole_or_a_block_are_shown():
    assert keys(in_sight(groups(MOST_SHOWN - 2), PROVINCE)) == [[10], [20]]
