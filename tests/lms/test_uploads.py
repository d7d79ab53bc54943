"""A large file comes in pieces: what arrived stays, and only its sender goes on with it."""
import os
from base64 import b64encode
from io import BytesIO

import pytest

from lms.kernel import clock, incoming
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.actions import leave
from lms.people.erasing import ask_erasure, erase
from lms.uploads.views import LARGEST, PIECE

from courses.catalogue.actions import draft
from courses.catalogue.queries import steps_of
from tests.world import PDF

BOOK = PDF + b"x" * 2_000
SIZE = len(BOOK)
NAME = f"filename {b64encode('Sổ tay.pdf'.encode()).decode()}"


def begun(browser, size=SIZE):
    """The key of a file that the person at ``browser`` begins to send."""
    answer = browser.client.post("/uploads", headers={
        "Upload-Length": str(size), "Upload-Metadata": NAME})
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "0")
    return answer.headers["Location"].removeprefix("/uploads/")


def sent(browser, key, offset, piece, kind=PIECE):
    """The code and the number of bytes told after a piece of a file."""
    answer = browser.client.patch(f"/uploads/{key}", data=piece, content_type=kind, headers={
        "Upload-Offset": str(offset)})
    return answer.status_code, answer.headers.get("Upload-Offset")


def arrived(browser, key):
    """How many bytes are here, as ``browser`` is told."""
    return browser.client.head(f"/uploads/{key}").headers.get("Upload-Offset")


def form_of_a_document(world):
    """Where Minh adds a document to his course, and what he types there."""
    course = draft(world.press_law, by=world.minh).course
    return f"/catalogue/{course.id}/steps/new/document", {
        "title_vi": "Sổ tay", "minutes": "20", "language": "vi", "no_secret": "y"}


def newest_file(world):
    """The file of the last step of Minh's draft."""
    return steps_of(draft(world.press_law, by=world.minh))[-1].file


def test_a_file_that_came_in_pieces_is_taken_as_one_that_came_at_once(world, browse):
    minh = browse(world.minh)
    key = begun(minh)

    told = [sent(minh, key, 0, BOOK[:900]), sent(minh, key, 900, BOOK[900:])]
    url, form = form_of_a_document(world)
    minh.post(url, {**form, "file-arrived": key})

    assert told == [(204, "900"), (204, str(SIZE))]
    file = newest_file(world)
    assert (file.name, file.path.read_bytes()) == ("Sổ tay.pdf", BOOK)
    # The form led on: nothing is left on the way.
    assert incoming.find(world.minh, key) is None


def test_the_sending_goes_on_where_the_line_broke(world, browse):
    minh = browse(world.minh)
    key = begun(minh)
    sent(minh, key, 0, BOOK[:900])

    again = browse(world.minh)

    assert arrived(again, key) == "900"
    # The answer to the first piece was lost, and it is sent again: it is not taken twice.
    assert sent(again, key, 0, BOOK[:900]) == (409, "900")
    assert sent(again, key, 900, BOOK[900:]) == (204, str(SIZE))


def test_no_more_is_taken_than_was_said(world, browse):
    minh = browse(world.minh)
    key = begun(minh, size=10)

    assert sent(minh, key, 0, b"x" * 11) == (409, "0")
    assert sent(minh, key, 0, b"x" * (LARGEST + 1))[0] == 413
    assert sent(minh, key, 0, b"x", kind="text/plain")[0] == 415
    assert arrived(minh, key) == "0"


@pytest.mark.parametrize("headers", [
    {}, {"Upload-Length": "-1"}, {"Upload-Length": "ten"}, {"Upload-Length": "9" * 40},
    {"Upload-Length": "10", "Upload-Metadata": "filename ???"}])
def test_what_says_nothing_of_its_size_or_name_is_not_begun(world, browse, headers):
    assert browse(world.minh).client.post("/uploads", headers=headers).status_code == 400


def test_a_file_larger_than_the_system_takes_is_refused_before_a_byte_is_sent(world, app):
    largest = app.config["MAX_CONTENT_LENGTH"]

    with pytest.raises(Refusal, match="triệu byte"):
        incoming.begin(world.minh, "phim.mp4", largest + 1)
    with pytest.raises(Refusal, match="triệu byte"):
        incoming.begin(world.minh, "trống.pdf", 0)


def test_a_file_on_its_way_is_its_senders_alone(world, browse):
    minh, lan = browse(world.minh), browse(world.lan)
    key = begun(minh)
    sent(minh, key, 0, BOOK)

    assert arrived(lan, key) is None
    assert sent(lan, key, SIZE, b"x")[0] == 404
    # Nor can she hand it in as hers.
    lan.post(f"/people/{world.lan.id}/learned-elsewhere", {"file-arrived": key}, status=200)
    assert incoming.find(world.minh, key).arrived == SIZE


def test_a_form_that_needs_another_look_keeps_the_file(world, browse):
    minh = browse(world.minh)
    key = begun(minh)
    sent(minh, key, 0, BOOK)
    url, form = form_of_a_document(world)

    page = minh.post(url, {**form, "title_vi": "", "file-arrived": key}, status=200)
    minh.post(url, {**form, "file-arrived": key})

    assert "Đã nhận “Sổ tay.pdf”" in page.text
    assert {"type": "hidden", "name": "file-arrived", "value": key} in page.all("input")
    assert "Hãy chọn lại tệp" not in page.text
    assert newest_file(world).name == "Sổ tay.pdf"


def test_a_file_chosen_afterwards_replaces_the_one_that_came_before(world, browse):
    minh = browse(world.minh)
    key = begun(minh)
    sent(minh, key, 0, BOOK)
    url, form = form_of_a_document(world)

    minh.post(url, {**form, "file-arrived": key, "file": (BytesIO(PDF), "moi.pdf")})

    assert newest_file(world).name == "moi.pdf"


def test_half_a_file_is_no_file(world, browse):
    minh = browse(world.minh)
    key = begun(minh)
    sent(minh, key, 0, BOOK[:900])
    url, form = form_of_a_document(world)

    page = minh.post(url, {**form, "file-arrived": key}, status=409)

    assert "Hãy chọn tệp của mục này" in page.text
    assert arrived(minh, key) == "900"


def test_what_nobody_goes_on_sending_is_gone_after_a_week(world):
    old, new = (incoming.begin(world.minh, name, 10) for name in ("cu.pdf", "moi.pdf"))
    now = clock.now().timestamp()
    for file, days in ((old, 8), (new, 6)):
        os.utime(file.path, (now, now - days * 24 * 3600))

    incoming.forget_old()

    assert (old.path.exists(), new.path.exists()) == (False, True)


def test_what_somebody_was_sending_goes_when_they_are_erased(world):
    theirs, other = (incoming.begin(person, "anh.jpg", 10) for person in (world.lan, world.minh))
    leave(world.lan, clock.today(), "retired", by=world.an)

    erase(ask_erasure(world.lan, "Đề nghị ngày 24/11", by=world.an), by=world.vi)
    assert theirs.path.exists()
    db.session.commit()

    assert (theirs.path.exists(), other.path.exists()) == (False, True)


def test_the_oldest_makes_room_where_one_person_sends_too_much(world, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100)
    files = [incoming.begin(world.minh, f"{number}.pdf", 100) for number in range(3)]
    other = incoming.begin(world.lan, "khac.pdf", 100)
    other.append(0, b"x" * 100)
    for number, file in enumerate(files):
        file.append(0, b"x" * 90)
        os.utime(file.path, (number, number))

    files[2].append(90, b"x" * 10)

    assert [file.path.exists() for file in files] == [False, True, True]
    assert other.arrived == 100


def test_whoever_begins_file_after_file_keeps_the_last_ones(world):
    files = [incoming.begin(world.minh, f"{number}.pdf", 10) for number in range(incoming.MANY + 2)]

    assert [file.path.exists() for file in files].count(True) == incoming.MANY
    assert files[-1].path.exists()
