"""Trying a backup: restored elsewhere, is all there, and is it as it should be?"""
import json
import os
import subprocess
import sys
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

from lms.backups.databases import ask_copy, open_copy
from lms.backups.making import CHECKPOINTS, FILES, KEY, TOLD
from lms.backups.offers import checks
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

#: So many signs of its hash tell which file it is.
SHORT = 12


def try_backup(folder, into=None):
    """Restore the backup in ``folder`` beside the system and look it over: the database opens and
    is whole, each file it names is there with the bytes it had, and every check of the rooms
    holds.  Gives a line for each thing found good.

    ``into`` is the address of an empty PostgreSQL database.  Refuses a backup that could not be
    restored, with the reason.
    """
    told = _told(folder)
    with TemporaryDirectory() as place:
        url = open_copy(folder / told["database"], Path(place), into)
        yield _("The database opens and is whole.")
        _look_at_files(folder / FILES, ask_copy(
            url, "SELECT DISTINCT sha256 FROM stored_file WHERE size > 0 ORDER BY sha256"))
        yield _("Every file is there with the bytes it had.")
        for words in checks.of():
            _check(words, url, folder, place)
            yield _("“flask %(words)s” finds no fault.", words=" ".join(words))


def _told(folder):
    try:
        return json.loads((folder / TOLD).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        raise Refusal(_("There is no whole backup in %(folder)s: it was not finished. Make a new "
                        "one.", folder=folder)) from None


def _look_at_files(folder, digests):
    for digest in digests:
        place = folder / digest[:2] / digest
        if not place.is_file():
            raise Refusal(_("The file %(digest)s is missing from the backup.",
                            digest=digest[:SHORT]))
        with place.open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
        if found != digest:
            raise Refusal(_("The file %(digest)s is damaged in the backup.",
                            digest=digest[:SHORT]))


def _check(words, url, folder, place):
    """Have a command of ours look over the copy, as a system of its own would, with the key and the
    checkpoints of its trail.
    """
    key = folder / KEY
    own = {"LMS_AUDIT_KEY": key.read_text(encoding="utf-8").strip()} if key.is_file() else {}
    ended = subprocess.run(  # noqa: S603 - programs and words of ours
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        env=os.environ | own | {
            "LMS_DATABASE_URL": url, "LMS_STORAGE": str(folder / FILES),
            "LMS_CHECKPOINTS": str(folder / CHECKPOINTS),
            "LMS_JOBS_FILE": f"{place}/jobs.sqlite", "LMS_SECRET_KEY": "a trial"},
        capture_output=True, text=True, check=False)
    if ended.returncode:
        raise Refusal(_("“flask %(words)s” finds a fault in the backup: %(said)s",
                        words=" ".join(words), said=(ended.stdout + ended.stderr)[-500:].strip()))
