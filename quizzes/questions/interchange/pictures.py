"""Pictures and recordings of questions: of a file, kept with the course; of a bank, for a file."""
import re
from dataclasses import replace
from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db

from courses.catalogue.actions import enter_picture, small_picture
from courses.catalogue.models import Picture
from quizzes.questions.actions import enter_sound, recording
from quizzes.questions.interchange.draft import changed
from quizzes.questions.models import Sound
from quizzes.questions.sounds import is_named_sound

SOURCE = re.compile(r'\bsrc="([\w.-]+)"')
ADDRESS = re.compile(r'(?<=\bsrc=")/files/(\d+)/[\w.-]+(?=")')


def put_files(draft):
    """The pictures and recordings of ``draft`` as they lie on the disk, by their names there; in
    the database there is nothing of them yet.  Refuses a file that is not what it is called.
    """
    return {name: recording(BytesIO(content), name) if is_named_sound(name)
            else small_picture(BytesIO(content)) for name, content in draft.files.items()}


def kept_files(course, draft, files, by):
    """``draft`` with its ``files``, as ``put_files`` gave them, kept for ``course`` and named by
    their addresses there.
    """
    kept = {name: enter_sound(course, file, "", by) if is_named_sound(name)
            else enter_picture(course, file, _alternative(draft, name), by)
            for name, file in files.items()}

    def addressed(found):
        one = kept.get(found[1])
        if one is None:
            return found[0]
        address = f'src="/files/{one.file_id}/{one.file.name}"'
        return address if isinstance(one, Sound) else (
            f'{address} width="{one.width}" height="{one.height}"')
    settings = dict(draft.settings)
    spot = kept.get(settings.get("picture"))
    if spot:
        settings |= {"picture": spot.file.sha256, "width": spot.width, "height": spot.height}
    return replace(changed(draft, lambda text: SOURCE.sub(addressed, text)), settings=settings,
                   files={})


def _alternative(draft, name):
    """The words that stand for the picture ``name`` in the texts of ``draft``."""
    if draft.settings.get("picture") == name:
        return draft.settings.get("alt_vi", "")
    found = []
    changed(draft, lambda text: found.extend(re.findall(
        rf'<img\b[^>]*\bsrc="{re.escape(name)}"[^>]*\balt="([^"]*)"', text)) or text)
    return next(filter(None, found), "")


def with_files(course, drafts):
    """``drafts`` of the bank of ``course`` with the bytes of their pictures and recordings.

    Only files of the course go along: an address alone opens no other file.
    """
    own = {one.file_id: one.file for model in (Picture, Sound) for one in db.session.scalars(
        select(model).options(joinedload(model.file)).where(model.course_id == course.id))} if any(
        map(_names_files, drafts)) else {}
    return [_with_files(draft, own) for draft in drafts]


def _names_files(draft):
    found = []
    changed(draft, lambda text: found.extend(ADDRESS.findall(text)) or text)
    return bool(found or draft.settings.get("picture"))


def _with_files(draft, own):
    files = {}

    def named(found):
        file = own.get(int(found[1]))
        if file is None:
            return found[0]
        name = f"{file.id}-{file.name}"
        files[name] = file.path.read_bytes()
        return name
    draft = changed(draft, lambda text: ADDRESS.sub(named, text))
    settings = dict(draft.settings)
    spot = next((file for file in own.values() if file.sha256 == settings.get("picture")), None)
    if spot:
        settings["picture"] = f"{spot.id}-{spot.name}"
        files[settings["picture"]] = spot.path.read_bytes()
    return replace(draft, files=files, settings=settings)
