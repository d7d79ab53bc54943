"""The files of a facts folder: the columns of each, and the table each stands for."""
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lms.organisations.models import Placement, Succession, Unit
from lms.people.models import Membership, Person, Posting, TargetGroup

from courses.catalogue.models import Course
from courses.completions.models import Completion
from courses.coverage.facts import cells
from courses.coverage.models import Exemption, Goal

SUCCESSIONS = ("rename", "merge", "split", "dissolve", "transfer")

#: Pairs of columns of which the second must not lie before the first.
BOUNDS = (("valid_from", "valid_to"), ("learned_on", "valid_until"),
          ("recorded_at", "superseded_at"))


@dataclass(frozen=True)
class Column:
    """One column: its name, how it is read, and where its value lives."""

    name: str
    read: Callable = cells.text
    attribute: str = ""
    #: The file whose keys the cells name.
    refers: str = ""

    @property
    def field(self):
        """The attribute of the model that holds the value."""
        return self.attribute or (f"{self.name}_id" if self.refers else self.name)


@dataclass(frozen=True)
class File:
    """One file: a table of things with a key of their own, or of facts about them."""

    name: str
    model: type
    columns: tuple[Column, ...]
    keyed: bool = False
    #: Whether the second clock belongs to it.
    recorded: bool = False

    @property
    def file_name(self):
        """The name of the file in the folder."""
        return f"{self.name}.csv"

    @cached_property
    def all_columns(self):
        """The columns with the second clock, where it belongs to the file."""
        return self.columns + CLOCK if self.recorded else self.columns

    @cached_property
    def names(self):
        """The header."""
        return [column.name for column in self.all_columns]

    @cached_property
    def bounds(self):
        """The positions of the pairs that make an interval."""
        return [(self.names.index(low), self.names.index(high)) for low, high in BOUNDS
                if low in self.names and high in self.names]


CLOCK = (Column("recorded_at", cells.moment), Column("superseded_at", cells.moment))
INTERVAL = (Column("valid_from", cells.day), Column("valid_to", cells.open_day))


def _key(name, read=cells.key):
    return Column(name, read, attribute="key")


def _refers(name, to, read=cells.key):
    return Column(name, read, refers=to)


#: In the order in which they can be written: nothing refers to a file below it.
FILES = {file.name: file for file in (
    File("units", Unit, (
        _key("unit"), Column("code"), Column("name_vi"), Column("name_en"), Column("short_name"),
        Column("kind"), Column("precedence", cells.rank), *INTERVAL), keyed=True),
    File("placements", Placement, (
        _refers("unit", "units"), _refers("parent", "units"), *INTERVAL), recorded=True),
    File("successions", Succession, (
        _refers("from_unit", "units"), _refers("to_unit", "units", cells.text),
        Column("on", cells.day), Column("kind", cells.one_of(SUCCESSIONS)), Column("act"))),
    File("people", Person, (
        _key("person"), Column("full_name"), Column("birth_date", cells.birth, "birth"),
        Column("gender"), Column("phone"), Column("email")), keyed=True),
    File("postings", Posting, (
        _refers("person", "people"), _refers("unit", "units"), Column("title"),
        Column("main", cells.flag), *INTERVAL), recorded=True),
    File("groups", TargetGroup, (
        _key("group"), Column("name_vi"), Column("name_en")), keyed=True),
    File("memberships", Membership, (
        _refers("person", "people"), _refers("group", "groups"), *INTERVAL), recorded=True),
    File("courses", Course, (
        _key("course", cells.course_key), Column("title_vi"), Column("title_en"),
        Column("validity_months", cells.whole_or_none), Column("periods", cells.whole)),
        keyed=True),
    File("goals", Goal, (
        _key("goal"), _refers("group", "groups"),
        Column("courses", cells.several, refers="courses"), Column("title_vi"),
        Column("title_en"), Column("share", cells.share),
        Column("due_days", cells.whole_or_none), Column("deadline", cells.open_day),
        Column("basis"), *INTERVAL), keyed=True),
    File("completions", Completion, (
        _refers("person", "people"), _refers("course", "courses"),
        Column("learned_on", cells.day), Column("valid_until", cells.open_day),
        # Online, class, outside, or whatever word others have: it is kept, and counts alike.
        Column("source"), Column("revoked_on", cells.open_day)),
        recorded=True),
    File("exemptions", Exemption, (
        _refers("goal", "goals"), _refers("person", "people"), Column("kind"), Column("reason"),
        *INTERVAL), recorded=True),
)}
