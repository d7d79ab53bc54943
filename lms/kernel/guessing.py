"""Limits on guessing, shared by every door and by all processes."""
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from sqlalchemy import Index, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel import clock
from lms.kernel.db import Base, db
from lms.kernel.locks import advisory_lock

#: Wrong tries allowed: for one name from one address, and for one address in all.
PER_NAME = (10, timedelta(minutes=15))
PER_ADDRESS = (100, timedelta(hours=1))


class WrongGuess(Base):
    """Somebody tried a door and was wrong."""

    __tablename__ = "wrong_guess"

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_wrong_guess_place", "door", "address", "at"),)


def remember(door, name, address):
    """Count a wrong try of ``name`` at ``door``; the caller's page must be returned, not raised.

    Tries that no limit looks at any more are forgotten: addresses are personal data.
    """
    db.session.execute(delete(WrongGuess).where(WrongGuess.at < clock.now() - PER_ADDRESS[1]))
    db.session.add(WrongGuess(door=door, name=name[:80], address=network(address), at=clock.now()))


def tries_left(door, name, address):
    """How many wrong tries remain before the door closes for a while (0: closed).

    Whoever asks in order to try keeps the turn until the end of the transaction, so that
    many tries at once are counted as many.
    """
    advisory_lock(f"{door} {network(address)}")
    limit, span = PER_NAME
    for_name = limit - _count(door, address, span, WrongGuess.name == name[:80])
    limit, span = PER_ADDRESS
    return max(0, min(for_name, limit - _count(door, address, span)))


def minutes_to_wait(door, name, address):
    """How many minutes, rounded up, until a closed door takes a try again (0: it is open)."""
    moments = [_opens_at(door, address, PER_NAME, WrongGuess.name == name[:80]),
               _opens_at(door, address, PER_ADDRESS)]
    left = max((m - clock.now() for m in moments if m), default=timedelta())
    return max(0, ceil(left / timedelta(minutes=1)))


def _opens_at(door, address, rule, *conditions):
    limit, span = rule
    oldest_that_counts = db.session.scalar(
        select(WrongGuess.at).where(
            WrongGuess.door == door, WrongGuess.address == network(address),
            WrongGuess.at > clock.now() - span, *conditions)
        .order_by(WrongGuess.at.desc()).offset(limit - 1).limit(1))
    return oldest_that_counts and oldest_that_counts + span


def _count(door, address, span, *conditions):
    return db.session.scalar(
        select(func.count()).select_from(WrongGuess).where(
            WrongGuess.door == door, WrongGuess.address == network(address),
            WrongGuess.at > clock.now() - span, *conditions))


def network(address):
    """The address that tries are counted by."""
    # One subscriber owns a whole /64 of IPv6 addresses.
    parsed = ip_address(address or "0.0.0.0")  # noqa: S104 - a name for "unknown", not a bind
    return str(ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)
