"""Learning elsewhere: a photo of the certificate, an officer's answer, the day it counts from."""
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.models import Notice
from lms.people.models import Person, Posting, Role

from certificates.models import Certificate
from courses.completions import evidence
from courses.completions.actions import complete, revoke
from courses.completions.models import Completion, OutsideLearning
from courses.completions.outside_actions import accept, hand_in, refuse
from courses.completions.queries import completions_of
from courses.coverage.queries import owed_by
from tests.courses.coverage.facts_of_the_world import numbers
from tests.statements import counted
from tests.world import PDF

JUNE = date(2026, 6, 12)
PLACE_TAG, DEVICE_TAG = 0x8825, 0x0110


def paper(name="giay.pdf"):
    """A scan as (stream, name)."""
    return BytesIO(PDF), name


def photo():
    """What a phone makes: a large JPEG that says where and with what it was taken."""
    picture = Image.new("RGB", (3000, 2000), (250, 240, 220))
    exif = picture.getexif()
    exif[DEVICE_TAG] = "Telephone of Lan"
    exif.get_ifd(PLACE_TAG)[1] = "N"
    stream = BytesIO()
    picture.save(stream, "JPEG", exif=exif)
    stream.seek(0)
    return stream


def handed_in(person, by=None, **more):
    """``person`` learned press law at the academy in June."""
    values = {"course_name": "Luật Báo chí", "institution": "Học viện", "learned_on": JUNE,
              "periods": 12} | more
    return hand_in(person, values, paper(), by=by or person)


def form(**more):
    """The page's form as a phone sends it."""
    return {"course_name": "Luật Báo chí 2026", "institution": "Học viện Báo chí",
            "learned_on": "12/06/2026", "periods": "12", "file": (photo(), "anh chup.jpg")} | more


def newest():
    """What was handed in last."""
    return db.session.scalars(
        select(OutsideLearning).order_by(OutsideLearning.id.desc())).first()


def test_a_photo_is_handed_in_from_a_phone_and_loses_the_place_and_the_device(world, browse):
    lan = browse(world.lan)

    page = lan.follow(lan.post(f"/people/{world.lan.id}/learned-elsewhere", form()))

    assert "Phụ trách đào tạo chưa xem." in page.text
    sent = lan.get(f"/learned-elsewhere/{newest().id}/evidence").response
    picture = Image.open(BytesIO(sent.data))
    assert (sent.mimetype, sent.headers["Cache-Control"], picture.size) == (
        "image/webp", "no-store", (2000, 1333))
    assert dict(picture.getexif()) == {}
    assert b"Telephone" not in sent.data


def test_what_is_missing_is_said_and_nothing_is_kept(world, browse):
    lan, before = browse(world.lan), newest().id

    page = lan.post(f"/people/{world.lan.id}/learned-elsewhere",
                    {"course_name": "", "learned_on": "hôm qua"}, status=200)

    assert "4 ô cần xem lại" in page.text
    assert newest().id == before


@pytest.mark.parametrize(("stream", "name", "words"), [
    (b"MZ", "virus.exe", "không nhận"), (b"not a picture", "anh.jpg", "Không đọc được hình"),
    (b"", "trong.pdf", "lưu lại"), (b"%PDF" + b"0" * 3000, "to.pdf", "chỉ nhận tối đa 3 KB")])
def test_what_is_no_photo_and_no_scan_is_refused(
        world, browse, monkeypatch, stream, name, words):
    monkeypatch.setattr(evidence, "LARGEST", 3000)

    page = browse(world.lan).post(f"/people/{world.lan.id}/learned-elsewhere",
                                  form(file=(BytesIO(stream), name)), status=409)

    assert words in page.text


@pytest.mark.parametrize("wrong", [{"learned_on": date(2026, 11, 26)},
                                   {"learned_on": date(1987, 12, 31)}])
def test_nothing_is_learned_tomorrow_or_before_birth(world, wrong):
    with pytest.raises(Refusal):
        handed_in(world.pao, **wrong)


def test_one_paper_is_handed_in_once_unless_it_was_refused(world):
    first = handed_in(world.pao)
    with pytest.raises(Refusal, match="đã được gửi rồi"):
        handed_in(world.pao, course_name="LUẬT BÁO CHÍ")

    refuse(first, "Ảnh mờ", by=world.an)

    assert handed_in(world.pao).state == "waiting"


def test_accepted_it_counts_from_the_day_of_the_learning(world):
    for course in (world.press_law, world.kit):
        accept(handed_in(world.pao, course_name=course.title_vi), course, by=world.an)

    assert numbers(world.goal_b, world.department, on=date(2026, 10, 1)) == (2, 0, 1, 0, 1)
    assert numbers(world.goal_b, world.department) == (2, 0, 1, 0, 1)
    (state, _other) = owed_by(world.pao)[0].courses[::-1]
    assert (state.completion.source, state.completion.evidence, state.completion.valid_until) == (
        "outside", "Luật Báo chí, Học viện", date(2029, 6, 12))


def test_the_province_certifies_nothing_that_it_did_not_teach(world):
    before = db.session.scalar(select(func.count(Certificate.id)))

    accept(handed_in(world.pao), world.press_law, by=world.an)
    assert db.session.scalar(select(func.count(Certificate.id))) == before

    complete(world.pao, world.press_law, JUNE, by=world.an)
    assert db.session.scalar(select(func.count(Certificate.id))) == before + 1


def test_many_are_accepted_at_once_or_none(world, browse):
    claims = [handed_in(person) for person in (world.pao, world.ha, world.minh)]
    complete(world.minh, world.press_law, JUNE, by=world.an)
    db.session.commit()

    page = browse(world.an).post("/learned-elsewhere/acceptance", {
        "papers": [claim.id for claim in claims],
        **{f"course{claim.id}": world.press_law.id for claim in claims}}, status=409)

    assert "Triệu Văn Minh đã có “Luật Báo chí” ngày 12/06/2026" in page.text
    assert [claim.state for claim in claims] == ["waiting"] * 3
    assert not completions_of(world.pao)


def test_an_officer_accepts_those_ticked_as_the_course_proposed(world, browse):
    pao, ha = handed_in(world.pao), handed_in(world.ha, course_name="Phổ biến luật")
    an = browse(world.an)

    page = an.get("/learned-elsewhere")
    assert "3 giấy chờ duyệt." in page.text
    options = [attributes for tag, attributes in page.tags
               if tag == "option" and "selected" in attributes]
    assert [option["value"] for option in options] == [str(world.press_law.id)]

    told = an.follow(an.post("/learned-elsewhere/acceptance", {
        "papers": [pao.id, ha.id], f"course{pao.id}": world.press_law.id,
        f"course{ha.id}": world.kit.id}))

    assert "Đã công nhận 2 giấy; được tính từ ngày học." in told.text
    assert [(one.state, one.course.key, one.decided_by_id) for one in (pao, ha)] == [
        ("accepted", "PRESS", world.an.id), ("accepted", "KIT", world.an.id)]


def test_without_a_tick_or_a_course_nothing_is_accepted(world, browse):
    an = browse(world.an)

    assert "chọn ít nhất một giấy" in an.post("/learned-elsewhere/acceptance", {},
                                              status=409).text
    assert "Hãy chọn khóa học" in an.post("/learned-elsewhere/acceptance", {
        "papers": [world.lan_paper.id]}, status=409).text
    assert world.lan_paper.state == "waiting"


def test_what_the_person_holds_already_is_said_beside_the_paper(world, browse):
    complete(world.pao, world.press_law, date(2026, 2, 3), by=world.an)
    handed_in(world.pao)

    assert "đã có trong hồ sơ: 03/02/2026" in browse(world.an).get("/learned-elsewhere").text


def test_refused_the_person_reads_why(world, browse):
    an = browse(world.an)
    address = f"/learned-elsewhere/{world.lan_paper.id}/refusal"
    assert "1 ô cần xem lại" in an.post(address, {"answer": ""}, status=200).text

    an.post(address, {"answer": "Không có dấu của nơi cấp"})

    assert "Lý do: Không có dấu của nơi cấp" in browse(world.lan).get("/messages").text
    assert "Không có dấu của nơi cấp" in browse(world.lan).get(
        f"/learned-elsewhere/{world.lan_paper.id}").text


def test_a_paper_is_decided_once(world):
    claim = handed_in(world.pao)
    accept(claim, world.press_law, by=world.an)

    with pytest.raises(Refusal, match="vừa được duyệt"):
        refuse(claim, "Quá muộn", by=world.an)


def test_nobody_decides_what_is_their_own_or_what_they_handed_in(world, browse):
    own, sent = handed_in(world.an), handed_in(world.pao, by=world.an)

    for claim in (own, sent):
        with pytest.raises(Refusal, match="Không ai tự duyệt"):
            accept(claim, world.press_law, by=world.an)
        browse(world.an).post(f"/learned-elsewhere/{claim.id}/refusal", {"answer": "x"},
                              status=404)
    with pytest.raises(Refusal, match="Không ai tự duyệt"):
        refuse(handed_in(world.ha), "Không phải việc của tôi", by=world.minh)


def test_a_contact_person_hands_in_for_somebody_without_an_account(world, browse):
    ha = browse(world.ha)

    page = ha.follow(ha.post(f"/people/{world.pao.id}/learned-elsewhere", form()))

    assert "Vàng A Páo" in page.text
    assert (newest().person, newest().asked_by) == (world.pao, world.ha)
    browse(world.ha).get(f"/people/{world.lan.id}/learned-elsewhere", status=404)
    browse(world.lan).get(f"/people/{world.pao.id}/learned-elsewhere", status=404)


@pytest.mark.parametrize(("name", "status"), [
    ("lan", 200), ("hoa", 200), ("an", 200), ("vi", 200), ("ha", 404), ("minh", 404)])
def test_the_evidence_is_seen_by_those_who_read_the_record_and_by_nobody_else(
        world, browse, name, status):
    browser = browse(getattr(world, name))

    browser.get(f"/learned-elsewhere/{world.lan_paper.id}/evidence", status=status)
    browser.get(f"/learned-elsewhere/{world.lan_paper.id}", status=status)
    browser.get(f"/files/{world.lan_paper.file_id}/chung-nhan.pdf", status=404)


def test_a_list_holds_ones_own_and_ones_people_only(world, browse):
    handed_in(world.pao)

    def named(person):
        text = browse(person).get("/learned-elsewhere?state=").text
        return [name for name in ("Vàng A Páo", "Nông Thị Lan") if f"{name} 19" in text]

    assert [named(person) for person in (world.ha, world.hoa, world.lan, world.minh, world.vi)] == [
        ["Vàng A Páo"], ["Nông Thị Lan"], ["Nông Thị Lan"], [], ["Vàng A Páo", "Nông Thị Lan"]]


def test_the_record_leads_to_the_paper_also_after_it_was_taken_back(world, browse):
    claim = handed_in(world.pao)
    completion = accept(claim, world.press_law, by=world.an)
    address = f"/learned-elsewhere/{claim.id}"
    assert browse(world.ha).get(f"/record/{world.pao.id}").links["Xem giấy"] == address

    revoke(completion, clock.today(), "Giấy giả", by=world.an)

    assert browse(world.ha).get(f"/record/{world.pao.id}").links["Xem giấy"] == address
    assert db.session.scalar(select(func.count(Completion.id)).where(
        Completion.person_id == world.pao.id, Completion.known_at())) == 1


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 40])
def test_the_list_costs_the_same_however_many_wait(world, browse, count):
    for number in range(count):
        person = Person(key=f"N{number}", full_name=f"Nông Văn {number}")
        db.session.add_all([person, Posting(person=person, unit=world.department,
                                            valid_from=date(2026, 1, 1))])
        handed_in(person)
    an = browse(world.an)

    with counted() as statements:
        an.get("/learned-elsewhere")

    assert len(statements) == 5


def test_a_second_officer_decides_what_the_first_handed_in(world):
    db.session.add(Role(person=world.minh, kind="officer", valid_from=date(2026, 1, 1)))
    db.session.flush()

    accept(handed_in(world.pao, by=world.an), world.press_law, by=world.minh)

    assert owed_by(world.pao)[0].courses[1].completion.learned_on == JUNE


def test_who_handed_in_for_somebody_else_is_told_the_answer_too(world):
    june = handed_in(world.pao, by=world.ha)
    refuse(june, "Ảnh mờ", by=world.an)
    accept(handed_in(world.pao, by=world.ha, learned_on=date(2026, 6, 13)), world.press_law,
           by=world.an)

    def told(person):
        return [(one.text_vi, one.url) for one in db.session.scalars(
            select(Notice).filter_by(person_id=person.id).order_by(Notice.id))]

    newer = f"/learned-elsewhere/{newest().id}"
    assert told(world.ha) == [
        ("Việc học ở nơi khác ngày 12/06/2026 của Vàng A Páo do bạn nộp không được công nhận. "
         "Lý do: Ảnh mờ", f"/learned-elsewhere/{june.id}"),
        ("Việc học ở nơi khác ngày 13/06/2026 của Vàng A Páo do bạn nộp đã được công nhận là "
         "“Luật Báo chí”.", newer)]
    assert [text for text, _url in told(world.pao)] == [
        "Việc học ở nơi khác ngày 12/06/2026 của bạn không được công nhận. Lý do: Ảnh mờ",
        "Việc học ở nơi khác ngày 13/06/2026 của bạn đã được công nhận là “Luật Báo chí”."]
