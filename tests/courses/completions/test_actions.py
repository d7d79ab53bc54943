"""Learning a course: begun, step by step, completed, taken back."""
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from lms.kernel import clock, storage
from lms.kernel.db import db
from lms.kernel.errors import Refusal

from courses.catalogue.actions import (
    add_step,
    change_course,
    change_step,
    draft,
    publish,
    remove_step,
    withdraw,
)
from courses.catalogue.queries import draft_version, published_version, steps_of
from courses.classes.models import Enrolment
from courses.completions.actions import (
    begin,
    complete,
    finish_step,
    keep_place,
    record_class_results,
    revoke,
    take_back,
)
from courses.completions.models import Completion, Place, StepDone, Study
from courses.completions.queries import (
    completion_on,
    completions_of,
    place_in,
    progress_of,
    steps_done_in,
    study_of,
)
from courses.completions.signals import completion_revoked, course_completed
from tests.courses.books import PAGE, begun, published, traces

TODAY = date(2026, 11, 25)


@pytest.fixture
def book(world):
    """A course of two pages, open to everybody, that counts for a year."""
    return published(world.minh, validity_months=12)


def steps(course):
    """The published steps of ``course``."""
    return steps_of(published_version(course))


def steps_left(study):
    """The steps of the version of ``study`` that are not done."""
    done = {step.lineage for step in steps_done_in(study)}
    return [step for step in steps_of(study.version) if step.lineage not in done]


def learned(person, course):
    """The day and the last day of each completion of ``course`` by ``person``, newest first."""
    return [(one.learned_on, one.valid_until) for one in completions_of(person)
            if one.course == course]


def later(monkeypatch, **span):
    """Let time pass."""
    now = clock.now() + timedelta(**span)
    monkeypatch.setattr(clock, "source", lambda: now)


def test_a_course_is_begun_once_however_often_the_button_is_pressed(world, book):
    study = begin(world.lan, book, by=world.lan)

    assert begin(world.lan, book, by=world.lan) is study
    assert (study.version, study.finished_at) == (published_version(book), None)
    assert traces()[-1] == "course begun"


def test_a_withdrawn_or_unpublished_course_is_not_begun(world, book):
    withdraw(book, by=world.minh)

    for course in (book, begun(world.minh, "C14")):
        with pytest.raises(Refusal, match="chưa học được khóa này"):
            begin(world.lan, course, by=world.lan)


def test_who_is_in_the_middle_finishes_a_course_withdrawn_meanwhile(world, book):
    begin(world.lan, book, by=world.lan)
    withdraw(book, by=world.minh)

    for step in steps(book):
        finish_step(world.lan, step, by=world.lan)

    assert learned(world.lan, book) == [(TODAY, date(2027, 11, 25))]


def test_a_course_not_open_to_everybody_is_begun_by_who_must_or_is_sent(world):
    change_course(world.press_law, {"open": False}, by=world.an)

    assert begin(world.lan, world.press_law, by=world.lan)
    assert begin(world.ha, world.press_law, by=world.ha)
    with pytest.raises(Refusal):
        begin(world.hoa, world.press_law, by=world.hoa)
    db.session.add(Enrolment(class_id=world.december_class.id, person_id=world.hoa.id))
    assert begin(world.hoa, world.press_law, by=world.hoa)


def test_the_last_step_completes_the_course_and_tells_the_storeys_above(world, book):
    heard = []

    def hear(completion, by):
        heard.append((completion.person.key, completion.course.key, by.key))

    first, second = steps(book)
    with course_completed.connected_to(hear):
        finish_step(world.lan, first, by=world.lan)
        left = steps_left(study_of(world.lan, book))
        assert (heard, [step.id for step in left]) == ([], [second.id])
        finish_step(world.lan, second, by=world.lan)

    assert heard == [("LAN", "C13", "LAN")]
    assert learned(world.lan, book) == [(TODAY, date(2027, 11, 25))]
    assert study_of(world.lan, book) is None
    assert traces()[-5:] == ["course begun", "step done", "step done", "course completed",
                             "certificate issued"]


def test_a_step_done_again_changes_nothing(world, book):
    first, second = steps(book)
    once = finish_step(world.lan, first, by=world.lan)

    assert finish_step(world.lan, first, by=world.lan) is once
    finish_step(world.lan, second, by=world.lan)
    finish_step(world.lan, second, by=world.lan)
    assert len(learned(world.lan, book)) == 1
    assert db.session.query(Study).filter_by(course_id=book.id).count() == 1


def test_another_round_is_begun_on_purpose_and_completes_once_more(world, book, monkeypatch):
    for step in steps(book):
        finish_step(world.lan, step, by=world.lan)
    later(monkeypatch, days=400)

    begin(world.lan, book, by=world.lan)
    assert progress_of(world.lan, book).done == 0
    for step in steps(book):
        finish_step(world.lan, step, by=world.lan)

    assert learned(world.lan, book) == [(date(2027, 12, 30), date(2028, 12, 30)),
                                        (TODAY, date(2027, 11, 25))]


def test_a_step_of_a_draft_is_done_by_nobody(world, book):
    step = steps_of(draft(book, by=world.minh))[0]

    with pytest.raises(Refusal, match="bản nháp"):
        finish_step(world.minh, step, by=world.minh)


def test_the_day_of_learning_is_the_day_in_cao_bang(world, book):
    evening = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)

    for step in steps(book):
        finish_step(world.lan, step, by=None, at=evening)

    assert learned(world.lan, book)[0][0] == TODAY


def test_the_mark_of_the_last_marked_step_is_the_mark_of_the_course(world, book):
    first, second = steps(book)

    finish_step(world.lan, first, by=world.lan, mark=Decimal("86.5"))
    finish_step(world.lan, second, by=world.lan)

    assert completion_on(world.lan, book, TODAY).mark == Decimal("86.5")


def test_a_confirmation_is_taken_back_within_ten_minutes(world, book, monkeypatch):
    first, _second = steps(book)
    finish_step(world.lan, first, by=world.lan)
    later(monkeypatch, minutes=10)

    take_back(world.lan, first, by=world.lan)

    assert [step.done_at for step in progress_of(world.lan, book).steps] == [None, None]


def test_after_eleven_minutes_or_completion_nothing_is_taken_back(world, book, monkeypatch):
    first, second = steps(book)
    finish_step(world.lan, first, by=world.lan)
    finish_step(world.ha, first, by=world.ha)
    finish_step(world.ha, second, by=world.ha)

    with pytest.raises(Refusal):
        take_back(world.ha, second, by=world.ha)
    later(monkeypatch, minutes=11)
    with pytest.raises(Refusal, match="mười phút"):
        take_back(world.lan, first, by=world.lan)
    with pytest.raises(Refusal):
        take_back(world.hoa, first, by=world.hoa)


def test_the_validity_is_that_of_the_day_and_no_later_change_touches_it(world, book):
    completion = complete(world.pao, book, date(2026, 2, 28), by=world.an, source="outside",
                          evidence="Giấy chứng nhận số 5")

    change_course(book, {"validity_months": 60}, by=world.an)

    assert (completion.valid_until, completion.source, completion.evidence) == (
        date(2027, 2, 28), "outside", "Giấy chứng nhận số 5")


def test_nothing_is_completed_tomorrow(world, book):
    with pytest.raises(Refusal, match="ngày chưa đến"):
        complete(world.pao, book, date(2026, 11, 26), by=world.an)


def test_a_completion_counts_from_its_day_to_its_last(world, book):
    complete(world.pao, book, date(2026, 2, 5), by=world.an)

    counts = [completion_on(world.pao, book, day) is not None for day in (
        date(2026, 2, 4), date(2026, 2, 5), date(2027, 2, 5), date(2027, 2, 6))]

    assert counts == [False, True, True, False]


def test_taking_back_writes_a_corrected_row_and_keeps_the_figures_before(world, monkeypatch):
    first = world.vi_learned
    heard, later_moment = [], clock.now() + timedelta(hours=1)
    before = clock.now()
    monkeypatch.setattr(clock, "source", lambda: later_moment)

    def hear(completion, reason, by, overturned):
        heard.append((completion.id, reason, by.key, overturned))

    with completion_revoked.connected_to(hear):
        corrected = revoke(first, date(2026, 6, 1), "QĐ 15", by=world.an)

    assert heard == [(corrected.id, "QĐ 15", "AN", False)]
    assert (corrected.corrects_id, corrected.revoked_on) == (first.id, date(2026, 6, 1))
    assert (first.superseded_at, first.revoked_on) == (later_moment, None)
    assert completions_of(world.vi) == [corrected]
    counting = [completion_on(world.vi, world.press_law, day) for day in (
        date(2026, 5, 31), date(2026, 6, 1))]
    assert counting == [corrected, None]
    believed = db.session.query(Completion).filter(
        Completion.person_id == world.vi.id, Completion.known_at(before)).all()
    assert believed == [first]


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2026, 11, 26)])
def test_a_completion_is_taken_back_from_a_day_between_its_own_and_today(world, on):
    with pytest.raises(Refusal, match="từ ngày hoàn thành đến hôm nay"):
        revoke(world.vi_learned, on, "QĐ 15", by=world.an)


def test_a_completion_is_taken_back_once(world):
    corrected = revoke(world.vi_learned, TODAY, "QĐ 15", by=world.an)

    with pytest.raises(Refusal, match="đã bị thu lại"):
        revoke(corrected, TODAY, "QĐ 16", by=world.an)


@pytest.fixture
def closing(world, monkeypatch):
    """The class of December on the day after its last session."""
    monkeypatch.setattr(clock, "source", lambda: datetime(2026, 12, 3, 3, 0, tzinfo=UTC))
    return world.december_class


def enrolled(course_class, person, passed, mark=None):
    """``person`` in the class with a result."""
    row = db.session.query(Enrolment).filter_by(
        class_id=course_class.id, person_id=person.id).one_or_none()
    row = row or Enrolment(class_id=course_class.id, person_id=person.id)
    row.passed, row.mark = passed, mark
    db.session.add(row)
    db.session.flush()


def test_a_closed_class_completes_the_course_for_those_who_passed_on_its_last_day(world, closing):
    enrolled(closing, world.lan, True, Decimal("70"))
    enrolled(closing, world.pao, True)
    enrolled(closing, world.ha, False, Decimal("20"))

    record_class_results(closing, by=world.minh)

    got = db.session.query(Completion).filter_by(class_id=closing.id).all()
    assert sorted((one.person.key, one.learned_on, one.source, one.mark) for one in got) == [
        ("LAN", date(2026, 12, 2), "class", Decimal("70")),
        ("PAO", date(2026, 12, 2), "class", None)]


def test_a_class_completes_for_nobody_twice(world, closing):
    enrolled(closing, world.lan, True)
    record_class_results(closing, by=world.minh)
    enrolled(closing, world.pao, True)

    record_class_results(closing, by=world.minh)

    keys = [one.person.key for one in db.session.query(Completion).filter_by(class_id=closing.id)]
    assert sorted(keys) == ["LAN", "PAO"]


def test_a_new_version_leaves_those_under_way_where_they_are(world, book):
    finish_step(world.lan, steps(book)[0], by=world.lan)
    add_step(draft(book, by=world.minh), "page", PAGE, by=world.minh)

    publish(book, "", False, by=world.minh)

    study = study_of(world.lan, book)
    assert (study.version.number, len(steps_left(study))) == (1, 1)
    assert begin(world.ha, book, by=world.ha).version.number == 2


def test_a_new_version_takes_those_under_way_along_with_what_they_did(world, book):
    finish_step(world.lan, steps(book)[0], by=world.lan)
    version = draft(book, by=world.minh)
    change_step(steps_of(version)[0], {"title_vi": "Một, sửa"}, by=world.minh)
    add_step(version, "page", {**PAGE, "title_vi": "Ba"}, by=world.minh)

    publish(book, "", True, by=world.minh)

    progress = progress_of(world.lan, book)
    assert progress.study.version_id == version.id
    assert [(step.activity.title_vi, step.state) for step in progress.steps] == [
        ("Một, sửa", "done"), ("Hai", "next"), ("Ba", "todo")]


def test_who_has_nothing_left_in_the_new_version_has_completed_the_course(world, book):
    finish_step(world.lan, steps(book)[0], by=world.lan)
    begin(world.ha, book, by=world.ha)
    remove_step(steps_of(draft(book, by=world.minh))[1], by=world.minh)

    publish(book, "", True, by=world.minh)

    assert learned(world.lan, book) == [(TODAY, date(2027, 11, 25))]
    assert learned(world.ha, book) == []


def test_a_quiz_passed_is_a_step_of_its_course(world):
    intro, text, quiz = world.law_intro, world.law_text, world.law_quiz

    for step in (intro, text):
        finish_step(world.ha, step, by=world.ha)
    finish_step(world.ha, quiz, by=world.ha, mark=Decimal("75"))

    assert completion_on(world.ha, world.press_law, TODAY).mark == Decimal("75")


def test_the_place_in_a_recording_is_kept_for_each_person(world):
    course = begun(world.minh)
    file = storage.keep(BytesIO(b"ID3 sound"), "nghe.mp3")
    step = add_step(draft_version(course), "media", {"title_vi": "Nghe", "file_id": file.id},
                    by=world.minh)

    keep_place(world.lan, step, 75)
    keep_place(world.lan, step, 90)
    keep_place(world.ha, step, -3)

    assert (place_in(world.lan, step), place_in(world.ha, step), place_in(world.an, step)) == (
        90, 0, 0)
    keep_place(world.lan, step, 10**9)
    assert db.session.get(Place, (world.lan.id, step.lineage)).seconds == 86_400


def test_a_page_has_no_place_to_keep(world):
    with pytest.raises(Refusal):
        keep_place(world.lan, world.law_intro, 5)


def test_what_is_done_is_told_with_its_moment(world, book):
    first, _second = steps(book)
    finish_step(world.lan, first, by=world.lan)

    assert [(step.state, step.done_at) for step in progress_of(world.lan, book).steps] == [
        ("done", clock.now()), ("next", None)]
    assert [step.state for step in progress_of(world.ha, book).steps] == ["next", "todo"]
    assert db.session.query(StepDone).count() == 1
