"""Two authors change one step: the second is told, and loses nothing of what was typed."""
import re
from io import BytesIO

import pytest

from lms.kernel import storage
from lms.kernel.db import db
from lms.kernel.shared import Overtaken

from courses.catalogue.actions import add_step, change_step, draft
from courses.catalogue.models import CourseTrainer
from tests.world import PDF


@pytest.fixture
def page(world):
    """A page in the draft of press law, which Minh and Ân may both change."""
    return add_step(draft(world.press_law, by=world.minh), "page", {
        "title_vi": "Mở đầu", "minutes": 5, "body_vi": "<p>Cũ</p>", "body_en": ""}, by=world.minh)


def typed(shown, body, **more):
    """The form as it was opened, with another text."""
    seen = re.search(r'name="fingerprint"[^>]*value="(\w+)"', shown.response.text)[1]
    return {"title_vi": "Mở đầu", "minutes": "5", "body_vi": body, "body_en": "",
            "into": "body_vi", "fingerprint": seen, **more}


def test_the_second_is_refused_with_their_text_kept_and_saves_knowingly(world, browse, page):
    minh, an = browse(world.minh), browse(world.an)
    address = f"/catalogue/steps/{page.id}"
    first, second = minh.get(address), an.get(address)
    minh.post(address, typed(first, "<p>Của Minh</p>"))

    refused = an.post(address, typed(second, "<p>Của Ân</p>"), status=409)

    assert ("Triệu Văn Minh đã lưu nội dung này lúc 10:00 25/11/2026, sau khi bạn mở."
            in refused.text)
    assert "&lt;p&gt;Của Ân&lt;/p&gt;" in refused.response.text
    assert refused.links["Xem nội dung hiện có ở thẻ mới"] == address
    db.session.refresh(page)
    assert page.body_vi == "<p>Của Minh</p>"
    an.post(address, typed(refused, "<p>Của Minh và Ân</p>"))
    db.session.refresh(page)
    assert page.body_vi == "<p>Của Minh và Ân</p>"


def test_a_file_that_came_with_a_refused_step_is_not_taken(world, browse):
    step = add_step(draft(world.press_law, by=world.minh), "document", {
        "title_vi": "Sổ tay", "minutes": 5, "acknowledge": True, "language": "vi",
        "file_id": storage.keep(BytesIO(PDF), "a.pdf").id}, by=world.minh)
    an, address = browse(world.an), f"/catalogue/steps/{step.id}"
    shown = an.get(address)
    seen = re.search(r'name="fingerprint"[^>]*value="(\w+)"', shown.response.text)[1]
    change_step(step, {"minutes": 7}, by=world.minh)

    refused = an.post(address, {
        "title_vi": "Sổ tay mới", "minutes": "9", "language": "vi", "no_secret": "y",
        "fingerprint": seen, "file": (BytesIO(PDF + b"new"), "b.pdf")}, status=409)

    assert 'value="Sổ tay mới"' in refused.response.text
    db.session.refresh(step)
    assert (step.title_vi, step.minutes, step.file.name) == ("Sổ tay", 7, "a.pdf")


def test_what_the_same_author_saves_twice_in_a_row_is_no_conflict(world, browse, page):
    minh, address = browse(world.minh), f"/catalogue/steps/{page.id}"

    for body in ("<p>Một</p>", "<p>Hai</p>"):
        minh.post(address, typed(minh.get(address), body))

    db.session.refresh(page)
    assert page.body_vi == "<p>Hai</p>"


def test_a_step_that_was_not_changed_meanwhile_is_saved_though_it_was_moved(world, page):
    seen = page.fingerprint
    page.position = 0

    change_step(page, {"body_vi": "<p>Mới</p>"}, by=world.minh, seen=seen)

    with pytest.raises(Overtaken, match="Triệu Văn Minh đã lưu"):
        change_step(page, {"body_vi": "<p>Khác</p>"}, by=world.an, seen=seen)
    assert db.session.query(CourseTrainer).count() == 1
