"""Noting which backups were made, and what became of their trial."""
from datetime import datetime

from sqlalchemy import update

from lms.backups.models import Backup
from lms.kernel import clock
from lms.kernel.db import db


def note_made(folder, told):
    """Note the backup in ``folder``, which holds what ``make_backup`` told."""
    db.session.add(Backup(
        made_at=datetime.fromisoformat(told["made_at"]), place=str(folder.resolve()),
        files=told["files"], size=told["bytes"]))


def note_tried(folder, fault):
    """Note that the newest backup in ``folder`` was tried, and its ``fault``; one made elsewhere is
    not known here.
    """
    newest = db.select(db.func.max(Backup.id)).where(
        Backup.place == str(folder.resolve())).scalar_subquery()
    db.session.execute(update(Backup).where(Backup.id == newest).values(
        tried_at=clock.now(), fault=fault))
