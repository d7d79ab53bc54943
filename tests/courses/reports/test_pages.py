"""The pages of reports: choose, look, lock, open again; to each what they may see."""
from datetime import date

import pytest
from sqlalchemy import func, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.models import Membership, Person, Posting
from lms.people.offers import corrections_told, officer_lines

from courses.completions.actions import complete
from courses.completions.models import Completion
from courses.reports.actions import lock
from courses.reports.models import Report
from tests.courses.reports.moments import later
from tests.lms.organisations.reform import merged
from tests.statements import counted
from tests.world import HEADING

FORM = {**HEADING, "first": "01/01/2026", "on": "24/11/2026", "title": "Báo cáo thử"}


def officials(world, count, unit):
    """So many more officials posted in ``unit`` since January."""
    for number in range(count):
        person = Person(key=f"N{number}", full_name=f"Nông Văn {number}")
        db.session.add_all([
            person, Posting(person=person, unit=unit, valid_from=date(2026, 1, 1)),
            Membership(person=person, group=world.officials, valid_from=date(2026, 1, 1))])
    db.session.flush()


def test_an_officer_chooses_a_period_sees_the_report_and_locks_it(world, browse):
    an = browse(world.an)
    page = an.get("/reports")

    preview = an.get(page.links["năm 2026"])
    answer = an.post(f"/units/{world.department.id}/report", FORM)
    report = db.session.scalar(select(Report).order_by(Report.id.desc()).limit(1))

    assert "Số liệu ngày 25/11/2026 theo hiểu biết hiện nay, kỳ từ 15/12/2025." in preview.text
    assert "Kỳ báo cáo kết thúc ngày 14/12/2026, chưa đến" in preview.text
    assert "Cán bộ được tập huấn và trang bị tài liệu: 0/02 người đạt, tỷ lệ 0%" in preview.text
    assert answer.location == f"/reports/{report.id}"
    assert (report.title, report.on, report.begins_on, report.heading["signer"]) == (
        "Báo cáo thử", date(2026, 11, 24), date(2026, 1, 1), "Hà Minh Ngọc")
    assert "tính lại theo dữ liệu lúc chốt: khớp" in an.follow(answer).text


@pytest.mark.parametrize("wrong, words", [
    ({"on": "31/11/2026"}, "1 ô cần xem lại."), ({"title": ""}, "1 ô cần xem lại.")])
def test_a_wrong_period_or_an_empty_title_locks_nothing(world, browse, wrong, words):
    an = browse(world.an)
    before = db.session.scalar(select(func.count(Report.id)))

    page = an.post(f"/units/{world.department.id}/report", FORM | wrong, status=200)

    assert words in page.text
    assert db.session.scalar(select(func.count(Report.id))) == before


@pytest.mark.parametrize("days, words", [
    ("first=01/01/2026&on=24/11/2026", "Đơn vị này kết thúc ngày 01/07/2026."),
    ("first=01/01/2017&on=31/12/2017", "Đơn vị này bắt đầu có từ ngày 01/01/2018."),
    ("first=01/01/2019&on=31/12/2019", "Ngày 31/12/2019 không có chỉ tiêu nào có hiệu lực.")])
def test_a_draft_of_days_without_a_figure_says_why_on_the_page_and_instead_of_a_file(
        world, browse, days, words):
    merged(world)
    db.session.commit()
    an, address = browse(world.an), f"/units/{world.office.id}/report"

    assert f"{words} Hãy chọn ngày khác." in an.get(f"{address}?{days}").text
    for kind in ("docx", "pdf", "xlsx"):
        assert f"{words} Hãy chọn ngày khác." in an.get(f"{address}.{kind}?{days}", 409).text


def test_a_head_reads_the_reports_of_their_unit_only(world, browse):
    lock(world.newspaper, date(2026, 1, 1), date(2026, 11, 24), HEADING | {"title": "Của báo"},
         by=world.an)

    hoa, ha, vi = (browse(person).get("/reports").text for person in
                   (world.hoa, world.ha, world.vi))

    assert ("Của báo" in hoa, HEADING["title"] in hoa) == (True, False)
    assert ("Của báo" in ha, HEADING["title"] in ha) == (False, True)
    assert ("Của báo" in vi, HEADING["title"] in vi) == (True, True)


def test_the_page_names_who_differs_and_the_fact_with_its_author(world, browse, monkeypatch):
    later(monkeypatch, hours=1)
    for course in (world.press_law, world.kit):
        complete(world.pao, course, date(2026, 11, 20), by=world.an)

    page = browse(world.ha).get(f"/reports/{world.report.id}")

    assert "1 trường hợp nay được tính khác cho cùng ngày đó." in page.text
    assert "Cán bộ được tập huấn và trang bị tài liệu Sở Văn hóa 0/2 1/2 khác 0 % 50,0 %" \
        in page.text
    assert "Vàng A Páo Cán bộ được tập huấn và trang bị tài liệu còn hạn → đã đạt" in page.text
    assert ("ghi mới: hoàn thành “Luật Báo chí” ngày 20/11/2026 11:00 25/11/2026, Lý Hoài Ân"
            in page.text)


def test_the_code_tells_a_stranger_the_day_and_the_hash_and_no_more(world, browse):
    report = world.report

    page = browse().get(f"/r/{report.code.lower()}")

    assert "Mã thuộc một báo cáo đã chốt" in page.text
    assert "Số liệu ngày 24/11/2026, chốt lúc 10:00 25/11/2026." in page.text
    assert report.sha256 in page.text.replace(" ", "")
    for secret in (report.title, "Sở Văn hóa", "Páo", "Lý Hoài Ân", "0/2"):
        assert secret not in page.text
    assert "Mở báo cáo" in browse(world.ha).get(f"/r/{report.code}").text
    assert "Mở báo cáo" not in browse(world.hoa).get(f"/r/{report.code}").text


def test_a_code_that_belongs_to_nothing_is_said_so(world, browse):
    stranger = browse()

    page = stranger.get("/r/AAAA", 404)
    assert "Không có báo cáo nào mang mã AAAA" in page.text
    # From there another code is looked for, not the same once more.
    assert [form["action"] for form in page.all("form") if form["method"] == "get"] == ["/r"]
    assert stranger.get("/r?code=aaaa", 302).location == "/r/AAAA"


def test_a_withdrawn_report_says_so_to_whoever_checks_it(world, browse, monkeypatch):
    later(monkeypatch, hours=1)
    report = world.report

    browse(world.an).post(f"/reports/{report.id}/end", {"reason": "Nhầm kỳ", "successor": ""})

    assert "Báo cáo đã bị rút" in browse().get(f"/r/{report.code}").text
    page = browse(world.vi).get(f"/reports/{report.id}")
    assert "Báo cáo này không còn hiệu lực. Nhầm kỳ" in page.text
    assert "Rút hoặc thay báo cáo" not in page.text


def test_the_officers_first_page_says_what_changed_since_the_last_lock(
        world, browse, monkeypatch):
    lock(world.province, date(2026, 1, 1), date(2026, 11, 24), HEADING, by=world.an)
    later(monkeypatch, hours=1)
    for course in (world.press_law, world.kit):
        complete(world.pao, course, date(2026, 11, 20), by=world.an)

    page = browse(world.an).get("/province")

    assert "Từ lần chốt số liệu ngày 24/11/2026: B: 0/2 → 1/2 đạt." in page.text
    assert browse(world.vi).get("/province").text.count("Từ lần chốt") == 0


def test_the_officers_first_page_says_that_nothing_changed_since_the_last_lock(
        world, browse, monkeypatch):
    lock(world.province, date(2026, 1, 1), date(2026, 11, 24), HEADING, by=world.an)
    later(monkeypatch, hours=1)

    assert "Từ lần chốt số liệu ngày 24/11/2026: không chỉ tiêu nào khác đi." in browse(
        world.an).get("/province").text


def test_a_correction_says_which_reports_it_makes_differ(world, app, browse, monkeypatch):
    before = clock.now()
    later(monkeypatch, hours=1)
    for course in (world.press_law, world.kit):
        complete(world.pao, course, date(2026, 11, 20), by=world.an)

    with app.test_request_context("/"):
        figures, reports = corrections_told([world.pao], date(2026, 11, 20), before)
        nothing = corrections_told([world.ha], date(2026, 11, 20), before)

    assert "Số liệu trước đây thay đổi theo" in figures
    assert reports == (
        "<p>1 báo cáo đã chốt nay tính người này khác đi: “Kết quả tập huấn năm 2026” "
        "(số liệu ngày 24/11/2026)</p>")
    assert nothing == []
    with app.test_request_context("/"):
        assert [line for line in officer_lines.of(world.ha) if "báo cáo" in line] == []


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 300])
def test_a_report_and_the_list_cost_the_same_however_many_people(
        world, browse, monkeypatch, count):
    officials(world, count, world.office)
    report = lock(world.department, date(2026, 1, 1), date(2026, 11, 24), HEADING, by=world.an)
    later(monkeypatch, hours=1)
    db.session.add_all([
        Completion(person_id=key, course_id=course.id, learned_on=date(2026, 11, 20))
        for key in db.session.scalars(select(Person.id).where(Person.key.startswith("N")))
        for course in (world.press_law, world.kit)])
    vi = browse(world.vi)

    with counted() as listed:
        vi.get("/reports")
    with counted() as shown:
        page = vi.get(f"/reports/{report.id}")

    assert f"{count} trường hợp nay được tính khác" in page.text
    assert (len(listed), len(shown)) == (6, 26)


def test_the_english_page_names_the_periods_in_english_and_keeps_them_on_paper(world, browse):
    an = browse(world.an)
    an.get("/language/en", 302)

    page = an.get("/reports")
    preview = an.get(page.links["First half of 2026"])

    assert [words for words in page.links if "năm" in words] == [HEADING["title"]]
    assert "quyền con người 6 tháng đầu năm 2026, " in preview.text


def test_the_preview_shows_where_somebody_still_has_to_write(world, browse):
    page = browse(world.an).get(f"/units/{world.department.id}/report")

    assert "1. Ưu điểm … 2. Tồn tại, hạn chế" in page.text
    assert "Chỗ có dấu chấm là phần phải viết thêm trong tệp Word." in page.text
