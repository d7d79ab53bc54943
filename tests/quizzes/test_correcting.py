"""A result typed in wrongly from paper is corrected or withdrawn, and all that rests on it follows.

The test of press law has four questions of one point each; 50 points pass.
"""
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.naming import Naming
from lms.notices.models import Notice
from lms.people.signals import person_erased

from certificates.models import Certificate
from courses.classes.models import ClassTrainer
from courses.completions.models import Completion, StepDone
from quizzes.attempts.marksheet import Entry
from quizzes.attempts.models import Attempt, PaperMark
from quizzes.attempts.recording import correct_paper, record_papers, withdraw_paper
from quizzes.insight.queries import handed_in_at
from quizzes.papers.actions import make_papers
from quizzes.papers.lettering import key_of
from quizzes.questions.queries import versions_of
from tests.courses.books import traces


def entered(world, score, letter="A"):
    """What was typed for Lan: a mark alone."""
    record_papers(world.paper_set, {world.lan: Entry(letter, None, Decimal(score))}, by=world.minh)
    return db.session.scalars(select(PaperMark).order_by(PaperMark.id.desc())).first()


def mark(score):
    """The Entry of a mark alone."""
    return Entry("A", None, Decimal(f"{score}.00"))


def learned(world):
    """Every completion of Lan in press law as it was ever believed: (mark, revoked, superseded)."""
    return [(row.mark, row.revoked_on, row.superseded_at is not None)
            for row in db.session.scalars(select(Completion).filter_by(
                person_id=world.lan.id, course_id=world.press_law.id).order_by(Completion.id))]


def grades(world):
    """The certificates of Lan: (grade, replaced, under review)."""
    return [(one.printed["grade_vi"], one.replaced_by_id is not None, one.under_review)
            for one in db.session.scalars(select(Certificate).filter_by(
                person_id=world.lan.id).order_by(Certificate.id))]


def told(world):
    """What Lan was told about papers."""
    return list(db.session.scalars(select(Notice.text_vi).where(
        Notice.person_id == world.lan.id, Notice.key.startswith("paper-")).order_by(Notice.id)))


def test_a_mark_corrected_corrects_the_completion_and_the_grade_on_the_certificate(ready, later):
    """66 points are “Khá”; the trainer had turned the figures round: 85 is “Giỏi”."""
    wrong = entered(ready, 66)
    assert (learned(ready), grades(ready)) == ([(66, None, False)], [("Khá", False, False)])
    later(20)

    new = correct_paper(wrong, mark(85), "Gõ nhầm điểm", by=ready.minh)

    assert learned(ready) == [(66, None, True), (85, None, False)]
    assert grades(ready) == [("Khá", True, False), ("Giỏi", False, False)]
    assert db.session.scalar(select(StepDone.mark).filter_by(lineage="law-quiz")) == 85
    assert (new.corrects_id, new.handed_in_at, wrong.reason) == (
        wrong.id, wrong.handed_in_at, "Gõ nhầm điểm")
    assert told(ready) == ["Kết quả bài giấy “Kiểm tra” của bạn được đính chính: trước 66,00 điểm, "
                           "nay 85,00 điểm. Bạn đã đạt. Lý do: Gõ nhầm điểm"]


def test_within_a_grade_the_certificate_stays_and_rests_on_the_new_fact(ready, later):
    wrong = entered(ready, 66)
    later(20)

    correct_paper(wrong, mark(67), "Gõ nhầm điểm", by=ready.minh)

    certificate = db.session.scalars(select(Certificate).filter_by(person_id=ready.lan.id)).one()
    assert (certificate.printed["grade_vi"], certificate.completion.mark) == ("Khá", 67)


def test_who_passes_by_the_correction_completed_the_course_when_the_paper_was_entered(
        ready, later):
    wrong = entered(ready, 45)
    assert learned(ready) == []
    later(3 * 24 * 60)

    correct_paper(wrong, mark(54), "Gõ nhầm điểm", by=ready.minh)

    (completion,) = db.session.scalars(select(Completion).filter_by(
        person_id=ready.lan.id, course_id=ready.press_law.id))
    assert (completion.learned_on, completion.mark) == (date(2026, 11, 25), 54)


def test_that_a_pass_is_taken_is_decided_by_an_officer(ready, later):
    wrong = entered(ready, 54)
    later(20)
    with pytest.raises(Refusal, match="chỉ phụ trách đào tạo"):
        correct_paper(wrong, mark(45), "Gõ nhầm điểm", by=ready.minh)
    db.session.rollback()


def test_a_pass_that_is_taken_takes_step_completion_and_certificate(ready, later):
    wrong = entered(ready, 54)
    later(20)

    correct_paper(wrong, mark(45), "Gõ nhầm điểm", by=ready.an)

    assert learned(ready) == [(54, None, True), (54, date(2026, 11, 25), False)]
    assert grades(ready) == [("Đạt", False, True)]
    assert db.session.scalars(select(StepDone).filter_by(lineage="law-quiz")).all() == []


def test_another_pass_keeps_the_step_with_its_own_mark(ready, later):
    """On the paper of set 1 it was 54, later on a second paper 80: withdrawing the first leaves
    the completion with 80.
    """
    wrong = entered(ready, 54)
    later(20)
    again = make_papers(ready.law_quiz, 2, "Lần hai", by=ready.minh)
    record_papers(again, {ready.lan: mark(80)}, by=ready.minh)
    later(30)

    withdraw_paper(wrong, "Bài của người khác", by=ready.minh)

    assert learned(ready) == [(54, None, True), (80, None, False)]
    assert told(ready) == ["Kết quả bài giấy “Kiểm tra” của bạn, 54,00 điểm, đã bị rút. "
                           "Lý do: Bài của người khác"]


def right(world, letter):
    """Every right answer of a version, as it is written down."""
    paper = world.paper_set.papers[letter]
    versions = versions_of({item["version"] for item in paper})
    return [key_of(*versions[item["version"]], item["options"]) for item in paper]


def test_answers_are_corrected_on_the_page_and_the_former_attempt_counts_nowhere(ready, browse):
    """All four right on B; in truth the first was left empty: 75 points."""
    ready.law_quiz.attempts_allowed = 3
    minh, lan = browse(ready.minh), ready.lan.id
    answers = right(ready, "B")
    minh.post(f"/quizzes/papers/{ready.paper_set.id}/marks",
              {f"letter-{lan}": "B", f"answers-{lan}": "; ".join(answers)})
    wrong = db.session.scalars(select(PaperMark).filter_by(person_id=lan)).one()
    page = minh.get(f"/quizzes/papers/marks/{wrong.id}")
    assert [field["value"] for field in page.all("input") if field.get("id") == "answers"] == [
        " ".join(answers)]

    page = minh.follow(minh.post(f"/quizzes/papers/marks/{wrong.id}", {
        "letter": "B", "answers": "; ".join(["-", *answers[1:]]), "mark": "",
        "reason": "Nhìn nhầm phiếu"}))

    assert "Đã đính chính kết quả của Nông Thị Lan" in page.text
    assert "Đạt, 75 trên 100 điểm" in page.text
    first, second, third = db.session.scalars(select(Attempt).order_by(Attempt.id))
    assert [(one.number, one.state, one.score) for one in (first, second, third)] == [
        (1, "submitted", 0), (2, "withdrawn", 100), (3, "submitted", 75)]
    assert [one.id for one in handed_in_at(ready.law_quiz)] == [first.id, third.id]
    assert learned(ready) == [(100, None, True), (75, None, False)]
    assert traces()[-2:] == ["paper corrected", "people told"]
    lan = browse(ready.lan)
    door = lan.get(f"/quizzes/{ready.law_quiz.id}")
    assert "Còn 1 lần làm bài" in door.text
    assert "đã rút" in door.text
    assert "Nhìn nhầm phiếu" in lan.get(f"/quizzes/attempts/{second.id}").text
    assert "Nhìn nhầm phiếu" in lan.get(f"/quizzes/attempts/{third.id}").text


def test_a_result_withdrawn_can_be_entered_again(ready, browse):
    minh, wrong = browse(ready.minh), entered(ready, 45)

    page = minh.follow(minh.post(f"/quizzes/papers/marks/{wrong.id}/withdrawal",
                                 {"withdrawal-reason": "Nhầm người"}))

    assert "Kết quả này đã bị rút." in page.text
    assert "mark-" + str(ready.lan.id) in [field.get("name") for field in minh.get(
        f"/quizzes/papers/{ready.paper_set.id}/marks").all("input")]
    entered(ready, 60)
    assert learned(ready) == [(60, None, False)]


@pytest.mark.parametrize("fields, words", [
    ({"mark": "66", "reason": ""}, "Lý do"),
    ({"mark": "viết", "reason": "x"}, "không phải là điểm"),
    ({"answers": "A B", "mark": "", "reason": "x"}, "đề có 4 câu"),
    ({"answers": "A B", "reason": "x"}, "Chỉ gõ câu trả lời hoặc điểm.")])
def test_what_cannot_be_a_result_changes_nothing(ready, browse, fields, words):
    wrong = entered(ready, 45)

    page = browse(ready.minh).post(f"/quizzes/papers/marks/{wrong.id}", {
        "letter": "A", "answers": "", "mark": "45", **fields}, status=200)

    assert words in page.text
    assert (wrong.withdrawn_at, learned(ready)) == (None, [])


def test_the_same_again_and_what_was_corrected_meanwhile_is_refused(ready):
    wrong = entered(ready, 45)
    new = correct_paper(wrong, mark(46), "Gõ nhầm", by=ready.minh)
    with pytest.raises(Refusal, match="vừa đính chính"):
        withdraw_paper(wrong, "Gõ nhầm", by=ready.minh)
    with pytest.raises(Refusal, match="giống hệt"):
        correct_paper(new, mark(46), "Gõ nhầm", by=ready.minh)
    db.session.rollback()


def test_a_trainer_corrects_the_papers_of_their_own_classes_only(ready, browse):
    """Hoa teaches the class of December, in which Vi is not."""
    wrong = entered(ready, 45)
    db.session.scalars(select(ClassTrainer)).one().person = ready.hoa
    hoa = browse(ready.hoa)

    hoa.get(f"/quizzes/papers/marks/{wrong.id}")
    hoa.get(f"/quizzes/papers/marks/{ready.vi_mark.id}", status=404)
    browse(ready.lan).get(f"/quizzes/papers/marks/{wrong.id}", status=404)


def test_the_reason_goes_when_the_person_is_erased(ready):
    wrong = entered(ready, 45)
    withdraw_paper(wrong, "Nông Thị Lan nghỉ ốm", by=ready.minh)

    person_erased.send(ready.lan, naming=Naming("Nông Thị Lan", ("LAN",)), email="")

    assert wrong.reason == ""
