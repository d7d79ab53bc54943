"""For officers: when who is reminded of a goal."""
from flask import flash, redirect, render_template, url_for

from lms.kernel import clock
from lms.kernel.i18n import _, named
from lms.kernel.web import load, require, viewer

from courses.coverage.models import Goal
from courses.reminders.actions import pause_ladder, resume_ladder, set_ladder
from courses.reminders.forms import LadderForm
from courses.reminders.policies import may_see_reminders, may_set_ladders
from courses.reminders.queries import ladder_of, ladders_on
from courses.reminders.rule import DEFAULT
from courses.reminders.views.blueprint import bp
from courses.reminders.words import WHO


@bp.get("/reminders/ladders")
def ladders():
    """The ladder of each goal in force."""
    require(may_see_reminders)
    rows = [(goal, ladder, ladder.as_steps() if ladder else DEFAULT)
            for goal, ladder in ladders_on(clock.today())]
    return render_template("reminders/ladders.html", rows=rows, who=WHO,
                           may_set=may_set_ladders(viewer()))


def goal_to_set(key):
    """The goal with the id ``key``, for those who set ladders."""
    return load(Goal, key, lambda person, _goal: may_set_ladders(person))


@bp.route("/goals/<int:key>/ladder", methods=["GET", "POST"])
def ladder(key):
    """Set the ladder of a goal."""
    goal = goal_to_set(key)
    known = ladder_of(goal)
    form = LadderForm.of(known.as_steps() if known else DEFAULT)
    if form.validate_on_submit():
        set_ladder(goal, form.steps(), by=viewer(), seen=form.fingerprint.data)
        flash(_("Saved. It is followed from the next day on."), "good")
        return redirect(url_for(".ladders"))
    return render_template("reminders/ladder.html", goal=goal, form=form)


@bp.post("/goals/<int:key>/ladder/pausing")
def pausing(key):
    """Pause the ladder of a goal."""
    goal = goal_to_set(key)
    pause_ladder(goal, by=viewer())
    flash(_("Nobody is reminded of “%(goal)s” by itself any more, until you go on.",
            goal=named(goal)), "good")
    return redirect(url_for(".ladders"))


@bp.post("/goals/<int:key>/ladder/resuming")
def resuming(key):
    """Follow the ladder of a goal again."""
    goal = goal_to_set(key)
    resume_ladder(goal, by=viewer())
    flash(_("The ladder of “%(goal)s” is followed again.", goal=named(goal)), "good")
    return redirect(url_for(".ladders"))
