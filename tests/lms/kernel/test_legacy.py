"""Text in TCVN3 and VNI is recognised and read, and what got lost is said."""
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.legacy import (
    charset_of_font,
    decode_tcvn3,
    decode_vni,
    looks_legacy,
    lost_letters,
    read,
    shows_capitals,
)
from lms.kernel.text import clean

TESTS = Path(__file__).parents[2]


def read_json(*path):
    """The content of a JSON file below the root."""
    return json.loads(TESTS.parent.joinpath(*path).read_text("utf-8"))


TABLES = read_json("lms", "kernel", "data", "legacy_vi.json")
NAMES = [case["name"] for case in
         read_json("tests", "data", "name_sort_cases.json")["expected"]]
UNITS = ["Sở Văn hóa, Thể thao và Du lịch", "Báo và Phát thanh, Truyền hình Cao Bằng",
         "Sở Nội vụ", "Phòng Quản lý Báo chí", "Ban Tuyên giáo và Dân vận", "Trường Chính trị",
         "Phó Trưởng phòng", "Biên tập viên", "Phát thanh viên", "Công an tỉnh", "Xã Thông Nông"]

TCVN3_CODES = {letter: chr(int(code, 16)) for code, letter in TABLES["tcvn3"].items()}
VNI_SINGLE = {letter: sign for sign, letter in TABLES["vni_single"].items()}
VNI_MARKS = {frozenset(chr(int(mark[2:], 16)) for mark in marks): sign
             for sign, marks in TABLES["vni_two_char_marks"].items()}
HORN = "\u031b"

vietnamese = st.text(st.sampled_from(
    "aăâbcdđeêghiklmnoôơpqrstuưvxy "
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"), max_size=40)


def in_tcvn3(text):
    """``text`` as a font such as .VnTime keeps it; capitals with tones become small."""
    return "".join(TCVN3_CODES.get(letter) or TCVN3_CODES.get(letter.lower(), letter)
                   for letter in text)


def in_vni(text):
    """``text`` as a font such as VNI-Times keeps it."""
    return "".join(sign if letter.islower() else sign.upper()
                   for letter in text for sign in [vni_letter(letter.lower())])


def vni_letter(letter):
    """One small letter in VNI: itself, a sign of its own, or a letter and a sign for its marks."""
    if letter in VNI_SINGLE:
        return VNI_SINGLE[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    if HORN in marks:
        marks.remove(HORN)
        base = VNI_SINGLE[unicodedata.normalize("NFC", base + HORN)]
    return base + (VNI_MARKS[frozenset(marks)] if marks else "")


@given(vietnamese)
def test_tcvn3_says_again_what_was_typed(text):
    assert decode_tcvn3(in_tcvn3(text)) == clean(text)


@given(vietnamese)
def test_vni_says_again_what_was_typed(text):
    assert decode_vni(in_vni(text)) == clean(text)


@given(vietnamese.map(str.upper))
def test_vni_keeps_capitals(text):
    assert decode_vni(in_vni(text)) == clean(text)


@pytest.mark.parametrize(("typed", "charset", "said"), [
    ("Së Th«ng tin vµ TruyÒn th«ng", "tcvn3", "Sở Thông tin và Truyền thông"),
    ("§Æng ThÞ Thñy", "tcvn3", "Đặng Thị Thủy"),
    ("Sôû Thoâng tin vaø Truyeàn thoâng", "vni", "Sở Thông tin và Truyền thông"),
    ("Ñaëng Thò Thuûy", "vni", "Đặng Thị Thủy"),
    ("SÔÛ NOÄI VUÏ", "vni", "SỞ NỘI VỤ"),
])
def test_old_text_is_recognised_without_its_font(typed, charset, said):
    reading = read(typed)

    assert (reading.charset, reading.text, reading.lost) == (charset, said, ())


@pytest.mark.parametrize("name", [name for name in NAMES + UNITS if not in_tcvn3(name).isascii()])
def test_every_name_and_unit_is_recognised_in_either_charset(name):
    small = decode_tcvn3(in_tcvn3(name))

    assert looks_legacy(in_tcvn3(name)) == "tcvn3"
    assert small.lower() == name.lower()
    assert looks_legacy(in_vni(name)) == "vni"
    assert decode_vni(in_vni(name)) == name


@pytest.mark.parametrize("text", [*NAMES, *UNITS, "Hà Nam", "Hòa", "Lò Thò", "An", "José Müller",
                                  "François", "Đào", "Zoë", "Ø Å"])
def test_unicode_is_left_alone(text):
    assert looks_legacy(text) is None


def test_the_font_tells_where_the_text_alone_could_be_either():
    assert looks_legacy("Thò") is None
    assert looks_legacy("Thò", "VNI-Times") == "vni"
    assert read("Thò", "VNI-Times").text == "Thị"


def test_the_cells_beside_it_tell_too():
    assert read("Thò", hint="vni").text == "Thị"


def test_unicode_in_an_old_font_stays_unicode():
    assert looks_legacy("Nguyễn Thị Ánh", ".VnTime") is None
    assert looks_legacy("Hà", ".VnTime") is None


def test_a_font_of_capitals_shows_capitals():
    assert read("nguyÔn thÞ ¸nh", ".VnTimeH").text == "NGUYỄN THỊ ÁNH"
    assert read("hoang an", ".VnTimeH").text == "HOANG AN"


@pytest.mark.parametrize(("font", "charset"), [
    (".VnTime", "tcvn3"), (".VnArialH", "tcvn3"), (".vntime", "tcvn3"), ("VNI-Times", "vni"),
    ("VNI Helve", "vni"), ("Times New Roman", None), ("Vni", None), ("", None), (None, None)])
def test_fonts_of_before_unicode_are_known_by_their_names(font, charset):
    assert charset_of_font(font) == charset


def test_only_fonts_that_end_in_h_show_capitals():
    assert shows_capitals(".VnTimeH")
    assert not shows_capitals(".VnTime")
    assert not shows_capitals("Times New Roman H")


def test_a_lost_letter_is_noticed_and_the_word_proposed():
    # TCVN3 keeps ư at the soft hyphen, which programs drop.
    whole = in_tcvn3("Trần Đình Hưng, Trường Dương")

    assert read(whole).lost == ()
    assert read(whole.replace("\u00ad", "")).lost == (
        ("Hng", "Hưng"), ("Trờng", "Trường"), ("Dơng", "Dương"))


def test_words_that_are_not_vietnamese_are_no_lost_letters():
    assert lost_letters("Vàng A Páo, UBND TP, Kpă Y Blơm") == ()
