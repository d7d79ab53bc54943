"""The rarer interactions of QTI: taken where a kind of ours holds them with equal marks."""
from decimal import Decimal

import pytest

from quizzes.questions.interchange import qti
from quizzes.questions.interchange.bank import as_version
from quizzes.questions.kinds import KINDS, right_answer
from tests.quizzes.interchange.test_qti import declared, item, one

BY = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}"
MAP = '<object data="map.png" type="image/png" width="200" height="100">Bản đồ tỉnh</object>'


def counted(template):
    """How an answer counts, by one of the standard's templates."""
    return f'<responseProcessing template="{BY.format(template)}"/>'


def own_condition(name="RESPONSE"):
    """How an answer counts as a whole, as TAO writes it where several responses are asked for."""
    return ('<responseProcessing><responseCondition><responseIf><match>'
            f'<variable identifier="{name}"/><correct identifier="{name}"/></match>'
            '<setOutcomeValue identifier="SCORE"><sum>'
            '<variable identifier="SCORE"/><baseValue baseType="integer">1</baseValue></sum>'
            "</setOutcomeValue></responseIf></responseCondition></responseProcessing>")


def mapping(*pairs):
    """What each answer is worth."""
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{points}"/>'
                      for key, points in pairs)
    return f'<mapping defaultValue="0">{entries}</mapping>'


def marks(draft, *answers):
    """What each of the ``answers`` earns."""
    return [KINDS[draft.kind].mark(as_version(draft), list(answer)) for answer in answers]


HOT = ('<hottextInteraction responseIdentifier="RESPONSE" maxChoices="{most}"><prompt>Chọn từ sai.'
       '</prompt><p>Hôm nay <hottext identifier="a">tôi</hottext> đi <hottext identifier="b">ra'
       '</hottext> chợ, <hottext identifier="c">{third}</hottext> về.</p></hottextInteraction>')


def test_words_to_be_marked_are_chosen_from_and_stay_in_their_text():
    draft = one(item(declared("b"), HOT.format(most=1, third="rồi"), counted("match_correct")))

    assert (draft.kind, [option["vi"] for option in draft.options], draft.right) == (
        "single", ["tôi", "ra", "rồi"], ["B"])
    assert draft.stem_vi == (
        "<p>Chọn từ sai.</p><p>Hôm nay <strong>tôi</strong> đi <strong>ra</strong> chợ, "
        "<strong>rồi</strong> về.</p>").replace("<p>Chọn từ sai.</p>", "Chọn từ sai.")


def test_of_words_that_are_alike_each_has_its_number_and_several_may_count():
    draft = one(item(declared("a", "c", cardinality="multiple", mapping=mapping(
        ("a", 1), ("c", 1), ("b", -1))), HOT.format(most=0, third="tôi"),
        counted("map_response")))

    assert [option["vi"] for option in draft.options] == ["(1) tôi", "(2) ra", "(3) tôi"]
    assert "chợ, <strong>(3) tôi</strong> về." in draft.stem_vi
    assert marks(draft, "AC", "A", "AB", "") == [1, Decimal("0.5"), 0, 0]


def associated(*pairs):
    """An item whose pairs come out of one list."""
    choices = "".join(f'<simpleAssociableChoice identifier="{key}" matchMax="2">{words}'
                      "</simpleAssociableChoice>" for key, words in (
                          ("A", "Tày"), ("B", "Lào"), ("C", "Viêng Chăn"), ("D", "Nùng"),
                          ("E", "dân tộc")))
    return item(declared(*pairs, cardinality="multiple", base="pair", mapping=mapping(
        *((pair, 1) for pair in pairs))), '<associateInteraction responseIdentifier="RESPONSE" '
        f'maxAssociations="3"><prompt>Ghép.</prompt>{choices}</associateInteraction>',
        counted("map_response"))


def test_pairs_out_of_one_list_stand_in_two_columns():
    draft = one(associated("A E", "C B", "E D"))

    assert [option["vi"] for option in draft.options] == ["Tày", "Viêng Chăn", "Nùng"]
    assert [match["vi"] for match in draft.matches] == ["Lào", "dân tộc"]
    assert marks(draft, right_answer("matching", as_version(draft))) == [1]
    assert len(qti.read(associated("A E", "C B", "E D")).notes) == 1


def test_pairs_that_go_round_are_a_fault():
    reading = qti.read(associated("A B", "B C", "C A"))

    assert (reading.drafts, len(reading.faults)) == ((), 1)


def point(*entries, most=1):
    """An item that wants a point: entries are (shape, numbers, points)."""
    areas = "".join(f'<areaMapEntry shape="{shape}" coords="{coords}" mappedValue="{points}"/>'
                    for shape, coords, points in entries)
    return item(declared("50 40", base="point", mapping=(
        f'<areaMapping defaultValue="0">{areas}</areaMapping>')),
        f'<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="{most}"><prompt>Chỉ '
        f"vào thác.</prompt>{MAP}</selectPointInteraction>", counted("map_response_point"))


def test_a_point_on_a_picture_counts_in_its_area_and_nowhere_else():
    draft = one(point(("circle", "50,40,10", 1)))

    assert (draft.kind, draft.settings["picture"], draft.settings["alt_vi"]) == (
        "hotspot", "map.png", "Bản đồ tỉnh")
    assert [(area["vi"], area["shape"], area["points"]) for area in draft.settings["areas"]] == [
        ("Chỗ 1", "circle", ["25", "40", "5"]),
        ("Chỗ khác trên hình", "rect", ["0", "0", "100", "100"])]
    assert marks(draft, ["25,40"], ["29,40"], ["60,40"], ["A"], ["B"]) == [1, 1, 0, 1, 0]
    assert KINDS["hotspot"].lacks(draft) == []


def test_points_that_count_in_part_or_several_places_are_a_fault():
    for content in (point(("rect", "0,0,10,10", 1), ("rect", "20,20,30,30", "0.5")),
                    point(("rect", "0,0,10,10", 1), ("rect", "20,20,30,30", 1), most=2), point(),
                    point(("ellipse", "10,10,4,8", 1)), point(("default", "", 1))):
        reading = qti.read(content)
        assert (reading.drafts, len(reading.faults)) == ((), 1)


def test_several_places_to_be_pointed_at_are_a_fault_and_one_of_several_is_none():
    body = ('<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="{}"><prompt>Chỉ.'
            f'</prompt>{MAP}<hotspotChoice identifier="x" shape="rect" coords="0,0,20,20"/>'
            '<hotspotChoice identifier="y" shape="ellipse" coords="100,50,10,10"/>'
            '<hotspotChoice identifier="z" shape="poly" coords="150,0,200,0,200,50"/>'
            "</hotspotInteraction>")
    both = declared("x", "z", cardinality="multiple")

    assert len(qti.read(item(both, body.format(2))).faults) == 1
    assert marks(one(item(both, body.format(1))), ["A"], ["B"], ["C"]) == [1, 0, 1]


@pytest.mark.parametrize("base, after, tolerance", [
    ("integer", counted("match_correct"), "0"),
    ("float", '<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" '
     'tolerance="5 5"><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>'
     "</responseIf></responseCondition></responseProcessing>", "5")])
def test_a_slider_is_a_number_between_its_bounds(base, after, tolerance):
    draft = one(item(declared("34", base=base), '<sliderInteraction responseIdentifier="RESPONSE" '
                     'lowerBound="0" upperBound="100" step="1"><prompt>Có mấy tỉnh?</prompt>'
                     "</sliderInteraction>", after))

    assert (draft.kind, draft.stem_vi, draft.right, draft.settings.get("tolerance", "0")) == (
        "number", "Có mấy tỉnh? (0 – 100)", ["34"], tolerance)


def test_a_slider_without_an_answer_is_a_fault():
    body = '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="9"/>'

    assert len(qti.read(item(declared(base="integer"), f"<p>Mấy?</p>{body}")).faults) == 1


def test_words_to_fill_in_without_a_gap_are_a_fault():
    body = '<gapMatchInteraction responseIdentifier="RESPONSE"><p>Không có chỗ trống.</p>' \
        "</gapMatchInteraction>"

    assert len(qti.read(item(declared("A B"), body)).faults) == 1


@pytest.mark.parametrize("kind", ["graphicAssociate", "positionObject", "media", "custom",
                                  "drawing"])
def test_what_no_kind_of_ours_holds_is_named(kind):
    [fault] = qti.read(item(declared("a b"), f'<p>Kéo</p><{kind}Interaction '
                            f'responseIdentifier="RESPONSE">{MAP}</{kind}Interaction>')).faults

    assert f"“{kind}Interaction”" in str(fault.why)


@pytest.mark.parametrize("after", [counted("match_correct"), own_condition()])
def test_a_choice_of_several_that_counts_as_a_whole_does_so_here(after):
    body = ('<p>Chọn hai.</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="0">'
            + "".join(f'<simpleChoice identifier="{key}">{key}</simpleChoice>' for key in "xyz")
            + "</choiceInteraction>")
    draft = one(item(declared("x", "y", cardinality="multiple", mapping=mapping(
        ("x", 1), ("y", 1))), body, after))

    assert marks(draft, "AB", "A", "ABC") == [1, 0, 0]


@pytest.mark.parametrize("after, notes", [
    (counted("match_correct"), 1), (counted("map_response"), 0)])
def test_pairs_that_count_only_together_elsewhere_are_told(after, notes):
    choice = '<simpleAssociableChoice identifier="{0}" matchMax="1">{0}</simpleAssociableChoice>'
    body = "".join(f"<simpleMatchSet>{''.join(map(choice.format, side))}</simpleMatchSet>"
                   for side in (("meo", "cho"), ("sua", "keu")))
    reading = qti.read(item(declared("meo keu", "cho sua", cardinality="multiple",
                                     base="directedPair"), "<p>Ghép.</p><matchInteraction "
                            f'responseIdentifier="RESPONSE">{body}</matchInteraction>', after))

    assert ([draft.kind for draft in reading.drafts], len(reading.notes)) == (["matching"], notes)


def test_gaps_that_tao_fills_from_one_list_and_from_lists_of_their_own():
    shared = one(item(
        declared("W1 g1", "W2 g2", cardinality="multiple", base="directedPair"),
        '<gapMatchInteraction responseIdentifier="RESPONSE"><prompt>Điền.</prompt>'
        '<gapText identifier="W1" matchMax="1">Huế</gapText><gapText identifier="W2" matchMax="1">'
        'Hà Nội</gapText><p>Cố đô <gap identifier="g1"/>, thủ đô <gap identifier="g2"/>.</p>'
        "</gapMatchInteraction>"))
    apart = one(item(declared("c2", mapping=mapping(("c2", 1), ("c1", 0))),
                     '<p>Thủ đô <inlineChoiceInteraction responseIdentifier="RESPONSE" shuffle='
                     '"false"><inlineChoice identifier="c1">Huế</inlineChoice><inlineChoice '
                     'identifier="c2">Hà Nội</inlineChoice></inlineChoiceInteraction>.</p>',
                     counted("map_response")))

    assert marks(shared, ["1=A", "2=B"], ["1=A", "2=A"]) == [1, Decimal("0.5")]
    assert (apart.stem_vi, marks(apart, ["1=B"], ["1=A"])) == ("Thủ đô [[1]].", [1, 0])


def test_a_text_to_write_keeps_what_is_said_to_its_writer_and_tells_of_notes_for_markers():
    notes = "".join(f'<rubricBlock view="{view}"><p>{words}</p></rubricBlock>' for view, words in (
        ("candidate", "Đọc kỹ."), ("scorer", "Hai ý, mỗi ý một điểm.")))
    reading = qti.read(item(declared(base="string"), f"{notes}<extendedTextInteraction "
                            'responseIdentifier="RESPONSE" expectedLines="5"><prompt>Trình bày.'
                            "</prompt></extendedTextInteraction>"))

    assert [(draft.kind, " ".join(draft.stem_vi.split())) for draft in reading.drafts] == [
        ("essay", "Đọc kỹ. Trình bày.")]
    assert len(reading.notes) == 1
