"""The edge people: those who go wrong in systems that count heads instead of keeping facts.

``edge_people.json`` writes them down; the README of this folder says how to read it.
"""
import json

from demo.organisation import FOLDER

EDGES = json.loads((FOLDER / "edge_people.json").read_text(encoding="utf-8"))
#: Those whose completions are written down, all of them: person → [{course, learned_on}].
WRITTEN = {row["key"]: row["completions"] for row in EDGES if "completions" in row}


def completing(course, day):
    """The keys of those of whom it is written that they complete the course on the day."""
    return {key for key, completions in WRITTEN.items() for one in completions
            if (one["course"], one["learned_on"]) == (course, day.isoformat())}


def noted(name):
    """(key, note) of everybody with the note ``name``."""
    return [(row["key"], row[name]) for row in EDGES if name in row]
