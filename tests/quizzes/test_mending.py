"""A wrong key is corrected after the test: marks, completions, certificates, people follow."""
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.naming import Naming
from lms.notices.models import Notice
from lms.people.signals import person_erased

from certificates.models import Certificate
from certificates.truth import wrong_certificates
from courses.completions.actions import begin, finish_step
from courses.completions.models import Completion, StepDone, Study
from courses.reports.actions import lock
from courses.reports.queries.comparing import checked, differences, known_now
from courses.reports.queries.measuring import matter_of
from quizzes.attempts.actions import start, submit
from quizzes.attempts.grades import GradeEvent, HandMark, Mending
from quizzes.attempts.regrading_actions import Change, looked_at, mark_all_again, mend
from quizzes.attempts.saving import save_answer
from quizzes.questions.models import QuestionVersion
from tests.courses.books import traces
from tests.quizzes.sitting import another_key, answer, sit
from tests.statements import counted
from tests.world import HEADING


def histories():
    """Every change of a mark: rule, old, new, passed before, passed now."""
    return [(one.rule, str(one.old), str(one.new), one.old_passed, one.passed)
            for one in db.session.scalars(select(GradeEvent).order_by(GradeEvent.id))]


def state_of(person, course):
    """The completions of ``course`` as now known: day, revoked, certificate under review."""
    return [(row.learned_on, row.revoked_on, db.session.scalar(
        select(Certificate.review_since).where(
            Certificate.completion_id.in_((row.id, row.corrects_id)))))
        for row in db.session.scalars(select(Completion).where(
            Completion.person_id == person.id, Completion.course_id == course.id,
            Completion.known_at()).order_by(Completion.id))]


def read_all(person, world):
    """``person`` has done the other two steps of press law."""
    for step in (world.law_intro, world.law_text):
        finish_step(person, step, by=person)


def test_a_mark_that_is_given_has_its_event(world):
    sit(world.law_quiz, world.lan, 0, 2)

    assert histories() == [("handed_in", "0.00", "50.00", None, True)]


def test_a_corrected_key_lets_people_pass_and_certifies_them(world, later):
    """Lan answered B to the first question and is right in the third: 25 points.

    The key becomes B: 50 points, which pass.  The other steps were done, so the course is
    completed, and certified.
    """
    read_all(world.lan, world)
    attempt = sit(world.law_quiz, world.lan, 2)
    assert (attempt.score, attempt.passed) == (25, False)
    later(60)

    mending, events = mend(world.first_question, another_key(world.first_question, "B"),
                           by=world.minh)

    assert (attempt.score, attempt.passed, attempt.shares) == (
        50, True, ["100.00", "0.00", "100.00", "0.00"])
    assert histories() == [("handed_in", "0.00", "25.00", None, False),
                           ("mended", "25.00", "50.00", False, True)]
    assert [(event.why, event.mending, event.change) for event in events] == [
        ("Đáp án in sai", mending, 25)]
    assert state_of(world.lan, world.press_law) == [(date(2026, 11, 25), None, None)]
    assert db.session.scalar(select(Certificate).filter_by(person_id=world.lan.id)) is not None
    told = db.session.scalars(select(Notice).where(Notice.key.startswith("mark-"))).all()
    assert [(one.person_id, one.text_vi, one.url) for one in told] == [(
        world.lan.id, "Bài “Kiểm tra” của khóa Luật Báo chí được chấm lại: trước 25,00 điểm, nay "
        "50,00 điểm. Bạn đã đạt. Lý do: Đáp án in sai", f"/quizzes/attempts/{attempt.id}")]
    assert "You have passed. The reason: Đáp án in sai" in told[0].text_en


def test_the_bank_gets_the_right_key_for_attempts_to_come(world):
    mend(world.first_question, another_key(world.first_question, "B"), by=world.minh)

    assert [version.right for version in db.session.scalars(
        select(QuestionVersion).filter_by(question_id=world.first_question.id)
        .order_by(QuestionVersion.number))] == [["A"], ["B"]]


def test_who_had_passed_stays_passed_by_the_rule_that_keeps(world, later):
    read_all(world.lan, world)
    attempt = sit(world.law_quiz, world.lan, 0, 2)
    later(5)

    mend(world.first_question, another_key(world.first_question, "B"), by=world.minh)

    assert (attempt.score, attempt.passed) == (25, True)
    assert histories()[-1] == ("mended", "50.00", "25.00", True, True)
    assert state_of(world.lan, world.press_law) == [(date(2026, 11, 25), None, None)]


def test_without_that_rule_step_and_completion_follow_and_the_certificate_is_under_review(
        world, later):
    read_all(world.lan, world)
    attempt = sit(world.law_quiz, world.lan, 0, 2)
    later(5)

    mend(world.first_question, another_key(world.first_question, "B", keeps=False), by=world.an)

    assert (attempt.score, attempt.passed) == (25, False)
    today = clock.today()
    assert state_of(world.lan, world.press_law) == [(date(2026, 11, 25), today, today)]
    study = db.session.scalars(select(Study).filter_by(person_id=world.lan.id)).one()
    assert study.finished_at is None
    assert set(db.session.scalars(select(StepDone.lineage))) == {"law-intro", "law-text"}
    assert "không còn đạt" in db.session.scalar(
        select(Notice.text_vi).where(Notice.key.startswith("mark-")))


def test_who_passes_again_after_that_completes_the_course_again(world, later):
    read_all(world.lan, world)
    sit(world.law_quiz, world.lan, 0, 2)
    later(5)
    mend(world.first_question, another_key(world.first_question, "B", keeps=False), by=world.an)
    later(10)

    sit(world.law_quiz, world.lan, 1, 2, 3)

    assert [row[1] for row in state_of(world.lan, world.press_law)] == [clock.today(), None]


def test_who_passed_another_time_keeps_the_step(world, later):
    read_all(world.lan, world)
    sit(world.law_quiz, world.lan, 0, 2)
    later(5)
    sit(world.law_quiz, world.lan, 1, 2, 3)
    later(10)

    mend(world.first_question, another_key(world.first_question, "B", keeps=False), by=world.an)

    assert state_of(world.lan, world.press_law) == [(date(2026, 11, 25), None, None)]
    assert len(db.session.scalars(select(StepDone)).all()) == 3


def test_only_an_officer_takes_what_was_passed(world, later):
    sit(world.law_quiz, world.lan, 0, 2)
    later(5)

    with pytest.raises(Refusal, match="chỉ phụ trách đào tạo được quyết định"):
        mend(world.first_question, another_key(world.first_question, "B", keeps=False),
             by=world.minh)

    assert db.session.scalars(select(Mending)).all() == []


def test_nobody_marks_for_themselves(world, later):
    sit(world.law_quiz, world.lan, 2)
    later(5)

    with pytest.raises(Refusal, match="không ai tự chấm cho mình"):
        mend(world.first_question, another_key(world.first_question, "B"), by=world.lan)


@pytest.mark.slow
@pytest.mark.parametrize("effect, right, score", [
    ("all", (), "25.00"), ("all", (2,), "50.00"), ("none", (2,), "33.33"), ("none", (0,), "0.00"),
    ("none", (1, 2, 3), "100.00"),
])
def test_a_question_called_off_counts_for_everybody_or_not_at_all(
        world, later, effect, right, score):
    attempt = sit(world.law_quiz, world.lan, *right)
    later(5)
    version = world.first_question.versions[-1]

    mend(world.first_question, Change([version.id], effect, [], "Câu hỏi không rõ"), by=world.minh)

    assert str(attempt.score) == score
    assert world.first_question.retired_at is not None


def test_a_question_is_not_called_off_where_nothing_would_be_left(world, later):
    sit(world.law_quiz, world.lan)
    later(5)
    questions = [item.question for item in world.law_quiz.items]
    for question in questions[:3]:
        mend(question, Change([question.versions[-1].id], "none", [], "Không rõ"), by=world.minh)

    with pytest.raises(Refusal, match="không còn câu nào được tính"):
        mend(questions[3], Change([questions[3].versions[-1].id], "none", [], "Không rõ"),
             by=world.minh)


def test_two_options_can_both_be_accepted(world, later):
    attempt = sit(world.law_quiz, world.lan, 0)
    later(5)
    mend(world.first_question, another_key(world.first_question, "A", "B"), by=world.minh)

    other = sit(world.law_quiz, world.hoa)

    assert (attempt.shares[0], other.shares[0]) == ("100.00", "100.00")
    assert [version.right for version in world.first_question.versions] == [["A"]]


def test_an_attempt_that_runs_is_marked_by_the_corrected_key(world, later):
    save_answer(world.running, 0, ["B"], None, by=world.lan)
    mend(world.first_question, another_key(world.first_question, "B"), by=world.minh)
    later(5)

    attempt = submit(world.running, by=world.lan)

    assert (attempt.shares[0], histories()) == (
        "100.00", [("handed_in", "0.00", "25.00", None, False)])


def test_the_same_decision_again_changes_no_mark(world, later):
    sit(world.law_quiz, world.lan, 2)
    later(5)
    change = another_key(world.first_question, "B")
    mend(world.first_question, change, by=world.minh)

    _mending, events = mend(world.first_question, change, by=world.minh)

    assert events == []
    assert mark_all_again(None, keep=False) == (1, [])


def test_looking_changes_nothing_and_names_who_gains_and_who_loses(world, later):
    sit(world.law_quiz, world.lan, 0, 2)
    sit(world.law_quiz, world.hoa, 2)
    sit(world.law_quiz, world.ha, 1)
    later(5)

    _mending, remarks = looked_at(
        world.first_question, another_key(world.first_question, "B", keeps=False), world.an)

    assert {one.attempt.person.key: (str(one.marks.score), one.gains, one.loses)
            for one in remarks} == {"LAN": ("25.00", False, True), "HOA": ("50.00", True, False),
                                    "HA": ("50.00", True, False)}
    assert db.session.scalars(select(Mending)).all() == []
    assert [len(histories()), remarks[0].attempt.passed] == [3, True]


def test_a_mending_leaves_one_trace(world):
    before = len(traces())

    mend(world.first_question, another_key(world.first_question, "A", "B"), by=world.minh)

    assert traces()[before:] == ["key mended"]


def test_the_command_marks_all_again_and_no_mark_changes(app, world):
    sit(world.law_quiz, world.lan, 0, 2)
    runner = app.test_cli_runner()

    assert runner.invoke(args=["quizzes", "remark", "--dry-run"]).output == (
        "1 attempts marked again, 0 marks would change.\n")


@pytest.mark.breaks_promises
def test_the_command_gives_the_marks_that_should_be(app, world):
    attempt = sit(world.law_quiz, world.lan, 0, 2)
    attempt.score, attempt.shares = Decimal(10), ["0.00"] * 4
    db.session.flush()
    runner = app.test_cli_runner()

    assert runner.invoke(args=["quizzes", "remark", "--dry-run", "--json"]).output == (
        f'{{"attempts": 1, "changes": [{{"attempt": {attempt.id}, "new": "50.00"}}]}}\n')
    assert runner.invoke(args=["quizzes", "remark"]).output == (
        f"attempt {attempt.id}: 50.00\n1 attempts marked again, 1 marks changed.\n")
    assert histories()[-1] == ("again", "10.00", "50.00", True, True)


@pytest.mark.slow
def test_looking_costs_the_same_for_few_and_for_many(world, later):
    change = another_key(world.first_question, "B")

    def cost(times):
        for _time in range(times):
            world.law_quiz.attempts_allowed += 2
            for person in (world.lan, world.hoa):
                submit(start(world.law_quiz, by=person), by=person)
        db.session.flush()
        db.session.expire_all()
        with counted() as statements:
            looked_at(world.first_question, change, world.minh)
        return len(statements)

    assert cost(1) == cost(8)


def test_the_name_of_somebody_erased_leaves_every_reason_and_comment(world, later):
    attempt = sit(world.law_quiz, world.lan, 2)
    later(5)
    change = another_key(world.first_question, "B")._replace(reason="Nông Thị Lan đã báo lỗi")
    mend(world.first_question, change, by=world.minh)
    db.session.add(HandMark(attempt_id=attempt.id, slot=0, points=["1"], comment="Cô Lan viết tốt",
                            by_id=world.minh.id))
    world.lan.full_name = "(đã xóa)"
    db.session.flush()

    person_erased.send(world.lan, naming=Naming("Nông Thị Lan", ("LAN",)), email="")

    reasons = [*db.session.scalars(select(Mending.reason)), *db.session.scalars(
        select(GradeEvent.why).where(GradeEvent.why != ""))]
    assert reasons == ["(đã xóa) đã báo lỗi"] * 2
    assert db.session.scalars(select(HandMark.comment)).all() == [""]


def test_the_mark_of_the_completion_and_the_grade_on_the_certificate_follow(world, later):
    """Right in three of four: 75 points, “Khá”.  The key of the first becomes what Lan answered:
    100 points, “Xuất sắc”.  The former fact stays as it was believed.
    """
    read_all(world.lan, world)
    sit(world.law_quiz, world.lan, 1, 2, 3)
    later(60)

    mend(world.first_question, another_key(world.first_question, "B"), by=world.minh)

    first, second = db.session.scalars(select(Completion).where(
        Completion.person_id == world.lan.id, Completion.course_id == world.press_law.id)
        .order_by(Completion.id))
    assert (first.mark, first.superseded_at, second.mark, second.corrects_id) == (
        75, clock.now(), 100, first.id)
    assert (second.recorded_at, second.learned_on) == (clock.now(), first.learned_on)
    assert db.session.scalars(select(StepDone.mark).filter_by(lineage="law-quiz")).all() == [100]
    khá, xuất_sắc = db.session.scalars(select(Certificate).where(
        Certificate.person_id == world.lan.id).order_by(Certificate.id))
    assert (khá.printed["grade_vi"], khá.replaced_by, xuất_sắc.printed["grade_vi"]) == (
        "Khá", xuất_sắc, "Xuất sắc")
    assert (xuất_sắc.completion, xuất_sắc.printed["ended"]) == (second, khá.printed["ended"])
    assert wrong_certificates() == []
    assert db.session.scalar(select(Notice.text_en).filter_by(
        key=f"certificate-{xuất_sắc.id}")) == (
        f"The grade of your certificate no. {khá.printed_number} has changed; no. "
        f"{xuất_sắc.printed_number} takes its place.")


def test_who_keeps_the_pass_below_the_mark_keeps_the_least_grade(world, later):
    """50 points, “Đạt”, become 25 by the key that holds; the pass is left to her."""
    read_all(world.lan, world)
    sit(world.law_quiz, world.lan, 0, 2)
    later(5)

    mend(world.first_question, another_key(world.first_question, "B"), by=world.minh)

    certificate = db.session.scalars(select(Certificate).where(
        Certificate.person_id == world.lan.id)).one()
    assert (certificate.completion.mark, certificate.printed["grade_vi"]) == (25, "Đạt")


def test_a_report_locked_before_tells_who_passed_by_a_key_corrected_since(world, later):
    """Locked on the 26th for the 25th; Lan handed in 25 points on the 25th.  The key corrected on
    the 26th lets her pass, and she learned on the 25th: the report stays and names her.
    """
    read_all(world.lan, world)
    sit(world.law_quiz, world.lan, 2)
    later(24 * 60)
    report = lock(world.newspaper, date(2026, 1, 1), date(2026, 11, 25), HEADING, by=world.an)
    later(25 * 60)

    mend(world.first_question, another_key(world.first_question, "B"), by=world.minh)

    matter = matter_of(report)
    assert (checked(matter).intact, checked(matter).equal) == (True, True)
    assert [(one.goal.key, one.before, one.now) for one in differences(
        matter, known_now(matter)[0])] == [("A", "overdue", "met")]


def test_an_attempt_of_a_former_round_changes_that_round_alone(world, later):
    """Lan completed press law with 75 points and two years later with 100; a key corrected after
    that makes 100 of the 75.
    """
    read_all(world.lan, world)
    sit(world.law_quiz, world.lan, 1, 2, 3)
    later(2 * 365 * 24 * 60)
    begin(world.lan, world.press_law, by=world.lan)
    read_all(world.lan, world)
    world.law_quiz.attempts_allowed = 9
    answer(world.law_quiz, world.lan, [["B"], ["A", "C"], ["T"], ["126/2025/QH15"]])
    mended = sit(world.law_quiz, world.lan, 0, 1, 2, 3)
    assert mended.score == 100

    mend(world.first_question, another_key(world.first_question, "A", "B"), by=world.minh)

    assert [(row.learned_on.year, row.mark) for row in db.session.scalars(
        select(Completion).where(Completion.person_id == world.lan.id, Completion.known_at(),
                                 Completion.course_id == world.press_law.id)
        .order_by(Completion.learned_on))] == [(2026, 100), (2028, 100)]
