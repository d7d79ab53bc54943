"""Each kind of question: what it reads, what it takes, what it gives for an answer."""
from decimal import Decimal

import pytest

from quizzes.questions.kinds import KINDS, right_answer, texts
from tests.quizzes.questions import form, question

ONE = question("ABC", ["B"])
SEVERAL = question("ABCD", ["A", "C"])
TRUE = question("TF", ["T"])
LAW = question(right=["126/2025/QH15", "Luật Báo chí"])
ORDER = question("ABC", ["C", "A", "B"])
PAIRS = question("123", ["1=b", "2=a", "3=b"], "abc")
RIGHT_ORDER = ["C=1", "A=2", "B=3"]


@pytest.mark.parametrize("kind, version, answer, share", [
    ("single", ONE, ["B"], "1"),
    ("single", ONE, ["A"], "0"),
    ("single", ONE, [], "0"),
    ("truefalse", TRUE, ["T"], "1"),
    ("truefalse", TRUE, ["F"], "0"),
    ("multiple", SEVERAL, ["A", "C"], "1"),
    ("multiple", SEVERAL, ["C", "A"], "1"),
    ("multiple", SEVERAL, ["A"], "0"),
    ("multiple", SEVERAL, ["A", "B", "C"], "0"),
    ("multiple", SEVERAL, [], "0"),
    ("short", LAW, ["126/2025/QH15"], "1"),
    ("short", LAW, ["126/2025/qh15"], "1"),
    ("short", LAW, [" 126 / 2025 / QH15 "], "1"),
    ("short", LAW, ["luat bao chi"], "1"),
    ("short", LAW, ["LUẬT  BÁO CHÍ"], "1"),
    ("short", LAW, ["Lua\u0323\u0302t Ba\u0301o chi\u0301"], "1"),
    ("short", LAW, ["126/2025"], "0"),
    ("short", LAW, ["Luật Báo chí 2025"], "0"),
    ("short", LAW, [], "0"),
    ("ordering", ORDER, RIGHT_ORDER, "3"),
    ("ordering", ORDER, list(reversed(RIGHT_ORDER)), "3"),
    ("ordering", ORDER, ["C=1", "B=2", "A=3"], "1"),
    ("ordering", ORDER, ["C=1", "A=2"], "2"),
    ("ordering", ORDER, ["A=1", "B=2", "C=3"], "0"),
    ("ordering", ORDER, [], "0"),
    ("matching", PAIRS, ["1=b", "2=a", "3=b"], "3"),
    ("matching", PAIRS, ["1=b", "2=c", "3=a"], "1"),
    ("matching", PAIRS, ["2=a"], "1"),
    ("matching", PAIRS, [], "0"),
])
def test_an_answer_earns_its_share(kind, version, answer, share):
    parts = 3 if kind in ("ordering", "matching") else 1

    assert KINDS[kind].mark(version, answer) == Decimal(share) / parts


@pytest.mark.parametrize("kind, version, answer", [
    ("single", ONE, ["A"]), ("single", ONE, []), ("truefalse", TRUE, ["F"]),
    ("multiple", SEVERAL, ["A", "B", "C", "D"]), ("multiple", SEVERAL, []),
    ("short", LAW, ["gì cũng được"]), ("short", LAW, []),
    ("ordering", ORDER, RIGHT_ORDER), ("ordering", ORDER, ["A=1", "B=1"]), ("ordering", ORDER, []),
    ("matching", PAIRS, ["1=a", "2=a", "3=a"]), ("matching", PAIRS, ["3=c"]),
])
def test_an_answer_of_the_question_fits(kind, version, answer):
    assert KINDS[kind].fits(version, answer)


@pytest.mark.parametrize("kind, version, answer", [
    ("single", ONE, ["A", "B"]), ("single", ONE, ["X"]), ("truefalse", TRUE, ["T", "F"]),
    ("multiple", SEVERAL, ["A", "E"]), ("multiple", SEVERAL, ["A", "A"]),
    ("short", LAW, ["một", "hai"]), ("short", LAW, ["x" * 501]),
    ("ordering", ORDER, ["A=4"]), ("ordering", ORDER, ["A"]), ("ordering", ORDER, ["X=1"]),
    ("ordering", ORDER, ["A=1", "A=2", "A=3"]),
    ("matching", PAIRS, ["1=d"]), ("matching", PAIRS, ["1=a", "1=b", "1=c"]),
    ("matching", PAIRS, ["1=a", "2=a", "3=a", "3=b"]),
])
def test_an_answer_of_another_question_does_not_fit(kind, version, answer):
    assert not KINDS[kind].fits(version, answer)


@pytest.mark.parametrize("kind, version, sent, answer", [
    ("single", ONE, [("a", "C")], ["C"]),
    ("single", ONE, [("a", "X")], []),
    ("single", ONE, [("a", "C"), ("a", "A")], ["A"]),
    ("multiple", SEVERAL, [("a", "C"), ("a", "A")], ["A", "C"]),
    ("multiple", SEVERAL, [], []),
    ("short", LAW, [("a", "  Luật   Báo chí ")], ["Luật Báo chí"]),
    ("short", LAW, [("a", "   ")], []),
    ("short", LAW, [("a", "x" * 900)], ["x" * 500]),
    ("ordering", ORDER, [("a-C", "1"), ("a-A", "2"), ("a-B", "")], ["A=2", "C=1"]),
    ("ordering", ORDER, [("a-A", "9")], []),
    ("matching", PAIRS, [("a-1", "b"), ("a-2", "x"), ("a-9", "a")], ["1=b"]),
])
def test_a_form_is_read_in_the_order_of_the_question(kind, version, sent, answer):
    read = KINDS[kind].read(version, form(*sent))

    assert read == answer
    assert KINDS[kind].fits(version, read)


@pytest.mark.parametrize("kind, version, words", [
    ("single", ONE, ["Idea B"]),
    ("multiple", SEVERAL, ["Idea A", "Idea C"]),
    ("truefalse", TRUE, ["Idea T"]),
    ("short", LAW, ["126/2025/QH15", "Luật Báo chí"]),
    ("ordering", ORDER, ["Idea C – 1", "Idea A – 2", "Idea B – 3"]),
    ("matching", PAIRS, ["Idea 1 – Vế b", "Idea 2 – Vế a", "Idea 3 – Vế b"]),
])
def test_the_right_answer_earns_everything_and_has_words(kind, version, words):
    right = right_answer(kind, version)

    assert KINDS[kind].words(version, right, "en") == words
    assert KINDS[kind].mark(version, right[:1] if kind == "short" else right) == 1


def test_an_option_without_english_is_shown_in_vietnamese():
    assert texts([{"key": "A", "vi": "Có", "en": ""}, {"key": "B", "vi": "Không"}], "en") == {
        "A": "Có", "B": "Không"}
