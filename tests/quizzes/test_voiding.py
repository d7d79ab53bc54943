"""An officer voids an attempt and restores it, and all that rests on its mark follows.

The test of press law has four questions of one point each; 50 points pass.  Lan has done the other
steps, so what she passes completes the course.
"""
import pytest
from sqlalchemy import select

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.naming import Naming
from lms.notices.models import Notice
from lms.people.signals import person_erased
from lms.proposals.models import Proposal

from certificates.models import Certificate
from courses.completions.models import Completion, StepDone
from quizzes.attempts.actions import start, submit
from quizzes.attempts.intervening import decline_late, reopen
from quizzes.attempts.marksheet import Entry
from quizzes.attempts.models import Attempt, Intervention, PaperMark
from quizzes.attempts.recording import record_papers, withdraw_paper
from quizzes.attempts.regrading_actions import mend
from quizzes.attempts.saving import save_answer
from quizzes.attempts.sitting import test_sat_by as sat_by
from quizzes.attempts.voiding import restore, void
from quizzes.attempts.watching import timeline
from quizzes.insight.actions import keep_figures
from quizzes.insight.queries import figures_of, handed_in_at, reckoned
from quizzes.papers.rule import NEVER
from tests.quizzes.sitting import RIGHT, another_key, answer, sit

WHY = "Nhờ người khác làm hộ"


def completions(world):
    """The completions of Lan in press law believed today: (mark, whether it still counts)."""
    return [(row.mark, row.revoked_on is None) for row in db.session.scalars(
        select(Completion).filter_by(person_id=world.lan.id, course_id=world.press_law.id,
                                     superseded_at=None).order_by(Completion.id))]


def step_mark():
    """The mark of the step of the test, None where it is not done."""
    return db.session.scalar(select(StepDone.mark).filter_by(lineage="law-quiz"))


def under_review(world):
    """Of each certificate of Lan, whether it is under review."""
    return [one.under_review for one in db.session.scalars(
        select(Certificate).filter_by(person_id=world.lan.id).order_by(Certificate.id))]


def told(world):
    """What Lan was told last about an attempt."""
    return db.session.scalars(select(Notice.text_vi).where(
        Notice.person_id == world.lan.id, Notice.key.startswith("intervention"))
        .order_by(Notice.id.desc())).first()


def test_a_voided_attempt_takes_step_completion_and_certificate_and_keeps_its_answers(
        ready, later):
    attempt = sit(ready.law_quiz, ready.lan, 0, 1, 2)
    assert (step_mark(), completions(ready), under_review(ready)) == (75, [(75, True)], [False])
    later(30)

    void(attempt, False, WHY, by=ready.an)

    assert (step_mark(), completions(ready), under_review(ready)) == (None, [(75, False)], [True])
    assert (attempt.state, attempt.score, attempt.passed) == ("voided", 75, True)
    assert told(ready) == (
        "Lần làm bài 2 của bạn ở “Kiểm tra” bị hủy: không còn được tính ở đâu nữa. Lần này vẫn "
        "tính vào số lần được làm của bạn. Lý do: Nhờ người khác làm hộ")


def test_restored_it_counts_as_before_and_the_certificate_stands_again(ready, later):
    attempt = sit(ready.law_quiz, ready.lan, 0, 1, 2)
    void(attempt, True, WHY, by=ready.an)
    later(60)

    restore(attempt, "Nhầm người", by=ready.an)

    assert (step_mark(), completions(ready)[-1], under_review(ready)) == (75, (75, True), [False])
    assert (attempt.state, attempt.free) == ("submitted", False)
    assert told(ready) == ("Lần làm bài 2 của bạn ở “Kiểm tra” lại được tính. Lý do: Nhầm người")


def test_another_pass_keeps_the_step_with_its_own_mark(ready, later):
    ready.law_quiz.attempts_allowed = 3
    first = sit(ready.law_quiz, ready.lan, 0, 1)
    later(20)
    sit(ready.law_quiz, ready.lan, 0, 1, 2)

    void(first, False, WHY, by=ready.an)

    assert (step_mark(), completions(ready)) == (75, [(75, True)])


def test_one_that_is_open_is_handed_in_and_gives_nothing(ready):
    ready.law_quiz.attempts_allowed = 3
    attempt = start(ready.law_quiz, by=ready.lan)
    for slot in range(3):
        save_answer(attempt, slot, RIGHT[slot], None, by=ready.lan)

    void(attempt, False, "Chuông báo cháy", by=ready.an)

    assert (attempt.state, attempt.score, step_mark(), completions(ready)) == (
        "voided", 75, None, [])
    assert db.session.scalars(select(Certificate).filter_by(person_id=ready.lan.id)).all() == []
    restore(attempt, "Chuông báo nhầm", by=ready.an)
    assert (step_mark(), completions(ready)) == (75, [(75, True)])


@pytest.mark.parametrize("free, words", [
    (False, "Bạn đã dùng hết 2 lần làm bài"), (True, "Còn 1 lần làm bài")])
def test_the_officer_chooses_whether_it_uses_up_an_attempt(ready, browse, free, words):
    ready.law_quiz.attempts_allowed = 2
    attempt = sit(ready.law_quiz, ready.lan, 0)

    void(attempt, free, WHY, by=ready.an)

    page = browse(ready.lan).get(f"/quizzes/{ready.law_quiz.id}")
    assert words in page.text
    assert "bị hủy" in page.text


def test_whoever_may_begin_again_because_of_it_reads_no_key(ready):
    ready.law_quiz.show_key = NEVER
    attempt = sit(ready.law_quiz, ready.lan, 0, 1)
    assert sat_by(ready.lan, ready.press_law.id) is None

    void(attempt, True, WHY, by=ready.an)

    assert sat_by(ready.lan, ready.press_law.id) == ready.law_quiz


def test_a_key_corrected_meanwhile_is_the_key_it_is_restored_by(ready):
    attempt = sit(ready.law_quiz, ready.lan, 1, 2)
    void(attempt, False, WHY, by=ready.an)
    mend(ready.first_question, another_key(ready.first_question, ["B"]), by=ready.an)
    assert attempt.score == 50

    restore(attempt, "Nhầm người", by=ready.an)

    assert (attempt.score, step_mark(), completions(ready)[-1]) == (75, 75, (75, True))


def test_it_is_in_no_statistics(ready):
    attempt = sit(ready.law_quiz, ready.lan, 0, 1)
    version = ready.first_question.versions[-1].id
    keep_figures(ready.press_law, reckoned(ready.press_law), by=None)
    asked = figures_of(ready.press_law)[version].asked

    void(attempt, False, WHY, by=ready.an)

    assert attempt.id not in [one.id for one in handed_in_at(ready.law_quiz)]
    keep_figures(ready.press_law, reckoned(ready.press_law), by=None)
    assert figures_of(ready.press_law)[version].asked == asked - 1


def test_nobody_voids_their_own_and_nothing_is_voided_or_restored_twice(ready):
    attempt = ready.running
    with pytest.raises(Refusal, match="không còn bị hủy"):
        restore(attempt, "x", by=ready.an)
    with pytest.raises(Refusal, match="Không ai tự làm"):
        void(attempt, False, "x", by=ready.lan)
    void(attempt, False, WHY, by=ready.an)
    with pytest.raises(Refusal, match="đã không còn được tính"):
        void(attempt, True, "x", by=ready.an)
    with pytest.raises(Refusal, match="không mở lại được"):
        reopen(attempt, 10, "x", by=ready.minh)
    with pytest.raises(Refusal, match="đến muộn"):
        decline_late(attempt, "x", by=ready.minh)
    with pytest.raises(Refusal, match="Không ai tự làm"):
        restore(attempt, "x", by=ready.lan)


def test_a_result_from_paper_is_voided_and_corrected_only_once_restored(ready, later, browse):
    later(20)
    entry = Entry("A", dict(enumerate(RIGHT)), None)
    record_papers(ready.paper_set, {ready.lan: entry}, by=ready.minh)
    mark = db.session.scalars(select(PaperMark).filter_by(person_id=ready.lan.id)).one()
    void(mark.attempt, False, WHY, by=ready.an)

    assert step_mark() is None
    with pytest.raises(Refusal, match="khôi phục trước"):
        withdraw_paper(mark, "Nhầm", by=ready.an)
    page = browse(ready.minh).get(f"/quizzes/papers/{ready.paper_set.id}/marks")
    assert "bị hủy" in page.text
    assert "khôi phục trước" in browse(ready.minh).get(f"/quizzes/papers/marks/{mark.id}").text


def test_the_pages_of_the_officer_and_of_whose_attempt_it_is(ready, browse, later):
    attempt, an = sit(ready.law_quiz, ready.lan, 0, 1), browse(ready.an)
    page = an.get(f"/quizzes/attempts/{attempt.id}/watch")
    assert page.links["Hủy lần làm bài này"] == f"/quizzes/attempts/{attempt.id}/voiding"

    later(20)
    page = an.post(f"/quizzes/attempts/{attempt.id}/voiding", {"reason": WHY}, status=200)
    assert attempt.counts

    page = an.follow(an.post(f"/quizzes/attempts/{attempt.id}/voiding",
                             {"reason": WHY, "free": "yes"}))

    assert "Đã hủy lần làm bài của Nông Thị Lan" in page.text
    assert f"Lý do: {WHY}" in page.text
    own = browse(ready.lan).get(f"/quizzes/attempts/{attempt.id}")
    assert f"Lý do: {WHY}" in own.text
    assert "Bị hủy; bài được 50 trên 100 điểm" in own.text
    assert "Làm lại" in own.text
    kinds = [one.kind for one in timeline(attempt)]
    assert (kinds[0], "submitted" in kinds) == ("voided", True)
    browse(ready.minh).get(f"/quizzes/attempts/{attempt.id}/restoration", status=404)

    page = an.follow(an.post(f"/quizzes/attempts/{attempt.id}/restoration",
                             {"reason": "Nhầm người"}))

    assert "lại được tính" in page.text
    assert [one.verb for one in db.session.scalars(select(AuditEntry).where(
        AuditEntry.verb.in_(("attempt voided", "attempt restored"))).order_by(AuditEntry.id))] == [
        "attempt voided", "attempt restored"]
    assert "khôi phục lần làm bài" in an.get("/trail").text


def test_the_reason_goes_when_the_person_is_erased(ready):
    attempt = answer(ready.law_quiz, ready.lan, [None] * 4)
    void(attempt, False, "Nông Thị Lan vắng mặt", by=ready.an)

    person_erased.send(ready.lan, naming=Naming("Nông Thị Lan", ("LAN",)), email="")
    db.session.expire_all()

    assert db.session.scalars(select(Intervention.reason).filter_by(
        attempt_id=attempt.id)).all() == [""]
    assert db.session.get(Attempt, attempt.id).voided


def test_a_trainer_proposes_it_and_the_officers_voiding_answers(world, browse):
    attempt = submit(world.running, by=world.lan)
    minh = browse(world.minh)
    page = minh.get(f"/quizzes/attempts/{attempt.id}/watch")
    assert "Đề xuất hủy lượt làm này" in page.text
    minh.post(f"/proposals/new?kind=voiding&thing={attempt.id}", {"reason": "Người khác làm hộ"},
              status=302)
    assert "Nông Thị Lan, lượt 1 bài" in browse(world.an).get("/proposals").text

    void(attempt, False, "Người khác làm hộ", by=world.an)

    asked = db.session.scalars(select(Proposal).filter_by(kind="voiding")).one()
    assert (asked.state, asked.asked_by) == ("done", world.minh)
