"""Whoever runs a class tells everybody in it something."""
import pytest

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.queries import notices_of

from courses.classes.actions import announce, cancel_class, withdraw
from tests.courses.classes.classroom import address


def test_everybody_in_the_class_reads_it_among_their_messages_and_on_its_page(world, browse):
    minh = browse(world.minh)

    minh.post(address(world, "/announcement"), {"text": "Mang theo thẻ nhà báo."}, status=302)

    told = minh.get(address(world)).text
    assert "Thông báo cho lớp" in told
    lan = browse(world.lan)
    assert ("Triệu Văn Minh nhắn lớp “Luật Báo chí, khóa 2/2026”: Mang theo thẻ nhà báo."
            in lan.get("/messages").text)
    page = lan.get(address(world)).text
    assert "Mang theo thẻ nhà báo." in page
    assert "Nhắn cả lớp" not in page


def test_a_second_announcement_is_told_besides_the_first(world):
    for text in ("Mang theo thẻ.", "Mang theo thẻ."):
        announce(world.december_class, text, by=world.minh)

    told = db.session.scalars(notices_of(world.lan)).all()
    assert sum("Mang theo thẻ." in one.text_vi for one in told) == 2


def test_nobody_is_told_anything_in_an_empty_class_or_one_that_is_over(world):
    withdraw(world.seat, "ốm", by=world.hoa)
    with pytest.raises(Refusal, match="chưa có ai"):
        announce(world.december_class, "Có ai không?", by=world.minh)

    cancel_class(world.december_class, "mưa bão", by=world.an)
    with pytest.raises(Refusal, match="đã kết thúc"):
        announce(world.december_class, "Có ai không?", by=world.minh)
