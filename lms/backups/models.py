"""What is known of the backups that were made here."""
from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.db import Base


class Backup(Base):
    """A backup, where it was put, and what its trial found."""

    __tablename__ = "backup"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    place: Mapped[str]
    files: Mapped[int]
    #: In bytes, all of it together.
    size: Mapped[int] = mapped_column(BigInteger)
    tried_at: Mapped[datetime | None]
    #: Why it could not be restored; empty where it could.
    fault: Mapped[str] = mapped_column(default="")

    @property
    def whole(self):
        """Whether it was tried and could be restored."""
        return self.tried_at is not None and not self.fault
