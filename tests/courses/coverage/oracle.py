"""The figures reckoned a second time, slowly and straight from the page that defines them.

It works on the rows of a facts folder as text, ``{"postings": [{"person": "P1", …}, …], …}``,
looks at one person, one unit and one day at a time, and shares no code with the application.
"""
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

NEVER = datetime.max.replace(tzinfo=UTC)
#: What it says of a goal in a unit.
NAMES = ("members", "exempt", "required", "met", "overdue", "within_time", "rate")


def plain(figure):
    """A figure of the application as the oracle gives it."""
    return {name: getattr(figure, name) for name in NAMES}


@cache
def day(text):
    """The day of a cell, or None."""
    return date.fromisoformat(text) if text else None


@cache
def moment(text):
    """The moment of a cell, or None."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


class Oracle:
    """Answers for the facts ``rows``, imported at the moment ``imported_at``."""

    def __init__(self, rows, imported_at):
        self.rows, self.imported_at = rows, imported_at
        # Cells are read once and beliefs sorted out once a moment: only for speed.
        self.believed = cache(self.believed)
        self.true_on = cache(self.true_on)

    def believed(self, file, known):
        """The rows that were believed at ``known``."""
        return [row for row in self.rows.get(file, ())
                if (moment(row.get("recorded_at")) or self.imported_at) <= known
                and not (moment(row.get("superseded_at")) or NEVER) <= known]

    def true_on(self, file, on, known):
        """The believed rows whose half-open interval holds the day."""
        return [row for row in self.believed(file, known)
                if day(row["valid_from"]) <= on and not (day(row["valid_to"]) or date.max) <= on]

    def stands_under(self, unit, top, on, known):
        """Whether ``unit`` is ``top`` or stands below it on the day."""
        while unit is not None:
            if unit == top:
                return True
            unit = next((row["parent"] for row in self.true_on("placements", on, known)
                         if row["unit"] == unit), None)
        return False

    def posted_under(self, person, unit, on, known):
        """Whether ``person`` works in ``unit`` or below it."""
        return any(self.stands_under(row["unit"], unit, on, known)
                   for row in self.true_on("postings", on, known) if row["person"] == person)

    def belongs(self, person, group, on, known):
        """Whether ``person`` belongs to ``group`` on the day."""
        return any((row["person"], row["group"]) == (person, group)
                   for row in self.true_on("memberships", on, known))

    def goal_in_force(self, key, on):
        """The goal, or None where it is not in force."""
        row = next(row for row in self.rows["goals"] if row["goal"] == key)
        end = day(row["valid_to"]) or date.max
        return row if day(row["valid_from"]) <= on < end else None

    def holds(self, person, course, on, known):
        """Whether ``person`` holds a completion of ``course`` that counts on the day."""
        for row in self.believed("completions", known):
            if (row["person"], row["course"]) == (person, course):
                until, revoked = day(row["valid_until"]), day(row["revoked_on"])
                if (day(row["learned_on"]) <= on and (until is None or until >= on)
                        and (revoked is None or revoked > on)):
                    return True
        return False

    def due_on(self, person, goal, on, known):
        """The person's due date, walking back day by day to where the membership began."""
        if goal["deadline"]:
            return day(goal["deadline"])
        if not goal["due_days"]:
            return None
        first = on
        while self.belongs(person, goal["group"], first - timedelta(days=1), known):
            first -= timedelta(days=1)
        return max(first, day(goal["valid_from"])) + timedelta(days=int(goal["due_days"]))

    def people(self, goal_key, unit, on, known):
        """person → (status, due date) of everybody behind a figure; None: there is no figure."""
        goal = self.goal_in_force(goal_key, on)
        if goal is None:
            return None
        behind = {}
        for key in {row["person"] for row in self.rows["people"]}:
            if (self.belongs(key, goal["group"], on, known)
                    and self.posted_under(key, unit, on, known)):
                due = self.due_on(key, goal, on, known)
                behind[key] = (self.status(key, goal, due, on, known), due)
        return behind

    def status(self, person, goal, due, on, known):
        """The one of the four words that holds for a member."""
        if any((row["person"], row["goal"]) == (person, goal["goal"])
               for row in self.true_on("exemptions", on, known)):
            return "exempt"
        if all(self.holds(person, course, on, known) for course in goal["courses"].split(";")):
            return "met"
        return "overdue" if due is not None and on > due else "within_time"

    def figure(self, goal_key, unit, on, known):
        """The figure by its names, or None."""
        people = self.people(goal_key, unit, on, known)
        if people is None:
            return None
        count = [status for status, _due in people.values()].count
        figure = {"members": len(people), "exempt": count("exempt"), "met": count("met"),
                  "overdue": count("overdue"), "within_time": count("within_time")}
        figure["required"] = figure["members"] - figure["exempt"]
        figure["rate"] = rate(figure["met"], figure["required"])
        return figure


def rate(met, required):
    """Per cent with one decimal, rounded half up, but 100 and 0 only where it is so."""
    if required == 0:
        return None
    exact = (Decimal(100) * met / required).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if exact == 100 and met != required:
        return "99.9"
    if exact == 0 and met != 0:
        return "0.1"
    return str(exact)
