"""Questions of other systems that want labels on the places of a picture."""
import re
from base64 import b64encode
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from courses.catalogue.pictures import numbered, size_of
from quizzes.questions.interchange import moodle_xml, qti
from quizzes.questions.interchange.bank import as_version
from quizzes.questions.kinds import KINDS, right_answer
from tests.quizzes.interchange.test_moodle_xml import one as one_of_moodle
from tests.quizzes.interchange.test_moodle_xml import question, quiz
from tests.quizzes.interchange.test_qti import declared, item, one, package
from tests.quizzes.interchange.test_qti_rarer import BY, MAP, mapping


def picture(size=(200, 100)):
    """A blue picture."""
    buffer = BytesIO()
    Image.new("RGB", size, "blue").save(buffer, "PNG")
    return buffer.getvalue()


def file(content=None, name="ban do.png"):
    """A file of Moodle's XML."""
    encoded = b64encode(picture() if content is None else content).decode()
    return f'<file name="{name}" encoding="base64">{encoded}</file>'


def drag(number, words, group=1, more=""):
    """A label."""
    return (f"<drag><no>{number}</no><text>{words}</text><draggroup>{group}</draggroup>{more}"
            "</drag>")


def drop(choice, x=0, y=0, shape="", coords=""):
    """A place for a label."""
    where = f"<shape>{shape}</shape><coords>{coords}</coords>" if shape else (
        f"<xleft>{x}</xleft><ytop>{y}</ytop>")
    return f"<drop><no>1</no><choice>{choice}</choice>{where}</drop>"


def share(draft, *answer):
    """What an answer earns."""
    return KINDS[draft.kind].mark(as_version(draft), list(answer))


LABELS = drag(1, "Bảo Lạc") + drag(2, "Trùng Khánh") + drag(3, "sông", 2) + drag(4, "núi", 2)


def test_labels_on_a_picture_become_gaps_beside_their_numbers_group_by_group():
    draft = one_of_moodle(question("ddimageortext", file(), LABELS, drop(2, 20, 30),
                                   drop(1, 120, 30), drop(3, 60, 80)))
    gaps = draft.settings["gaps"]

    assert (draft.kind, list(draft.files)) == ("gaps", ["ban-do.png"])
    assert draft.stem_vi.count("[[") == 3 and 'src="ban-do.png"' in draft.stem_vi
    assert [[option["vi"] for option in gap["options"]] for gap in gaps] == [
        ["Bảo Lạc", "Trùng Khánh"], ["Bảo Lạc", "Trùng Khánh"], ["sông", "núi"]]
    assert share(draft, *right_answer(draft.kind, as_version(draft))) == 1
    assert [round(share(draft, pair), 3) for pair in ("1=B", "2=A", "3=A", "3=B")] == [
        Decimal("0.333")] * 3 + [0]


def test_the_numbers_stand_where_the_places_are():
    shown = Image.open(BytesIO(numbered(picture((400, 200)), [(50, 50), (10, 90)], (100, 100))))

    assert [{colour for _count, colour in shown.crop((x, y, x + 30, y + 20)).getcolors()} > {
        (0, 0, 255), (255, 255, 255)} for x, y in ((185, 90), (25, 170), (100, 90))] == [
            True, True, False]
    assert size_of(picture((30, 20))) == (30, 20)


@pytest.mark.parametrize("shape, coords, inside, outside", [
    ("circle", "100,50;20", "50,50", "10,10"), ("rectangle", "20,10;40,40", "15,30", "60,60"),
    ("polygon", "0,0;100,0;0,100", "10,10", "90,90")])
def test_one_marker_for_one_place_is_pointed_at(shape, coords, inside, outside):
    draft = one_of_moodle(question("ddmarker", file(), drag(1, "Thác"), drop(
        1, shape=shape, coords=coords)))

    assert draft.kind == "hotspot"
    assert (share(draft, inside), share(draft, outside)) == (1, 0)


def test_several_markers_are_gaps_and_their_places_are_told():
    reading = moodle_xml.read(quiz(question(
        "ddmarker", file(), drag(1, "Thác"), drag(2, "Hang"), drag(3, "Hồ"),
        drop(1, shape="circle", coords="100,50;20"), drop(2, shape="polygon",
                                                          coords="0,0;10,0;0,10"))))

    assert ([draft.kind for draft in reading.drafts], len(reading.notes)) == (["gaps"], 1)


@pytest.mark.parametrize("parts", [
    (LABELS, drop(1)), (file(), LABELS), (file(), drag(1, ""), drop(1)),
    (file(), LABELS, drop(9)), (file(b"no picture"), LABELS, drop(1)),
    (file(), drag(1, "a") + drag(2, "b"), drop(1, shape="circle", coords="x,5;1")),
    (file(), LABELS, drop(1) * 300)])
def test_a_picture_whose_labels_are_not_clear_is_a_fault(parts):
    kind = "ddmarker" if "shape" in "".join(parts) else "ddimageortext"
    reading = moodle_xml.read(quiz(question(kind, *parts)))

    assert (len(reading.drafts), len(reading.faults)) == (0, 1)


SPOTS = ('<{0} identifier="s1" shape="circle" coords="50,50,10" matchMax="1"/>'
         '<{0} identifier="s2" shape="rect" coords="100,10,160,60" matchMax="1"/>')
IMAGES = ('<gapImg identifier="a" matchMax="1"><object data="a.png" type="image/png">Bảo Lạc'
          '</object></gapImg><gapText identifier="b" matchMax="1">Hạ Lang</gapText>')
NAME = re.compile(' identifier="[a-z0-9]+"')


def drawn(kind, inside, responses, after=""):
    """A package with an item that asks something on the picture."""
    return package(q__xml=item(
        responses, f'<p>Xếp.</p><{kind}Interaction responseIdentifier="RESPONSE">{MAP}{inside}'
        f"</{kind}Interaction>", after), map__png=picture(), a__png=picture())


def test_labels_for_the_places_of_a_picture_count_as_they_are_mapped():
    draft = one(drawn("graphicGapMatch", IMAGES + SPOTS.format("associableHotspot"), declared(
        "a s2", "b s1", cardinality="multiple", base="directedPair", mapping=mapping(
            ("a s2", 3), ("b s1", 1)))))

    assert (draft.kind, draft.stem_vi.count("[["), "map.png" in draft.files) == ("gaps", 2, True)
    assert (share(draft, "1=B", "2=A"), share(draft, "2=A")) == (1, Decimal("0.75"))
    assert draft.files["map.png"] != picture()


def test_the_order_of_places_is_an_ordering_of_their_numbers():
    draft = one(drawn("graphicOrder", SPOTS.format("hotspotChoice"), declared(
        "s2", "s1", cardinality="ordered")))

    assert [[option["vi"] for option in draft.options if option["key"] == key]
            for key in draft.right] == [["Chỗ 2"], ["Chỗ 1"]]


@pytest.mark.parametrize("kind, inside, right", [
    ("graphicGapMatch", IMAGES + SPOTS.format("associableHotspot"), ("a s1", "b s1")),
    ("graphicGapMatch", IMAGES + SPOTS.format("associableHotspot"), ("a s1",)),
    ("graphicOrder", SPOTS.format("hotspotChoice"), ("s1",)),
    ("graphicOrder", SPOTS.format("hotspotChoice"), ("s1", "s2", "s1")),
    # Some programs leave the names out.
    ("graphicGapMatch", NAME.sub("", IMAGES + SPOTS.format("associableHotspot")), ("a s1",)),
    ("gapMatch", "<gapText>w</gapText><p><gap/></p>", ("a s1",)),
    ("graphicOrder", SPOTS.format("hotspotChoice").replace(' identifier="s2"', ""), ("s1", "s2"))])
def test_places_that_are_not_all_told_are_a_fault(kind, inside, right):
    reading = qti.read(drawn(kind, inside, declared(
        *right, cardinality="multiple", base="directedPair")))

    assert (len(reading.drafts), len(reading.faults)) == (0, 1)


def test_a_picture_that_is_not_in_the_package_is_a_fault():
    content = item(declared("s2", "s1", cardinality="ordered"),
                   f'<p>Xếp.</p><graphicOrderInteraction responseIdentifier="RESPONSE">{MAP}'
                   f'{SPOTS.format("hotspotChoice")}</graphicOrderInteraction>')

    assert len(qti.read(content).faults) == 1


def test_no_file_makes_the_server_draw_without_end():
    asked = question("ddimageortext", file(picture((20, 20))), LABELS, drop(1, "9" * 25, 5))
    reading = moodle_xml.read(quiz(*[asked] * 102))

    assert (len(reading.drafts), len(reading.faults)) == (100, 2)


def blanks(after):
    """Two gaps, of which the second is worth three points."""
    entry = '<textEntryInteraction responseIdentifier="{}"/>'
    return item("".join(declared(word, base="string", name=name, mapping=mapping((word, points)))
                        for name, word, points in (("A", "x", 1), ("B", "y", 3))),
                f"<p>Một {entry.format('A')} hai {entry.format('B')}.</p>", after)


def test_gaps_of_several_points_keep_them():
    draft = one(blanks(f'<responseProcessing template="{BY.format("map_response")}"/>'))

    assert (share(draft, "1=x"), share(draft, "2=y")) == (
        Decimal("0.25"), Decimal("0.75"))


def test_gaps_that_count_only_together_elsewhere_are_told():
    both = "".join(f'<match><variable identifier="{name}"/><correct identifier="{name}"/></match>'
                   for name in "AB")
    reading = qti.read(blanks(
        f"<responseProcessing><responseCondition><responseIf><and>{both}</and><setOutcomeValue "
        'identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
        "</responseIf></responseCondition></responseProcessing>"))

    assert (len(reading.drafts), len(reading.notes)) == (1, 1)
