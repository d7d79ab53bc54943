"""Moodle XML in and out."""
from base64 import b64encode

import pytest
from hypothesis import given, settings

from quizzes.questions.interchange import moodle_xml, moodle_xml_out
from quizzes.questions.interchange.draft import Draft
from quizzes.questions.interchange.draft import shares as counted
from tests.quizzes.interchange.drafts import drafts, sixty

PIXEL = b"\x89PNG\r\n\x1a\n pixel"


def quiz(*questions):
    """A file of questions."""
    return ("<?xml version='1.0' encoding='UTF-8'?>\n<quiz>\n" + "\n".join(questions)
            + "\n</quiz>").encode()


def question(kind, *parts, words="Câu hỏi", form="html"):
    """A question of the file."""
    return (f'<question type="{kind}"><name><text>Q</text></name><questiontext format="{form}">'
            f"<text><![CDATA[{words}]]></text></questiontext>{''.join(parts)}</question>")


def answer(fraction, words, said=""):
    """An answer of a question."""
    feedback = f"<feedback><text>{said}</text></feedback>" if said else ""
    return f'<answer fraction="{fraction}"><text>{words}</text>{feedback}</answer>'


def one(*parts):
    """The only question of a file that holds it."""
    reading = moodle_xml.read(quiz(*parts))
    assert [str(fault.why) for fault in reading.faults] == []
    [draft] = reading.drafts
    return draft


@settings(max_examples=15, deadline=None)
@given(drafts("single", "multiple", "truefalse", "statements", "short", "number", "matching",
              "ordering", "gaps", "essay", "upload", "description"))
def test_what_is_written_is_read_again_the_same(written):
    reading = moodle_xml.read(moodle_xml_out.write(written).content)

    assert (reading.faults, reading.notes) == ((), ())
    assert list(reading.drafts) == written


def test_the_sixty_questions_come_back_the_same():
    reading = moodle_xml.read(moodle_xml_out.write(sixty()).content)

    assert (list(reading.drafts), reading.faults, reading.notes) == (sixty(), (), ())


def test_what_moodle_cannot_hold_is_listed(app):
    hotspot = Draft("hotspot", "Chỉ vào tỉnh Cao Bằng", key="H1")

    with app.app_context():
        assert [(fault.at, "Moodle" in str(fault.why))
                for fault in moodle_xml_out.write([hotspot]).lost] == [("H1", True)]


def test_thirds_snap_and_the_right_ones_are_several():
    draft = one(question("multichoice", "<single>false</single>", answer("33.333", "a"),
                         answer("33.33333", "b"), answer("33", "c"), answer("-50", "d", "Sai")))

    assert (draft.kind, draft.right) == ("multiple", ["A", "B", "C"])
    assert [option.get("share") for option in draft.options] == [
        "33.33333", "33.33333", "33.33333", "-50"]
    assert draft.options[3]["feedback_vi"] == "Sai"


def test_a_number_with_its_unit():
    draft = one(question(
        "numerical", '<answer fraction="100"><text>12,5</text><tolerance>0.5</tolerance></answer>',
        "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>",
        "<unitgradingtype>1</unitgradingtype>"))

    assert (draft.right, draft.settings) == (
        ["12.5"], {"tolerance": "0.5", "unit": "km", "unit_needed": True})


def test_gaps_of_each_kind():
    draft = one(question("cloze", words="<p>Thủ đô {1:SHORTANSWER:=Hà Nội#Đúng~=Ha Noi}, "
                         "{2:MC:~Huế~=Cần Thơ~%0%Vinh} và {:NM:=3:0.5}.</p>"))

    assert draft.stem_vi == "Thủ đô [[1]], [[2]] và [[3]]."
    assert [(gap["kind"], gap["right"], gap["points"], gap["tolerance"])
            for gap in draft.settings["gaps"]] == [
        ("text", ["Hà Nội", "Ha Noi"], 1, "0"), ("choice", ["B"], 2, "0"),
        ("number", ["3"], 1, "0.5")]
    assert [option["vi"] for option in draft.settings["gaps"][1]["options"]] == [
        "Huế", "Cần Thơ", "Vinh"]


@pytest.mark.parametrize("gap, told", [
    ("{1:SHORTANSWER:=*}", 1), ("{1:SA:=Hà Nội~= * #Đúng}", 1), ("{1:SA:=Hà Nội~%50%*}", 1),
    ("{1:NUMERICAL:=3~%50%*}", 1), ("{1:SA:=Hà Nội~*}", 0), ("{1:SA:=Hà Nội~%0%*#Sai}", 0),
    (r"{1:SA:=\*}", 0), ("{1:MC:=*~+}", 0)])
def test_a_gap_that_takes_whatever_is_typed_is_told(app, gap, told):
    reading = moodle_xml.read(quiz(question("cloze", words=f"Thủ đô {gap}.")))

    with app.app_context():
        assert ["dấu sao" in str(fault.why) for fault in reading.faults] == [True] * told
    assert len(reading.drafts) == 1 - told


def test_a_star_that_is_the_answer_comes_back_as_one():
    draft = one(question("cloze", words=r"Phép nhân viết là {1:SA:=\*}."))

    assert draft.settings["gaps"][0]["right"] == ["*"]
    assert list(moodle_xml.read(moodle_xml_out.write([draft]).content).drafts) == [draft]


def test_a_picture_comes_along_under_a_name_of_ours():
    words = '<p>Nhìn <img src="@@PLUGINFILE@@/b%E1%BA%A3n%20%C4%91%E1%BB%93.png" alt="Bản đồ"></p>'
    file = f'<file name="bản đồ.png" encoding="base64">{b64encode(PIXEL).decode()}</file>'
    draft = one(question("truefalse", answer(100, "true"), answer(0, "false"), words=words)
                .replace("</questiontext>", f"{file}</questiontext>"))

    [name] = draft.files
    assert draft.files[name] == PIXEL
    assert f'src="{name}"' in draft.stem_vi
    again = moodle_xml.read(moodle_xml_out.write([draft]).content)
    assert list(again.drafts) == [draft]


def test_two_languages_and_unsafe_html():
    words = ('<span lang="vi" class="multilang">Một<script>alert(1)</script></span>'
             '<span lang="en" class="multilang">One<img src=x onerror=alert(1)></span>')
    draft = one(question("description", words=words))

    assert (draft.stem_vi, "onerror" in draft.stem_en, "script" in draft.stem_vi) == (
        "Một", False, False)


def test_categories_tags_and_ids():
    category = ('<question type="category"><category><text>$course$/top/Luật/Báo chí</text>'
                "</category></question>")
    draft = one(category, question("essay", "<idnumber>L-7</idnumber>",
                                   "<tags><tag><text>khó</text></tag></tags>"))

    assert (draft.category, draft.key, draft.tags) == ("Luật/Báo chí", "L-7", ("khó",))


@pytest.mark.parametrize("kind", ["calculated", "calculatedmulti", "stack"])
def test_a_question_with_other_numbers_for_everybody_is_told(kind, app):
    with app.app_context():
        [fault] = moodle_xml.read(quiz(question(kind))).faults
        assert str(fault.why).startswith("Mục này tạo số và lời mới cho từng người.")


@pytest.mark.parametrize("kind", ["random", "crossword", ""])
def test_an_unknown_kind_is_told_and_the_others_are_read(kind, app):
    reading = moodle_xml.read(quiz(question("description"), question(kind)))

    with app.app_context():
        assert [(fault.line, kind in str(fault.why)) for fault in reading.faults] == [(4, True)]
    assert len(reading.drafts) == 1


@pytest.mark.parametrize("content, line", [
    (b"", 1), (b"<quiz>\n<question>\n</quiz>", 3), (b"<html></html>", 1), (b"GIFT {T}", 1),
    (b"\x00\x01\x02", 1),
    (b'<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>', 1),
    (quiz(question("multichoice", answer(0, "a"), answer(0, "b"))), 3),
    (quiz(question("multichoice", answer("lots", "a"), answer(0, "b"))), 3),
    (quiz(question("numerical", answer(100, "năm"))), 3),
    (quiz(question("cloze", words="không có chỗ trống")), 3),
    (quiz(question("description", words="")), 3),
    (quiz(question("matching")), 3),
])
def test_a_mistake_is_told_at_its_line(content, line):
    assert [fault.line for fault in moodle_xml.read(content).faults] == [line]


def test_a_file_of_windows_that_says_it_is_utf8():
    content = quiz(question("description", words="Où est le musée ?")).decode().encode("cp1252",
                                                                                   "replace")

    assert moodle_xml.read(content).drafts[0].stem_vi == "Où est le musée ?"


@pytest.mark.parametrize("words", [
    '<p>Luật <span lang="vi" class="multilang">số <b>mấy</b></span><span class="multilang" '
    'lang="en"><span>which</span> number</span>, <span lang="vi-VN" class="multilang">năm nào'
    '</span><span lang="en_us" class="multilang">which year</span>?</p>',
    "<p>Luật {mlang vi}số <b>mấy</b>{mlang}{mlang en}which number{mlang}, "
    "{mlang vi}năm nào{mlang}{mlang en}which year{mlang}?</p>"])
def test_words_around_and_between_two_languages_belong_to_both(words):
    draft = one(question("description", words=words))

    assert (draft.stem_vi, draft.stem_en) == (
        "Luật số <strong>mấy</strong>, năm nào?", "Luật which number, which year?")


def test_html_that_is_written_as_xml_keeps_its_marks():
    content = ("<quiz><question type='description'><questiontext format='html'><text>Một &lt; "
               "<b>hai</b></text></questiontext></question></quiz>")

    assert moodle_xml.read(content.encode()).drafts[0].stem_vi == "Một &lt; <strong>hai</strong>"


def test_words_that_name_a_tag_stay_words():
    draft = one(question("description", words="<p>Thẻ &lt;b&gt; để làm gì?</p>"))

    assert draft.stem_vi == "<p>Thẻ &lt;b&gt; để làm gì?</p>"
    assert list(moodle_xml.read(moodle_xml_out.write([draft]).content).drafts) == [draft]


def test_what_is_left_out_is_told():
    said = "<text>&lt;p&gt;Thử lại&lt;/p&gt;</text>"
    told = moodle_xml.read(quiz(question(
        "multichoice", answer(100, "a"), answer(0, "b"), f"<hint>{said}</hint>",
        f"<incorrectfeedback>{said}</incorrectfeedback>", "<shuffleanswers>0</shuffleanswers>",
        "<correctfeedback><text>&lt;p&gt;&lt;/p&gt;</text></correctfeedback>"),
        question("essay", f"<graderinfo>{said}</graderinfo>"), question("essay")))

    assert [note.line for note in told.notes] == [3, 3, 3, 4]


CHOSEN = ("<selectoption><text>{}</text><group>1</group></selectoption>"
          "<selectoption><text>{}</text><group>1</group></selectoption>"
          "<selectoption><text>{}</text><group>2</group></selectoption>")


@pytest.mark.parametrize(("kind", "part"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_gaps_that_are_chosen_from_a_list(kind, part):
    parts = CHOSEN.format("mèo", "chó", "cá").replace("selectoption", part)
    draft = one(question(kind, parts, words="Con [[2]] rượt [[1]] ăn [[3]]."))

    assert draft.stem_vi == "Con [[1]] rượt [[2]] ăn [[3]]."
    assert [([option["vi"] for option in gap["options"]], gap["right"])
            for gap in draft.settings["gaps"]] == [
        (["mèo", "chó"], ["B"]), (["mèo", "chó"], ["A"]), (["cá"], ["A"])]


@pytest.mark.parametrize("words", ["Con [[4]].", "Con mèo.", "Con [[x]]."])
def test_gaps_without_a_choice_are_a_fault(words):
    reading = moodle_xml.read(quiz(question("gapselect", CHOSEN.format("a", "b", "c"),
                                            words=words)))

    assert len(reading.faults) == 1


def test_a_file_of_any_kind_is_one_of_those_that_are_taken():
    upload = "<responseformat>noinline</responseformat><attachments>1</attachments>"

    assert one(question("essay", upload)).settings["types"][0] == ".pdf"
    assert one(question("essay", upload + "<filetypeslist>document,.png</filetypeslist>")
               ).settings["types"] == [".pdf", ".docx", ".png"]


@pytest.mark.parametrize("gap, shares", [
    ("MULTIRESPONSE:=một~=hai~ba#Xem lại", ["50", "50", "-50"]),
    ("MR:=một~=hai~ba", ["50", "50", "-50"]), ("MRH:%100%một~%100%hai~ba", ["50", "50", "0"]),
    ("MRS:%75%một~%25%hai~%-25%ba", ["75", "25", "-25"]),
    ("MULTIRESPONSE_HS:=một~=hai~%0%ba", ["50", "50", "-50"])])
def test_a_gap_with_several_answers_to_tick_is_a_question_of_its_own(gap, shares):
    draft = one(question("cloze", words=f"<p>Chọn hai. {{1:{gap}}}</p>"))

    assert (draft.kind, draft.stem_vi, draft.right) == ("multiple", "Chọn hai.", ["A", "B"])
    assert [option["vi"] for option in draft.options] == ["một", "hai", "ba"]
    assert [counted(draft)[key] for key in "ABC"] == shares


def test_such_a_gap_among_others_is_a_fault_and_words_behind_it_stay():
    mixed = moodle_xml.read(quiz(question("cloze", words="{1:MR:=a~=b~c} và {1:SA:=d}")))
    alone = one(question("cloze", words="Chọn {1:MR:=a~=b~c} trong ba."))

    assert ([len(mixed.drafts), len(mixed.faults)], alone.stem_vi) == (
        [0, 1], "Chọn _____ trong ba.")
    assert len(moodle_xml.read(quiz(question("cloze", words="{1:MR:a~b}"))).faults) == 1


@pytest.mark.parametrize("called, kind, case", [
    ("SHORTANSWER_C", "text", True), ("SAC", "text", True), ("MWC", "text", True),
    ("MW", "text", False), ("MULTICHOICE_S", "choice", False), ("MULTICHOICE_H", "choice", False),
    ("MULTICHOICE_V", "choice", False), ("MULTICHOICE_HS", "choice", False),
    ("MCVS", "choice", False), ("MCH", "choice", False), ("mc", "choice", False)])
def test_a_gap_by_every_name_that_moodle_has_for_it(called, kind, case):
    draft = one(question("cloze", words=f"Thủ đô {{2:{called}:=Hà Nội~Huế}}"))
    [gap] = draft.settings["gaps"]

    assert (gap["kind"], gap["case"], gap["points"]) == (kind, case, 2)


def test_pictures_may_stand_on_the_left_of_pairs():
    def pair(name, words):
        return (f'<subquestion format="html"><text><![CDATA[<img src="@@PLUGINFILE@@/{name}" '
                f'alt="{words}">]]></text><file name="{name}" encoding="base64">'
                f"{b64encode(PIXEL).decode()}</file><answer><text>{words}</text></answer>"
                "</subquestion>")
    draft = one(question("matching", pair("a.png", "mèo"), pair("b.png", "chó")))

    assert [option["vi"] for option in draft.options] == [
        '<img src="a.png" alt="mèo">', '<img src="b.png" alt="chó">']
    assert set(draft.files) == {"a.png", "b.png"}
