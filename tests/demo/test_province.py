"""The demonstration province is what its README says, the same every time."""
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from lms import create_app
from lms.accounts.demo import SIGN_INS
from lms.accounts.models import Account
from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Succession, Unit
from lms.people.following import believed_rules
from lms.people.models import Person, Posting

from certificates.models import Certificate
from courses.catalogue.models import Course, TextPage
from courses.classes.models import CourseClass
from courses.completions.models import Completion, OutsideLearning, Study
from courses.coverage.models import ExemptionRequest, TruthCheck
from courses.coverage.queries import figures, standings
from courses.groups.queries import last_round, members_on, units_asked
from courses.reorganisation.models import Reorganisation
from courses.reports.models import Report
from courses.reports.queries.comparing import checked, differences, known_now
from courses.reports.queries.measuring import matter_of
from demo.edges import WRITTEN
from quizzes.attempts.checking import faults
from quizzes.attempts.models import PaperMark
from quizzes.attempts.watching import watched
from quizzes.essays.queries import waiting_for
from quizzes.insight.queries import reading_of
from quizzes.insight.queries import tests_seen_by as seen_tests
from quizzes.insight.statistics import TURNED, items
from quizzes.questions.models import Question
from quizzes.surveys.models import ClassSurvey
from quizzes.surveys.queries import results_of
from tests.journeys.server import MORNING

TODAY = date(2026, 11, 25)
#: A moment at which all that was built in the morning is known.
LATER = MORNING + timedelta(minutes=10)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def province(demonstration):
    """The application on a copy of the province, a little after it was built."""
    folder = demonstration.folder
    app = create_app({"SECRET_KEY": "x", "TESTING": True,
                      "DATABASE_URL": demonstration.fresh("looked_at", "pattern"),
                      "JOBS_FILE": str(folder / "jobs.sqlite"), "STORAGE": str(folder / "files")})
    with pytest.MonkeyPatch.context() as patched, app.app_context():
        patched.setattr(clock, "source", lambda: LATER)
        yield app
        db.session.remove()
        db.engine.dispose()


def count(model):
    """How many rows of ``model`` there are."""
    return db.session.scalar(select(func.count()).select_from(model))


def test_it_has_its_people_courses_questions_and_classes(province):
    assert (count(Person), count(Course), count(Question), count(CourseClass)) == (420, 14, 70, 24)


def test_somebody_can_sign_in_for_each_line_of_the_sign_in_page(province):
    names = set(db.session.scalars(select(Account.username)))

    assert names == {username for username, *_words in SIGN_INS}


def test_three_courses_and_more_have_five_pages_to_read(province):
    rows = db.session.execute(
        select(Course.key, func.count(TextPage.id)).select_from(Course).join(Course.versions)
        .join(TextPage, TextPage.version_id == Course.versions.property.mapper.class_.id)
        .group_by(Course.key)).all()

    assert {key for key, pages in rows if pages >= 5} == {"C01", "C03", "C05", "C06"}


def test_every_reorganisation_leads_from_a_unit_that_ended_to_one_that_began_or_stood(province):
    for step in db.session.scalars(select(Succession)):
        assert step.from_unit.valid_to == step.on
        assert step.to_unit.valid_from <= step.on


def test_every_act_of_the_past_stands_in_the_list_of_reorganisations(province):
    told = {(row.from_unit_id, row.kind, row.on) for row in db.session.scalars(
        select(Succession))}
    listed = {(unit, act.kind, act.on) for act in db.session.scalars(select(Reorganisation))
              for unit in act.units["sources"]}

    assert listed == told


def test_a_split_district_sent_its_people_to_named_successors(province):
    def units(key):
        return [posting.unit.key for posting in db.session.scalars(
            select(Posting).join(Person, Person.id == Posting.person_id)
            .where(Person.key == key).order_by(Posting.valid_from))]

    assert units("CB009") == ["H-TRALINH", "H-TRUNGKHANH", "X-01477"]
    assert units("CB010") == ["H-TRALINH", "H-QUANGHOA", "X-01576"]


def test_the_figures_add_up_and_open_to_exactly_their_people(province):
    root = db.session.scalars(select(Unit).filter_by(key="CB")).one()

    for figure in figures(units=[root], on=TODAY):
        people = standings(figure.goal, root, TODAY)
        assert figure.members == figure.exempt + figure.met + figure.overdue + figure.within_time
        assert len(people) == figure.members
        assert sum(row.status == "met" for row in people) == figure.met


def test_its_two_locked_reports_stand_and_differ_in_those_whose_papers_came_later(province):
    reports = db.session.scalars(select(Report).order_by(Report.on)).all()
    matters = [matter_of(report) for report in reports]
    found = [differences(matter, known_now(matter)[0]) for matter in matters]

    assert [report.on for report in reports] == [date(2025, 12, 14), date(2026, 6, 30)]
    assert [(checked(matter).intact, checked(matter).equal) for matter in matters] == [
        (True, True), (True, True)]
    assert [[(one.goal.key, one.before, one.now) for one in some] for some in found] == [
        [("D", "within_time", "met")],
        [("B", "met", "exempt"), ("B", "within_time", "met"), ("D", "overdue", "met")]]


def test_the_registers_have_no_gaps(province):
    rows = db.session.execute(
        select(Certificate.register_id, func.count(), func.max(Certificate.number))
        .group_by(Certificate.register_id)).all()

    assert rows
    assert [row for row in rows if row[1] != row[2]] == []


def test_every_certificate_rests_on_a_completion_of_the_day_it_says(province):
    torn = [certificate.printed_number for certificate in db.session.scalars(select(Certificate))
            if certificate.printed["ended"] != certificate.completion.learned_on.isoformat()]

    assert torn == []
    assert count(Completion) > count(Certificate) > 500


def learned(key):
    """What the person completed, and when, as it is known now."""
    return {(completion.course.key, completion.learned_on.isoformat())
            for completion in db.session.scalars(
                select(Completion).join(Person, Person.id == Completion.person_id)
                .where(Person.key == key, Completion.superseded_at.is_(None)))}


@pytest.mark.parametrize("key", sorted(WRITTEN))
def test_the_edge_people_completed_exactly_what_is_written_of_them(province, key):
    assert learned(key) == {(one["course"], one["learned_on"]) for one in WRITTEN[key]}


def test_a_wrong_birth_date_was_mended_and_the_certificate_replaced(province):
    person = db.session.scalars(select(Person).filter_by(key="CB025")).one()
    first, second = db.session.scalars(
        select(Certificate).where(Certificate.person_id == person.id)
        .order_by(Certificate.id)).all()

    assert (first.printed["birth"], second.printed["birth"]) == ("1987-04-04", "1978-04-04")
    assert (first.replaced_by, person.birth) == (second, "1978-04-04")


def test_two_are_in_the_middle_of_the_first_course(province):
    begun = db.session.execute(
        select(Person.key, Course.key).join(Study, Study.person_id == Person.id)
        .join(Course, Course.id == Study.course_id)
        .where(Study.finished_at.is_(None), Course.key == "C01")).all()

    assert sorted(map(tuple, begun)) == [("CB006", "C01"), ("CB012", "C01")]


def test_requests_of_both_kinds_wait_and_are_decided(province):
    for model, decided in ((ExemptionRequest, "approved"), (OutsideLearning, "accepted")):
        states = [row.state for row in db.session.scalars(select(model))]
        assert sorted(states) == sorted([decided] * 2 + ["refused"] + ["waiting"] * 2)


def test_collaborators_belong_by_a_rule_and_some_units_have_not_confirmed(province):
    (rule,) = believed_rules()
    officer = db.session.scalars(select(Person).filter_by(key="CB001")).one()
    rows = units_asked(officer, last_round())
    late = sum(not row.confirmed for row in rows)

    assert (rule.group.key, rule.titles, len(members_on(rule.group, TODAY))) == (
        "E", "Cộng tác viên", 25)
    assert (len(rows), late) == (77, 26)


def test_the_look_of_the_night_found_no_fault(province):
    (check,) = db.session.scalars(select(TruthCheck))

    assert (check.night, check.faults) == (TODAY, [])


def test_of_what_was_taken_every_promise_holds(province):
    found, attempts, answers = faults()

    assert (found, attempts, answers > 350) == ([], 84, True)


def test_every_page_of_the_quizzes_has_something_real_to_show(province):
    """Essays wait, a key misleads the better half, a class is in the middle of its test, a test
    asks for a code, a paper was corrected, and of the evaluation five at a time are shown.
    """
    trainer = db.session.scalars(select(Person).filter_by(key="CB004")).one()
    tests = {(quiz.version.course.key, quiz.lineage): quiz
             for quiz, _count in seen_tests(trainer)}
    women = reading_of(next(quiz for (key, _lineage), quiz in tests.items() if key == "C04"))
    press = next(quiz for (key, _lineage), quiz in tests.items() if key == "C05")
    worst = min(items(women.sittings), key=lambda one: one.discrimination)
    constitution = next(quiz for (key, _lineage), quiz in tests.items() if key == "C03")

    assert len(waiting_for(trainer)) == 4
    assert (constitution.code_secret != "", constitution.closes_at > MORNING) == (True, True)
    assert (len(women.sittings), worst.verdict, worst.discrimination < -0.3) == (26, TURNED, True)
    assert sorted({row.state for row in watched(press)}) == [
        "paused", "running", "submitted", "timed_out"]
    assert db.session.scalar(select(func.count()).select_from(PaperMark).where(
        PaperMark.withdrawn_at.is_not(None))) == 1
    assert [(one.answered, one.shown) for one in (
        results_of(survey) for survey in db.session.scalars(select(ClassSurvey)))] == [(33, 30)]
