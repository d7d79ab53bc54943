"""Who may see a class, set it up, run it, and send people to it."""
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.queries import tree
from lms.people.policies import (
    answers_for_people,
    is_auditor,
    is_officer,
    is_trainer,
    may_answer,
    reads_all,
    scope_of,
    units_answered,
)
from lms.people.queries import posted_in, units_of

from courses.classes.models import Enrolment


def teaches(person, course_class):
    """Whether ``person`` is a trainer of the class."""
    return any(trainer.person_id == person.id for trainer in course_class.trainers)


def takes_part(person, course_class):
    """Whether ``person`` is a participant of the class."""
    return db.session.scalar(select(Enrolment.id).where(
        Enrolment.class_id == course_class.id, Enrolment.person_id == person.id,
        Enrolment.withdrawn_at.is_(None))) is not None


def branch_of(person):
    """The ids of the units ``person`` answers for, all below them, and all above them."""
    answered = units_answered(person)
    whole = tree() if answered else None
    return set().union(*(whole.below(unit) | set(whole.path(unit)) for unit in answered))


def may_send_to(person, course_class):
    """Whether the class is one for the people of ``person``: an internal one is for its branch."""
    return answers_for_people(person) and (
        not course_class.internal or course_class.organiser_id in branch_of(person))


def has_people_in(person, course_class):
    """Whether people for whom ``person`` answers take part in the class."""
    return answers_for_people(person) and db.session.scalar(
        select(Enrolment.id).where(
            Enrolment.class_id == course_class.id, Enrolment.withdrawn_at.is_(None),
            Enrolment.person_id.in_(posted_in(scope_of(person), clock.today())))
        .limit(1)) is not None


def may_open_classes(person):
    """Officers open classes for all; whoever answers for a unit opens internal ones for it."""
    return is_officer(person) or answers_for_people(person)


def may_arrange_class(person, course_class):
    """Officers set a class up; whoever answers for its unit sets up an internal one."""
    return is_officer(person) or (
        course_class.internal and may_answer(person, course_class.organiser))


def may_read_costs(person, course_class):
    """What a class costs is read by whoever arranges it, and by those who read everything."""
    return reads_all(person) or may_arrange_class(person, course_class)


def may_schedule_class(person, course_class):
    """The days, places and sessions are also for the trainers of the class."""
    return may_arrange_class(person, course_class) or teaches(person, course_class)


def may_run_class(person, course_class):
    """Officers and its trainers mark attendance, enter marks, close: never their own results."""
    return (is_officer(person) or teaches(person, course_class)) and not takes_part(
        person, course_class)


def may_announce(person, course_class):
    """Who runs the class, and who arranges it, tell everybody in it something (row 26)."""
    return may_run_class(person, course_class) or may_arrange_class(person, course_class)


def may_list_lecturers(person):
    """The register of lecturers is for those who read everything."""
    return reads_all(person)


def may_see_lecturer(person, _lecturer):
    """What somebody taught is read by those who read the register."""
    return may_list_lecturers(person)


def may_set_title(person):
    """Officers enter what stands before the name of a lecturer."""
    return is_officer(person)


def may_mark_session(person, session):
    """The attendance of a session is marked by those who run its class."""
    return may_run_class(person, session.course_class)


def may_mark_now(person, session):
    """Whether the session was held and ``person`` may still mark it: seven days, later officers."""
    today = clock.today()
    return (not session.course_class.over and session.on <= today
            and (is_officer(person) or not session.late_on(today))
            and may_mark_session(person, session))


def may_schedule_session(person, session):
    """A session is moved and removed by those who schedule its class."""
    return may_schedule_class(person, session.course_class)


def may_read_session(person, session):
    """The sheet of a session is for those who run, set up or check its class."""
    return may_read_results(person, session.course_class)


def may_read_results(person, course_class):
    """Attendance and results of everybody: who runs the class, sets it up, or checks it."""
    return (is_auditor(person) or may_run_class(person, course_class)
            or may_arrange_class(person, course_class))


def may_have_today(person):
    """The page of the day is a trainer's."""
    return is_trainer(person)


def may_follow_classes(person):
    """The list of classes is for those who open, teach, send people to, or check them."""
    return may_open_classes(person) or is_trainer(person) or is_auditor(person)


def may_nominate_into(person, course_class):
    """Officers and those who answer for people send them, until the class is closed or past."""
    if not course_class.takes_people:
        return False
    return is_officer(person) or (
        course_class.ends_on >= clock.today() and may_send_to(person, course_class))


def may_see_class(person, course_class):
    """Seen by those who read all, teach it, set it up, take part, send to it, have people in it."""
    return (reads_all(person) or teaches(person, course_class)
            or takes_part(person, course_class) or may_nominate_into(person, course_class)
            or may_arrange_class(person, course_class) or has_people_in(person, course_class))


def may_see_roster(person, course_class):
    """Names are for those who read all or run the class; who answers for people sees theirs."""
    return may_see_class(person, course_class) and (
        reads_all(person) or teaches(person, course_class) or answers_for_people(person))


def may_invite_to(person, course_class):
    """Whoever sees the names invites to a class, while people can still come to it."""
    return course_class.takes_people and may_see_roster(person, course_class)


def may_withdraw(person, enrolment):
    """Out of a class somebody is taken by who runs or sets it up, or who answers for them."""
    course_class = enrolment.course_class
    return (may_arrange_class(person, course_class) or may_run_class(person, course_class)
            or _answers_for(person, enrolment.person_id))


def may_replace(person, enrolment):
    """Somebody else is sent instead by an officer or by who answers for the one who leaves."""
    return is_officer(person) or _answers_for(person, enrolment.person_id)


def _answers_for(person, learner_id):
    return answers_for_people(person) and bool(
        scope_of(person) & units_of(learner_id, clock.today()))
