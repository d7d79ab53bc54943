"""A reader on a slow line takes the lighter version of a file."""
from io import BytesIO

import pytest

from lms.kernel import storage
from lms.kernel.db import db

from courses.catalogue.actions import add_step, publish
from courses.catalogue.queries import draft_version
from tests.courses.books import begun
from tests.world import PDF

CONTENT = {"so-tay.pdf": PDF, "xem.mp4": b"\0\0\0\0ftyp to see", "nhe.pdf": PDF,
           "nghe.mp3": b"ID3 to hear"}


def kept(name):
    """The id of the file ``name``, kept."""
    return storage.keep(BytesIO(CONTENT[name]), name).id


@pytest.mark.parametrize(("kind", "name", "light", "words"), [
    ("document", "so-tay.pdf", "nhe.pdf", "Bản nhẹ, cho mạng chậm"),
    ("media", "xem.mp4", "nghe.mp3", "Chỉ nghe tiếng, cho mạng chậm")])
def test_both_versions_are_offered_with_their_sizes_to_whoever_may_read_the_step(
        world, browse, kind, name, light, words):
    course, small = begun(world.minh, "C14"), kept(light)
    step = add_step(draft_version(course), kind, {
        "title_vi": "Tệp", "file_id": kept(name), "light_id": small, "language": "tyz"},
        by=world.minh)
    publish(course, "", False, by=world.minh)
    db.session.commit()
    lan, address = browse(world.lan), f"/files/{small}/{light}"

    page = lan.get(f"/steps/{step.id}").text

    assert words in page
    assert "tiếng Tày" in page
    assert "(bản nhẹ: 1 KB)" in lan.get(f"/courses/{course.id}").text
    assert lan.client.get(address, buffered=True).data == CONTENT[light]
    assert browse().client.get(address).status_code == 302
