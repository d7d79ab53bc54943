"""What a report counts beside the figures: classes, attendances, certificates, documents."""
from datetime import date

from lms.kernel import clock
from lms.kernel.db import db

from courses.classes.models import Attendance, CourseClass, Enrolment
from courses.completions.models import StepDone, Study
from courses.coverage.queries import whole
from courses.reports.queries.statistics import class_numbers, document_numbers, goal_numbers

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def present(world, enrolment):
    """Somebody was there at the first session of the class of December."""
    db.session.add(Attendance(session_id=world.first_session.id, enrolment_id=enrolment.id,
                              mark="present"))
    db.session.flush()


def enrolled(course_class, person):
    """A seat in the class."""
    seat = Enrolment(course_class=course_class, person=person)
    db.session.add(seat)
    db.session.flush()
    return seat


def says(unit, **wanted):
    """Whether the row of this year of the classes of ``unit`` says what is ``wanted``."""
    row = class_numbers(unit.id, *YEAR, clock.now())["rows"][-1]
    return {name: row[name] for name in wanted} == wanted


def test_a_class_counts_where_it_was_organised_with_those_who_were_there(world):
    present(world, world.seat)
    enrolled(world.december_class, world.minh)

    assert says(world.department, classes=1, in_person=1, online=0, blended=0, attendances=1,
                  people=1, women=1, certificates=0)
    assert says(world.province, classes=1, attendances=1)
    assert says(world.newspaper, classes=0, attendances=0)


def test_a_class_called_off_is_none(world):
    world.december_class.cancelled_at = clock.now()
    db.session.flush()

    assert says(world.department, classes=0)


def test_its_certificates_are_counted(world):
    world.vi_learned.class_id = world.december_class.id
    db.session.flush()

    assert says(world.department, classes=1, certificates=1)


def test_whoever_comes_in_two_years_is_counted_once_in_all(world):
    present(world, world.seat)
    former = CourseClass(
        code="LBC-2025-01", title_vi="Luật Báo chí, khóa 1/2025", course=world.press_law,
        organiser=world.department, starts_on=date(2025, 5, 5), ends_on=date(2025, 5, 5),
        opened_at=clock.now())
    db.session.add(former)
    seat = enrolled(former, world.lan)
    present(world, seat)

    numbers = class_numbers(world.department.id, *YEAR, clock.now())

    assert [row["people"] for row in numbers["rows"]] == [0, 1, 1]
    assert [numbers["total"][name] for name in ("classes", "attendances", "people")] == [2, 2, 1]


def test_documents_count_the_people_of_the_goals_who_received_them(world):
    for person in (world.pao, world.vi):
        study = Study(person=person, course=world.kit, version=world.kit_book.version)
        db.session.add(study)
        db.session.flush()
        db.session.add(StepDone(study_id=study.id, lineage="kit-book",
                                activity_id=world.kit_book.id))
    db.session.flush()
    read = whole(world.department.id, date(2026, 11, 25), clock.now())

    received = {row["title"]: row["received"] for row in document_numbers(
        read, date(2026, 11, 25))}

    # Vi is in no group: the report is about the people of the goals.
    assert received == {"Sổ tay": 1, "Toàn văn luật": 0}


def test_trained_and_equipped_are_told_apart_and_beside_the_year_before(world):
    read = whole(world.department.id, date(2026, 11, 25), clock.now())

    numbers = goal_numbers(read, world.department.id, date(2026, 1, 1), clock.now())

    assert numbers == {
        str(world.goal_a.id): {"women": 0, "trained": 0, "equipped": None, "before": None},
        str(world.goal_b.id): {"women": 0, "trained": 0, "equipped": 0, "before": None}}
