"""A wrong key of every kind that has one is corrected on the page, and the marks follow."""
from decimal import Decimal

import pytest

from courses.catalogue.actions import add_step, draft, publish
from quizzes.attempts.marking import KEY, Keyed, as_marked, share_of
from quizzes.attempts.regrading_actions import Change, looked_at
from quizzes.attempts.regrading_keys import WAYS, gaps_shown, read, shape
from quizzes.papers.actions import set_quiz
from quizzes.questions.actions import write_question
from quizzes.questions.kinds import KINDS
from tests.quizzes.questions import GAPS, SPOT, form, judged, question, typed
from tests.quizzes.sitting import answer

#: Typed and pressed, right and wrong.
ANSWERS = ["12 km", "12", "12,4 km", "13 km", "13,5 km", "A", "B", "20,30", "31,30", "70,59"]
#: A number that must be exact, in the wrong unit.
LENGTH = question(right=["12"], stem_vi="Đường dài bao nhiêu?",
                  settings={"tolerance": "0", "unit": "ha", "unit_needed": False})
RULES = {"draw": None, "shuffle": False, "pass_mark": 60, "attempts_allowed": 3,
         "time_limit": None}


def areas(*ticked, **shapes):
    """What the form sends for the areas of SPOT: the rows ticked, and shapes that are drawn anew,
    by the key of their area.
    """
    drawn = {area["key"]: " ".join(map(str, (area["shape"], *area["points"])))
             for area in SPOT.settings["areas"]} | shapes
    rows = [(number, *text.partition(" ")[::2]) for number, text in enumerate(drawn.values(), 1)]
    return [*(("right", number) for number in ticked),
            *((f"o-{number}-shape", shape) for number, shape, _points in rows),
            *((f"o-{number}-points", points) for number, _shape, points in rows)]


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
    ("number", typed("12", tolerance="0"), ["12,5"], [("accepted", "12,5")]),
    ("number", typed("12", tolerance="0"), ["12,4"], [("accepted", "12"), ("tolerance", "0,5")]),
    ("number", typed("12", unit="km", unit_needed=True), ["12 ha"],
     [("accepted", "12"), ("unit", "ha"), ("unit_needed", "1")]),
    ("ordering", question("ABC", "ABC"), ["A=2", "B=1", "C=3"],
     [("partner-A", "2"), ("partner-B", "1"), ("partner-C", "3")]),
    ("matching", question("AB", ["A=a", "B=b"], "ab"), ["A=b", "B=a"],
     [("partner-A", "b"), ("partner-B", "a")]),
    ("statements", judged("TFTF", "official"), ["A=F", "B=F", "C=T", "D=F"],
     [("partner-A", "F"), ("partner-B", "F"), ("partner-C", "T"), ("partner-D", "F")]),
    ("hotspot", SPOT, ["70,50"], areas("2")),
    ("hotspot", SPOT, ["C"], areas("2", "3")),
    ("hotspot", SPOT, ["35,30"], areas("1", A="rect 10 20,5 40 40")),
    ("hotspot", SPOT, ["82,50"], areas("2", B="circle 70 50 12")),
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


@pytest.mark.parametrize("kind, version", [
    ("number", typed("12", "13.5", tolerance="0.5", unit="km", unit_needed=True,
                     shares={"13.5": "50"})),
    ("number", typed("12")), ("hotspot", SPOT)])
def test_a_key_told_and_taken_again_marks_as_before(kind, version):
    told = KINDS[kind].key_of(version)
    mended_version = Keyed(kind, version, told)

    assert KINDS[kind].key_of(mended_version) == told
    assert [KINDS[kind].mark(mended_version, [text]) for text in ANSWERS] == [
        KINDS[kind].mark(version, [text]) for text in ANSWERS]
    assert KINDS[kind].lacks(mended_version) == []


def test_a_key_from_before_tolerances_were_corrected_leaves_the_tolerance():
    version = typed("12", tolerance="0.5", unit="km")

    assert KINDS["number"].mark(Keyed("number", version, ["20"]), ["20,5 km"]) == 1
    assert KINDS["hotspot"].mark(Keyed("hotspot", SPOT, ["B"]), ["70,50"]) == 1


def test_a_place_on_another_picture_has_a_key_of_its_own():
    other = question(right=["A"], settings=SPOT.settings | {"picture": "cd" * 32})

    assert shape(SPOT) != shape(other)


def test_versions_with_other_gaps_do_not_share_a_key():
    fewer = question(stem_vi=GAPS.stem_vi, settings={"gaps": GAPS.settings["gaps"][:2]})

    assert shape(GAPS) != shape(fewer)


def taken(world, kind, version, *answers):
    """A test of the one question ``version``, which Lan and Hoa took with these ``answers``; gives
    the question and the attempts.
    """
    made = write_question(world.press_law, kind, {
        "stem_vi": version.stem_vi, "stem_en": "", "options": [], "right": version.right,
        "settings": version.settings}, by=world.minh)
    step = add_step(draft(world.press_law, by=world.minh), "quiz", {
        "title_vi": "Một câu", "title_en": "One question", "minutes": 5}, by=world.minh)
    set_quiz(step, RULES, [made.id], by=world.minh)
    publish(world.press_law, "", False, by=world.minh)
    world.press_law.open = True
    return made, [answer(step, person, [given]) for person, given in zip(
        (world.lan, world.hoa), answers, strict=True)]


@pytest.fixture
def gaps(world):
    """A test of one question with gaps: the key says 2026, Lan and Hoa say 2025; Lan has the rest
    right.
    """
    return taken(world, "gaps", GAPS, ["1=126/2025/QH15", "2=2025"], ["2=2025"])


def in_two_pages(browser, made, **sent):
    """Correct the key of ``made`` on its page; gives the preview."""
    url = f"/quizzes/questions/{made.id}/key"
    preview = browser.post(url, {"effect": "key", "version_ids": str(made.versions[0].id),
                                 "reason": "Đáp án in sai", **sent}, 200)
    browser.post(url, {field["name"]: field["value"] for field in preview.all("input")
                       if field.get("type") == "hidden" and field["name"] != "csrf_token"})
    return preview


def test_a_gap_is_corrected_on_the_page_and_the_bank_follows(gaps, world, browse, later):
    made, attempts = gaps
    later(5)
    minh = browse(world.minh)
    assert "Chỗ trống 2" in minh.get(f"/quizzes/questions/{made.id}/key").text

    preview = in_two_pages(minh, made, **{
        "gap-1": "126/2025/QH15\nLuật Báo chí", "gap-2": "2025", "gap-3": "B"})

    assert "2 kết quả thay đổi. 1 người chuyển thành đạt." in preview.text

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


def test_how_far_a_number_may_be_off_and_its_unit_are_corrected_on_the_page(world, browse, later):
    made, attempts = taken(world, "number", LENGTH, ["12,4 km"], ["12,6 km"])
    later(5)
    minh = browse(world.minh)
    fields = {field["name"]: field.get("value", "")
              for field in minh.get(f"/quizzes/questions/{made.id}/key").all("input")}
    assert (fields["tolerance"], fields["unit"]) == ("0", "ha")

    preview = in_two_pages(minh, made, accepted="12", tolerance="0,5", unit="km")

    assert "1 kết quả thay đổi. 1 người chuyển thành đạt." in preview.text
    assert [(one.score, one.passed) for one in attempts] == [(100, True), (0, False)]
    newest = made.versions[-1]
    assert (newest.number, newest.right, newest.settings) == (
        2, ["12"], {"tolerance": "0.5", "unit": "km", "unit_needed": False})


def test_a_tolerance_that_is_no_number_is_sent_back(world, browse):
    made, _attempts = taken(world, "number", LENGTH, ["12"], ["13"])

    page = browse(world.minh).post(f"/quizzes/questions/{made.id}/key", {
        "effect": "key", "version_ids": str(made.versions[0].id), "reason": "Đáp án in sai",
        "accepted": "12", "tolerance": "một ít"}, 200)

    assert "“một ít” không phải là số." in page.text


def test_the_shape_of_an_area_is_corrected_on_the_page(world, browse, later):
    made, attempts = taken(world, "hotspot", SPOT, ["35,30"], ["45,30"])
    later(5)
    minh = browse(world.minh)
    page = minh.get(f"/quizzes/questions/{made.id}/key")
    fields = {field["name"]: field.get("value", "") for field in page.all("input")}
    assert fields["o-1-points"] == "10 20.5 30 40"
    assert "Chỗ đóng dấu" in page.text

    preview = in_two_pages(minh, made, **dict(areas("1", A="rect 10 20,5 40 40")))

    assert "1 kết quả thay đổi. 1 người chuyển thành đạt." in preview.text
    assert [one.score for one in attempts] == [100, 0]
    newest = made.versions[-1]
    assert (newest.number, newest.right) == (2, ["A"])
    assert newest.settings["areas"][0]["points"] == ["10", "20.5", "40", "40"]


def test_an_area_without_numbers_is_sent_back(world, browse):
    made, _attempts = taken(world, "hotspot", SPOT, ["35,30"], ["45,30"])

    page = browse(world.minh).post(f"/quizzes/questions/{made.id}/key", {
        "effect": "key", "version_ids": str(made.versions[0].id), "reason": "Đáp án in sai",
        **dict(areas("1", B="circle"))}, 200)

    assert "Vùng “Chỗ đóng dấu” cần" in page.text
