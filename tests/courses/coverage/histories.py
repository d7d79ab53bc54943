"""Random histories as rows of a facts folder: moves, mergers, corrections, revocations.

They are dense on purpose: a dozen days, few units and few people, so that beginnings, ends,
due dates and the day asked about fall on one another often.
"""
import csv
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from courses.coverage.facts.files import FILES

START = date(2026, 1, 25)
CALENDAR = [START + timedelta(days=n) for n in range(12)]
#: When facts were recorded and corrected; an empty cell is the import itself.
MOMENTS = [datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=30 * n) for n in range(4)]
#: How long something lasts, in days; None is without end.
SHORT, LONG = (None, None, 0, 1, 2, 3, 4, 6, 9), (None, None, None, 6, 9, 12)
GROUPS, COURSES = ("G0", "G0", "G0", "G0", "G0", "G1"), ("C0", "C1")
STORIES = ("plain", "plain", "plain", "imported", "corrected", "withdrawn")

#: A history, made by chance that hypothesis holds in its hand.
histories = st.randoms(use_true_random=True).map(lambda chance: history(chance))


def history(chance):
    """The rows of all files, each a dict of texts."""
    units = [f"U{n}" for n in range(chance.randint(2, 5))]
    people = [f"P{n}" for n in range(chance.randint(4, 7))]
    goals = [f"T{n}" for n in range(4)]
    return {
        "units": [{"unit": key, "code": "X", "name_vi": key, "name_en": "", "short_name": "",
                   "kind": "", "precedence": "0", **interval(chance, CALENDAR[:4], LONG)}
                  for key in units],
        "placements": placements(chance, units),
        "successions": [{"from_unit": chance.choice(units), "to_unit": chance.choice(units),
                         "on": cell(chance.choice(CALENDAR)), "kind": "merge", "act": "Quyết định"}
                        for _ in range(chance.randint(0, 2))],
        "people": [{"person": key, "full_name": f"Người {key}", "birth_date": "1980",
                    "gender": "", "phone": "", "email": ""} for key in people],
        "groups": [{"group": key, "name_vi": key, "name_en": ""} for key in ("G0", "G1")],
        "courses": [{"course": key, "title_vi": key, "title_en": "", "validity_months": "",
                     "periods": "0"} for key in COURSES],
        "goals": [goal(chance, key, term) for key, term in zip(
            goals, ("days", "days", "deadline", "none"), strict=True)],
        "postings": facts(chance, people, lambda: interval(chance, CALENDAR[:6], LONG) | {
            "unit": chance.choice(units), "title": "", "main": chance.choice("01")}),
        "memberships": facts(chance, people, lambda: interval(chance, CALENDAR, SHORT) | {
            "group": chance.choice(GROUPS)}, least=2, most=5),
        "completions": facts(chance, people, lambda: completion(chance), least=2, most=5),
        "exemptions": facts(chance, people[:2], lambda: interval(chance, CALENDAR, SHORT) | {
            "goal": chance.choice(goals), "kind": "leave", "reason": "Nghỉ phép"}),
    }


def cell(value):
    """A day or a moment as a cell; None is empty."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if value else ""


def after(start, days):
    """The day so many days after ``start``; None for None."""
    return None if days is None else start + timedelta(days=days)


def interval(chance, days, spans):
    """The cells of a half-open interval."""
    start = chance.choice(days)
    return {"valid_from": cell(start), "valid_to": cell(after(start, chance.choice(spans)))}


def goal(chance, key, term):
    """A goal of one or two courses, with days for newcomers, a deadline, or neither."""
    return {"goal": key, "group": chance.choice(GROUPS), "title_vi": "", "title_en": "",
            "courses": chance.choice(("C0", "C1", "C0;C1")), "basis": "",
            "share": chance.choice(("", "70", "100", "66.5")),
            "due_days": str(chance.randint(0, 5)) if term == "days" else "",
            "deadline": cell(chance.choice(CALENDAR)) if term == "deadline" else "",
            **interval(chance, CALENDAR[:4], (None, None, None, None, None, 5, 8))}


def completion(chance):
    """A completion that lasts, runs out, or is revoked."""
    learned = chance.choice(CALENDAR)
    return {"course": chance.choice(COURSES), "learned_on": cell(learned), "source": "outside",
            "valid_until": cell(after(learned, chance.choice(SHORT))),
            "revoked_on": cell(chance.choice((None, None, None, chance.choice(CALENDAR))))}


def facts(chance, people, make, least=1, most=2):
    """So many facts about each person: alone, touching, or overlapping."""
    return [row for person in people for _ in range(chance.randint(least, most))
            for row in told(chance, {"person": person} | make(), {"person": person} | make())]


def placements(chance, units):
    """A tree before a day and another, in another order, after it."""
    turn = chance.choice(CALENDAR[1:])
    rows = []
    for first, last, order in ((START, turn, units),
                               (turn, None, chance.sample(units, len(units)))):
        for place, unit in enumerate(order[1:], 1):
            row, wrong = ({"unit": unit, "parent": chance.choice(order[:place]),
                           "valid_from": cell(first), "valid_to": cell(last)} for _ in range(2))
            if chance.random() < 0.9:
                rows += told(chance, row, wrong)
    return rows


def told(chance, row, wrong):
    """``row`` as it came to be known: at once, after the ``wrong`` one, or believed for a time."""
    story = chance.choice(STORIES)
    before, later = map(cell, chance.choice((MOMENTS[:2], MOMENTS[1:3], MOMENTS[::2],
                                             MOMENTS[2:], (MOMENTS[1], MOMENTS[1]))))
    if story == "imported":
        return [row | {"recorded_at": "", "superseded_at": ""}]
    if story == "plain":
        return [row | {"recorded_at": before, "superseded_at": ""}]
    if story == "withdrawn":
        return [row | {"recorded_at": before, "superseded_at": later}]
    return [wrong | {"recorded_at": before, "superseded_at": later},
            row | {"recorded_at": later, "superseded_at": ""}]


def write_folder(path, rows):
    """The rows as the files of a facts folder."""
    for name, lines in rows.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, FILES[name].names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)
