"""Accounts, and the sessions opened with them."""
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base
from lms.people.models import Person

#: The states of an account, as lists show and filter them.
NONE, CODE, EXPIRED, ACTIVE, CLOSED = STATES = ("none", "code", "expired", "active", "closed")

#: A working day: whatever its clicks, a session ends this long after it was opened.
LONGEST_SESSION = timedelta(hours=12)


class Account(Base):
    """The key to the door of one person."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    username: Mapped[str] = mapped_column(unique=True)
    #: argon2id; empty until the person chose a password with a one-time code.
    password_hash: Mapped[str] = mapped_column(default="")
    code_hash: Mapped[str] = mapped_column(default="")
    code_until: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    person: Mapped[Person] = relationship()

    def state_at(self, moment):
        """Which of STATES the account is in at ``moment``."""
        if self.closed_at:
            return CLOSED
        if self.password_hash:
            return ACTIVE
        return CODE if self.code_opens_at(moment) else EXPIRED

    def code_opens_at(self, moment):
        """Whether the one-time code on the slip is still good at ``moment``."""
        return bool(self.code_hash) and self.code_until is not None and moment <= self.code_until


class SignIn(Base):
    """One session of an account on one device, until it is ended."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    begun_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    shared: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str] = mapped_column(default="")
    device: Mapped[str] = mapped_column(default="")

    account: Mapped[Account] = relationship()
