"""Random histories as rows of a facts folder: moves, mergers, corrections, revocations."""
import csv
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from courses.coverage.facts.files import FILES

#: Few days, so that beginnings, ends and due dates often fall on the same one.
START = date(2026, 1, 25)
#: When facts were recorded and corrected; an empty cell is the import itself.
MOMENTS = [datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=30 * n) for n in range(4)]
CALENDAR = [START + timedelta(days=n) for n in range(12)]
DAYS = st.sampled_from(CALENDAR)
#: How long something lasts; None is without end.
SPANS = st.sampled_from((None, 0, 1, 2, 3, 4, 6, 9))
GROUPS = st.sampled_from(("G0", "G0", "G0", "G1"))


def after(start, days):
    """The day so many days after ``start`` as a cell; none for None."""
    return "" if days is None else (start + timedelta(days=days)).isoformat()


INTERVALS = st.tuples(DAYS, SPANS).map(lambda pair: (pair[0].isoformat(), after(*pair)))


def written(moment):
    """A moment as a cell."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


@st.composite
def histories(draw):
    """The rows of all files, each a dict of texts."""
    units = [f"U{n}" for n in range(draw(st.integers(2, 5)))]
    people = [f"P{n}" for n in range(draw(st.integers(3, 6)))]
    courses = ["C0", "C1"]
    goals = [draw(goal_rows(term)) for term in ("days", "days", "deadline", "none")]
    facts = {
        "units": [{"unit": key, "code": "X", "name_vi": key, "name_en": "", "short_name": "",
                   "kind": "", "precedence": "0",
                   **dict(zip(("valid_from", "valid_to"), draw(INTERVALS), strict=True))}
                  for key in units],
        "placements": draw(placement_rows(units)),
        "successions": draw(succession_rows(units)),
        "people": [{"person": key, "full_name": f"Người {key}", "birth_date": "1980",
                    "gender": "", "phone": "", "email": ""} for key in people],
        "groups": [{"group": key, "name_vi": key, "name_en": ""} for key in ("G0", "G1")],
        "courses": [{"course": key, "title_vi": key, "title_en": "", "validity_months": "",
                     "periods": "0"} for key in courses],
        "goals": [{"goal": f"T{n}", **row} for n, row in enumerate(goals)],
    }
    facts["postings"] = draw(facts_about(people, {
        "unit": st.sampled_from(units), "title": st.just(""), "main": st.sampled_from("01")}))
    facts["memberships"] = draw(facts_about(people, {"group": GROUPS}))
    facts["completions"] = draw(completion_rows(people, courses))
    facts["exemptions"] = draw(facts_about(people, {
        "goal": st.sampled_from([row["goal"] for row in facts["goals"]]),
        "kind": st.just("leave"), "reason": st.just("Nghỉ phép")}, most=2))
    return facts


@st.composite
def goal_rows(draw, term):
    """A goal of one or two courses, with days, a deadline, or neither."""
    valid_from, valid_to = draw(INTERVALS)
    return {
        "group": draw(GROUPS), "title_vi": "", "title_en": "",
        "courses": draw(st.sampled_from(("C0", "C1", "C0;C1"))),
        "share": draw(st.sampled_from(("", "70", "100"))), "basis": "",
        "due_days": str(draw(st.integers(0, 5))) if term == "days" else "",
        "deadline": draw(DAYS).isoformat() if term == "deadline" else "",
        "valid_from": valid_from, "valid_to": draw(st.sampled_from(("", "", valid_to)))}


@st.composite
def corrected(draw, row, wrong):
    """``row`` as it came to be known: at once, after the ``wrong`` one, or believed for a time."""
    told, later = draw(st.sampled_from(((0, 1), (0, 2), (1, 2), (1, 1), (2, 3))))
    story = draw(st.sampled_from(("plain", "plain", "imported", "corrected", "withdrawn")))
    if story == "imported":
        return [row | {"recorded_at": "", "superseded_at": ""}]
    if story == "plain":
        return [row | {"recorded_at": written(MOMENTS[told]), "superseded_at": ""}]
    closed = {"recorded_at": written(MOMENTS[told]), "superseded_at": written(MOMENTS[later])}
    if story == "withdrawn":
        return [row | closed]
    return [wrong | closed, row | {"recorded_at": written(MOMENTS[later]), "superseded_at": ""}]


@st.composite
def placement_rows(draw, units):
    """A tree before a day and another, in another order, after it."""
    turn = draw(DAYS)
    rows = []
    for first, last, order in ((START, turn, units), (turn, None, draw(st.permutations(units)))):
        for place, unit in enumerate(order[1:], 1):
            parents = [draw(st.sampled_from(order[:place])) for _ in range(2)]
            if first != last and draw(st.integers(0, 9)):
                row, wrong = ({"unit": unit, "parent": parent, "valid_from": first.isoformat(),
                               "valid_to": last.isoformat() if last else ""}
                              for parent in parents)
                rows += draw(corrected(row, wrong))
    return rows


@st.composite
def succession_rows(draw, units):
    """Some units go over to others."""
    return [{"from_unit": draw(st.sampled_from(units)), "to_unit": draw(st.sampled_from(units)),
             "on": draw(DAYS).isoformat(), "kind": "merge", "act": "Quyết định"}
            for _ in range(draw(st.integers(0, 2)))]


@st.composite
def facts_about(draw, people, columns, most=3):
    """Dated facts about each person: alone, touching, or overlapping."""
    rows = []
    for person in people:
        for _ in range(draw(st.integers(0, most))):
            valid_from, valid_to = draw(INTERVALS)
            row = {"person": person, "valid_from": valid_from, "valid_to": valid_to,
                   **{name: draw(values) for name, values in columns.items()}}
            wrong = row | {name: draw(values) for name, values in columns.items()}
            rows += draw(corrected(row, wrong))
    return rows


@st.composite
def completion_rows(draw, people, courses):
    """Completions that last, run out, are revoked, or were typed in wrongly at first."""
    rows = []
    for person in people:
        for _ in range(draw(st.integers(0, 4))):
            learned = draw(DAYS)
            revoked = draw(st.none() | st.none() | DAYS)
            row = {"person": person, "course": draw(st.sampled_from(courses)),
                   "learned_on": learned.isoformat(), "source": "outside",
                   "valid_until": after(learned, draw(SPANS)),
                   "revoked_on": revoked.isoformat() if revoked else ""}
            wrong = row | {"course": draw(st.sampled_from(courses)), "valid_until": ""}
            rows += draw(corrected(row, wrong))
    return rows


def write_folder(path, facts):
    """The rows as the files of a facts folder."""
    for name, rows in facts.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, FILES[name].names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
