"""How long what is not kept for good is kept: the runner of jobs obeys it, the page on privacy
tells it, and the settings of the deployment may say otherwise.
"""
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select

from lms.kernel import clock, jobs
from lms.kernel.db import db

#: So much is let go of at once: nobody who writes waits long for it, and a minute later it goes on.
AT_ONCE = 1000

_terms = {}


@dataclass(frozen=True)
class Term:
    """Something that is kept for a time.

    ``setting`` names the months in the settings, ``what`` tells people what is kept, and
    ``forget(before)`` lets go of what is older than that moment, of much a part at each call.
    """

    setting: str
    what: object
    forget: object

    @property
    def months(self):
        """How many months it is kept; 0: for good."""
        return current_app.config[self.setting]

    def let_go(self):
        """Let go of what has been kept long enough; the runner of jobs calls it."""
        if self.months:
            self.forget(clock.now() - timedelta(days=self.months * 365 // 12))


def rows_before(column):
    """The ``forget`` of a table of which nothing stays: its rows whose ``column`` is older."""
    model = column.class_

    def forget(before):
        old = db.session.scalars(
            select(model.id).where(column < before).order_by(model.id).limit(AT_ONCE)).all()
        if old:
            db.session.execute(delete(model).where(model.id.in_(old)))
    return forget


def keep_for_a_time(term):
    """Have ``term`` obeyed and told from now on."""
    if term.setting not in _terms:
        _terms[term.setting] = term
        jobs.every_minute(term.let_go)


def terms():
    """Each Term, in the order in which the rooms named them."""
    return tuple(_terms.values())
