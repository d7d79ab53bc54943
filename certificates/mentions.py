"""Where issuers of certificates may name somebody: who signs from now on."""
from flask import url_for
from sqlalchemy import select

from lms.kernel.db import db
from lms.kernel.i18n import _, named
from lms.people.mentions import Place, Shelf

from certificates.models import Issuer


def issuer_texts():
    """Who signs for the issuers; what was printed on certificates stays with them."""
    return Shelf("issuer", (Issuer.signer, Issuer.signer_title_vi, Issuer.signer_title_en),
                 issuer_places)


def issuer_places(ids):
    """The issuers with the ``ids``, each with the form where the signer is changed."""
    return [Place(one.id, _("Certificates of %(unit)s: who signs them", unit=named(one.unit)),
                  url_for("certificates.issuer", key=one.unit_id))
            for one in db.session.scalars(
                select(Issuer).where(Issuer.id.in_(ids)).order_by(Issuer.id))]
