"""The kinds beyond choices and pairs: shares, numbers, gaps, places, texts marked by hand."""
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.questions.kinds import KINDS, right_answer
from quizzes.questions.kinds.base import share_of
from quizzes.questions.kinds.hotspot import inside
from quizzes.questions.kinds.number import readings
from tests.quizzes.questions import GAPS, SPOT, form, judged, question, shares, typed

HALF = shares("ABC", ["A"], "100", "50", "-25", partial=True)
THIRDS = shares("ABCD", ["A", "B", "C"], "33.33333", "33.33333", "33.33333", "-50", partial=True)
EVEN = question("ABCD", ["A", "B"], settings={"partial": True})
FOUR = judged("TFTF", "official")
ESSAY = typed(rubric=[{"vi": "Đúng luật", "en": "", "points": "4"}], most_words=200, file=True)


@pytest.mark.parametrize("kind, version, answer, share", [
    ("single", HALF, ["A"], "1"), ("single", HALF, ["B"], "0.5"), ("single", HALF, ["C"], "0"),
    ("single", HALF, [], "0"), ("single", shares("AB", ["A"], "100", "50"), ["B"], "0"),
    ("multiple", THIRDS, ["A", "B", "C"], "1"), ("multiple", THIRDS, ["A", "B", "C", "D"], "0.5"),
    ("multiple", THIRDS, ["D"], "0"), ("multiple", EVEN, ["A"], "0.5"),
    ("multiple", EVEN, ["A", "B", "C"], "0.5"), ("multiple", EVEN, ["A", "C"], "0"),
    ("multiple", EVEN, ["A", "B", "C", "D"], "0"), ("multiple", EVEN, [], "0"),
    ("short", typed("Luật Báo chí", case=True), ["luật báo chí"], "0"),
    ("short", typed("Luật Báo chí", case=True), ["Luat Bao chi"], "1"),
    ("short", typed("Luật Báo chí", diacritics=True), ["luật báo chí"], "1"),
    ("short", typed("Luật Báo chí", diacritics=True), ["luat bao chi"], "0"),
    ("short", typed("Luật Báo chí", spaces=True), ["luật báochí"], "0"),
    ("short", typed("Luật Báo*"), ["luật báo chí 2025"], "1"),
    ("short", typed("Luật Báo*"), ["luật"], "0"), ("short", typed(r"sao\*"), ["sao*"], "1"),
    ("short", typed("A", "B", shares={"B": "50"}), ["b"], "0.5"),
    ("number", typed("12.5"), ["12,5"], "1"), ("number", typed("12.5"), ["12.5"], "1"),
    ("number", typed("12.5"), ["12.6"], "0"), ("number", typed("12.5"), ["mười hai"], "0"),
    ("number", typed("12.5", tolerance="0.1"), ["12,6"], "1"),
    ("number", typed("12.5", tolerance="0.1"), ["12,61"], "0"),
    ("number", typed("1234.5"), ["1.234,5"], "1"), ("number", typed("1234"), ["1.234"], "1"),
    ("number", typed("1.234"), ["1.234"], "1"), ("number", typed("-3"), ["−3"], "1"),
    ("number", typed("1000000"), ["1 000 000"], "1"), ("number", typed("1500"), ["1,5e3"], "1"),
    ("number", typed("12", unit="km"), ["12"], "1"),
    ("number", typed("12", unit="km"), ["12 KM."], "1"),
    ("number", typed("12", unit="km"), ["12 m"], "0"),
    ("number", typed("12", unit="km", unit_needed=True), ["12"], "0"),
    ("number", typed("12"), ["12 người"], "1"), ("number", typed("12"), ["12 hoặc 13"], "0"),
    ("number", typed("12", "15", shares={"15": "50"}), ["15"], "0.5"),
    ("number", typed("1"), [], "0"),
    ("gaps", GAPS, ["1=126/2025/qh15", "2=2026", "3=B"], "1"),
    ("gaps", GAPS, ["1=luat bao chi"], "0.5"), ("gaps", GAPS, ["2=2.026", "3=A"], "0.25"),
    ("gaps", GAPS, [], "0"), ("gaps", typed(), [], "0"),
    ("hotspot", SPOT, ["A"], "1"), ("hotspot", SPOT, ["B"], "0"), ("hotspot", SPOT, ["20,30"], "1"),
    ("hotspot", SPOT, ["10,20.5"], "1"), ("hotspot", SPOT, ["9.9,30"], "0"),
    ("hotspot", SPOT, [], "0"), ("description", question(), [], "1"),
    ("statements", FOUR, ["A=T", "B=F", "C=T", "D=F"], "1"),
    ("statements", FOUR, ["A=T", "B=F", "C=T", "D=T"], "0.5"),
    ("statements", FOUR, ["A=T", "B=F", "C=F"], "0.25"), ("statements", FOUR, ["D=F"], "0.1"),
    ("statements", FOUR, ["A=F", "B=T", "C=F", "D=T"], "0"), ("statements", FOUR, [], "0"),
    ("statements", judged("TFTF"), ["A=T", "B=F", "C=T"], "0.75"),
    ("statements", judged("TF", "official"), ["A=T", "B=T"], "0.5"),
    ("statements", judged("TFTF", "whole"), ["A=T", "B=F", "C=T"], "0"),
    ("statements", judged("TFTF", "whole"), ["A=T", "B=F", "C=T", "D=F"], "1"),
])
def test_an_answer_earns_its_share(kind, version, answer, share):
    assert KINDS[kind].mark(version, answer) == Decimal(share)
    assert KINDS[kind].fits(version, answer)


@pytest.mark.parametrize("kind", ["essay", "upload"])
def test_what_people_mark_has_no_share_before_they_have(kind):
    assert KINDS[kind].mark(ESSAY, ["Một đoạn văn"]) is None
    assert [name for name, known in KINDS.items() if known.by_hand] == ["essay", "upload"]
    assert [name for name, known in KINDS.items() if not known.worth] == ["description"]


@pytest.mark.parametrize("kind, version, answer", [
    ("number", typed("1"), ["1", "2"]), ("number", typed("1"), ["1" * 101]),
    ("gaps", GAPS, ["4=x"]), ("gaps", GAPS, ["3=C"]), ("gaps", GAPS, ["1=a", "1=b"]),
    ("gaps", GAPS, ["1"]), ("gaps", GAPS, [f"1={'x' * 201}"]),
    ("hotspot", SPOT, ["D"]), ("hotspot", SPOT, ["101,3"]), ("hotspot", SPOT, ["1,2", "A"]),
    ("description", question(), ["A"]), ("essay", ESSAY, ["một", "hai"]),
    ("statements", FOUR, ["A=Đ"]), ("statements", FOUR, ["E=T"]),
    ("statements", FOUR, ["A=T", "A=F"]),
    ("essay", ESSAY, ["file:1", "file:1"]), ("essay", typed(), ["file:1"]),
    ("upload", ESSAY, ["một"]),
])
def test_an_answer_of_another_question_does_not_fit(kind, version, answer):
    assert not KINDS[kind].fits(version, answer)


@pytest.mark.parametrize("kind, version, sent, answer", [
    ("number", typed("1"), [("a", " 12,5   km ")], ["12,5 km"]),
    ("gaps", GAPS, [("a-1", " Luật "), ("a-2", ""), ("a-3", "B"), ("a-9", "x")], ["1=Luật", "3=B"]),
    ("gaps", GAPS, [("a-1", "a=b"), ("a-3", "Z")], ["1=a=b"]),
    ("hotspot", SPOT, [("xy", "12.5, 30")], ["12.5,30"]),
    ("hotspot", SPOT, [("xy", "12.5,30"), ("a", "B")], ["B"]),
    ("hotspot", SPOT, [("xy", ""), ("a", "B")], ["B"]), ("hotspot", SPOT, [("a", "Z")], []),
    ("essay", ESSAY, [("a", " Một  dòng \r\n\r\nhai "), ("files", "file:7"), ("files", "x")],
     ["Một dòng\n\nhai", "file:7"]),
    ("upload", ESSAY, [("a", "x"), ("files", "file:7")], ["file:7"]),
    ("description", question(), [("a", "A")], []),
    ("statements", FOUR, [("a-A", "T"), ("a-B", ""), ("a-C", "F"), ("a-D", "x"), ("a-E", "T")],
     ["A=T", "C=F"]),
])
def test_a_form_is_read(kind, version, sent, answer):
    read = KINDS[kind].read(version, form(*sent))

    assert read == answer
    assert KINDS[kind].fits(version, read)


@pytest.mark.parametrize("kind, version, words", [
    ("number", typed("12.5", "13", unit="km"), ["12.5 km"]),
    ("gaps", GAPS, ["1 – 126/2025/QH15", "2 – 2026", "3 – is"]), ("hotspot", SPOT, ["Sign"]),
    ("essay", ESSAY, []), ("description", question(), []),
    ("statements", judged("TF"), ["Idea A – True", "Idea B – False"]),
    ("statements", judged("TF", words="A whole sentence."),
     ["A whole sentence – True", "A whole sentence – False"]),
])
def test_the_right_answer_has_words(kind, version, words):
    assert KINDS[kind].words(version, right_answer(kind, version), "en") == words


@pytest.mark.parametrize("place, name", [
    ("20,30", "Chỗ ký"), ("75,40", "Chỗ đóng dấu"), ("5,70", "Góc"), ("99,1", "99,1")])
def test_a_place_pressed_has_the_name_of_its_area(place, name):
    assert KINDS["hotspot"].words(SPOT, [place], "vi") == [name]


@pytest.mark.parametrize("x, y, hit", [
    (60, 50, True), (59, 50, False), (70, 70, True), (70, 71, False), (78, 62, True)])
def test_a_circle_is_round_on_a_picture_that_is_twice_as_wide_as_high(x, y, hit):
    assert inside(SPOT.settings["areas"][1], (Decimal(x), Decimal(y)), Decimal("0.5")) is hit


@pytest.mark.parametrize("x, y, hit", [
    (1, 61, True), (0, 60, True), (10, 80, True), (11, 80, False), (21, 60, False)])
def test_a_polygon_holds_its_edge(x, y, hit):
    assert inside(SPOT.settings["areas"][2], (Decimal(x), Decimal(y))) is hit


@pytest.mark.parametrize("text, share", [
    ("33.33333", (1, 3)), ("16.66667", (1, 6)), ("-33,3333", (-1, 3)), ("12.5", (1, 8)),
    ("37", (37, 100)), ("1e9999999", (0, 1)), ("٣", (0, 1)), ("x", (0, 1)), ("", (0, 1))])
def test_a_share_in_per_cent_is_the_fraction_it_means(text, share):
    assert share_of(text).as_integer_ratio() == share


@pytest.mark.parametrize("text", ["", "km", "không", "e5"])
def test_what_begins_with_no_number_is_none(text):
    assert readings(text) is None


@pytest.mark.parametrize("kind, draft, faults", [
    ("single", question("A", ["A"]), 1), ("single", question("AB", []), 1),
    ("single", shares("AB", ["A"], "100", "x", partial=True), 1),
    ("multiple", question("AB", ["C"]), 1), ("truefalse", question("TF", []), 1),
    ("short", typed(), 1), ("short", typed("A", shares={"A": "50"}), 1),
    ("number", typed(), 1), ("number", typed("mười"), 1), ("number", typed("1", tolerance="x"), 1),
    ("number", typed("1", unit_needed=True), 1),
    ("ordering", question("ABC", ["A", "B"]), 1), ("matching", question("12", ["1=a"], "ab"), 1),
    ("gaps", question(stem_vi="Không có", settings={}), 1),
    ("gaps", question(stem_vi="[[1]]", settings={"gaps": [
        {"key": "1", "kind": "choice", "right": [], "options": []}]}), 2),
    ("gaps", question(stem_vi="Không", settings={"gaps": [
        {"key": "1", "kind": "number", "right": ["x"], "points": "y"}]}), 3),
    ("hotspot", question(settings={}), 3),
    ("hotspot", question(right=["A"], settings={"picture": "x", "alt_vi": "y", "areas": [
        {"key": "A", "shape": "rect", "points": [1, 2, 3, 101], "vi": "Ô"},
        {"key": "B", "shape": "polygon", "points": [1, 2, 3], "vi": "B"}]}), 2),
    ("statements", judged("T"), 1), ("statements", judged("TF", "official"), 1),
    ("statements", question("AB", ["A=T"], "TF", settings={}), 1),
    ("essay", typed(rubric=[{"vi": "Ý", "points": "0"}]), 1), ("upload", typed(), 1),
])
def test_a_question_that_cannot_be_asked_says_what_it_lacks(world, kind, draft, faults):
    assert len(KINDS[kind].lacks(draft)) == faults


@pytest.mark.parametrize("kind, draft", [
    ("single", HALF), ("multiple", THIRDS), ("truefalse", question("TF", ["F"])),
    ("short", typed("A")), ("number", typed("1", tolerance="0.1", unit="m", unit_needed=True)),
    ("ordering", question("ABC", "CAB")), ("matching", question("12", ["1=a", "2=a"], "ab")),
    ("gaps", GAPS), ("hotspot", SPOT), ("essay", ESSAY), ("upload", typed(types=[".pdf"])),
    ("description", question()), ("statements", FOUR), ("statements", judged("TTT", "each"))])
def test_a_question_that_is_whole_lacks_nothing(kind, draft):
    assert KINDS[kind].lacks(draft) == []


def test_an_order_is_kept_by_the_alphabet_of_its_words_so_that_no_key_tells_a_place():
    kept = KINDS["ordering"].settle({"options": [
        {"key": "A", "vi": "viết"}, {"key": "B", "vi": "duyệt"}, {"key": "C", "vi": "đăng"}],
        "right": ["A", "B", "C"]})

    assert kept == {"options": [{"key": "A", "vi": "duyệt"}, {"key": "B", "vi": "đăng"},
                                {"key": "C", "vi": "viết"}], "right": ["C", "A", "B"]}
    assert KINDS["ordering"].settle(kept) == kept


def test_an_order_kept_before_is_not_shown_in_its_order():
    version = question("ABC", ["A", "B", "C"])
    version.options[0]["vi"] = "Ý Z"

    assert KINDS["ordering"].order(version, ["A", "B", "C"]) == ["B", "C", "A"]
    assert KINDS["ordering"].order(version, ["C", "A", "B"]) == ["C", "A", "B"]


def test_partners_are_kept_by_the_alphabet_so_that_no_key_tells_its_pair():
    kept = KINDS["matching"].settle({"matches": [
        {"key": "1", "vi": "sâu"}, {"key": "2", "vi": "nhanh"}], "right": ["1=1", "2=2"]})

    assert kept == {"matches": [{"key": "a", "vi": "nhanh"}, {"key": "b", "vi": "sâu"}],
                    "right": ["1=b", "2=a"]}
    assert KINDS["matching"].settle(kept) == kept


def test_an_option_has_its_own_word_for_whoever_chose_it():
    version = question("AB", ["A"])
    version.options[1] |= {"feedback_vi": "Chưa <đúng>", "feedback_en": ""}

    assert KINDS["single"].feedback(version, ["B"], "en") == ["Chưa &lt;đúng&gt;"]
    assert KINDS["single"].feedback(version, ["A"], "vi") == []


SAMPLES = {
    "single": HALF, "multiple": THIRDS, "truefalse": question("TF", ["F"]),
    "short": typed("Luật*", "B", shares={"B": "33.33333"}, case=True),
    "number": typed("12.5", "-3", tolerance="0.1", unit="km"), "gaps": GAPS,
    "matching": question("12", ["1=a", "2=b"], "abc"), "ordering": question("ABC", "CAB"),
    "hotspot": SPOT, "essay": ESSAY, "upload": ESSAY, "description": question(), "statements": FOUR}
NAMES = ("a", "xy", "files", *(f"a-{key}" for key in "123ABC"))
VALUES = st.one_of(st.sampled_from([*"ABCD123TFabc", "20,30", "12,5 km", "file:1", "luật", "2026"]),
                   st.text(max_size=8))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(KINDS)), st.lists(st.tuples(st.sampled_from(NAMES), VALUES),
                                                max_size=8))
def test_whatever_a_form_sends_is_an_answer_that_is_marked_between_nothing_and_all(kind, sent):
    version = SAMPLES[kind]

    answer = KINDS[kind].read(version, form(*sent))

    share = KINDS[kind].mark(version, answer)
    assert KINDS[kind].fits(version, answer)
    assert share is None if KINDS[kind].by_hand else 0 <= share <= 1
    assert all(isinstance(line, str) for line in KINDS[kind].words(version, answer, "vi"))
    KINDS[kind].parts(version, "en", answer)


@given(st.sampled_from(sorted(KINDS)), st.lists(VALUES, max_size=4))
def test_whatever_a_device_sends_fits_or_does_not_and_breaks_nothing(kind, answer):
    version = SAMPLES[kind]

    if KINDS[kind].fits(version, answer) and not KINDS[kind].by_hand:
        assert 0 <= KINDS[kind].mark(version, answer) <= 1
        assert KINDS[kind].mark(version, answer) == KINDS[kind].mark(version, answer[:])
