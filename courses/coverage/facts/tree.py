"""Whether placements make a tree on every day, whatever was known at any moment."""
from dataclasses import dataclass
from datetime import UTC, date, datetime

#: Later than every day and moment: what an open end is compared as.
NEVER, NEVER_AT = date.max, datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Edge:
    """``unit`` stood under ``parent`` for some days, and we believed it for some time.

    ``line`` is where it stands in the file; 0 where it is no news.
    """

    unit: str
    parent: str
    valid_from: date
    valid_to: date | None
    recorded_at: datetime
    superseded_at: datetime | None
    line: int = 0

    @property
    def span(self):
        """Its days and its moments: a rectangle (first day, end, first moment, end)."""
        return (self.valid_from, self.valid_to or NEVER,
                self.recorded_at, self.superseded_at or NEVER_AT)


def common(one, other):
    """The rectangle that two rectangles share, or None."""
    first, end = max(one[0], other[0]), min(one[1], other[1])
    known, unknown = max(one[2], other[2]), min(one[3], other[3])
    return (first, end, known, unknown) if first < end and known < unknown else None


def by_unit(edges):
    """The edges that lead up from each unit."""
    up = {}
    for edge in edges:
        up.setdefault(edge.unit, []).append(edge)
    return up


def doubles(edges):
    """Pairs (later line, other) of edges that give one unit two places on the same day."""
    return [(edge, other)
            for group in by_unit(edges).values()
            for place, edge in enumerate(sorted(group, key=lambda edge: edge.line))
            for other in sorted(group, key=lambda edge: edge.line)[:place]
            if edge.line and common(edge.span, other.span)]


def circles(edges):
    """The circles that new edges close, each as the set of its edges."""
    up = by_unit(edges)
    found = {}
    for edge in edges:
        if edge.line:
            for circle in _circles_through(edge, up):
                found.setdefault(circle, circle)
    return list(found)


def _circles_through(start, up):
    ahead = [((start,), start.span)]
    while ahead:
        climbed, span = ahead.pop()
        top = climbed[-1].parent
        if top == start.unit:
            yield frozenset(climbed)
        elif all(edge.unit != top for edge in climbed):
            ahead += [((*climbed, edge), shared) for edge in up.get(top, ())
                      if (shared := common(span, edge.span))]
