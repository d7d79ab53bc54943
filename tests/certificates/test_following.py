"""Who issues certificates when the unit that did is renamed, merged, split or dissolved."""
from datetime import date

import pytest

from lms.kernel.db import db

from certificates.actions import set_issuer
from certificates.queries import certificates_of, issuer_for, issuers
from courses.completions.actions import complete
from courses.reorganisation.actions import reorganise
from courses.reorganisation.plan import Heir, Plan
from courses.reorganisation.preview import previewed
from courses.reorganisation.undoing import undo

JULY = date(2026, 7, 1)
SPORTS = Heir(name_vi="Sở Văn hóa, Thể thao", name_en="Department of Culture and Sports")
BOOK = {"code": "BAO", "superior": "", "place": "Cao Bằng", "signer_title_vi": "Tổng Biên tập",
        "signer_title_en": "", "signer": "Bế Thị Hoa"}


def plan(kind, *sources, heirs=(SPORTS,)):
    """An act of July as it would be done."""
    return Plan(kind=kind, sources=list(sources), heirs=list(heirs), on=JULY, act="QĐ 12")


def books():
    """(unit, code) of each issuer."""
    return [(issuer.unit.name_vi, issuer.code) for issuer in issuers()]


def test_the_successor_issues_in_the_same_book_and_what_was_issued_keeps_its_name(world):
    reorganise(plan("rename", world.department), by=world.an)

    complete(world.minh, world.press_law, date(2026, 8, 3), by=world.an)

    (old,), (new,) = certificates_of(world.vi), certificates_of(world.minh)
    assert (old.printed["issuer_vi"], old.printed_number) == (
        "Sở Văn hóa", "0001/2026/GCN-SVH")
    assert (new.printed["issuer_vi"], new.printed["issuer_en"], new.printed_number) == (
        "Sở Văn hóa, Thể thao", "Department of Culture and Sports", "0002/2026/GCN-SVH")


def test_an_heir_that_issues_already_keeps_its_own_book(world):
    set_issuer(world.newspaper, BOOK, by=world.an)

    reorganise(plan("merge", world.department, heirs=[Heir(unit=world.newspaper)]), by=world.an)

    assert books() == [("Sở Văn hóa", "SVH"), ("Báo Cao Bằng", "BAO")]
    # What the department would certify, also late, the newspaper does.
    assert issuer_for(world.department).code == "BAO"


@pytest.mark.parametrize("kind", ["split", "merge"])
def test_of_several_heirs_the_first_the_act_names_issues(world, kind):
    heirs = [SPORTS, Heir(name_vi="Sở Du lịch")][:2 if kind == "split" else 1]

    reorganise(plan(kind, world.department, heirs=heirs), by=world.an)

    assert books() == [("Sở Văn hóa, Thể thao", "SVH")]


def test_a_unit_dissolved_without_an_heir_issues_no_more_where_another_does(world):
    set_issuer(world.newspaper, BOOK, by=world.an)

    reorganise(plan("dissolve", world.department, heirs=()), by=world.an)

    assert [issuer_for(unit).code for unit in (world.department, world.province, None)] == [
        "BAO", "BAO", "BAO"]


#: What the preview says besides, of the move to the department that waits for an answer.
WAITS = "1 đề nghị chuyển đơn vị đang chờ trả lời được chuyển sang đơn vị kế tục."


def test_the_preview_says_who_issues_then_and_undoing_gives_it_back(world):
    told = previewed(plan("rename", world.department))
    assert told.others == [
        "Từ đó Sở Văn hóa, Thể thao cấp giấy chứng nhận, tiếp tục sổ cấp SVH", WAITS]
    assert books() == [("Sở Văn hóa", "SVH")]

    undo(reorganise(plan("rename", world.department), by=world.an), by=world.an)

    db.session.expire_all()
    assert books() == [("Sở Văn hóa", "SVH")]


def test_a_hand_over_and_the_end_of_another_unit_change_no_issuer(world):
    told = previewed(plan("rename", world.newspaper))

    assert told.others == [WAITS]
    reorganise(plan("transfer", world.department, heirs=[Heir(unit=world.newspaper)]), by=world.an)
    assert books() == [("Sở Văn hóa", "SVH")]
