"""Every string a reader meets has its Vietnamese, the same wherever it stands."""
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = {
    "lms": ("lms/kernel", "lms/templates", "lms/app.py", "lms/serve.py"),
    "lms/organisations": ("lms/organisations",), "lms/people": ("lms/people",),
    "lms/notices": ("lms/notices",), "lms/accounts": ("lms/accounts",),
    "courses/catalogue": ("courses/catalogue",),
    "courses": ("courses/feature.py",), "courses/classes": ("courses/classes",),
    "courses/completions": ("courses/completions",),
    "courses/coverage": ("courses/coverage",), "courses/reminders": ("courses/reminders",),
    "courses/reports": ("courses/reports",),
    "quizzes": ("quizzes",),
    "certificates": ("certificates",),
}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}


def strings_of(room):
    """The strings in the code and templates of ``room``, singular first."""
    found = set()
    for place in ROOMS[room]:
        path = ROOT / place
        folder, wanted = (path, None) if path.is_dir() else (path.parent, path.name)
        for name, _line, message, _comments, _context in extract_from_dir(
                folder, method_map=METHODS, keywords=KEYWORDS,
                options_map={"**.html": {"trimmed": "true"}}):
            if wanted is None or name == wanted:
                found.add(message if isinstance(message, str) else message[0])
    return found - {""}


def catalogue_of(room):
    """The Vietnamese of ``room``: string → translation."""
    path = ROOT / room / "translations" / "vi.po"
    if not path.exists():
        return {}
    with path.open("rb") as source:
        messages = [m for m in read_po(source, locale="vi") if m.id]
    return {(m.id if isinstance(m.id, str) else m.id[0]):
            (m.string if isinstance(m.string, str) else m.string[0]) for m in messages}


@pytest.mark.parametrize("room", ROOMS)
def test_every_string_of_the_room_has_its_vietnamese(room):
    catalogue = catalogue_of(room)

    missing = sorted(s for s in strings_of(room) if not catalogue.get(s))

    assert missing == []


def test_a_string_in_two_rooms_has_one_vietnamese():
    words, torn = {}, []
    for room in ROOMS:
        for string, vietnamese in catalogue_of(room).items():
            if words.setdefault(string, vietnamese) != vietnamese:
                torn.append((string, words[string], vietnamese, room))

    assert torn == []
