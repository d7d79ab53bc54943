"""A certificate whose mark was overturned: under review until an officer decides."""
from datetime import date

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.models import Notice

from certificates.actions import correct, revoke
from certificates.exports import register_workbook
from certificates.models import REVIEW, REVOKED, VALID
from certificates.papers import register_books
from certificates.queries import certificates_of
from certificates.reviewing import reviews, uphold
from certificates.truth import wrong_certificates
from courses.completions.actions import begin, finish_step, undo_step
from tests.courses.books import traces
from tests.lms.people.test_takeout import taken

TODAY = date(2026, 11, 25)


@pytest.fixture
def certificate(world):
    """Lan's certificate of press law, which she passed with 66 points; the mark is overturned."""
    begin(world.lan, world.press_law, by=world.lan)
    for step in (world.law_intro, world.law_text):
        finish_step(world.lan, step, by=world.lan)
    finish_step(world.lan, world.law_quiz, by=world.lan, mark=66)
    undo_step(world.lan, world.law_quiz, "Đáp án in sai", by=world.an)
    (certificate,) = certificates_of(world.lan)
    return certificate


def state(certificate):
    """What it is worth today."""
    return certificate.state(clock.today())


def told(person):
    """What the person was told last."""
    return db.session.scalars(select(Notice.text_vi).filter_by(person_id=person.id)
                              .order_by(Notice.id.desc())).first()


def test_it_is_neither_revoked_nor_silently_valid(world, certificate):
    assert (state(certificate), certificate.review_since, certificate.revoked_on) == (
        REVIEW, TODAY, None)
    assert traces()[-2] == "certificate put under review"
    assert told(world.lan).endswith("phụ trách đào tạo sẽ quyết định. Lý do: Đáp án in sai")
    assert wrong_certificates() == []


def test_the_public_page_says_so_without_the_reason(world, browse, certificate):
    page = browse().get(f"/c/{certificate.code}")

    assert "Đang xem xét lại" in page.text
    assert "Hãy hỏi Sở Văn hóa trước khi sử dụng." in page.text
    assert "Đáp án in sai" not in page.text


def test_an_officer_finds_it_from_the_first_page_and_lets_it_stand(world, browse, certificate):
    an, url = browse(world.an), f"/certificates/{certificate.id}"
    assert "1 giấy chứng nhận đang xem xét lại." in an.get("/province").text
    assert certificate.printed_number in an.get("/certificates/under-review").text
    an.post(f"{url}/upholding", {"reason": ""}, status=200)

    page = an.follow(an.post(f"{url}/upholding", {"reason": "Quyết định 12"}))

    assert (state(certificate), wrong_certificates()) == (VALID, [])
    assert "Được giữ hiệu lực theo quyết định ngày 25/11/2026: Quyết định 12" in page.text
    assert "đang xem xét lại" not in an.get("/province").text
    assert told(world.lan).endswith("vẫn còn hiệu lực. Lý do: Quyết định 12")


def test_whoever_revokes_it_reads_that_its_learning_counts_no_more(world, browse, certificate):
    page = browse(world.an).get(f"/certificates/{certificate.id}/revocation")

    assert "Số liệu vẫn không tính kết quả học này cho đến khi người học đạt lại." in page.text
    assert "vẫn được tính" not in page.text


def test_the_list_and_the_register_speak_english_too(world, browse, certificate):
    an = browse(world.an)
    an.get("/language/en", 302)

    assert "Press law" in an.get("/certificates/under-review").text
    assert "Press law" in an.get("/register").text


def test_the_copy_of_ones_data_tells_of_the_review_and_how_it_ended(world, browse, certificate):
    uphold(certificate, "Quyết định 12", by=world.an)
    db.session.commit()

    (told,) = taken(browse(world.lan).post("/my-data", {}, status=200))[1]["certificate"]

    assert (told["review_since"], told["review_reason"]) == ("2026-11-25", "Đáp án in sai")
    assert (told["upheld_on"], told["upheld_reason"]) == ("2026-11-25", "Quyết định 12")


def test_an_officer_revokes_it_and_the_holder_is_told(world, certificate):
    revoke(certificate, "Quyết định 13", by=world.an)

    assert (state(certificate), reviews(world.an)) == (REVOKED, [])
    assert told(world.lan).endswith("bị thu hồi. Lý do: Quyết định 13")


def test_nobody_decides_about_their_own(world, browse, certificate):
    certificate.person = world.an
    db.session.flush()

    assert reviews(world.an) == []
    browse(world.an).get(f"/certificates/{certificate.id}/upholding", status=404)


def test_nothing_is_upheld_or_corrected_that_does_not_fit(world, certificate):
    with pytest.raises(Refusal, match="đang được xem xét lại"):
        correct(certificate, {"name": "Nông Thị Lan Anh"}, "Sai tên", by=world.an)
    uphold(certificate, "Quyết định 12", by=world.an)

    with pytest.raises(Refusal, match="không có gì để quyết định"):
        uphold(certificate, "Quyết định 12", by=world.an)


@pytest.mark.parametrize("decided", [False, True])
def test_it_stands_again_once_the_learning_counts_again(world, certificate, decided):
    number = certificate.printed_number
    if decided:
        uphold(certificate, "Quyết định 12", by=world.an)

    finish_step(world.lan, world.law_quiz, by=world.lan, mark=70)

    (one,) = certificates_of(world.lan)
    assert (one.printed_number, state(one), one.completion.mark, one.review_since) == (
        number, VALID, 70, None)
    assert told(world.lan).endswith("kết quả học lại được tính.")


def test_with_another_grade_another_takes_its_place(world, certificate):
    finish_step(world.lan, world.law_quiz, by=world.lan, mark=85)

    new, old = certificates_of(world.lan)
    assert (new.printed["grade_vi"], old.replaced_by, state(new)) == ("Giỏi", new, VALID)


def test_the_register_notes_what_was_decided(world, certificate):
    def notes():
        books = register_books([certificate], 2026)
        return str(books)
    assert "Đang xem xét lại từ 25/11/2026" in notes()
    uphold(certificate, "Quyết định 12", by=world.an)

    assert "Giữ hiệu lực 25/11/2026" in notes()
    assert register_workbook([certificate], 2026)
