"""Options that keep their place at the end: written, shown, versioned, and taken along in files."""
import re
from random import Random

import pytest

from lms.kernel.db import db

from quizzes.papers.order import option_order
from quizzes.questions.actions import reword_question, write_question
from quizzes.questions.interchange import gift, gift_out, moodle_xml, moodle_xml_out, qti, qti2_out
from quizzes.questions.interchange.actions import import_questions
from quizzes.questions.interchange.bank import draft_of
from quizzes.questions.interchange.draft import Reading
from quizzes.questions.models import Question
from tests.quizzes.questions import judged

FIELDS = {"kind": "single", "stem_vi": "Ai ký?", "right": "1", "difficulty": "2",
          "status": "in_use", "o-1-vi": "Giám đốc", "o-2-vi": "Người khác", "o-2-last": "last",
          "o-3-vi": "Tất cả các đáp án trên", "o-4-vi": "Không có đáp án nào đúng",
          "o-4-last": "free"}


@pytest.fixture
def question(world, browse):
    """A question whose author said where two of its options stand."""
    url = f"/quizzes/courses/{world.press_law.id}/questions/new"
    browse(world.minh).post(url, FIELDS)
    return db.session.query(Question).order_by(Question.id.desc()).first()


def test_an_author_says_it_and_else_the_words_do(question):
    options = question.versions[-1].options
    chance = Random(3)
    orders = [option_order("single", options, True, chance) for _n in range(40)]

    assert [option.get("last") for option in options] == [None, True, None, False]
    assert {tuple(order[2:]) for order in orders} == {("B", "C")}
    assert {tuple(order[:2]) for order in orders} == {("A", "D"), ("D", "A")}


@pytest.mark.parametrize("words, orders", [
    ("Ý b sai vì thiếu nguồn.", 1), ("Theo nhận định a) thì đúng.", 1), ("Ý bài này sai.", 24)])
def test_statements_stay_in_their_order_where_one_names_another(words, orders):
    version = judged("TFTF", words=words)
    chance = Random(3)

    assert len({tuple(option_order("statements", version.options, True, chance))
                for _n in range(600)}) == orders


def test_the_form_and_the_preview_show_it(question, world, browse):
    minh = browse(world.minh)
    form = minh.get(f"/quizzes/questions/{question.id}").response.get_data(as_text=True)
    seen = minh.get(f"/quizzes/questions/{question.id}/preview").text

    assert [re.search(rf'(?s)name="o-{n}-last">.*?value="(\w*)"\s+selected', form)[1]
            for n in range(1, 5)] == ["", "last", "", "free"]
    assert ("Luôn đứng cuối khi xáo trộn phương án: Người khác; Tất cả các đáp án trên"
            in seen) is True


def test_a_new_version_keeps_it(question, world):
    version = reword_question(question, {"stem_vi": "Ai là người ký?"}, by=world.minh)

    assert [option.get("last") for option in version.options] == [None, True, None, False]


@pytest.mark.parametrize("write, read, told", [
    (gift_out.write, gift.read, ["vị trí của phương án đứng cuối"]),
    (moodle_xml_out.write, moodle_xml.read, ["vị trí của phương án đứng cuối"]),
    (qti2_out.write, qti.read, [])])
def test_files_take_it_along_and_say_what_others_miss(write, read, told, question, world, app):
    draft = draft_of(question, question.versions[-1])
    with app.test_request_context(headers={"Accept-Language": "vi"}):
        writing = write([draft])
        lost = [str(fault.why) for fault in writing.lost]
    found = read(writing.content)
    (key,) = import_questions(world.press_law, Reading(found.drafts), by=world.minh)
    again = db.session.get(Question, key)

    assert found.drafts == (draft,)
    assert [option.get("last") for option in again.versions[-1].options] == [
        None, True, None, False]
    assert [any(word in why for why in lost) for word in told] == [True] * len(told)
    assert len(lost) == len(told)


def test_a_package_of_another_system_says_it_by_what_is_fixed():
    item = ('<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="I" '
            'title="t"><responseDeclaration identifier="R" cardinality="single" '
            'baseType="identifier"><correctResponse><value>a</value></correctResponse>'
            '</responseDeclaration><itemBody><p>Ai?</p><choiceInteraction responseIdentifier="R" '
            'maxChoices="1" shuffle="true">{}</choiceInteraction></itemBody></assessmentItem>')

    def last(*fixed):
        choices = "".join(
            f'<simpleChoice identifier="{key}" fixed="{str(one).lower()}">{key}</simpleChoice>'
            for key, one in zip("abc", fixed, strict=True))
        (draft,) = qti.read(item.format(choices).encode()).drafts
        return draft.settings.get("last", {})

    assert last(False, False, True) == {"C": True}
    assert last(True, False, False) == last(True, True, True) == {}


def test_the_preview_of_a_file_proposes_it_by_the_words(world, browse):
    url = f"/quizzes/courses/{world.press_law.id}/questions/import"
    page = browse(world.minh).post(url, {"key": "gift", "text": (
        "Ai ký?{=Giám đốc ~Người khác ~Tất cả các đáp án trên}\n\n"
        "Ai ghi?{=Thư ký ~Giám đốc ~Cả A và B đều đúng}")}, 200).text

    assert "Luôn đứng cuối khi xáo trộn phương án: Tất cả các đáp án trên" in page
    assert ("Không xáo trộn các phương án này: có phương án nhắc phương án khác bằng chữ cái."
            in page) is True


def test_kinds_without_lettered_options_say_nothing(world):
    made = write_question(world.press_law, "truefalse", {
        "stem_vi": "Đúng không?", "right": ["T"], "options": [
            {"key": "T", "vi": "Đúng", "en": ""}, {"key": "F", "vi": "Sai", "en": ""}]},
        by=world.minh)

    assert "last" not in draft_of(made, made.versions[-1]).settings
