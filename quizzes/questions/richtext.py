"""The texts of a question: plain words, or rich text that was cleaned; how each is shown."""
import html
import re
from functools import lru_cache

from markupsafe import Markup, escape

from lms.kernel.text import clean

from courses.catalogue.html import cleaned

#: A text is rich when it begins with one of the blocks that ``cleaned`` leaves.
RICH = re.compile(r"<(?:p|h2|h3|ul|ol|blockquote|table|figure)\b", re.IGNORECASE)
#: What an editor writes, wherever it stands in a text.
WRITTEN = re.compile(r"</?(?:p|div|h[1-6]|ul|ol|li|blockquote|table|tr|td|figure|img|audio|strong"
                     r"|em|b|i|sub|sup|br|a)\b[^>]*>", re.IGNORECASE)
ONE_PARAGRAPH = re.compile(r"<p>([^<]*)</p>")
PICTURE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
ANY_PICTURE = re.compile(r"<img\b[^>]*>")
#: Of how many texts a process keeps what is shown: those of the tests that are taken just now.
KEPT = 2048
OWN_FILE = re.compile(r'\bsrc="/files/(\d+)/')
BETWEEN = re.compile(r"</(?:p|li|h2|h3|td|th|figcaption|caption)>|<br>")
TAG = re.compile(r"<[^>]+>")


def is_rich(text):
    """Whether ``text`` is rich text rather than plain words."""
    return bool(RICH.match(text.lstrip()))


def settled(text):
    """``text`` as it is kept: rich text cleaned, and plain words wherever these say the same."""
    text = (text or "").replace("\r\n", "\n").strip()
    if not WRITTEN.search(text):
        if "\n" not in text:
            return clean(text)
        text = str(escape(text))
    rich = _begun_with_a_block(cleaned(text))
    alone = ONE_PARAGRAPH.fullmatch(rich)
    words = html.unescape(alone[1]) if alone else ""
    # Words that name a tag would mean it where they stood by themselves.
    return clean(words) if alone and not WRITTEN.search(words) else rich


def _begun_with_a_block(rich):
    block = RICH.search(rich)
    start = block.start() if block else len(rich)
    return f"<p>{rich[:start].strip()}</p>{rich[start:]}" if rich[:start].strip() else rich


@lru_cache(maxsize=KEPT)
def shown(text):
    """``text`` as HTML for a page: cleaned once more where it is rich, else escaped."""
    return Markup(cleaned(text)) if is_rich(text) else escape(text)  # noqa: S704 - cleaned


def plain(text):
    """The words of ``text`` on one line; a picture gives the words that stand for it."""
    if not is_rich(text):
        return text
    words = BETWEEN.sub(" ", PICTURE.sub(r" [\1] ", text))
    return clean(html.unescape(TAG.sub("", words)))


def pictures(text):
    """The ids of the files that the pictures of ``text`` are, in their order."""
    found = map(OWN_FILE.search, ANY_PICTURE.findall(text)) if is_rich(text) else ()
    return [int(one[1]) for one in found if one]


def without_pictures(text, ids):
    """``text`` without the pictures that are the files ``ids``; others stay."""
    def left(match):
        own = OWN_FILE.search(match[0])
        return "" if own and int(own[1]) in ids else match[0]
    return ANY_PICTURE.sub(left, text) if is_rich(text) else text
