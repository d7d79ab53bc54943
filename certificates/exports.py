"""The register as a workbook with the columns of the bound book."""
from datetime import date

from lms.kernel.i18n import _, day, partial_day
from lms.kernel.sheets import Table, write_workbook


def register_workbook(certificates, year):
    """The bytes of the register of ``year``: one line a certificate, by number."""
    header = [_("No."), _("Full name"), _("Born"), _("Gender"), _("Unit at the time"),
              _("Course or class"), _("From"), _("To"), _("Grade"), _("Decision"),
              _("Register number"), _("Issued on"), _("Received by, on"), _("Note")]
    rows = [_line(number, certificate) for number, certificate in enumerate(certificates, 1)]
    return write_workbook([Table(str(year), header, rows,
                                 _("Register of certificates %(year)s", year=year))])


def _line(number, certificate):
    printed = certificate.printed
    return [number, printed["name"], partial_day(printed["birth"]),
            {"f": _("Female"), "m": _("Male")}.get(printed["gender"], ""), printed["unit_vi"],
            printed["course_vi"], date.fromisoformat(printed["begun"]),
            date.fromisoformat(printed["ended"]), printed["grade_vi"], printed["decision"],
            certificate.printed_number, certificate.issued_on, "", _note(certificate)]


def _note(certificate):
    if certificate.replaced_by:
        return _("replaced by %(number)s", number=certificate.replaced_by.printed_number)
    if certificate.revoked_on:
        return _("revoked %(day)s: %(reason)s", day=day(certificate.revoked_on),
                 reason=certificate.revoked_reason)
    if certificate.under_review:
        return _("under review since %(day)s: %(reason)s",
                 day=day(certificate.review_since), reason=certificate.review_reason)
    if certificate.upheld_on:
        return _("upheld %(day)s: %(reason)s", day=day(certificate.upheld_on),
                 reason=certificate.upheld_reason)
    return ""
