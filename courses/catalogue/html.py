"""Rich text as authors may write it, cleaned of everything that could act."""
import nh3

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "table",
        "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"},
              "th": {"scope", "colspan"}, "td": {"colspan"}}
#: What editors and word processors write, and what it means here.
SAME = {"<div>": "<p>", "</div>": "</p>", "<b>": "<strong>", "</b>": "</strong>",
        "<i>": "<em>", "</i>": "</em>", "<h1>": "<h2>", "</h1>": "</h2>"}


def cleaned(html):
    """``html`` with only the tags of a text: no script, no style, pictures only of this site."""
    for written, meant in SAME.items():
        html = html.replace(written, meant)
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https", "http", "mailto"},
                     attribute_filter=_own_pictures, link_rel="noopener noreferrer").strip()


def _own_pictures(tag, attribute, value):
    if tag == "img" and attribute == "src" and not value.startswith("/files/"):
        return None
    return value
