"""The fixtures of the journeys: ``visit`` opens a real browser on the real application."""
import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.exam import OF_THE_LINE, Exam
from tests.journeys.server import Server
from tests.journeys.visitor import Visitor, chromium


@pytest.fixture(scope="session")
def browser():
    """The browser of all journeys."""
    with sync_playwright() as playwright:
        running = chromium(playwright)
        yield running
        running.close()


@pytest.fixture(scope="module")
def server(demonstration, request):
    """The application on a copy of the province that belongs to this module alone."""
    running = Server(demonstration, request.module.__name__.rpartition(".")[2])
    yield running
    assert running.close() == "", "The server has nothing to say while all goes well."


@pytest.fixture
def visit(browser, server):
    """``visit("pao.va")`` is a phone on which Páo is signed in; ``visit()`` a stranger's."""
    here = []

    def arrive(username=None, **options):
        if username:
            options["storage_state"] = server.signed_in(username)
        here.append(Visitor(browser, server.url, **options))
        return here[-1]

    yield arrive
    for visitor in here:
        visitor.leave()
    assert [complaint for visitor in here for complaint in visitor.complaints] == []


@pytest.fixture(scope="module")
def doors():
    """username → where their test begins, once they have found the way."""
    return {}


@pytest.fixture
def sit(visit, doors):
    """``sit("an.tv")`` is somebody in the middle of a test, on a phone."""
    seated = []

    def begin(username, **options):
        seated.append(visit(username, **options))
        exam = Exam(seated[-1], doors.get(username))
        doors[username] = exam.door
        return exam
    yield begin
    for visitor in seated:
        visitor.complaints[:] = [complaint for complaint in visitor.complaints
                                 if not any(words in complaint for words in OF_THE_LINE)]
