"""QTI as other systems write it: what counts how, what is not for trainees, cartridges."""
from io import BytesIO
from zipfile import ZipFile

import pytest

from lms.kernel import grid
from lms.kernel.i18n import speaking

from quizzes.questions.interchange import qti
from quizzes.questions.interchange.formats import read, recognised
from tests.quizzes.interchange.test_qti import (
    CHOICE,
    OLD,
    PIXEL,
    STRING,
    declared,
    earns,
    equal,
    item,
    label,
    lid,
    one,
    package,
)

MAPPING = ('<mapping defaultValue="-1"><mapEntry mapKey="x" mappedValue="1"/>'
           '<mapEntry mapKey="y" mappedValue="1"/></mapping>')
TEMPLATE = '<responseProcessing template="http://www.imsglobal.org/rptemplates/{}"/>'
ESSAY = '<p>Viết.</p><extendedTextInteraction responseIdentifier="RESPONSE"/>'


@pytest.mark.parametrize("template, shares, partial", [
    ("map_response", ["50", "50", "-50"], True), ("match_correct", [None, None, None], None)])
def test_the_template_says_whether_parts_count(template, shares, partial):
    draft = one(item(declared("x", "y", cardinality="multiple", mapping=MAPPING),
                     CHOICE.format(most=0), after=TEMPLATE.format(template)))

    assert (draft.right, [option.get("share") for option in draft.options],
            draft.settings.get("partial")) == (["A", "B"], shares, partial)


@pytest.mark.parametrize("block", [
    '<rubricBlock view="scorer tutor"><p>Đáp án</p></rubricBlock>',
    '<div><feedbackBlock identifier="solution" outcomeIdentifier="F" showHide="show"><p>Đáp án'
    "</p></feedbackBlock></div>"])
def test_what_is_not_for_trainees_is_told_and_not_shown(block):
    reading = qti.read(item(declared(), ESSAY + block))

    assert ([draft.stem_vi for draft in reading.drafts], len(reading.notes)) == (["Viết."], 1)


def test_what_is_for_trainees_is_shown():
    assert one(item(declared(), '<rubricBlock view="candidate"><p>Đọc kỹ.</p></rubricBlock>' + ESSAY
                    )).stem_vi == "Đọc kỹ.\n\nViết."


def test_a_formula_is_taken_as_signs():
    math = ("<math><mfrac><mn>1</mn><mrow><mi>x</mi><mo>+</mo><mn>2</mn></mrow></mfrac><mo>=</mo>"
            "<msup><mi>y</mi><mn>2</mn></msup><msqrt><mi>z</mi></msqrt></math>")
    reading = qti.read(item(declared(), f"<p>Tính {math} rồi {math}.</p>" + ESSAY))

    assert reading.drafts[0].stem_vi.startswith("Tính 1/(x+2)=y^2√(z) rồi 1/(x+2)")
    assert len(reading.notes) == 1


@pytest.mark.parametrize("content", [
    item('<templateDeclaration identifier="N"/>' + declared(), ESSAY),
    item(declared(), '<p>Cho <printedVariable identifier="N"/></p>' + ESSAY),
    b'<qti-assessment-item identifier="x"/>'])
def test_what_is_made_anew_for_everybody_or_too_new_is_a_fault(content):
    assert len(read(content)[1].faults) == 1


SETS = ("<matchInteraction responseIdentifier='RESPONSE'><prompt>Ghép</prompt><simpleMatchSet>"
        "<simpleAssociableChoice identifier='A'>Cây</simpleAssociableChoice>"
        "<simpleAssociableChoice identifier='B'>Thú</simpleAssociableChoice></simpleMatchSet>"
        "<simpleMatchSet><simpleAssociableChoice identifier='x'>lim</simpleAssociableChoice>"
        "<simpleAssociableChoice identifier='y'>gấu</simpleAssociableChoice>"
        "<simpleAssociableChoice identifier='z'>nai</simpleAssociableChoice></simpleMatchSet>"
        "</matchInteraction>")


def test_groups_with_several_members_are_turned_round():
    draft = one(item(declared("A x", "B y", "B z", cardinality="multiple"), SETS))

    assert ([option["vi"] for option in draft.options], [match["vi"] for match in draft.matches],
            draft.right) == (["lim", "gấu", "nai"], ["Cây", "Thú"], ["1=a", "2=b", "3=b"])


def test_pairs_that_cross_both_ways_are_a_fault():
    assert len(qti.read(item(declared("A x", "B x", "B y"), SETS)).faults) == 1


def test_words_moved_into_gaps():
    body = ("<gapMatchInteraction responseIdentifier='RESPONSE'><gapText identifier='w'>đông"
            "</gapText><gapText identifier='s'>hè</gapText><p>Mùa <gap identifier='G1'/> lạnh, "
            "mùa <gap identifier='G2'/> nóng.</p></gapMatchInteraction>")
    draft = one(item(declared("w G1", "s G2", cardinality="multiple"), body))

    assert (draft.kind, draft.stem_vi, [gap["right"] for gap in draft.settings["gaps"]]) == (
        "gaps", "Mùa [[1]] lạnh, mùa [[2]] nóng.", [["A"], ["B"]])
    assert len(qti.read(item(declared("w G1"), body)).faults) == 1


@pytest.mark.parametrize("kind, kind_of_gap, right", [
    ("multiple_dropdowns_question", "choice", [["B"], ["A"]]),
    ("fill_in_multiple_blanks_question", "text", [["Huế", "Hà Nội"], ["1010"]])])
def test_blanks_that_the_words_name_in_brackets(kind, kind_of_gap, right):
    body = (lid(label("p", "Huế"), label("q", "Hà Nội"), ident="response_nơi", words="nơi")
            + lid(label("r", "1010"), ident="response_năm", words="năm"))
    content = OLD.replace("Thủ đô?", "Ở [nơi] từ [năm].").format(
        kind=kind, body=body, processing=earns(equal("q", "response_nơi"), "50")
        + earns(equal("r", "response_năm"), "50"))

    draft = one(content.encode())

    assert (draft.stem_vi, [gap["kind"] for gap in draft.settings["gaps"]],
            [gap["right"] for gap in draft.settings["gaps"]]) == (
        "Ở [[1]] từ [[2]].", [kind_of_gap] * 2, right)
    assert len(qti.read(content.replace("[nơi]", "đâu").encode()).faults) == 1


def test_groups_of_the_older_version_are_a_fault_and_no_wrong_key():
    body = lid(label("x", "lim"), label("y", "thông"), label("z", "gấu"), ident="a", words="Cây")
    content = OLD.format(kind="categorization_question", body=body + body.replace(
        'ident="a"', 'ident="b"').replace("Cây", "Thú"), processing=earns(
        equal("x", "a") + equal("y", "a")) + earns(equal("z", "b") + equal("x", "b")))

    assert len(qti.read(content.encode()).faults) == 1


def test_options_without_words_and_the_widest_of_several_ranges():
    empty = OLD.format(kind="multiple_choice_question", processing=earns(equal("x")),
                       body=lid(label("x", "Có"), label("y", "Không"), label("z", "")))
    ranges = OLD.format(kind="numerical_question", body=STRING, processing="".join(earns(
        f'<vargte respident="r">{low}</vargte><varlte respident="r">{high}</varlte>')
        for low, high in ((40, 44), (41.9, 42.1))))

    read_empty, read_ranges = qti.read(empty.encode()), qti.read(ranges.encode())

    assert (len(read_empty.drafts[0].options), len(read_empty.notes)) == (2, 1)
    assert (read_ranges.drafts[0].settings, len(read_ranges.notes)) == ({"tolerance": "2"}, 1)


def test_a_cartridge_with_pictures_and_what_a_mac_adds():
    words = ("&lt;p&gt;Nhìn &lt;img src='$IMS-CC-FILEBASE$/T%E1%BB%87p/a.png?canvas_download=1' "
             "alt='cờ'&gt;&lt;/p&gt;")
    buffer = BytesIO(package(quiz__xml=OLD.replace("&lt;p&gt;Thủ đô?&lt;/p&gt;", words).format(
        kind="essay_question", body=STRING
        + '<material><matimage uri="b.png" label="bản đồ"/></material>', processing="")))
    with ZipFile(buffer, "a") as archive:
        for name, content in (("web_resources/Tệp/a.png", PIXEL), ("b.png", PIXEL),
                              ("__MACOSX/._quiz.xml", b"\x00\x05\x16"), ("._a.xml", b"\x00")):
            archive.writestr(name, content)

    draft = one(buffer.getvalue())

    assert (len(draft.files), draft.stem_vi) == (2, (
        'Nhìn <img src="a.png" alt="cờ">\n<img src="b.png" alt="bản đồ">'))


def test_a_package_in_a_folder_and_one_that_holds_too_much():
    wrapped, bomb = BytesIO(), BytesIO()
    with ZipFile(wrapped, "w") as archive:
        archive.writestr("goi/imsmanifest.xml", "<manifest/>")
        archive.writestr("goi/a.xml", item(declared(), ESSAY))
    with ZipFile(bomb, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
        for number in range(grid.MOST_PARTS):
            archive.writestr(f"{number}.xml", "<a/>")

    assert recognised(wrapped.getvalue()) == "qti"
    assert len(one(wrapped.getvalue()).stem_vi) > 0
    with speaking("en"):
        assert [str(fault.why) for fault in read(bomb.getvalue())[1].faults] == [
            "The package holds more than is read. Split it and send the parts."]


def test_a_picture_to_point_at_that_the_package_does_not_hold(app):
    body = ('<hotspotInteraction responseIdentifier="RESPONSE"><prompt>Chỉ</prompt><object '
            'data="a.png" width="10" height="10">Bản đồ</object><hotspotChoice shape="{}" '
            'coords="1,1,2" identifier="A"/><hotspotChoice shape="circle" coords="5,5,2" '
            'identifier="B"/></hotspotInteraction>')

    assert len(qti.read(item(declared("A"), body.format("ellipse"))).faults) == 1
    assert one(item(declared("A"), body.format("circle"))).settings["picture"] == "a.png"
