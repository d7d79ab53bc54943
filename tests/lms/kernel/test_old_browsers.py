"""Old phones and the computers of offices have browsers of 2020 (Chrome 80) that get no newer ones.

A style sheet or a script that says one word they do not know is lost to them, in part or whole.
"""
import re

import pytest

from lms.kernel.assets import STATIC, stylesheet

#: What came after Chrome 80 and takes its whole rule, or all that stands in it, away from them.
LATER_STYLES = {
    "layers": r"@layer", "containers": r"@container", "nesting": r"&",
    "shorthands of a flow": r"(?:margin|padding|border)-(?:block|inline):",
    "insets": r"\binset(?:-\w+)*:",
    "ranges of a width": r"@media[^{]*[<>]",
    "colours mixed": r"color-mix|oklch|light-dark",
    "units of a phone's screen": r"\d[sdl]v[hw]\b",
}
#: Selectors they do not know, allowed where the rule is an ornament of its own.
ORNAMENTS = (":has(", ":focus-visible", "::details-content", "::file-selector-button")
LATER_SELECTORS = re.compile(r":is\(|:where\(|:not\([^()]*,|:nth-child\([^()]* of ")
#: What a script may not say, for it would not be read at all or break off there.
LATER_SCRIPTS = {
    "awaiting outside of a function": r"^(?:const .*= )?await ",
    "assigning where nothing is": r"\?\?=|\|\|=|&&=",
    "counting from the end": r"\.at\(-?\w",
    "methods of later years": r"\.(?:replaceAll|replaceChildren|findLast|toSorted|any|hasOwn)\(",
    "functions of later years": r"structuredClone|randomUUID|AbortSignal\.timeout",
    "sending on when the page is left, with a header of ours":
        r"keepalive[^}]*headers|headers[^}]*\}[^}]*keepalive",
    "a form with its button": r"new FormData\(\w+, ",
    "blocks and names of a class": r"\bstatic \{|#\w+ in ",
}
#: ``.submitter`` is known since Chrome 81; this script does without where it is missing.
SUBMITTER = "pressed.js"


def rules():
    """Each rule of the stylesheet: its selectors and what it says."""
    for selectors, said in re.findall(r"([^{}]+)\{([^{}]*)\}", stylesheet().decode()):
        if not selectors.strip().startswith("@"):
            yield [one.strip() for one in re.split(r",(?![^(]*\))", selectors)], said


@pytest.mark.parametrize("words", LATER_STYLES.values(), ids=list(LATER_STYLES))
def test_the_styles_use_nothing_of_later_years(words):
    ours = re.sub(r"@supports not [^{]*\{", "{", stylesheet().decode())

    assert re.findall(words, ours) == []


def test_no_rule_is_lost_to_them_for_one_of_its_selectors():
    lost = [selectors for selectors, _ in rules()
            if any(LATER_SELECTORS.search(one) for one in selectors)
            or len({any(new in one for new in ORNAMENTS) for one in selectors}) > 1]

    assert lost == []


def test_what_stands_in_a_row_keeps_apart_where_no_gap_is_known():
    everything = stylesheet().decode()
    beside = everything[everything.index("@supports not"):]

    touching = [one for selectors, said in rules() for one in selectors
                if re.search(r"display: (?:inline-)?flex", said) and "gap:" in said
                and not re.search(re.escape(one) + r"(?: >|::)", beside)]

    assert touching == []


@pytest.mark.parametrize("words", LATER_SCRIPTS.values(), ids=list(LATER_SCRIPTS))
def test_the_scripts_use_nothing_of_later_years(words):
    saying = [path.name for path in (STATIC / "js").glob("*.js")
              if re.search(words, path.read_text(encoding="utf-8"), re.MULTILINE)]

    assert saying == []


def test_one_script_alone_asks_which_button_sent_a_form():
    asking = [path.name for path in (STATIC / "js").glob("*.js")
              if "submitter" in path.read_text(encoding="utf-8")]

    assert asking == [SUBMITTER]
