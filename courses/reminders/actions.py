"""Ladders are set and followed; somebody is reminded by hand; reminders stop."""
from lms.kernel import audit, clock, mail
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, in_both, ngettext
from lms.kernel.locks import advisory_lock
from lms.kernel.quiet import is_quiet
from lms.kernel.shared import fingerprint_of
from lms.notices.actions import Tiding, tell_each
from lms.organisations.queries import units_on
from lms.people.overtaking import refuse_other
from lms.people.queries import people_by_id

from courses.reminders.models import DIGEST, LEARNER, MANUAL, Ladder, Reminder, ReminderRun
from courses.reminders.queries import (
    goals_in_force,
    ladder_of,
    made_before,
    missing_in,
    missing_on,
    reminded_by_hand,
    run_on,
    staff_on,
    steps_at_work,
    still_owed,
    waiting_for,
    waits_for,
)
from courses.reminders.rule import DEFAULT, digests, told_today
from courses.reminders.words import (
    LONGEST_TEXT,
    digest_subject,
    digest_text,
    learner_subject,
    learner_text,
    letter_body,
)

#: A step lies at most so many days before or after the due date.
FURTHEST = 365


def set_ladder(goal, steps, by, seen=""):
    """Say when who is reminded of ``goal``: steps of (who, days after the due date).

    ``seen`` is the fingerprint of the steps before (``lms.people.overtaking``).
    """
    if any(abs(step.days) > FURTHEST for step in steps):
        raise Refusal(_("A step lies at most %(days)s days from the due date.", days=FURTHEST))
    ladder = _own_ladder(goal)
    refuse_other(ladder, fingerprint_of(*map(tuple, ladder.steps)), seen, "ladder set")
    ladder.steps = [list(step) for step in steps]
    db.session.flush()
    audit.record(by, "ladder set", ladder, goal=goal.id, steps=ladder.steps)
    return ladder


def pause_ladder(goal, by):
    """Remind nobody of ``goal`` by itself until ``resume_ladder``; by hand stays possible."""
    ladder = _own_ladder(goal)
    ladder.paused_at = ladder.paused_at or clock.now()
    db.session.flush()
    audit.record(by, "ladder paused", ladder, goal=goal.id)
    return ladder


def resume_ladder(goal, by):
    """Follow the ladder of ``goal`` again from today on; what was left out is not made up."""
    ladder = _own_ladder(goal)
    ladder.paused_at = None
    db.session.flush()
    audit.record(by, "ladder resumed", ladder, goal=goal.id)
    return ladder


def _own_ladder(goal):
    advisory_lock(f"ladder {goal.id}")
    ladder = ladder_of(goal)
    if ladder is None:
        ladder = Ladder(goal=goal, steps=[list(step) for step in DEFAULT])
        db.session.add(ladder)
    return ladder


def remind_when_due():
    """Follow the ladders once a day, outside quiet hours; the runner of jobs calls it."""
    if is_quiet(clock.now()) or run_on(clock.today()):
        return
    follow_ladders(clock.today())


def follow_ladders(day):
    """Tell everybody whom a ladder names on ``day``; a day followed before changes nothing.

    All of it is one transaction: after a crash the whole day is followed again, and nobody
    was told before.  Gives how many reminders were made.
    """
    advisory_lock("reminders")
    if run_on(day):
        return 0
    _take_back_settled(waiting_for())
    ladders = steps_at_work(day)
    goals = {goal.id: goal for goal in goals_in_force(day)}
    missing = missing_on(day, [goals[key] for key in ladders])
    drafts = [*_to_learners(told_today(ladders, missing, day), goals, day),
              *_to_managers(digests(ladders, missing, staff_on(day), day), goals, day)]
    count = len(_send(drafts, by=None))
    run = ReminderRun(on=day)
    db.session.add(run)
    db.session.flush()
    audit.record(None, "ladders followed", run, reminders=count)
    return count


def _to_learners(told, goals, day):
    """The drafts to learners: the reminder, both texts, the heading, the page."""
    for one, step in told:
        goal = goals[one.goal]
        key = f"goal-{one.goal}-{one.person}-{one.due_on:%Y%m%d}-{step.days}"
        yield (Reminder(key=key, kind=LEARNER, to_id=one.person, goal_id=one.goal,
                        due_on=one.due_on, made_on=day),
               in_both(lambda goal=goal, one=one: learner_text(goal, one.due_on, day)),
               in_both(lambda one=one: learner_subject(one.due_on)), "/my-work")


def _to_managers(found, goals, day):
    """The drafts of the week's digests; a second one in the same week has the same key."""
    units = {unit.id: unit for unit in units_on(day)}
    year, week, _weekday = day.isocalendar()
    for person, digest in found.items():
        yield (Reminder(key=f"digest-{year}-{week:02d}-{person}", kind=DIGEST, to_id=person,
                        made_on=day),
               in_both(lambda digest=digest: digest_text(digest, goals, units)),
               in_both(digest_subject), "/")


def _send(drafts, by):
    """Make the reminders that were not made before, each with its message and its letter."""
    known = made_before([draft[0].key for draft in drafts])
    drafts = [draft for draft in drafts if draft[0].key not in known]
    people = people_by_id({draft[0].to_id for draft in drafts})
    told = tell_each([Tiding(people[reminder.to_id], *texts, path, f"reminder-{reminder.key}")
                      for reminder, texts, _heading, path in drafts], by)
    made = []
    for reminder, texts, headings, path in drafts:
        notice = told.get(f"reminder-{reminder.key}")
        if notice is None:
            continue
        reminder.notice_id = notice.id
        letter = mail.post(f"reminder-{reminder.key}", people[reminder.to_id].email, headings[0],
                           letter_body(texts, path))
        reminder.letter_id = letter.id if letter else None
        made.append(reminder)
    db.session.add_all(made)
    db.session.flush()
    return made


def remind_by_hand(goal, unit, chosen, text, by):
    """Remind those of ``chosen`` (ids) who owe ``goal`` in ``unit``: once a day each.

    ``text`` is what they read, below LONGEST_TEXT characters.  Gives the reminders made.
    """
    text = " ".join(text.split())
    if not text or len(text) >= LONGEST_TEXT:
        raise Refusal(_("Write a text of 1 to %(most)s characters.", most=LONGEST_TEXT - 1))
    advisory_lock(f"remind {goal.id}")
    today = clock.today()
    rows = {row.person.id: row for row in missing_in(goal, unit)}
    ids = [key for key in dict.fromkeys(chosen) if key in rows]
    if not ids:
        raise Refusal(_("Nobody was chosen who still owes this goal. Tick the people to remind, "
                        "then press the button."))
    before = reminded_by_hand(goal, today) & set(ids)
    if before:
        names = ", ".join(rows[key].person.full_name for key in ids if key in before)
        raise Refusal(_("Already reminded of this goal today: %(names)s. Nobody was reminded; "
                        "take the tick off and try again, or wait until tomorrow.", names=names))
    made = _send([(Reminder(key=f"hand-{goal.id}-{key}-{today:%Y%m%d}", kind=MANUAL, to_id=key,
                            goal_id=goal.id, due_on=rows[key].due_on, by_id=by.id),
                   (text, ""), (_subject(rows[key].due_on),), "/my-work") for key in ids], by)
    audit.record(by, "people reminded", goal, unit=unit.id, people=ids)
    return made


def _subject(due_on):
    return in_both(lambda: learner_subject(due_on) if due_on else _("Training reminder"))[0]


def what_was_done(made):
    """One sentence on the reminders ``made`` by hand, and the channels they took."""
    letters = sum(1 for reminder in made if reminder.letter_id)
    said = ngettext("%(num)s person was reminded inside the system",
                    "%(num)s people were reminded inside the system", len(made))
    return said + (", " + ngettext("%(num)s also by e-mail", "%(num)s also by e-mail", letters)
                   if letters else "") + "."


def stop_letters(completion, by):
    """Somebody completed a course: letters on what they owe no more are not sent."""
    if waits_for(completion.person_id):
        _take_back_settled(waiting_for({completion.person_id}))


def _take_back_settled(reminders):
    """Take back the letters of those who completed, were exempted, or left meanwhile."""
    owed = {}
    for reminder in reminders:
        if reminder.to_id not in owed:
            owed[reminder.to_id] = still_owed(reminder.to)
        if reminder.goal_id not in owed[reminder.to_id]:
            mail.take_back(reminder.letter)
