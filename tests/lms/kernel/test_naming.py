"""Somebody is found in a text however the name is spelled, and nobody else is."""
import unicodedata

import pytest

from lms.kernel.naming import Naming

LAN = Naming("Nông Thị Lan", ("LAN",), ("Nông Thị Lan Anh",))
GONE = "…"


@pytest.mark.parametrize("text", [
    "Nông Thị Lan", "NÔNG THỊ LAN", "nông thị lan", "Nong Thi Lan", "NONG THI LAN",
    unicodedata.normalize("NFD", "Nông Thị Lan"), "Nông  Thị\u00a0Lan", "Nông\u200b Thị\nLan",
    "N. T. Lan", "N.T.Lan", "N T Lan", "Nông T. Lan", "N. T. LAN",
    "Lan, Nông Thị", "Lan Nông Thị", "Thị Lan Nông", "NongThiLan", "LAN"])
def test_every_spelling_of_a_name_is_taken_out(text):
    assert LAN.taken_out(f"Theo đơn của {text}, 20/11", GONE) == "Theo đơn của …, 20/11"


@pytest.mark.parametrize("text", [
    "Nông Thị Lan Anh", "Nong Thi Lan Anh", "Nông Thị Lanh", "Nông Thị Lân", "X. N. T. Lan",
    "Hoa lan", "LANG LAND 12LAN", "", "Nông Văn Lan"])
def test_another_name_and_a_part_of_a_word_stay(text):
    assert LAN.taken_out(text, GONE) == text


@pytest.mark.parametrize(("name", "text", "left"), [
    ("Đặng Văn Đạt", "Ðặng Văn Ðạt, D. V. Dat, dang van dat", "…, …, …"),
    ("Trần Thủy", "Trần Thuỷ, T. Thủy, TRAN THUY", "…, …, …"),
    ("Lý Anh", "Lý Anh, ly anh; Anh, Lý; theo anh Lý", "…, …; …; theo anh Lý"),
    ("Vàng A Páo", "V. A. Páo, Vang A Pao", "…, …")])
def test_names_of_two_words_and_marks_that_move_are_known(name, text, left):
    assert Naming(name).taken_out(text, GONE) == left


def test_a_name_of_one_word_goes_only_as_it_is_written():
    an = Naming("An", (), ("Hoàng Văn An",))

    assert an.taken_out("Ông An và Hoàng Văn An lo an toàn, công an, Lan, AN", GONE) == (
        "Ông … và Hoàng Văn An lo an toàn, công an, Lan, AN")


def test_what_json_holds_keeps_its_shape_and_its_numbers():
    assert LAN.taken_out({"why": ["Nông Thị Lan", 5, None], "on": True}, GONE) == {
        "why": ["…", 5, None], "on": True}


def test_a_text_for_many_is_found_through_its_marks_and_tags():
    assert LAN.stands_in({"vi": ["", "<p>N&ocirc;ng <b>Thị</b>&nbsp;Lan</p>"]})
    assert not LAN.stands_in([{"vi": "Nông Thị Lan Anh"}, 5])
