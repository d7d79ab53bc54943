"""Reading a page with the eyes of a checker: who is kept out, what is cut, what is foreign."""
import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from lxml import html

from tests.journeys.contrast import dim_texts

#: English words that stand in almost any English sentence and in no Vietnamese one.
ENGLISH = re.compile(r"\b(the|and|of|with|you|your|are|not|from|for|this|that|people|person|course|"
                     r"class|unit|save|back|next|search|page|step|due|none|date|file)\b", re.I)
#: Names that a Vietnamese text gives in English.
NAMES = re.compile(r"\(International Bill of Human Rights\)|Convention on the Elimination of "
                   r"All Forms of Discrimination against Women")
#: Where nothing stands that is read as Vietnamese, and where else words stand than between tags.
ELSEWHERE = ("ancestor-or-self::*[self::script or self::style or self::textarea"
             " or @lang and @lang != 'vi']")
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
#: How far the page reaches beyond its window, and what reaches furthest.
OVERHANG = """() => {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide <= 0) return null;
  const far = [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1);
  return `${wide} px by ${far.slice(0, 3).map((one) => one.outerHTML.slice(0, 90)).join(" | ")}`;
}"""
#: How many rows of a table, and entries of a list, show how all of them are made.
ENOUGH = 12
SHORTEN = """(enough) => document.querySelectorAll("tbody, ul, ol").forEach(
  (all) => [...all.children].slice(enough).forEach((one) => one.remove()))"""
#: What axe complains of on the open page; rules whose breach is never ``grave`` are not asked.
COMPLAINTS = """async ([options, grave]) => {
  const mild = axe._audit.rules.filter((one) => one.impact && !grave.includes(one.impact));
  const rules = Object.fromEntries(mild.map((one) => [one.id, {enabled: false}]));
  return (await axe.run({...options, rules: {...rules, ...options.rules}})).violations;
}"""
#: Of what is in order axe needs not tell; the stylesheets it would fetch anew for a rule about
#: screens that are turned, which it does not apply.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
#: Contrast, which takes longest, is judged apart.
ALL_ELSE = OPTIONS | {"rules": {"color-contrast": {"enabled": False}}}
AXE = Axe()
GRAVE = ("serious", "critical")
#: What is no page: files, the switch of languages, the way out of the page.
NO_PAGE = re.compile(r"\.(xlsx|docx|pdf|ics|json|zip)$|/(evidence|scan|export/file)$"
                     r"|^/(files|language|static|quizzes/files)/")


def faults(page):
    """All that is wrong with the open ``page``, each fault as a line; it is shortened meanwhile."""
    return blemishes(page) + hindrances(page)


def hindrances(page):
    """What keeps some readers out of the open ``page``, as axe finds it; takes half a second.

    Of a long table or list the page keeps the beginning only: the rest is made in the same way.
    """
    page.evaluate(SHORTEN, ENOUGH)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate(COMPLAINTS, [ALL_ELSE, GRAVE]) + dim_texts(page, OPTIONS)
    return [f"{one['id']} ({node['target']}): {node['html'][:200]}"
            for one in found if one["impact"] in GRAVE for node in one["nodes"][:2]]


def blemishes(page):
    """What hangs over the window's edge, and English words on a Vietnamese page."""
    overhang = page.evaluate(OVERHANG)
    return ([f"wider than the window: {overhang}"] if overhang else []) + foreign(
        html.fromstring(page.content()))


def foreign(document):
    """The English words of a Vietnamese page, but for what says that it is in English."""
    if document.get("lang") != "vi":
        return []
    said = [*document.xpath(f"//text()[not({ELSEWHERE})]"),
            *(one.get(name, "") for one in document.xpath(f"//*[not({ELSEWHERE})]")
              for name in ATTRIBUTES)]
    lines = NAMES.sub("", "\n".join(said)).splitlines()
    return sorted({f"English: … {line.strip()[:120]}" for line in lines if ENGLISH.search(line)})


def kind_of(url):
    """The kind of page at ``url``: its path without numbers and codes; None: no page of ours."""
    path = urlsplit(url).path
    if NO_PAGE.search(path):
        return None
    return re.sub(r"^/([cr])/.+", r"/\1/CODE", re.sub(r"\d+", "N", path))


def walk(visitor, *starts, heard=(), within=None):
    """Open one page of every kind that links lead to, or of those ``within``.

    Gives kind → faults; pages of the kinds already ``heard`` elsewhere are read as they are sent,
    without a window.
    """
    # Each page brings axe along: to send it anew takes as long as many of its rules.
    visitor.context.add_init_script(AXE.axe_script)
    seen, waiting = {}, [f"{visitor.address}{start}" for start in starts]
    while waiting:
        url = waiting.pop(0).partition("#")[0]
        kind = kind_of(url)
        if (kind is None or kind in seen or not url.startswith(visitor.address)
                or within and kind not in within):
            continue
        if kind in heard:
            seen[kind], links = read(visitor, url)
        else:
            visitor.open(url)
            seen[kind], links = blemishes(visitor.page), visitor.links()
            seen[kind] += hindrances(visitor.page)
        waiting += links
    return seen


def read(visitor, url):
    """The English words of the page at ``url``, and the addresses it links to, in their order."""
    answer = visitor.context.request.get(url)
    assert answer.ok, f"{url}: {answer.status}"
    document = html.fromstring(answer.text())
    document.make_links_absolute(answer.url)
    links = [link.get("href") for link in document.iter("a") if link.get("href")]
    return foreign(document), links
