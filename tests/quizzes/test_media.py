"""Pictures and recordings in questions: checked by content, taken from files, played in parts."""
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from PIL import Image

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import speaking

from courses.catalogue.actions import keep_picture
from courses.catalogue.pictures import for_office
from courses.catalogue.views.steps import lines_of as figure_with
from quizzes.questions import actions
from quizzes.questions.actions import keep_sound, retire_question, write_question
from quizzes.questions.interchange import (
    document,
    document_out,
    moodle_xml,
    moodle_xml_out,
    qti,
    qti2_out,
)
from quizzes.questions.interchange.actions import import_questions
from quizzes.questions.interchange.bank import fitted
from quizzes.questions.interchange.document_out import SOURCE
from quizzes.questions.interchange.draft import Draft, changed
from quizzes.questions.interchange.queries import drafts_of
from quizzes.questions.models import Question
from quizzes.questions.queries import questions_of
from quizzes.questions.richtext import plain, settled
from quizzes.questions.sounds import ending_of

MP3 = b"ID3\x04" + bytes(range(200))
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt "


def png(colour="red"):
    """A small picture."""
    buffer = BytesIO()
    Image.new("RGB", (20, 10), colour).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("head, ending", [
    (b"ID3\x03", ".mp3"), (b"\xff\xfb\x90", ".mp3"), (b"OggS", ".ogg"), (WAV, ".wav"),
    (b"\0\0\0\x20ftypM4A ", ".m4a"), (b"RIFF\x24\x00\x00\x00WEBP", ""), (b"\xff\xd8\xff", ""),
    (b"<html>", ""), (b"", "")])
def test_a_recording_is_known_by_its_bytes(head, ending):
    assert ending_of(head) == ending


def test_what_is_no_recording_or_too_large_is_refused(world, monkeypatch):
    monkeypatch.setattr(actions, "LARGEST", 100)

    with pytest.raises(Refusal, match="không phải đoạn âm thanh"):
        keep_sound(world.press_law, BytesIO(b"<script>"), "a.mp3", "lời", by=world.minh)
    with pytest.raises(Refusal, match="lớn hơn"):
        keep_sound(world.press_law, BytesIO(MP3), "a.mp3", "lời", by=world.minh)


def test_a_recording_named_otherwise_is_called_what_it_is(world):
    file = keep_sound(world.press_law, BytesIO(WAV), "a.mp3", "lời", by=world.minh).file

    assert (file.name, file.mime) == ("am-thanh.wav", "audio/wav")


def test_a_recording_is_added_to_the_feedback_and_played_in_parts(world, browse):
    minh = browse(world.minh)
    page = minh.post(f"/quizzes/courses/{world.press_law.id}/questions/new", {
        "kind": "single", "stem_vi": "Ai nói?", "o-1-vi": "Lan", "o-2-vi": "Hoa", "right": "1",
        "add_picture": "1", "into": "o-2-feedback_vi", "alternative": "Xin chào",
        "file": (BytesIO(MP3), "loi.mp3")}, 200)
    box = page.response.text.split('name="o-2-feedback_vi"')[1].split("</textarea>")[0]
    address = box.split("/files/")[1].split("&#34;")[0]
    part = minh.client.get(f"/files/{address}", headers={"Range": "bytes=4-7"}, buffered=True)

    assert "Nhận xét cho phương án 2" in page.text
    assert (part.status_code, part.data, part.mimetype) == (206, MP3[4:8], "audio/mpeg")


def word(*lines):
    """A document: lines of text, or of (text, picture)."""
    made = Document()
    for line in lines:
        text, picture = (line, None) if isinstance(line, str) else line
        run = made.add_paragraph().add_run(text)
        if picture:
            shape = run.add_picture(BytesIO(picture))
            shape._inline.docPr.set("descr", "Biển báo. Description automatically generated")
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_pictures_of_word_come_along_where_they_stand(world):
    reading = fitted(document.read(word(
        ("Câu 1. Đây là biển gì? ", png()), "A. Cấm", ("B. ", png("blue")), "Đáp án: B",
        "Câu 2. Một < hai?", "A. Đúng", "B. Sai", "Đáp án: A")), ())
    first, second = (db.session.get(Question, key) for key in import_questions(
        world.press_law, reading, by=world.minh))

    assert [draft.stem_vi for draft in reading.drafts] == [
        'Đây là biển gì? <img src="image1.png" alt="Biển báo.">', "Một < hai?"]
    version = first.versions[-1]
    assert plain(version.stem_vi) == "Đây là biển gì? [Biển báo.]"
    assert ("/files/" in version.options[1]["vi"], 'width="20"' in version.stem_vi) == (True, True)
    assert second.versions[-1].stem_vi == "Một < hai?"


def pixels(draft):
    """The pixels of the pictures of ``draft``, each once, in the order in which it shows them."""
    shown = []
    changed(draft, lambda text: shown.extend(SOURCE.findall(text)) or text)
    return [Image.open(BytesIO(draft.files[name])).convert("RGB").tobytes()
            for name in dict.fromkeys(shown)]


def nameless(draft):
    """``draft`` with its pictures numbered and without its key in the bank."""
    names = {}
    return replace(changed(draft, lambda text: SOURCE.sub(
        lambda name: names.setdefault(name[0], f'src="{len(names)}"'), text)), key="", files={})


def test_pictures_go_out_to_word_and_come_in_again_where_they_stand(world):
    for question, _version in questions_of(world.press_law):
        retire_question(question, world.minh)
    red, blue = (figure_with(keep_picture(world.press_law, BytesIO(png(colour)), words, world.minh))
                 for colour, words in (("red", "Biển “Cấm” & rào"), ("blue", "Biển báo")))
    made = write_question(world.press_law, "single", {
        "stem_vi": settled(f"<p>Đây là biển gì?</p>\n{red}"), "stem_en": "",
        "options": [{"key": "A", "vi": settled(blue), "en": ""},
                    {"key": "B", "vi": settled(f"<p>Biển <strong>đỏ</strong></p>{red}"), "en": ""}],
        "right": ["B"], "explanation_vi": settled(f"<p>Vì</p>{blue}")}, by=world.minh)
    (before,) = drafts_of(world.press_law)

    writing = document_out.write([before])
    found = fitted(document.read(writing.content), ())
    retire_question(made, world.minh)
    import_questions(world.press_law, found, by=world.minh)

    assert (writing.lost, found.faults, found.notes) == ((), (), ())
    in_word = Document(BytesIO(writing.content))
    assert [paragraph.text for paragraph in in_word.paragraphs][:3] == [
        "Câu 1. Đây là biển gì?", "", "A. "]
    assert [shape._inline.docPr.get("descr") for shape in in_word.inline_shapes] == [
        "Biển “Cấm” & rào", "Biển báo", "Biển “Cấm” & rào", "Biển báo"]
    # Each is kept small once more, so that its pixels are nearly the same.
    (after,) = drafts_of(world.press_law)
    assert nameless(after) == nameless(before)
    assert pixels(found.drafts[0]) == pixels(before)


def test_a_picture_that_no_program_can_open_keeps_its_question_out_of_word():
    draft = Draft("single", '<img src="a.webp" alt="Hình">', options=[
        {"key": "A", "vi": "Một", "en": ""}, {"key": "B", "vi": "Hai", "en": ""}], right=["A"],
        key="Q-1", files={"a.webp": b"RIFF????WEBP"})

    writing = document_out.write([draft])

    assert [lost.at for lost in writing.lost] == ["Q-1"]


@pytest.mark.slow
def test_a_large_picture_weighs_little_in_word():
    noise = Image.effect_noise((1200, 900), 90)
    buffer = BytesIO()
    noise.save(buffer, "WEBP", quality=80)

    content = for_office(buffer.getvalue())

    assert (content[:3], Image.open(BytesIO(content)).size) == (b"\xff\xd8\xff", (1200, 900))


def test_a_right_option_that_stands_out_does_so_beside_its_picture():
    made = Document()
    made.add_paragraph("Câu 1. Chọn.")
    made.add_paragraph("A. một")
    paragraph = made.add_paragraph()
    paragraph.add_run("B. hai ").bold = True
    paragraph.add_run().add_picture(BytesIO(png()))
    buffer = BytesIO()
    made.save(buffer)

    (draft,) = document.read(buffer.getvalue()).drafts

    assert draft.right == ["B"]


def test_a_drawing_of_another_kind_is_told():
    content = word(("Câu 1. Nhìn ", png()), "A. a", "B. b", "Đáp án: A")
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace(".png", ".emf"),
                         old.read(name).replace(b"image1.png", b"image1.emf"))

    reading = document.read(buffer.getvalue())

    assert len(reading.faults) == 1


@pytest.fixture
def heard(world):
    """A question with a recording and what is said in it."""
    file = keep_sound(world.press_law, BytesIO(MP3), "a.mp3", "Xin chào", by=world.minh).file
    return write_question(world.press_law, "short", {
        "stem_vi": f'<p>Nghe:</p><figure><audio src="/files/{file.id}/{file.name}"></audio>'
                   "<figcaption>Xin chào</figcaption></figure>",
        "options": [], "right": ["Lan"]}, by=world.minh)


@pytest.mark.parametrize("write, read", [(moodle_xml_out.write, moodle_xml.read),
                                         (qti2_out.write, qti.read)])
def test_recordings_go_out_and_come_in_with_the_files_that_hold_them(write, read, heard, world):
    draft = next(draft for draft in drafts_of(world.press_law) if draft.key == heard.key)
    reading = read(write([draft]).content)
    (key,) = import_questions(world.press_law, fitted(reading, ()), by=world.minh)
    again = db.session.get(Question, key)

    assert reading.drafts == (draft,)
    assert list(draft.files.values()) == [MP3]
    stem = again.versions[-1].stem_vi
    assert (stem.count("<audio"), plain(stem)) == (1, "Nghe: Xin chào")


def moodle(name, content, markup):
    """A Moodle question with a file."""
    return (f'<quiz><question type="essay"><questiontext format="html"><text><![CDATA[{markup}]]>'
            f'</text><file name="{name}" encoding="base64">{b64encode(content).decode()}</file>'
            "</questiontext></question></quiz>").encode()


def test_a_recording_as_moodle_writes_it():
    reading = fitted(moodle_xml.read(moodle(
        "a b.mp3", MP3, '<p>Nghe</p><audio controls="true"><source src="@@PLUGINFILE@@/a%20b.mp3">'
        "@@PLUGINFILE@@/a%20b.mp3</audio>")), ())
    (draft,) = reading.drafts

    assert (reading.faults, draft.files) == ((), {"a-b.mp3": MP3})
    assert draft.stem_vi == '<p>Nghe</p><audio src="a-b.mp3" controls=""></audio>'
    with speaking("en"):
        assert [str(note.why)[:16] for note in reading.notes] == ["A recording has "]


@pytest.mark.parametrize("name, content", [
    ("a.mp3", b"<script>"), ("a.png", b"<svg>"), ("a.exe", b"MZ")])
def test_a_file_that_is_not_what_it_says_is_a_fault(name, content):
    reading = fitted(moodle_xml.read(moodle(
        name, content, f'<p>Xem <b>x</b></p><img src="@@PLUGINFILE@@/{name}" alt="x">')), ())

    assert len(reading.faults) == 1
