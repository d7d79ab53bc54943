"""The matrix on paper: what sums up, then every unit, with the figures of the screen."""
from datetime import date

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Placement, Unit
from lms.people.models import Membership, Person, Posting

from courses.coverage.actions import set_goal
from courses.coverage.matrix import laid_out
from courses.coverage.printing import Matrix, matrix_paper
from courses.coverage.queries import figures
from tests.courses.coverage.facts_of_the_world import excused, learned, newcomers
from tests.pdf import pages, size, texts

TODAY = date(2026, 11, 25)


def paper(world, on=TODAY, recast=False):
    """The paper of the province."""
    goals, groups, whole = laid_out(figures(on=on, recast=recast), world.province.id)
    return matrix_paper(Matrix(goals, groups, whole, on, None, clock.now(), recast))


def words(page):
    """All that stands on a page, without how it was broken into lines."""
    return " ".join(line.text for line in page)


def test_the_first_page_sums_up_and_below_it_stands_every_unit(world, browse):
    learned(world.ha, world.press_law, date(2026, 5, 4))
    learned(world.ha, world.kit, date(2026, 5, 4))
    excused(world.pao, world.goal_b, date(2026, 11, 1))
    newcomers(6, world.newspaper, world.reporters)

    content = browse(world.an).get("/province.pdf").response.data

    [sheet] = map(words, pages(content))
    first, second = sheet.split("Phóng viên được tập huấn – Báo Cao Bằng 0/7.")
    assert size(content) == (297, 210)
    assert ("2 chỉ tiêu có đặt mức: còn thiếu 7 người; 7 người chưa được tập huấn đã quá hạn."
            ) in first
    assert "Tính đến ngày 25/11/2026, theo số liệu lúc 10:00 25/11/2026." in first
    # Seven reporters, none trained, all overdue; of two officials one met and one is exempt.
    assert ("TỈNH CAO BẰNG 0/7 (0 %); còn 7; 7 quá hạn 1/1 (100 %); đạt chỉ tiêu; 1 được miễn"
            ) in first
    assert "Báo Cao Bằng 0/7 (0 %); còn 7; 7 quá hạn –" in second
    assert "Văn phòng Sở Văn hóa – đều được miễn" in second


def test_goals_that_do_not_fit_the_width_go_on_in_a_further_list(world):
    for number in range(7):
        set_goal({"key": f"C{number}", "group": world.officials, "courses": [world.kit],
                  "title_vi": f"Chỉ tiêu {number}", "valid_from": date(2026, 1, 1)}, by=world.an)

    sheets = [words(page) for page in pages(paper(world))]

    # Nine goals are five and four: two pages that sum up, two of units.
    assert [sum(f"Chỉ tiêu {number} (" in sheet for number in range(7)) for sheet in sheets] == [
        3, 4, 3, 4]


def test_ninety_units_keep_to_a_few_pages_each_with_its_heads(world):
    for number in range(90):
        unit = Unit(key=f"X{number}", name_vi=f"Xã số {number}", kind="commune",
                    precedence=100 + number, valid_from=date(2025, 7, 1))
        person = Person(key=f"X{number}", full_name=f"Hoàng Thị {number}")
        db.session.add_all([unit, person, Placement(
            unit=unit, parent=world.province, valid_from=date(2025, 7, 1))])
        db.session.add(Posting(person=person, unit=unit, valid_from=date(2025, 7, 1)))
        db.session.add(Membership(person=person, group=world.officials,
                                  valid_from=date(2026, 1, 1)))
    db.session.flush()

    sheets = [words(page) for page in pages(paper(world))]

    assert len(sheets) <= 9
    assert all("Cán bộ được tập huấn và trang bị tài liệu" in sheet for sheet in sheets)
    assert sum(sheet.count("Xã số") for sheet in sheets[-4:]) >= 90


def test_recast_is_said_and_a_day_without_a_goal_is_refused(world, browse):
    assert "Quy về tổ chức hiện nay" in " ".join(texts(paper(world, recast=True)))
    assert "không có chỉ tiêu nào có hiệu lực" in browse(world.an).get(
        "/province.pdf?on=01/01/2020", status=409).text
