"""Every page that anybody can reach is whole: for a screen reader, a phone, a Vietnamese."""
import pytest

from demo.workbook import PLACE as LIST
from tests.journeys.reading import walk
from tests.journeys.visitor import DESK

pytestmark = pytest.mark.browser

#: Pages each audience must have met on its walk; the walk opens all others too.
OFFICER = {"/province", "/units/N/coverage", "/units/N/goals/N/people", "/imports", "/imports/N",
           "/classes", "/classes/N", "/classes/new", "/people", "/people/N", "/goals/N",
           "/register", "/certificates/N", "/c/CODE", "/catalogue/N", "/privacy", "/more"}


def wrong(seen):
    """The kinds of pages with their faults, where there are any."""
    return {kind: found for kind, found in seen.items() if found}


def with_a_list(officer):
    """The address of the preview of a list just uploaded."""
    officer.open("/imports")
    officer.page.set_input_files("input[type=file]", LIST)
    officer.press("Đọc danh sách")
    return officer.path


def in_a_test(trainee):
    """The address of the first question of a test just begun."""
    trainee.open("/my-work")
    trainee.open(trainee.links("a[href*='/courses/'], a[href*='/steps/']")[0])
    if "/steps/" in trainee.path:
        trainee.press("Về mục lục")
    trainee.open(trainee.links("a[href*='/quizzes/']")[0])
    trainee.press("Bắt đầu làm bài")
    return trainee.path


def test_a_stranger_finds_whole_pages(visit):
    seen = walk(visit(), "/sign-in", "/c")

    assert wrong(seen) == {}
    assert {"/sign-in", "/c", "/privacy", "/accessibility", "/help/start"} <= set(seen)


def test_a_trainee_finds_whole_pages(visit):
    trainee = visit("pao.va")

    seen = walk(trainee, in_a_test(trainee), "/", "/more")

    assert wrong(seen) == {}
    assert {"/my-work", "/my-work/why", "/courses/N", "/steps/N", "/quizzes/N",
            "/quizzes/attempts/N/N", "/quizzes/attempts/N/review", "/my-classes",
            "/certificates", "/record", "/mine"} <= set(seen)


def test_a_trainer_finds_whole_pages(visit):
    seen = walk(visit("an.tv"), "/", "/more")

    assert wrong(seen) == {}
    assert {"/today", "/classes/N", "/sessions/N/attendance", "/classes/N/attendance",
            "/classes/N/marks", "/classes/N/closing", "/catalogue/N"} <= set(seen)


@pytest.mark.parametrize("username", ["ha.bv", "hoa.bt"])
def test_whoever_answers_for_a_unit_finds_whole_pages(visit, username):
    seen = walk(visit(username), "/", "/more")

    assert wrong(seen) == {}
    assert {"/units/N/coverage", "/units/N/goals/N/people", "/classes/N/nominations", "/people",
            "/record/N", "/accounts"} <= set(seen)


def test_an_auditor_finds_whole_pages(visit):
    seen = walk(visit("vi.dt"), "/", "/more")

    assert wrong(seen) == {}
    assert {"/province", "/units/N/coverage", "/people/N", "/register", "/classes/N"} <= set(seen)


def test_an_officer_finds_whole_pages_on_a_phone(visit):
    officer = visit("an.lh")

    seen = walk(officer, with_a_list(officer), "/", "/more")

    assert wrong(seen) == {}
    assert set(seen) >= OFFICER


def test_an_officer_finds_whole_pages_at_a_desk_in_the_dark(visit):
    officer = visit("an.lh", viewport=DESK, color_scheme="dark")

    seen = walk(officer, with_a_list(officer), "/", "/more")

    assert wrong(seen) == {}
    assert set(seen) >= OFFICER
