"""The questions of a file before they are taken in: each as the trainee would see it."""
import re
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup, escape

from lms.kernel.i18n import _, language

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.bank import as_version
from quizzes.questions.kinds import KINDS, right_answer
from quizzes.questions.showing import fixed_words

PICTURE = re.compile(r'<img\b(?=(?:[^>]*?\balt="([^"]*)")?)(?:[^>"]|"[^"]*")*>')
SOUND = re.compile(r"<audio\b[^>]*></audio>")
#: So many questions are shown at once.
SHOWN = 50


@dataclass(frozen=True)
class Seen:
    """A question of a file as its template shows it, with its key in words."""

    at: str
    kind: str
    template: str
    stem: str
    options: list
    matches: list
    places: list
    several: bool
    right: list
    explanation: str
    basis: str
    rich: bool
    parts: dict
    #: What of the options does not move: see ``showing.fixed_words``.
    fixed: tuple
    chosen: tuple = ()
    partners: tuple = ()


@dataclass(frozen=True)
class Line:
    """A line of the text, and whether a fault lies in it."""

    number: int
    faulty: bool


def seen(draft):
    """``draft`` in the reader's language; its kind must be one of the bank's."""
    version, code = as_version(draft), language()
    kind, names = KINDS[draft.kind], words_of(draft.options, code)

    def worded(field):
        return getattr(draft, f"{field}_{code}") or getattr(draft, f"{field}_vi")
    parts = kind.parts(version, code, []) if hasattr(kind, "parts") else {}
    return Seen(
        at=draft.at, kind=draft.kind, template=kind.template, stem=shown(worded("stem")),
        rich=texts.is_markup(worded("stem")), parts=parts,
        options=[(key, shown(text)) for key, text in names.items()],
        matches=list(words_of(draft.matches, code).items()),
        places=[str(place) for place in range(1, len(draft.options) + 1)], several=kind.several,
        right=kind.words(version, right_answer(draft.kind, version), code),
        explanation=shown(worded("explanation")), basis=draft.basis,
        fixed=fixed_words(draft.kind, version, code))


def words_of(options, code):
    """The text of each option by its key, in the language ``code`` where there is one."""
    return {option["key"]: option.get(code) or option["vi"] for option in options}


def _in_words(picture):
    called = escape(_("Picture"))
    return f"<em>[{called}: {picture[1] or '?'}]</em>"


def _in_sound(_audio):
    return f"<em>[{escape(_('Recording'))}]</em> "


def shown(text):
    """A text of a file as HTML for a page: made safe once more where it is rich, else escaped."""
    if not texts.is_markup(text):
        return escape(text)
    # A file of the question has no address yet: its words stand for it.
    safe = SOUND.sub(_in_sound, PICTURE.sub(_in_words, texts.from_html(text)))
    return Markup(safe)  # noqa: S704 - made safe just now


def part_of(drafts, page):
    """The questions of page ``page`` (from 1) that can be shown, and how many pages there are."""
    part, page, pages = cut_to([draft for draft in drafts if draft.kind in KINDS], page)
    return [seen(draft) for draft in part], page, pages


def cut_to(drafts, page):
    """What of ``drafts`` stands on page ``page`` (from 1), that page, and how many there are."""
    pages = max(1, -(-len(drafts) // SHOWN))
    page = min(max(1, page), pages)
    return drafts[(page - 1) * SHOWN:page * SHOWN], page, pages


def lines_of(text, faults):
    """The lines of ``text`` by their numbers."""
    faulty = {fault.line for fault in faults}
    return [Line(number, number in faulty) for number in range(1, text.count("\n") + 2)]


def together(notes):
    """Notes or faults with what each says once: pairs of those that say it, and the sentence."""
    said = {}
    for note in notes:
        said.setdefault(str(note.why), []).append(note)
    return [(same, why) for why, same in said.items()]


def fingerprint(text):
    """What tells whether a text is still the one that was shown."""
    return sha256((text or "").replace("\r\n", "\n").encode()).hexdigest()
