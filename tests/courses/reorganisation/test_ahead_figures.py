"""A figure of a day to come knows no act that waits: every page and file of it says so."""
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from lms.kernel.db import db

from courses.reorganisation.plan import Heir
from tests.courses.reorganisation.test_actions import act
from tests.courses.reorganisation.test_ahead import DECEMBER
from tests.courses.reorganisation.test_ahead_pages import SAID
from tests.statements import counted

AFTER, BEFORE = "01/01/2027", "14/12/2026"
NOTE = "Tính theo số liệu hôm nay, chưa kể các văn bản chờ có hiệu lực đến ngày đó:"
#: The letters of papers have no arrow.
PRINTED = f"{NOTE} {SAID}".replace("→", "–")
PLACES = ["/province", "/units", "/units/{office}", "/units/{office}/coverage",
          "/units/{department}/goals/{goal}/people", "/units/{department}/goals/{goal}/changes",
          "/province/several-units/{goal}"]


@pytest.fixture
def waiting(world):
    """The office is to go over to the newspaper on 15 December."""
    made = act(world, "merge", world.office, heirs=[Heir(unit=world.newspaper)], on=DECEMBER)
    db.session.commit()
    return made


def text_of(content):
    """The words of a PDF, blanks folded."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(
        BytesIO(content)).pages).split())


def addresses(world):
    """The pages that take a day."""
    return [place.format(office=world.office.id, department=world.department.id,
                         goal=world.goal_b.id) for place in PLACES]


def test_every_page_of_a_day_after_it_names_the_act_and_leads_to_it(world, browse, waiting):
    an = browse(world.an)

    for address in addresses(world):
        page = an.get(f"{address}?on={AFTER}")
        assert f"{NOTE} {SAID}" in page.text, address
        assert page.links[SAID] == f"/reorganisations/{waiting.id}", address
        assert page.text.count(SAID) == 1, address
    # Whoever may not read acts reads what waits, without the way to it.
    head = browse(world.ha).get(f"/units/{world.office.id}/coverage?on={AFTER}")
    assert f"{NOTE} {SAID}" in head.text
    assert SAID not in head.links


def test_a_page_of_today_or_of_a_day_before_it_does_not(world, browse, waiting):
    an = browse(world.an)

    for address in addresses(world):
        for on in (BEFORE, "25/11/2026"):
            assert NOTE not in an.get(f"{address}?on={on}").text, (address, on)


def test_the_files_say_it_too(world, browse, waiting):
    an = browse(world.an)
    books = [f"/province.xlsx?on={AFTER}",
             *(f"/units/{world.department.id}/goals/{world.goal_b.id}/{kind}.xlsx?on={AFTER}"
               for kind in ("people", "changes"))]

    for address in books:
        book = load_workbook(BytesIO(an.get(address).response.data))
        lines = {row[0].value: row[1].value for row in book.worksheets[-1].iter_rows()}
        assert lines["Văn bản đang chờ"] == PRINTED, address
    papers = [f"/province.pdf?on={AFTER}",
              *(f"/units/{world.department.id}/{kind}.pdf?on={AFTER}"
                for kind in ("summary", "call-sheet"))]
    for address in papers:
        assert PRINTED in text_of(an.get(address).response.data), address
    assert NOTE not in text_of(an.get(f"/province.pdf?on={BEFORE}").response.data)


def test_five_acts_cost_no_more_statements_than_one(world, browse, waiting):
    an = browse(world.an)
    address = f"/province?on={AFTER}"

    def statements():
        an.get(address)
        with counted() as asked:
            an.get(address)
        return len(asked)

    one = statements()
    for number in range(4):
        act(world, "move", world.department, on=DECEMBER.replace(day=16 + number),
            parent=(world.newspaper, world.province)[number % 2])
    db.session.commit()

    assert statements() == one
