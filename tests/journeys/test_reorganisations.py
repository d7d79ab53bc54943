"""Units merge and split, and last year's figures stay what they were.

Every figure below is worked out by hand from the world of tests/world.py and from those whom each
test hires: somebody has met goal B who holds press law and the kit.
"""
from datetime import date

from sqlalchemy import select

from lms.kernel.db import db
from lms.organisations.models import Unit
from lms.people.models import Membership, Person, Posting

from courses.completions.models import Completion
from tests.courses.coverage.facts_of_the_world import newcomers

ON = "01/07/2026"


def officials(world, unit, names, trained):
    """So many officials in ``unit`` since January; the first ``trained`` of them hold press law
    and the kit since March."""
    people = newcomers(len(names), unit, world.officials)
    for number, (person, name) in enumerate(zip(people, names, strict=True)):
        person.key, person.full_name = f"{unit.key}{number}", name
        if number < trained:
            for course in (world.press_law, world.kit):
                db.session.add(Completion(person=person, course=course,
                                          learned_on=date(2026, 3, 2)))
    db.session.commit()
    return people


def figure(browser, unit, goal, on):
    """The figure in words, as the page of the unit says it on a day."""
    page = browser.get(f"/units/{unit.id}/coverage?goal={goal.id}&on={on}").text
    return page.split("trên ")[0].rsplit(" ", 2)[-2] + "/" + page.split("trên ")[1].split(" ")[0]


def test_a_merger_keeps_history(world, browse):
    # The office has three officials, two of them trained; the newspaper has two, one trained.
    # Hạ of the department makes six in the province, which the merger leaves as they are: three
    # of six.  (Páo of the office joins the group only in October.)
    officials(world, world.office, ("Nông Văn A", "Nông Văn B", "Nông Văn C"), trained=2)
    officials(world, world.newspaper, ("Lục Thị D", "Lục Thị E"), trained=1)
    an = browse(world.an)
    before = [figure(an, unit, world.goal_b, "30/06/2026")
              for unit in (world.office, world.newspaper)]

    an.post("/reorganisations", {"kind": "merge", "unit": world.office.id, "on": ON,
                                 "act": "QĐ 12", "heir0-unit": world.newspaper.id})

    # The day before: 2 of 3 in the office, 1 of 2 in the newspaper, and so it stays.
    assert before == ["2/3", "1/2"]
    assert [figure(an, world.province, world.goal_b, on) for on in ("30/06/2026", ON)] == [
        "3/6", "3/6"]
    assert [figure(an, unit, world.goal_b, "30/06/2026")
            for unit in (world.office, world.newspaper)] == before
    # From the day on the newspaper has all five, 2 + 1 = 3 of them trained, by name.
    assert figure(an, world.newspaper, world.goal_b, ON) == "3/5"
    names = an.get(f"/units/{world.newspaper.id}/goals/{world.goal_b.id}/people?on={ON}").links
    assert [name for name in names if name.startswith(("Nông Văn", "Lục Thị"))] == [
        "Nông Văn A", "Nông Văn B", "Nông Văn C", "Lục Thị D", "Lục Thị E"]
    assert "Ngày 01/07/2026 đơn vị không có người" in an.get(
        f"/units/{world.office.id}/coverage?on={ON}").text
    # The old unit's page says where it went, the new one's where it came from.
    assert "Đơn vị này kết thúc ngày 01/07/2026. Đơn vị kế tục: Báo Cao Bằng" in an.get(
        f"/units/{world.office.id}").text
    assert "Văn phòng Sở Văn hóa → Báo Cao Bằng : sáp nhập" in an.get(
        f"/units/{world.newspaper.id}").text


def test_a_split_sends_each_person_to_a_named_unit(world, browse):
    # Four officials of the office: A and B trained, C and D not.  A and C go to the newspaper,
    # B and D to a new unit: 1 of 2 in each.  With Hạ of the department, who is not trained, the
    # province has 2 of 5.
    people = officials(world, world.office, ("Nông Văn A", "Nông Văn B", "Nông Văn C",
                                             "Nông Văn D"), trained=2)
    posts = {person.full_name[-1]: db.session.scalar(
        select(Posting.id).filter_by(person_id=person.id)) for person in people}
    an = browse(world.an)

    an.post("/reorganisations", {
        "kind": "split", "unit": world.office.id, "on": ON, "act": "NQ 897",
        "heir0-unit": world.newspaper.id, "heir1-name_vi": "Trung tâm Du lịch",
        f"post-{posts['A']}": "0", f"post-{posts['C']}": "0",
        f"post-{posts['B']}": "1", f"post-{posts['D']}": "1"})

    centre = db.session.scalar(select(Unit).filter_by(name_vi="Trung tâm Du lịch"))
    assert figure(an, world.office, world.goal_b, "30/06/2026") == "2/4"
    assert figure(an, world.newspaper, world.goal_b, ON) == "1/2"
    assert figure(an, centre, world.goal_b, ON) == "1/2"
    assert figure(an, world.province, world.goal_b, ON) == "2/5"
    for unit, here in ((centre, ("B", "D")), (world.newspaper, ("A", "C"))):
        names = an.get(f"/units/{unit.id}/goals/{world.goal_b.id}/people?on={ON}").links
        assert [name for name in names if name.startswith("Nông Văn")] == [
            f"Nông Văn {letter}" for letter in here]
    assert db.session.scalars(select(Person).join(Membership).where(
        Person.key.startswith("SVH-VP"), Membership.valid_to.is_not(None))).all() == []
