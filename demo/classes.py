"""Eight years of classes with their sessions, attendance, marks and results."""
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import and_, or_, select

from lms.kernel.db import db
from lms.people.actions import change_person
from lms.people.models import Membership, Person
from lms.people.queries import main_unit

from certificates.actions import correct, set_issuer
from certificates.models import Certificate
from courses.catalogue.models import Course
from courses.catalogue.queries import published_version, steps_of
from courses.classes.actions import (
    add_session,
    add_trainer,
    close_class,
    enter_marks,
    mark_attendance,
    nominate,
    open_class,
    set_cost,
)
from courses.classes.queries import enrolments_in
from courses.completions.actions import complete, finish_step
from courses.completions.models import Completion
from demo import edges, past

#: Of the classes from this year on it is known what they cost.
COSTED = 2025
#: course, title, first day, half-days, people, mode, organiser, group
FINISHED = [
    ("C01", "khóa 1/2019", date(2019, 4, 16), 2, 32, "in_person", "STTTT", "B"),
    ("C01", "khóa 2/2019", date(2019, 9, 10), 2, 30, "in_person", "BAO", "A"),
    ("C05", "khóa 1/2019", date(2019, 11, 5), 3, 26, "in_person", "STTTT", "A"),
    ("C01", "khóa 1/2020", date(2020, 7, 21), 2, 30, "in_person", "STTTT", "B"),
    ("C03", "khóa 1/2020", date(2020, 10, 13), 2, 40, "online", "STP", "B"),
    ("C08", "khóa 1/2021", date(2021, 5, 18), 4, 36, "in_person", "BAO", "C"),
    ("C06", "khóa 1/2021", date(2021, 8, 24), 1, 45, "online", "STP", "B"),
    ("C01", "khóa 1/2022", date(2022, 4, 19), 2, 28, "blended", "STTTT", "B"),
    ("C08", "khóa 1/2022", date(2022, 6, 14), 4, 60, "blended", "STTTT", "C"),
    ("C02", "khóa 1/2022", date(2022, 9, 20), 3, 30, "in_person", "SNGV", "B"),
    ("C01", "khóa 1/2023", date(2023, 5, 16), 2, 40, "blended", "STTTT", "D"),
    ("C07", "khóa 1/2023", date(2023, 10, 10), 2, 34, "in_person", "STTTT", "B"),
    ("C01", "khóa 1/2024", date(2024, 5, 14), 2, 28, "in_person", "BAO", "A"),
    ("C11", "khóa 1/2024", date(2024, 9, 17), 1, 55, "online", "SKHCN", "B"),
    ("C08", "khóa 1/2025", date(2025, 5, 20), 4, 48, "in_person", "DAI", "C"),
    ("C01", "khóa 1/2025", date(2025, 9, 16), 2, 22, "blended", "SVHTTDL", "B"),
    ("C10", "khóa 1/2026", date(2026, 4, 21), 2, 30, "in_person", "BPTTH", "A"),
    ("C07", "khóa 1/2026", date(2026, 6, 9), 2, 38, "in_person", "SVHTTDL", "B"),
]
RUNNING = [
    ("C01", "khóa 2/2026", date(2026, 11, 24), 4, 8, "in_person", "SVHTTDL", "B"),
    ("C05", "khóa 1/2026", date(2026, 11, 25), 3, 24, "in_person", "SVHTTDL", "A"),
    ("C08", "khóa 1/2026", date(2026, 11, 23), 6, 30, "blended", "BPTTH", "C"),
]
PLANNED = [
    ("C01", "khóa 3/2026", date(2026, 12, 1), 2, 0, "in_person", "SVHTTDL", "B"),
    ("C07", "khóa 2/2026", date(2026, 12, 8), 2, 0, "in_person", "SVHTTDL", "B"),
    ("C12", "khóa 1/2026", date(2026, 12, 10), 2, 0, "in_person", "SDTTG", "C"),
]
HALVES = ("morning", "afternoon")
#: The day on which the demonstration stands still enough to be looked at.
NOW = date(2026, 11, 25)


def build(units, people, courses):
    """Hold the classes, hand out the kits, and correct one certificate."""
    for key, code in (("STTTT", "STTTT"), ("SVHTTDL", "SVHTTDL"), ("STP", "STP"),
                      ("SKHCN", "SKHCN"), ("BPTTH", "BPTTH"), ("SNGV", "SNGV")):
        set_issuer(units[key], {
            "code": code, "superior": "UBND tỉnh Cao Bằng", "place": "Cao Bằng",
            "signer_title_vi": "Giám đốc", "signer_title_en": "Director",
            "signer": "Hà Minh Ngọc"}, by=people["CB001"])
    chance = Random(1079)  # noqa: S311 - the same province every time
    province = (units, people, courses, chance)
    for number, plan in enumerate(FINISHED):
        hold(province, number, plan, close=True)
    for number, plan in enumerate(RUNNING + PLANNED, len(FINISHED)):
        hold(province, number, plan, close=False)
    hand_out_kits(people, courses, chance)
    begin_courses(people, courses)
    correct_certificates(people)


def hold(province, number, plan, close):
    """Open a class, send people to it, and where it is over mark, grade and close it."""
    units, people, courses, chance = province
    key, title, first, halves, size, mode, organiser, group = plan
    course, officer = courses[key], people["CB001"]
    days = [first + timedelta(days=half // 2) for half in range(halves)]
    with past.on(first - timedelta(days=14)):
        course_class = open_class({
            "code": f"L{first.year}-{number + 1:02d}", "title_vi": f"{course.title_vi}, {title}",
            "title_en": f"{course.title_en}, class {title.removeprefix('khóa ')}",
            "course_id": course.id, "organiser_id": units[organiser].id, "mode": mode,
            "starts_on": first, "ends_on": days[-1], "seats": max(size + 10, 40),
            "place": "Trường Chính trị Hoàng Đình Giong" if mode != "online" else "Trên mạng",
            "decision": f"Số {100 + number * 7}/QĐ-{units[organiser].short_name} ngày "
                        f"{days[-1]:%d/%m/%Y}"}, by=officer)
        add_trainer(course_class, people["CB004"], by=officer)
        sessions = [add_session(course_class, {
            "on": day, "half": HALVES[half % 2], "topic_vi": course.title_vi, "periods": 4,
            "trainer_id": people["CB004"].id},
            by=officer) for half, day in enumerate(days)]
        send(course_class, chosen(course, group, days, size), officer)
    held = [session for session in sessions if session.on <= NOW]
    if first.year >= COSTED:
        cost(course_class, size, halves, close, officer)
    take_attendance(course_class, held if close else held[:-1], people["CB004"], chance)
    if close:
        finish(course_class, days[-1], people, chance)


def cost(course_class, size, halves, spent, officer):
    """What the class was to cost and, once it is over, did: fictional sums in đồng."""
    for heading, source, planned, actual in (
            ("lecturers", "budget", 1_500_000 * halves, 1_500_000 * halves),
            ("materials", "programme", 45_000 * size, 42_500 * size),
            ("drinks", "budget", 20_000 * size * halves, 18_400 * size * halves)):
        set_cost(course_class, {
            "heading": heading, "source": source, "payer": course_class.organiser,
            "planned": planned, "actual": actual if spent else None}, by=officer)


def chosen(course, group, days, size):
    """Up to ``size`` members of the group: those who must be there, then who needs the course."""
    have = select(Completion.person_id).where(Completion.course_id == course.id)
    written = edges.completing(course.key, days[-1])
    needs = and_(Person.id.not_in(have), Person.key.not_in(edges.WRITTEN), Person.key != "CB004")
    return db.session.scalars(
        select(Person).join(Membership, Membership.person_id == Person.id)
        .where(Membership.valid_on(days[0]), Membership.group.has(key=group),
               or_(Person.key.in_(written), needs))
        .order_by(Person.key.not_in(written), Person.id).limit(size)).all()


def send(course_class, people, officer):
    """Nominate the people, each for the unit of their main post that day."""
    by_unit = {}
    for person in people:
        by_unit.setdefault(main_unit(person, course_class.starts_on), []).append(person)
    for unit, members in by_unit.items():
        nominate(course_class, members, unit, by=officer)


def take_attendance(course_class, sessions, trainer, chance):
    """Mark each session on its day: most were there, a few late, excused or away."""
    for session in sessions:
        marks = {enrolment.id: attendance(enrolment.person, chance)
                 for enrolment in enrolments_in(course_class)}
        with past.on(session.on, hour=5):
            mark_attendance(session, marks, by=trainer)


def attendance(person, chance):
    """How somebody attended; those of whom it is written that they complete were there."""
    if person.key in edges.WRITTEN:
        return "present"
    return chance.choices(("present", "late", "excused", "absent"), (96, 2, 1, 1))[0]


def finish(course_class, day, people, chance):
    """Enter the marks and close the class on its last evening."""
    with past.on(day, hour=10):
        enter_marks(course_class, {
            enrolment.id: Decimal(80) if enrolment.person.key in edges.WRITTEN
            else Decimal(chance.triangular(46, 100, 84)).quantize(Decimal("0.5"))
            for enrolment in enrolments_in(course_class)}, by=people["CB004"])
        close_class(course_class, by=people["CB001"])


def hand_out_kits(people, courses, chance):
    """Most officials confirmed the documents of their kit, month by month."""
    kit, officer = courses["K-B"], people["CB001"]
    members = db.session.scalars(
        select(Person).join(Membership, Membership.person_id == Person.id)
        .where(Membership.group.has(key="B"), Membership.valid_to.is_(None))
        .order_by(Person.id)).all()
    days = {person: date(2020, 1, 6) + timedelta(days=chance.randint(0, 2400))
            for person in members
            if person.key not in edges.WRITTEN and chance.random() < 0.97}
    days |= {people[key]: date.fromisoformat(one["learned_on"])
             for key, completions in edges.WRITTEN.items() for one in completions
             if one["course"] == kit.key}
    for person, day in days.items():
        with past.on(day):
            complete(person, kit, day, officer)


def begin_courses(people, courses):
    """Two people are in the middle of a course when the demonstration opens."""
    for key, begun in edges.noted("under_way"):
        steps = steps_of(published_version(courses[begun["course"]]))
        for number, step in enumerate(steps[:begun["steps"]]):
            with past.on(date(2026, 11, 2) + timedelta(days=number)):
                finish_step(people[key], step, by=people[key])


def correct_certificates(people):
    """A certificate with a fault was revoked and replaced by the right one."""
    for key, fault in edges.noted("certificate"):
        certificate = db.session.scalars(
            select(Certificate).join(Completion, Certificate.completion_id == Completion.id)
            .join(Course, Completion.course_id == Course.id)
            .where(Certificate.person_id == people[key].id, Course.key == fault["course"])
            .order_by(Certificate.id)).first()
        printed, officer = fault["printed"], people["CB001"]
        with past.on(date.fromisoformat(fault["corrected_on"])):
            if "birth" in printed:
                change_person(people[key], {"birth": printed["birth"]}, by=officer)
            correct(certificate, printed, fault["reason"], by=officer)
