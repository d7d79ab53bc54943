"""A block copied out of a spreadsheet with a column for each session of a class."""
import re
from collections import defaultdict

from lms.kernel.text import clean, fold

from courses.classes.pasting import Pasted, attendance_word, whose

DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?\b")
NUMBER = re.compile(r"(?:buoi|b|session)?\s*(?:thu\s*)?(\d{1,2})")
#: How the head of a column says the half of a day; compared folded.
HALVES = {"morning": ("sang", "s", "morning"), "afternoon": ("chieu", "c", "afternoon"),
          "evening": ("toi", "t", "evening")}
HALF_OF = {word: half for half, words in HALVES.items() for word in words}


def read_sessions(text, people, sessions):
    """Read lines of "name … mark … mark": what each says of whom in which session.

    ``people`` are Somebodies, ``sessions`` in their order have ``id``, ``on`` and ``half``.  Lines
    above the first person name the sessions by day and half ("Sáng 1/12"; a day over merged cells
    holds for the empty ones after it) or by number ("Buổi 2"); without such lines the last columns
    are all the sessions in their order.  Gives a Pasted whose values are (session, somebody) →
    mark; an empty cell says nothing.
    """
    lines = [[clean(cell) for cell in re.split(r"[\t;|]", line)]
             for line in text.splitlines() if line.strip()]
    meanings = [whose(cells, people) for cells in lines]
    begin = next((place for place, (meant, _at) in enumerate(meanings) if meant), len(lines))
    named = meanings[begin][1] + 1 if begin < len(lines) else 0
    # What stands above the names themselves is a title, and names no session.
    above = {place: [""] * named + lines[place][named:] for place in range(begin)
             if _is_head(lines[place][named:])}
    columns, found = _columns(above.values(), sessions), Pasted()
    for place, (cells, meaning) in enumerate(zip(lines, meanings, strict=True)):
        if place not in above:
            _take_line(found, cells, meaning,
                       columns if above else _last(cells, meaning[1], sessions))
    return found


def _is_head(cells):
    """Whether the line may name sessions: a day, a half-day in full, or the number of one."""
    folded = [fold(cell) for cell in cells]
    return any(DAY.search(cell) or (len(cell) > 1 and cell in HALF_OF)
               or (not cell.isdigit() and NUMBER.fullmatch(cell)) for cell in folded)


def _take_line(found, cells, meaning, columns):
    meant, at = meaning
    line = " ".join(filter(None, cells))
    said = {session.id: cells[place] for place, session in columns.items()
            if at < place < len(cells) and cells[place]}
    if not meant:
        # A total below the list says nothing of anybody.
        if any(map(attendance_word, said.values())):
            found.strange.append(line)
    elif len(meant) > 1:
        found.doubtful.append(line)
    elif not said or not all(map(attendance_word, said.values())):
        found.unread.append(line)
    if len(meant) == 1:
        found.values |= {(session, meant[0].id): mark for session, cell in said.items()
                         if (mark := attendance_word(cell))}


def _last(cells, at, sessions):
    """column → session, where the last columns are all sessions; none where there are fewer, or
    where marks stand before them, so that they are shifted by something after the last.
    """
    first = len(cells) - len(sessions)
    return {} if first <= at or any(map(attendance_word, cells[at + 1:first])) else dict(
        enumerate(sessions, first))


def _columns(heads, sessions):
    """column → session, as the lines above the list name them."""
    texts = defaultdict(list)
    for cells in heads:
        for column, text in enumerate(_spread(cells)):
            texts[column].append(text)
    named = {column: _session_of(fold(" ".join(parts)).strip(), sessions)
             for column, parts in texts.items()}
    found = {column: session for column, session in named.items() if session}
    # Two columns that seem to be one session: neither can be told.
    return {column: session for column, session in found.items()
            if list(found.values()).count(session) == 1}


def _spread(cells):
    """The cells of a head; a day over merged cells stands in each of them."""
    day, spread = "", []
    for cell in cells:
        if DAY.search(cell):
            day = cell
        spread.append(cell or day)
    return spread


def _session_of(text, sessions):
    day = DAY.search(text)
    if day is None:
        number = NUMBER.fullmatch(text)
        place = int(number[1]) - 1 if number else -1
        return sessions[place] if 0 <= place < len(sessions) else None
    halves = {HALF_OF[word] for word in re.findall(r"\b[a-z]+\b", text) if word in HALF_OF}
    fits = [one for one in sessions
            if (one.on.day, one.on.month) == (int(day[1]), int(day[2]))
            and (not day[3] or str(one.on.year).endswith(day[3]))
            and (not halves or one.half in halves)]
    return fits[0] if len(fits) == 1 else None
