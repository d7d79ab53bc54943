"""Units, where they stand in the tree, and what became of them."""
from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.kernel.db import Base, Interval, Recorded


class Unit(Interval, Base):
    """An organisation while it bears one name; a new name is a new unit and a succession.

    ``key`` is unique for good; ``code`` and the names are not: they get reused by
    other units and never identify one.
    """

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(default="")
    name_vi: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")
    precedence: Mapped[int] = mapped_column(default=0)
    fold: Mapped[str] = mapped_column(default="", index=True)


class Placement(Interval, Recorded, Base):
    """``unit`` stood under ``parent``; a unit without a placement is a root."""

    __tablename__ = "placement"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    parent: Mapped[Unit] = relationship(foreign_keys=parent_id)


class Succession(Base):
    """On a day and by a named act, ``from_unit`` went over, wholly or in part, to ``to_unit``."""

    __tablename__ = "succession"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    on: Mapped[date]
    kind: Mapped[str]
    act: Mapped[str] = mapped_column(default="")

    from_unit: Mapped[Unit] = relationship(foreign_keys=from_unit_id)
    to_unit: Mapped[Unit | None] = relationship(foreign_keys=to_unit_id)

    __table_args__ = (Index("ix_succession_on", "on"),)
