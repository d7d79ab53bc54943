"""The parts of an item of QTI 1.2: its words, what its conditions ask for and what they earn."""
import html
from decimal import Decimal

from lms.kernel.i18n import _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import (
    Unreadable,
    gap,
    letters,
    number_of,
    plain,
    share_of,
)
from quizzes.questions.interchange.xml import children, descendants, name_of

#: What a material shows, and as what.
SHOWN = {"mattext": "", "matimage": '<img src="{}" alt="{}">',
         "mataudio": '<audio src="{}" controls></audio> {}'}
#: The points of an answer that earns all there is, as Blackboard writes it.
MOST = ".max"
#: The flows of Blackboard that hold answers rather than the words of the question.
OF_ANSWERS = ("RESPONSE_BLOCK", "RIGHT_MATCH_BLOCK")
RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
NUMBERS = ("Decimal", "Integer")


def blank(number, labels, wanted, chosen):
    """A gap; where it is typed everything in its list is right."""
    if not chosen:
        return gap(number, "text", list(dict.fromkeys(labels.values())))
    options = [{"key": key, "vi": text, "en": ""}
               for key, text in zip(letters(), labels.values(), strict=False)]
    keys = dict(zip(labels, (option["key"] for option in options), strict=False))
    return gap(number, "choice", [keys[label] for label in wanted], options=options)


def unknown(kind):
    """The fault of an item whose ``kind`` is none of ours."""
    return _l("A question of the kind “%(kind)s” is not known here. Write it anew as one of ours, "
              "or take it out of the file.", kind=kind)


def wanted_of(asked):
    """The options that a condition wants chosen, and whether it wants others not chosen."""
    wanted, refused = [], False
    for equal in descendants(asked, "varequal") if asked is not None else []:
        if any(name_of(parent) == "not" for parent in equal.iterancestors()):
            refused = True
        else:
            wanted.append((equal.text or "").strip())
    return wanted, refused


def share_in(key, earned, best, whole, several):
    """The share of an option: of all the right ones together, or by what it earns."""
    if whole is not None:
        return share_of(plain(Decimal(100) / len(whole))) if key in whole else "0"
    total = sum(points for points in earned.values() if points > 0) if several else best
    return share_of(plain(earned.get(key, Decimal(0)) * 100 / total)) if total > 0 else "0"


def points_of(text):
    """What a condition sets: points, or all there are; nothing for what is no number."""
    if text.strip().endswith(MOST):
        return Decimal(100)
    try:
        return Decimal(number_of(text))
    except Unreadable:
        return Decimal(0)


def texts_in(element, name):
    """The text of each child of ``element`` called ``name``, one after the other."""
    return ("".join(found.itertext()) for found in children(element, name))


def material(element):
    """The words that stand right under an element, plain or HTML."""
    found = [texts.from_html(markup) if as_html else texts.tidy(markup)
             for one in _own(element) for markup, as_html in _shown(one)]
    return "\n".join(text for text in found if text)


def _shown(one):
    """What a material shows, each with whether it is HTML."""
    for part in children(one, *SHOWN):
        markup = "".join(part.itertext())
        if name_of(part) != "mattext" and part.get("uri"):
            said = html.escape(part.get("label") or " ".join(markup.split()))
            markup = SHOWN[name_of(part)].format(html.escape(part.get("uri")), said)
        yield markup, part.get("texttype") == "text/html" or texts.is_html(markup)
    for part in descendants(one, "mat_formattedtext"):
        markup = "".join(part.itertext())
        yield markup, part.get("type") == "HTML" or texts.is_html(markup)


def _own(element):
    """The materials of an element that belong to none of its answers."""
    for child in element:
        if name_of(child) == "material":
            yield child
        elif name_of(child) in ("flow", "flow_mat", "flow_label") and (
                child.get("class") not in OF_ANSWERS):
            yield from _own(child)


def between(element):
    """What stands in ``element`` in its order: words as HTML, and responses as they are."""
    for child in element:
        if name_of(child) in RESPONSES:
            yield child
        elif name_of(child) == "material":
            yield "".join(markup if as_html else html.escape(markup, quote=False)
                          for markup, as_html in _shown(child))
        else:
            yield from between(child)


def is_number(response):
    """Whether a response takes a number."""
    render = next(iter(descendants(response, "render_fib")), None)
    return name_of(response) == "response_num" or (
        render is not None and render.get("fibtype", "String") in NUMBERS)
