"""Making a backup: the checkpoints of the trail first, which the database must know, then the
database, then its files, which never change once written.
"""
import json
import os
import shutil
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from lms.backups.databases import copy_database, name_of
from lms.kernel import checkpoints, clock
from lms.kernel.audit import place_of_key
from lms.kernel.db import ask
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.storage import StoredFile, place_of

#: What tells that a backup is whole: written last.
TOLD = "backup.json"
FILES, SECRET, KEY, CHECKPOINTS = "files", "secret", "audit-key", "checkpoints"


def make_backup(folder):
    """Copy database, files, secret, key and checkpoints of the trail into the new or empty
    ``folder``; gives what TOLD holds.

    A file too many does no harm and one too few would, so the files follow the database.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refusal(_("%(folder)s is not empty. Name a new folder for each backup.",
                        folder=folder))
    (folder / FILES).mkdir(parents=True, exist_ok=True)
    os.chmod(folder, 0o700)
    (folder / CHECKPOINTS).mkdir()
    for path in checkpoints.files():
        shutil.copy2(path, folder / CHECKPOINTS)
    url = current_app.config["SQLALCHEMY_DATABASE_URI"]
    copy_database(url, folder / name_of(url))
    copied = _copy_files(folder / FILES)
    for place, name in ((Path(current_app.config["SECRET_FILE"]), SECRET), (place_of_key(), KEY)):
        if place.is_file():
            shutil.copy2(place, folder / name)
    told = {"made_at": clock.now().isoformat(), "database": name_of(url), "files": copied,
            "bytes": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())}
    _write_down(folder / TOLD, json.dumps(told, indent=1))
    return told


def _copy_files(folder):
    """Copy every file there is of those that rows name; gives how many.  One that was lost is
    named by the trial.
    """
    places = [place for digest in ask(select(StoredFile.sha256).distinct()).scalars()
              if (place := place_of(digest)).is_file()]
    for place in places:
        target = folder / place.parent.name / place.name
        target.parent.mkdir(exist_ok=True)
        shutil.copy2(place, target)
    return len(places)


def _write_down(path, text):
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
