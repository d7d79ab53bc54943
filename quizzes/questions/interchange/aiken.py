"""Aiken: one right answer, a line an option, and the letter of the right one below."""
import re

from lms.kernel.i18n import _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.choices import single_choice
from quizzes.questions.interchange.draft import (
    LETTERS,
    Draft,
    Fault,
    Reading,
    Unreadable,
    normal,
    on_line,
)

OPTION = re.compile(r"\s*\(?([A-Za-z])[.)](\s*)(?=\S)(.*)")
#: The letter, and behind a sign perhaps the words of the option once more.
ANSWER = re.compile(r"\s*(?:ANSWER|ĐÁP ÁN)\s*:\s*\(?([A-Za-z])\s*(?:[.)].*)?$", re.IGNORECASE)
#: A line that means to name the answer and does not.
NEARLY = re.compile(r"\s*(?:ANSWER|ĐÁP ÁN)\b", re.IGNORECASE)


def read(content):
    """The questions of an Aiken file."""
    try:
        lines = texts.text_of(content).split("\n")
    except Unreadable as fault:
        line = fault.line or 1
        return Reading(faults=(Fault(on_line(line), fault.why, line),))
    drafts, faults = [], []
    for start, block in _blocks(lines):
        try:
            drafts.append(normal(_draft(start, block)))
        except Unreadable as fault:
            line = fault.line or start
            faults.append(Fault(on_line(line), fault.why, line))
    return Reading(tuple(drafts), tuple(faults))


def _blocks(lines):
    """The lines of each question with their numbers: each ends with its answer."""
    block = []
    for number, line in enumerate(lines, 1):
        # Words behind the options begin another question, whose answer was forgotten.
        if block and _is_stem(line) and any(OPTION.match(text) for _n, text in block) and (
                not block[-1][1].strip()):
            yield _begun(block)
            block = []
        if line.strip() or block:
            block.append((number, line))
        if NEARLY.match(line):
            yield _begun(block)
            block = []
    if any(text.strip() for _number, text in block):
        yield _begun(block)


def _is_stem(line):
    return bool(line.strip()) and not OPTION.match(line) and not NEARLY.match(line)


def _begun(block):
    kept = [(number, line) for number, line in block if line.strip()]
    return kept[0][0], kept


def _draft(start, block):
    told = {"stem": [], "options": [], "letters": [], "answer": None}
    for number, line in block:
        _take(told, line, number)
    if not told["stem"]:
        raise Unreadable(_l("The question has no words before its answers. Write them."), start)
    if not told["options"]:
        raise Unreadable(_l("The question has no options. Write them as A) and B), a line each."),
                         start)
    if told["answer"] not in told["letters"]:
        raise Unreadable(_l("No line names the right answer. Write ANSWER: and the letter of an "
                            "option under the options."), block[-1][0])
    told["options"][told["letters"].index(told["answer"])]["share"] = "100"
    options = [option | {"vi": texts.as_words(option["vi"])} for option in told["options"]]
    return Draft(stem_vi=texts.as_words("\n".join(told["stem"])), at=on_line(start), line=start,
                 **single_choice(options))


def _take(told, line, number):
    """Add one line of a question to what is known of it."""
    option, answer = _option_in(line, told), ANSWER.match(line)
    if answer:
        told["answer"] = answer[1].upper()
    elif NEARLY.match(line):
        raise Unreadable(_l("The answer is not one letter. Write it as ANSWER: B."), number)
    elif option:
        if option[1].upper() in told["letters"]:
            raise Unreadable(_l("Two options have the letter %(letter)s. Give each its own.",
                                letter=option[1].upper()), number)
        told["letters"].append(option[1].upper())
        told["options"].append({"vi": texts.tidy(option[3]), "en": "", "share": "0"})
    elif told["options"]:
        told["options"][-1]["vi"] += f" {texts.tidy(line)}"
    else:
        told["stem"].append(texts.tidy(line))


def _option_in(line, told):
    """The option that a line begins, or None; without a blank only the letter that comes next
    begins one.
    """
    option = OPTION.match(line)
    expected = LETTERS[len(told["options"]) % len(LETTERS)]
    if option and (option[2] or (told["stem"] and option[1].upper() == expected)):
        return option
    return None
