"""Questions about messages."""
from sqlalchemy import func, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.notices.models import Notice
from lms.people.models import Posting


def unread_of(person_id):
    """The number of messages not yet read, as a part of a statement about ``person_id``.

    The statement that finds out who is signed in takes it along, so that no page asks for it.
    """
    return (select(func.count(Notice.id)).where(
        Notice.person_id == person_id, Notice.read_at.is_(None)).scalar_subquery())


def notices_of(person):
    """The statement of the messages to ``person``, the newest first."""
    return select(Notice).where(Notice.person_id == person.id).order_by(
        Notice.told_at.desc(), Notice.id.desc())


def told_before(keys):
    """Those of ``keys`` of which somebody was told already: key → its message."""
    return {notice.key: notice for notice in db.session.scalars(
        select(Notice).where(Notice.key.in_(keys)))}


def at_work(people):
    """The ids of those of ``people`` who hold a post today and are not erased."""
    ids = {person.id for person in people if person.erased_at is None}
    return set(db.session.scalars(select(Posting.person_id).where(
        Posting.person_id.in_(ids), Posting.valid_on(clock.today()), Posting.known_at())))
