"""Certificates under review: what one rests on was overturned, and an officer decides.

None is taken away unseen and none goes on silently: until the decision the public page says that
it is under review.
"""
from sqlalchemy import func, select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, in_both
from lms.kernel.locks import lock_row
from lms.notices.actions import tell

from certificates.models import Certificate
from courses.completions.models import Completion


def put_under_review(certificate, reason, by):
    """The mark on which ``certificate`` rests was overturned: it is under review from today on."""
    lock_row(certificate)
    certificate.review_since, certificate.review_reason = clock.today(), reason
    certificate.upheld_on, certificate.upheld_reason = None, ""
    db.session.flush()
    audit.record(by, "certificate put under review", certificate, reason=reason)
    _tell(certificate, "review", by, lambda: _(
        "Your certificate no. %(number)s is under review; an officer decides. "
        "The reason: %(why)s", number=certificate.printed_number, why=reason))
    return certificate


def uphold(certificate, reason, by):
    """Let ``certificate``, which is under review, stand by a decision of ``by``."""
    lock_row(certificate)
    if not certificate.under_review:
        raise Refusal(_("Certificate %(number)s is not under review, so there is nothing to "
                        "decide.", number=certificate.printed_number))
    certificate.upheld_on, certificate.upheld_reason = clock.today(), reason
    db.session.flush()
    audit.record(by, "certificate upheld", certificate, reason=reason)
    _tell(certificate, "upheld", by, lambda: _(
        "Your certificate no. %(number)s stays valid. The reason: %(why)s",
        number=certificate.printed_number, why=reason))
    return certificate


def tell_revoked(certificate, by):
    """Tell the holder that a certificate which was under review is revoked."""
    _tell(certificate, "revoked", by, lambda: _(
        "Your certificate no. %(number)s is revoked. The reason: %(why)s",
        number=certificate.printed_number, why=certificate.revoked_reason))


def stands_again(completion, by):
    """The certificate, under review or upheld since, of this learning, which now counts again: it
    rests on ``completion`` and is under review no more; None where there is none.
    """
    certificate = db.session.scalar(
        select(Certificate).join(Certificate.completion)
        .where(Certificate.review_since.is_not(None), Certificate.stands(),
               Certificate.person_id == completion.person_id,
               Completion.course_id == completion.course_id,
               Completion.learned_on == completion.learned_on))
    if certificate is None:
        return None
    certificate.completion = completion
    certificate.review_since, certificate.review_reason = None, ""
    certificate.upheld_on, certificate.upheld_reason = None, ""
    db.session.flush()
    audit.record(by, "review of certificate ended", certificate)
    _tell(certificate, "again", by, lambda: _(
        "Your certificate no. %(number)s is under review no more: what it certifies counts again.",
        number=certificate.printed_number))
    return certificate


def reviews(viewer):
    """The certificates that wait for a decision of ``viewer``, their own left out, the oldest
    first.
    """
    return db.session.scalars(
        select(Certificate).where(*_for_decision(viewer))
        .order_by(Certificate.review_since, Certificate.printed_number)).all()


def count_reviews(viewer):
    """How many certificates wait for a decision of ``viewer``, their own left out."""
    return db.session.scalar(select(func.count(Certificate.id)).where(*_for_decision(viewer)))


def _for_decision(viewer):
    return Certificate.waiting(), Certificate.person_id != viewer.id


def _tell(certificate, what, by, words):
    text_vi, text_en = in_both(words)
    tell(certificate.person, text_vi, text_en, f"/certificates/{certificate.id}",
         f"certificate-{certificate.id}-{what}-{clock.now().isoformat()}", by)
