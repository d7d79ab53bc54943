"""What courses hold about somebody: learning, classes, exemptions, reminders, reports."""
from sqlalchemy import select

from lms.kernel.i18n import _l, named
from lms.people.holdings import (
    ASKED,
    COURSE,
    MARK,
    REASON,
    RECORDED,
    UNIT,
    Column,
    Holding,
    by_person,
    unit_of,
)

from courses.catalogue.models import CourseTrainer
from courses.classes.models import Attendance, ClassTrainer, Enrolment, Lecturer, Session
from courses.classes.words import MARKS
from courses.completions.marks import mark_of, mark_of_step
from courses.completions.models import Completion, OutsideLearning, Place, StepDone, Study
from courses.coverage.forms import KINDS as EXEMPTIONS
from courses.coverage.models import Exemption, ExemptionRequest
from courses.reminders.models import Reminder
from courses.reminders.words import KINDS as REMINDERS
from courses.reports.models import LockedPerson


def course_of(row):
    """The title of the course of ``row``."""
    return named(row.course) if row.course else None


def class_of(row):
    """The title of the class of ``row``."""
    return named(row.course_class)


def goal_of(row):
    """The title of the goal of ``row``."""
    return named(row.goal) if row.goal else None


#: Words for what a completion comes from, and for how somebody stood with a goal.
SOURCES = {"online": _l("Online"), "class": _l("Class"), "outside": _l("Learned elsewhere")}
STANDINGS = {"met": _l("Met"), "overdue": _l("Overdue"), "within_time": _l("Within time"),
             "exempt": _l("Exempt")}
GOAL, CLASS, DAY = _l("Goal"), _l("Class"), _l("Day")
LEARNING = (
    Holding(Study, _l("Courses begun"), by_person(Study), (
        Column("course", COURSE, course_of), Column("begun_at", _l("Begun")),
        Column("finished_at", _l("Finished"))), (Study.course,)),
    Holding(StepDone, _l("Steps done"),
            lambda ids: StepDone.study_id.in_(select(Study.id).where(Study.person_id.in_(ids))), (
                Column("lineage", _l("Step")), Column("done_at", _l("Done")),
                Column("mark", MARK, mark_of_step))),
    Holding(Place, _l("Places in recordings"), by_person(Place), (
        Column("lineage", _l("Step")), Column("seconds", _l("Seconds")))),
    Holding(Completion, _l("Completions"), by_person(Completion), (
        Column("course", COURSE, course_of), Column("learned_on", DAY),
        Column("valid_until", _l("Valid until")), Column("source", _l("Source"), words=SOURCES),
        Column("evidence", _l("Evidence")), Column("mark", MARK, mark_of),
        Column("revoked_on", _l("Withdrawn on")), *RECORDED[2:]), (Completion.course,)),
    Holding(OutsideLearning, _l("Learned elsewhere"), by_person(OutsideLearning), (
        Column("course_name", COURSE), Column("institution", _l("Institution")),
        Column("learned_on", DAY), Column("file", _l("File"), lambda row: row.file.name), *ASKED),
        (OutsideLearning.file,), lambda row: row.file),
    Holding(CourseTrainer, _l("Courses written"), by_person(CourseTrainer), (
        Column("course", COURSE, course_of),), (CourseTrainer.course,)),
)
CLASSES = (
    Holding(Enrolment, _l("Classes"), by_person(Enrolment), (
        Column("class", CLASS, class_of), Column("unit", UNIT, unit_of),
        Column("nominated_at", _l("Nominated")), Column("withdrawn_at", _l("Withdrawn")),
        Column("mark", MARK), Column("passed", _l("Passed"))),
        (Enrolment.course_class, Enrolment.unit)),
    Holding(Attendance, _l("Attendance"),
            lambda ids: Attendance.enrolment_id.in_(
                select(Enrolment.id).where(Enrolment.person_id.in_(ids))), (
                Column("class", CLASS, lambda row: class_of(row.session)),
                Column("on", DAY, lambda row: row.session.on),
                Column("mark", _l("Attendance"), words=MARKS),
                Column("marked_at", _l("Recorded"))),
            ((Attendance.session, Session.course_class),)),
    Holding(ClassTrainer, _l("Classes taught"), by_person(ClassTrainer), (
        Column("class", CLASS, class_of),), (ClassTrainer.course_class,)),
    Holding(Lecturer, _l("Titles of lecturers"), by_person(Lecturer), (
        Column("title", _l("Academic title and degree")),)),
    Holding(Session, _l("Sessions taught"), lambda ids: Session.trainer_id.in_(ids), (
        Column("class", CLASS, class_of), Column("on", DAY)), (Session.course_class,)),
)
ASKED_OF = (
    Holding(Exemption, _l("Exemptions"), by_person(Exemption), (
        Column("goal", GOAL, goal_of), Column("kind", _l("Kind"), words=EXEMPTIONS),
        Column("reason", REASON),
        *RECORDED), (Exemption.goal,)),
    Holding(ExemptionRequest, _l("Requests for exemption"), by_person(ExemptionRequest), (
        Column("goal", GOAL, goal_of), Column("kind", _l("Kind"), words=EXEMPTIONS),
        Column("reason", REASON),
        *RECORDED[:2], Column("file", _l("File"), lambda row: row.file.name), *ASKED),
        (ExemptionRequest.goal, ExemptionRequest.file), lambda row: row.file),
    Holding(Reminder, _l("Reminders"), lambda ids: Reminder.to_id.in_(ids), (
        Column("goal", GOAL, goal_of), Column("kind", _l("Kind"), words=REMINDERS),
        Column("due_on", _l("Due on")),
        Column("made_on", DAY)), (Reminder.goal,)),
    Holding(LockedPerson, _l("Counted in locked reports"), by_person(LockedPerson), (
        Column("report", _l("Report"), lambda row: row.report.title),
        Column("status", _l("Status"), words=STANDINGS)), (LockedPerson.report,)),
)


def own_holdings():
    """What the rooms of courses hold."""
    return LEARNING + CLASSES + ASKED_OF
