"""Errands that several journeys run: a test taken with the right answers, a list sent in."""
import json
import re
from pathlib import Path

from demo.workbook import PLACE as LIST
from tests.journeys.visitor import arrives

QUESTIONS = json.loads((LIST.parent / "questions.json").read_text(encoding="utf-8"))


def right_answers(question):
    """The words of what is right in a question of choices."""
    return [option["vi"] for option in question["options"] if option["key"] in question["correct"]]


def answer_rightly(trainee):
    """Choose what is right on the open page of a question."""
    shown = trainee.page.locator("[data-slot]:not([hidden])")
    asked = shown.locator("legend").inner_text()
    question = next(one for one in QUESTIONS if asked.startswith(one["stem_vi"]))
    for words in right_answers(question):
        shown.get_by_label(words, exact=True).check()


def take_test(trainee, saved_at_once=True):
    """From the door of a test to its result, every answer right."""
    trainee.press("Bắt đầu làm bài")
    while "/review" not in trainee.path:
        answer_rightly(trainee)
        if saved_at_once:
            trainee.page.get_by_text(re.compile(r"^Đã lưu \d\d:\d\d:\d\d$")).wait_for()
        trainee.press("Lưu")
    trainee.press("Nộp bài")
    arrives(trainee.page, r"/attempts/\d+$")


def send_list(clerk):
    """Upload the office's list; the clerk stands before its preview."""
    clerk.open("/imports")
    clerk.page.set_input_files("input[type=file]", Path(LIST))
    clerk.press("Đọc danh sách")
    # The file goes first, in pieces, and the form after it.
    arrives(clerk.page, r"/imports/\d+$")
    assert "Danh sách có 26 dòng" in clerk.text


def figure(visitor):
    """How many have met the goal and how many must, as the first sentence of the page says."""
    sentence = visitor.page.locator("p.answer").first.inner_text()
    return tuple(int(number) for number in re.match(r"(\d+) trên (\d+) người", sentence).groups())
