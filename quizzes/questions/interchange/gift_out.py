"""Questions written as GIFT."""
import json
import re

from lms.kernel.i18n import _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import (
    MIDDLE,
    Fault,
    Writing,
    as_pairs,
    in_order,
    missed,
    others_miss,
    pairs_of,
    shares,
)
from quizzes.questions.interchange.gift import SIGNS

SIGN = re.compile(f"[{re.escape(SIGNS)}]")
#: Words that would mean something at the beginning of a line.
AMBIGUOUS = re.compile(r"//|\$CATEGORY|\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)
HELD = ("single", "multiple", "truefalse", "short", "number", "matching", "ordering", "essay",
        "description")
#: The settings that the answers themselves tell.
TOLD = {"single": ("partial",), "short": ("shares",), "number": ("tolerance", "shares")}


def write(drafts):
    """The drafts as a GIFT file; what it cannot hold is told at the key of its question."""
    blocks, lost, category = [], [], ""
    for draft in map(as_pairs, drafts):
        at = draft.key or draft.at
        if draft.kind not in HELD or draft.files:
            lost.append(Fault(at, _l("GIFT cannot hold this question; it is left out. Choose "
                                     "Moodle XML.")))
            continue
        if draft.category != category:
            category = draft.category
            blocks.append(f"$CATEGORY: $course$/top/{category}")
        said = _kept_apart(draft)
        if names := missed(said):
            lost.append(Fault(at, others_miss(names)))
        if draft.kind == "description" and draft.explanation_vi:
            lost.append(Fault(at, _l("GIFT has no place for the explanation of a text between "
                                     "questions; it is left out.")))
        blocks.append(_question(draft, said))
    return Writing(("\n\n".join(blocks) + "\n").encode(), tuple(lost))


def _kept_apart(draft):
    """The settings that GIFT has no sign for."""
    settings = {name: value for name, value in draft.settings.items()
                if name not in TOLD.get(draft.kind, ())}
    if draft.kind == "multiple":
        settings.pop("partial", None)
        if not draft.settings.get("partial"):
            settings["partial"] = False
    return settings


def _question(draft, settings):
    notes = {"id": [draft.key], "tag": draft.tags, "basis": [draft.basis],
             "difficulty": [draft.difficulty] if draft.difficulty != MIDDLE else [],
             "valid-until": [draft.valid_until.isoformat()] if draft.valid_until else [],
             "settings": [json.dumps(settings, ensure_ascii=False)] if settings else []}
    told = [f"[{name}:{_hidden(value)}]" for name, values in notes.items()
            for value in values if value]
    as_html = any(map(_needs_html, _texts(draft)))
    say = _in_html if as_html else _in_words
    title = f"::{_escaped(draft.key)}::" if draft.key else ""
    stem = say(draft.stem_vi, draft.stem_en)
    question = f"{title}[html]{stem.removeprefix('[html]')}" if as_html else f"{title}{stem}"
    if draft.kind != "description":
        question += " " + _body(draft, say)
    return "\n".join([f"// {' '.join(told)}", question] if told else [question])


def _body(draft, say):
    general = say(draft.explanation_vi, draft.explanation_en)
    answers = WRITERS[draft.kind](draft, say) + ([f"####{general}"] if general else [])
    if draft.kind in ("truefalse", "number", "essay"):
        return "{" + "".join(answers) + "}"
    return "{\n" + "\n".join(answers) + "\n}"


def _hidden(text):
    """A value inside the brackets of a comment: on one line."""
    return re.sub(r"([\\\]])", r"\\\1", " ".join(str(text).split("\n")))


def _escaped(text):
    return SIGN.sub(lambda sign: "\\" + sign[0], text).replace("\n", "\\n")


def _texts(draft):
    """Every text of a question as (Vietnamese, English)."""
    for told in (draft, *draft.options, *draft.matches):
        fields = told if isinstance(told, dict) else vars(told)
        for field in ("stem_", "explanation_", "", "feedback_"):
            yield fields.get(f"{field}vi", ""), fields.get(f"{field}en", "")
    yield from ((text, "") for text in draft.right if draft.kind == "short")


def _needs_html(text):
    """Whether a text says more than plain words can: tags, two languages, an arrow."""
    vietnamese, english = text
    return bool(english) or "->" in vietnamese or texts.is_html(vietnamese)


def _in_html(vietnamese, english=""):
    """A text of a question that is HTML throughout: its answers are what its words are."""
    markup = _escaped(texts.as_one(vietnamese, english))
    return ("[html]" if AMBIGUOUS.match(markup) else "") + markup


def _in_words(vietnamese, _english=""):
    return ("[plain]" if AMBIGUOUS.match(vietnamese) else "") + _escaped(vietnamese)


def _feedback(option, say):
    return say(option.get("feedback_vi", ""), option.get("feedback_en", ""))


def _option(option, say):
    said = _feedback(option, say)
    return say(option["vi"], option["en"]) + (f"#{said}" if said else "")


def _choice(draft, say):
    counted, lines = shares(draft), []
    for option in draft.options:
        share = counted[option["key"]]
        right = draft.kind == "single" and option["key"] in draft.right
        lines.append(_weighed("=" if right else "~", _option(option, say), share,
                              "100" if right else "0"))
    return lines


def _weighed(sign, text, share, usual):
    """An answer behind its ``sign``, with its share where that is not the ``usual`` one; words
    that begin with % would be taken for one.
    """
    return f"{sign}%{share}%{text}" if share != usual or text.startswith("%") else sign + text


def _true_false(draft, say):
    right = draft.right[0]
    said = {option["key"]: _feedback(option, say) for option in draft.options}
    wrong = said["F" if right == "T" else "T"]
    behind = [f"#{wrong}", f"#{said[right]}"] if said[right] else [f"#{wrong}"] if wrong else []
    return [right, *behind]


def _short(draft, say):
    given = draft.settings.get("shares", {})
    # A bare star would stand for any words in Moodle.
    return [_weighed("=", say(text.replace("*", "\\*")), given.get(text, "100"), "100")
            for text in draft.right]


def _number(draft, _say):
    tolerance, given = draft.settings.get("tolerance", "0"), draft.settings.get("shares", {})
    if len(draft.right) == 1:
        return [f"#{draft.right[0]}:{tolerance}"]
    return ["#", *((f"=%{given[text]}%" if text in given else "=") + f"{text}:{tolerance}"
                   for text in draft.right)]


def _matching(draft, say):
    pairs, others = pairs_of(draft)
    return ([f"={say(left['vi'], left['en'])} -> {say(right['vi'], right['en'])}"
             for left, right in pairs]
            + [f"= -> {say(match['vi'], match['en'])}" for match in others])


def _ordering(draft, say):
    return [f">{len(draft.options)} ALL VERTICAL ABSOLUTE_POSITION 0 NONE",
            *(say(option["vi"], option["en"]) for option in in_order(draft))]


WRITERS = {"single": _choice, "multiple": _choice, "truefalse": _true_false, "short": _short,
           "number": _number, "matching": _matching, "ordering": _ordering,
           "essay": lambda _draft, _say: []}
