"""The pages of the organisation."""
from urllib.parse import quote

import pytest

from tests.lms.organisations.reform import founded, merged
from tests.statements import counted


def listed(page):
    """The units of the outline with their depth."""
    names = [words for words, address in page.links.items() if "/units/" in address]
    depths = [li["data-depth"] for li in page.all("li") if "data-depth" in li]
    return list(zip(depths, names, strict=True))


def test_the_tree_as_it_stands_today(world, browse):
    page = browse(world.lan).get("/units")

    assert listed(page) == [("0", "Tỉnh Cao Bằng"), ("1", "Báo Cao Bằng"), ("1", "Sở Văn hóa"),
                            ("2", "Văn phòng Sở Văn hóa")]
    assert "4 đơn vị" in page.text


def test_the_tree_as_it_stood_on_another_day(world, browse):
    merged(world)
    lan = browse(world.lan)

    before, after = lan.get("/units?on=30/06/2026"), lan.get("/units?on=2026-07-01")

    assert ("2", "Văn phòng Sở Văn hóa") in listed(before)
    assert listed(after) == [("0", "Tỉnh Cao Bằng"), ("1", "Báo Cao Bằng"),
                             ("2", "Trung tâm Truyền thông"), ("1", "Sở Văn hóa")]
    assert after.links["Báo Cao Bằng"].endswith("?on=01/07/2026")


def test_the_organisation_before_and_after_each_reorganisation_is_a_step_away(world, browse):
    lan = browse(world.lan)
    assert "Tổ chức qua các thời kỳ" not in lan.get("/units").text
    merged(world)

    page = lan.get("/units?on=30/06/2026&q=van+phong")

    assert page.links["trước 01/07/2026"].startswith("/units?on=30%2F06%2F2026")
    assert page.links["từ 01/07/2026"] == "/units?on=01%2F07%2F2026&q=van+phong"
    assert [link["href"] for link in page.all("a") if link.get("aria-current") == "page"
            and "on=" in link["href"]] == [page.links["trước 01/07/2026"]]


@pytest.mark.parametrize("search, names", [
    ("so van hoa", ["Sở Văn hóa", "Văn phòng Sở Văn hóa"]), ("BAO", ["Báo Cao Bằng"]),
    ("newspaper", ["Báo Cao Bằng"]), ("SVH-VP", ["Văn phòng Sở Văn hóa"]), ("%", []),
    (" ", ["Tỉnh Cao Bằng", "Báo Cao Bằng", "Sở Văn hóa", "Văn phòng Sở Văn hóa"])])
def test_a_unit_is_found_without_marks_by_any_of_its_names(world, browse, search, names):
    page = browse(world.lan).get(f"/units?q={quote(search)}")

    assert [name for _depth, name in listed(page)] == names


def test_no_unit_found_says_what_to_do(world, browse):
    assert "Không tìm thấy đơn vị nào." in browse(world.lan).get("/units?q=xyz").text


@pytest.mark.parametrize("day", ["32/01/2026", "gần đây", "2026-13-01", "1/2"])
def test_of_a_day_that_is_none_the_page_says_so_in_words(world, browse, day):
    lan = browse(world.lan)

    page = lan.follow(lan.get(f"/units?on={day}", status=302))

    assert f"“{day}” không phải ngày." in page.text


def test_a_unit_shows_where_it_stands_and_what_is_below(world, browse):
    page = browse(world.lan).get(f"/units/{world.department.id}")

    assert "Sở Văn hóa" in page.text
    assert {"Tỉnh Cao Bằng", "Văn phòng Sở Văn hóa"} <= set(page.links)
    assert "01/01/2018 – hiện nay" in page.text


def test_a_unit_that_went_over_leads_to_its_successor(world, browse):
    centre = merged(world)
    lan = browse(world.lan)

    old = lan.get(f"/units/{world.office.id}")
    new = lan.get(old.links["Trung tâm Truyền thông"])

    assert old.links["Trung tâm Truyền thông"] == f"/units/{centre.id}"
    assert "01/07/2026" in old.text
    assert ("Văn phòng Sở Văn hóa → Trung tâm Truyền thông : sáp nhập Quyết định 12/QĐ-UBND"
            in new.text)


def test_a_unit_that_is_not_there_is_not_found(world, browse):
    browse(world.lan).get(f"/units/{2**40}", status=404)


@pytest.mark.parametrize("page", ["/units", "/units/{w.province.id}"])
def test_a_page_costs_as_many_statements_for_4_units_as_for_200(world, browse, page):
    lan, address = browse(world.lan), page.format(w=world)
    lan.get(address)
    with counted() as for_few:
        lan.get(address)
    for n in range(200):
        founded(f"XA{n}", f"Xã {n}", world.province)
    lan.get(address)

    with counted() as for_many:
        lan.get(address)

    assert len(for_many) == len(for_few)
