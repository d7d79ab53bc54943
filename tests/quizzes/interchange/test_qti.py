"""QTI in and out: items, packages, and the older version that cartridges hold."""
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings

from quizzes.questions.interchange import qti, qti2_out
from quizzes.questions.interchange.draft import Draft
from quizzes.questions.interchange.formats import recognised
from quizzes.questions.kinds.upload import TYPES
from tests.quizzes.interchange.drafts import drafts, sixty

V21 = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
PIXEL = b"\x89PNG\r\n\x1a\n pixel"


def item(declared, body, after="", space=V21):
    """An assessmentItem."""
    return (f'<assessmentItem {space} identifier="I1" title="t">{declared}<itemBody>{body}'
            f"</itemBody>{after}</assessmentItem>").encode()


def declared(*right, cardinality="single", base="identifier", mapping="", name="RESPONSE"):
    """A response with its right answer."""
    values = "".join(f"<value>{value}</value>" for value in right)
    return (f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" '
            f'baseType="{base}"><correctResponse>{values}</correctResponse>{mapping}'
            "</responseDeclaration>")


def package(**files):
    """A package of files, by names whose dots are written __."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
        for name, content in files.items():
            archive.writestr(name.replace("__", ".").replace("_in_", "/"), content)
    return buffer.getvalue()


def one(content):
    """The only question of a file."""
    reading = qti.read(content)
    assert [str(fault.why) for fault in reading.faults] == []
    [draft] = reading.drafts
    return draft


CHOICE = ('<p>Thủ đô?</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="{most}">'
          '<prompt>Chọn.</prompt><simpleChoice identifier="x">Huế</simpleChoice>'
          '<simpleChoice identifier="y">Hà Nội</simpleChoice>'
          '<simpleChoice identifier="z">Vinh</simpleChoice></choiceInteraction>')


@settings(max_examples=8, deadline=None)
@given(drafts("single", "multiple", "truefalse", "statements", "short", "number", "matching",
              "ordering", "gaps", "essay", "upload", "description"))
def test_what_is_written_is_read_again_the_same(written):
    reading = qti.read(qti2_out.write(written).content)

    assert (reading.faults, reading.notes) == ((), ())
    assert list(reading.drafts) == written


def test_the_sixty_questions_come_back_the_same():
    writing = qti2_out.write(sixty())
    reading = qti.read(writing.content)

    assert (writing.lost, list(reading.drafts), reading.faults) == ((), sixty(), ())
    assert (recognised(writing.content), qti2_out.write(sixty()).content) == (
        "qti", writing.content)


@pytest.mark.parametrize("space", [V21, 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2"', ""])
def test_a_choice_of_one(space):
    draft = one(item(declared("y"), CHOICE.format(most=1), space=space))

    assert (draft.kind, draft.stem_vi, [option["vi"] for option in draft.options],
            draft.right) == ("single", "Thủ đô?\nChọn.", ["Huế", "Hà Nội", "Vinh"], ["B"])


def test_a_choice_of_several_with_points():
    mapping = ('<mapping defaultValue="0"><mapEntry mapKey="x" mappedValue="2"/>'
               '<mapEntry mapKey="y" mappedValue="2"/><mapEntry mapKey="z" mappedValue="-1"/>'
               "</mapping>")

    draft = one(item(declared("x", "y", cardinality="multiple", mapping=mapping),
                     CHOICE.format(most=0)))

    assert (draft.kind, draft.right, [option.get("share") for option in draft.options]) == (
        "multiple", ["A", "B"], ["50", "50", "-25"])


def test_gaps_a_short_answer_and_a_number():
    entry = '<textEntryInteraction responseIdentifier="{}"/>'
    gaps = one(item(declared("Hà Nội", base="string", name="A") + declared("b", name="B"),
                    f"<p>Thủ đô là {entry.format('A')}, sông là "
                    '<inlineChoiceInteraction responseIdentifier="B"><inlineChoice '
                    'identifier="a">Mã</inlineChoice><inlineChoice identifier="b">Hồng'
                    "</inlineChoice></inlineChoiceInteraction>.</p>"))
    short = one(item(declared("126", base="string"), f"<p>Số luật: {entry.format('RESPONSE')}</p>"))
    number = one(item(declared("3.5", base="float"), f"<p>Bao xa? {entry.format('RESPONSE')}</p>"))

    assert (gaps.stem_vi, [gap["right"] for gap in gaps.settings["gaps"]]) == (
        "Thủ đô là [[1]], sông là [[2]].", [["Hà Nội"], ["B"]])
    assert [(d.kind, d.stem_vi, d.right) for d in (short, number)] == [
        ("short", "Số luật:", ["126"]), ("number", "Bao xa?", ["3.5"])]


def test_a_place_on_a_picture_in_a_package():
    body = ('<p>Chỉ vào tỉnh.</p><hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1">'
            '<object data="../media/map.png" type="image/png" width="200" height="100">Bản đồ'
            '</object><hotspotChoice identifier="h1" shape="rect" coords="20,10,60,50"/>'
            '<hotspotChoice identifier="h2" shape="circle" coords="100,50,20"/>'
            "</hotspotInteraction>")
    draft = one(package(items_in_a__xml=item(declared("h2"), body), media_in_map__png=PIXEL))

    assert (draft.kind, draft.right, draft.files) == ("hotspot", ["B"], {"map.png": PIXEL})
    assert [(area["shape"], area["points"]) for area in draft.settings["areas"]] == [
        ("rect", ["10", "10", "30", "50"]), ("circle", ["50", "50", "10"])]


def test_an_unknown_interaction_is_told_and_the_others_are_read():
    reading = qti.read(package(
        a__xml=item("", "<p>Vẽ</p><drawingInteraction responseIdentifier='R'/>"),
        b__xml=item(declared("y"), CHOICE.format(most=1)), c__xml=b"<assessmentTest/>"))

    assert (len(reading.drafts), [str(fault.at) for fault in reading.faults]) == (
        1, ["a.xml: I1"])


def test_pictures_among_the_words_and_the_options():
    body = CHOICE.format(most=1).replace("Huế", '<object data="a.png" type="image/png">Cờ</object>')
    draft = one(package(q__xml=item(declared("y"), body), a__png=PIXEL))

    assert draft.options[0]["vi"] == '<img src="a.png" alt="Cờ">'


@pytest.mark.parametrize("content", [
    item("", CHOICE.format(most=1) + CHOICE.format(most=1)),
    b"<html/>", b"<assessmentItem>", b"PK\x03\x04 broken", package(**{"../x.xml": "<a/>"}),
    item("", CHOICE.format(most=1)), item("", ""), b"<assessmentItem/>",
    b'<!DOCTYPE a [<!ENTITY b "c">]><assessmentItem/>'])
def test_a_mistake_is_told(content):
    assert len(qti.read(content).faults) == 1


OLD = """<questestinterop><assessment><section><item ident="i1" title="t"><itemmetadata>
<qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry>
</qtimetadatafield></qtimetadata></itemmetadata><presentation><material>
<mattext texttype="text/html">&lt;p&gt;Thủ đô?&lt;/p&gt;</mattext></material>{body}</presentation>
<resprocessing>{processing}</resprocessing>
<itemfeedback ident="general_fb"><flow_mat><material><mattext>Xem luật.</mattext></material>
</flow_mat></itemfeedback></item></section></assessment></questestinterop>"""


def label(ident, words):
    """An option."""
    return (f'<response_label ident="{ident}"><material><mattext>{words}</mattext></material>'
            "</response_label>")


def lid(*labels, ident="r", cardinality="Single", words=""):
    """A response to choose."""
    material = f"<material><mattext>{words}</mattext></material>" if words else ""
    return (f'<response_lid ident="{ident}" rcardinality="{cardinality}">{material}'
            f"<render_choice>{''.join(labels)}</render_choice></response_lid>")


def earns(condition, points="100"):
    """A condition that earns points."""
    return (f"<respcondition><conditionvar>{condition}</conditionvar>"
            f'<setvar action="Set" varname="SCORE">{points}</setvar></respcondition>')


def equal(value, ident="r"):
    """Something answered."""
    return f'<varequal respident="{ident}">{value}</varequal>'


ABC = (label("x", "Huế"), label("y", "Hà Nội"), label("z", "Vinh"))
STRING = '<response_str ident="r"><render_fib/></response_str>'


@pytest.mark.parametrize("kind, body, processing, made", [
    ("multiple_choice_question", lid(*ABC), earns(equal("y")), ("single", ["B"], {})),
    ("multiple_answers_question", lid(*ABC, cardinality="Multiple"),
     earns(f"<and>{equal('x')}{equal('y')}<not>{equal('z')}</not></and>"),
     ("multiple", ["A", "B"], {})),
    ("true_false_question", lid(label("1", "True"), label("2", "False")), earns(equal("2")),
     ("truefalse", ["F"], {})),
    ("short_answer_question", STRING, earns(equal("Hà Nội") + equal("Ha Noi")),
     ("short", ["Hà Nội", "Ha Noi"], {})),
    ("numerical_question", STRING, earns('<vargte respident="r">2</vargte>'
                                         '<varlte respident="r">4</varlte>'),
     ("number", ["3"], {"tolerance": "1"})),
    ("essay_question", STRING, "", ("essay", [], {})),
    ("file_upload_question", "", "", ("upload", [], {"file": True, "types": list(TYPES)})),
    ("text_only_question", "", "", ("description", [], {})),
    ("matching_question", lid(*ABC, ident="a", words="Thừa Thiên")
     + lid(*ABC, ident="b", words="Nghệ An"),
     earns(equal("x", "a"), "50") + earns(equal("z", "b"), "50"),
     ("matching", ["1=a", "2=c"], {})),
])
def test_an_item_of_the_older_version(kind, body, processing, made):
    draft = one(OLD.format(kind=kind, body=body, processing=processing).encode())

    assert (draft.kind, draft.right, draft.settings) == made
    assert (draft.stem_vi, draft.explanation_vi, draft.key) == ("Thủ đô?", "Xem luật.", "i1")


def test_an_older_item_of_an_unknown_kind_is_told():
    content = OLD.format(kind="calculated_question", body=STRING, processing="").encode()

    assert len(qti.read(content).faults) == 1


def test_what_qti_cannot_hold_is_listed():
    hotspot = Draft("hotspot", "Chỉ", key="H1")

    assert [fault.at for fault in qti2_out.write([hotspot]).lost] == ["H1"]
