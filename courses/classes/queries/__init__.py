"""Looking up classes, who is in them, and how they stand."""
from courses.classes.queries.attendance import (
    Result,
    Results,
    Waiting,
    attendance_of,
    attendance_rows,
    is_marked,
    outlooks,
    results,
    there_by_session,
    waiting_for,
)
from courses.classes.queries.lists import (
    Turnout,
    announcements_in,
    attendances,
    class_by_code,
    classes_ahead,
    classes_of,
    classes_open_for,
    classes_seen_by,
    heads_in,
    proposed_code,
    sessions_on,
    taught_by,
)
from courses.classes.queries.people import (
    enrolments_in,
    passed_enrolments,
    people_inside,
    quota_of,
    quotas_of,
    roster,
    seats_left,
    seats_left_in,
    seats_taken,
    titles_on,
)

__all__ = [
    "Result", "Results", "Turnout", "Waiting", "announcements_in", "attendance_of",
    "attendance_rows", "attendances",
    "class_by_code", "classes_ahead", "classes_of", "classes_open_for", "classes_seen_by",
    "enrolments_in", "heads_in", "is_marked", "outlooks", "passed_enrolments", "people_inside",
    "proposed_code", "quota_of", "quotas_of", "results", "roster", "seats_left", "seats_left_in",
    "seats_taken", "sessions_on", "taught_by", "there_by_session", "titles_on",
    "waiting_for",
]
