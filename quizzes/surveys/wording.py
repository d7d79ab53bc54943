"""What a survey asks, as an author types it, and what comes back from its form.  Pure.

An item is ``{"key": "1", "kind": "part|scale|choice|text", "vi": …, "en": …, "options": […]}``;
an answer is a dictionary from an item's key to a level 1–5, an option's key or a text.
"""
from lms.kernel.text import clean

PART, SCALE, CHOICE, TEXT = KINDS = ("part", "scale", "choice", "text")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEVELS = ("5", "4", "3", "2", "1")
#: Characters of a free text, and items of a survey.
LONGEST, MOST = 2000, 60

#: The evaluation of a class: content, trainers, organisation, premises, as public service asks.
EVALUATION = """\
# Nội dung | Content
Nội dung phù hợp với công việc của tôi | The content fits my work
Tài liệu đầy đủ, dễ hiểu | The materials are complete and easy to follow
# Giảng viên | Trainers
Giảng viên nắm vững chuyên môn | The trainers know their subject
Giảng viên trình bày dễ hiểu và giải đáp thỏa đáng | The trainers explain well and answer questions
# Công tác tổ chức | Organisation
Thông báo kịp thời, lịch học hợp lý | Notice came in time and the schedule was reasonable
Ban tổ chức hỗ trợ học viên tốt | The organisers helped the participants well
# Cơ sở vật chất | Premises
Phòng học, thiết bị đáp ứng yêu cầu | Room and equipment were adequate
# Nhận xét chung | Overall
Anh/chị muốn học tiếp bằng cách nào? | How would you like to learn next? = Tại lớp | In class; \
Trực tuyến | Online; Kết hợp | Both
+ Điều gì hữu ích nhất? | What was most useful?
+ Điều gì nên thay đổi? | What should change?"""


def _both(text):
    vietnamese, _bar, english = text.partition("|")
    return {"vi": clean(vietnamese), "en": clean(english)}


def read_lines(text):
    """The items that the lines of an author give: ``#`` begins a part, ``+`` asks for a free
    text, ``question = option; option`` for a choice, any other line for a level from 1 to 5.
    """
    items = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), 1):
        line, kind, options = line.strip(), SCALE, []
        if line[0] in "#+":
            kind, line = (PART if line[0] == "#" else TEXT), line[1:]
        elif "=" in line:
            line, _sign, offered = line.partition("=")
            kind, options = CHOICE, [
                {"key": LETTERS[place], **_both(one)} for place, one in enumerate(
                    [one for one in offered.split(";") if one.strip()][:len(LETTERS)])]
        items.append({"key": str(number), "kind": kind, **_both(line), "options": options})
    return items


def lines_of(items):
    """The lines an author would type for ``items``: the inverse of reading them."""
    return "\n".join(_line(item) for item in items)


def _line(item):
    sign = {PART: "# ", TEXT: "+ "}.get(item["kind"], "")
    options = "; ".join(_words(option) for option in item["options"])
    return f"{sign}{_words(item)}{' = ' if options else ''}{options}"


def _words(thing):
    return f"{thing['vi']} | {thing['en']}" if thing["en"] else thing["vi"]


def faulty(items):
    """The first item that cannot be asked, or None: no words, or a choice of fewer than two."""
    return next((item for item in items if not item["vi"] or (
        item["kind"] == CHOICE and (len(item["options"]) < 2
                                    or not all(one["vi"] for one in item["options"])))), None)


def read_answer(items, form):
    """What ``form`` answers to ``items``; what is no answer to its item is left out."""
    found = {}
    for item in items:
        text = form.get(f"q-{item['key']}", "")
        allowed = {SCALE: LEVELS, CHOICE: [one["key"] for one in item["options"]]}
        if item["kind"] == TEXT:
            text = "\n".join(clean(line) for line in text.splitlines()).strip()[:LONGEST]
        elif text not in allowed.get(item["kind"], ()):
            text = ""
        if text:
            found[item["key"]] = text
    return found


def tally(items, answers):
    """The items with what was answered: (item, counts, mean, texts).

    ``counts`` are pairs of a level or an option's key and how often it was given, ``mean`` is
    the mean level or None, ``texts`` are in the order of the alphabet, which tells nothing.
    """
    found = []
    for item in items:
        given = [answer[item["key"]] for answer in answers if item["key"] in answer]
        choices = {SCALE: LEVELS, CHOICE: [one["key"] for one in item["options"]]}
        counts = [(key, given.count(key)) for key in choices.get(item["kind"], ())]
        levels = [int(level) for level in given] if item["kind"] == SCALE else []
        found.append((item, counts, sum(levels) / len(levels) if levels else None,
                      sorted(given) if item["kind"] == TEXT else []))
    return found
