"""Answers that lie on a device are read by nobody else, and none is lost by it."""

import pytest

from tests.journeys.exam import SAVED
from tests.journeys.test_last_resorts import KEPT, cut, mend
from tests.journeys.visitor import arrives

pytestmark = pytest.mark.browser

#: Puts an entry among those that are kept on the device, as a page of an earlier version did.
PUT = """(entry) => new Promise((done) => {
  indexedDB.open('answers').onsuccess = ({ target }) => {
    const change = target.result.transaction('events', 'readwrite');
    change.objectStore('events').put(entry);
    change.oncomplete = () => done(); }; })"""
#: What comes out of an entry by a key.
OPENED = """async ([secret, entry]) => {
  const { Seal } = await import('/static/js/seal.js');
  return new Seal(secret).open(entry); }"""
OTHER_KEY = "A" * 43 + "="
WAITS = "Chưa lưu, còn giữ trên máy này (1)"


def secret_of(exam):
    """The key that came with the paper."""
    return exam.page.locator("[data-secret]").get_attribute("data-secret")


def test_what_waits_and_what_was_handed_in_lies_sealed_and_is_sent_all_the_same(sit):
    exam = sit("an.tv")
    cut(exam)
    exam.choose(1)
    exam.says(WAITS)
    assert [("fields" in one, len(one["sealed"])) for one in exam.page.evaluate(KEPT)] == [
        (False, 2)]

    exam.page.reload()
    exam.says(WAITS)
    assert exam.chosen() == [1]
    mend(exam)
    exam.says(SAVED)
    assert exam.revisions()["0"] == 1

    secret = secret_of(exam)
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/review")
    exam.visitor.press("Nộp bài")
    arrives(exam.page, r"/attempts/\d+$")
    (kept,) = exam.page.evaluate(KEPT)
    assert ("fields" in kept, kept["held"]) == (False, True)
    assert exam.page.evaluate(OPENED, [OTHER_KEY, kept])["locked"]
    assert exam.page.evaluate(OPENED, [secret, kept])["fields"][-1][0].endswith("a")


def test_each_paper_has_a_key_of_its_own_that_no_other_page_tells(sit):
    exam, other = sit("pao.va"), sit("an.tv")
    secret = secret_of(exam)

    assert len(secret) == 44
    assert secret != secret_of(other)
    exam.page.reload()
    assert secret_of(exam) == secret
    exam.page.goto(f"{exam.visitor.address}/quizzes/attempts/{other.key}/0")
    assert exam.page.locator("[data-secret]").count() == 0


def test_what_an_earlier_version_kept_open_is_still_sent(sit):
    exam = sit("pao.va")
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/2")
    before = exam.revisions().get("2", 0)
    cut(exam)
    exam.choose(1)
    exam.says(WAITS)
    (sealed,) = [one for one in exam.page.evaluate(KEPT) if not one.get("held")]
    opened = exam.page.evaluate(OPENED, [secret_of(exam), sealed])
    exam.visitor.open("/messages")
    exam.page.evaluate(PUT, opened)
    assert [one.get("fields") for one in exam.page.evaluate(KEPT) if not one.get("held")] == [
        opened["fields"]]

    mend(exam)
    with exam.page.expect_response("**/answers/2"):
        exam.visitor.open(f"/quizzes/attempts/{exam.key}/2")
    exam.says(SAVED)

    assert exam.revisions()["2"] == before + 1


def test_where_the_key_is_another_one_the_page_works_and_says_so_until_it_is_back(sit):
    exam = sit("pao.va")
    address = f"/quizzes/attempts/{exam.key}/3"
    exam.visitor.open(address)
    before = exam.revisions()
    cut(exam)
    exam.choose(1)
    exam.says(WAITS)
    secret = secret_of(exam)

    def another(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(secret, OTHER_KEY))

    exam.visitor.context.route("**/quizzes/attempts/*/4", another)
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/4")
    exam.note("locked").wait_for()
    mend(exam)
    exam.choose(0)
    exam.says(SAVED)
    assert exam.revisions().get("3", 0) == before.get("3", 0)
    with exam.page.expect_response("**/answers/3"):
        exam.visitor.open(address)
    exam.says(SAVED)

    assert exam.revisions()["3"] == before.get("3", 0) + 1
    assert exam.note("locked").count() == 0


def test_a_browser_that_can_seal_nothing_keeps_answers_as_ever(sit):
    exam = sit("pao.va")
    exam.visitor.context.add_init_script(
        "Object.defineProperty(crypto, 'subtle', {get() { return undefined; }});")
    exam.visitor.open(f"/quizzes/attempts/{exam.key}/1")
    before = exam.revisions().get("1", 0)
    cut(exam)
    exam.choose(1)
    exam.says(WAITS)
    assert [one.get("fields") is not None for one in exam.page.evaluate(KEPT)
            if not one.get("held")] == [True]
    mend(exam)
    exam.says(SAVED)

    assert exam.revisions()["1"] == before + 1
