"""The facts folder: out and in again without a byte's difference, and every fault by its place."""
import csv
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from sqlalchemy import delete, select

from lms.kernel import clock
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.facts import supersede
from lms.kernel.i18n import speaking
from lms.kernel.text import fold
from lms.organisations.models import Placement, Succession, Unit
from lms.people.models import Membership, Person, Posting, TargetGroup

from courses.catalogue.models import Course
from courses.completions.models import Completion
from courses.coverage.facts.export import export_folder
from courses.coverage.facts.faults import FaultyFolder
from courses.coverage.facts.files import FILES
from courses.coverage.facts.load import import_folder
from courses.coverage.models import Exemption, Goal, GoalCourse
from courses.coverage.queries import figures
from tests.courses.coverage.facts_of_the_world import excused, learned, told
from tests.courses.coverage.histories import histories, write_folder
from tests.courses.coverage.test_reckoning_property import examples

MAY = date(2026, 5, 1)


@pytest.fixture
def folder(tmp_path):
    """A folder to write into."""
    return tmp_path / "facts"


def contents(path):
    """file → its bytes."""
    return {place.name: place.read_bytes() for place in sorted(path.iterdir())}


def exported(path):
    """What an export into ``path`` writes."""
    export_folder(path)
    return contents(path)


def forget_everything():
    """Empty the tables of facts and of all that refers to them."""
    db.session.flush()
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(delete(table))
    db.session.expire_all()


def lines(place, *rows):
    """Write the lines of a file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("\n".join(rows) + "\n", encoding="utf-8")


def faults_of(path):
    """The faults of an import as (file, line, column)."""
    with speaking("en"), pytest.raises(FaultyFolder) as refused:
        import_folder(path)
    return [(fault.file, fault.line, fault.column) for fault in refused.value.faults.named]


def add_edges(world):
    """Facts with quotes, line breaks, half-open ends, years alone, odd shares, corrections."""
    world.lan.email = 'lan "nhà báo", Cao Bằng'
    world.lan.phone = "026\r\n3852"
    world.hoa.birth = "1975"
    world.newspaper.short_name = "Báo,\nCB"
    world.goal_a.share, world.goal_a.valid_to = "66.5", date(2027, 1, 1)
    world.goal_b.share = None
    wrong = learned(world.lan, world.press_law, on=MAY, until=date(2029, 5, 1), source="class")
    supersede(wrong, learned_on=date(2026, 5, 2), revoked_on=date(2026, 6, 1))
    told(Posting(person=world.lan, unit=world.office, title="Cộng tác viên", main=False,
                 valid_from=MAY, valid_to=MAY))
    told(Succession(from_unit=world.office, to_unit=None, on=MAY, kind="dissolve", act="QĐ 1"))
    excused(world.pao, world.goal_b, MAY)


def test_out_in_and_out_again_is_equal_byte_for_byte(world, tmp_path):
    add_edges(world)
    first = exported(tmp_path / "first")
    before = [(f.goal.key, f.unit.key, f.met, f.members) for f in figures()]
    forget_everything()

    import_folder(tmp_path / "first")

    assert exported(tmp_path / "second") == first
    assert [(f.goal.key, f.unit.key, f.met, f.members) for f in figures()] == before


def test_the_files_are_those_of_the_page(world, folder):
    add_edges(world)

    files = exported(folder)

    assert sorted(files) == sorted(
        f"{name}.csv" for name in ("units", "placements", "successions", "people", "postings",
                                   "groups", "memberships", "courses", "goals", "completions",
                                   "exemptions"))
    assert files["goals.csv"].decode().splitlines() == [
        "goal,group,courses,title_vi,title_en,share,due_days,deadline,basis,valid_from,valid_to",
        'A,A,PRESS,Phóng viên được tập huấn,Reporters are trained,66.5,90,,'
        '"Kế hoạch 3432/KH-UBND, II.2",2026-01-01,2027-01-01',
        'B,B,KIT;PRESS,Cán bộ được tập huấn và trang bị tài liệu,Officials are trained and '
        'equipped,,,2026-12-14,"Kế hoạch 3432/KH-UBND, II.2",2026-01-01,']
    assert files["memberships.csv"].decode().splitlines()[:2] == [
        "person,group,valid_from,valid_to,recorded_at,superseded_at",
        "HA,B,2026-01-01,,2026-11-25T03:00:00Z,"]


@pytest.mark.slow
@settings(examples, max_examples=10)
@given(facts=histories)
def test_random_folders_come_out_as_they_went_in(world, facts):
    with TemporaryDirectory() as place:
        first, second, third = (Path(place) / name for name in ("given", "second", "third"))
        first.mkdir()
        write_folder(first, facts)
        forget_everything()
        import_folder(first)
        once = exported(second)
        forget_everything()

        import_folder(second)

        assert exported(third) == once
        assert {name: sum(1 for _row in csv.reader(once[f"{name}.csv"].decode().splitlines()))
                for name in FILES} == {name: len(rows) + 1 for name, rows in facts.items()}
        db.session.rollback()


def test_the_same_folder_again_changes_nothing(world, folder):
    add_edges(world)
    files = exported(folder)
    trail = len(db.session.scalars(select(AuditEntry)).all())

    outcome = import_folder(folder)

    assert (outcome.added, outcome.changed) == ({}, {})
    assert exported(folder) == files
    assert len(db.session.scalars(select(AuditEntry)).all()) == trail


def test_a_folder_without_the_second_clock_is_recorded_at_the_import_and_known_again(world, folder):
    lines(folder / "memberships.csv", "person,group,valid_from,valid_to", "HOA,A,2026-01-01,",
          "LAN,A,2026-01-01,")

    first, second = import_folder(folder), import_folder(folder)

    (hoa,) = db.session.scalars(select(Membership).filter_by(person_id=world.hoa.id))
    assert (hoa.recorded_at, hoa.superseded_at) == (clock.now(), None)
    assert (first.added["memberships"], first.same["memberships"]) == (1, 1)
    assert (second.added["memberships"], second.same["memberships"]) == (0, 2)


def test_two_equal_facts_of_a_folder_are_two_facts(world, folder):
    row = "LAN,PRESS,2026-05-01,,online,,2026-06-01T00:00:00Z,"
    lines(folder / "completions.csv",
          "person,course,learned_on,valid_until,source,revoked_on,recorded_at,superseded_at",
          row, row)

    assert import_folder(folder).added["completions"] == 2
    assert import_folder(folder).same["completions"] == 2


def test_news_that_a_fact_is_no_longer_believed_closes_it(world, folder):
    old = learned(world.lan, world.press_law, on=MAY)
    recorded = old.recorded_at.isoformat()
    later = (old.recorded_at + timedelta(days=1)).isoformat()
    lines(folder / "completions.csv",
          "person,course,learned_on,valid_until,source,revoked_on,recorded_at,superseded_at",
          f"LAN,PRESS,2026-05-01,,online,,{recorded},{later}")

    outcome = import_folder(folder)

    db.session.refresh(old)
    assert old.superseded_at == old.recorded_at + timedelta(days=1)
    assert (outcome.added["completions"], outcome.changed["completions"]) == (0, 1)


def test_what_changed_is_brought_up_to_date_and_found_by_its_new_name(world, folder):
    exported(folder)
    for name, old, new in (("people", "Nông Thị Lan", "Nông Ngọc Lan"),
                           ("units", "Báo Cao Bằng", "Báo và Đài"),
                           ("courses", "Luật Báo chí", "Luật Báo chí 2026"),
                           ("goals", "KIT;PRESS", "KIT")):
        place = folder / f"{name}.csv"
        place.write_text(place.read_text("utf-8").replace(old, new), "utf-8")

    outcome = import_folder(folder)

    assert outcome.changed == {"people": 1, "units": 1, "courses": 1, "goals": 1}
    assert (world.lan.full_name, world.lan.fold) == ("Nông Ngọc Lan", "nong ngoc lan")
    assert world.lan.sort_key == Person(full_name="Nông Ngọc Lan").sort_key
    assert world.newspaper.fold == fold("Báo và Đài Cao Bằng newspaper BAO")
    assert world.press_law.fold == fold("Luật Báo chí 2026 Press law")
    assert [course.key for course in world.goal_b.courses] == ["KIT"]
    trail = {entry.subject: entry.details for entry in db.session.scalars(
        select(AuditEntry).filter_by(verb="changed by import"))}
    assert trail == {
        f"person:{world.lan.id}": {"fields": ["full_name"]},
        f"unit:{world.newspaper.id}": {"name_vi": ["Báo Cao Bằng", "Báo và Đài"]},
        f"course:{world.press_law.id}": {"title_vi": ["Luật Báo chí", "Luật Báo chí 2026"]},
        f"goal:{world.goal_b.id}": {
            "courses": [sorted([world.press_law.id, world.kit.id]), [world.kit.id]]}}


def test_a_course_that_comes_with_facts_has_no_version(world, folder):
    lines(folder / "courses.csv", "course,title_vi,title_en,validity_months,periods",
          "NEW,Khóa mới,New course,36,")

    import_folder(folder)

    course = db.session.scalars(select(Course).filter_by(key="NEW")).one()
    assert (course.versions, course.validity_months, course.periods, course.fold) == (
        [], 36, 0, "khoa moi new course")


def test_columns_may_stand_in_any_order_and_a_byte_order_mark_does_no_harm(world, folder):
    lines(folder / "groups.csv", "\ufeffname_en,group,name_vi", "Editors,E,Biên tập viên")

    import_folder(folder)

    group = db.session.scalars(select(TargetGroup).filter_by(key="E")).one()
    assert (group.name_vi, group.name_en) == ("Biên tập viên", "Editors")


HEADERS = {name: ",".join(file.names[:len(file.columns)]) for name, file in FILES.items()}


@pytest.mark.parametrize(("file", "row", "column"), [
    ("units", ",X,Tỉnh,,,,0,2018-01-01,", "unit"),
    ("units", "U,X,Tỉnh,,,,zero,2018-01-01,", "precedence"),
    ("units", "U,X,Tỉnh,,,,0,,", "valid_from"),
    ("units", "U,X,Tỉnh,,,,0,2018-02-30,", "valid_from"),
    ("units", "U,X,Tỉnh,,,,0,01/02/2018,", "valid_from"),
    ("units", "U,X,Tỉnh,,,,0,20180201,", "valid_from"),
    ("units", "U,X,Tỉnh,,,,0,2018-01-02,2018-01-01", "valid_to"),
    ("units", "U,X,T\0,,,,0,2018-01-02,", "name_vi"),
    ("placements", "SVH-VP,NOWHERE,2018-01-01,", "parent"),
    ("placements", "NOWHERE,SVH-VP,2018-01-01,", "unit"),
    ("successions", "BAO,NOWHERE,2026-01-01,merge,", "to_unit"),
    ("successions", "BAO,SVH,2026-01-01,marriage,", "kind"),
    ("successions", "BAO,SVH,,merge,", "on"),
    ("people", "P,Nguyễn Văn A,85,,,", "birth_date"),
    ("people", "P,Nguyễn Văn A,1985-02-30,,,", "birth_date"),
    ("postings", "NOBODY,BAO,,1,2026-01-01,", "person"),
    ("postings", "LAN,BAO,,perhaps,2026-01-01,", "main"),
    ("memberships", "LAN,NONE,2026-01-01,", "group"),
    ("memberships", "LAN,A,2026-01-01,2025-12-31", "valid_to"),
    ("courses", "X;Y,Khóa,,,", "course"),
    ("courses", "X,Khóa,,three,", "validity_months"),
    ("goals", "G,A,,Chỉ tiêu,,100,,,,2026-01-01,", "courses"),
    ("goals", "G,A,PRESS;NONE,Chỉ tiêu,,100,,,,2026-01-01,", "courses"),
    ("goals", "G,A,PRESS,Chỉ tiêu,,101,,,,2026-01-01,", "share"),
    ("goals", "G,A,PRESS,Chỉ tiêu,,66.666,,,,2026-01-01,", "share"),
    ("goals", "G,A,PRESS,Chỉ tiêu,,100,-3,,,2026-01-01,", "due_days"),
    ("goals", "G,A,PRESS,Chỉ tiêu,,100,,2026-06-31,,2026-01-01,", "deadline"),
    ("completions", "LAN,NONE,2026-01-01,,online,", "course"),
    ("completions", "LAN,PRESS,2026-01-01,2025-12-31,online,", "valid_until"),
    ("exemptions", "NONE,LAN,leave,Nghỉ,2026-01-01,", "goal"),
    ("exemptions", "A,LAN,leave,Nghỉ", ""),
    ("groups", 'E,"Biên tập" viên,', ""),
])
def test_each_fault_is_named_by_file_line_and_column(world, folder, file, row, column):
    lines(folder / f"{file}.csv", HEADERS[file], row)

    assert faults_of(folder) == [(f"{file}.csv", 2, column)]


@pytest.mark.parametrize(("recorded", "superseded", "column"), [
    ("yesterday", "", "recorded_at"), ("2026-05-02T00:00:00Z", "2026-05-01T00:00:00Z",
                                       "superseded_at"),
    ("", "2026-05-01T00:00:00Z", "superseded_at"), ("", "2026-13-01T00:00:00Z", "superseded_at"),
])
def test_faults_of_the_second_clock_are_named_too(world, folder, recorded, superseded, column):
    lines(folder / "memberships.csv", f"{HEADERS['memberships']},recorded_at,superseded_at",
          f"LAN,A,2026-01-01,,{recorded},{superseded}")

    assert faults_of(folder) == [("memberships.csv", 2, column)]


@pytest.mark.parametrize(("header", "columns"), [
    ("group,name_vi", ["name_en"]), ("group,name_vi,name_en,colour", ["colour"]),
    ("group,name_vi,name_en,name_en", ["name_en"]), ("", ["group", "name_vi", "name_en"]),
    # As Excel saves it where the comma parts decimals: one fault, not one for each column.
    ("group;name_vi;name_en", [""]),
])
def test_a_wrong_header_is_a_fault_of_the_first_line(world, folder, header, columns):
    lines(folder / "groups.csv", header, "E,Biên tập viên,Editors")

    assert faults_of(folder) == [("groups.csv", 1, column) for column in columns]


def test_a_line_is_counted_as_an_editor_counts_it(world, folder):
    lines(folder / "groups.csv", HEADERS["groups"], 'E,"Biên tập', 'viên",Editors', "",
          "E,Hai lần,", "F,Đủ,", "G,Thiếu")

    assert faults_of(folder) == [("groups.csv", 5, "group"), ("groups.csv", 7, "")]


def test_a_file_that_is_not_utf_8_is_named_with_the_line(world, folder):
    folder.mkdir()
    (folder / "groups.csv").write_bytes(
        f"{HEADERS['groups']}\nE,Tốt,\nF,B\xe1o,\n".encode().replace(b"\xc3\xa1", b"\xe1"))

    assert faults_of(folder) == [("groups.csv", 3, "")]


def test_what_refers_to_a_faulty_line_is_no_fault_of_its_own(world, folder):
    lines(folder / "people.csv", HEADERS["people"], "P,Nguyễn Văn A,1985-02-30,,,")
    lines(folder / "postings.csv", HEADERS["postings"], "P,BAO,,1,2026-01-01,")

    assert faults_of(folder) == [("people.csv", 2, "birth_date")]


@pytest.mark.parametrize("rows", [
    ["SVH-VP,BAO,2026-01-01,"],
    ["BAO,CB,2018-01-01,2018-01-02"],
    ["CB,SVH,2026-01-01,2026-02-01", "CB,BAO,2026-01-31,"],
])
def test_two_placements_of_a_unit_on_the_same_day_are_a_fault(world, folder, rows):
    lines(folder / "placements.csv", HEADERS["placements"], *rows)

    assert (("placements.csv", len(rows) + 1, "unit") in faults_of(folder))


def test_a_placement_that_was_corrected_leaves_room_for_another(world, folder):
    placement = db.session.scalars(select(Placement).filter_by(unit_id=world.office.id)).one()
    placement.superseded_at = clock.now()
    db.session.flush()
    lines(folder / "placements.csv", HEADERS["placements"], "SVH-VP,BAO,2018-01-01,")

    assert import_folder(folder).added["placements"] == 1


def test_a_circle_on_some_day_is_a_fault_and_one_after_the_other_is_not(world, folder):
    lines(folder / "units.csv", HEADERS["units"],
          *(f"{key},X,{key},,,,0,2018-01-01," for key in ("X", "Y", "Z")))
    up_and_down = ["X,Y,2018-01-01,2020-01-01", "Y,Z,2018-01-01,2020-01-01",
                   "Z,X,2020-01-01,2021-01-01"]
    lines(folder / "placements.csv", HEADERS["placements"], *up_and_down, "X,Y,2020-12-31,",
          "Y,Z,2020-12-31,")

    assert faults_of(folder) == [("placements.csv", 6, "parent")]

    lines(folder / "placements.csv", HEADERS["placements"], *up_and_down)
    assert import_folder(folder).added["placements"] == 3


def test_a_unit_under_itself_or_under_one_that_stands_below_it_is_a_circle(world, folder):
    lines(folder / "placements.csv", HEADERS["placements"], "CB,CB,2018-01-01,2019-01-01",
          "CB,SVH-VP,2026-01-01,")

    assert faults_of(folder) == [("placements.csv", 2, "parent"), ("placements.csv", 3, "parent")]


def test_a_folder_with_a_fault_writes_nothing_and_a_hundred_faults_are_named(world, folder):
    lines(folder / "groups.csv", HEADERS["groups"], "E,Biên tập viên,Editors")
    lines(folder / "memberships.csv", HEADERS["memberships"],
          *(f"P{n},E,2026-01-01," for n in range(250)))

    with pytest.raises(FaultyFolder) as refused:
        import_folder(folder)

    assert (len(refused.value.faults.named), refused.value.faults.count) == (100, 250)
    assert db.session.scalar(select(TargetGroup.id).filter_by(key="E")) is None


def test_an_import_knows_every_table_of_dated_facts():
    assert {file.model for file in FILES.values()} == {
        Unit, Placement, Succession, Person, Posting, TargetGroup, Membership, Course, Goal,
        Completion, Exemption}
    assert GoalCourse.__tablename__ == "goal_course"
