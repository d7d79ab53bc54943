"""Questions that tests of quizzes ask, without a database."""
from types import SimpleNamespace

from werkzeug.datastructures import MultiDict


def question(keys="", right=(), matches="", **texts):
    """A version of a question: an option for each letter of ``keys``, in capitals its words."""
    return SimpleNamespace(
        options=[{"key": key, "vi": f"Ý {key}", "en": f"Idea {key}"} for key in keys],
        matches=[{"key": key, "vi": f"Vế {key}", "en": ""} for key in matches],
        right=list(right), **texts)


def shares(keys, right, *percent, **settings):
    """A question of options, each worth so much per cent."""
    made = question(keys, right, settings=settings)
    for option, share in zip(made.options, percent, strict=True):
        option["share"] = share
    return made


def typed(*right, **settings):
    """A question whose answer is typed."""
    return question(right=right, settings=settings)


def form(*pairs):
    """What a browser sends."""
    return MultiDict(pairs)


#: A number of each kind of gap: two points for the law, one each for the year and the choice.
GAPS = question(
    stem_vi="Luật số [[1]] có hiệu lực từ năm [[2]]. Nguồn tin [[3]] bảo vệ.", stem_en="",
    settings={"gaps": [
        {"key": "1", "kind": "text", "right": ["126/2025/QH15", "Luật Báo chí"], "points": 2},
        {"key": "2", "kind": "number", "right": ["2026"], "points": 1, "tolerance": "0"},
        {"key": "3", "kind": "choice", "right": ["B"], "points": "1", "options": [
            {"key": "A", "vi": "không được", "en": "is not"},
            {"key": "B", "vi": "được", "en": "is"}]}]})

#: A form of 200 by 100 with a place to sign, a stamp and a corner.
SPOT = question(right=["A"], stem_vi="Ký ở đâu?", stem_en="", settings={
    "picture": "ab" * 32, "alt_vi": "Mẫu giấy", "alt_en": "A form", "width": 200, "height": 100,
    "areas": [
        {"key": "A", "shape": "rect", "points": [10, "20.5", 30, 40], "vi": "Chỗ ký", "en": "Sign"},
        {"key": "B", "shape": "circle", "points": [70, 50, 10], "vi": "Chỗ đóng dấu", "en": ""},
        {"key": "C", "shape": "polygon", "points": [0, 60, 20, 60, 0, 100], "vi": "Góc", "en": ""},
    ]})


def judged(truths, scale="", words=""):
    """Statements a, b, c … of which ``truths``, T or F each, says what is right."""
    made = question("ABCDEFGH"[:len(truths)], settings={"scale": scale} if scale else {})
    made.right = [f"{option['key']}={truth}"
                  for option, truth in zip(made.options, truths, strict=True)]
    for option in made.options if words else ():
        option |= {"vi": words, "en": words}
    made.matches = [{"key": "T", "vi": "Đúng", "en": "True"},
                    {"key": "F", "vi": "Sai", "en": "False"}]
    return made
