"""The pictures of a file's questions, kept with the course; and those of a bank, for a file."""
import re
from dataclasses import replace
from io import BytesIO

from sqlalchemy import select

from lms.kernel.db import db

from courses.catalogue.actions import keep_picture
from courses.catalogue.models import Picture
from quizzes.questions.interchange.draft import changed

SOURCE = re.compile(r'(?<=\bsrc=")([\w.-]+)(?=")')
ADDRESS = re.compile(r'(?<=\bsrc=")/files/(\d+)/[\w.-]+(?=")')


def kept_pictures(course, draft, by):
    """``draft`` with its pictures kept for ``course`` and named by their addresses there."""
    kept = {name: keep_picture(course, BytesIO(content), _alternative(draft, name), by)
            for name, content in draft.files.items()}
    if not kept:
        return draft

    def addressed(found):
        picture = kept.get(found[1])
        return f"/files/{picture.file_id}/{picture.file.name}" if picture else found[1]
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
    """``drafts`` of the bank of ``course`` with the bytes of their pictures.

    Only pictures of the course go along: an address alone opens no other file.
    """
    own = {picture.file_id: picture.file for picture in db.session.scalars(
        select(Picture).where(Picture.course_id == course.id))} if any(
        map(_names_pictures, drafts)) else {}
    return [_with_files(draft, own) for draft in drafts]


def _names_pictures(draft):
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
