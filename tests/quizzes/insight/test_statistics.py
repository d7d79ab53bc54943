"""The statistics of a test, against numbers worked out by hand and a second way of reckoning."""
import itertools
from math import isclose, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.insight.gain import Pair, gained
from quizzes.insight.oddities import Paper, alike, fast, tail
from quizzes.insight.statistics import (
    Answer,
    Sitting,
    alpha,
    bands,
    covariance,
    discrimination,
    efficiency,
    halves,
    item,
    items,
    skewness,
    variance,
    whole,
)

#: Six people and four questions of one point.  The rest of the paper without question 4 is
#: 3, 3, 2, 2, 1, 0: question 4 was got wrong by the better ones.
TABLE = [(1, 1, 1, 0), (1, 1, 1, 0), (1, 1, 0, 0), (1, 0, 1, 1), (0, 1, 0, 1), (0, 0, 0, 1)]


def sittings(table, minutes=10.0):
    """A Sitting for each row of points, one a question."""
    return [Sitting(key, dict(enumerate(row, 1)), dict.fromkeys(range(1, len(row) + 1), 1),
                    {n: ["A" if point else "B"] for n, point in enumerate(row, 1)},
                    100 * sum(row) / len(row), sum(row) * 2 >= len(row), minutes)
            for key, row in enumerate(table)]


def test_a_question_as_worked_out_by_hand():
    """Question 1: x = 1 1 1 1 0 0, the rest X = 2 2 1 2 2 1.

    Mean of x 4/6; Σ(x−x̄)² = 4/3, so var = 4/15 and sd = 0.5164, standard error 0.5164/√6.
    Mean of X 10/6; Σ(X−X̄)² = 18 − 100/6 = 4/3, so var = 4/15.
    Σ(x−x̄)(X−X̄) = 7 − 4·10/6 = 1/3, so cov = 1/15 and D = (1/15)/(4/15) = 0.25.
    Sorted: 0 0 1 1 1 1 with 1 1 2 2 2 2: Σ = 8 − 40/6 = 4/3, cov = 4/15: efficiency 0.25.
    """
    found = item(1, sittings(TABLE))

    assert (found.count, round(found.facility, 6)) == (6, 0.666667)
    assert isclose(found.error, sqrt(4 / 15) / sqrt(6))
    assert isclose(found.discrimination, 0.25)
    assert isclose(found.efficiency, 0.25)


def test_where_all_earned_the_same_nobody_is_better():
    """Two of five points each: whoever has question 1 right has one point less in the rest, so
    the correlation is −1 by itself.
    """
    found = item(1, sittings([(1, 1, 0, 0, 0), (1, 0, 1, 0, 0), (0, 1, 1, 0, 0),
                              (0, 0, 0, 1, 1), (0, 1, 0, 0, 1)]))

    assert (isclose(found.discrimination, -1), found.verdict) == (True, "sound")


def test_where_the_better_half_is_wrong_more_often_the_key_is_to_be_looked_at():
    """Question 4: of the better half by the rest (3, 3, 2) one is right, of the other two.

    Where two have the same rest the earlier attempt goes into the other half.
    """
    found = item(4, sittings(TABLE))

    assert (found.better, found.other, found.verdict) == (1 / 3, 2 / 3, "turned")
    assert [(one.part, one.count, one.better, one.other) for one in found.chosen] == [
        ("A", 3, 1, 2), ("B", 3, 2, 1)]


def test_a_test_as_worked_out_by_hand():
    """Totals 3 3 2 3 2 1: mean 14/6; Σ(T−T̄)² = 36 − 196/6 = 10/3, var = 2/3.

    Items: var of questions 1 and 2 is 4/15 each, of 3 and 4 3/10 each: together 17/15.
    α = 4/3 · (1 − (17/15)/(2/3)) = 4/3 · (1 − 1.7) = −0.9333.
    Marks out of 100 are 25 times the totals: sd = 25·√(2/3), median 62.5.
    Skewness: deviations ⅔ ⅔ −⅓ ⅔ −⅓ −4/3; Σd³ = (3·8 − 2 − 64)/27 = −42/27;
    k₃ = 6·(−42/27)/(5·4) = −7/15; k₂^1.5 = (2/3)^1.5.
    """
    found = whole(sittings(TABLE))

    assert (found.count, found.passed) == (6, 5)
    assert isclose(found.mean, 25 * 14 / 6)
    assert found.median == 62.5
    assert isclose(found.deviation, 25 * sqrt(2 / 3))
    assert isclose(found.alpha, -14 / 15)
    assert isclose(found.skewness, -7 / 15 / (2 / 3) ** 1.5)
    assert isclose(found.error, found.deviation * sqrt(1 + 14 / 15))
    assert found.bands == [0, 0, 1, 0, 0, 2, 0, 3, 0, 0]


def test_a_reliable_test_is_one_whose_questions_agree():
    """Two questions that always agree: α = 2 · (1 − 2v/4v) = 1, whatever their variance v."""
    assert isclose(alpha([[1, 1], [0, 0], [1, 1], [0, 0]]), 1)


@pytest.mark.parametrize("table", [[], [(1, 0)], [(1,), (0,)], [(1, 1), (1, 1)], [(0, 0)] * 9])
def test_where_the_data_say_nothing_nothing_is_said(table):
    found = whole(sittings(table))

    assert (found.alpha, found.error) == (None, None)
    assert [one.discrimination for one in items(sittings(table))] == [None] * (
        len(table[0]) if table else 0)


@pytest.mark.parametrize("table, verdict", [
    ([(1, 1)] * 4, "few"), ([(1, 1)] * 5, "easy"), ([(0, 1), (0, 0)] * 3, "hard"),
    ([(1, 1), (0, 0)] * 3, "sound"), ([(1, 0), (0, 0), (1, 1), (0, 1)] * 3, "little"),
])
def test_what_there_is_to_say_about_a_question(table, verdict):
    assert item(1, sittings(table)).verdict == verdict


def test_a_mark_of_100_lies_in_the_last_band():
    assert bands([0, 9.99, 10, 100, 99.99]) == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


VALUES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), min_size=2, max_size=7)


@settings(max_examples=80, deadline=None)
@given(VALUES)
def test_covariance_and_efficiency_by_brute_force(pairs):
    """The covariance is Σ (xᵢ−xⱼ)(Xᵢ−Xⱼ) / n(n−1) over all pairs of people; the greatest one is
    looked for among all orders of the second list.
    """
    first, second = map(list, zip(*pairs, strict=True))
    count = len(pairs)
    second_way = sum((first[i] - first[j]) * (second[i] - second[j])
                     for i, j in itertools.combinations(range(count), 2)) / (count * (count - 1))
    assert isclose(covariance(first, second), second_way, abs_tol=1e-9)
    greatest = max(covariance(first, order) for order in itertools.permutations(second))
    found = efficiency(first, second)

    assert (found is None) == (greatest < 1e-12)
    if found is not None:
        assert isclose(found, second_way / greatest, abs_tol=1e-9)
        assert isclose(discrimination(first, second),
                       second_way / sqrt(variance(first) * variance(second)), abs_tol=1e-9)
        assert -1.000001 <= discrimination(first, second) <= found + 1e-9 or found < 0


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=8))
def test_alpha_by_the_covariances_of_its_questions(rows):
    """α = K/(K−1) · Σ_{i≠j} cov(i, j) / Σ_{i,j} cov(i, j): the same from another side."""
    columns = list(zip(*rows, strict=True))
    every = sum(covariance(one, other) for one in columns for other in columns)
    apart = every - sum(covariance(one, one) for one in columns)
    found = alpha(rows)

    assert (found is None) == (every < 1e-12)
    if found is not None:
        assert isclose(found, 3 / 2 * apart / every, abs_tol=1e-6)


@given(st.lists(st.integers(0, 100), min_size=3, max_size=20))
def test_skewness_turns_with_the_marks(values):
    found, turned = skewness(values), skewness([100 - value for value in values])

    assert (found is None) == (len(set(values)) == 1)
    if found is not None:
        assert isclose(found, -turned, abs_tol=1e-9)


def test_with_an_odd_number_the_one_in_the_middle_is_in_neither_half():
    better, other = halves([Answer(key, row[3], sum(row[:3]), ())
                            for key, row in enumerate(TABLE[:5])])

    assert ([one.key for one in better], [one.key for one in other]) == ([0, 1], [4, 2])


def test_what_was_gained_as_worked_out_by_hand():
    """40→70: gain 30, g = 30/60 = 0.5.  80→60: −20, g = −1.  100→100: 0, no g.

    Mean 220/3 → 230/3, gain 10/3, mean g −0.25; one from fail to pass, none back.
    """
    pairs = [Pair("a", 40, 70, False, True), Pair("b", 80, 60, True, True),
             Pair("c", 100, 100, True, True)]

    found = gained(pairs)

    assert (found.count, found.fail_to_pass, found.pass_to_fail) == (3, 1, 0)
    assert isclose(found.gain, 10 / 3)
    assert isclose(found.normalised, -0.25)
    assert gained([]) == (0, None, None, None, None, 0, 0)


def paper(key, answers, began=0, seconds=600, key_of="A"):
    """A Paper with an answer a question; whatever is not the key is wrong."""
    given_ = {n: (letter,) for n, letter in enumerate(answers)}
    return Paper(key, began, began + seconds, given_,
                 frozenset(n for n, letter in enumerate(answers) if letter != key_of))


def test_who_took_hardly_any_time_is_listed():
    papers = [paper(n, "AAAAAAAAAA") for n in range(6)]

    assert fast([*papers, paper(7, "AAAAAAAAAA", seconds=25),
                 paper(8, "AAAAAAAAAA", seconds=100)]) == [(7, 25, 600), (8, 100, 600)]
    assert fast(papers) == fast([]) == []


def test_how_long_a_paper_took_that_was_written_by_hand_is_not_known():
    assert fast([paper(n, "AAAAAAAAAA", seconds=0) for n in range(6)]) == []


def test_the_same_rare_wrong_answers_at_the_same_time_are_listed():
    crowd = [paper(n, "A" * 12) for n in range(20)]
    copied = [paper(30, "BCDBCAAAAAAA"), paper(31, "BCDBCAAAAAAA")]

    assert [(one.first, one.second, one.same) for one in alike([*crowd, *copied])] == [(30, 31, 5)]
    apart = copied[1]._replace(began=10_000, ended=10_600)
    assert alike([*crowd, copied[0], apart]) == []


def test_a_wrong_answer_that_everybody_gives_means_nothing():
    """All twelve choose B in the first five questions, as a wrong key makes them."""
    assert alike([paper(n, "BBBBBAAAAA") for n in range(12)]) == []


@pytest.mark.parametrize("expected, count, probability", [
    (1.0, 0, 1.0), (1.0, 1, 0.632121), (2.0, 3, 0.323324), (0.5, 4, 0.001752)])
def test_the_tail_of_a_poisson_number(expected, count, probability):
    assert round(tail(expected, count), 6) == probability
