"""What stands between a file and the bank: what it can hold, and what stands in it already."""
import re
from dataclasses import fields, replace
from types import SimpleNamespace

from lms.kernel.i18n import _l
from lms.kernel.text import fold

from quizzes.questions.interchange import texts
from quizzes.questions.interchange.choices import formula_in_signs
from quizzes.questions.interchange.draft import KINDS as TOLD
from quizzes.questions.interchange.draft import Draft, Fault, changed, normal
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question, QuestionVersion
from quizzes.questions.sounds import ENDINGS, HEAD, LARGEST, ending_of

#: The fields of a draft that a version and its question have a place for.
HELD = {column.name for column in QuestionVersion.__table__.columns}
PLACED = {column.name for column in Question.__table__.columns}
WORDING = tuple(field.name for field in fields(Draft) if field.name in HELD)
#: Whether the bank keeps rich text, pictures and rules of marking.
RICH = "settings" in HELD
#: A picture without words for those who cannot see it.
SILENT = re.compile(r'<img\b(?![^>]*\balt="[^"]+")')
#: A recording without words behind it for those who cannot hear it.
MUTE = re.compile(r"<audio\b[^>]*></audio>\s*(?:$|<(?!figcaption))")
#: The address of a picture or a recording.
ADDRESS = re.compile(r'<(?:img|audio)\b[^>]*\bsrc="([^"]*)"')
#: A formula as TeX writes it, which is shown as its signs.
TEX = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]|\$\$.+?\$\$", re.DOTALL)
#: The pictures and recordings that can be taken along.
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
TAKEN = (".png", ".jpg", ".jpeg", ".webp", *ENDINGS)
#: After so many questions it is told how far the work has come.
TOLD_EVERY = 500
PLACE = tuple(name for name in ("category", "tags", "difficulty") if name in PLACED)


def fitted(reading, standing, so_far=lambda done, total: None):
    """``reading`` with what the bank has to say: what it cannot hold, what it has already.

    ``standing`` are the folded stems of the bank's questions; ``so_far`` hears how far it has come.
    """
    faults, notes, known = list(reading.faults), list(reading.notes), dict.fromkeys(standing, "")
    drafts = tuple(map(_holdable, reading.drafts))
    for number, (read, draft) in enumerate(zip(reading.drafts, drafts, strict=True)):
        if number % TOLD_EVERY == 0:
            so_far(number, len(drafts))
        faults += [Fault(read.at, why, read.line) for why in _unheld(read)]
        notes += [Fault(read.at, why, read.line) for why in _left_out(read)]
        key = fold(texts.without_tags(draft.stem_vi))
        if key in known:
            notes.append(Fault(read.at, _l("A question with the same words stands at %(place)s. "
                                           "Look whether it is the same.", place=known[key])
                               if known[key] else _l(
                "The bank has a question with the same words. Look whether it is the same."),
                read.line))
        known.setdefault(key, read.at)
    return replace(reading, drafts=drafts, faults=tuple(faults), notes=tuple(notes))


def _unheld(draft):
    """Why the bank cannot take ``draft``, as sentences."""
    if draft.kind not in KINDS:
        yield _l("The bank has no questions of this kind. Write it anew as one of another kind, "
                 "or take it out of the file.")
    elif any(not RICH or not name.lower().endswith(TAKEN) for name in draft.files):
        yield _l("The question has files other than pictures (PNG, JPG, WebP) and recordings "
                 "(MP3, M4A, OGG, WAV), which cannot be taken along. Take them out, and add them "
                 "to the question afterwards.")
    elif draft.settings.get("picture") and draft.settings["picture"] not in draft.files:
        yield _l("The picture to point at, “%(name)s”, is not in the file. Export it once more "
                 "with its pictures.", name=draft.settings["picture"])
    elif wrong := [name for name, content in draft.files.items() if not _is_what_it_says(
            name, content)]:
        yield _l("“%(name)s” is not what it is called, or it is too large. Save it anew, or take "
                 "it out of the question.", name=wrong[0])
    else:
        yield from KINDS[draft.kind].lacks(draft)


def _is_what_it_says(name, content):
    """Whether the file ``name`` is by its bytes a picture, or a recording of a bearable size."""
    if name.lower().endswith(ENDINGS):
        return bool(ending_of(content[:HEAD])) and len(content) <= LARGEST
    return content.startswith(IMAGES)


def _left_out(draft):
    """What of ``draft`` the bank has no place for, as sentences."""
    if draft.settings and not RICH and draft.kind in KINDS:
        yield _l("Shares and special rules of marking are left out: the question counts as a "
                 "whole.")
    if draft.valid_until and "valid_until" not in HELD:
        yield _l("The day until which the question is valid is left out.")
    if not RICH and changed(draft, _words) != draft:
        yield _l("Bold, tables and the like are left out; the words stay.")
    if (draft.category and "category" not in PLACED) or (draft.tags and "tags" not in PLACED):
        yield _l("Category and tags are left out.")
    yield from _about_files(draft)


def _about_files(draft):
    """What of the pictures, recordings and formulas of ``draft`` is missing, as sentences."""
    if missing := _missing(draft):
        yield _l("A picture or a recording is not in the file and is left out: %(names)s. Add it "
                 "to the question afterwards.", names=", ".join(missing))
    if TEX.search(" ".join(_texts(draft))):
        yield formula_in_signs()
    shown = (draft.stem_vi, *map(_own_words, draft.options)) if draft.files else ()
    if any(map(MUTE.search, shown)):
        yield _l("A recording has no words for those who cannot hear it. Write them into the "
                 "question afterwards.")
    if RICH and any(map(SILENT.search, shown)):
        yield _l("A picture has no words for those who cannot see it. Write them into the "
                 "question afterwards.")


def _texts(draft):
    """Every text of ``draft``."""
    found = []
    changed(draft, lambda text: found.append(text) or text)
    return found


def _missing(draft):
    """The addresses of pictures and recordings that ``draft`` names and its file does not hold."""
    named = ADDRESS.findall(" ".join(_texts(draft)))
    return [name for name in dict.fromkeys(named) if name not in draft.files]


def _own_words(option):
    return option["vi"]


def _holdable(draft):
    """``draft`` as the bank can hold it: without markup where the bank keeps plain words."""
    return draft if RICH else normal(replace(changed(draft, _words), settings={}))


def _words(text):
    return texts.without_tags(text) if texts.is_markup(text) else text


def wording_of(draft):
    """The fields of a version that ``draft`` gives."""
    fields = {name: getattr(draft, name) for name in WORDING}
    if last := draft.settings.get("last"):
        # The bank keeps the place of an option with the option.
        fields["settings"] = {name: value for name, value in draft.settings.items()
                              if name != "last"}
        fields["options"] = [option | ({"last": last[option["key"]]} if option["key"] in last
                                       else {}) for option in draft.options]
    return fields


def _settings_of(version):
    """The settings of ``version`` with what its options say of their places."""
    last = {option["key"]: option["last"] for option in version.options if "last" in option}
    return dict(version.settings) | ({"last": last} if last else {})


def place_of(draft):
    """The place in the bank that ``draft`` names, as far as it has any: its category, tags and
    difficulty.
    """
    # The bank parts the steps of a path with blanks around the stroke; files do not.
    path = " / ".join(step.strip() for step in draft.category.split("/"))
    named = {"category": path, "tags": list(draft.tags), "difficulty": draft.difficulty}
    return {name: named[name] for name in PLACE if named[name]}


def draft_of(question, version):
    """The draft of a question of the bank, as a file is to tell it."""
    place = {name: getattr(question, name) for name in PLACE}
    if place.get("category"):
        place["category"] = "/".join(step.strip() for step in place["category"].split("/"))
    fields = {name: getattr(version, name) for name in WORDING}
    fields["settings"] = _settings_of(version)
    fields["options"] = [{name: value for name, value in option.items() if name != "last"}
                         for option in version.options]
    draft = Draft(kind=question.kind, key=question.key, **fields, **place)
    return normal(changed(draft, lambda text: texts.from_html(text) if texts.is_markup(text)
                          else text))


def as_version(draft):
    """``draft`` as the kinds of question take a version."""
    return SimpleNamespace(**{"settings": draft.settings} | wording_of(draft))


def by_kind(drafts):
    """How many of ``drafts`` there are of each kind, the kinds in their usual order."""
    counts = {kind: sum(draft.kind == kind for draft in drafts) for kind in TOLD}
    return {kind: count for kind, count in counts.items() if count}
