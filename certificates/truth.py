"""What must hold between certificates and completions, for the look over all facts."""
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from lms.kernel.db import db
from lms.kernel.i18n import _l

from certificates.models import Certificate, Register
from courses.completions.models import OUTSIDE, Completion
from courses.coverage.truth import Fault, Rule


def wrong_certificates():
    """Certificates that do not agree with the completion they rest on.

    It belongs to somebody else, was learned elsewhere, or was revoked while the certificate
    stands without being under review or upheld; or two certificates stand for one completion.
    """
    correction = aliased(Completion)
    revoked = or_(Completion.revoked_on.is_not(None), select(correction.id).where(
        correction.corrects_id == Completion.id, correction.known_at(),
        correction.revoked_on.is_not(None)).exists())
    rows = db.session.execute(
        select(Certificate.id, Certificate.person_id, Completion.id)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(or_(Certificate.person_id != Completion.person_id, Completion.source == OUTSIDE,
                   and_(Certificate.stands(), Certificate.review_since.is_(None), revoked)))
        .order_by(Certificate.id))
    return [Fault((("certificate", key), ("completion", completion)), person=person)
            for key, person, completion in rows] + _second_ones()


def _second_ones():
    one, other = aliased(Certificate), aliased(Certificate)
    rows = db.session.execute(select(one.id, other.id, one.person_id).where(
        one.id < other.id, one.completion_id == other.completion_id, one.stands(),
        other.stands()).order_by(one.id))
    return [Fault((("certificate", a), ("certificate", b)), person=person) for a, b, person in rows]


def broken_registers():
    """Registers whose last number is not the number of their certificates."""
    rows = db.session.execute(
        select(Register.id, Register.last_number, func.count(Certificate.id))
        .join(Certificate, Certificate.register_id == Register.id, isouter=True)
        .group_by(Register.id, Register.last_number)
        .having(Register.last_number != func.count(Certificate.id)).order_by(Register.id))
    return [Fault((("register", key),), said=said, counted=counted) for key, said, counted in rows]


def certificates_rule():
    """That certificates agree with the completions."""
    return Rule("certificates", _l("Each certificate rests on a completion of its owner that was "
                                   "learned here and stands."), wrong_certificates)


def registers_rule():
    """That registers have no gap."""
    return Rule("registers", _l("The registers count their certificates without a gap."),
                broken_registers)
