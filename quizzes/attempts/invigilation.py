"""The pages of those who watch over a test."""
from collections import Counter

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import _, named, ngettext
from lms.kernel.pages import cut
from lms.kernel.text import fold
from lms.kernel.web import key_argument, load, require, viewer
from lms.people.offers import line
from lms.people.policies import is_officer
from lms.proposals.views import way_to_propose

from courses.classes.models import CourseClass
from courses.classes.queries import enrolments_in
from quizzes.attempts.forms import AnswersFileForm, MinutesForm, ReasonForm
from quizzes.attempts.intervening import (
    count_late,
    decline_late,
    end_earlier,
    extend,
    give_back,
    pause,
    reopen,
    resume,
)
from quizzes.attempts.models import Attempt
from quizzes.attempts.policies import (
    may_intervene,
    may_void,
    may_watch,
    may_watch_attempt,
    may_watch_class,
    people_watched,
    watched_by,
)
from quizzes.attempts.proposing import VOIDING
from quizzes.attempts.protocol import ENDED, LEAST_LEFT, OPEN, PAUSED, RUNNING
from quizzes.attempts.queries import shown_of
from quizzes.attempts.taking_in import LARGEST_FILE, take_in
from quizzes.attempts.watching import (
    IN_SIGHT,
    OVER,
    STANDINGS,
    earlier_ends,
    in_class,
    last_voiding,
    late_answers,
    lost_seconds,
    open_attempts,
    quizzes_in,
    score_with,
    stuck,
    timeline,
    watched,
    watched_one,
)
from quizzes.blueprint import bp
from quizzes.papers.models import Quiz

#: What stands beside STANDINGS in the choice of whom to show.
MISSING, WAITING = "missing", "late"
#: What can be done to everybody at once, and to attempts in which states.
DEEDS = {"pause": (pause, (RUNNING,)), "resumption": (resume, (PAUSED,)),
         "lost-time": (give_back, OPEN), "earlier-end": (end_earlier, OPEN)}


def link_to_watch(course_class, person):
    """The link that a class shows to those who watch over the tests of its course."""
    if course_class.over or not may_watch_class(person, course_class):
        return None
    quizzes = quizzes_in(course_class.course)
    return quizzes and (url_for("quizzes.watch", key=quizzes[0].id, **{"class": course_class.id}),
                        _("Watch over the test"))


def line_on_stuck(person):
    """On the officer's first page: attempts that could not be handed in when their time was over;
    None where there are none.
    """
    found = stuck() if is_officer(person) else None
    return found and line(url_for("quizzes.watch", key=found[0], show=OVER), _words_on(found[1]),
                          "bad")


def waits_stuck(trainer):
    """On the day of a trainer: those of the attempts they watch over that could not be handed in;
    None where there are none.
    """
    found = stuck(watched_by(trainer))
    return found and (_("Not handed in"), _words_on(found[1]),
                      url_for("quizzes.watch", key=found[0], show=OVER), _("See the attempts"))


def _words_on(count):
    return ngettext(
        "%(num)s attempt whose time is over could not be handed in. Its answers are kept; tell "
        "whoever runs the system.",
        "%(num)s attempts whose time is over could not be handed in. Their answers are kept; tell "
        "whoever runs the system.", count)


def class_asked(quiz):
    """The class whose people alone are asked for, None for everybody the viewer watches over."""
    key = key_argument("class")
    if key is None:
        return None
    course_class = load(CourseClass, key, may_watch_class)
    require(lambda _person: course_class.course_id == quiz.version.course_id)
    return course_class


@bp.get("/<int:key>/watch")
def watch(key):
    """Who has begun, is connected, has saved how much, has how much time, has handed in."""
    quiz, now = load(Quiz, key, may_watch), clock.now()
    course_class = class_asked(quiz)
    people = in_class(course_class) if course_class else people_watched(viewer(), quiz)
    rows = watched(quiz, people)
    begun = {row.person_id for row in rows}
    missing = [one.person for one in (enrolments_in(course_class) if course_class else ())
               if one.person_id not in begun]
    counts = Counter(row.standing(now) for row in rows)
    counts.update({MISSING: len(missing), WAITING: sum(row.late > 0 for row in rows)})
    show, search = request.args.get("show", ""), request.args.get("q", "")
    found = watched(quiz, people, search) if search else rows
    return render_template(
        "quizzes/watch.html", quiz=quiz, course_class=course_class, now=now, counts=counts,
        begun=len(rows), show=show, in_sight=IN_SIGHT, q=search, still="still" in request.args,
        page=cut([row for row in found if is_asked(row, show, search, now)]),
        missing=[person for person in missing if fold(search) in person.fold]
        if show in ("", MISSING) else [],
        run_on=sum(row.runs_on(quiz.closes_at) for row in rows),
        others=other_tests(quiz, course_class) if course_class else [])


def other_tests(quiz, course_class):
    """The tests of the class's course as (word, address, is it shown), where there are several."""
    quizzes = quizzes_in(course_class.course)
    return [(named(one), url_for(".watch", key=one.id, **{"class": course_class.id}),
             one.lineage == quiz.lineage) for one in quizzes] if len(quizzes) > 1 else []


def is_asked(row, show, search, now):
    """Whether the address asks for this row, by how it stands and by name."""
    if show == WAITING and not row.late or show == MISSING:
        return False
    if show in STANDINGS and row.standing(now) != show:
        return False
    return fold(search) in row.fold


@bp.route('/<int:key>/watch/<any("pause", "resumption", "lost-time", "earlier-end"):deed>',
          methods=["GET", "POST"])
def for_all(key, deed):
    """Pause the test, let it go on, give lost time back, end it with the closing that was put
    earlier, for all or for one of them: asked first, with the reason.
    """
    quiz = load(Quiz, key, may_watch)
    course_class = class_asked(quiz)
    people = in_class(course_class) if course_class else people_watched(viewer(), quiz)
    do, states = DEEDS[deed]
    form, alone = ReasonForm(), key_argument("one")
    ids = [one for one in open_attempts(quiz, people, viewer(), states) if alone in (None, one)]
    person = db.session.get(Attempt, alone).person if alone in ids else None
    back = (url_for(".watch_one", key=alone) if person else
            url_for(".watch", key=key, **{"class": course_class and course_class.id}))
    if form.validate_on_submit():
        say_how_many(deed, do(quiz, ids, form.reason.data, by=viewer()))
        return redirect(back)
    count = how_many(quiz, do, ids)
    if "closing" in request.args and not count:
        return redirect(url_for(".room", key=key))
    return render_template("quizzes/watch_all.html", quiz=quiz, deed=deed, form=form, back=back,
                           course_class=course_class, person=person, count=count, least=LEAST_LEFT)


def how_many(quiz, do, ids):
    """To how many of the attempts with the ``ids`` ``do`` would do something."""
    if do is give_back:
        return len(lost_seconds(ids))
    if do is end_earlier:
        return len(earlier_ends(quiz, db.session.scalars(
            select(Attempt).where(Attempt.id.in_(ids))), clock.now()))
    return len(ids)


def say_how_many(deed, count):
    """Say to how many something was done."""
    words = {
        "pause": ngettext("%(num)s attempt stands still.", "%(num)s attempts stand still.", count),
        "resumption": ngettext("%(num)s attempt goes on.", "%(num)s attempts go on.", count),
        "earlier-end": ngettext("%(num)s attempt ends earlier now.",
                                "%(num)s attempts end earlier now.", count),
        "lost-time": ngettext("%(num)s person got lost time back.",
                              "%(num)s people got lost time back.", count)}
    flash(words[deed], "good")


@bp.get("/attempts/<int:key>/watch")
def watch_one(key):
    """One attempt on its timeline, and what can be done to it."""
    return one_page(load(Attempt, key, may_watch_attempt))


def one_page(attempt, forms=None):
    """The page of an attempt, with the forms as they were sent."""
    late = late_answers(attempt)
    rest = attempt.deadline and attempt.submitted_at and max(
        1, int((attempt.deadline - attempt.submitted_at).total_seconds()) // 60)
    forms = {"extra": MinutesForm(prefix="extra-"), "again": MinutesForm(prefix="again-"),
             "late": ReasonForm(prefix="late-"), "file": AnswersFileForm(prefix="file-"),
             **(forms or {})}
    if not forms["again"].is_submitted():
        forms["again"].minutes.data = min(rest or 10, 120)
    return render_template(
        "quizzes/watch_one.html", attempt=attempt, row=watched_one(attempt), now=clock.now(),
        timeline=timeline(attempt), late=late, forms=forms,
        score=late and score_with(attempt, late.values()),
        may=may_intervene(viewer(), attempt), may_void=may_void(viewer(), attempt),
        propose=way_to_propose(VOIDING, attempt) if attempt.counts else None,
        voiding=last_voiding(attempt), largest=LARGEST_FILE, running=attempt.state in OPEN,
        knows=shown_of(attempt.quiz).key,
        may_reopen=attempt.state in ENDED and not attempt.passed,
        lost=lost_seconds([attempt.id]).get(attempt.id))


def done(attempt, words):
    """Say what was done, and show the attempt."""
    flash(words, "good")
    return redirect(url_for(".watch_one", key=attempt.id))


@bp.post("/attempts/<int:key>/watch/extra-time")
def longer(key):
    """Give one person more time."""
    attempt, form = load(Attempt, key, may_intervene), MinutesForm(prefix="extra-")
    if not form.validate_on_submit():
        return one_page(attempt, {"extra": form})
    extend(attempt, form.minutes.data, form.reason.data, by=viewer())
    return done(attempt, _("%(name)s has %(minutes)s minutes more.",
                           name=attempt.person.full_name, minutes=form.minutes.data))


@bp.post("/attempts/<int:key>/watch/reopening")
def reopening(key):
    """Let somebody go on with an attempt that was handed in."""
    attempt, form = load(Attempt, key, may_intervene), MinutesForm(prefix="again-")
    if not form.validate_on_submit():
        return one_page(attempt, {"again": form})
    reopen(attempt, form.minutes.data, form.reason.data, by=viewer())
    return done(attempt, _("The attempt of %(name)s is open again.",
                           name=attempt.person.full_name))


@bp.post("/attempts/<int:key>/watch/late-answers")
def late_decision(key):
    """Let answers that came after the end count, or decide that they do not."""
    attempt, form = load(Attempt, key, may_intervene), ReasonForm(prefix="late-")
    if not form.validate_on_submit():
        return one_page(attempt, {"late": form})
    if request.form.get("decision") == "decline":
        decline_late(attempt, form.reason.data, by=viewer())
        return done(attempt, _("The late answers stay uncounted."))
    count_late(attempt, set(request.form.getlist("events", type=int)), form.reason.data,
               by=viewer())
    return done(attempt, _("The late answers count; the attempt has %(score)s of 100 points.",
                           score=round(attempt.score)))


@bp.route("/attempts/<int:key>/watch/file", methods=["GET", "POST"])
def answers_file(key):
    """Take in the file in which the page of an attempt saved its answers."""
    attempt, form = load(Attempt, key, may_intervene), AnswersFileForm(prefix="file-")
    if not form.validate_on_submit():
        return one_page(attempt, {"file": form})
    content = form.file.data.read(LARGEST_FILE + 1)
    new = take_in(attempt, content, form.reason.data, by=viewer())
    return done(attempt, ngettext("%(num)s answer was taken in.", "%(num)s answers were taken in.",
                                  new) if new else _("Every answer of this file is here already."))
