"""What somebody was told."""
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel import clock
from lms.kernel.db import Base
from lms.people.models import Person


class Notice(Base):
    """A message to ``person``, in both languages, with the page it leads to."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: What it tells of, once and for all: nobody is told the same thing twice.
    key: Mapped[str] = mapped_column(unique=True)
    text_vi: Mapped[str]
    text_en: Mapped[str] = mapped_column(default="")
    #: A path on this site, or nothing.
    url: Mapped[str] = mapped_column(default="")
    told_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    read_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    __table_args__ = (Index("ix_notice_person_read", "person_id", "read_at"),)

    def text_in(self, language):
        """The text in ``language`` ("vi" or "en"); Vietnamese where English lacks."""
        return self.text_en or self.text_vi if language == "en" else self.text_vi
