"""Drawing from the bank by a blueprint, and the order of options: pure."""
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.papers.choosing import Candidate, Row, Short, drawn, quotas, spread_over
from quizzes.papers.code import SPAN, code_at, new_secret, opens
from quizzes.papers.order import option_order
from quizzes.papers.rule import deadline, opens_again, shows
from quizzes.questions.places import names_letters, stays_last

LOTS = Random(7)
NINE = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def bank(**cells):
    """Candidates: ``luật1=3`` are three easy questions about luật."""
    found, number = [], 0
    for name, count in cells.items():
        for _n in range(count):
            number += 1
            found.append(Candidate(number, name[:-1], int(name[-1])))
    return found


def cells_of(picked):
    """How many of each cell were drawn."""
    return Counter(one.cell for _section, one in picked)


def test_each_row_gets_what_it_asks_for():
    rows = [Row(0, "a", 1, 2), Row(1, "b", None, 3)]

    picked = drawn(rows, bank(a1=5, a2=5, b1=4, b3=4), set(), LOTS)

    assert [section for section, _one in picked] == [0, 0, 1, 1, 1]
    assert cells_of(picked)[("a", 1)] == 2
    assert len({one.id for _section, one in picked}) == 5


def test_every_paper_is_as_hard_as_every_other():
    rows = [Row(0, None, None, 10)]
    candidates = bank(a1=30, a2=20, b3=50)

    papers = [cells_of(drawn(rows, candidates, set(), LOTS)) for _n in range(20)]

    assert {tuple(sorted(paper.items())) for paper in papers} == {
        ((("a", 1), 3), (("a", 2), 2), (("b", 3), 5))}


def test_questions_not_seen_before_come_first():
    candidates = bank(a1=6)

    picked = drawn([Row(0, "a", 1, 4)], candidates, {1, 2, 3}, LOTS)

    ids = {one.id for _section, one in picked}
    assert ids >= {4, 5, 6}
    assert len(ids & {1, 2, 3}) == 1


def test_a_row_for_any_difficulty_leaves_to_the_others_what_only_they_can_take():
    rows = [Row(0, None, None, 2), Row(0, "a", 1, 2), Row(0, "a", None, 2)]

    assert cells_of(drawn(rows, bank(a1=2, a2=2, b3=2), set(), LOTS)) == {
        ("a", 1): 2, ("a", 2): 2, ("b", 3): 2}


def test_what_the_bank_cannot_give_says_how_much_it_can():
    with pytest.raises(Short) as short:
        quotas([Row(0, "a", 2, 7)], {("a", 2): 4, ("a", 1): 9})

    assert (short.value.row.count, short.value.found) == (7, 4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from((1, 2)),
                          st.booleans(), st.booleans()), min_size=1, max_size=8), st.randoms())
def test_whatever_can_be_satisfied_is(asked, lots):
    # Each wish is a question that exists; rows may leave its category or difficulty open.
    stock = Counter((category, difficulty) for category, difficulty, _c, _d in asked)
    rows = [Row(0, None if open_c else category, None if open_d else difficulty, 1)
            for category, difficulty, open_c, open_d in asked]
    lots.shuffle(rows)

    held = quotas(rows, stock)

    assert sum(held, Counter()) == stock
    assert all(row.takes(cell) for row, cells in zip(rows, held, strict=True) for cell in +cells)


def test_a_test_spread_over_the_bank_follows_its_proportions():
    assert spread_over(10, bank(a1=30, a2=20, b3=50)) == {
        ("a", 1): 3, ("a", 2): 2, ("b", 3): 5}
    assert spread_over(9, bank(a1=2)) == {("a", 1): 2}
    assert spread_over(9, []) == {}


@pytest.mark.parametrize("words", [
    "Tất cả các đáp án trên", "Tất cả các phương án trên đều đúng", "Cả ba ý trên",
    "Không có đáp án nào đúng", "All of the above", "None of the above.", "Tất cả đều đúng"])
def test_options_about_all_the_others_stay_last(words):
    options = [{"key": key, "vi": text, "en": ""} for key, text in
               zip("ABCD", (words, "Một", "Hai", "Ba"), strict=True)]

    orders = {tuple(option_order("single", options, True, LOTS)) for _n in range(60)}

    assert {order[-1] for order in orders} == {"A"}
    assert len(orders) == 6


@pytest.mark.parametrize("words", [
    "A và B đều đúng", "Cả A, B và C", "Both A and C", "Đáp án B", "Chỉ A hoặc D"])
def test_options_that_name_letters_stay_where_the_author_put_them(words):
    options = [{"key": key, "vi": text, "en": ""} for key, text in
               zip("ABC", ("Một", "Hai", words), strict=True)]

    assert names_letters(options)
    assert option_order("single", options, True, LOTS) == ["A", "B", "C"]


@pytest.mark.parametrize("words", ["Tất cả mọi người", "Báo và đài", "All citizens", "An và Bình"])
def test_other_options_move(words):
    option = {"key": "A", "vi": words, "en": ""}

    assert (stays_last(option), names_letters([option])) == (False, False)


def test_an_author_can_say_that_an_option_stays_last():
    options = [{"key": "A", "vi": "Khác", "en": "", "last": True}, {"key": "B", "vi": "Một"},
               {"key": "C", "vi": "Hai"}]

    assert {option_order("single", options, True, LOTS)[-1] for _n in range(20)} == {"A"}


def test_true_stays_before_false_and_what_is_to_be_ordered_never_stands_in_order_by_rule():
    options = [{"key": key, "vi": key} for key in "ABCDEFGH"]

    assert option_order("truefalse", options[:2], True, LOTS) == ["A", "B"]
    assert option_order("single", options, False, LOTS) == list("ABCDEFGH")
    assert option_order("ordering", options, False, Random(1)) != list("ABCDEFGH")


def quiz(**rules):
    """The rules of a quiz."""
    return SimpleNamespace(**{
        "time_limit": 30, "closes_at": None, "wait_minutes": 0, "show_mark": "at_once",
        "show_right": "at_once", "show_key": "after_close", "show_explanation": "never"} | rules)


def extra(percent=0, minutes=0):
    """Extra time."""
    return SimpleNamespace(percent=percent, minutes=minutes)


@pytest.mark.parametrize("rules, more, minutes", [
    ({}, None, 30), ({}, extra(percent=50), 45), ({}, extra(percent=10, minutes=5), 38),
    ({"closes_at": NINE + 20 * MINUTE}, None, 20),
    ({"closes_at": NINE + 20 * MINUTE}, extra(minutes=10), 30),
    ({"time_limit": None, "closes_at": NINE + 20 * MINUTE}, extra(percent=50, minutes=5), 25)])
def test_an_attempt_ends_at_its_limit_or_with_the_test(rules, more, minutes):
    assert deadline(quiz(**rules), NINE, more) == NINE + minutes * MINUTE


def test_without_limit_and_closing_there_is_no_end():
    assert deadline(quiz(time_limit=None), NINE, extra(minutes=5)) is None


def test_what_is_shown_follows_the_closing():
    rules = quiz(closes_at=NINE)

    assert shows(rules, NINE - MINUTE) == (True, True, False, False)
    assert shows(rules, NINE) == (True, True, True, False)
    assert shows(quiz(), NINE) == (True, True, False, False)


def test_the_next_attempt_waits_for_the_last_one():
    assert opens_again(quiz(), [NINE]) is None
    assert opens_again(quiz(wait_minutes=60), []) is None
    assert opens_again(quiz(wait_minutes=60), [NINE - MINUTE, NINE]) == NINE + 60 * MINUTE


def test_the_code_of_the_room_changes_and_the_one_before_still_opens():
    secret = new_secret()
    code, left = code_at(secret, NINE)

    assert (len(code), code.isdecimal(), left) == (6, True, SPAN)
    assert opens(secret, f" {code[:3]} {code[3:]} ", NINE)
    assert opens(secret, code, NINE + timedelta(seconds=SPAN))
    assert not opens(secret, code, NINE + timedelta(seconds=2 * SPAN))
    assert not opens(secret, "", NINE)
    assert not opens(new_secret(), code, NINE)
    assert not opens(secret, "١٢٣", NINE)
