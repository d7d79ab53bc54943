"""A deputy director asks why the number moved; two goals with two targets are judged apart."""
from datetime import date
from decimal import Decimal

from lms.kernel.db import db
from lms.people.models import Membership, Posting

from courses.coverage.actions import change_goal
from courses.coverage.queries import figures
from tests.courses.coverage.facts_of_the_world import excused, learned, newcomers


def test_the_change_of_a_year_is_told_part_by_part(world, browse):
    # The newspaper on 1 March: Lan and three newcomers A, B, C must know press law; A and B
    # know it: 2 of 4.  Until 25 November C learns it (+1), B's runs out (−1), A goes to the
    # department (−1 and −1), D joins the group (0 and +1), Lan is exempt (0 and −1).
    # So 1 of 3: B and D owe, C has met it.
    a, b, c, d = newcomers(4, world.newspaper, world.reporters)
    march, june = date(2026, 3, 1), date(2026, 6, 1)
    learned(a, world.press_law, date(2026, 2, 1))
    learned(b, world.press_law, date(2026, 2, 1), until=date(2026, 8, 31))
    learned(c, world.press_law, june)
    a.postings[0].valid_to = june
    db.session.add(Posting(person=a, unit=world.department, valid_from=june))
    db.session.query(Membership).filter_by(person_id=d.id).one().valid_from = june
    excused(world.lan, world.goal_a, june)
    db.session.commit()

    page = browse(world.an).get(
        f"/units/{world.newspaper.id}/goals/{world.goal_a.id}/changes"
        "?first=01/03/2026&on=25/11/2026").text

    assert [(one.met, one.required) for day in (march, date(2026, 11, 25))
            for one in figures([world.goal_a], [world.newspaper], day)] == [(2, 4), (1, 3)]
    for part in ("Ngày 01/03/2026 2 4", "Hoàn thành thêm 1 người +1 0",
                 "Kết quả hết hạn 1 người −1 0", "Vào nhóm hoặc vào cơ quan 1 người 0 +1",
                 "Sang đơn vị khác 1 người −1 −1", "Được miễn 1 người 0 −1",
                 "Ngày 25/11/2026 1 3"):
        assert part in page


def test_each_goal_is_measured_against_its_own_target(world, browse):
    # Seven of ten reporters are trained: short of 100 per cent by three, above 70 by none.
    # (Lan, who is a reporter too, is the eighth that is not.)
    people = newcomers(9, world.newspaper, world.reporters)
    for person in people[:7]:
        learned(person, world.press_law, date(2026, 3, 1))
    db.session.commit()
    an, address = browse(world.an), f"/units/{world.newspaper.id}/coverage"

    strict = an.get(address).text
    change_goal(world.goal_a, {"share": Decimal(70)}, by=world.an)
    db.session.commit()
    mild = an.get(address).text

    assert "7 trên 10 người đã đạt (70,0 %), chỉ tiêu 100 %: còn 3 người" in plain(strict)
    assert "7 trên 10 người đã đạt (70,0 %), chỉ tiêu 70,0 %: đạt chỉ tiêu" in plain(mild)


def plain(text):
    """The text with common blanks."""
    return text.replace("\N{NO-BREAK SPACE}", " ")
