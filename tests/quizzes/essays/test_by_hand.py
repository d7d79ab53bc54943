"""What several markers make of an answer."""
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.attempts.by_hand import read_points, standing, total_of


def essay(markers=1, differ=0, *points):
    """A version with a rubric of lines worth ``points``."""
    return SimpleNamespace(settings={
        "markers": markers, "differ": differ,
        "rubric": [{"vi": f"Ý {n}", "en": "", "points": str(worth)}
                   for n, worth in enumerate(points or (6, 4))]})


@pytest.mark.parametrize("markers, differ, sums, share, needed", [
    (1, 0, [], None, 1), (1, 0, ["7"], "0.7", 0),
    (2, 2, [], None, 2), (2, 2, ["7"], None, 1), (2, 2, ["7", "8"], "0.75", 0),
    (2, 2, ["5", "7"], "0.6", 0), (2, 2, ["4", "7"], None, 1), (2, 2, ["4", "7", "6"], "0.6", 0),
    (2, 0, ["7", "7"], "0.7", 0), (2, 0, ["7", "7.5"], None, 1),
])
def test_one_decides_alone_two_by_their_mean_and_a_third_where_they_differ(
        markers, differ, sums, share, needed):
    found = standing(essay(markers, differ), ["Bài"], [Decimal(one) for one in sums])

    assert found == (share and Decimal(share), needed)


def test_an_empty_answer_earns_nothing_and_waits_for_nobody():
    assert standing(essay(2, 2), [], []) == (0, 0)


def test_where_there_is_no_rubric_an_answer_is_marked_out_of_ten():
    plain = SimpleNamespace()

    assert total_of(plain) == 10
    assert standing(plain, ["Bài"], [Decimal(5)]) == (Decimal("0.5"), 0)


@pytest.mark.parametrize("texts, points", [
    (["6", "4"], [6, 4]), (["2,5", " 0 "], [Decimal("2.5"), 0])])
def test_points_are_read_with_comma_or_point(texts, points):
    assert read_points(essay(), texts) == points


@pytest.mark.parametrize("texts, lines", [
    (["7", "1"], (1,)), (["-1", "1"], (1,)), (["1", ""], (2,)), (["1", "x"], (2,)),
    (["NaN", "1"], (1,)), (["7", "x"], (1, 2))])
def test_all_lines_that_are_no_such_number_are_named(texts, lines):
    with pytest.raises(ValueError) as wrong:
        read_points(essay(), texts)

    assert wrong.value.args == lines


@settings(deadline=None)
@given(st.lists(st.integers(0, 10), max_size=3), st.integers(0, 10), st.sampled_from((1, 2)))
def test_a_share_lies_between_those_that_were_given(sums, differ, markers):
    found = standing(essay(markers, differ), ["Bài"], [Decimal(one) for one in sums])

    assert (found.share is None) == (found.needed > 0)
    if found.share is not None:
        assert min(sums) <= found.share * 10 <= max(sums)
