"""The commands that answer at the terminal, word by word."""
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import speaking
from lms.people.models import TargetGroup

from courses.coverage.cli import moment_of
from tests.courses.coverage.facts_of_the_world import excused, learned


@pytest.fixture
def run(app, world):
    """``run("coverage", "show")`` is a command typed at the terminal, in English."""
    def type_in(*words):
        with speaking("en"):
            return app.test_cli_runner().invoke(args=words)
    return type_in


def answer(result):
    """The JSON a command printed."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_figure_is_printed_as_json_with_exactly_these_names(run, world):
    learned(world.ha, world.press_law, on=date(2026, 3, 1))
    learned(world.ha, world.kit, on=date(2026, 3, 1))
    excused(world.pao, world.goal_b, date(2026, 11, 1))

    result = run("coverage", "show", "--goal", "B", "--unit", "SVH", "--on", "2026-10-31", "--json")

    assert result.stdout == (
        '[{"goal": "B", "unit": "SVH", "on": "2026-10-31", "members": 2, "exempt": 0, '
        '"required": 2, "met": 1, "overdue": 0, "within_time": 1, "rate": "50.0"}]\n')
    assert answer(run("coverage", "show", "--goal", "B", "--unit", "SVH-VP", "--json")) == [
        {"goal": "B", "unit": "SVH-VP", "on": "2026-11-25", "members": 1, "exempt": 1,
         "required": 0, "met": 0, "overdue": 0, "within_time": 0, "rate": None}]


def test_without_goal_and_unit_all_in_force_are_shown(run, world):
    world.newspaper.valid_to = date(2026, 7, 1)
    db.session.flush()

    assert [(row["goal"], row["unit"]) for row in answer(run("coverage", "show", "--json"))] == [
        ("A", "CB"), ("A", "SVH"), ("A", "SVH-VP"), ("B", "CB"), ("B", "SVH"), ("B", "SVH-VP")]
    assert answer(run("coverage", "show", "--on", "2025-12-31", "--json")) == []


def test_the_people_are_listed_as_json(run, world):
    assert run("coverage", "people", "--goal", "A", "--unit", "BAO", "--json").stdout == (
        '[{"person": "LAN", "status": "overdue", "due_on": "2026-04-01"}]\n')

    world.goal_a.due_days = None
    db.session.flush()

    assert answer(run("coverage", "people", "--goal", "A", "--unit", "CB", "--json")) == [
        {"person": "LAN", "status": "within_time", "due_on": None}]


def test_for_readers_the_figures_are_an_aligned_table(run, world):
    assert run("coverage", "show", "--goal", "B").stdout.splitlines() == [
        "Goal  Unit    Members  Exempt  Required  Met  Overdue  Within time  Rate",
        "B     CB            2       0         2    0        0            2   0\xa0%",
        "B     BAO           0       0         0    0        0            0     –",
        "B     SVH           2       0         2    0        0            2   0\xa0%",
        "B     SVH-VP        1       0         1    0        0            1   0\xa0%"]


def test_for_readers_the_people_are_a_table_in_the_order_of_names(run, world):
    assert run("coverage", "people", "--goal", "B", "--unit", "SVH").stdout.splitlines() == [
        "Person  Name        Status       Due on",
        "HA      Bế Văn Hạ   Within time  2026-12-14",
        "PAO     Vàng A Páo  Within time  2026-12-14"]
    assert run("coverage", "people", "--goal", "B", "--unit", "BAO").stdout == (
        "There is nothing to show: no goal was in force, or nobody belongs to it.\n")


@pytest.mark.parametrize(("words", "line"), [
    (("show", "--goal", "Z"), "There is no goal with the key “Z”."),
    (("show", "--goal", ""), "There is no goal with the key “”."),
    (("show", "--unit", "Z"), "There is no unit with the key “Z”."),
    (("show", "--on", "2026-02-30"), "“2026-02-30” is not a date; write it as YYYY-MM-DD."),
    (("show", "--on", "2026-W27-1"), "“2026-W27-1” is not a date; write it as YYYY-MM-DD."),
    (("people", "--goal", "A", "--unit", "Z"), "There is no unit with the key “Z”."),
    (("show", "--known", "yesterday"), "“yesterday” is neither a date nor a moment; write it as "
                                       "2026-06-30 or 2026-06-30T17:00."),
])
def test_what_does_not_exist_is_said_in_one_line_and_fails(run, words, line):
    result = run("coverage", *words)

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"Error: {line}\n")


@pytest.mark.parametrize("words", [("people", "--goal", "A"), ("show", "--colour"), ("count",)])
def test_wrong_usage_fails_in_the_other_way(run, words):
    assert run("coverage", *words).exit_code == 2


def test_a_known_date_is_the_end_of_that_day_in_the_province(world):
    assert moment_of("2026-06-30") == datetime(2026, 6, 30, 16, 59, 59, 999999, tzinfo=UTC)
    assert moment_of("2026-06-30T17:00") == datetime(2026, 6, 30, 10, 0, tzinfo=UTC)
    assert moment_of("2026-06-30T17:00:00Z") == datetime(2026, 6, 30, 17, 0, tzinfo=UTC)
    assert moment_of("2026-06-30T17:00:00+07:00") == datetime(2026, 6, 30, 10, 0, tzinfo=UTC)
    assert moment_of(None) is None


def test_what_was_not_yet_known_is_not_counted(run, world):
    learned(world.lan, world.press_law, on=date(2026, 3, 1),
            recorded_at=clock.now() + timedelta(hours=20))

    def met(*known):
        return answer(run("coverage", "show", "--goal", "A", "--unit", "BAO", "--json",
                          *known))[0]["met"]

    assert met() == 0
    assert met("--known", "2026-11-25") == 0
    assert met("--known", "2026-11-26") == 1
    assert met("--known", "2026-11-26T05:59") == 0
    assert met("--known", "2026-11-26T06:00") == 1
    assert met("--known", "2026-11-25T23:00:00Z") == 1


def test_the_facts_go_out_and_come_in_again(run, world, tmp_path):
    out = run("facts", "export", str(tmp_path / "out"))
    back = run("facts", "import", str(tmp_path / "out"))

    assert out.stdout.splitlines()[-1].endswith(f" facts were written to {tmp_path / 'out'}.")
    rows = {line.split()[0]: line.split()[1:] for line in back.stdout.splitlines()
            if line.split()[0].endswith(".csv")}
    assert len(rows) == 11
    assert rows["units.csv"] == ["0", "0", "4"]


def test_an_import_with_faults_names_them_and_fails(run, world, tmp_path):
    (tmp_path / "groups.csv").write_text("group,name_vi,name_en\nE,Biên tập,\n", "utf-8")
    (tmp_path / "memberships.csv").write_text(
        "person,group,valid_from,valid_to\nLAN,E,2026-02-30,\nX,E,2026-01-01,\n", "utf-8")
    (tmp_path / "notes.csv").write_text("a,b\n", "utf-8")

    result = run("facts", "import", str(tmp_path))

    assert (result.exit_code, result.stderr.splitlines()) == (1, [
        "notes.csv is no file of a facts folder; it was not read.",
        "memberships.csv, line 2, column valid_from: The date 2026-02-30 does not exist.",
        "memberships.csv, line 3, column person: There is no “X” in people.csv.",
        "Nothing was written."])
    assert db.session.scalar(select(TargetGroup.id).filter_by(key="E")) is None


def test_beyond_a_hundred_faults_the_rest_is_counted(run, world, tmp_path):
    rows = "".join(f"P{n},A,2026-01-01,\n" for n in range(130))
    (tmp_path / "memberships.csv").write_text(f"person,group,valid_from,valid_to\n{rows}", "utf-8")

    errors = run("facts", "import", str(tmp_path)).stderr.splitlines()

    assert (len(errors), errors[-2:]) == (102, ["… and 30 more.", "Nothing was written."])


def test_a_folder_without_facts_is_refused(run, world, tmp_path):
    result = run("facts", "import", str(tmp_path))

    assert (result.exit_code, result.stderr) == (
        1, f"Error: There is no file of facts in {tmp_path}.\n")
    assert run("facts", "import", str(tmp_path / "nowhere")).exit_code == 2


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(run, world, tmp_path):
    (tmp_path / "facts").write_text("a file")

    result = run("facts", "export", str(tmp_path / "facts" / "inside"))

    assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)
