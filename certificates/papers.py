"""From a certificate's row to the words on its paper, and in the bound book."""
import re
from datetime import date
from itertools import groupby

from flask import current_app

from lms.kernel.i18n import partial_day
from lms.kernel.paper import day_in_words

from certificates.drawing import CertificatePaper, Row
from certificates.printing import told
from certificates.register_drawing import RegisterBook, RegisterLine

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")
#: How a decision begins of which only the number is given.
NUMBER = re.compile(r"(?:số\s+)?(?=\d)", re.IGNORECASE)


def day_in_english(day):
    """A day as an English text writes it: 5 February 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def paper_of(certificate):
    """The paper of ``certificate``, every word of it from the frozen row as it is ``told``."""
    printed, issued = told(certificate), certificate.issued_on
    issuer = printed["issuer_vi"] or current_app.config["SITE_NAME"]
    head, head_en = printed["signer_title_vi"], printed["signer_title_en"]
    honorific = {"f": ("Bà", "Ms"), "m": ("Ông", "Mr")}.get(printed["gender"], ("Ông/Bà", "Mr/Ms"))
    address = f"{current_app.config['SITE_URL']}/c/{certificate.code}"
    return CertificatePaper(
        superior=printed["superior"].upper(), issuer=issuer.upper(),
        opening=f"{(head + ' ' + issuer).strip().upper()} chứng nhận",
        opening_en=_opening_in_english(head_en, printed["issuer_en"]),
        honorific=honorific[0], honorific_en=honorific[1], name=printed["name"].upper(),
        rows=tuple(_rows(printed)),
        decision=_under("Theo", "Quyết định số", printed["decision"]),
        decision_en=_under("Under", "Decision No.", printed["decision"]),
        place_date=f"{printed['place'] or 'Cao Bằng'}, {day_in_words(issued)}",
        place_date_en=f"{printed['place'] or 'Cao Bằng'}, {day_in_english(issued)}",
        signer_title=head.upper(), signer_title_en=head_en, signer=printed["signer"],
        number=certificate.printed_number, code=certificate.code,
        site=address.split("://")[-1].rsplit("/", 1)[0], address=address)


def _under(preposition, kind, decision):
    """By which act the class was held, nothing where none is entered; whoever entered no more than
    a number, as the form proposes (“Số 412/QĐ-SVHTTDL …”), meant a decision.
    """
    number = NUMBER.match(decision)
    words = f"{kind} {decision[number.end():]}" if number else decision
    return f"{preposition} {words}" if decision else ""


def _opening_in_english(head, issuer):
    who = " of the ".join(part for part in (head, issuer) if part)
    return f"The {who} certifies that" if who else "This is to certify that"


def _rows(printed):
    if printed["birth"]:
        year_only = len(printed["birth"]) == 4
        yield Row("Năm sinh" if year_only else "Ngày sinh",
                  "Year of birth" if year_only else "Date of birth",
                  partial_day(printed["birth"]))
    if printed["unit_vi"]:
        yield Row("Đơn vị công tác", "Organisation", printed["unit_vi"], printed["unit_en"])
    yield Row("Đã hoàn thành lớp", "Has completed", printed["course_vi"], printed["course_en"],
              strong=True)
    begun, ended = (date.fromisoformat(printed[name]) for name in ("begun", "ended"))
    yield Row("Thời gian", "Period",
              f"{_span(begun, ended)}, thời lượng {printed['periods']} tiết",
              f"{_span_in_english(begun, ended)}, {printed['periods']} periods")
    yield Row("Hình thức", "Mode", printed["mode_vi"], printed["mode_en"])
    if printed["grade_vi"]:
        yield Row("Xếp loại", "Grade", printed["grade_vi"], printed["grade_en"])
    if printed["valid_until"]:
        until = date.fromisoformat(printed["valid_until"])
        yield Row("Có giá trị đến", "Valid until", f"{until:%d/%m/%Y}", day_in_english(until))


def _span(begun, ended):
    if begun == ended:
        return f"Ngày {begun:%d/%m/%Y}"
    return f"Từ ngày {begun:%d/%m/%Y} đến ngày {ended:%d/%m/%Y}"


def _span_in_english(begun, ended):
    if begun == ended:
        return day_in_english(begun)
    return f"{day_in_english(begun)} – {day_in_english(ended)}"


def register_books(certificates, year):
    """The books of ``year`` with a line for each of ``certificates``, which come by book.

    A book is headed and signed as its last certificate is: it outlives the unit that opened it.
    """
    books = [_book(list(lines), year)
             for _book_id, lines in groupby(certificates, lambda line: line.register_id)]
    return books or [RegisterBook("", current_app.config["SITE_NAME"], year, ())]


def _book(certificates, year):
    head = certificates[-1].printed
    return RegisterBook(
        superior=head["superior"], issuer=head["issuer_vi"] or current_app.config["SITE_NAME"],
        year=year, lines=tuple(map(_line, certificates)), place=head["place"] or "Cao Bằng",
        signer_title=head["signer_title_vi"], signer=head["signer"])


def _line(certificate):
    printed = certificate.printed
    return RegisterLine(
        number=certificate.number, name=printed["name"], birth=partial_day(printed["birth"]),
        gender={"f": "Nữ", "m": "Nam"}.get(printed["gender"], ""), unit=printed["unit_vi"],
        course=printed["course_vi"], begun=date.fromisoformat(printed["begun"]),
        ended=date.fromisoformat(printed["ended"]), grade=printed["grade_vi"],
        decision=printed["decision"], printed_number=certificate.printed_number,
        issued_on=certificate.issued_on, note=_note(certificate))


def _note(certificate):
    if certificate.replaced_by:
        return f"Thay bằng số {certificate.replaced_by.printed_number}"
    if certificate.revoked_on:
        return f"Thu hồi {certificate.revoked_on:%d/%m/%Y}"
    if certificate.under_review:
        return f"Đang xem xét lại từ {certificate.review_since:%d/%m/%Y}"
    return f"Giữ hiệu lực {certificate.upheld_on:%d/%m/%Y}" if certificate.upheld_on else ""
