"""Whatever a file holds, the answer is questions or faults, never a crash."""
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.questions.interchange import (
    aiken,
    document,
    gift,
    gift_out,
    moodle_xml,
    moodle_xml_out,
    qti,
)
from quizzes.questions.interchange.formats import read, recognised
from tests.quizzes.interchange.drafts import sixty
from tests.quizzes.interchange.test_document import NUMBERING, item, packed

PIECES = st.lists(st.sampled_from((
    "{", "}", "=", "~", "#", "%50%", "->", "::", "//", "\n", "\n\n", "\\", "T", "A) ", "ANSWER: A",
    "$CATEGORY: a", "[html]", "[[1]]", "câu", " ", ":", "#1..2", ">2\n", "[settings:{}]", "<b>",
    "&lt;", "####")), max_size=25).map("".join)
GIFT, XML = gift_out.write(sixty()[:8]).content, moodle_xml_out.write(sixty()[:8]).content


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_any_text_is_read(text):
    for reader in (gift, aiken):
        reading = reader.read(text.encode())
        assert all(fault.why for fault in reading.faults)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from((GIFT, XML)), st.integers(0, 10_000), st.integers(1, 40),
       st.sampled_from((b"", b"\x00", b"<", b"}", b"\xff\xfe", b"&#0;", b'"')))
def test_a_file_that_was_torn_somewhere_is_read(content, place, length, instead):
    torn = content[:place] + instead + content[place + length:]

    assert isinstance(read(torn)[1].faults, tuple)


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read(content):
    key, reading = read(content)

    assert reading.drafts or reading.faults
    assert key == recognised(content)


@pytest.mark.parametrize("kept", [
    "[]", "5", "{", '{"gaps": 3}', '{"gaps": [{"key": 1}]}', '{"partial": []}', '{"basis": 5}',
    '{"valid_until": "never"}', '{"types": "pdf"}', '{"shares": [1]}', '{"unheard_of": 1}',
    '{"stem_en": {}}',
    '{"difficulty": 9}', '{"rubric": [1]}', '{"areas": [{"shape": "star"}]}', "[" * 5000])
def test_what_an_export_kept_is_believed_only_in_its_shape(kept):
    moodle = (f"<quiz><question type='essay'><questiontext><text>Một</text></questiontext>"
              f"<kept><text>{kept}</text></kept></question></quiz>")
    held = ("<assessmentItem identifier='a'><itemBody><p>Một</p><rubricBlock view='author' "
            f"class='kept'><p>{kept}</p></rubricBlock></itemBody></assessmentItem>")

    assert len(moodle_xml.read(moodle.encode()).faults) == 1
    assert len(qti.read(held.replace(kept, f'{{"settings": {kept}}}').encode()).faults) == 1


def test_unsafe_words_that_were_kept_are_made_safe():
    told = json.dumps({"stem_en": "<p>One<script>x()</script> <b>two</b></p>"}).replace("<", "&lt;")
    content = (f"<quiz><question type='essay'><questiontext><text>Một</text></questiontext>"
               f"<kept><text>{told}</text></kept></question></quiz>")

    assert moodle_xml.read(content.encode()).drafts[0].stem_en == "One <strong>two</strong>"


def test_a_list_whose_numbers_are_none():
    torn = NUMBERING.replace('w:start w:val="1"', 'w:start w:val="x"').replace(
        'w:ilvl="0"', 'w:ilvl="99999999"')

    assert document.read(packed(item(0, "Một?") + item(1, "a"), torn)).faults


def test_a_long_run_of_blanks_takes_no_time():
    content = f"<quiz><question type='essay'><questiontext><text>a{' ' * 300_000}b</text>" \
              "</questiontext></question></quiz>"

    assert moodle_xml.read(content.encode()).drafts[0].stem_vi == "a b"


def test_a_gap_worth_more_than_a_number_holds():
    content = (f"<quiz><question type='cloze'><questiontext><text>a {{{'9' * 5000}:SA:=b}}</text>"
               "</questiontext></question></quiz>")

    assert len(moodle_xml.read(content.encode()).faults) == 1


@pytest.mark.parametrize("body, drafts", [
    ("<material><response_str ident='A'/><mattext>Một?</mattext></material>", 1),
    ("<material><mattext>Một?</mattext><response_str ident='A'/></material><response_str ident='B'>"
     "<response_num ident='C'/></response_str>", 0)])
def test_an_answer_where_none_belongs(body, drafts):
    content = f"<questestinterop><item ident='i'><presentation>{body}</presentation></item>" \
        "</questestinterop>"
    reading = qti.read(content.encode())

    assert (len(reading.drafts), len(reading.faults)) == (drafts, 1 - drafts)


@pytest.mark.parametrize("content", [
    "<assessmentItem identifier='i'><itemBody><p>Chọn</p><choiceInteraction>{}</choiceInteraction>"
    "</itemBody></assessmentItem>", "<questestinterop><item ident='i'><presentation>{}"
    "</presentation></item></questestinterop>", "<quiz><question type='matching'>{}</question>"
    "</quiz>"])
def test_a_question_of_more_parts_than_anybody_writes_is_not_read(content):
    parts = "".join(f"<simpleChoice identifier='c{n}'>{n}</simpleChoice>" for n in range(6_000))
    reading = read(content.format(parts).encode())[1]

    assert (len(reading.drafts), len(reading.faults)) == (0, 1)


def test_many_pairs_keep_all_their_names():
    pairs = "".join(f"<subquestion><text>{n}</text><answer><text>a{n}</text></answer>"
                    "</subquestion>" for n in range(1_100))
    [draft] = moodle_xml.read(f"<quiz><question type='matching'><questiontext><text>Ghép</text>"
                              f"</questiontext>{pairs}</question></quiz>".encode()).drafts

    assert [len(part) for part in (draft.options, draft.matches, draft.right)] == [1_100] * 3


@pytest.mark.parametrize("words", ["{1:SA:=x}" * 600, "{1:SA:=x" * 60_000])
def test_gaps_without_end_take_no_time(words):
    content = f"<quiz><question type='cloze'><questiontext><text>{words}</text></questiontext>" \
        "</question></quiz>"

    assert len(moodle_xml.read(content.encode()).faults) == 1


def test_answers_without_end_take_no_time():
    gift_text = "Hỏi {" + "~x" * 100_000 + "=y}"
    chosen = "".join(f"<dragbox><text>t{n}</text></dragbox>" for n in range(4_000))
    content = (f"<quiz><question type='ddwtos'><questiontext><text>{'[[1]]' * 4_000}</text>"
               f"</questiontext>{chosen}</question></quiz>")

    assert len(gift.read(gift_text.encode()).faults) == 1
    assert len(moodle_xml.read(content.encode()).faults) == 1


def test_blanks_without_end_in_a_document_take_no_time():
    blanks = " " * 200_000
    keys = "1. A" + (" " * 40 + "2. B") * 40 + " và hết"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in (
        "Câu 1. Một?", f"A. a{blanks}(", "B. b", "Đáp án: A", keys))

    assert [draft.right for draft in document.read(packed(body)).drafts] == [["A"]]


@pytest.mark.parametrize("line", [
    "Trang 1 " * 20_000 + "x", "ĐÁP ÁN " + " " * 100_000 + "x:", "Câu 1: B " * 20_000,
    "Câu 1: " + "A, " * 20_000 + "?", "1. B " * 20_000 + "!!", "mã đề: " * 20_000,
    "Chọn" + " " * 100_000 + "x", "Phần 1. " * 20_000])
def test_lines_of_keys_without_end_take_no_time(line):
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in (
        "Câu 1. Một?", "A. a", "*B. b", line, "ĐÁP ÁN", line))
    reading = document.read(packed(body))

    assert len(reading.drafts) + len(reading.faults) >= 1
    assert len(reading.notes) <= 21


def test_a_huge_table_in_a_small_document_takes_no_room():
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr><w:p/></w:tc>' * 5
    cell = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
    body = item(0, "Một?") + item(1, "a") + item(1, ("b", "<w:b/>")) + (
        f"<w:tbl>{f'<w:tr>{wide}{cell}</w:tr>' * 200}</w:tbl>"
        f"<w:tbl>{'<w:tr/>' * 20_000}<w:tr>{cell}</w:tr></w:tbl>")

    assert [draft.right for draft in document.read(packed(body)).drafts] == [["B"]]


@pytest.mark.parametrize("head, piece", [
    ("", "Một {T}\n\n"), ("", "Một {T}\r\r"), ("", "Một?\nA) a\nB) b\nANSWER: A\n\n"),
    ("<quiz>", "<question type='essay'/>"), ("<questestinterop>", "<item ident='a'/>")])
def test_more_questions_than_anybody_has_are_not_read(head, piece):
    reading = read((head + piece * 26_000).encode(), None, "de.gift")[1]

    assert [str(fault.why).partition(".")[0] for fault in reading.faults] == [
        "Tệp có nhiều câu hỏi hơn mức đọc được"]


@pytest.mark.parametrize("piece", ["&lt;audio>", "{mlang vi}", "&lt;span lang=vi class=multilang>",
                                   "&lt;img", "&lt;p ", "&lt;!--", "&amp;#", "[[1", "{1:SA", "\\"])
def test_what_is_opened_without_end_takes_no_time(piece):
    content = (f"<quiz><question type='essay'><questiontext><text>Một {piece * 50_000}</text>"
               "</questiontext></question></quiz>")
    reading = read(content.encode())[1]

    assert len(reading.drafts) + len(reading.faults) == 1
