"""The pages of certificates: the holder's, the register's, the one that anybody may open."""
from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, select

from lms.kernel import clock
from lms.kernel.db import db

from certificates.actions import correct, revoke, set_issuer
from certificates.models import Certificate, Issuer
from tests.certificates.graduates import certified, graduates
from tests.certificates.test_actions import OF_THE_NEWSPAPER
from tests.pdf import pages, texts
from tests.statements import counted


def test_the_page_of_a_unit_leads_to_how_its_certificates_are_signed(world, browse):
    link = "Nơi cấp chứng nhận"

    assert browse(world.an).get(f"/units/{world.newspaper.id}").links[link] == (
        f"/issuers/{world.newspaper.id}")
    assert link not in browse(world.hoa).get(f"/units/{world.newspaper.id}").links


def test_the_officer_is_told_while_nobody_signs_certificates(world, browse):
    words = "Chưa nhập nơi cấp và người ký giấy chứng nhận."
    an = browse(world.an)
    assert words not in an.get("/province").text

    db.session.execute(delete(Certificate))
    db.session.execute(delete(Issuer))
    db.session.commit()

    assert an.get("/province").links[words] == "/issuers"
    assert words not in browse(world.vi).get("/province").text


@pytest.fixture
def certificate(world):
    """Lan's certificate of press law, with a mark."""
    issued = certified(world.lan, world.press_law, mark=85)
    db.session.commit()
    return issued


def first_of_all():
    """The certificate with the first number of the book, which is Vi's."""
    return db.session.scalars(
        select(Certificate).filter_by(printed_number="0001/2026/GCN-SVH")).one()


def test_the_holder_finds_her_certificates_and_prints_them(world, browse, certificate):
    lan = browse(world.lan)

    page = lan.get(lan.get("/certificates").links["Luật Báo chí"])

    assert "Giấy chứng nhận 0002/2026/GCN-SVH" in page.text
    assert page.links["Tải PDF"] == f"/certificates/{certificate.id}.pdf"
    assert "Thu hồi" not in page.links


def test_the_pdf_says_what_the_row_says(world, browse, certificate):
    answer = browse(world.lan).get(f"/certificates/{certificate.id}.pdf").response

    found = texts(answer.data)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="chung-nhan-0002-2026.pdf"'
    assert {"UBND TỈNH CAO BẰNG", "SỞ VĂN HÓA", "GIÁM ĐỐC SỞ VĂN HÓA chứng nhận",
            "The Director of the Department of Culture certifies that", "NÔNG THỊ LAN", "Bà:",
            "06/02/1991", "Báo Cao Bằng", "Cao Bằng newspaper", "Luật Báo chí", "Press law",
            "Trực tuyến", "Giỏi", "24/11/2029", "24 November 2029", "GIÁM ĐỐC", "Hà Minh Ngọc",
            "Ngày 24/11/2026, thời lượng 12 tiết",
            "Cao Bằng, ngày 25 tháng 11 năm 2026", "Cao Bằng, 25 November 2026",
            "0002/2026/GCN-SVH", f"Mã / Code: {certificate.code}"} <= set(found)


def test_the_pdf_does_not_change_with_the_person(world, browse, certificate):
    lan = browse(world.lan)
    before = lan.get(f"/certificates/{certificate.id}.pdf").response.data
    world.lan.full_name = "Tên Khác"

    assert lan.get(f"/certificates/{certificate.id}.pdf").response.data == before


def test_anybody_verifies_every_printed_field_but_the_birth_date(world, browse, certificate):
    certificate.printed = {**certificate.printed, "decision": "Quyết định số 412/QĐ-SVHTTDL"}

    page = browse().get(f"/c/{certificate.code}")

    assert "Còn hiệu lực" in page.text
    assert page.text.split("Họ và tên")[1].startswith(
        " NÔNG THỊ LAN Đã hoàn thành lớp Luật Báo chí Thời gian Ngày 24/11/2026, thời "
        "lượng 12 tiết Hình thức Trực tuyến Xếp loại Giỏi "
        "Đơn vị công tác (khi cấp) Báo Cao Bằng Quyết định Quyết định số 412/QĐ-SVHTTDL "
        "Nơi cấp, ngày cấp Sở Văn hóa, 25/11/2026 Người ký Giám đốc Hà Minh Ngọc "
        "Hiệu lực đến 24/11/2029 Số vào sổ 0002/2026/GCN-SVH")
    assert "1991" not in page.response.text


def test_a_certificate_is_verified_in_english(world, browse, certificate):
    stranger = browse()
    stranger.client.set_cookie("language", "en")

    page = stranger.get(f"/c/{certificate.code}")

    assert "This certificate was issued by Department of Culture." in page.text
    assert "Has completed Press law" in page.text
    assert ("Mode Online Grade Very good Unit at the time Cao Bằng newspaper Issued by, on "
            "Department of Culture, 25/11/2026 Signed by Director Hà Minh Ngọc") in page.text


def test_a_code_typed_from_the_paper_leads_to_its_certificate(world, browse, certificate):
    stranger = browse()
    typed = certificate.code.replace("-", "").replace("0", "O").replace("1", "l").lower()

    page = stranger.follow(stranger.get(f"/c?code={typed}", status=302))

    assert "0002/2026/GCN-SVH" in page.text


@pytest.mark.parametrize("address", [
    "/c/0000-0000-0000-0000", "/c/-", "/c/%20", "/c/%3Cb%3E", "/c/Đ", "/c/" + "9" * 300])
def test_a_wrong_code_is_not_found_and_says_what_to_do(world, browse, address):
    page = browse().get(address, status=404)

    assert "Không có giấy nào mang mã" in page.text
    assert [form["action"] for form in page.all("form") if form["method"] == "get"] == ["/c"]


def test_a_replaced_certificate_leads_to_the_one_that_holds(world, browse, certificate):
    correct(certificate, {"name": "Nông Thị Làn"}, "Sai dấu", by=world.an)
    stranger = browse()

    old = stranger.get(f"/c/{certificate.code}")
    new = stranger.get(old.links["Xem giấy đang có hiệu lực: 0003/2026/GCN-SVH"])

    assert "Đã thay bằng giấy khác" in old.text
    assert "NÔNG THỊ LÀN" in new.text


def test_a_revoked_certificate_says_so_without_the_reason(world, browse, certificate):
    revoke(certificate, "Thi hộ", by=world.an)

    page = browse().get(f"/c/{certificate.code}")

    assert "Đã thu hồi, không còn giá trị" in page.text
    assert "Thi hộ" not in page.text


def test_an_officer_corrects_a_certificate_on_its_page(world, browse, certificate):
    an, address = browse(world.an), f"/certificates/{certificate.id}/correction"
    form = an.get(address)
    assert [field["value"] for field in form.all("input")
            if field.get("name") in ("name", "birth", "unit_vi")] == [
        "Nông Thị Lan", "06/02/1991", "Báo Cao Bằng"]

    page = an.follow(an.post(address, {
        "name": "Nông Thị Làn", "gender": "f", "birth": "1991", "unit_vi": "Báo Cao Bằng",
        "unit_en": "Cao Bằng newspaper", "decision": "", "reason": "Sai dấu"}))

    assert "0003/2026/GCN-SVH" in page.text
    assert certificate.replaced_by.printed == {
        **certificate.printed, "name": "Nông Thị Làn", "birth": "1991"}


@pytest.mark.parametrize("birth", ["1991-02-30", "91", "30/02/1991", "1991-13"])
def test_a_birth_date_that_is_none_is_refused(world, browse, certificate, birth):
    form = browse(world.an).post(f"/certificates/{certificate.id}/correction", {
        "name": "Nông Thị Lan", "gender": "f", "birth": birth, "reason": "Sai"}, status=200)

    assert certificate.replaced_by is None
    assert [field["name"] for field in form.all("input") if "aria-invalid" in field] == ["birth"]


def test_an_officer_revokes_a_certificate_on_its_page(world, browse, certificate):
    an, address = browse(world.an), f"/certificates/{certificate.id}/revocation"
    an.post(address, {"reason": ""}, status=200)

    page = an.follow(an.post(address, {"reason": "Quyết định 9"}))

    assert "Thu hồi ngày 25/11/2026: Quyết định 9" in page.text
    assert "Cấp lại" not in page.links


def test_nobody_corrects_or_revokes_their_own_certificate(world, browse):
    own = certified(world.an, world.press_law)

    an = browse(world.an)

    assert "Thu hồi" not in an.get(f"/certificates/{own.id}").links
    an.get(f"/certificates/{own.id}/revocation", status=404)
    an.get(f"/certificates/{own.id}/correction", status=404)


def test_an_officer_says_who_signs(world, browse):
    an = browse(world.an)

    listed = an.follow(an.post(f"/issuers/{world.newspaper.id}", OF_THE_NEWSPAPER))

    assert "Bế Thị Hoa" in listed.text
    refusal = an.post(f"/issuers/{world.office.id}", OF_THE_NEWSPAPER, status=409)
    assert "Ký hiệu BCB là của Báo Cao Bằng." in refusal.text


def test_the_register_lists_by_number_and_finds_by_name_and_number(world, browse, certificate):
    an = browse(world.an)

    assert rows(an.get("/register")) == ["0001/2026/GCN-SVH", "0002/2026/GCN-SVH"]
    assert rows(an.get("/register?q=nong thi")) == ["0002/2026/GCN-SVH"]
    assert rows(an.get("/register?q=0001")) == ["0001/2026/GCN-SVH"]
    assert "Không tìm thấy giấy chứng nhận nào." in an.get("/register?q=Phạm").text
    assert rows(an.get("/register?year=2020")) == []


def rows(page):
    """The numbers a page of the register lists."""
    return [words for words in page.links if "/GCN-" in words]


def test_a_unit_reads_the_lines_of_its_people(world, browse, certificate):
    assert rows(browse(world.hoa).get("/register")) == ["0002/2026/GCN-SVH"]
    assert rows(browse(world.ha).get("/register")) == []


@pytest.mark.parametrize("address", [
    "/register?year=99999999999999999999", "/register?year=x", "/register?year=-1",
    "/register?year="])
def test_a_year_that_is_none_shows_this_year(world, browse, address):
    assert rows(browse(world.an).get(address)) == ["0001/2026/GCN-SVH"]


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "", "99999999"])
def test_a_page_that_is_none_is_the_first(world, browse, page):
    assert rows(browse(world.an).get(f"/register?page={page}")) == ["0001/2026/GCN-SVH"]


@pytest.mark.parametrize("address", ["/register/99999999.xlsx", "/register/99999999.pdf"])
def test_a_book_of_a_year_that_is_none_is_not_found(world, browse, address):
    browse(world.an).get(address, status=404)


def test_a_certificate_far_beyond_the_last_is_not_found(world, browse):
    browse(world.an).get(f"/certificates/{2**70}", status=404)


def test_the_register_goes_out_as_a_workbook(world, browse, certificate):
    revoke(first_of_all(), "Quyết định 9", by=world.an)

    answer = browse(world.an).get("/register/2026.xlsx").response

    sheet = load_workbook(BytesIO(answer.data)).active
    lines = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [(line[0], line[1], line[2], line[5], line[10]) for line in lines] == [
        (1, "Đàm Thị Vi", "07/07/1970", "Luật Báo chí", "0001/2026/GCN-SVH"),
        (2, "Nông Thị Lan", "06/02/1991", "Luật Báo chí", "0002/2026/GCN-SVH")]
    assert [line[13] for line in lines] == ["thu hồi 25/11/2026: Quyết định 9", None]


def test_the_register_goes_out_as_a_book_to_sign(world, browse, certificate):
    revoke(first_of_all(), "Quyết định 9", by=world.an)
    correct(certificate, {"name": "Nông Thị Làn"}, "Sai dấu", by=world.an)
    an = browse(world.an)

    answer = an.get(an.get("/register").links["In sổ (PDF)"]).response

    found = " ".join(texts(answer.data))
    assert answer.headers["Content-Disposition"] == (
        'inline; filename="so-cap-chung-nhan-2026.pdf"')
    assert "SỔ CẤP GIẤY CHỨNG NHẬN Năm 2026" in found
    assert "1 Đàm Thị Vi 07/07/1970 Nữ Tỉnh Cao Bằng Luật Báo chí" in found
    assert "Thu hồi 25/11/2026" in found
    assert "Thay bằng số 0003/2026/ GCN-SVH" in found
    assert ("Sổ có 3 giấy chứng nhận, từ số 0001/2026/GCN-SVH đến số 0003/2026/GCN-SVH." in found)
    assert found.endswith("GIÁM ĐỐC (Ký, ghi rõ họ tên, đóng dấu) Hà Minh Ngọc")


def test_each_issuer_has_a_book_and_its_own_sum(world, browse, certificate):
    set_issuer(world.newspaper, OF_THE_NEWSPAPER, by=world.an)
    world.press_law.owner = world.newspaper
    certified(world.hoa, world.press_law)

    found = texts(browse(world.an).get("/register/2026.pdf").response.data)

    assert [line for line in found if line.startswith("Sổ có")] == [
        "Sổ có 1 giấy chứng nhận, từ số 0001/2026/GCN-BCB đến số 0001/2026/GCN-BCB.",
        "Sổ có 2 giấy chứng nhận, từ số 0001/2026/GCN-SVH đến số 0002/2026/GCN-SVH."]
    assert [line for line in found if line in ("TỔNG BIÊN TẬP", "GIÁM ĐỐC")] == [
        "TỔNG BIÊN TẬP", "GIÁM ĐỐC"]


def test_a_year_without_certificates_has_an_empty_book(world, browse):
    found = texts(browse(world.an).get("/register/2020.pdf").response.data)

    assert "Trong năm chưa cấp giấy chứng nhận nào." in found
    assert "Năm 2020" in found


def test_a_unit_prints_the_lines_of_its_people(world, browse, certificate):
    found = " ".join(texts(browse(world.hoa).get("/register/2026.pdf").response.data))

    assert "Nông Thị Lan" in found
    assert "Đàm Thị Vi" not in found


def costs(reader, addresses):
    """address → how many statements the reader's second look at it takes."""
    found = {}
    for address in addresses:
        reader.get(address)
        with counted() as statements:
            reader.get(address)
        found[address] = len(statements)
    return found


@pytest.mark.slow
def test_the_register_costs_as_many_statements_for_3_certificates_as_for_60(world, browse):
    an, addresses = browse(world.an), ("/register", "/register/2026.xlsx", "/register/2026.pdf")
    replaced = graduates(world.newspaper, 2, world.press_law)
    correct(replaced[0], {"name": "Khác"}, "Sai", by=world.an)
    for_few = costs(an, addresses)
    for issued in graduates(world.newspaper, 60, world.press_law, "Sầm Văn")[:9]:
        correct(issued, {"name": "Khác"}, "Sai", by=world.an)
    db.session.commit()

    assert costs(an, addresses) == for_few


@pytest.mark.slow
def test_the_register_is_turned_page_by_page(world, browse):
    graduates(world.newspaper, 60, world.press_law)
    an = browse(world.an)

    assert len(rows(an.get("/register"))) == 50
    assert rows(an.get("/register?page=2")) == [f"{n:04d}/2026/GCN-SVH" for n in range(51, 62)]
    assert len(pages(an.get("/register/2026.pdf").response.data)) > 3
    assert an.get("/register").text.count("61 giấy chứng nhận") == 1


def test_what_expired_is_genuine_and_says_until_when(world, browse, certificate, monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: datetime(2030, 1, 2, 3, 0, tzinfo=UTC))

    page = browse().get(f"/c/{certificate.code}")

    assert "Giấy này thật, có hiệu lực từ 25/11/2026 đến hết ngày 24/11/2029." in page.text
