"""Who may follow whom."""
from lms.people.policies import is_officer, may_answer, may_follow, scope_of


def test_the_contact_person_follows_the_department_and_its_office_only(world):
    assert scope_of(world.ha) == {world.department.id, world.office.id}
    assert may_follow(world.ha, world.office)
    assert not may_follow(world.ha, world.newspaper)


def test_the_officer_and_the_auditor_follow_everybody_but_only_the_officer_acts(world):
    assert scope_of(world.an) is None
    assert scope_of(world.vi) is None
    assert is_officer(world.an)
    assert may_answer(world.an, world.newspaper)
    assert not may_answer(world.vi, world.newspaper)


def test_a_reporter_follows_nobody(world):
    assert scope_of(world.lan) == set()
