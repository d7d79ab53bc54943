"""The facts in the database as rows of a facts folder, read table by table for the oracle."""
from sqlalchemy import select

from lms.kernel.db import db
from lms.organisations.models import Placement
from lms.people.models import Membership, Person, Posting

from courses.completions.models import Completion
from courses.coverage.models import Exemption, Goal, GoalCourse

#: file → its table, and the columns that hold keys by their names in the folder.
KEYS = {
    "placements": (Placement, {"unit": "unit_id", "parent": "parent_id"}),
    "postings": (Posting, {"person": "person_id", "unit": "unit_id"}),
    "memberships": (Membership, {"person": "person_id", "group": "group_id"}),
    "completions": (Completion, {"person": "person_id", "course": "course_id"}),
    "exemptions": (Exemption, {"person": "person_id", "goal": "goal_id"}),
    "goals": (Goal, {"goal": "id", "group": "group_id"}),
    "people": (Person, {"person": "id"}),
}
TIMES = ("valid_from", "valid_to", "learned_on", "valid_until", "revoked_on", "deadline",
         "recorded_at", "superseded_at")


def rows_told():
    """The rows of every file the oracle reads; keys are the ids of the database."""
    rows = {}
    for name, (model, keys) in KEYS.items():
        table = model.__table__
        times = [column for column in TIMES if column in table.c]
        rows[name] = [
            {key: row[column] for key, column in keys.items()}
            | {column: row[column].isoformat() if row[column] else "" for column in times}
            | ({"due_days": row["due_days"]} if "due_days" in table.c else {})
            for row in db.session.execute(select(table)).mappings()]
    asked = {}
    for goal, course in db.session.execute(select(GoalCourse.goal_id, GoalCourse.course_id)):
        asked.setdefault(goal, []).append(str(course))
    for row in rows["completions"]:
        row["course"] = str(row["course"])
    for row in rows["goals"]:
        row["courses"] = ";".join(asked[row["goal"]])
        row["due_days"] = "" if row["due_days"] is None else str(row["due_days"])
    return rows
