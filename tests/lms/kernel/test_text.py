"""Vietnamese names and titles are cleaned, found and sorted as clerks expect."""
import json
import random
import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.text import (
    clean,
    fold,
    initials,
    name_key,
    propose_case,
    split_name,
    title_key,
)

CASES = json.loads((Path(__file__).parents[2] / "data" / "name_sort_cases.json").read_text("utf-8"))
LISTED = [case["name"] for case in CASES["expected"]]

letters = st.sampled_from(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
words = st.text(letters, min_size=1, max_size=7).map(str.capitalize)
names = st.lists(words, min_size=1, max_size=5).map(" ".join)


def without_note(name):
    """The name before the note in brackets that the list of cases gives to some."""
    return name.split(" (")[0]


def test_thirty_names_stand_in_the_order_of_an_official_list():
    shuffled = LISTED.copy()
    random.Random(3432).shuffle(shuffled)

    assert sorted(shuffled, key=name_key) == LISTED


@pytest.mark.parametrize("case", CASES["expected"], ids=lambda case: case["name"])
def test_a_key_is_what_it_always_was(case):
    # Keys are stored; another key for the same name would tear lists apart.
    assert name_key(case["name"]) == case["key"]


@pytest.mark.parametrize("pair", CASES["equal_keys"])
def test_two_ways_to_type_a_name_have_one_key(pair):
    one, other = map(without_note, pair)

    assert name_key(one) == name_key(other)


@pytest.mark.parametrize("trap", CASES["traps"], ids=lambda trap: trap["before"])
def test_traps_of_sorting_are_avoided(trap):
    assert name_key(trap["before"]) < name_key(trap["after"])


@given(names)
def test_a_key_is_plain_ascii(name):
    assert name_key(name).isascii()
    assert title_key(name).isascii()


@given(names)
def test_capitals_and_decomposed_text_change_no_key(name):
    decomposed = unicodedata.normalize("NFD", name)

    assert name_key(name.upper()) == name_key(decomposed) == name_key(name)
    assert title_key(name.upper()) == title_key(decomposed) == title_key(name)


@given(st.text())
def test_any_text_has_a_key(text):
    assert name_key(text).isascii()


def test_the_only_word_of_a_name_is_the_given_name():
    assert name_key("Hoàng An").split(" ")[0] == name_key("An").split(" ")[0]
    assert name_key("An") < name_key("Hoàng An")


def test_names_in_another_script_come_after_z():
    assert sorted(["李明", "Zung Zung", "An An"], key=name_key) == ["An An", "Zung Zung", "李明"]


def test_titles_sort_by_syllables_tones_and_numbers():
    titles = ["Báo Cao Bằng", "Lớp 2", "Lớp 10", "Sở Nội vụ", "Sở Tư pháp", "Sở Y tế",
              "Ủy ban Mặt trận"]
    shuffled = titles.copy()
    random.Random(1).shuffle(shuffled)

    assert sorted(shuffled, key=title_key) == titles


def test_signs_between_words_do_not_change_a_title():
    assert title_key("Báo và Phát thanh, Truyền hình") == title_key("Báo và Phát thanh Truyền hình")


@pytest.mark.parametrize("pair", CASES["search_fold"])
def test_a_name_is_found_without_its_marks(pair):
    name, found = pair

    assert fold(name) == found


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(names)
def test_a_folded_name_is_plain_small_letters(name):
    assert set(fold(name)) <= set(string.ascii_lowercase + " ")


def test_cleaning_mends_what_is_not_seen():
    typed = "  \ufeff\u00d0àm\u00a0Văn\u200b   \u0189ức \x00"

    assert clean(typed) == "Đàm Văn Đức"


def test_cleaning_composes_decomposed_text():
    assert clean(unicodedata.normalize("NFD", "Triệu Thị Hiền")) == "Triệu Thị Hiền"


def test_letters_of_other_peoples_stay():
    assert clean("H’Mông Jafar Wừ Zùng") == "H’Mông Jafar Wừ Zùng"


@pytest.mark.parametrize(("full_name", "parts"), [
    ("Nguyễn Thị Minh Khai", ("Nguyễn", "Thị Minh", "Khai")),
    ("Vàng A Páo", ("Vàng", "A", "Páo")),
    ("Nông Dũng", ("Nông", "", "Dũng")),
    ("Páo", ("", "", "Páo")),
    ("Tôn Thất Minh Hải", ("Tôn Thất", "Minh", "Hải")),
    ("Tôn Nữ Hoa", ("Tôn Nữ", "", "Hoa")),
    ("", ("", "", "")),
])
def test_a_name_falls_into_family_middle_and_given(full_name, parts):
    assert split_name(full_name) == parts


@given(names)
def test_the_parts_of_a_name_make_the_name(name):
    assert " ".join(part for part in split_name(name) if part) == name


@pytest.mark.parametrize(("typed", "proposed"), [
    ("NÔNG THỊ ÁNH", "Nông Thị Ánh"),
    ("VÀNG A PÁO", "Vàng A Páo"),
    ("nguyễn văn á", "Nguyễn Văn Á"),
    ("H'HEN NIÊ", "H'Hen Niê"),
    ("Nguyễn Văn TEO", "Nguyễn Văn TEO"),
    ("McKinley", "McKinley"),
])
def test_a_name_in_capitals_is_proposed_in_its_usual_form(typed, proposed):
    assert propose_case(typed) == proposed


def test_initials_are_those_one_searches_by():
    assert initials("Nguyễn Văn Á") == "nva"
    assert initials("Đàm Thị Ngọc Ánh") == "dtna"
