"""Captions of a recording: read as others write them, faults named by their line, shown."""
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel import storage
from lms.kernel.db import db

from courses.catalogue.actions import add_step, publish
from courses.catalogue.captions import Cue, Unreadable, read_captions, write_captions
from courses.catalogue.models import Caption
from courses.catalogue.queries import draft_version, steps_of
from tests.courses.books import begun

VIDEO, SOUND = b"\0\0\0\0ftyp to see", b"ID3 to hear"
VTT = """WEBVTT

NOTE Bản nháp

mở đầu
00:01.500 --> 00:04.000 align:start
Chào mừng các đồng chí.

00:00:04.000 --> 00:00:06.250
<v Lan>Quyền tiếp cận thông tin
là gì?
"""
SRT = ("\ufeff1\r\n00:00:01,500 --> 00:00:04,000\r\n<font color=\"red\">Chào mừng</font> "
       "<i>các</i> đồng chí.\r\n\r\n2\r\n00:00:04,000 --> 00:00:06,250\r\n"
       "{\\an8}1 < 2 & hết\r\n\r\n")
TEXTS = st.text("abc đ́Đ<>&-'", min_size=1, max_size=12)


@st.composite
def films(draw):
    """The Cues of a recording, one after the other."""
    moments = sorted(draw(st.sets(st.integers(0, 100_000_000), min_size=2, max_size=8)))
    return [Cue(begins, ends, "", tuple(draw(st.lists(
        st.sampled_from(("Chào", "1 &lt; 2 &amp; 3", "<i>nghiêng</i>")), min_size=1,
        max_size=3)))) for begins, ends in zip(moments, moments[1:], strict=False)]


def faults(text):
    """What is said of a file with this text that cannot be read."""
    with pytest.raises(Unreadable) as unreadable:
        read_captions(text if isinstance(text, bytes) else text.encode())
    return unreadable.value.faults


def test_webvtt_is_read_with_its_voices_and_without_its_notes():
    assert read_captions(VTT.encode()) == [
        Cue(1500, 4000, "align:start", ("Chào mừng các đồng chí.",)),
        Cue(4000, 6250, "", ("<v Lan>Quyền tiếp cận thông tin", "là gì?"))]


def test_subrip_becomes_webvtt():
    assert write_captions(read_captions(SRT.encode())) == (
        "WEBVTT\n\n00:00:01.500 --> 00:00:04.000\nChào mừng <i>các</i> đồng chí.\n\n"
        "00:00:04.000 --> 00:00:06.250\n1 &lt; 2 &amp; hết\n")
    assert read_captions(SRT.encode("utf-16")) == read_captions(SRT.encode())


@given(films())
def test_what_was_written_is_read_again(cues):
    assert read_captions(write_captions(cues).encode()) == cues


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_whatever_was_said_is_written_once_and_for_all(lines):
    text = "WEBVTT\n\n00:00.000 --> 00:01.000\n" + "\n".join(lines)
    try:
        once = read_captions(text.encode())
    except Unreadable:
        return
    assert read_captions(write_captions(once).encode()) == once


@pytest.mark.parametrize(("text", "words"), [
    ("WEBVTT\n\nLời không có giờ\n", ["Dòng 3: có lời không kèm thời điểm"]),
    ("1\n00:00:01,000 --> 00:00:02,000\nA\n\nB\n", ["Dòng 5: có lời không kèm thời điểm"]),
    ("1\n00:00:01,000 -> 00:00:02,000\nA\n", ["Dòng 1: có lời không kèm thời điểm"]),
    ("1\n0:0:1 --> 0:0:2\nA\n", ["Dòng 2: không phải thời điểm"]),
    ("1\n00:00:02,000 --> 00:00:01,000\nA\n", ["Dòng 2: phụ đề kết thúc trước khi bắt đầu"]),
    ("1\n00:00:61,000 --> 00:01:02,000\nA\n", ["Dòng 2: phút và giây chỉ đến 59"]),
    ("1\n00:00:05,000 --> 00:00:06,000\nA\n\n2\n00:00:01,000 --> 00:00:02,000\nB\n",
     ["Dòng 6: phụ đề bắt đầu trước phụ đề đứng trên"]),
    ("1\n00:00:05,000 --> 00:00:06,000\nA\n00:00:07,000 --> 00:00:08,000\nB\n",
     ["Dòng 4: thời điểm nằm trong lời"]),
    ("WEBVTT\n", ["Dòng 1: tệp không có dòng phụ đề nào"]),
    ("1\n00:00:05,000 --> 00:00:06,000\nChào\n".encode() + b"\xc4\xfe\n",
     ["Dòng 4: không phải văn bản UTF-8"])])
def test_a_fault_is_named_by_its_line(text, words):
    assert [one[:len(start)] for one, start in zip(faults(text), words, strict=True)] == words


def test_only_the_first_faults_are_told():
    assert len(faults("Lời\n\n" * 40)) == 5


def test_a_video_is_captioned_language_by_language_until_its_file_is_another(world, browse):
    minh, course = browse(world.minh), begun(world.minh)
    form = {"title_vi": "Xem", "minutes": "15", "language": "vi", "no_secret": "y"}
    minh.post(f"/catalogue/{course.id}/steps/new/media",
              {**form, "file": (BytesIO(VIDEO), "xem.mp4"),
               "caption_file": (BytesIO(SRT.encode()), "xem.srt"), "caption_language": "vi"})
    step, = steps_of(draft_version(course))
    edit = f"/catalogue/steps/{step.id}"

    refused = minh.post(edit, {**form, "caption_file": (BytesIO(b"WEBVTT\n\nA\n"), "x.vtt"),
                               "caption_language": "vi"}, status=409)
    minh.post(edit, {**form, "caption_file": (BytesIO(VTT.encode()), "en.vtt"),
                     "caption_language": "en"})
    both = [(one.language, one.file.name, one.file.mime) for one in step.captions]
    page = minh.get(edit)
    minh.post(edit, {**form, "without_captions": "vi"})
    left = [one.language for one in step.captions]
    minh.post(edit, {**form, "file": (BytesIO(VIDEO + b"!"), "moi.mp4")})

    assert "Dòng 3: có lời không kèm thời điểm" in refused.text
    assert both == [("en", "en.vtt", "text/vtt"), ("vi", "xem.vtt", "text/vtt")]
    assert "Tiếng Việt, 1 KB" in page.text
    assert left == ["en"]
    assert step.captions == []


def film(world, name, content, **values):
    """A step with a recording in a course begun by Minh, not published."""
    course = begun(world.minh, "C14")
    step = add_step(draft_version(course), "media", {
        "title_vi": "Xem", "language": "vi", **values,
        "file_id": storage.keep(BytesIO(content), name).id}, by=world.minh)
    return course, step


def captions():
    """Captions in Vietnamese and English, kept."""
    return [Caption(language=code, file_id=storage.keep(
        BytesIO(write_captions(read_captions(VTT.encode())).encode()), f"{code}.vtt").id)
        for code in ("en", "vi")]


@pytest.mark.parametrize(("name", "content", "lines"), [
    ("xem.mp4", VIDEO, []), ("nghe.mp3", SOUND, ["vi"])])
def test_whoever_may_read_the_step_finds_the_captions_and_their_size(
        world, browse, name, content, lines):
    course, step = film(world, name, content, captions=captions())
    publish(course, "", False, by=world.minh)
    db.session.commit()
    lan, address = browse(world.lan), f"/files/{step.captions[1].file_id}/vi.vtt"

    page = lan.get(f"/steps/{step.id}")

    assert [(one["kind"], one["srclang"], one["src"], "default" in one)
            for one in page.all("track")] == [
        ("subtitles", "en", f"/files/{step.captions[0].file_id}/en.vtt", False),
        ("captions", "vi", address, True)]
    assert [one["lang"] for one in page.all("p") if "data-caption" in one] == lines
    assert "Phụ đề: English (1 KB), Tiếng Việt (1 KB)." in page.text
    sent = lan.client.get(address, buffered=True)
    assert (sent.mimetype, sent.data[:6]) == ("text/vtt", b"WEBVTT")
    assert browse().client.get(address).status_code == 302


def test_captions_go_along_into_the_next_version_and_their_change_is_one(world, browse):
    course, step = film(world, "xem.mp4", VIDEO, captions=captions())
    publish(course, "", False, by=world.minh)
    db.session.commit()
    minh = browse(world.minh)
    minh.post(f"/catalogue/{course.id}/draft")
    copy, = steps_of(draft_version(course))
    unchanged = minh.get(f"/catalogue/{course.id}").text

    minh.post(f"/catalogue/steps/{copy.id}", {
        "title_vi": "Xem", "minutes": "0", "language": "vi", "without_captions": "en"})

    assert "Chưa có gì khác phiên bản 1" in unchanged
    assert [one.language for one in copy.captions] == ["vi"]
    assert [one.language for one in step.captions] == ["en", "vi"]
    assert "1 mục sửa" in minh.get(f"/catalogue/{course.id}").text


@pytest.mark.parametrize(("name", "content", "values", "warned"), [
    ("xem.mp4", VIDEO, {"transcript_vi": "Lời"}, True), ("nghe.mp3", SOUND, {}, True),
    ("nghe.mp3", SOUND, {"transcript_vi": "Lời"}, False)])
def test_publishing_warns_of_what_cannot_be_heard_and_publishes(
        world, browse, name, content, values, warned):
    course, step = film(world, name, content, **values)
    minh = browse(world.minh)

    for url in (f"/catalogue/{course.id}", f"/catalogue/{course.id}/publication",
                f"/catalogue/steps/{step.id}"):
        assert ("chưa có phụ đề" in minh.get(url).text) == warned
    minh.post(f"/catalogue/{course.id}/publication", {"note": "", "move": "stay"})

    assert step.version.published_at is not None


def test_a_step_with_captions_is_taken_out_of_the_draft(world, browse):
    course, step = film(world, "xem.mp4", VIDEO, captions=captions())

    browse(world.minh).post(f"/catalogue/steps/{step.id}/removal")

    assert steps_of(draft_version(course)) == []
    assert db.session.query(Caption).count() == 0
