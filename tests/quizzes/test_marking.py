"""Marks out of 100: by points, rounded half up, never out of nothing."""
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.attempts.marking import marked, out_of_100
from tests.quizzes.questions import question

YES = ("single", question("AB", ["A"]))
FOUR = ("ordering", question("ABCD", "ABCD"))
NO_KEY = ("ordering", question())


def slots(*points):
    """A paper of one question after the other, worth ``points`` each."""
    return [{"version": n, "points": worth} for n, worth in enumerate(points)]


@pytest.mark.parametrize("share, mark", [
    ("0", "0.00"), ("1", "100.00"), ("0.5", "50.00"),
    ("0.00005", "0.01"), ("0.00004", "0.00"), ("0.12345", "12.35"), ("0.66665", "66.67"),
])
def test_a_mark_is_rounded_half_up_to_two_decimals(share, mark):
    assert str(out_of_100(Decimal(share))) == mark


@pytest.mark.parametrize("right, of, score", [
    (0, 3, "0.00"), (1, 3, "33.33"), (2, 3, "66.67"), (3, 3, "100.00"), (1, 8, "12.50"),
    (1, 6, "16.67"), (5, 6, "83.33"), (1, 7, "14.29"),
])
def test_a_score_is_the_share_of_what_was_possible(right, of, score):
    paper, versions = slots(*[1] * of), dict.fromkeys(range(of), YES)

    shares, total = marked(paper, versions, {slot: ["A"] for slot in range(right)})

    assert shares == ["100.00"] * right + ["0.00"] * (of - right)
    assert str(total) == score


def test_a_question_worth_more_weighs_more():
    shares, total = marked(slots(3, 1), {0: YES, 1: YES}, {0: ["A"], 1: ["B"]})

    assert (shares, total) == (["100.00", "0.00"], Decimal("75.00"))


def test_a_part_of_an_order_is_a_part_of_the_points():
    answers = {0: ["A=1", "B=2", "C=4"], 1: ["A"]}

    shares, total = marked(slots(1, 1), {0: FOUR, 1: YES}, answers)

    assert (shares, total) == (["50.00", "100.00"], Decimal("75.00"))


def test_the_shares_are_not_rounded_before_they_are_added():
    third = ("ordering", question("ABC", "ABC"))

    shares, total = marked(slots(1, 1, 1), dict.fromkeys(range(3), third),
                           {slot: ["A=1"] for slot in range(3)})

    assert (shares, total) == (["33.33"] * 3, Decimal("33.33"))


@pytest.mark.parametrize("paper, versions", [
    ([], {}), (slots(0), {0: YES}), (slots(1), {0: NO_KEY})])
def test_nothing_possible_is_nothing_earned(paper, versions):
    _shares, total = marked(paper, versions, {})

    assert total == 0


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from((["A"], ["B"], []))), max_size=9))
def test_a_score_lies_between_0_and_100_and_more_right_answers_never_earn_less(asked):
    paper = slots(*(points for points, _answer in asked))
    versions = dict.fromkeys(range(len(asked)), YES)
    answers = {slot: answer for slot, (_points, answer) in enumerate(asked)}

    _shares, total = marked(paper, versions, answers)
    _shares, better = marked(paper, versions, {**answers, 0: ["A"]})

    assert 0 <= total <= better <= 100
