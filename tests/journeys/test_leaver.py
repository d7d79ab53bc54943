"""Somebody leaves and is erased: no page shows the name, every figure stays."""
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.actions import tell
from lms.people.erasing import ask_erasure, erase
from lms.people.import_actions import upload
from lms.people.models import ErasureRequest, Person, Role

from certificates.queries import certificates_of
from courses.completions.actions import complete
from courses.completions.models import OutsideLearning
from courses.completions.outside_actions import accept, hand_in
from courses.completions.queries import completions_of
from courses.coverage.exemption_actions import approve, ask_exemption
from courses.coverage.models import ExemptionRequest
from courses.coverage.queries import figures
from tests.house.test_doors import DOORS, address
from tests.world import PDF

LIST = ("STT;Họ và tên;Ngày sinh;Chức vụ;Đơn vị\n"
        "1;Nông Thị Lan;06/02/1991;Biên tập viên;Báo Cao Bằng\n")
WORDS = ("Nông Thị Lan", "NÔNG THỊ LAN", "nong thi lan")


@pytest.fixture
def gone(world, browse):
    """Lan learned press law, left on 1 June, and was erased by two officers.

    The newspaper then had one reporter of one trained until May and none required in June (and
    none on 1 February, when she was excused);
    the department's list, in which her name stands, was uploaded before.  She had handed in
    a certificate from elsewhere and was excused for a month.
    """
    tell(world.hoa, "Nông Thị Lan đã được cử đi học", "Nông Thị Lan was sent", "", "t1",
         by=world.an)
    tell(world.lan, "Bạn được cử đi học", "You were sent", "", "t2", by=world.an)
    complete(world.lan, world.press_law, date(2026, 3, 2), by=world.an)
    lan = world.lan
    elsewhere_and_excused(world)
    post = lan.postings[0]
    an = browse(world.an)
    batch = upload(BytesIO(LIST.encode()), "bao.csv", date(2026, 5, 1), by=world.an)
    an.post(f"/postings/{post.id}/end", {"on": "01/06/2026"})
    left = all_figures(world)
    db.session.add(Role(person=world.minh, kind="officer", valid_from=date(2020, 1, 1)))
    db.session.commit()
    an.post(f"/people/{lan.id}/erasure", {"reason": "Đơn ngày 20/11/2026"})
    asked = db.session.scalar(select(ErasureRequest).filter_by(person_id=lan.id))
    browse(world.minh).post(f"/erasures/{asked.id}", {"decision": "erase"})
    return SimpleNamespace(person=db.session.get(Person, asked.person_id), left=left, batch=batch)


def elsewhere_and_excused(world):
    """Papers of Lan in which her name stands, accepted and approved by an officer."""
    claim = hand_in(world.lan, {"course_name": "Lớp của Nông Thị Lan", "institution": "Học viện",
                                "learned_on": date(2026, 3, 20), "periods": 12},
                    (BytesIO(PDF + b"Lan"), "Nông Thị Lan.pdf"), by=world.lan)
    accept(claim, world.kit, by=world.an)
    asked = ask_exemption(world.lan, world.goal_a, {
        "kind": "maternity", "reason": "Nông Thị Lan nghỉ thai sản",
        "valid_from": date(2026, 1, 15), "valid_to": date(2026, 2, 15)},
        (BytesIO(PDF), "Nông Thị Lan.pdf"), by=world.hoa)
    approve(asked, "Đồng ý với Nông Thị Lan", by=world.an)


DAYS = (date(2026, 2, 1), date(2026, 3, 31), date(2026, 5, 31), date(2026, 6, 1),
        date(2026, 11, 25))


def all_figures(world):
    """Every figure of the days that matter, as plain numbers."""
    return [(figure.goal.key, figure.unit.key, figure.on, figure.members, figure.exempt,
             figure.met, figure.overdue, figure.within_time)
            for day in DAYS for figure in figures(on=day)]


def test_every_figure_of_every_day_stays(world, gone):
    # Of the newspaper, as (met, required): excused on 1 February; trained from 2 March; gone on
    # the day of leaving, 1 June, and after it.
    paper = {(key, day): (met, met + late + ahead)
             for goal, key, day, _members, _exempt, met, late, ahead in gone.left
             if (goal, key) == ("A", "BAO")}

    assert all_figures(world) == gone.left
    assert [paper["BAO", day] for day in DAYS] == [(0, 0), (1, 1), (1, 1), (0, 0), (0, 0)]


def test_no_page_and_no_file_shows_the_name(world, gone, browse):
    class After(type(world)):
        lan, list = gone.person, gone.batch
        vi_learned = property(lambda self: completions_of(self.vi)[0])
        vi_certificate = property(lambda self: certificates_of(self.vi)[0])
        erasure = property(lambda self: db.session.scalars(select(ErasureRequest)).first())

    an = browse(world.an)
    for endpoint, door in sorted(DOORS.items()):
        if door.get("method", "GET") != "GET" or "an" not in door["people"]:
            continue
        with an.client.get(address(door, After()), buffered=True) as answer:
            words = shown(answer)
        assert [word for word in WORDS if word in words] == [], endpoint
    assert "Không tìm thấy" in an.get("/people?q=nong+thi+lan").text


def shown(answer):
    """The words of a page or a workbook."""
    if answer.mimetype.endswith("sheet"):
        book = load_workbook(BytesIO(answer.data))
        return " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    return answer.data.decode(errors="replace")


def test_no_row_of_the_database_holds_the_name(world, gone):
    found = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            text = str(dict(row))
            found += [(table.name, word) for word in WORDS if word in text]

    assert found == []


def test_the_certificate_still_verifies_as_anonymised(world, gone, browse):
    (certificate,) = certificates_of(gone.person)

    page = browse().get(f"/c/{certificate.code}")

    assert "ĐÃ XÓA THÔNG TIN" in page.text
    assert certificate.printed_number in page.text


def test_the_papers_are_gone_and_what_still_waited_is_refused(world, gone, browse):
    accepted, waiting = sorted(db.session.scalars(select(OutsideLearning).filter_by(
        person_id=gone.person.id)), key=lambda claim: claim.state)
    asked = db.session.scalars(select(ExemptionRequest).filter_by(person_id=gone.person.id)).one()

    assert not accepted.file.path.exists()
    assert [one.state for one in (accepted, waiting)] == ["accepted", "refused"]
    an = browse(world.an)
    assert "Đã xóa thông tin" in an.get(f"/learned-elsewhere/{accepted.id}").text
    an.get(f"/learned-elsewhere/{accepted.id}/evidence", status=404)
    an.get(f"/exemption-requests/{asked.id}/scan", status=404)


def test_the_list_in_which_the_name_stood_is_gone(world, gone, browse):
    page = browse(world.an).get(f"/imports/{gone.batch.id}")

    assert "Danh sách này đã bị xóa" in page.text
    assert not gone.batch.file.path.exists()


def test_who_still_works_here_is_not_erased_and_nobody_decides_alone(world):
    with pytest.raises(Refusal, match="còn giữ vị trí"):
        ask_erasure(world.lan, "Đơn", by=world.an)
    with pytest.raises(Refusal, match="không tự quyết định"):
        erase(world.erasure, by=world.vi)
