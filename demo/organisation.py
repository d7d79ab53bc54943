"""The organisation of the province from 2018 to 2026, with the reorganisations it went through.

Names and events are public; the dates marked so in the README of this folder are assumed.
"""
import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.text import fold
from lms.organisations.models import Placement, Succession, Unit

from courses.reorganisation.models import Reorganisation

FOLDER = Path(__file__).parent
START, TWO_LEVELS = date(2018, 1, 1), date(2025, 7, 1)


def rows(name):
    """The rows of a file of facts in this folder."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def day(text):
    """A day of such a file; an empty one is open."""
    return date.fromisoformat(text) if text else None


def believed(when):
    """The moment a fact of the day ``when`` was recorded: the morning of that day."""
    return clock.end_of(when).replace(hour=2, minute=0, second=0, microsecond=0)


def build():
    """Write the units, where they stood, and what became of them; gives them by key."""
    units = {row["unit"]: Unit(
        key=row["unit"], code=row["code"], name_vi=row["name_vi"], name_en=row["name_en"],
        short_name=row["short_name"], kind=row["kind"], precedence=int(row["precedence"]),
        valid_from=day(row["valid_from"]), valid_to=day(row["valid_to"]),
        fold=fold(f"{row['name_vi']} {row['short_name']}")) for row in rows("units")}
    db.session.add_all(units.values())
    for row in rows("placements"):
        since = day(row["valid_from"])
        db.session.add(Placement(
            unit=units[row["unit"]], parent=units[row["parent"]], valid_from=since,
            valid_to=day(row["valid_to"]), recorded_at=believed(since)))
    db.session.flush()
    for row in rows("successions"):
        db.session.add(Succession(
            from_unit=units[row["from_unit"]], to_unit=units.get(row["to_unit"]),
            on=day(row["on"]), kind=row["kind"], act=row["act"]))
    db.session.flush()
    db.session.add_all(acts(units))
    db.session.flush()
    return units


def acts(units):
    """A record of each act: the units that went over together, or that one unit went over to."""
    sources, heirs = defaultdict(dict), defaultdict(dict)
    for row in rows("successions"):
        about = row["to_unit"] if row["kind"] == "merge" else row["from_unit"]
        key = row["on"], row["kind"], row["act"], about
        sources[key][units[row["from_unit"]].id] = True
        if row["to_unit"]:
            heirs[key][units[row["to_unit"]].id] = True
    for key in sources:
        on, kind, act, _about = key
        moment = believed(day(on))
        yield Reorganisation(kind=kind, on=day(on), act=act, made_at=moment, done_at=moment,
                             units={"sources": list(sources[key]), "heirs": list(heirs[key])})


def communes():
    """(district key, code, name) of each commune and ward since the district level ended."""
    names = {row["unit"]: row for row in rows("units")}
    for row in rows("successions"):
        if row["kind"] == "dissolve" and row["to_unit"]:
            commune = names[row["to_unit"]]
            yield row["from_unit"], commune["code"], commune["name_vi"].removeprefix("Xã ")
