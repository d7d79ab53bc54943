"""Certificates, numbered in one register a year and issuer without gaps."""
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.db import Base
from lms.kernel.shared import Shared
from lms.organisations.models import Unit
from lms.people.models import Person

from courses.completions.models import Completion

VALID, EXPIRED, REVIEW, REVOKED, REPLACED = STATES = (
    "valid", "expired", "review", "revoked", "replaced")


class Issuer(Shared, Base):
    """A unit that certifies, and how its certificates are headed and signed."""

    __tablename__ = "issuer"
    shown = ("code", "superior", "place", "signer_title_vi", "signer_title_en", "signer")

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
    #: The part of a register number that names the issuer: SVHTTDL.
    code: Mapped[str] = mapped_column(unique=True)
    superior: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="Cao Bằng")
    signer_title_vi: Mapped[str] = mapped_column(default="")
    signer_title_en: Mapped[str] = mapped_column(default="")
    signer: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit] = relationship()


class Register(Base):
    """The book of one issuer and year; its row is locked while a number is taken."""

    __tablename__ = "register"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The issuer's code: a book outlives the unit that opened it.
    issuer: Mapped[str]
    year: Mapped[int]
    last_number: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("issuer", "year"),)


class Certificate(Base):
    """What was certified, frozen in the words of the day: the row *is* the certificate."""

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    number: Mapped[int]
    #: As printed: 0148/2026/GCN-SVHTTDL.
    printed_number: Mapped[str] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(unique=True)
    completion_id: Mapped[int] = mapped_column(ForeignKey("completion.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    issued_on: Mapped[date] = mapped_column(index=True)
    valid_until: Mapped[date | None]
    #: Every printed field, in both languages, as on the day of issue.
    printed: Mapped[dict] = mapped_column(JSON)
    revoked_on: Mapped[date | None]
    revoked_reason: Mapped[str] = mapped_column(default="")
    #: Since when it is under review, because what it rests on was overturned, and why.
    review_since: Mapped[date | None]
    review_reason: Mapped[str] = mapped_column(default="")
    #: When an officer let it stand all the same, and why.
    upheld_on: Mapped[date | None]
    upheld_reason: Mapped[str] = mapped_column(default="")
    #: The corrected certificate that took its place.
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    made_at: Mapped[datetime]

    register: Mapped[Register] = relationship()
    completion: Mapped[Completion] = relationship()
    person: Mapped[Person] = relationship()
    replaced_by: Mapped["Certificate | None"] = relationship(remote_side=[id])

    __table_args__ = (UniqueConstraint("register_id", "number"),)

    @property
    def is_over(self):
        """Whether it was revoked, or another one has taken its place."""
        return self.revoked_on is not None or self.replaced_by_id is not None

    @classmethod
    def stands(cls):
        """The SQL condition that it is not over, whether or not it is under review."""
        return and_(cls.revoked_on.is_(None), cls.replaced_by_id.is_(None))

    @property
    def under_review(self):
        """Whether it waits for the decision of an officer."""
        return self.review_since is not None and self.upheld_on is None and not self.is_over

    @classmethod
    def waiting(cls):
        """The SQL condition that it waits for the decision of an officer."""
        return and_(cls.review_since.is_not(None), cls.upheld_on.is_(None), cls.stands())

    def state(self, on):
        """What the certificate is worth on the day ``on``: one of STATES."""
        if self.replaced_by_id is not None:
            return REPLACED
        if self.revoked_on is not None and self.revoked_on <= on:
            return REVOKED
        if self.under_review:
            return REVIEW
        return EXPIRED if self.valid_until is not None and self.valid_until < on else VALID
