"""Units that follow no other: the first of all, and one more below another."""
from datetime import date

import pytest
from sqlalchemy import select, update

from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.organisations.models import Unit
from lms.organisations.queries import root_on, tree, units_on

TODAY = date(2026, 11, 25)


def fields(world, **more):
    """What the officer types to enter a library below the department."""
    return {"name_vi": "Thư viện tỉnh", "name_en": "Provincial library", "short_name": "Thư viện",
            "kind": "agency", "parent": world.department.id, "valid_from": "01/10/2026", **more}


def called(name):
    """The unit of this Vietnamese name, or None."""
    return db.session.scalar(select(Unit).filter_by(name_vi=name))


def test_a_unit_is_entered_below_another_and_stands_last(world, browse):
    an = browse(world.an)
    link = an.get(f"/units/{world.department.id}").links["Nhập đơn vị trực thuộc"]
    assert f'<option selected value="{world.department.id}">' in an.get(link).response.text

    page = an.follow(an.post(link, fields(world)))

    library = called("Thư viện tỉnh")
    assert "Đã nhập Thư viện tỉnh." in page.text
    assert (library.key, library.precedence, library.fold) == (
        "THU-VIEN", world.office.precedence + 10, "thu vien tinh thu vien")
    assert tree(TODAY).path(library.id)[1] == world.department.id
    assert library not in units_on(date(2026, 9, 30))
    assert "unit entered" in db.session.scalars(select(AuditEntry.verb).filter_by(
        subject=f"unit:{library.id}")).all()


@pytest.mark.parametrize("more, words", [
    ({"name_vi": "VĂN PHÒNG sở văn hóa"}, "Ở đó đã có đơn vị mang tên này."),
    ({"valid_from": "31/12/2017"}, "Ngày 31/12/2017 không có Sở Văn hóa."),
    ({"short_name": ""}, "1 ô cần xem lại.")])
def test_what_cannot_be_is_refused_and_what_was_typed_stays(world, browse, more, words):
    units = len(units_on(TODAY))
    page = browse(world.an).post("/reorganisations/units/new", fields(world, **more),
                                 status=200 if "short_name" in more else 409)

    assert words in page.text
    assert 'value="Provincial library"' in page.response.text
    assert len(units_on(TODAY)) == units


def test_two_units_of_one_short_name_have_two_keys(world, browse):
    an = browse(world.an)
    for name in ("Trạm một", "Trạm hai", "Trạm ba"):
        an.post("/reorganisations/units/new", fields(world, name_vi=name, short_name="Trạm"))

    assert [called(name).key for name in ("Trạm một", "Trạm hai", "Trạm ba")] == [
        "TRAM", "TRAM-2", "TRAM-3"]


def test_the_first_unit_of_an_empty_system_stands_under_no_other(world, browse):
    db.session.execute(update(Unit).values(valid_from=date(2027, 1, 1)))
    db.session.commit()
    an = browse(world.an)
    form = an.get(an.get("/units").links["Nhập đơn vị"])
    assert "Trực thuộc" not in form.text

    typed = fields(world, name_vi="Tỉnh mới", short_name="TM", kind="province")
    an.post("/reorganisations/units/new", typed)

    assert root_on(TODAY).name_vi == "Tỉnh mới"
    again = an.post("/reorganisations/units/new", typed | {"parent": ""}, status=200)
    assert "Trực thuộc" in again.text
