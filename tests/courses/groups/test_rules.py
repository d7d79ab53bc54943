"""A rule is described, looked at with whom and which figures it changes, set, changed, ended."""
from datetime import date

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.following import believed_rules, differences
from lms.people.models import Membership
from lms.people.rule_actions import end_rule, set_rule

from courses.coverage.truth_queries import off_the_rule
from courses.groups.preview import previewed
from courses.groups.queries import groups_on, members_on

JUNE, TODAY = date(2026, 6, 1), date(2026, 11, 25)
SPECIALISTS = {"titles": ["chuyên viên"], "units": ["SVH"], "valid_from": JUNE}


def test_the_look_names_who_joins_and_leaves_and_every_figure_that_changes(world):
    # Officials today: Hạ of the department and Páo of its office.  Minh is a specialist of the
    # department too; a rule on specialists adds him and keeps the two others.
    told = previewed(world.officials, JUNE,
                     lambda: set_rule(world.officials, SPECIALISTS, by=world.an))

    assert [person.key for person in told.joining] == ["MINH"]
    assert (told.leaving, told.members, told.on) == ([], 3, TODAY)
    assert [(goal.key, unit.key, old.required, new.required)
            for goal, unit, old, new in told.figures] == [
        ("B", "CB", 2, 3), ("B", "SVH", 2, 3)]
    assert believed_rules() == []
    assert members_on(world.officials, TODAY) == {world.ha.id, world.pao.id}


def test_the_look_at_an_end_names_all_who_leave(world):
    set_rule(world.officials, SPECIALISTS, by=world.an)

    told = previewed(world.officials, TODAY, lambda: end_rule(world.officials, TODAY, by=world.an))

    assert {person.key for person in told.leaving} == {"MINH", "HA", "PAO"}
    assert told.members == 0


def test_a_membership_written_behind_the_rule_is_found(world):
    set_rule(world.officials, SPECIALISTS, by=world.an)
    assert off_the_rule() == []

    db.session.add(Membership(person=world.lan, group=world.officials, valid_from=TODAY))

    assert [fault.person for fault in off_the_rule()] == [world.lan.id]
    assert [one.person for one in differences()] == [world.lan.id]


def test_a_group_is_listed_by_name_to_each_as_far_as_they_may_follow(world, browse):
    address = f"/groups/{world.officials.id}"

    def listed(who):
        links = browse(who).get(address).links
        return [name for name, link in links.items() if link.removeprefix("/people/").isdecimal()]

    assert listed(world.an) == ["Bế Văn Hạ", "Vàng A Páo"]
    assert listed(world.ha) == ["Bế Văn Hạ", "Vàng A Páo"]
    assert listed(world.hoa) == []


def test_an_officer_describes_looks_and_sets(world, browse):
    address = f"/groups/{world.officials.id}/rule"
    typed = {"titles": "Chuyên viên\n", "units": ["SVH"], "valid_from": "01/06/2026"}
    officer = browse(world.an)

    form = officer.get(address)
    looked = officer.post(address, typed | {"decision": "look"}, status=200)
    again = officer.post(address, typed | {"decision": "again"}, status=200)
    assert believed_rules() == []
    done = officer.follow(officer.post(address, typed | {"decision": "set"}))

    assert "Chuyên viên" in form.text
    assert "Ngày 25/11/2026 có 3 người thuộc nhóm: thêm 1, bớt 0." in looked.text
    assert "Số liệu trước đây thay đổi theo" in looked.text
    assert world.minh.full_name in looked.text
    assert [box["value"] for box in again.all("input") if box.get("name") == "units"
            and "checked" in box] == ["SVH"]
    assert "Hôm nay có 3 người thuộc nhóm, theo quy tắc." in done.text
    assert [(group.key, count, rule is not None) for group, count, rule, _goals
            in groups_on(TODAY)] == [("A", 1, False), ("B", 3, True)]


def test_an_officer_ends_a_rule(world, browse):
    set_rule(world.officials, SPECIALISTS, by=world.an)
    officer = browse(world.an)
    address = f"/groups/{world.officials.id}/rule-end"

    looked = officer.post(address, {"on": "25/11/2026", "decision": "look"}, status=200)
    assert members_on(world.officials, TODAY) != set()
    officer.post(address, {"on": "25/11/2026", "decision": "set"})

    assert "bớt 3" in looked.text
    assert members_on(world.officials, TODAY) == set()


def test_a_rule_that_asks_nothing_is_refused_with_the_reason(world, browse):
    page = browse(world.an).post(f"/groups/{world.officials.id}/rule", {
        "titles": " ", "valid_from": "01/06/2026", "decision": "look"}, status=409)

    assert "Quy tắc phải nêu ít nhất" in page.text
    assert [box["value"] for box in page.all("input") if box.get("name") == "valid_from"] == [
        "01/06/2026"]


def test_managers_read_the_rule_and_change_nothing(world, browse):
    set_rule(world.officials, SPECIALISTS, by=world.an)

    page = browse(world.ha).get(f"/groups/{world.officials.id}")

    assert "Chuyên viên" in page.text or "chuyên viên" in page.text
    assert [url for url in page.links.values() if url.endswith("/rule")] == []
    assert clock.today() == TODAY


def test_an_officer_makes_a_group_with_a_code_of_its_own(world, browse):
    an = browse(world.an)
    form = an.get("/groups").links["Lập nhóm"]

    page = an.follow(an.post(form, {"key": "F", "name_vi": "Người phát ngôn", "name_en": ""}))
    again = an.post(form, {"key": "F", "name_vi": "Nhóm khác", "name_en": ""}, status=409)

    assert "Đã lập nhóm Người phát ngôn." in page.text
    assert "Đã có nhóm mang mã F." in again.text
    assert 'value="Nhóm khác"' in again.response.text
    assert "Lập nhóm" not in browse(world.hoa).get("/groups").links


def test_the_day_on_which_a_rule_is_to_end_stays_when_it_is_wrong(world, browse):
    set_rule(world.officials, SPECIALISTS, by=world.an)

    page = browse(world.an).post(f"/groups/{world.officials.id}/rule-end",
                                 {"on": "31/02/2027", "decision": "look"}, status=200)

    assert [field["value"] for field in page.all("input") if field.get("name") == "on"] == [
        "31/02/2027"]
    assert "Lỗi: Ngày không đúng." in page.text
