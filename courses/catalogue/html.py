"""Rich text as authors may write it, cleaned of everything that could act."""
import re

import nh3
from markupsafe import escape

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "sub", "sup", "a", "br",
        "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img",
        "audio"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height", "loading"},
              "audio": {"src", "controls", "preload"},
              "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
SCHEMES = {"https", "http", "mailto", "tel"}
#: What editors write, and what it means here.
SAME = {"div": "p", "b": "strong", "i": "em", "h1": "h2", "h4": "h3"}
WRITTEN = re.compile(rf"<(/?)({'|'.join(SAME)})\b[^>]*>", re.IGNORECASE)
OWN_FILE = re.compile(r"/files/\d+/[\w.-]+")
NOTHING = re.compile(r"<(p|h2|h3|li|strong|em|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")
BLOCK = re.compile(r"<(?:p|h[1-6]|ul|ol|div|table|blockquote|figure)\b", re.IGNORECASE)
NO_PICTURE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
NO_SOUND = re.compile(r"<audio(?![^>]*\ssrc=)[^>]*></audio>")


def cleaned(html):
    """``html`` with only the tags of a text: no script, no style, pictures only of this site."""
    if not BLOCK.search(html):
        html = _paragraphs(html)
    html = WRITTEN.sub(lambda found: f"<{found[1]}{SAME[found[2].lower()]}>", html)
    html = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES,
                     attribute_filter=_own_pictures, link_rel="noopener noreferrer",
                     set_tag_attribute_values={"img": {"loading": "lazy"},
                                               "audio": {"controls": "", "preload": "none"}})
    return NOTHING.sub("", NO_SOUND.sub("", NO_PICTURE.sub("", html))).strip()


def _paragraphs(text):
    # Whoever types without the editor parts paragraphs with an empty line.
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts)


def _own_pictures(tag, attribute, value):
    if tag in ("img", "audio") and attribute == "src" and not OWN_FILE.fullmatch(value):
        return None
    return value


def figure(address, alternative, width, height):
    """The lines that show a picture on a page; its place is kept while it is on its way."""
    return (f'<figure><img src="{escape(address)}" alt="{escape(alternative)}"'
            f' width="{width}" height="{height}" loading="lazy"></figure>')


def recording(address, words):
    """The lines that play a sound on a page; ``words`` say what is heard."""
    return (f'<figure><audio src="{escape(address)}" controls preload="none"></audio>'
            f"<figcaption>{escape(words)}</figcaption></figure>")
