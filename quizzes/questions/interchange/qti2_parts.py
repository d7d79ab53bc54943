"""The parts of a QTI item: texts in two languages, formulas, shapes, pairs."""
from collections import Counter
from copy import deepcopy

from lms.kernel.i18n import _l

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.choices import made_anew
from quizzes.questions.interchange.draft import TRUE_FALSE, Unreadable
from quizzes.questions.interchange.xml import children, descendants, inner, name_of

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
TRUE, FALSE = ("đúng", "true", "yes"), ("sai", "false", "no")


def both_of(element):
    """The Vietnamese and the English of an element whose parts may be marked by language."""
    found = {}
    for part in element.iter():
        language = (part.get(LANGUAGE) or "")[:2] if part is not element else ""
        if language in ("vi", "en"):
            found[language] = texts.from_html(inner(deepcopy(part)))
    if "vi" in found:
        return found["vi"], found.get("en", "")
    return texts.from_html(inner(deepcopy(element))), ""


def take_out(element, instead=""):
    """Take an element out and leave ``instead``; the words behind it stay."""
    parent, before = element.getparent(), element.getprevious()
    left = instead + (element.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + left
    else:
        parent.text = (parent.text or "") + left
    element.tail = None
    parent.remove(element)


def stands_behind(element, body):
    """Whether no words follow an element."""
    words = "".join(body.itertext())
    return not _behind(element, body).strip() and bool(words.strip())


def _behind(element, body):
    found = element.tail or ""
    while element is not body:
        for later in element.itersiblings():
            found += "".join(later.itertext()) + (later.tail or "")
        element = element.getparent()
        found += (element.tail or "") if element is not body else ""
    return found


def true_false(options):
    """The fields of true or false where the two options say just that."""
    words = [option["vi"].lower().strip(" .") for option in options]
    if len(words) != 2 or not (words[0] in TRUE and words[1] in FALSE or
                               words[0] in FALSE and words[1] in TRUE):
        return None
    by_key = {"T" if word in TRUE else "F": option
              for word, option in zip(words, options, strict=True)}
    return {"kind": "truefalse", "right": [key for key, option in by_key.items()
                                           if option["share"] == "100"][:1], "options": [
        base | {name: by_key[base["key"]][name] for name in ("feedback_vi", "feedback_en")}
        for base in TRUE_FALSE]}


def in_signs(math):
    """A formula of MathML as signs in one line: 1/2, x^2, √(x + 1)."""
    name, inside = name_of(math), [in_signs(part) for part in math if name_of(part)]
    whole = "".join(inside) or "".join((math.text or "").split())
    if name == "mfrac" and len(inside) == 2:
        return "/".join(part if part.isalnum() else f"({part})" for part in inside)
    if name in ("msup", "msub") and len(inside) == 2:
        return ("^" if name == "msup" else "_").join(inside)
    if name == "msqrt":
        return f"√({whole})"
    return "" if name in ("annotation", "annotation-xml") else whole


def in_pairs(pairs, lefts, rights):
    """The sides of a matching and its ``pairs`` so that each left one belongs to one right one:
    as they are, or turned round where several of the left belong to one of the right.
    """
    for turned in (False, True):
        sides = (rights, lefts) if turned else (lefts, rights)
        told = [pair[::-1] if turned else pair for pair in pairs]
        if len(dict(told)) == len(told) > 1 and all(
                left in sides[0] and right in sides[1] for left, right in told):
            return sides, dict(told)
    raise Unreadable(_l("The pairs are not clear: each line of the left belongs to one of "
                        "the right. Export the file again."))


def without_notes(body):
    """Take the notes out of ``body`` that are for others than who answers; whether it had any."""
    notes = [block for block in descendants(body, "rubricBlock")
             if "candidate" not in block.get("view", "candidate").split()]
    for block in notes:
        take_out(block)
    return bool(notes)


def insist_on_one_wording(item):
    """Raise Unreadable where ``item`` makes its words anew for each who answers."""
    if children(item, "templateDeclaration", "templateProcessing") or descendants(
            item, "printedVariable", "templateInline", "templateBlock"):
        raise made_anew()


def hot_words(element):
    """The words of a text that are to be marked, as options with their names; each is made to stand
    out where it stands, by a number too where words are alike.
    """
    found = descendants(element, "hottext")
    words = [both_of(one) for one in found]
    alike = len(set(words)) < len(words)
    options = []
    for number, (one, (vi, en)) in enumerate(zip(found, words, strict=True), 1):
        sign = f"({number}) " if alike else ""
        options.append({"vi": sign + vi, "en": sign + en if en else "", "feedback_vi": "",
                        "feedback_en": "", "id": one.get("identifier")})
        one.tag, one.text = "strong", sign + (one.text or "")
    return options


def in_columns(pairs, words):
    """Pairs out of one list in two columns: what belongs to several stands on the right."""
    counts = Counter(name for pair in pairs for name in pair)
    turned = [pair if counts[pair[0]] <= counts[pair[1]] else pair[::-1] for pair in pairs]
    first = {left for left, _right in turned}
    return turned, ({name: text for name, text in words.items() if name in first},
                    {name: text for name, text in words.items() if name not in first})
