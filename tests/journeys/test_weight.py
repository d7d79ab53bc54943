"""Pages are light enough for a village line."""
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.looks]

#: Bytes that may come over the line: the very first page with all it needs, and each later one.
FIRST, LATER = 100_000, 40_000


@pytest.fixture
def line(visit):
    """``line(visitor)`` counts what comes over the visitor's line from now on."""
    def listen(visitor):
        received = []
        session = visitor.context.new_cdp_session(visitor.page)
        session.send("Network.enable")
        session.on("Network.loadingFinished",
                   lambda event: received.append(event["encodedDataLength"]))
        return received
    return listen


def weigh(visitor, received, url):
    """How many bytes come over the line until the page at ``url`` is complete."""
    received.clear()
    visitor.page.goto(url, wait_until="networkidle")
    return sum(received)


def test_the_first_page_comes_with_all_it_needs(visit, line):
    stranger = visit()

    weight = weigh(stranger, line(stranger), "/sign-in")

    assert 10_000 < weight <= FIRST


@pytest.mark.parametrize(("username", "urls"), [
    ("pao.va", ["/my-work", "/my-work/why", "/courses", "/my-classes", "/certificates", "/record"]),
    ("an.lh", ["/province", "/classes", "/classes/new", "/people", "/units", "/imports", "/goals",
               "/register", "/catalogue"]),
    ("an.tv", ["/today", "/help/trainer"]),
    ("ha.bv", ["/my-unit"]),
])
def test_later_pages_are_lighter(visit, line, username, urls):
    visitor = visit(username)
    visitor.open("/more")
    received = line(visitor)

    weights = {url: weigh(visitor, received, url) for url in urls}

    assert {url: weight for url, weight in weights.items() if weight > LATER} == {}


def test_a_test_is_lighter_still(visit, line):
    trainee = visit("an.tv")
    trainee.open("/my-work")
    trainee.press("Xem mục lục")
    trainee.press("Bài kiểm tra cuối khóa")
    trainee.press("Bắt đầu làm bài")
    received, question = line(trainee), trainee.page.url
    first = visit(storage_state=trainee.context.storage_state())

    fresh = weigh(first, line(first), question)
    weights = {url: weigh(trainee, received, url)
               for url in (question, f"{question.rpartition('/')[0]}/review")}

    assert 10_000 < fresh <= FIRST
    assert {url: weight for url, weight in weights.items() if weight > LATER // 2} == {}
