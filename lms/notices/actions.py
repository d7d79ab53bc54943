"""Somebody is told something, and reads it."""
from typing import NamedTuple

from sqlalchemy import delete, update

from lms.kernel import audit, clock, mail
from lms.kernel.db import db
from lms.kernel.naming import take_out
from lms.notices.models import Notice
from lms.notices.queries import at_work, told_before
from lms.people.models import Person


class Tiding(NamedTuple):
    """What one person is to be told: both texts, the page it leads to, and what it tells of.

    Whoever holds no post is told nothing, but where it tells of just that (``without_post``).
    """

    person: Person
    text_vi: str
    text_en: str
    url: str
    key: str
    without_post: bool = False


def tell(person, text_vi, text_en, url, key, by):
    """Tell ``person`` something, once for each ``key``; gives the message.

    ``url`` is a path on this site or nothing.  Whoever was erased or holds no post any more is
    told nothing: None.
    """
    return tell_each([Tiding(person, text_vi, text_en, url, key)], by).get(key)


def tell_each(tidings, by):
    """Tell many people at once, in a constant number of statements: key → its message."""
    told = told_before([tiding.key for tiding in tidings])
    here = at_work([tiding.person for tiding in tidings])
    fresh = [Notice(person=tiding.person, key=tiding.key, text_vi=tiding.text_vi,
                    text_en=tiding.text_en, url=tiding.url)
             for tiding in tidings
             if tiding.key not in told and (tiding.without_post or tiding.person.id in here)]
    db.session.add_all(fresh)
    db.session.flush()
    if fresh:
        audit.record(by, "people told", fresh[0], people=[one.person_id for one in fresh])
    return told | {notice.key: notice for notice in fresh}


def tell_answer(asked, to_person, to_asker, url, by):
    """What was asked (``people.models.Asked``) is decided: whom it is about reads ``to_person``,
    and ``asked.asked_by``, where that is somebody else, ``to_asker``.

    Both are (text in Vietnamese, text in English).  Give nothing for whoever may not read the
    answer any more.
    """
    key = f"{asked.__tablename__}-{asked.id}"
    told = [Tiding(asked.person, *to_person, url, key)]
    if to_asker and asked.asked_by is not None and asked.asked_by_id != asked.person_id:
        told.append(Tiding(asked.asked_by, *to_asker, url, f"{key}-asked"))
    return tell_each(told, by)


def read(notice, by):
    """Note that a message was read; the first time counts."""
    if notice.read_at is None:
        notice.read_at = clock.now()
        db.session.flush()
        audit.record(by, "message read", notice)
    return notice


def read_all(person, by):
    """Note that ``person`` has read all their messages; gives how many were new."""
    count = db.session.execute(update(Notice).where(
        Notice.person_id == person.id, Notice.read_at.is_(None)).values(
        read_at=clock.now())).rowcount
    audit.record(by, "messages read", person, count=count)
    return count


def forget_person(person, naming, email):
    """Drop the messages and letters to somebody who was erased, and the name in all others."""
    db.session.execute(delete(Notice).where(Notice.person_id == person.id))
    take_out((Notice.text_vi, Notice.text_en), naming, person.full_name)
    mail.forget(email, naming, person.full_name)
