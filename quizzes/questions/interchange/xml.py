"""XML of strangers, parsed without expanding or fetching anything."""
import re

from lxml import etree

from lms.kernel.i18n import _l

from quizzes.questions.interchange.draft import Unreadable, on_line
from quizzes.questions.interchange.texts import LARGEST_TEXT, text_of

DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([\w.-]+)["']""")
ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


def tree_of(content):
    """The root element of an XML file; raises Unreadable with the line of a mistake.

    An entity exists only in a document type of the file's own: one that declares any is
    refused unread, so nothing is expanded; no address in the file is opened.
    """
    if len(content) > LARGEST_TEXT:
        raise Unreadable(_l("The file is too large. Split it and send the parts."))
    text = _decoded(content)
    if ENTITY.search(text):
        raise Unreadable(_l("The file declares entities, which are not taken from strangers. "
                            "Export it again without them."))
    bare = DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False,
                             remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(bare.encode(), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise Unreadable(_l("The XML is broken here: %(what)s. Mend it, or export the file again.",
                            what=error.msg.partition(", line")[0]), line) from None


def _decoded(content):
    declared = DECLARED.match(content)  # None behind a mark of Unicode, which says more.
    if declared:
        try:
            return content.decode(declared[1].decode()).replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            # Many a file says it is UTF-8 and was saved in Windows.
            pass
    return text_of(content)


def place_of(element):
    """Where an element stands, and its line."""
    return on_line(element.sourceline), element.sourceline


def name_of(element):
    """The name of an element without its namespace, or nothing for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element, *names):
    """The elements right under ``element`` with one of ``names``, whatever their namespace."""
    return [child for child in element if name_of(child) in names]


def descendants(element, *names):
    """The elements anywhere under ``element`` with one of ``names``."""
    return [child for child in element.iter() if name_of(child) in names]


def inner(element):
    """What stands inside an element, as markup without namespaces."""
    if element is None:
        return ""
    for part in element.iter():
        if isinstance(part.tag, str):
            part.tag = name_of(part)
    etree.cleanup_namespaces(element)
    return (_escaped(element.text) + "".join(
        etree.tostring(child, encoding="unicode", method="xml") for child in element))


def _escaped(text):
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
