"""A transfer of June is entered in November: the past is corrected, and the page says where.

Worked out by hand.  The newspaper has three reporters: Lan, and two newcomers, one of them trained
on 1 March.  Until the transfer is known that is 1 of 3 on every day since.  It takes the one who
is trained along from 1 June: 1 of 3 stays true on 31 May; on 30 June the newspaper has 0 of 2
(−1 and −1) and the department 1 of 1 (+1 and +1); the province has 1 of 3 before and after.
"""
from datetime import date

from lms.kernel import clock
from lms.kernel.db import db

from courses.coverage.queries import figures
from tests.courses.coverage.facts_of_the_world import learned, newcomers


def met(goal, unit, day):
    """The figure as (met, required)."""
    return [(one.met, one.required) for one in figures([goal], [unit], day)]


def test_a_transfer_entered_late_moves_the_figures_of_its_days(world, browse, monkeypatch):
    # Two reporters of the newspaper since January, one trained in March.  On 25 November the
    # officer enters that the trained one works in the department since 1 June.
    trained, _other = newcomers(2, world.newspaper, world.reporters)
    learned(trained, world.press_law, date(2026, 3, 1))
    db.session.commit()
    may, june = date(2026, 5, 31), date(2026, 6, 30)
    # With Lan, who is a reporter too, the newspaper has three.
    assert met(world.goal_a, world.newspaper, june) == [(1, 3)]
    assert met(world.goal_a, world.province, june) == [(1, 3)]
    noon = clock.end_of(clock.today())
    monkeypatch.setattr(clock, "source", lambda: noon)
    an = browse(world.an)

    answer = an.post(f"/people/{trained.id}/changes/moved", {
        "unit_id": world.department.id, "title": "Chuyên viên", "valid_from": "01/06/2026"})
    told = an.get(answer.location)

    assert met(world.goal_a, world.newspaper, may) == [(1, 3)]
    assert met(world.goal_a, world.newspaper, june) == [(0, 2)]
    assert met(world.goal_a, world.department, june) == [(1, 1)]
    assert met(world.goal_a, world.province, june) == [(1, 3)]
    assert "Số liệu trước đây thay đổi theo" in told.text
    assert "Báo Cao Bằng Phóng viên được tập huấn 30/06/2026 – 24/11/2026 −1 −1" in told.text
    assert "Sở Văn hóa Phóng viên được tập huấn 30/06/2026 – 24/11/2026 +1 +1" in told.text


def test_a_post_entered_before_a_later_one_ends_where_that_begins(world, browse):
    # Lan's main post is the newspaper's since 2018; from 1 October she is in the department.
    # Entered afterwards: from 1 June to then in the office.  So she is the one reporter, who is
    # not trained, of the newspaper in May, of the office in July and of the department in
    # November, and the office has none any more by then.
    an = browse(world.an)
    for unit, since in ((world.department, "01/10/2026"), (world.office, "01/06/2026")):
        an.post(f"/people/{world.lan.id}/changes/moved", {
            "unit_id": unit.id, "title": "Chuyên viên", "valid_from": since})

    assert [met(world.goal_a, unit, date(2026, month, 15)) for unit, month in (
        (world.newspaper, 5), (world.office, 7), (world.department, 11), (world.office, 11))] == [
            [(0, 1)], [(0, 1)], [(0, 1)], [(0, 0)]]
