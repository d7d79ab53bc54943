"""Certificates drawn a second, against a reportlab page of one line."""
import time
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from certificates.drawing import CertificatePaper, Row, draw

PAPER = CertificatePaper(
    superior="UBND TỈNH CAO BẰNG", issuer="SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
    opening="GIÁM ĐỐC SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH chứng nhận",
    opening_en="The Director certifies that", honorific="Bà", honorific_en="Ms",
    name="HOÀNG THỊ ÁNH", rows=(
        Row("Ngày sinh", "Date of birth", "06/02/1991"),
        Row("Đã hoàn thành lớp", "Has completed", "Kiến thức cơ bản về quyền con người",
            "Foundations of human rights", strong=True)),
    decision="Theo Quyết định số 412/QĐ-SVHTTDL", decision_en="Under Decision No. 412",
    place_date="Cao Bằng, ngày 26 tháng 11 năm 2026", place_date_en="26 November 2026",
    signer_title="GIÁM ĐỐC", signer_title_en="Director", signer="Hà Minh Ngọc",
    number="0148/2026/GCN-SVHTTDL", code="7KQ4-M2XD-9TRA-0B3C", site="example.com/c",
    address="https://example.com/c/7KQ4-M2XD-9TRA-0B3C")


def one_line():
    """A page with one line in a built-in face."""
    canvas = Canvas(BytesIO())
    canvas.drawString(72, 720, "hello")
    canvas.save()


def rate(work, rounds):
    """How often a CPU second does ``work``."""
    work()
    begun = time.process_time()
    for _round in range(rounds):
        work()
    return rounds / (time.process_time() - begun)


def main():
    """Print the rate and its ratio."""
    certificates, bare = rate(lambda: draw(PAPER), 60), rate(one_line, 300)
    print(f"Certificates: {certificates:.0f} a CPU second, a page of one line {bare:.0f}: "
          f"one costs {bare / certificates:.1f} × the bare page")


if __name__ == "__main__":
    main()
