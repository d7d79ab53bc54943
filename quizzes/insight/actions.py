"""Reckoning what the answers say about the questions of a bank."""
from datetime import timedelta

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.turns import take_turn

from quizzes.insight.queries import (
    answers_of,
    course_to_reckon,
    figures_of,
    newest_event,
    somebody_sits,
    times_asked,
)
from quizzes.insight.statistics import told
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import VersionFigures
from quizzes.questions.queries import versions_of
from quizzes.questions.verdicts import ENOUGH

#: Figures are reckoned anew at most so often, unless somebody asks for it.
APART = timedelta(hours=1)
#: Until this hour of the clock of the deployment it is night, and the machine has time.
MORNING = 5
#: So many parts of answers are kept; of words that people typed only what several gave.
PARTS, SEVERAL = 26, 2
TYPED = ("short", "number", "gaps")


def reckon_figures(course, by):
    """Reckon what the answers say about each version of the questions of ``course``.

    Gives how many versions were asked.  The figures replace the former ones: they are a view of
    the marks, and can be made anew at any time.
    """
    take_turn("figures of questions")
    event, answers, asked = newest_event(course), answers_of(course), times_asked(course)
    known, versions = figures_of(course), versions_of(asked.keys())
    for version_id, count in asked.items():
        kind, _version = versions[version_id]
        figures = known.get(version_id) or VersionFigures(version_id=version_id)
        _set(figures, kind, told(version_id, answers.get(version_id, [])))
        figures.asked, figures.event_id, figures.reckoned_at = count, event, clock.now()
        db.session.add(figures)
    db.session.flush()
    audit.record(by, "figures of questions reckoned", course, versions=len(asked))
    return len(asked)


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
    """
    if clock.local(clock.now()).hour >= MORNING and somebody_sits():
        return None
    course = course_to_reckon(clock.now() - APART)
    if course is not None:
        reckon_figures(course, by=None)
    return course
