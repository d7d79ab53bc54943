"""Every page that anybody can reach is whole: for a screen reader, a phone, a Vietnamese."""

import pytest

from tests.journeys.errands import send_list, take_test
from tests.journeys.reading import faults, walk
from tests.journeys.visitor import DESK, arrives

pytestmark = [pytest.mark.browser, pytest.mark.looks]

#: Pages each audience must meet on its walk; the walk opens all others too.
EVERYBODY = {"/my-work", "/courses/N", "/steps/N", "/certificates", "/record", "/mine", "/more",
             "/my-data", "/trail", "/privacy", "/accessibility", "/help/start"}
UNIT = {"/units/N/coverage", "/units/N/goals/N/people", "/people", "/people/N", "/record/N"}
CLASS = {"/classes", "/classes/N", "/classes/N/people", "/classes/N/attendance",
         "/classes/N/closing"}
TEACHING = CLASS | {"/today", "/sessions/N/attendance", "/classes/N/marks", "/catalogue/N"}
TEST = {"/quizzes/N", "/quizzes/attempts/N"}
RUNNING = {"/quizzes/attempts/N/N", "/quizzes/attempts/N/review"}
OFFICER = UNIT | CLASS | {"/province", "/imports", "/imports/N", "/classes/new", "/goals",
                          "/goals/N", "/register", "/certificates/N", "/c/CODE", "/catalogue",
                          "/catalogue/N"}


@pytest.fixture(scope="module")
def heard():
    """The kinds of pages that axe has heard in this module; each once is enough."""
    return set()


@pytest.fixture
def whole(heard):
    """``whole(visitor, starts, kinds)`` walks on, perhaps only ``within`` some kinds, and finds no
    fault and all the ``kinds``.
    """
    def look(visitor, starts, kinds, within=None):
        seen = walk(visitor, *starts, heard=heard, within=within)
        heard.update(seen)
        assert {kind: faults for kind, faults in seen.items() if faults} == {}
        assert kinds - set(seen) == set()
    return look


def test_a_stranger_finds_whole_pages(visit, whole):
    whole(visit(), ["/sign-in", "/c"], {"/sign-in", "/c", "/privacy", "/help/trainee"})


def test_a_trainee_finds_whole_pages(visit, whole):
    whole(visit("pao.va"), ["/", "/more"], EVERYBODY | {
        "/my-work/why", "/my-classes", "/certificates/N", "/c/CODE"})


def test_a_trainer_who_also_learns_finds_whole_pages(visit, whole):
    trainer = visit("an.tv")
    trainer.open("/my-work")
    trainer.press("Xem mục lục")
    trainer.press("Bài kiểm tra cuối khóa")
    door = trainer.path
    take_test(trainer)
    result = trainer.path
    trainer.open(door)
    trainer.press("Bắt đầu làm bài")

    whole(trainer, [trainer.path], RUNNING, within=RUNNING)
    # Whoever sits at a test sees neither its figures nor its preview.
    trainer.press("Nộp bài")
    arrives(trainer.page, r"/attempts/\d+$")
    whole(trainer, [door, result, "/", "/more"], EVERYBODY | TEACHING | TEST)


@pytest.mark.parametrize("username", ["ha.bv", "hoa.bt"])
def test_whoever_answers_for_a_unit_finds_whole_pages(visit, whole, username):
    whole(visit(username), ["/", "/more"], EVERYBODY | UNIT | {
        "/classes/N/nominations", "/imports", "/accounts"})


def test_an_officer_finds_whole_pages(visit, whole):
    officer = visit("an.lh")
    send_list(officer)

    whole(officer, [officer.path, "/", "/more"], EVERYBODY | OFFICER)


def test_an_auditor_finds_whole_pages(visit, whole):
    whole(visit("vi.dt"), ["/", "/more"], EVERYBODY | UNIT | CLASS | {
        "/province", "/register", "/system", "/system/trail"})


def test_the_tables_of_a_desk_are_whole_in_the_dark(visit):
    officer = visit("an.lh", viewport=DESK, color_scheme="dark")
    send_list(officer)

    seen = walk(officer, officer.path, "/province", "/classes", "/people", "/register",
                "/catalogue", "/goals", within=OFFICER)

    assert {kind: faults for kind, faults in seen.items() if faults} == {}
    assert set(seen) == OFFICER


def test_a_text_that_hardly_stands_out_is_found_among_legible_ones(visit):
    stranger = visit()
    stranger.open("/sign-in")
    assert faults(stranger.page) == []

    stranger.page.evaluate("document.querySelector('h1').style.color = '#eee'")

    assert [fault.partition(" ")[0] for fault in faults(stranger.page)] == ["color-contrast"]
