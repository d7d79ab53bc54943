"""Certificates: issued with the completion, numbered, corrected, revoked."""
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.codes import ALPHABET
from lms.kernel.db import db
from lms.kernel.errors import Refusal

from certificates.actions import correct, revoke, set_issuer
from certificates.models import EXPIRED, REPLACED, REVOKED, VALID, Certificate, Register
from certificates.papers import paper_of
from certificates.queries import by_code, certificate_of, certificates_of, issuer_for
from courses.completions import actions as learning
from courses.completions.actions import begin, complete, finish_step
from courses.completions.models import Completion
from tests.certificates.graduates import LEARNED, certified, graduates, numbers
from tests.courses.books import traces

OF_THE_NEWSPAPER = {"code": "BCB", "superior": "Tỉnh ủy Cao Bằng", "place": "Cao Bằng",
                    "signer_title_vi": "Tổng Biên tập", "signer_title_en": "Editor-in-chief",
                    "signer": "Bế Thị Hoa"}


@pytest.fixture
def certificate(world):
    """Lan's certificate of press law."""
    return certified(world.lan, world.press_law)


def test_a_completion_earns_a_certificate_in_the_words_of_the_day(world, certificate):
    assert certificate.printed == {
        "name": "Nông Thị Lan", "gender": "f", "birth": "1991-02-06", "unit_vi": "Báo Cao Bằng",
        "unit_en": "Cao Bằng newspaper", "course_vi": "Luật Báo chí", "course_en": "Press law",
        "begun": "2026-11-24", "ended": "2026-11-24", "periods": 12, "mode_vi": "Trực tuyến",
        "mode_en": "Online", "grade_vi": "", "grade_en": "", "decision": "",
        "valid_until": "2029-11-24", "superior": "UBND tỉnh Cao Bằng", "issuer_vi": "Sở Văn hóa",
        "issuer_en": "Department of Culture", "place": "Cao Bằng", "signer_title_vi": "Giám đốc",
        "signer_title_en": "Director", "signer": "Hà Minh Ngọc"}
    assert (certificate.printed_number, certificate.issued_on) == (
        "0002/2026/GCN-SVH", date(2026, 11, 25))
    assert certificate.person == world.lan
    assert traces()[-2:] == ["course completed", "certificate issued"]


def test_the_last_step_of_a_course_earns_the_certificate(world):
    begin(world.lan, world.press_law, by=world.lan)
    for step in (world.law_intro, world.law_text):
        finish_step(world.lan, step, by=world.lan)
    assert certificates_of(world.lan) == []

    finish_step(world.lan, world.law_quiz, by=world.lan, mark=85)

    assert [c.printed["grade_vi"] for c in certificates_of(world.lan)] == ["Giỏi"]


def test_a_certificate_that_cannot_be_printed_leaves_no_completion(world):
    world.lan.full_name = "Nông Thị ไทย"

    with pytest.raises(Refusal, match=r"ท \(U\+0E17\)"), db.session.begin_nested():
        certified(world.lan, world.press_law)

    assert db.session.scalars(select(Completion).filter_by(person_id=world.lan.id)).all() == []
    assert numbers() == ["0001/2026/GCN-SVH"]


@pytest.mark.parametrize("mark, grade", [
    (None, ""), (100, "Xuất sắc"), (90, "Xuất sắc"), (89.99, "Giỏi"), (80, "Giỏi"), (65, "Khá"),
    (50, "Đạt"), (49.99, "")])
def test_the_grade_follows_from_the_mark(world, mark, grade):
    assert certified(world.lan, world.press_law, mark=mark).printed["grade_vi"] == grade


def test_a_course_that_is_not_certified_earns_none(world):
    assert certified(world.lan, world.kit) is None


def test_what_is_printed_stays_when_the_world_changes(world, certificate):
    world.lan.full_name, world.newspaper.name_vi = "Nông Thị Lan Hương", "Báo và Đài"
    world.press_law.title_vi = "Luật mới"
    set_issuer(world.department, {**OF_THE_NEWSPAPER, "code": "SVH"}, by=world.an)

    assert [certificate.printed[field] for field in ("name", "unit_vi", "course_vi", "signer")] == [
        "Nông Thị Lan", "Báo Cao Bằng", "Luật Báo chí", "Hà Minh Ngọc"]


def test_numbers_follow_each_other_without_gaps(world):
    graduates(world.newspaper, 12, world.press_law)

    assert numbers() == [f"{n:04d}/2026/GCN-SVH" for n in range(1, 14)]


def test_each_issuer_and_each_year_has_a_book_of_its_own(world, monkeypatch):
    certified(world.lan, world.press_law)
    set_issuer(world.newspaper, OF_THE_NEWSPAPER, by=world.an)
    world.press_law.owner = world.newspaper
    certified(world.hoa, world.press_law)
    monkeypatch.setattr(clock, "source", lambda: datetime(2027, 1, 4, 3, 0, tzinfo=UTC))
    certified(world.ha, world.press_law)
    certified(world.minh, world.press_law)

    assert numbers() == ["0001/2026/GCN-SVH", "0002/2026/GCN-SVH", "0001/2026/GCN-BCB",
                         "0001/2027/GCN-BCB", "0002/2027/GCN-BCB"]


def test_a_refused_certificate_leaves_no_gap(world):
    with pytest.raises(RuntimeError, match="printer"), db.session.begin_nested():
        certified(world.lan, world.press_law)
        raise RuntimeError("The printer is out of paper.")

    assert certified(world.hoa, world.press_law).printed_number == "0002/2026/GCN-SVH"


def test_the_year_of_a_number_is_the_year_in_the_province(world, monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: datetime(2026, 12, 31, 17, 30, tzinfo=UTC))

    issued = certified(world.lan, world.press_law)

    assert (issued.issued_on, issued.printed_number) == (date(2027, 1, 1), "0001/2027/GCN-SVH")


@pytest.mark.parametrize("name", ["department", "office"])
def test_the_issuer_is_the_nearest_unit_above_that_issues(world, name):
    assert issuer_for(getattr(world, name)).code == "SVH"


def test_a_unit_that_issues_certifies_for_itself(world):
    set_issuer(world.newspaper, OF_THE_NEWSPAPER, by=world.an)

    assert issuer_for(world.newspaper).code == "BCB"
    assert issuer_for(world.office).code == "SVH"


@pytest.mark.parametrize("entered, vietnamese, english", [
    ("Số 412/QĐ-SVH ngày 26/11/2026", "Theo Quyết định số 412/QĐ-SVH ngày 26/11/2026",
     "Under Decision No. 412/QĐ-SVH ngày 26/11/2026"),
    ("412/QĐ-SVH", "Theo Quyết định số 412/QĐ-SVH", "Under Decision No. 412/QĐ-SVH"),
    ("Kế hoạch số 7/KH-SVH", "Theo Kế hoạch số 7/KH-SVH", "Under Kế hoạch số 7/KH-SVH"),
    ("", "", ""),
])
def test_the_paper_says_under_which_act_whatever_of_it_was_entered(
        certificate, entered, vietnamese, english):
    certificate.printed = {**certificate.printed, "decision": entered}

    paper = paper_of(certificate)

    assert (paper.decision, paper.decision_en) == (vietnamese, english)


def test_a_course_without_an_owner_is_certified_for_the_unit_of_the_learner(world):
    set_issuer(world.newspaper, OF_THE_NEWSPAPER, by=world.an)
    world.press_law.owner = None

    assert certified(world.lan, world.press_law).printed["issuer_vi"] == "Báo Cao Bằng"
    assert certified(world.pao, world.press_law).printed["issuer_vi"] == "Sở Văn hóa"


def test_a_code_belongs_to_one_issuer(world):
    with pytest.raises(Refusal, match="SVH là của Sở Văn hóa"):
        set_issuer(world.newspaper, {**OF_THE_NEWSPAPER, "code": "SVH"}, by=world.an)


def test_codes_are_sixteen_letters_that_nobody_misreads(world):
    codes = [c.code for c in graduates(world.newspaper, 20, world.press_law)]

    assert len(set(codes)) == 20
    assert {len(code) for code in codes} == {19}
    assert set("".join(codes)) - {"-"} <= set(ALPHABET)


def test_the_four_states(world, certificate):
    replaced, revoked = certified(world.hoa, world.press_law), certified(world.ha, world.press_law)
    correct(replaced, {"name": "Bế Thị Hòa"}, "Sai tên", by=world.an)
    revoke(revoked, "Quyết định 9", by=world.an)

    assert certificate.state(date(2029, 11, 24)) == VALID
    assert certificate.state(date(2029, 11, 25)) == EXPIRED
    assert revoked.state(date(2026, 11, 25)) == REVOKED
    assert revoked.state(date(2026, 11, 24)) == VALID
    assert replaced.state(date(2026, 11, 25)) == REPLACED


def test_without_a_limit_a_certificate_never_expires(world):
    world.press_law.validity_months = None

    issued = certified(world.lan, world.press_law)

    assert (issued.printed["valid_until"], issued.state(date(2999, 1, 1))) == ("", VALID)


def test_a_correction_takes_the_place_of_the_certificate(world, certificate):
    new = correct(certificate, {"name": "Nông Thị Làn", "gender": "f"}, "Sai dấu", by=world.an)

    assert certificate.replaced_by == new
    assert (new.printed_number, new.completion) == ("0003/2026/GCN-SVH", certificate.completion)
    assert new.printed == {**certificate.printed, "name": "Nông Thị Làn"}
    assert (new.code != certificate.code, new.valid_until) == (True, certificate.valid_until)
    assert certificate_of(certificate.completion) == new
    assert traces()[-2:] == ["certificate issued", "certificate corrected"]


def test_a_correction_stands_in_the_book_of_the_certificate(world, certificate):
    set_issuer(world.department, {**OF_THE_NEWSPAPER, "code": "SVHTTDL"}, by=world.an)

    new = correct(certificate, {"name": "Nông Thị Làn"}, "Sai dấu", by=world.an)

    assert new.printed_number == "0003/2026/GCN-SVH"


@pytest.mark.parametrize("changes, reason, words", [
    ({"name": "Nông Thị Lan"}, "Sai", "không có gì thay đổi"),
    ({}, "Sai", "không có gì thay đổi"), ({"name": "Khác"}, "", "lý do"),
    ({"name": "ไ"}, "Sai", r"U\+0E44")])
def test_a_correction_without_a_change_a_reason_or_letters_is_refused(
        world, certificate, changes, reason, words):
    with pytest.raises(Refusal, match=f"(?i){words}"):
        correct(certificate, changes, reason, by=world.an)

    assert certificate.state(clock.today()) == VALID
    assert numbers() == ["0001/2026/GCN-SVH", "0002/2026/GCN-SVH"]


def test_a_certificate_is_revoked_with_a_reason_and_keeps_its_number(world, certificate):
    revoke(certificate, "Quyết định 9", by=world.an)

    assert (certificate.revoked_on, certificate.revoked_reason) == (
        date(2026, 11, 25), "Quyết định 9")
    assert certified(world.hoa, world.press_law).printed_number == "0003/2026/GCN-SVH"
    assert "certificate revoked" in traces()


def test_revoking_needs_a_reason(world, certificate):
    with pytest.raises(Refusal, match="lý do"):
        revoke(certificate, "", by=world.an)


@pytest.mark.parametrize("done", ["revoked", "replaced"])
def test_what_no_longer_holds_is_neither_revoked_nor_corrected(world, certificate, done):
    if done == "revoked":
        revoke(certificate, "Quyết định 9", by=world.an)
    else:
        correct(certificate, {"name": "Nông Thị Làn"}, "Sai dấu", by=world.an)

    with pytest.raises(Refusal, match="đã bị thu hồi hoặc đã được thay"):
        revoke(certificate, "Lần nữa", by=world.an)
    with pytest.raises(Refusal, match="đã bị thu hồi hoặc đã được thay"):
        correct(certificate, {"name": "Khác"}, "Sai", by=world.an)


def test_a_completion_taken_back_revokes_its_certificate(world, certificate):
    learning.revoke(certificate.completion, LEARNED, "Thi hộ", by=world.an)

    assert certificate.state(clock.today()) == REVOKED
    assert certificate.revoked_reason == "Thi hộ"
    assert certificates_of(world.lan) == [certificate]


def test_a_completion_taken_back_revokes_the_corrected_certificate(world, certificate):
    new = correct(certificate, {"name": "Nông Thị Làn"}, "Sai dấu", by=world.an)

    learning.revoke(certificate.completion, LEARNED, "Thi hộ", by=world.an)

    assert [c.state(clock.today()) for c in (certificate, new)] == [REPLACED, REVOKED]


def test_a_completion_without_a_certificate_is_taken_back(world):
    completion = complete(world.lan, world.kit, LEARNED, world.an)

    learning.revoke(completion, LEARNED, "Nhầm", by=world.an)

    assert certificates_of(world.lan) == []


def test_a_completion_taken_back_after_its_certificate_was_revoked(world, certificate):
    revoke(certificate, "Quyết định 9", by=world.an)

    learning.revoke(certificate.completion, LEARNED, "Thi hộ", by=world.an)

    assert certificate.revoked_reason == "Quyết định 9"


@pytest.mark.parametrize("typed", [
    "{code}", "{lower}", "{bare}", " {bare} ", "{misread}", "{spaced}"])
def test_a_code_is_found_as_people_type_it(world, certificate, typed):
    certificate.code = "0011-ABCD-0011-WXYZ"
    db.session.flush()

    found = by_code(typed.format(
        code="0011-ABCD-0011-WXYZ", lower="0011-abcd-0011-wxyz", bare="0011ABCD0011WXYZ",
        misread="OolI-ABCD-oOiL-WXYZ", spaced="0011 ABCD 0011 WXYZ"))

    assert found == certificate


def test_a_wrong_code_finds_nothing(world):
    assert [by_code(code) for code in ("", "-", "0000", "0000-0000-0000-0000", "Đ" * 99)] == [
        None] * 5


def test_a_book_counts_what_it_holds(world):
    graduates(world.newspaper, 3, world.press_law)

    books = db.session.execute(select(Register.issuer, Register.year, Register.last_number)).all()
    assert [tuple(book) for book in books] == [("SVH", 2026, 4)]
    assert len(db.session.scalars(select(Certificate)).all()) == 4
