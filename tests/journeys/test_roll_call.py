"""Attendance in a hall without a line: what is marked is kept, and overwrites nothing unseen."""
import pytest

from tests.journeys.exam import OF_THE_LINE

pytestmark = pytest.mark.browser

NO_LINE = "Không có mạng. Số lựa chọn đang giữ trên máy này: {}."


@pytest.fixture
def in_the_hall(visit):
    """``in_the_hall()`` is a trainer at the roll call of today's session, on a phone."""
    there = []

    def arrive():
        trainer = visit("an.tv")
        there.append(trainer)
        trainer.open("/today")
        trainer.press("Điểm danh")
        trainer.page.wait_for_load_state("networkidle")
        trainer.page.set_default_timeout(20_000)
        return trainer
    yield arrive
    for trainer in there:
        trainer.complaints[:] = [complaint for complaint in trainer.complaints
                                 if not any(words in complaint for words in OF_THE_LINE)]


def were_there(trainer):
    """The places of those who are marked as present."""
    return trainer.page.eval_on_selector_all(".rollcall > li", """all => all.map(
        (one, place) => one.querySelector("[value=present]:checked") ? place : -1)
        .filter(place => place >= 0)""")


def mark(trainer, place, word):
    """Choose the mark ``word`` for the person at ``place`` of the list."""
    trainer.page.locator(".rollcall > li").nth(place).get_by_text(word, exact=True).click()


def is_marked(trainer, place, word):
    """Whether ``word`` is chosen for the person at ``place`` of the list."""
    return trainer.page.locator(".rollcall > li").nth(place).get_by_label(
        word, exact=True).is_checked()


def notice(trainer):
    """The line above the list that says what is kept here and what is saved."""
    return trainer.page.locator("[data-says]")


def test_what_is_marked_without_a_line_is_saved_when_it_is_back(in_the_hall):
    trainer = in_the_hall()
    first, second = were_there(trainer)[:2]
    trainer.context.set_offline(True)
    mark(trainer, first, "Vắng")
    mark(trainer, second, "Đến muộn")
    trainer.page.get_by_role("button", name="Lưu điểm danh").click()
    notice(trainer).get_by_text(NO_LINE.format(2)).wait_for()

    trainer.context.set_offline(False)
    notice(trainer).get_by_text("Đã lưu lúc").wait_for()
    trainer.page.reload()

    assert is_marked(trainer, first, "Vắng")
    assert is_marked(trainer, second, "Đến muộn")
    assert not notice(trainer).is_visible()


def test_a_closed_page_keeps_what_was_marked_and_a_clash_is_reported(in_the_hall):
    trainer, colleague = in_the_hall(), in_the_hall()
    both, one = were_there(trainer)[:2]
    trainer.context.set_offline(True)
    mark(trainer, both, "Vắng")
    mark(trainer, one, "Đến muộn")
    address = trainer.page.url
    trainer.page.close()
    trainer.context.set_offline(False)
    mark(colleague, both, "Có phép")
    colleague.press("Lưu điểm danh")

    trainer.page = trainer.context.new_page()
    trainer.open(address)
    notice(trainer).get_by_text("mà chưa lưu: 2").wait_for()
    assert is_marked(trainer, both, "Vắng")
    trainer.page.get_by_role("button", name="Lưu điểm danh").click()
    trainer.page.locator("#clashes").wait_for()

    assert "1 lựa chọn của bạn chưa được lưu" in trainer.text
    assert is_marked(trainer, one, "Đến muộn")
    trainer.page.get_by_text("Thay bằng lựa chọn của bạn: vắng").click()
    trainer.press("Chốt những người này")
    assert is_marked(trainer, both, "Vắng")
    assert not notice(trainer).is_visible()


def test_whose_session_ended_meanwhile_is_not_told_that_it_is_saved(in_the_hall):
    trainer = in_the_hall()
    one, address = were_there(trainer)[0], trainer.page.url
    mark(trainer, one, "Vắng")
    trainer.context.clear_cookies()
    trainer.page.get_by_role("button", name="Lưu điểm danh").click()
    trainer.page.locator(".rollcall").wait_for(state="detached")

    trainer.sign_in("an.tv")
    trainer.open(address)

    notice(trainer).get_by_text("mà chưa lưu: 1").wait_for()
    assert is_marked(trainer, one, "Vắng")
