"""Formulas of a Word document as signs in one line: (a + b)/2, x², √(x + 1)."""
from quizzes.questions.interchange.xml import children, name_of

#: Small signs as letters of their own.
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
#: What is said of a formula, and not shown: how its parts look.
PROPERTIES = "Pr"
#: What no signs in one line can tell: tables, lines below each other, signs above letters.
UNTOLD = ("m", "eqArr", "acc", "bar", "groupChr", "limUpp", "sPre", "borderBox", "phant")
#: So deep no formula of a person goes.
DEEPEST = 40


def in_signs(formula, depth=0):
    """A ``formula`` as signs in one line; None where one line cannot tell it."""
    name, parts = name_of(formula), []
    if name in UNTOLD or depth > DEEPEST:
        return None
    for part in formula:
        kind = name_of(part)
        if kind and not kind.endswith(PROPERTIES):
            told = part.text or "" if kind == "t" else in_signs(part, depth + 1)
            if told is None:
                return None
            parts.append((kind, told))
    if name not in FORMS:
        return "".join(text for _kind, text in parts)
    one = {}
    for kind, text in parts:
        one.setdefault(kind, []).append(text)
    return FORMS[name](formula, one)


def _fraction(_formula, parts):
    return "/".join(_whole(_of(parts, name)) for name in ("num", "den"))


def _root(_formula, parts):
    return f"{_of(parts, 'deg').translate(RAISED)}√{_whole(_of(parts, 'e'))}"


def _bracketed(formula, parts):
    opening, closing, between = (_sign(formula, name, usual) for name, usual in (
        ("begChr", "("), ("endChr", ")"), ("sepChr", "|")))
    return f"{opening}{between.join(parts.get('e', ()))}{closing}"


def _scripted(_formula, parts):
    return _whole(_of(parts, "e")) + _scripts(parts)


def _summed(formula, parts):
    return f"{_sign(formula, 'chr', '∫')}{_scripts(parts)} {_of(parts, 'e')}"


def _called(_formula, parts):
    return f"{_of(parts, 'fName')} {_of(parts, 'e')}"


def _limited(_formula, parts):
    return f"{_of(parts, 'e')}({_of(parts, 'lim')})"


def _scripts(parts):
    return _small(_of(parts, "sub"), LOWERED, "_") + _small(_of(parts, "sup"), RAISED, "^")


def _of(parts, name):
    return "".join(parts.get(name, ()))


def _whole(text):
    """``text`` as one thing: in brackets, unless it is one already."""
    return text if text.replace(",", "").replace(".", "").isalnum() or not text or (
        text[0] == "(" and text.find(")") == len(text) - 1) else f"({text})"


def _small(text, table, sign):
    """``text`` above or below the line."""
    if not text:
        return ""
    small = text.translate(table)
    return small if not set(small) & set(text) else sign + _whole(text)


def _sign(formula, name, usual):
    """The sign that the properties of ``formula`` name; one that is named empty is none."""
    for properties in formula:
        for found in children(properties, name) if name_of(properties).endswith(
                PROPERTIES) else ():
            return next((value for key, value in found.attrib.items() if key.endswith("}val")), "")
    return usual


#: How each kind of formula is told.
FORMS = {"f": _fraction, "rad": _root, "d": _bracketed, "sSup": _scripted, "sSub": _scripted,
         "sSubSup": _scripted, "nary": _summed, "func": _called, "limLow": _limited}
