"""Facts folders as strangers bring them: several faults, words of their own, equal facts."""
import pytest

from courses.coverage.facts.load import import_folder
from tests.courses.coverage.test_facts import HEADERS, exported, faults_of, lines


@pytest.fixture
def folder(tmp_path):
    """A folder to write into."""
    return tmp_path / "facts"


def test_of_two_facts_recorded_at_once_the_one_that_was_corrected_stays_so(
        world, folder, tmp_path):
    moment = "2026-03-15T03:00:00Z"
    lines(folder / "completions.csv", f"{HEADERS['completions']},recorded_at,superseded_at",
          f"LAN,PRESS,2019-01-01,,,,{moment},", f"LAN,PRESS,2019-01-01,,,,{moment},{moment}")
    import_folder(folder)
    before = exported(tmp_path / "before")

    assert import_folder(tmp_path / "before").changed["completions"] == 0
    assert exported(tmp_path / "after") == before


def test_a_circle_is_named_beside_a_unit_with_two_places(world, folder):
    lines(folder / "placements.csv", HEADERS["placements"], "BAO,CB,2018-01-01,2018-01-02",
          "CB,CB,2018-01-01,2019-01-01")

    assert faults_of(folder) == [("placements.csv", 2, "unit"), ("placements.csv", 3, "parent")]


def test_a_source_that_others_name_is_kept_word_for_word(world, folder, tmp_path):
    lines(folder / "completions.csv", HEADERS["completions"],
          "LAN,PRESS,2019-01-01,,Giấy chứng nhận,")

    assert import_folder(folder).added["completions"] == 1
    assert "LAN,PRESS,2019-01-01,,Giấy chứng nhận,," in exported(
        tmp_path / "out")["completions.csv"].decode()
