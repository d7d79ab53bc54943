"""Questions of every kind, as a file may tell them."""
import json
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import TRUE_FALSE, Draft, gap, letters, normal

DEMO = Path(__file__).resolve().parents[3] / "demo" / "questions.json"

#: Letters, and every sign that means something in one of the formats.
WORD = st.text(st.sampled_from("abcđêơưẤ19 ~=#{}:\\%[]<>&\"'*/|$.;\n-"), min_size=1,
               max_size=14).map(texts.tidy).filter(
    lambda text: text and not texts.is_markup(text))
RICH = st.sampled_from((
    "<p>Xem <strong>Điều 5</strong> &amp; <em>khoản 2</em></p>", "H<sub>2</sub>O",
    "<ul><li>một</li><li>hai = ba</li></ul>",
    '<p>Một</p><p><a href="https://example.org/?a=1&amp;b=2">Luật</a></p>')).map(texts.from_html)
TEXT = st.one_of(WORD, WORD, RICH)
MAYBE = st.one_of(st.just(""), TEXT)
LINE = WORD.map(lambda text: " ".join(text.split()))
NAME = st.from_regex(r"[A-Z][a-z0-9]{0,6}", fullmatch=True)
SHARE = st.sampled_from(("100", "50", "33.33333", "25", "0", "-50", "-100", "62.5"))
NUMBER = st.decimals(-1000, 1000, places=2).map(lambda number: f"{number.normalize():f}")
ABOUT = {
    "stem_vi": TEXT, "stem_en": MAYBE, "explanation_vi": MAYBE, "basis": st.one_of(
        st.just(""), LINE), "valid_until": st.one_of(st.none(), st.dates(date(2000, 1, 1))),
    "category": st.one_of(st.just(""), st.lists(NAME, min_size=1, max_size=3).map("/".join)),
    "tags": st.lists(NAME, max_size=2, unique=True).map(tuple),
    "difficulty": st.sampled_from((1, 2, 3)), "key": st.one_of(
        st.just(""), NAME)}


def about(draw, explained=True):
    """What every question has: its words, its source, its place."""
    told = {name: draw(strategy) for name, strategy in ABOUT.items()}
    if not explained:
        return told | {"explanation_vi": ""}
    return told | {"explanation_en": draw(MAYBE) if told["explanation_vi"] else ""}


def worded(draw, names, text=TEXT, feedback=False):
    """Options with different words."""
    count = draw(st.integers(2, 5))
    words = draw(st.lists(text, min_size=count, max_size=count, unique=True))
    return [{"key": key, "vi": vi, "en": draw(MAYBE),
             **({"feedback_vi": draw(MAYBE)} if feedback else {})}
            for key, vi in zip(names, words, strict=False)]


def places(options):
    """What is said of the places of ``options`` when they are shuffled."""
    keys = [option["key"] for option in options]
    return st.dictionaries(st.sampled_from(keys), st.booleans(), max_size=2)


@st.composite
def singles(draw):
    """One right option; others may count in part."""
    options = worded(draw, letters(), feedback=True)
    partial = draw(st.booleans())
    if partial:
        options = [option | {"share": draw(SHARE.filter(lambda share: share != "100"))}
                   for option in options]
    right = draw(st.sampled_from(options))["key"]
    options = [{name: value for name, value in option.items()
                if name != "share" or option["key"] != right} for option in options]
    partly = any(option.get("share", "0") != "0" for option in options)
    return Draft("single", options=options, right=[right], settings={
        "partial": partly, "last": draw(places(options))}, **about(draw))


@st.composite
def multiples(draw):
    """Several right options: all of them, or each its share."""
    options = worded(draw, letters(), feedback=True)
    right = draw(st.lists(st.sampled_from([option["key"] for option in options]), min_size=1,
                          unique=True).map(sorted))
    partial = draw(st.sampled_from(("", "equal", "half")))
    if partial == "half":
        options = [option | {"share": "0"} for option in options]
        right = [options[0]["key"], options[1]["key"]]
        options[0]["share"], options[1]["share"] = draw(st.sampled_from((
            ("75", "25"), ("66.66667", "33.33333"), ("50", "50"))))
    return Draft("multiple", options=options, right=right, settings={
        "partial": bool(partial), "last": draw(places(options))}, **about(draw))


@st.composite
def true_falses(draw):
    """True or false, with what is said to each."""
    options = [option | {"feedback_vi": draw(MAYBE)} for option in TRUE_FALSE]
    return Draft("truefalse", options=options, right=[draw(st.sampled_from("TF"))], **about(draw))


@st.composite
def shorts(draw):
    """Accepted texts, some of which count in part."""
    right = draw(st.lists(LINE, min_size=1, max_size=3, unique=True))
    shares = {right[-1]: "50"} if len(right) > 1 and draw(st.booleans()) else {}
    return Draft("short", right=right, settings={"case": draw(st.booleans()), "shares": shares},
                 **about(draw))


@st.composite
def numbers(draw):
    """A number or two, how far off they may be, and their unit."""
    right = draw(st.lists(NUMBER, min_size=1, max_size=2, unique=True))
    return Draft("number", right=right, settings={
        "shares": {right[1]: "50"} if len(right) > 1 and draw(st.booleans()) else {},
        "tolerance": draw(NUMBER.filter(lambda text: text[0] != "-")),
        "unit": draw(st.sampled_from(("", "km", "m²")))}, **about(draw))


@st.composite
def matchings(draw):
    """Pairs, and matches that belong to nothing."""
    options = worded(draw, map(str, range(1, 9)))
    matches = worded(draw, "abcdefgh")
    right = [f"{option['key']}={draw(st.sampled_from(matches))['key']}" for option in options]
    return Draft("matching", options=options, matches=matches, right=right, **about(draw))


@st.composite
def judgements(draw):
    """Statements, each true or false, and how they count."""
    options = worded(draw, letters())
    return Draft("statements", options=options, matches=list(TRUE_FALSE), right=[
        f"{option['key']}={draw(st.sampled_from('TF'))}" for option in options],
        settings={"scale": draw(st.sampled_from(("official", "each", "whole")))}, **about(draw))


@st.composite
def orderings(draw):
    """Steps in their right order."""
    options = worded(draw, letters(), LINE)
    return Draft("ordering", options=options,
                 right=draw(st.permutations([option["key"] for option in options])),
                 **about(draw))


@st.composite
def gapped(draw):
    """Words with a gap of each kind."""
    choices = worded(draw, letters(), LINE)
    gaps = [gap(1, "text", draw(st.lists(LINE, min_size=1, max_size=2, unique=True)),
                case=draw(st.booleans()), diacritics=draw(st.booleans())),
            gap(2, "number", draw(st.lists(NUMBER, min_size=1, max_size=2, unique=True)),
                tolerance="0.5", points=draw(st.sampled_from((2, "0.5")))),
            gap(3, "choice", [draw(st.sampled_from(choices))["key"]], options=choices)]
    return Draft("gaps", settings={"gaps": gaps}, **about(draw) | {
        "stem_vi": "{} [[{}]] và [[{}]]\nhoặc [[{}]].".format(draw(LINE), *draw(
            st.permutations("123"))),
        "stem_en": draw(st.sampled_from(("", "Fill [[1]], [[2]], [[3]].")))})


@st.composite
def uploads(draw):
    """A file to hand in."""
    return Draft("upload", settings={"file": True, "types": ["pdf", ".docx"], "markers": 2},
                 **about(draw))


@st.composite
def essays(draw):
    """A text to be marked by hand."""
    return Draft("essay", settings={"most_words": draw(st.sampled_from((None, 200)))},
                 **about(draw))


@st.composite
def descriptions(draw):
    """Words that ask nothing."""
    return Draft("description", **about(draw, explained=False))


STRATEGIES = {"single": singles(), "multiple": multiples(), "truefalse": true_falses(),
              "statements": judgements(),
              "short": shorts(), "number": numbers(), "matching": matchings(),
              "ordering": orderings(), "essay": essays(), "gaps": gapped(),
              "upload": uploads(), "description": descriptions()}


def drafts(*kinds):
    """A list of questions of some kinds, in their one form."""
    return st.lists(st.one_of(*(STRATEGIES[kind] for kind in kinds)).map(normal), min_size=1,
                    max_size=4)


def sixty():
    """The sixty checked questions of the demonstration, as drafts."""
    found = []
    for item in json.loads(DEMO.read_text(encoding="utf-8")):
        kind = {"multi": "multiple"}.get(item["type"], item["type"])
        options, matches, correct = item["options"], [], item["correct"]
        if kind == "matching":
            options, matches = options["left"], options["right"]
            correct = [f"{left}={right}" for left, right in correct.items()]
        found.append(normal(Draft(
            kind, item["stem_vi"], item["stem_en"], options, matches,
            correct if isinstance(correct, list) else [correct], key=item["id"],
            explanation_vi=item["explanation_vi"], basis=item["source"], tags=(item["course"],))))
    return found
