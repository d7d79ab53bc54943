"""Nobody overwrites what they have not seen: the second author is told who saved, and when."""
from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.i18n import _, moment
from lms.kernel.locks import advisory_lock
from lms.kernel.shared import Overtaken
from lms.people.models import Person


def refuse_overtaken(record, seen, *verbs):
    """Wait for whoever is changing ``record`` (a ``Shared`` one), then refuse as Overtaken where
    it does not say any more what it said when it was opened.

    ``seen`` is its fingerprint of then, or nothing where no form was open; ``verbs`` are what
    the trail calls such a change.
    """
    advisory_lock(f"{record.__tablename__} {record.id}")
    db.session.refresh(record)
    refuse_other(record, record.fingerprint, seen, *verbs)


def refuse_other(record, stands, seen, *verbs):
    """Refuse as Overtaken where ``stands``, a fingerprint, is not the one ``seen``; the trail of
    ``record`` knows who changed it.
    """
    if seen and seen != stands:
        raise Overtaken(_who_saved(record, verbs) + " " + _(
            "Look at what stands there now and put both together; saving again then replaces it."),
            stands)


def _who_saved(record, verbs):
    last = db.session.execute(
        select(Person.full_name, AuditEntry.at).join(Person, Person.id == AuditEntry.by_id)
        .where(AuditEntry.subject == f"{record.__tablename__}:{record.id}",
               AuditEntry.verb.in_(verbs))
        .order_by(AuditEntry.id.desc()).limit(1)).first()
    return _("%(name)s saved this at %(moment)s, after you opened it.", name=last.full_name,
             moment=moment(last.at)) if last else _("Somebody saved this after you opened it.")
