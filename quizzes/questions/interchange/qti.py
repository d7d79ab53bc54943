"""QTI: a single item, or a package of them, of version 2.1, 2.2 or 1.2."""
import re
from collections import ChainMap
from dataclasses import replace
from itertools import count
from urllib.parse import unquote

from lms.kernel.grid import LARGEST_FILE, UnreadableSheet
from lms.kernel.i18n import _l
from lms.kernel.unpacking import parts_of

from quizzes.questions.interchange import qti1, qti2
from quizzes.questions.interchange.areas import with_numbers
from quizzes.questions.interchange.choices import insist_on_a_bearable_size
from quizzes.questions.interchange.draft import (
    Fault,
    Reading,
    Unreadable,
    changed,
    normal,
    on_line,
)
from quizzes.questions.interchange.moodle_parts import safe_name
from quizzes.questions.interchange.xml import descendants, name_of, tree_of

NEEDED = re.compile(r"[^\\]+\.(?:xml|png|jpe?g|gif|webp|svg|mp3|m4a|ogg|wav|dat)", re.IGNORECASE)
ZIP, OF_BLACKBOARD = b"PK", b"<questestinterop"
#: What a Mac puts beside the files it packs.
OF_A_MAC = re.compile(r"(?:^|/)(?:__MACOSX/|\._)")
#: Where the files of a cartridge lie, by the name it has for that place, and by none.
BASE = re.compile(r"^(?:\$|%24)(?:IMS|1EdTech)[-_]CC[-_]FILE[-_]?BASE(?:\$|%24)/*", re.IGNORECASE)
FOLDERS = ("", "web_resources/")
#: Questions of a version that is not read.
NEWER = ("qti-assessment-item",)
#: What a package holds besides questions.
ASIDE = ("manifest", "assessmentTest", "assessmentSection", "cartridge", "lom", "outcomes",
         "presentation", "topic", "webLink", "quiz", "assessmentMeta", "assignment")
#: The sides of a picture on which places are told in percent.
IN_PERCENT = (100, 100)
SOURCE = re.compile(r'\bsrc="([^"]+)"')


UNREADABLE = {
    "too-large": _l("The package holds more than is read. Split it and send the parts."),
    "encrypted": _l("The file has a password. Save it without one and send it again."),
}


def read(content):
    """The questions of a QTI file or package."""
    if not content.startswith(ZIP):
        return _of_part("", content, {}, count())
    if len(content) > LARGEST_FILE:
        return Reading(faults=(Fault("", _l(
            "The file is too large. Split it and send the parts.")),))
    try:
        parts = parts_of(content, NEEDED)
    except UnreadableSheet as fault:
        return Reading(faults=(Fault("", UNREADABLE.get(fault.code, _l(
            "The package is damaged, or its names lead out of it. Export it again."))),))
    drawn_on = count()
    found = [_of_part(name, parts[name], parts, drawn_on) for name in sorted(parts)
             if _may_ask(name, parts[name]) and not OF_A_MAC.search(name)]
    return Reading(tuple(draft for one in found for draft in one.drafts),
                   tuple(fault for one in found for fault in one.faults),
                   tuple(note for one in found for note in one.notes))


def _may_ask(name, content):
    """Whether a part of a package may hold questions; Blackboard calls all its parts alike."""
    return name.lower().endswith(".xml") or (
        name.lower().endswith(".dat") and OF_BLACKBOARD in content)


def _of_part(name, content, parts, drawn_on):
    """The questions of one XML file; those of other matter are none.  ``drawn_on`` counts the
    pictures that get numbers.
    """
    try:
        root = tree_of(content)
    except Unreadable as fault:
        line = fault.line or 1
        return Reading(faults=(Fault(name or on_line(line), fault.why, None if name else line),))
    kind, drafts, faults, notes = name_of(root), [], [], []
    if kind in ("assessmentItem", "questestinterop"):
        reader = qti2.Item if kind == "assessmentItem" else qti1.Item
        for element in [root] if kind == "assessmentItem" else descendants(root, "item"):
            at = _place(name, element)
            line = None if name else element.sourceline
            try:
                insist_on_a_bearable_size(element)
                item = reader(element)
                draft = item.draft()
                drafts.append(_with_files(replace(draft, at=at, line=line), name,
                                          _with_numbers(item, name, parts, drawn_on)))
                notes += [Fault(at, why, line) for why in item.notes]
            except Unreadable as fault:
                faults.append(Fault(at, fault.why, line))
    elif kind in NEWER:
        faults.append(Fault(_place(name, root), _l(
            "This is QTI 3, which is not read yet. Export it as QTI 2.1 or 2.2."),
            None if name else root.sourceline))
    elif kind not in ASIDE and not name:
        faults.append(Fault(on_line(root.sourceline), _l(
            "This is no file of questions: it begins with <%(name)s>. Choose another file.",
            name=kind), root.sourceline))
    return Reading(tuple(drafts), tuple(faults), tuple(notes))


def _place(name, element):
    """Where an item stands: its file in a package, else its line; and what it is called."""
    called = element.get("identifier") or element.get("ident") or ""
    if name:
        return f"{name}: {called}" if called else name
    return _l("line %(number)s (%(called)s)", number=element.sourceline, called=called)


def _with_numbers(item, name, parts, drawn_on):
    """The ``parts`` of a package with numbers on the picture of an ``item`` that wants them."""
    if item.numbered is None:
        return parts
    source, places = item.numbered
    path = _found(name, source, parts)
    if path is None:
        raise Unreadable(_l("The picture is not in the file. Export it again."))
    return ChainMap({path: with_numbers(parts[path], places, drawn_on, IN_PERCENT)}, parts)


def _found(name, source, parts):
    """The path of the part that the file ``name`` calls ``source``, or None."""
    return next(filter(parts.__contains__, _paths(name.rpartition("/")[0], source)), None)


def _with_files(draft, name, parts):
    """``draft`` with the pictures its texts and its settings name, under names of ours."""
    files = {}

    def taken(source):
        path = _found(name, source, parts)
        if path is None:
            return None
        called = safe_name(path)
        while files.get(called, parts[path]) is not parts[path]:
            called = f"{len(files)}-{called}"
        files[called] = parts[path]
        return called

    def named(found):
        return f'src="{taken(found[1]) or found[1]}"'
    draft = changed(draft, lambda text: SOURCE.sub(named, text))
    settings = dict(draft.settings)
    if settings.get("picture"):
        settings["picture"] = taken(settings["picture"]) or settings["picture"]
    return normal(replace(draft, settings=settings, files=files))


def _paths(folder, source):
    """Where in the package the file may lie that ``source`` names."""
    plain = unquote(source.partition("?")[0])
    if BASE.match(source):
        return [_joined("", base + BASE.sub("", plain)) for base in FOLDERS]
    return [_joined(folder, source), _joined(folder, plain)]


def _joined(folder, source):
    """The path of ``source`` as it is named from ``folder``, inside the package."""
    steps = folder.split("/") if folder else []
    for step in source.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


