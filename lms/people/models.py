"""Persons, and the dated facts about them: postings, memberships of target groups, roles."""
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, and_, or_
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship, validates

from lms.kernel import clock
from lms.kernel.db import Base, Interval, Recorded, found_by_change
from lms.kernel.shared import Shared
from lms.kernel.storage import StoredFile
from lms.kernel.text import fold, name_key
from lms.organisations.models import Unit

#: What somebody may be, besides a trainee, which everybody is.
OFFICER, TRAINER, MANAGER, CONTACT, AUDITOR = ROLE_KINDS = (
    "officer", "trainer", "manager", "contact", "auditor")
#: The head of a unit and its contact person answer for the same people.
ANSWERING = (MANAGER, CONTACT)


class Person(Shared, Base):
    """Somebody who learns here; the account, if there is one, is another thing."""

    __tablename__ = "person"
    shown = ("full_name", "birth", "gender", "phone", "email")

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    #: ``1985-02-05``, or ``1985`` where only the year is known.
    birth: Mapped[str] = mapped_column(default="")
    gender: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="", index=True)
    email: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(index=True)
    fold: Mapped[str] = mapped_column(index=True)
    erased_at: Mapped[datetime | None]
    #: The record that holds everything of this person now, where this one was linked to it.
    main_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    roles: Mapped[list["Role"]] = relationship(
        back_populates="person", foreign_keys="Role.person_id", lazy="select")
    postings: Mapped[list["Posting"]] = relationship(back_populates="person", lazy="select")

    @validates("full_name")
    def _keep_the_keys(self, _field, full_name):
        """The keys for sorting and finding follow the name."""
        self.sort_key, self.fold = name_key(full_name), fold(full_name)
        return full_name

    @property
    def birth_year(self):
        """The year of birth as text, or nothing."""
        return self.birth[:4]


class Role(Interval, Base):
    """What ``person`` may do, from when to when; ``unit`` is the scope, none is everywhere."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)

    person: Mapped[Person] = relationship(back_populates="roles", foreign_keys=person_id)
    unit: Mapped[Unit | None] = relationship()


class Posting(Interval, Recorded, Base):
    """``person`` works in ``unit``; several postings at once are usual."""

    __tablename__ = "posting"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(default="")
    main: Mapped[bool] = mapped_column(default=True)

    person: Mapped[Person] = relationship(back_populates="postings")
    unit: Mapped[Unit] = relationship()

    #: Holds all that figures ask, so that the rows themselves are left alone.
    __table_args__ = (Index("ix_posting_unit", "unit_id", "person_id", "valid_from", "valid_to",
                            "recorded_at", "superseded_at"), *found_by_change("posting"))


class TargetGroup(Base):
    """People of whom something is expected: *đối tượng*."""

    __tablename__ = "target_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name_vi: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")


class Membership(Interval, Recorded, Base):
    """``person`` belongs to ``group``."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("target_group.id"))

    person: Mapped[Person] = relationship()
    group: Mapped[TargetGroup] = relationship()

    #: Either holds all that is asked to count, so that the rows themselves are left alone.
    __table_args__ = (
        Index("ix_membership_group", "group_id", "person_id", "valid_from", "valid_to",
              "recorded_at", "superseded_at"),
        Index("ix_membership_person", "person_id", "group_id", "valid_from", "valid_to",
              "recorded_at", "superseded_at"), *found_by_change("membership"))


class GroupRule(Interval, Recorded, Base):
    """Whoever holds a post as this asks belongs to ``group``; what is empty asks nothing.

    While a rule is in force, the memberships of its group are exactly those that come of it.
    The texts hold several words between semicolons; units are named by their keys.
    """

    __tablename__ = "group_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("target_group.id"), index=True)
    titles: Mapped[str] = mapped_column(default="")
    kinds: Mapped[str] = mapped_column(default="")
    units: Mapped[str] = mapped_column(default="")

    group: Mapped[TargetGroup] = relationship()


class ErasureRequest(Base):
    """That what identifies somebody who left be erased: asked by them or an officer for them,
    decided by another officer.
    """

    __tablename__ = "erasure_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    done: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)

    @property
    def taken_back(self):
        """Whether whoever asked for it wanted it no more."""
        return not self.done and self.decided_by_id == self.asked_by_id


#: How something asked for stands, besides the word its own kind has for what was granted.
WAITING, REFUSED = "waiting", "refused"
#: Taken back by whoever asked, before anybody decided.
WITHDRAWN = "withdrawn"


class Asked:
    """Asked for about ``person``; somebody else decides.

    Each kind says what its granting is called (``GRANTED``) and which column then holds what
    was made of it (``MADE``).
    """

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The answer, as those who asked read it; a refusal has one.
    answer: Mapped[str] = mapped_column(default="")

    @declared_attr
    @classmethod
    def person(cls) -> Mapped[Person]:
        """Whom it is about."""
        return relationship(foreign_keys=f"{cls.__name__}.person_id")

    @declared_attr
    @classmethod
    def asked_by(cls) -> Mapped[Person | None]:
        """Who asked."""
        return relationship(foreign_keys=f"{cls.__name__}.asked_by_id")

    @declared_attr
    @classmethod
    def decided_by(cls) -> Mapped[Person | None]:
        """Who decided."""
        return relationship(foreign_keys=f"{cls.__name__}.decided_by_id")

    @property
    def state(self):
        """One of ``states()``."""
        if self.decided_at is None:
            return WAITING
        return self.GRANTED if getattr(self, self.MADE) else REFUSED

    @classmethod
    def states(cls):
        """state → the SQL condition that something asked stands so."""
        made = getattr(cls, cls.MADE)
        return {WAITING: cls.decided_at.is_(None), cls.GRANTED: made.is_not(None),
                REFUSED: and_(cls.decided_at.is_not(None), made.is_(None))}

    @classmethod
    def in_turn(cls):
        """The SQL order: what waits longest first, then what was decided last."""
        return (cls.decided_at.is_not(None), cls.decided_at.desc(), cls.asked_at, cls.id)


class AskedAndTakenBack(Asked):
    """Asked for by somebody who may take it back, as long as nobody has decided."""

    @property
    def state(self):
        """One of ``states()``."""
        state = super().state
        # Nobody decides what they asked for, so whoever asked and ended it took it back.
        return WITHDRAWN if state == REFUSED and self.decided_by_id == self.asked_by_id else state

    @classmethod
    def states(cls):
        """state → the SQL condition that something asked stands so."""
        found, taken_back = super().states(), cls.decided_by_id == cls.asked_by_id
        refused = found[REFUSED]
        return {**found, WITHDRAWN: and_(refused, taken_back),
                REFUSED: and_(refused, or_(cls.decided_by_id.is_(None), ~taken_back))}


class AskedWithPaper(Asked):
    """Asked for with a paper that shows why."""

    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))

    @declared_attr
    @classmethod
    def file(cls) -> Mapped[StoredFile]:
        """The photo or scan."""
        return relationship()


class PersonLink(Base):
    """Two records that are one person: everything of ``other`` went over to ``main``."""

    __tablename__ = "person_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    main_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(default=clock.now)
    linked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    parted_at: Mapped[datetime | None]
    parted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    main: Mapped[Person] = relationship(foreign_keys=main_id)
    other: Mapped[Person] = relationship(foreign_keys=other_id)
    linked_by: Mapped[Person] = relationship(foreign_keys=linked_by_id)


class PersonLinkEffect(Base):
    """One thing a link did, so that it can be undone.

    A fact went over: the row was closed and ``made_id`` written, or nothing where the main
    record held the same.  Another row was changed: ``before`` holds its fields as they were.
    """

    __tablename__ = "person_link_effect"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("person_link.id"), index=True)
    table: Mapped[str]
    row_id: Mapped[int]
    made_id: Mapped[int | None]
    before: Mapped[dict | None] = mapped_column(JSON)


class Distinct(Base):
    """Two records that look like one person and are not, as an officer said."""

    __tablename__ = "distinct_people"

    one_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    said_at: Mapped[datetime] = mapped_column(default=clock.now)
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


#: What an uploaded list holds: people as they are, or what happened to them.
PEOPLE_LIST, CHANGE_LIST = "people", "changes"


class Import(Base):
    """A clerk's list that was uploaded: previewed, then confirmed, perhaps undone."""

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=clock.now)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    sheet: Mapped[int] = mapped_column(default=0)
    #: column → field as corrected by the clerk; none: as the headings propose.
    mapping: Mapped[dict | None] = mapped_column(JSON)
    #: line → {field: text}: cells corrected in the preview; under 0 name → key: which unit it is.
    edits: Mapped[dict] = mapped_column(JSON, default=dict)
    effective_on: Mapped[date]
    kind: Mapped[str] = mapped_column(default=PEOPLE_LIST, server_default=PEOPLE_LIST)
    #: What would happen to each row, as last worked out; none before that.
    plan: Mapped[dict | None] = mapped_column(JSON)
    confirmed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship()
    file: Mapped[StoredFile] = relationship()

    @property
    def erased(self):
        """Whether the list is gone, because somebody in it was erased."""
        return bool(self.plan and self.plan.get("erased"))


class ImportMapping(Base):
    """Which column holds what under headings of this signature, as a clerk once said."""

    __tablename__ = "import_mapping"

    signature: Mapped[str] = mapped_column(primary_key=True)
    mapping: Mapped[dict] = mapped_column(JSON)


class ImportEffect(Base):
    """One thing an import did, so that it can be undone."""

    __tablename__ = "import_effect"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), index=True)
    #: made, corrected or disbelieved a fact of this table, or changed a person's fields.
    what: Mapped[str]
    table: Mapped[str]
    row_id: Mapped[int]
    #: The row it corrected, or the fields as they were.
    before: Mapped[dict | None] = mapped_column(JSON)
