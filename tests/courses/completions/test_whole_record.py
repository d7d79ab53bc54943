"""A person's record tells everything: posts, groups, what is asked and why, what was completed."""
from datetime import date

from lms.kernel.db import db

from courses.completions.actions import complete
from tests.statements import counted


def test_the_record_tells_groups_goals_exemptions_and_certificates(world, browse):
    complete(world.lan, world.press_law, date(2026, 11, 20), by=world.an)
    db.session.commit()

    text = browse(world.lan).get("/record").text

    asked = text[text.index("Phải học gì, vì sao"):]
    assert "Phóng viên được tập huấn" in asked
    assert "Kế hoạch 3432/KH-UBND, II.2" in asked
    assert "01/01/2026" in asked
    assert "05/01/2026 – 11/01/2026" in asked
    assert "0002/2026/GCN-SVH" in asked


def test_who_answers_for_somebody_reads_the_same_record(world, browse):
    text = browse(world.ha).get(f"/record/{world.pao.id}").text

    assert "Cán bộ được tập huấn và trang bị tài liệu" in text
    browse(world.hoa).get(f"/record/{world.pao.id}", status=404)


def test_the_record_costs_the_same_whatever_it_holds(world, browse):
    lan = browse(world.lan)
    with counted() as few:
        lan.get("/record")
    for day in range(1, 13):
        complete(world.lan, world.kit, date(2026, 1, day), by=world.an)
    db.session.commit()

    with counted() as many:
        lan.get("/record")

    assert len(many) == len(few)
