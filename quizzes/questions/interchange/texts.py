"""The texts of a file: its bytes decoded, its HTML made safe or plain, its two languages parted."""
import html
import re
import unicodedata
from urllib.parse import unquote

import nh3

from lms.kernel import legacy
from lms.kernel.i18n import _l
from lms.kernel.separated import BYTE_ORDER_MARKS, decode
from lms.kernel.syllables import is_syllable, words_of
from lms.kernel.text import INVISIBLE, LOOKALIKES

from quizzes.questions.interchange.draft import Unreadable

MEGABYTE = 1024 * 1024
LARGEST_TEXT = 20 * MEGABYTE
WESTERN = "cp1252"
BINARY = re.compile("[\x00-\x08\x0e-\x1a]")
DECODED = {legacy.TCVN3: legacy.decode_tcvn3, legacy.VNI: legacy.decode_vni}
#: Letters of several bytes in UTF-8, and what else has the highest bit.
LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = re.compile(rb"[\x80-\xff]")
#: So many more letters than torn bytes show that a file is UTF-8 with a place that is not.
FEW = 4
#: So much of a text tells in which charset it is.
TRIED = 20_000
NEARLY_ALL, HALF = 0.75, 0.5

#: Tags that make a text more than its words; paragraphs and breaks alone do not.
MARKUP = re.compile(r"</?(?:p|br|div|span|b|strong|i|em|u|sub|sup|ul|ol|li|table|caption|thead|"
                    r"tbody|tr|th|td|img|audio|a|h[1-6]|blockquote|figure|figcaption|code|pre)\b"
                    r"[^<>]*>", re.IGNORECASE)
RICH = re.compile(r"<(?:strong|em|sub|sup|ul|ol|table|img|audio|a|h2|h3|blockquote)\b")
TAGS = {"p", "br", "strong", "em", "sub", "sup", "ul", "ol", "li", "table", "caption", "thead",
        "tbody", "tr", "th", "td", "img", "audio", "a", "h2", "h3", "blockquote"}
ATTRIBUTES = {"img": {"src", "alt"}, "audio": {"src", "controls"}, "a": {"href"},
              "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
SAME = {"div": "p", "b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
WRITTEN = re.compile(rf"<(/?)({'|'.join(SAME)})\b[^<>]*>", re.IGNORECASE)
#: A recording as editors write it: its address inside, and again for browsers that cannot play it.
HEARD = re.compile(r"<audio\b([^<>]*)>((?:(?!<audio\b).)*?)</audio>", re.DOTALL | re.IGNORECASE)
ADDRESS = re.compile(r'\bsrc="([^"<>]+)"', re.IGNORECASE)
#: Found in a text whose blanks are single already.
BREAK = re.compile(r" ?<br ?/?> ?", re.IGNORECASE)
BLOCK = re.compile(r" ?</?(?:p|li|tr|h[1-6]|blockquote)\b[^<>]*> ?", re.IGNORECASE)
NOTHING = re.compile(r"<p>\s*</p>")
#: Blanks beside a block say nothing.
BESIDE = re.compile(r"(?<=</p>)\s+|(?<=</[uo]l>)\s+|(?<=</table>)\s+|(?<=</h[23]>)\s+"
                    r"|(?<=</blockquote>)\s+|\s+(?=<(?:p|ul|ol|table|h2|h3|blockquote)\b)")
#: One paragraph around everything says nothing.
ALONE = re.compile(r"<p>((?:(?!</?(?:p|ul|ol|table|h2|h3|blockquote)\b).)*)</p>", re.DOTALL)
TAG = re.compile(r"<[^<>]+>")
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|\w+);", re.IGNORECASE)
#: How Moodle's filters of many languages write two of them in one text; a span may hold others.
LANGUAGE = re.compile(r'<span\s+(?=[^<>]*\bclass="multilang")[^<>]*\blang="(\w\w)(?:[-_]\w+)?"'
                      r"[^<>]*>((?:(?!</?span\b).|<span\b[^<>]*>(?:(?!</?span\b).)*</span>)*)"
                      r"</span>", re.DOTALL | re.IGNORECASE)
BRACED = re.compile(r"\{mlang\s+(\w\w)(?:[-_]\w+)?\}((?:(?!\{mlang).)*)\{mlang\}",
                    re.DOTALL | re.IGNORECASE)


def text_of(content):
    """The text of a file in whatever charset it is; raises Unreadable where it is none.

    Unicode with or without its mark, Windows-1258 and -1252, TCVN3 and VNI are read.
    """
    if not content.strip():
        raise Unreadable(_l("The file is empty. Save it again and send it once more."))
    if len(content) > LARGEST_TEXT:
        raise Unreadable(_l("The file is too large. Split it and send the parts."))
    _insist_on_whole_letters(content)
    text = _western(content, decode(content)).replace("\r\n", "\n").replace("\r", "\n")
    if BINARY.search(text):
        raise Unreadable(_l("This is not a text file. Choose the kind of file that it is, or save "
                            "it as text."))
    charset = _charset(text[:TRIED])
    if charset:
        # Line by line: to decode is to fold blanks, and the lines mean something.
        text = "\n".join(DECODED[charset](line) for line in text.split("\n"))
    return composed(text)


def _insist_on_whole_letters(content):
    """Refuse a file of UTF-8 that is torn or damaged somewhere: any other charset reads all of it
    wrongly.
    """
    if content.startswith(tuple(BYTE_ORDER_MARKS)[1:]) or _is_utf8(content):
        return
    letters, torn = len(LETTER.findall(content)), len(HIGH.findall(LETTER.sub(b"", content)))
    if letters >= FEW * torn:
        raise Unreadable(_l("A letter is damaged here. Save the file anew as UTF-8, or write the "
                            "line again."), _first_torn(content))


def _first_torn(content):
    """The number of the line in which the first byte stands that is not UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return content.count(b"\n", 0, error.start) + 1
    return 1


def _charset(text):
    """The charset of before Unicode that makes nearly every marked word Vietnamese, or None."""
    charset = legacy.looks_legacy(text)
    return charset if charset and _vietnamese(DECODED[charset](text)) >= NEARLY_ALL else None


def _vietnamese(text):
    """Which share of the words that bear marks are Vietnamese syllables."""
    marked = [word for word in words_of(text) if not word.isascii()]
    return sum(map(is_syllable, marked)) / len(marked) if marked else 0


def _western(content, text):
    """``text``, unless the file is neither Unicode nor Vietnamese: then as the West reads it."""
    if content.startswith(tuple(BYTE_ORDER_MARKS)) or _is_utf8(content) or _charset(text[:TRIED]):
        return text
    western = content.decode(WESTERN, errors="replace")
    return western if _vietnamese(text[:TRIED]) < HALF else text


def _is_utf8(content):
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def composed(text):
    """``text`` composed (NFC), Đ as the Vietnamese letter, nothing invisible; lines stay."""
    text = INVISIBLE.sub("", text.replace("\ufeff", ""))
    return unicodedata.normalize("NFC", text.translate(LOOKALIKES))


def tidy(text):
    """A text with single blanks and no empty line at its ends."""
    lines = [" ".join(line.split()) for line in composed(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def as_words(text):
    """Plain words as they are kept: those that name tags of HTML stay words."""
    if not is_markup(text):
        return text
    return f"<p>{html.escape(text, quote=False)}</p>".replace("\n", "<br>")


def is_markup(text):
    """Whether a text is HTML rather than plain words."""
    return MARKUP.search(text) is not None


def from_html(markup):
    """A text of HTML as it is kept: plain where it is only words and lines, else made safe.

    Nothing that acts stays: no script, no style, no address but of the web and of the file.
    """
    markup = WRITTEN.sub(lambda found: f"<{found[1]}{SAME[found[2].lower()]}>", markup)
    markup = HEARD.sub(_one_source, markup)
    safe = nh3.clean(markup, tags=TAGS, attributes=ATTRIBUTES, link_rel=None,
                     url_schemes={"http", "https", "mailto"})
    if not RICH.search(safe):
        return as_words(without_tags(safe))
    safe = BESIDE.sub("", composed(NOTHING.sub("", safe))).strip()
    alone = ALONE.fullmatch(safe)
    return alone[1] if alone else safe


def _one_source(audio):
    """A recording with its address where browsers and we look for it; words in it stay behind it,
    unless they are its address once more.
    """
    address = ADDRESS.search(audio[1]) or ADDRESS.search(audio[2])
    words = tidy(TAG.sub("", audio[2]))
    if address is None:
        return words
    name = address[1].rpartition("/")[2]
    said = "" if name in unquote(words) or name in words else words
    return f'<audio src="{address[1]}" controls></audio>{said}'


def without_tags(markup):
    """The words of HTML: a line for each break, an empty one between paragraphs."""
    lines = BREAK.sub("\n", " ".join(markup.split()))
    return tidy(html.unescape(TAG.sub("", BLOCK.sub("\n\n", lines))))


def to_html(text):
    """A kept text as HTML: a plain one escaped, with its paragraphs and lines."""
    if is_markup(text):
        return text
    parts = [html.escape(part, quote=False).replace("\n", "<br>") for part in text.split("\n\n")]
    return parts[0] if len(parts) == 1 else "".join(f"<p>{part}</p>" for part in parts)


def both(markup):
    """The Vietnamese and the English of an HTML text that marks them as Moodle does.

    What stands outside of the marks belongs to both; a text that marks no Vietnamese is
    Vietnamese as it stands.
    """
    markup = BRACED.sub(r'<span lang="\1" class="multilang">\2</span>', markup)
    languages = {found[1].lower() for found in LANGUAGE.finditer(markup)}
    if "vi" in languages:
        return tuple(from_html(_only(code, markup)) if code in languages else ""
                     for code in ("vi", "en"))
    return from_html(LANGUAGE.sub(lambda found: found[2], markup)), ""


def _only(code, markup):
    return LANGUAGE.sub(lambda found: found[2] if found[1].lower() == code else "", markup)


def as_one(vietnamese, english):
    """Two languages as one HTML text, marked as Moodle does; one alone stays unmarked."""
    if not english:
        return to_html(vietnamese)
    return (f'<span lang="vi" class="multilang">{to_html(vietnamese)}</span>'
            f'<span lang="en" class="multilang">{to_html(english)}</span>')


def is_html(text):
    """Whether a text that may be either is HTML: it has tags or named characters."""
    return bool(is_markup(text) or ENTITY.search(text))


def read_either(text):
    """The Vietnamese and the English of a text that is HTML or plain."""
    return both(text) if is_html(text) else (tidy(text), "")


def write_either(vietnamese, english=""):
    """Two languages as one text, plain where plain words say it."""
    if english or is_html(vietnamese):
        return as_one(vietnamese, english)
    return vietnamese
