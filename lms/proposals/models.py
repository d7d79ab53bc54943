"""That somebody proposes what only another may do."""
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.kernel.db import Base
from lms.people.models import AskedAndTakenBack
from lms.proposals.kinds import kinds


class Proposal(AskedAndTakenBack, Base):
    """That a thing of a ``kind`` is done to ``thing_id``, which is about ``person``."""

    __tablename__ = "proposal"
    GRANTED, MADE = "done", "done_at"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The key of one of ``kinds``.
    kind: Mapped[str]
    thing_id: Mapped[int]
    reason: Mapped[str]
    #: When it was done in the usual way.
    done_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_proposal_thing", "kind", "thing_id"),)

    @property
    def what(self):
        """The Kind of thing that is proposed."""
        return kinds[self.kind]
