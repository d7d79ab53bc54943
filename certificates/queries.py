"""Looking certificates up."""
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from lms.kernel import clock
from lms.kernel.codes import tidy
from lms.kernel.db import ask, db, prepared
from lms.kernel.records import columns_of, record
from lms.kernel.text import fold
from lms.organisations.queries import become, tree
from lms.people.models import Person, Posting
from lms.people.policies import scope_of

from certificates.models import Certificate, Issuer, Register
from courses.completions.models import Completion


def by_code(code):
    """The certificate with this code, or None."""
    return db.session.scalar(
        select(Certificate).options(joinedload(Certificate.replaced_by))
        .where(Certificate.code == tidy(code)))


def issuers():
    """Who issues certificates, each with its unit, the oldest first."""
    return db.session.scalars(
        select(Issuer).options(joinedload(Issuer.unit)).order_by(Issuer.id)).all()


def issuer_for(unit):
    """Who certifies for ``unit``: itself, or the nearest above it that issues certificates.

    For a unit that is no more, who certifies for what it has become.
    """
    today, found = clock.today(), issuers()
    by_unit = {issuer.unit_id: issuer for issuer in found if issuer.unit.holds(today)}
    path = tree().path(become(unit, today).id) if unit else []
    return next((by_unit[step] for step in path if step in by_unit),
                next(iter([*by_unit.values(), *found]), None))


def certificates_of(person):
    """The certificates of ``person``, the newest first."""
    return [record(Certificate, row) for row in ask(*_certificates_of(person.id))]


@prepared
def _certificates_of(person):
    return (select(*columns_of(Certificate)).where(Certificate.person_id == person)
            .order_by(Certificate.issued_on.desc(), Certificate.id.desc()))


def certificate_of(completion):
    """The newest certificate that rests on ``completion``, or None."""
    return db.session.scalar(
        select(Certificate).where(Certificate.completion_id == completion.id)
        .order_by(Certificate.id.desc()).limit(1))


def years():
    """The years in which certificates were issued, the newest first."""
    return db.session.scalars(select(Register.year).distinct().order_by(Register.year.desc())).all()


def register_page(viewer, year, search=""):
    """The statement of the register of ``year`` as far as ``viewer`` may read it, by number.

    An officer and an auditor read the whole book; whoever answers for a unit reads the
    lines of its people.
    """
    statement = (
        select(Certificate).join(Certificate.register)
        .join(Person, Person.id == Certificate.person_id)
        .options(joinedload(Certificate.person), joinedload(Certificate.register),
                 joinedload(Certificate.replaced_by))
        .where(Register.year == year).order_by(Register.issuer, Certificate.number))
    scope = scope_of(viewer)
    if scope is not None:
        statement = statement.where(Certificate.person_id.in_(
            select(Posting.person_id).where(
                Posting.unit_id.in_(scope), Posting.valid_on(clock.today()), Posting.known_at())))
    if search:
        statement = statement.where(
            Person.fold.contains(fold(search)) | Certificate.printed_number.contains(search))
    return statement


def register_rows(viewer, year):
    """Every line of the register of ``year`` that ``viewer`` may read, by number."""
    return db.session.scalars(register_page(viewer, year)).unique().all()


def issued_for_classes(last, class_ids):
    """How many certificates of these classes (ids) were issued up to the day ``last``.

    One that was put in the place of another is not counted again.
    """
    return db.session.scalar(
        select(func.count(Certificate.id)).join(Certificate.completion)
        .where(Completion.class_id.in_(class_ids), Certificate.issued_on <= last,
               Certificate.replaced_by_id.is_(None)))
