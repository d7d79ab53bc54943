"""Blocks copied from a spreadsheet, as clerks have them."""
import pytest

from courses.classes.pasting import Somebody, attendance_word, read_block

LAN = Somebody(1, "Nông Thị Lan", "1991-02-06", "LAN")
HOA = Somebody(2, "Bế Thị Hoa", "1975", "HOA")
AN_A = Somebody(3, "Hoàng An", "1979", "AN-A")
AN_B = Somebody(4, "Hoàng An", "1988-01-02", "AN-B")
PEOPLE = [LAN, HOA, AN_A, AN_B]


def number(cell):
    """A whole number as the value of a line."""
    return cell if cell.isdigit() and int(cell) <= 100 else None


def test_each_line_gives_its_person_the_last_value():
    found = read_block("1\tNông Thị Lan\t06/02/1991\tBáo\t85\n2\tBế Thị Hoa\t1975\tBáo\t90\n",
                       PEOPLE, number)

    assert (found.values, found.strange, found.doubtful, found.unread) == (
        {1: "85", 2: "90"}, [], [], [])


@pytest.mark.parametrize("line", [
    "nong thi lan\t85", "Nông  Thị Lan;85", "NÔNG THỊ LAN | 85", "Nông Thị Lan 85", "LAN\t85",
    "No\u0302ng Thi\u0323 Lan\t85"])
def test_a_person_is_known_by_name_or_code_however_it_is_written(line):
    assert read_block(line, PEOPLE, number).values == {1: "85"}


def test_two_of_one_name_are_told_apart_by_their_birth():
    found = read_block("Hoàng An\t1979\t60\nHoàng An\t02/01/1988\t70\nHoàng An\t80",
                       PEOPLE, number)

    assert (found.values, found.doubtful) == ({3: "60", 4: "70"}, ["Hoàng An 80"])


def test_a_heading_is_passed_over_and_a_stranger_is_named():
    found = read_block("STT\tHọ và tên\tĐiểm\n1\tLục Văn Bá\t70\n\n", PEOPLE, number)

    assert (found.values, found.strange) == ({}, ["1 Lục Văn Bá 70"])


def test_a_year_of_birth_is_no_value_and_what_cannot_be_read_is_shown():
    found = read_block("Bế Thị Hoa\t1975\nNông Thị Lan\ttám mươi", PEOPLE, number)

    assert (found.values, found.unread) == ({}, ["Bế Thị Hoa 1975", "Nông Thị Lan tám mươi"])


@pytest.mark.parametrize("written, mark", [
    ("x", "present"), ("X", "present"), ("Có mặt", "present"), ("1", "present"),
    ("Muộn", "late"), ("P", "excused"), ("có phép", "excused"), ("V", "absent"),
    ("Không phép", "absent"), ("0", "absent"), ("ốm", None), ("", None)])
def test_the_words_of_a_signed_list_are_understood(written, mark):
    assert attendance_word(written) == mark
