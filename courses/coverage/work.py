"""What somebody has to do next, worked out from what they owe."""
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class OwedCourse:
    """A course somebody owes or has done for a goal; the first due date of its goals."""

    course: object
    completion: object
    due_on: date | None


def owed_courses(owed):
    """Each course of the goals of a person once: what is due first comes first, done last."""
    found = {}
    for one in owed:
        if one.status == "exempt":
            continue
        for state in one.courses:
            known = found.get(state.course.id)
            due = min((day for day in (known.due_on if known else None, one.due_on) if day),
                      default=None)
            found[state.course.id] = OwedCourse(state.course, state.completion, due)
    return sorted(found.values(), key=lambda item: (
        item.completion is not None, item.due_on or date.max, item.course.key))


def next_course(owed, studies):
    """The course to go on with: one under way that is owed, the first owed, any under way."""
    missing = [item.course for item in owed_courses(owed) if item.completion is None]
    begun = {study.course_id for study in studies}
    if missing:
        return next((course for course in missing if course.id in begun), missing[0])
    return studies[0].course if studies else None
