"""QTI 1.2 as ILIAS, OLAT and Blackboard write it, and QTI 2 that only says what answers earn."""
from io import BytesIO
from zipfile import ZipFile

import pytest

from quizzes.questions.interchange import qti
from quizzes.questions.interchange.formats import read, recognised
from tests.quizzes.interchange.test_qti import declared, item, one

WORDS = '<mat_extension><mat_formattedtext type="HTML">{}</mat_formattedtext></mat_extension>'


def old(*parts, earned=(), called=""):
    """A file with one item of QTI 1.2; ``earned`` are (what is asked for, its points)."""
    conditions = "".join(
        f"<respcondition><conditionvar>{asked}</conditionvar><setvar>{points}</setvar>"
        "</respcondition>" for asked, points in earned)
    return (f"<questestinterop><item><itemmetadata><bbmd_questiontype>{called}"
            f"</bbmd_questiontype></itemmetadata><presentation><flow>{''.join(parts)}</flow>"
            f"</presentation><resprocessing>{conditions}</resprocessing></item>"
            "</questestinterop>").encode()


def said(words, blackboard=False):
    """A material."""
    return f"<material>{WORDS.format(words) if blackboard else f'<mattext>{words}</mattext>'}" \
        "</material>"


def answers(name, *options, cardinality="Single", kind="response_lid", blackboard=False):
    """A response with options that are called by their place."""
    labels = "".join(f'<flow_label><response_label ident="{place}"><flow_mat>'
                     f"{said(words, blackboard)}</flow_mat></response_label></flow_label>"
                     for place, words in enumerate(options))
    return (f'<{kind} ident="{name}" rcardinality="{cardinality}"><render_choice>{labels}'
            f"</render_choice></{kind}>")


def typed(name, kind="response_str", fibtype="String"):
    """A response to type."""
    return f'<{kind} ident="{name}"><render_fib fibtype="{fibtype}"/></{kind}>'


def equal(name, text, more=""):
    """What asks for one value of a response."""
    return f'<varequal respident="{name}"{more}>{text}</varequal>'


def gaps(draft):
    """The gaps by what they are and accept."""
    return [(found["kind"], found["right"]) for found in draft.settings["gaps"]]


def test_points_for_leaving_an_option_out_take_none_from_the_right_ones():
    reading = qti.read(old(said("Chọn?"), answers("R", "a", "b", "c", cardinality="Multiple"),
                           earned=[(equal("R", 0), 1), (f"<not>{equal('R', 0)}</not>", 0),
                                   (equal("R", 1), 0), (f"<not>{equal('R', 1)}</not>", 1),
                                   (equal("R", 2), 1)]))

    assert [draft.right for draft in reading.drafts] == [["A", "C"]]
    assert len(reading.notes) == 1


def test_of_one_choice_several_options_may_be_right():
    draft = one(old(said("Chọn?"), answers("R", "a", "b", "c"),
                    earned=[(f"<or>{equal('R', 1)}{equal('R', 2)}</or>", 1)]))

    assert (draft.right, [option.get("share") for option in draft.options]) == (
        ["B"], [None, None, "100"])


@pytest.mark.parametrize("earned", [
    [(equal("R", 1) + equal("R", 0) + equal("R", 2), 1)],
    [(equal("R", 2, ' index="3"'), 1), (equal("R", 1, ' index="1"'), 1),
     (equal("R", 0, ' index="2"'), 1)]])
def test_an_order_is_told_at_once_or_by_places(earned):
    draft = one(old(said("Xếp."), answers("R", "hai", "một", "ba", cardinality="Ordered"),
                    earned=earned))
    words = {option["key"]: option["vi"] for option in draft.options}

    assert (draft.kind, [words[key] for key in draft.right]) == ("ordering", ["một", "hai", "ba"])


def test_an_order_that_leaves_a_line_out_is_a_fault():
    reading = qti.read(old(said("Xếp."), answers("R", "hai", "một", cardinality="Ordered"),
                           earned=[(equal("R", 1), 1)]))

    assert (reading.drafts, len(reading.faults)) == ((), 1)


def test_pairs_out_of_one_list():
    draft = one(old(said("Ghép."), answers("R", "mèo", "gâu", "chó", "meo", kind="response_grp"),
                    earned=[('<varsubset respident="R">0,3</varsubset>', 1),
                            ('<varsubset respident="R">2,1</varsubset>', 1)]))

    assert ([option["vi"] for option in draft.options], [match["vi"] for match in draft.matches],
            draft.right) == (["mèo", "chó"], ["gâu", "meo"], ["1=b", "2=a"])


def test_gaps_stand_where_the_responses_do():
    draft = one(old(
        said("Thủ đô là "), typed("A"), said(", cố đô là "),
        answers("B", "Huế", "Vinh", kind="response_str"), said(" và có "),
        typed("C", "response_num", "Decimal"), said(" tỉnh."),
        earned=[(f"<or>{equal('A', 'Hà Nội')}{equal('A', 'Ha Noi')}</or>", 1),
                (equal("B", "Huế"), 1), (equal("C", "34"), 1),
                (f"<not>{equal('A', 'Vinh')}</not>", 1)]))

    assert (draft.stem_vi, gaps(draft)) == (
        "Thủ đô là [[1]], cố đô là [[2]] và có [[3]] tỉnh.",
        [("text", ["Hà Nội", "Ha Noi"]), ("choice", ["A"]), ("number", ["34"])])


def test_gaps_stand_where_the_words_name_the_responses():
    draft = one(old(said("Thủ đô là [x], số là [y].", blackboard=True),
                    '<flow class="RESPONSE_BLOCK">', typed("x"),
                    typed("y", "response_num"), "</flow>",
                    earned=[(equal("x", "Hà Nội"), 1), (
                        '<vargte respident="y">4</vargte><varlte respident="y">6</varlte>', 1)]))

    assert (draft.stem_vi, gaps(draft)) == (
        "Thủ đô là [[1]], số là [[2]].", [("text", ["Hà Nội"]), ("number", ["5"])])


def test_one_gap_among_the_words_stays_where_it_is_and_a_text_to_write_is_none():
    gap = one(old(said("Thủ đô là "), typed("A"), said(" từ 1976."), earned=[
        (equal("A", "Hà Nội"), 1)]))
    essay = one(old(said("Viết:"), typed("A"), said("(một trang)")))

    assert ((gap.kind, gap.stem_vi), essay.kind) == (
        ("gaps", "Thủ đô là [[1]] từ 1976."), "essay")


def test_a_gap_without_an_answer_is_a_fault():
    reading = qti.read(old(said("Một"), typed("A"), said("hai"), typed("B"),
                           earned=[(equal("A", "x"), 1)]))

    assert (reading.drafts, len(reading.faults)) == ((), 1)


def test_a_choice_of_blackboard():
    draft = one(old(said("Thủ &lt;b&gt;đô&lt;/b&gt;?", True), '<flow class="RESPONSE_BLOCK">',
                    answers("response", "Huế", "Hà Nội", blackboard=True), "</flow>",
                    earned=[(equal("response", 1), "SCORE.max")]))

    assert (draft.stem_vi, draft.right) == ("Thủ <strong>đô</strong>?", ["B"])


def test_what_is_called_a_choice_of_several_is_one():
    draft = one(old(said("Chọn hai."), answers("R", "a", "b", "c"), called="Multiple Answer",
                    earned=[(f"<and>{equal('R', 0)}<not>{equal('R', 1)}</not>{equal('R', 2)}</and>",
                             "SCORE.max")]))

    assert (draft.kind, draft.right) == ("multiple", ["A", "C"])


def test_pairs_of_blackboard_are_listed_beside_each_other():
    def left(words, name):
        return (f'<flow class="Block"><flow class="TEXT">{said(words, True)}</flow>'
                f'<response_lid ident="{name}"><render_choice><response_label ident="{name}1"/>'
                f'<response_label ident="{name}2"/></render_choice></response_lid></flow>')
    draft = one(old(
        said("Ghép.", True), f'<flow class="RESPONSE_BLOCK">{left("mèo", "L")}{left("chó", "M")}'
        f'</flow><flow class="RIGHT_MATCH_BLOCK"><flow>{said("gâu", True)}</flow><flow>'
        f'{said("meo", True)}</flow></flow>',
        earned=[(equal("L", "L2"), 1), (equal("M", "M1"), 1)]))

    assert (draft.stem_vi, [option["vi"] for option in draft.options], draft.right) == (
        "Ghép.", ["mèo", "chó"], ["1=b", "2=a"])


def test_pairs_of_blackboard_may_only_be_said_to_be_right():
    content = old(said("Ghép."), '<flow class="RESPONSE_BLOCK">', *(
        f'<flow><response_lid ident="{name}"><render_choice><response_label ident="{name}1"/>'
        f'<response_label ident="{name}2"/></render_choice></response_lid><flow>{said(words)}'
        "</flow></flow>" for name, words in (("L", "mèo"), ("M", "chó"))), "</flow>",
        f'<flow class="RIGHT_MATCH_BLOCK"><flow>{said("gâu")}</flow><flow>{said("meo")}</flow>'
        "</flow>", earned=[(equal("L", " L2 "), 7), (equal("M", " M1 "), 7)])

    draft = one(content.replace(b"<setvar>7</setvar>", b'<displayfeedback linkrefid="correct"/>'))

    assert (draft.kind, draft.right) == ("matching", ["1=b", "2=a"])


def test_words_may_stand_among_the_answers_and_a_number_without_one_is_a_fault():
    body = (f'<response_num ident="A"><render_fib fibtype="Integer">{said("13 x 13?")}'
            "</render_fib></response_num>")

    assert one(old(body, earned=[(equal("A", "169"), 1)])).stem_vi == "13 x 13?"
    assert len(qti.read(old(body)).faults) == 1


def test_a_condition_may_name_the_box_inside_the_response():
    box = '<response_str ident="A"><render_fib><response_label ident="{}"/></render_fib>' \
        "</response_str>"

    short = one(old(said("Thủ đô?"), box.format("A1"), earned=[(equal("A1", "Hà Nội"), 1)]))
    gap = one(old(said("Thủ đô là "), box.format("A1"), said("."), earned=[
        (equal("A1", "Hà Nội"), 1)]))

    assert (short.kind, short.right, gaps(gap)) == (
        "short", ["Hà Nội"], [("text", ["Hà Nội"])])


@pytest.mark.parametrize("called", ["Calculated", "Hot Spot", "Multi-Short Answer"])
def test_kinds_that_only_a_name_tells_are_told(called):
    reading = qti.read(old(said("Tính."), typed("A"), called=called))

    assert ([draft.kind for draft in reading.drafts], len(reading.faults)) == ([], 1)


@pytest.mark.parametrize("names", [
    ("imsmanifest.xml", "res00001.dat", "res00002.dat"), ("1__0__qpl_7/1__0__qti_7.xml",)])
def test_a_package_of_blackboard_and_one_of_ilias(names):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<manifest/>" if name.startswith("ims") else
                             "not read" if "2.dat" in name else
                             old(said("Đúng không?"), answers("R", "True", "False"),
                                 earned=[(equal("R", 0), 1)]))

    key, reading = read(buffer.getvalue())

    assert (key, [draft.kind for draft in reading.drafts], reading.faults) == (
        "qti", ["truefalse"], ())


def test_an_archive_of_an_office_is_no_package():
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")

    assert recognised(buffer.getvalue()) is None


def mapped(*keys, cardinality, base="identifier", name="RESPONSE"):
    """A response that only says what each answer is worth."""
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{points}"/>' for key, points in keys)
    return declared(cardinality=cardinality, base=base, name=name,
                    mapping=f"<mapping>{entries}</mapping>").replace(
                        "<correctResponse></correctResponse>", "")


def test_what_is_worth_something_is_right_where_nothing_else_is_said():
    order = one(item(mapped(("b", 1), ("a", 1), cardinality="ordered"),
                     '<p>Xếp.</p><orderInteraction responseIdentifier="RESPONSE">'
                     '<simpleChoice identifier="a">hai</simpleChoice>'
                     '<simpleChoice identifier="b">một</simpleChoice></orderInteraction>'))
    lists = one(item(mapped(("x", 1), ("y", "0.5"), ("z", 0), cardinality="single"),
                     '<p>Cố đô: <inlineChoiceInteraction responseIdentifier="RESPONSE">'
                     '<inlineChoice identifier="y">Vinh</inlineChoice>'
                     '<inlineChoice identifier="x">Huế</inlineChoice>'
                     '<inlineChoice identifier="z">Lào</inlineChoice></inlineChoiceInteraction>'
                     " xưa.</p>"))

    assert (order.right, gaps(lists)) == (["B", "A"], [("choice", ["B"])])
