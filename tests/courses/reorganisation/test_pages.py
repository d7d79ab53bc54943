"""The wizard, step by step, as the officer meets it."""
from io import BytesIO

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.organisations.models import Unit

from courses.reorganisation.models import Reorganisation
from tests.statements import counted


def fields(world, **more):
    """What the officer types to merge the office into the newspaper."""
    return {"kind": "merge", "unit": world.office.id, "on": "01/11/2026",
            "act": "Quyết định 12/QĐ-UBND", "heir0-unit": world.newspaper.id, **more}


def newest():
    """The reorganisation entered last."""
    db.session.expire_all()
    return db.session.scalars(select(Reorganisation).order_by(Reorganisation.id.desc())).first()


def test_the_officer_chooses_describes_looks_and_does(world, browse):
    an = browse(world.an)
    choice = an.get(f"/reorganisations/new?unit={world.office.id}")
    form = an.get(f"/reorganisations/new?kind=merge&unit={world.office.id}")

    looked = an.post("/reorganisations/preview", fields(world), status=200)

    assert "Việc gì xảy ra với đơn vị nào?" in choice.text
    assert "Sáp nhập: Văn phòng Sở Văn hóa" in form.text
    assert "Vàng A Páo" in looked.text
    assert world.office.valid_to is None
    done = an.post("/reorganisations", fields(world))
    page = an.get(done.location)
    assert "Có thể hoàn tác đến hết ngày" in page.text
    assert world.office.valid_to is not None


def test_a_fault_keeps_what_was_typed(world, browse):
    page = browse(world.an).post("/reorganisations/preview", fields(world, **{
        "heir0-unit": "", "heir0-name_en": "Media centre"}), status=200)

    assert "Hãy nêu đơn vị tiếp nhận" in page.text
    assert 'value="Media centre"' in page.response.text
    assert 'value="Quyết định 12/QĐ-UBND"' in page.response.text


def test_the_scan_travels_with_the_act_and_is_downloaded(world, browse):
    an = browse(world.an)
    looked = an.post("/reorganisations/preview", fields(
        world, scan=(BytesIO(b"%PDF-1.4 act"), "qd-12.pdf")), status=200)
    kept = looked.response.text.split('name="kept" value="')[1].split('"')[0]

    done = an.post("/reorganisations", fields(world, kept=kept))
    with an.client.get(f"{done.location}/scan") as answer:
        content = answer.data

    assert content == b"%PDF-1.4 act"


def test_back_to_change_something_keeps_it_all(world, browse):
    page = browse(world.an).post("/reorganisations/new", fields(world, on="02/11/2026"), status=200)

    assert 'value="02/11/2026"' in page.response.text


def test_it_is_undone_by_one_press_on_its_day(world, browse):
    an = browse(world.an)
    an.post("/reorganisations", fields(world))

    an.post(f"/reorganisations/{newest().id}/undoing", {})

    assert newest().undone_at == clock.now()
    assert db.session.scalar(select(Unit.valid_to).filter_by(key="SVH-VP")) is None


def test_the_auditor_reads_and_does_not_undo(world, browse):
    vi = browse(world.vi)
    page = vi.get(f"/reorganisations/{world.reform.id}")

    assert "Quyết định 12/QĐ-UBND" in page.text
    vi.post(f"/reorganisations/{world.reform.id}/undoing", {}, status=404)


def test_the_way_to_the_wizard_stands_on_the_page_of_a_unit(world, browse):
    assert "Sắp xếp lại Văn phòng Sở Văn hóa" in browse(world.an).get(
        f"/units/{world.office.id}").text
    assert "Sắp xếp lại" not in browse(world.ha).get(f"/units/{world.office.id}").text


def test_the_list_asks_the_same_number_of_statements_for_few_and_for_many(world, browse):
    def statements():
        an = browse(world.an)
        an.get("/reorganisations")
        with counted() as asked:
            an.get("/reorganisations")
        return len(asked)

    few = statements()
    db.session.add_all([Reorganisation(
        kind="move", on=world.reform.on, act=f"QĐ {n}", by_id=world.an.id,
        done_at=clock.now(), units={"sources": [world.office.id], "heirs": []}) for n in range(45)])
    db.session.commit()

    assert statements() == few


def test_an_act_that_can_no_longer_be_done_leaves_nothing_and_loses_nothing(world, browse):
    an = browse(world.an)
    an.post("/reorganisations", fields(world))
    acts = newest().id

    page = an.post("/reorganisations", fields(world), status=200)

    assert "Văn phòng Sở Văn hóa đã chấm dứt ngày 01/11/2026" in page.text
    assert 'value="Quyết định 12/QĐ-UBND"' in page.response.text
    assert newest().id == acts


def test_the_line_of_time_tells_when_a_unit_came_under_another_one_and_by_which_act(world, browse):
    an, page = browse(world.an), f"/units/{world.office.id}"
    an.post("/reorganisations", {"kind": "move", "unit": world.office.id, "on": "01/07/2026",
                                 "act": "Quyết định 7/QĐ-UBND", "parent": world.newspaper.id})
    # That the newspaper goes on under a new name is its own story, not one of the office.
    an.post("/reorganisations", {"kind": "rename", "unit": world.newspaper.id,
                                 "on": "01/09/2026", "act": "Quyết định 9/QĐ-UBND",
                                 "heir0-name_vi": "Báo và Đài"})

    told = an.get(page).text

    assert ("01/07/2026 Sở Văn hóa → Báo Cao Bằng : chuyển sang trực thuộc đơn vị khác "
            "Quyết định 7/QĐ-UBND") in told
    assert "Quyết định 9/QĐ-UBND" not in told


def test_the_figures_that_change_come_first_and_the_others_are_folded(world, browse):
    # Páo goes to the newspaper, where nobody was meant by goal B; the province stays 0 of 2, and
    # nothing happens to goal A of the province and of the newspaper.
    looked = browse(world.an).post("/reorganisations/preview", fields(world), status=200)

    goal = "Cán bộ được tập huấn và trang bị tài liệu"
    assert (f"Trước Sau Báo Cao Bằng {goal} – 0 trên 1 0 % Văn phòng Sở Văn hóa {goal} 0 trên 1 "
            "0 % – 3 số liệu giữ nguyên") in looked.text
