"""What the answers say about the questions of a bank: reckoned, listed, narrowed to, kept true."""
from contextlib import closing, suppress
from math import isclose, sqrt

import pytest
from sqlalchemy import event, select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.sqlite import sqlite3
from lms.kernel.transaction import transaction
from lms.people.models import Person

from quizzes.attempts.actions import start, submit
from quizzes.attempts.grades import GradeEvent
from quizzes.attempts.models import AnswerEvent, Attempt
from quizzes.attempts.regrading_actions import Change, mend
from quizzes.insight.actions import keep_figures, reckon_when_quiet
from quizzes.insight.queries import answers_of, reckoned
from quizzes.questions.actions import reword_question
from quizzes.questions.models import VersionFigures
from quizzes.questions.queries import Wanted, rows_of, wanted_of, with_figures
from tests.examination import prepare
from tests.quizzes.banks import bank
from tests.quizzes.sitting import sit
from tests.statements import counted

#: Papers that are copied leave no trace of how they were begun and handed in.
pytestmark = pytest.mark.breaks_promises


def reckon_figures(course, by):
    """As somebody has what the answers of a bank say reckoned now; gives how many were asked."""
    return keep_figures(course, reckoned(course), by)

#: What each of the first four has right, and how many answer so: 24 people.
GROUPS = (((0, 1, 2), 9), ((0, 1), 3), ((0, 3), 6), ((0,), 6))


def people(count, name="Người"):
    """So many more people."""
    found = [Person(key=f"{name}{n}", full_name=f"{name} {n:03d}", birth="1990")
             for n in range(count)]
    db.session.add_all(found)
    db.session.flush()
    return found


def same_again(attempt, person):
    """An attempt of ``person`` that is in everything like ``attempt``."""
    copy = Attempt(person_id=person.id, **columns(attempt, "person_id"))
    db.session.add(copy)
    db.session.flush()
    for model in (AnswerEvent, GradeEvent):
        db.session.add_all([
            model(attempt_id=copy.id, **columns(one, "attempt_id")) for one in db.session.scalars(
                select(model).filter_by(attempt_id=attempt.id).order_by(model.id)).all()])


def columns(row, *besides):
    """The values of ``row`` without its number and what is named besides."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns
            if column.key not in ("id", *besides)}


@pytest.fixture
def asked(world, later):
    """Twenty-four people took the test of press law: question 1 everybody has right, question 4
    only those who have little else.
    """
    world.press_law.open = True
    everybody = iter(people(24))
    for right, count in GROUPS:
        attempt = sit(world.law_quiz, next(everybody), *right)
        for _n in range(count - 1):
            same_again(attempt, next(everybody))
    later(15)
    return [item.question for item in world.law_quiz.items]


def figures(question):
    """The figures kept for the newest version of ``question``."""
    return db.session.get(VersionFigures, question.versions[-1].id)


def test_the_figures_of_a_version_as_worked_out_by_hand(asked, world):
    """Question 2: right by the 9 and the 3, so facility 12/24, Σ(x−x̄)² = 6, sd = √(6/23).

    The rest of the paper, in thirds: 2, 1, 2, 1 of 3 for the four groups.  Mean (18+3+12+6)/24 =
    13/8; Σ(X−X̄)² = 36+3+24+6 − 24·(13/8)² = 69 − 63.375 = 5.625;
    Σ(x−x̄)(X−X̄) = 18+3 − 12·13/8 = 1.5; D = 1.5/√(6·5.625) = 0.2582 whatever the measure of X.
    """
    reckon_figures(world.press_law, by=world.minh)
    found = figures(asked[1])

    assert (found.asked, found.count, found.facility, found.verdict) == (24, 24, 0.5, "sound")
    assert isclose(found.error, sqrt(6 / 23) / sqrt(24))
    assert isclose(found.discrimination, 1.5 / sqrt(6 * 5.625))


def test_each_question_is_judged_from_twenty_answers_on(asked, world):
    reckon_figures(world.press_law, by=world.minh)

    assert [figures(question).verdict for question in asked] == [
        "easy", "sound", "sound", "turned"]
    assert [(part, count) for part, count, *_halves in figures(asked[1]).chosen] == [
        ("A", 12), ("B", 12), ("C", 12)]


def test_words_that_one_person_typed_are_not_kept(asked, world):
    version = asked[3].versions[-1]
    answers = answers_of(world.press_law)[version.id]
    reckon_figures(world.press_law, by=world.minh)

    assert {one.given for one in answers} == {("126/2025/QH15",), ("không biết",)}
    assert [part for part, *_counts in figures(asked[3]).chosen] == [
        "không biết", "126/2025/QH15"]


def test_only_the_first_attempt_of_a_person_counts_and_every_paper_is_counted(asked, world, later):
    later(30)
    person = db.session.scalar(select(Person).filter_by(full_name="Người 023"))
    sit(world.law_quiz, person, 0, 1, 2, 3)
    reckon_figures(world.press_law, by=world.minh)

    assert (figures(asked[1]).asked, figures(asked[1]).count, figures(asked[1]).facility) == (
        25, 24, 0.5)


def test_a_version_speaks_for_itself_and_one_never_asked_says_nothing(asked, world, browse):
    reword_question(asked[0], {"stem_vi": "Nhà báo có được bảo vệ nguồn tin không?"},
                    by=world.minh)
    reckon_figures(world.press_law, by=world.minh)

    assert (figures(asked[0]), asked[0].versions[0].number) == (None, 1)
    page = browse(world.minh).get(f"/quizzes/questions/{asked[0].id}/versions")
    assert ("Chưa có câu trả lời nào được tính." in page.text,
            "dễ Hầu như ai cũng đúng" in page.text) == (True, True)
    assert "Có trong 24 bài làm, 24 lần trả lời đầu. Độ dễ 100 % (± 0 %)" in page.text


def test_options_that_nobody_chose_stand_in_the_table_too(asked, world, browse):
    reckon_figures(world.press_law, by=world.minh)
    options = asked[0].versions[-1].options
    page = browse(world.minh).get(f"/quizzes/questions/{asked[0].id}/versions")

    assert f"{options[0]['vi']} đáp án 24 100 % 12 12" in page.text
    assert f"{options[1]['vi']} 0 0 % 0 0" in page.text


def test_a_key_mended_afterwards_changes_the_figures(asked, world):
    reckon_figures(world.press_law, by=world.minh)
    version = asked[3].versions[-1]
    mend(asked[3], Change([version.id], "none", [], "Không rõ"), by=world.an)
    reckon_figures(world.press_law, by=world.minh)

    assert (figures(asked[3]).asked, figures(asked[3]).count, figures(asked[3]).verdict) == (
        24, 0, "few")


def test_the_bank_is_narrowed_to_a_verdict_and_put_in_order(asked, world):
    bank(world, ("Luật", 2, 1))
    reckon_figures(world.press_law, by=world.minh)

    def keys(**how):
        return [question.key for question, _version, _figures in rows_of(
            with_figures(wanted_of(world.press_law, Wanted()), **how))]

    assert keys(verdict="easy") == ["P1"]
    assert keys(verdict="turned") == ["P4"]
    assert keys(verdict="few") == ["Luật-2-0"]
    assert keys(order="hard") == ["P4", "P3", "P2", "P1", "Luật-2-0"]
    assert keys(order="easy") == ["P1", "P2", "P3", "P4", "Luật-2-0"]
    assert keys(order="nonsense") == keys() == ["Luật-2-0", "P1", "P2", "P3", "P4"]


def test_the_list_says_what_it_knows_and_has_it_reckoned(asked, world, browse):
    minh, url = browse(world.minh), f"/quizzes/courses/{world.press_law.id}/questions"

    assert "Chưa tính số liệu trả lời." in minh.get(url).text
    page = minh.follow(minh.post(f"{url}/figures"))
    assert "Đã tính lại số liệu trả lời của 4 phiên bản câu hỏi." in page.text
    page = minh.get(f"{url}?verdict=turned")
    assert "24 câu trả lời: độ dễ 25,0 %" in page.text
    assert ("P4" in page.text, "P1" in page.text) == (True, False)


def test_figures_are_reckoned_for_the_bank_of_ones_own_course_only(asked, world, browse):
    url = f"/quizzes/courses/{world.press_law.id}/questions/figures"

    browse(world.lan).post(url, {}, 404)

    assert figures(asked[0]) is None


def test_nobody_at_a_test_waits_for_figures(asked, world, browse, later):
    later(20)
    start(world.law_quiz, by=world.hoa)
    page = browse(world.minh).post(
        f"/quizzes/courses/{world.press_law.id}/questions/figures", {}, 409)

    assert ("Đang có người làm bài" in page.text, figures(asked[0])) == (True, None)


def test_the_list_costs_the_same_with_three_and_with_three_hundred(world, browse):
    url = f"/quizzes/courses/{world.press_law.id}/questions?order=hard"

    def cost():
        db.session.flush()
        db.session.expunge_all()
        with counted() as statements:
            browse(world.minh).get(url)
        return len(statements)

    few = cost()
    bank(world, ("Luật", 2, 300))

    assert cost() == few


def minutely():
    """What the process of jobs does once a minute; nothing of before is still to be written."""
    db.session.flush()
    return reckon_when_quiet()


def test_figures_are_made_by_themselves_while_nobody_sits_at_a_test(asked, world, later):
    assert minutely() == world.press_law
    assert minutely() is None
    later(20)
    sit(world.law_quiz, world.lan)
    assert minutely() is None
    later(90)
    assert minutely() == world.press_law
    assert figures(asked[0]).asked == 25
    trace = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (trace.verb, trace.details) == ("figures of questions reckoned", {"versions": 4})


@pytest.mark.slow
def test_nobody_who_writes_waits_while_figures_are_reckoned(database, tmp_path):
    if database.on_postgresql():
        pytest.skip("There nobody waits for a turn.")
    app, _people, _quiz_id = prepare(tmp_path, f"sqlite:///{tmp_path}/lms.sqlite", 3, 2)
    with app.app_context():
        with transaction():
            for attempt in db.session.scalars(select(Attempt)):
                submit(attempt, by=attempt.person)
        could = []

        def try_to_write(_connection, _cursor, statement, *_rest):
            with closing(sqlite3.connect(tmp_path / "lms.sqlite", timeout=0)) as somebody:
                with suppress(sqlite3.OperationalError):
                    somebody.execute("BEGIN IMMEDIATE")
                could.append((statement.split()[0], somebody.in_transaction))
        event.listen(db.engine, "after_cursor_execute", try_to_write)
        with transaction():
            assert reckon_when_quiet().key == "X"
        db.session.remove()
        db.engine.dispose()
    reading = could[:next(n for n, (verb, _could) in enumerate(could) if verb == "INSERT")]

    # The course as it is now, and which figures there are of it.
    assert [verb for verb, free in reading if not free] == ["SELECT"] * 2
    assert len(reading) > 8
