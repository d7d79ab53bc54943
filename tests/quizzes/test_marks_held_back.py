"""A mark that its test still holds back is told to whose it is by no page, file or message."""
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db

from certificates.models import Certificate
from courses.completions.actions import finish_step
from quizzes.attempts.marksheet import Entry
from quizzes.attempts.models import PaperMark
from quizzes.attempts.recording import correct_paper, record_papers, withdraw_paper
from quizzes.papers.rule import AFTER_CLOSE, NEVER
from tests.house.test_doors import DOORS, address
from tests.quizzes.sitting import RIGHT, answer
from tests.words import words_in

#: What says nothing to a reader, and what would change the language in which the others do.
UNSAID = ("/static/", "/language/")
#: The mark of three of four answers, as pages and files write it, and the grade it earns.
MARK = re.compile(r"\b75(?:[.,]00?)?\b(?! %)|\bKhá\b")


@pytest.fixture
def held(world):
    """The test opens its marks in an hour; Hoa has completed press law with 75 points."""
    world.pages = [address(door, world) for door in DOORS.values()
                   if "method" not in door and not door["url"].startswith(UNSAID)]
    world.law_quiz.show_mark = AFTER_CLOSE
    world.law_quiz.closes_at = clock.now() + timedelta(minutes=60)
    for step in (world.law_intro, world.law_text):
        finish_step(world.hoa, step, by=world.hoa)
    world.mine = answer(world.law_quiz, world.hoa, [*RIGHT[:3], ["không biết"]])
    world.earned = db.session.scalars(select(Certificate).filter_by(person_id=world.hoa.id)).one()
    db.session.commit()
    return world


def own_pages(world):
    """Every address that Hoa may open, of the world and of what is her own."""
    course = world.press_law.id
    return [*world.pages, f"/quizzes/attempts/{world.mine.id}",
            f"/courses/{course}/completed", f"/courses/{course}",
            f"/certificates/{world.earned.id}",
            f"/certificates/{world.earned.id}.pdf", f"/c/{world.earned.code}"]


def telling(browser, pages):
    """Which of the ``pages`` tell the mark, her data for the asking among them; but the register,
    which Hoa reads as the head of the newspaper, is a book with the grade of everybody.
    """
    found = {url for url in pages if "/register/" not in url and MARK.search(
        words_in(browser.client.get(url, buffered=True).data))}
    data = browser.client.post("/my-data", buffered=True).data
    return found | {"/my-data"} if MARK.search(words_in(data)) else found


@pytest.mark.slow
def test_nothing_tells_the_mark_before_the_test_does_and_everything_afterwards(
        held, browse, later):
    hoa, every = browse(held.hoa), own_pages(held)
    own = every[-6:]

    assert telling(hoa, every) == set()
    assert "Đã hoàn thành" in hoa.get(own[1]).text
    later(61)

    opened = telling(browse(held.hoa), [*own, f"/quizzes/{held.law_quiz.id}"])
    assert opened == {*own, f"/quizzes/{held.law_quiz.id}", "/my-data"} - {own[2]}


def test_a_mark_that_is_never_shown_stands_on_no_certificate_but_in_the_register(held, browse):
    held.law_quiz.show_mark = NEVER

    assert "Xếp loại" not in browse(held.hoa).get(f"/certificates/{held.earned.id}").text
    assert held.earned.printed["grade_vi"] == "Khá"
    assert "Khá" in words_in(browse(held.an).get("/register/2026.xlsx").response.data)


def test_who_is_told_of_a_corrected_result_from_paper_is_not_told_the_points(held, browse):
    entry = {held.ha: Entry("A", None, Decimal(75))}
    record_papers(held.paper_set, entry, by=held.minh)
    mark = db.session.scalars(select(PaperMark).filter_by(person_id=held.ha.id)).one()

    new = correct_paper(mark, Entry("A", None, Decimal(60)), "Nhập nhầm", by=held.minh)
    withdraw_paper(new, "Nhầm người", by=held.an)

    told = browse(held.ha).get("/messages").text
    assert "Kết quả bài giấy “Kiểm tra” của bạn đã được đính chính. Lý do: Nhập nhầm" in told
    assert "Kết quả bài giấy “Kiểm tra” của bạn đã bị rút. Lý do: Nhầm người" in told
    assert (" 60 " in told, "75" in told) == (False, False)
