"""Reckoning what the answers say about the questions of a bank."""
from datetime import timedelta

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.locks import advisory_lock
from lms.kernel.transaction import looking

from quizzes.insight.queries import course_to_reckon, figures_of, reckoned, somebody_sits
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import VersionFigures
from quizzes.questions.verdicts import ENOUGH

#: Figures are reckoned anew at most so often, unless somebody asks for it.
APART = timedelta(hours=1)
#: Until this hour of the clock of the deployment it is night, and the machine has time.
MORNING = 5
#: So many parts of answers are kept; of words that people typed only what several gave.
PARTS, SEVERAL = 26, 2
TYPED = ("short", "number", "gaps")


def keep_figures(course, found, by):
    """Keep ``found``, what ``reckoned`` gave for ``course``; gives how many versions were asked.

    The figures replace the former ones: they are a view of the marks, and can be made anew at any
    time.  Where others are newer, these are left: they were reckoned at the same time.
    """
    advisory_lock("figures of questions")
    known = figures_of(course)
    for one in found.versions:
        figures = known.get(one.version_id) or VersionFigures(version_id=one.version_id)
        if figures.event_id is not None and figures.event_id > found.event:
            continue
        _set(figures, one.kind, one.item)
        figures.asked, figures.event_id, figures.reckoned_at = one.asked, found.event, clock.now()
        db.session.add(figures)
    db.session.flush()
    audit.record(by, "figures of questions reckoned", course, versions=len(found.versions))
    return len(found.versions)


def _set(figures, kind, item):
    figures.count, figures.facility, figures.error = item.count, item.facility, item.error
    figures.discrimination, figures.verdict = item.discrimination, item.judged(ENOUGH)
    least = SEVERAL if kind in TYPED else 1
    # Nobody's own words stay behind when they are erased; what several typed names nobody.
    figures.chosen = [list(one) for one in item.chosen if one.count >= least][:PARTS] if (
        KINDS[kind].worth) else []


def reckon_when_quiet():
    """Reckon the figures of one course whose marks have changed, an hour after the last time, and
    by day only while nobody sits at a test; gives the course, or None.

    Nobody waits while it reckons: it begins by reading, and writes when all is known.
    """
    with looking():
        if clock.local(clock.now()).hour >= MORNING and somebody_sits():
            return None
        course = course_to_reckon(clock.now() - APART)
        found = course and reckoned(course)
    if found:
        keep_figures(course, found, by=None)
    return course
