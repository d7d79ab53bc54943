"""Issuing, correcting and revoking certificates."""
from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.codes import new_code
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, in_both, named
from lms.kernel.locks import lock_row
from lms.kernel.naming import take_out
from lms.kernel.paper import MissingGlyph, insist_on_glyphs
from lms.notices.actions import tell
from lms.people.overtaking import refuse_overtaken
from lms.people.queries import main_unit

from certificates.models import Certificate, Issuer, Register
from certificates.printing import GRADES, frozen, grade_of
from certificates.queries import certificate_of, certificates_of, issuer_for, issuers
from certificates.reviewing import put_under_review, stands_again, tell_revoked
from courses.completions.models import OUTSIDE


def issue(completion, by=None):
    """Certify ``completion`` with the next number of the issuer's register of the year.

    What was learned elsewhere has its certificate already, from those who taught it: it counts
    like ours, and the province does not certify a second time what it did not teach.
    """
    if not completion.course.certified or completion.source == OUTSIDE:
        return None
    former = stands_again(completion, by)
    if former is not None:
        return _graded(former, completion.mark, _(
            "The course counts again with another mark."), by)
    unit = main_unit(completion.person, completion.learned_on)
    issuer = issuer_for(completion.course.owner or unit)
    certificate = _enter(completion, frozen(completion, issuer, unit),
                         issuer.code if issuer else "LMS", by)
    # Whoever finishes a course on their own sees the certificate at once.
    if by is not None and by.id != certificate.person_id:
        _tell_issued(certificate, completion.course, by)
    return certificate


def _tell_issued(certificate, course, by):
    text_vi, text_en = in_both(lambda: _(
        "You have completed “%(course)s”. Your certificate no. %(number)s is ready.",
        course=named(course), number=certificate.printed_number))
    tell(certificate.person, text_vi, text_en, f"/certificates/{certificate.id}",
         f"certificate-{certificate.id}", by)


def _enter(completion, printed, book, by):
    _refuse_unprintable(printed)
    today = clock.today()
    register = _locked_register(book, today.year)
    register.last_number += 1
    number = f"{register.last_number:04d}/{register.year}/GCN-{register.issuer}"
    certificate = Certificate(
        register=register, number=register.last_number, printed_number=number,
        code=new_code(), completion=completion, person=completion.person, issued_on=today,
        valid_until=completion.valid_until, printed=printed, made_at=clock.now())
    db.session.add(certificate)
    db.session.flush()
    audit.record(by, "certificate issued", certificate, number=number)
    return certificate


def _refuse_unprintable(printed):
    words = " ".join(value for value in printed.values() if isinstance(value, str))
    try:
        # Names and headings are printed in capitals.
        insist_on_glyphs(words + words.upper())
    except MissingGlyph as missing:
        raise Refusal(_("The typeface of the certificate has no letter %(letter)s. Correct the "
                        "name, the unit or the title in which it stands, then try again.",
                        letter=missing)) from None


def _locked_register(issuer, year):
    # The row is locked until the commit, so that numbers follow each other without gaps.
    register = db.session.scalar(
        select(Register).filter_by(issuer=issuer, year=year).with_for_update())
    if register is None:
        register = Register(issuer=issuer, year=year, last_number=0)
        db.session.add(register)
        db.session.flush()
    return register


def revoke(certificate, reason, by):
    """Withdraw ``certificate`` from today on; its number stays in the register."""
    _hold_standing(certificate)
    if not reason:
        raise Refusal(_("Say why the certificate is revoked; the reason stays in the register."))
    certificate.revoked_on, certificate.revoked_reason = clock.today(), reason
    db.session.flush()
    audit.record(by, "certificate revoked", certificate, reason=reason)
    if certificate.review_since is not None:
        tell_revoked(certificate, by)
    return certificate


def _hold_standing(certificate):
    """Lock the row of ``certificate``; refuses where it is over."""
    lock_row(certificate)
    if certificate.is_over:
        raise Refusal(_("Certificate %(number)s is already revoked or replaced.",
                        number=certificate.printed_number))


def correct(certificate, changes, reason, by):
    """Issue a new certificate with ``changes`` to the printed fields; the old one points to it."""
    _hold_standing(certificate)
    if certificate.under_review:
        raise Refusal(_("Certificate %(number)s is under review. Decide about it first.",
                        number=certificate.printed_number))
    if not reason:
        raise Refusal(_("Say why the certificate is corrected; the reason stays in the record."))
    changed = {field: value for field, value in changes.items()
               if value != certificate.printed.get(field, "")}
    if not changed:
        raise Refusal(_("Nothing was changed, so no new certificate was issued."))
    # The book is the one of the old certificate, whatever its issuer is called today.
    new = _enter(certificate.completion, {**certificate.printed, **changed},
                 certificate.register.issuer, by)
    certificate.replaced_by = new
    db.session.flush()
    audit.record(by, "certificate corrected", certificate, reason=reason, fields=sorted(changed))
    return new


def follow_revocation(completion, reason, by, overturned=False):
    """The learning was revoked: the certificate that rests on it no longer holds; where a mark was
    overturned, an officer decides about it first.
    """
    origin = completion.corrects_id or completion.id
    certificate = db.session.scalar(
        select(Certificate).where(Certificate.completion_id.in_((origin, completion.id)),
                                  Certificate.stands()))
    if certificate is None:
        return certificate_of(completion)
    return (put_under_review if overturned else revoke)(certificate, reason, by)


def follow_mark(completion, reason, by):
    """The learning has another mark: the certificate rests on the new fact, and one with another
    grade takes its place, of which the holder is told.

    Who was left the pass below the mark it takes is left the least grade.
    """
    certificate = db.session.scalar(
        select(Certificate).where(Certificate.completion_id == completion.corrects_id)
        .order_by(Certificate.id.desc()).limit(1))
    if certificate is None:
        return None
    certificate.completion = completion
    db.session.flush()
    return _graded(certificate, completion.mark, reason, by)


def _graded(certificate, mark, reason, by):
    """``certificate`` where the ``mark`` has its grade, else the one that takes its place."""
    vi, en = grade_of(mark)
    if not vi and certificate.printed.get("grade_vi"):
        vi, en = GRADES[-1][1:]
    undisputed = not (certificate.is_over or certificate.under_review)
    if not undisputed or vi == certificate.printed.get("grade_vi"):
        return certificate
    new = correct(certificate, {"grade_vi": vi, "grade_en": en}, reason, by)
    text_vi, text_en = in_both(lambda: _(
        "The grade of your certificate no. %(old)s has changed; no. %(new)s takes its place.",
        old=certificate.printed_number, new=new.printed_number))
    tell(new.person, text_vi, text_en, f"/certificates/{new.id}", f"certificate-{new.id}", by)
    return new


def set_issuer(unit, values, by, seen=""):
    """Say how the certificates of ``unit`` are headed, numbered and signed from now on.

    ``seen`` is the fingerprint of what was said before (``lms.people.overtaking``).
    """
    holder = db.session.scalar(select(Issuer).filter_by(code=values["code"]))
    if holder and holder.unit_id != unit.id:
        raise Refusal(_("The code %(code)s belongs to %(unit)s. Choose another code.",
                        code=holder.code, unit=holder.unit.name_vi))
    issuer = db.session.scalar(select(Issuer).filter_by(unit_id=unit.id))
    if issuer is None:
        issuer = Issuer(unit=unit)
        db.session.add(issuer)
    else:
        refuse_overtaken(issuer, seen, "issuer set")
    for field, value in values.items():
        setattr(issuer, field, value)
    db.session.flush()
    audit.record(by, "issuer set", issuer, code=issuer.code, fields=sorted(values))
    return issuer


def follow_units(_done, sources, heirs, change):
    """Units ended: who issued certificates for one of them is from now on the first heir.

    The book goes on under its code; what was issued keeps the name of its day.  An heir that
    issues certificates already keeps its own book.
    """
    following = {issuer.unit_id: issuer for issuer in issuers()}
    for unit in sources if heirs else []:
        if unit.id in following and heirs[0].id not in following:
            issuer = following.pop(unit.id)
            change(issuer, unit_id=heirs[0].id)
            db.session.expire(issuer, ["unit"])
            following[heirs[0].id] = issuer


def forget_holder(person, naming, **_former):
    """Take the name, the birth and the gender off every certificate of somebody erased, and the
    name out of every reason in the register.

    Number, code, course and days stay, so that each still verifies, as anonymised.
    """
    for certificate in certificates_of(person):
        certificate.printed = {**certificate.printed, "name": person.full_name, "birth": "",
                               "gender": ""}
    db.session.flush()
    take_out((Certificate.revoked_reason, Certificate.review_reason, Certificate.upheld_reason),
             naming, person.full_name)
