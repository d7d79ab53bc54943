"""What certificates add to the pages of the rooms below."""
from flask import render_template

from lms.kernel.i18n import _, named

from certificates.models import Issuer
from certificates.queries import certificate_of, certificates_of, issuers
from courses.reorganisation.queries import effects_of

#: How many certificates the first page shows; the rest are one click away.
ON_THE_FIRST_PAGE = 5


def certificate_block(completion):
    """The certificate a completion earned, for the page that ends a course."""
    certificate = certificate_of(completion)
    if certificate is None:
        return ""
    return render_template("certificates/_earned.html", certificate=certificate)


def certificates_block(person):
    """The certificates of a person, for their first page: a template and what it shows."""
    certificates = certificates_of(person)[:ON_THE_FIRST_PAGE]
    if not certificates:
        return None
    return {"template": "certificates/_mine.html", "certificates": certificates}


def record_block(person):
    """Every certificate of ``person``, for their record."""
    certificates = certificates_of(person)
    if not certificates:
        return None
    return {"template": "certificates/_record.html", "certificates": certificates}


def issuer_line(done, heirs):
    """In the preview of a reorganisation: who issues certificates from then on, where it changes.
    """
    moved = {effect.row_id for effect in effects_of(done)
             if effect.table == Issuer.__tablename__}
    return "; ".join(_("%(unit)s issues the certificates from then on, with the book %(code)s",
                       unit=named(issuer.unit), code=issuer.code)
                     for issuer in issuers() if issuer.id in moved and issuer.unit in heirs)
