"""The trail of what was done, for those who look over it."""
from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request, url_for

from lms.kernel import audit
from lms.kernel.pages import paged
from lms.kernel.web import day_argument, require
from lms.people.policies import reads_all
from lms.people.queries import names_of, trail_entries
from lms.people.views.blueprint import bp

#: Under these names the details of an entry hold people, one or several.
ONE, SEVERAL = ("person", "main", "other"), "people"
#: So many of the people of an entry are named; the others are counted.
NAMED = 5


@dataclass(frozen=True)
class Trace:
    """An entry of the trail as the page shows it."""

    at: datetime
    #: Who did it; nothing where the system did it by itself.
    who: str
    what: str
    #: (id, name) of the people it was about, and how many more there are.
    people: list
    more: int
    reason: str
    #: Where what was acted on is shown.
    url: str | None


@bp.get("/trail")
def trail():
    """What was done, the newest first; narrowed to days, to a kind of act and to who did it."""
    require(reads_all)
    first, last = (day_argument(name) if request.args.get(name, "").strip() else None
                   for name in ("first", "last"))
    verb, search = request.args.get("verb", ""), request.args.get("q", "")
    page = paged(trail_entries(first, last, verb, search), scalars=False)
    about = {entry.id: people_of(entry) for entry, _who in page.rows}
    names = names_of({key for ids in about.values() for key in ids[:NAMED]})
    return render_template(
        "people/trail.html", page=page, first=first, last=last, verb=verb, q=search,
        verbs=sorted(((key, str(words)) for key, words in audit.words.items()),
                     key=lambda pair: pair[1]),
        traces=[trace(entry, who, about[entry.id], names) for entry, who in page.rows])


def people_of(entry):
    """The ids of the people whom ``entry`` was about: the subject first, then those of its details.
    """
    table, _colon, key = entry.subject.partition(":")
    found = [int(key)] if table == "person" else []
    found += [entry.details[name] for name in ONE if name in entry.details]
    several = entry.details.get(SEVERAL)
    return list(dict.fromkeys(
        [*found, *several] if isinstance(several, list) else found))


def trace(entry, who, people, names):
    """How the page shows ``entry``."""
    table, _colon, key = entry.subject.partition(":")
    endpoint = audit.pages.get(table)
    return Trace(
        at=entry.at, who=who or "", what=str(audit.words.get(entry.verb, entry.verb)),
        people=[(one, names[one]) for one in people[:NAMED] if one in names],
        more=max(0, len(people) - NAMED),
        reason=entry.details.get("reason") or entry.details.get("why") or "",
        url=url_for(endpoint, key=int(key)) if endpoint and table != "person" else None)
