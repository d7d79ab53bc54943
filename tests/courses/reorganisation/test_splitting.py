"""A split into many units: the form grows, and people are assigned by workbook."""
import re
from io import BytesIO

from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.sheets import Table, read_workbook, write_workbook
from lms.organisations.models import Unit
from lms.people.models import Person, Posting

from tests.courses.coverage.facts_of_the_world import newcomers


def fields(world, *names, **more):
    """What the officer types to split the department into units with these names."""
    return {"kind": "split", "unit": world.department.id, "on": "01/11/2026",
            "act": "Quyết định 12/QĐ-UBND", **{
                f"heir{place}-name_vi": name for place, name in enumerate(names)}, **more}


def workbook(*lines):
    """A workbook with a heading and these lines, as a file to send."""
    table = Table("Chia", ["Mã", "Họ và tên", "Năm sinh", "Chức danh", "Chuyển đến"], lines)
    return BytesIO(write_workbook([table])), "chia.xlsx"


def times_chosen(page, place):
    """How many people the form sends to the unit in this place."""
    return len(re.findall(rf'value="{place}"\s+selected', page.response.text))


def posts(world):
    """name → id of the post, of the people of the department."""
    return dict(db.session.execute(
        select(Person.full_name, Posting.id).join(Posting, Posting.person_id == Person.id)
        .where(Posting.unit_id == world.department.id, Posting.known_at())
        .order_by(Person.sort_key)).all())


def units_of_people(day):
    """name → unit of everybody who has a post on ``day``."""
    return dict(db.session.execute(
        select(Person.full_name, Unit.name_vi).join(Posting, Posting.person_id == Person.id)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(Posting.valid_on(day), Posting.known_at())).all())


def test_places_are_added_and_nothing_typed_is_lost(world, browse):
    an = browse(world.an)
    first = an.get(f"/reorganisations/new?kind=split&unit={world.department.id}")

    more = an.post("/reorganisations/new", fields(
        world, "Một", "Hai", "Ba", "Bốn", places="4", more="1",
        scan=(BytesIO(b"%PDF-1.4 act"), "qd-12.pdf")), status=200)

    assert [page.response.text.count("-name_vi\"") for page in (first, more)] == [4, 8]
    assert 'value="Bốn"' in more.response.text
    assert "Bản chụp đã gửi vẫn được giữ" in more.text


def test_a_unit_is_split_into_six_by_a_workbook(world, browse):
    an, there = browse(world.an), posts(world)
    names = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")
    typed = fields(world, *names, places="8")
    lines = [[there["Triệu Văn Minh"], "", "", "", "6. Sáu"], [there["Bế Văn Hạ"], "", "", "", 2],
             [there["Lý Hoài Ân"], "", "", "", "năm"]]

    page = an.post("/reorganisations/new", typed | {
        "fill": "1", "assignments": workbook(*lines)}, status=200)
    assert "Đã điền theo tệp: 3 vị trí." in page.text
    chosen = {f"post-{there[name]}": place for name, place in (
        ("Triệu Văn Minh", "5"), ("Bế Văn Hạ", "1"), ("Lý Hoài Ân", "4"))}
    assert all(f'name="{name}"' in page.response.text for name in chosen)
    assert times_chosen(page, 5) == 1
    an.post("/reorganisations", typed | chosen)

    now = units_of_people(world.december_class.starts_on)
    assert [now[name] for name in ("Triệu Văn Minh", "Bế Văn Hạ", "Lý Hoài Ân")] == [
        "Sáu", "Hai", "Năm"]


def test_the_sheet_names_each_post_and_offers_the_units_typed(world, browse):
    there = posts(world)
    answer = browse(world.an).post("/reorganisations/sheet", fields(
        world, "Một", "Hai", **{f"post-{there['Bế Văn Hạ']}": "1"}), status=200).response

    (heading, *lines) = read_workbook(answer.data)[0].rows

    assert heading == ["Mã vị trí", "Họ và tên", "Năm sinh", "Chức vụ", "Chuyển đến đơn vị"]
    assert [(line[0], line[1], line[4]) for line in lines] == [
        (there[name], name, "2. Hai" if name == "Bế Văn Hạ" else "") for name in there]


def test_a_workbook_with_a_fault_fills_in_nothing_and_says_where(world, browse):
    there = posts(world)
    page = browse(world.an).post("/reorganisations/new", fields(world, "Một", "Hai") | {
        "fill": "1", "assignments": workbook(
            [there["Bế Văn Hạ"], "", "", "", "2. Hai"], [999999, "Ai đó", "", "", "1"],
            [there["Lý Hoài Ân"], "", "", "", "Ba"])}, status=200)

    assert "Dòng 3: đơn vị này không có vị trí mang mã “999999”." in page.text
    assert "Dòng 4: “Ba” không phải đơn vị nào ghi trong biểu mẫu." in page.text
    assert times_chosen(page, 1) == 0


def test_what_is_no_workbook_is_refused_in_words(world, browse):
    an = browse(world.an)
    for sent, words in ((None, "Hãy chọn tệp trước."),
                        ((BytesIO(b"PK no"), "a.xlsx"), "Đây không phải là bảng Excel")):
        typed = fields(world, "Một", "Hai", fill="1") | ({"assignments": sent} if sent else {})
        assert words in an.post("/reorganisations/new", typed, status=200).text


def test_a_place_left_empty_between_two_shifts_nobody(world, browse):
    there = posts(world)
    browse(world.an).post("/reorganisations", fields(world, "Một", "", "Ba", **{
        f"post-{there['Bế Văn Hạ']}": "2"}))

    now = units_of_people(world.december_class.starts_on)
    assert (now["Bế Văn Hạ"], now["Triệu Văn Minh"]) == ("Ba", "Một")


def test_a_unit_of_three_hundred_goes_through_the_workbook(world, browse):
    people = newcomers(300, world.department, world.officials)
    db.session.flush()
    there = posts(world)
    lines = [[there[person.full_name], "", "", "", 1 + number % 2]
             for number, person in enumerate(people)]

    page = browse(world.an).post("/reorganisations/new", fields(world, "Một", "Hai") | {
        "fill": "1", "assignments": workbook(*lines)}, status=200)

    assert "Đã điền theo tệp: 300 vị trí." in page.text
    assert times_chosen(page, 1) == 150
