"""The code on a printed paper leads whoever enters its results to the line of that paper."""
import re
from decimal import Decimal
from subprocess import CalledProcessError

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.mail import link_to

from courses.classes.models import Enrolment
from courses.classes.queries import enrolments_in
from quizzes.attempts.actions import submit
from quizzes.attempts.marksheet import Entry
from quizzes.attempts.models import PaperMark
from quizzes.attempts.recording import record_papers
from quizzes.papers.drawing import CODE, LEFT
from quizzes.papers.printing import key_to, named_sheets_of, papers_of
from tests.pdf import pages, scanned, texts


@pytest.fixture
def seat(world):
    """The enrolment of Lan in the class of December."""
    return db.session.scalars(select(Enrolment).filter_by(
        person_id=world.lan.id, class_id=world.december_class.id)).one()


def chosen(page):
    """The versions chosen in the lines of a page of results: a person's id → letter."""
    lines = re.findall(r'name="letter-(\d+)"(.*?)</select>', page.response.text, re.DOTALL)
    found = {int(key): re.findall(r"<option selected>\s*(\w)", options) for key, options in lines}
    return {key: letters[0] for key, letters in found.items() if letters}


def test_each_paper_and_each_answer_sheet_has_a_code_that_is_read_after_printing(world, tmp_path):
    address = f"/quizzes/papers/{world.paper_set.id}"

    assert scanned(papers_of(world.paper_set), tmp_path) == [
        link_to(f"{address}/{letter}") for letter in "AABB"]


def test_a_sheet_with_a_name_leads_to_its_participant(world, tmp_path):
    people = enrolments_in(world.december_class)

    content = named_sheets_of(world.paper_set, people)

    assert scanned(content, tmp_path) == [
        link_to(f"/quizzes/papers/{world.paper_set.id}/{'AB'[place % 2]}/{one.id}")
        for place, one in enumerate(people)]
    words = texts(content)
    assert [one.person.full_name for one in people if one.person.full_name not in words] == []
    assert words.count("PHIẾU TRẢ LỜI") == len(people)


def test_the_key_has_no_code_and_the_code_covers_no_word(world, tmp_path):
    with pytest.raises(CalledProcessError):  # Nothing is found.
        scanned(key_to(world.paper_set), tmp_path)
    for page in pages(papers_of(world.paper_set)):
        (box,) = [line for line in page if line.text.startswith("Mã đề: ")]
        beside = [line for line in page if abs(line.base - box.base) < CODE - 10]
        assert [line.text for line in beside if line.left < LEFT + CODE] == []


def test_scanned_by_the_trainer_it_opens_the_line_with_its_version(world, seat, browse):
    minh = browse(world.minh)

    page = minh.follow(minh.get(f"/quizzes/papers/{world.paper_set.id}/B/{seat.id}", status=302))

    assert chosen(page) == {world.lan.id: "B"}
    assert [field["name"] for field in page.all("input") if "autofocus" in field] == [
        f"answers-{world.lan.id}"]
    everybody = minh.follow(minh.get(f"/quizzes/papers/{world.paper_set.id}/A", status=302))
    assert chosen(everybody)[world.lan.id] == "A"


def test_a_paper_entered_already_leads_to_its_result(world, seat, browse):
    submit(world.running, by=world.lan)
    record_papers(world.paper_set, {world.lan: Entry("A", None, Decimal(60))}, by=world.minh)
    mark = db.session.scalars(select(PaperMark).filter_by(person_id=world.lan.id)).one()

    answer = browse(world.minh).get(f"/quizzes/papers/{world.paper_set.id}/A/{seat.id}",
                                    status=302)

    assert answer.location == f"/quizzes/papers/marks/{mark.id}"


def test_a_code_tells_nobody_else_anything(world, seat, browse):
    for address in (f"/quizzes/papers/{world.paper_set.id}/A",
                    f"/quizzes/papers/{world.paper_set.id}/A/{seat.id}"):
        browse(world.lan).get(address, status=404)
        browse(world.ha).get(address, status=404)
        assert "/sign-in" in browse().get(address, status=302).location
    minh = browse(world.minh)
    minh.get(f"/quizzes/papers/{world.paper_set.id}/C", status=404)
    minh.get(f"/quizzes/papers/{world.paper_set.id}/A/999999", status=404)
