"""A wrong key of every kind that has one is corrected on the page, and the marks follow."""
from decimal import Decimal

import pytest

from courses.catalogue.actions import add_step, draft, publish
from quizzes.attempts.marking import KEY, as_marked, share_of
from quizzes.attempts.regrading_actions import Change, looked_at
from quizzes.attempts.regrading_keys import WAYS, gaps_shown, read, shape
from quizzes.papers.actions import set_quiz
from quizzes.questions.actions import write_question
from quizzes.questions.kinds import KINDS
from tests.quizzes.questions import GAPS, SPOT, form, question, typed
from tests.quizzes.sitting import answer

RULES = {"draw": None, "shuffle": False, "pass_mark": 60, "attempts_allowed": 3,
         "time_limit": None}


def mended(kind, version, given, *sent):
    """The share of the answer ``given`` before and after the key that ``sent`` gives."""
    keys = read(kind, version, form(*sent))
    change = type("Mended", (), {"effect": KEY, "keys": keys})
    return share_of(kind, version, given), share_of(kind, version, given, change)


def test_every_kind_that_is_marked_by_a_key_has_a_form_for_it():
    assert set(WAYS) == {name for name, kind in KINDS.items() if kind.worth and not kind.by_hand}


@pytest.mark.parametrize("kind, version, given, sent", [
    ("single", question("ABC", "A"), ["B"], [("ticked", "B")]),
    ("truefalse", question("TF", "T"), ["F"], [("ticked", "F")]),
    ("multiple", question("ABC", "AB"), ["A", "C"], [("ticked", "A"), ("ticked", "C")]),
    ("short", typed("Quốc hội"), ["chính phủ"], [("lines", "Quốc hội\nChính phủ")]),
    ("number", typed("12", tolerance="0"), ["12,5"], [("lines", "12,5")]),
    ("ordering", question("ABC", "ABC"), ["A=2", "B=1", "C=3"],
     [("partner-A", "2"), ("partner-B", "1"), ("partner-C", "3")]),
    ("matching", question("AB", ["A=a", "B=b"], "ab"), ["A=b", "B=a"],
     [("partner-A", "b"), ("partner-B", "a")]),
    ("hotspot", SPOT, ["70,50"], [("ticked", "B")]),
    ("hotspot", SPOT, ["C"], [("ticked", "B"), ("ticked", "C")]),
])
def test_the_corrected_key_earns_everything(kind, version, given, sent):
    before, after = mended(kind, version, given, *sent)

    assert (before < 1, after) == (True, Decimal(1))


@pytest.mark.parametrize("sent, after", [
    ([("gap-1", "126/2025/QH15"), ("gap-2", "2025\n2026"), ("gap-3", "B")], "0.75"),
    ([("gap-1", "126/2025/QH15"), ("gap-2", "2026"), ("gap-3", "A"), ("gap-3", "B")], "0.75"),
    ([("gap-1", "126/2025/QH15"), ("gap-2", "2.025,0"), ("gap-3", "A")], "1"),
])
def test_each_gap_has_its_key(sent, after):
    given = ["1=126/2025/QH15", "2=2025", "3=A"]

    assert mended("gaps", GAPS, given, *sent) == (Decimal("0.5"), Decimal(after))


def test_a_gap_without_a_key_is_none():
    assert read("gaps", GAPS, form(("gap-1", "một"), ("gap-2", "2026"))) == []
    assert read("gaps", GAPS, form(("gap-1", " "), ("gap-2", "1"), ("gap-3", "B"))) == []


def test_the_form_shows_the_key_there_is_and_the_result_the_one_that_counts():
    keys = [KINDS["gaps"].key_of(GAPS)]
    change = type("Mended", (), {
        "effect": KEY, "keys": [["1=luật", "2=2025", "3=A"]], "version_ids": [7]})
    kind, shown = as_marked({7: ("gaps", GAPS)}, [change])[7]

    assert [(gap.key, gap.accepted) for gap in gaps_shown(GAPS, keys, "vi")] == [
        ("1", ["126/2025/QH15", "Luật Báo chí"]), ("2", ["2026"]), ("3", ["B"])]
    assert KINDS[kind].words(shown, KINDS[kind].right_answer(shown), "vi") == [
        "1 – luật", "2 – 2025", "3 – không được"]


def test_versions_with_other_gaps_do_not_share_a_key():
    fewer = question(stem_vi=GAPS.stem_vi, settings={"gaps": GAPS.settings["gaps"][:2]})

    assert shape(GAPS) != shape(fewer)


@pytest.fixture
def gaps(world):
    """A test of one question with gaps, which Lan and Hoa took: the key says 2026, both say 2025;
    Lan has the rest right.
    """
    made = write_question(world.press_law, "gaps", {
        "stem_vi": GAPS.stem_vi, "stem_en": "", "options": [], "right": [],
        "settings": GAPS.settings}, by=world.minh)
    step = add_step(draft(world.press_law, by=world.minh), "quiz", {
        "title_vi": "Điền chỗ trống", "title_en": "Gaps", "minutes": 5}, by=world.minh)
    set_quiz(step, RULES, [made.id], by=world.minh)
    publish(world.press_law, "", False, by=world.minh)
    world.press_law.open = True
    return made, [answer(step, person, [given]) for person, given in (
        (world.lan, ["1=126/2025/QH15", "2=2025"]), (world.hoa, ["2=2025"]))]


def test_a_gap_is_corrected_on_the_page_and_the_bank_follows(gaps, world, browse, later):
    made, attempts = gaps
    later(5)
    minh, url = browse(world.minh), f"/quizzes/questions/{made.id}/key"
    page = minh.get(url)
    sent = {"effect": "key", "version_ids": str(made.versions[0].id), "reason": "Năm in sai",
            "gap-1": "126/2025/QH15\nLuật Báo chí", "gap-2": "2025", "gap-3": "B"}
    assert "Chỗ trống 2" in page.text

    preview = minh.post(url, sent, 200)
    assert "2 kết quả thay đổi. 1 người chuyển thành đạt." in preview.text
    hidden = {field["name"]: field["value"] for field in preview.all("input")
              if field.get("type") == "hidden" and field["name"] != "csrf_token"}
    minh.post(url, hidden)

    assert [(one.score, one.passed) for one in attempts] == [(75, True), (25, False)]
    newest = made.versions[-1]
    assert (newest.number, KINDS["gaps"].key_of(newest)) == (
        2, ["1=126/2025/QH15", "1=Luật Báo chí", "2=2025", "3=B"])
    assert KINDS["gaps"].key_of(made.versions[0])[2] == "2=2026"


def test_a_key_that_cannot_be_one_is_sent_back(gaps, world, browse):
    made, _attempts = gaps
    url = f"/quizzes/questions/{made.id}/key"
    page = browse(world.minh).post(url, {
        "effect": "key", "version_ids": str(made.versions[0].id), "reason": "Năm in sai",
        "gap-1": "một", "gap-2": "năm nay", "gap-3": "B"}, 200)

    assert "Chỗ trống 2 nhận số; chỉ ghi số." in page.text


def test_looking_at_a_corrected_gap_changes_nothing(gaps, world):
    made, attempts = gaps
    change = Change([made.versions[0].id], KEY, [["1=luật", "2=2025", "3=B"]], "Năm in sai")
    _mending, remarks = looked_at(made, change, by=world.minh)

    assert [remark.marks.score for remark in remarks] == [25, 25]
    assert [one.score for one in attempts] == [50, 0]
