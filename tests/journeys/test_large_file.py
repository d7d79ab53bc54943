"""A trainer sends a recording over a line that breaks: what arrived is not sent again."""
import re

import pytest

from tests.journeys.test_author import begin_course
from tests.journeys.visitor import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.looks]

#: Three megabytes that begin as a recording does: a first piece of a quarter, then larger ones.
SIZE = 3 * 1024 * 1024
#: What the first two pieces hold.
ARRIVED = (256 + 512) * 1024
#: What a browser says of a line that is cut; not a fault.
OF_THE_LINE = ("ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED", "Failed to load resource")


@pytest.fixture
def recording(tmp_path):
    """The file on the trainer's telephone."""
    place = tmp_path / "bài giảng.mp3"
    place.write_bytes(b"ID3" + b"\x07" * (SIZE - 3))
    return place


def fill_in(trainer, recording):
    """Everything that the form of a recording asks for."""
    page = trainer.page
    page.get_by_label("Tên tiếng Việt").fill("Bài nghe")
    page.get_by_label("Bản chữ tiếng Việt").fill("Lời của bài.")
    page.get_by_label("không chứa bí mật").check()
    page.locator("input[name=file]").set_input_files(recording)


def test_a_recording_goes_on_after_the_line_broke_and_the_page_was_opened_again(visit, recording):
    """The line breaks after the first two pieces and the page says so.  The trainer closes
    it, comes back with the line, chooses the same file, and the rest is sent, no more.
    """
    trainer = visit("an.tv", viewport=PHONE)
    begin_course(trainer, "T9")
    page, begun_at = trainer.page, []
    trainer.press("bài nghe nhìn")
    form = page.url

    def line(route):
        """The line takes two pieces and breaks at the third."""
        if route.request.method == "PATCH" and len(begun_at) > 2:
            route.abort()
        else:
            route.continue_()

    page.on("request", lambda request: request.method == "PATCH" and begun_at.append(
        int(request.headers["upload-offset"])))
    page.route("**/uploads/*", line)
    fill_in(trainer, recording)
    page.get_by_role("button", name="Lưu mục").click()
    page.get_by_text("Đường truyền bị ngắt; tệp sẽ tự gửi tiếp.").wait_for()
    assert "Đã gửi 25 % tệp" in trainer.text

    page.unroute("**/uploads/*")
    before = len(begun_at)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(form)
    fill_in(trainer, recording)
    trainer.press("Lưu mục")
    page.get_by_text("Đã lưu “Bài nghe”.").wait_for()

    assert begun_at[:3] == [0, 256 * 1024, ARRIVED]
    assert begun_at[before] == ARRIVED
    assert begun_at[before:] == sorted(set(begun_at[before:]))
    trainer.press("Bài nghe")
    assert re.search(r"Hiện có: bài giảng\.mp3, 3,1 MB", trainer.text)
    trainer.complaints = [said for said in trainer.complaints
                          if not any(words in said for words in OF_THE_LINE)]
