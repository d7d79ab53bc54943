"""Every string a reader meets has its Vietnamese, the same wherever it stands."""
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = {
    "lms": ("lms/kernel", "lms/templates", "lms/app.py", "lms/serve.py"),
    "lms/organisations": ("lms/organisations",), "lms/people": ("lms/people",),
    "lms/notices": ("lms/notices",), "lms/accounts": ("lms/accounts",),
    "lms/transfers": ("lms/transfers",), "lms/proposals": ("lms/proposals",),
    "lms/system": ("lms/system",),
    "lms/backups": ("lms/backups",),
    "courses/catalogue": ("courses/catalogue",),
    "courses": ("courses/feature.py", "courses/holdings.py"),
    "courses/classes": ("courses/classes",),
    "courses/completions": ("courses/completions",),
    "courses/coverage": ("courses/coverage",), "courses/reminders": ("courses/reminders",),
    "courses/reports": ("courses/reports",), "courses/groups": ("courses/groups",),
    "courses/reorganisation": ("courses/reorganisation",),
    "quizzes": ("quizzes",),
    "certificates": ("certificates",),
}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
#: A string as it stands in a file of translations, perhaps over several lines.
STRING = re.compile(r'^msgid ((?:".*"\n)+)', re.MULTILINE)
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}


def messages_of(place):
    """The messages in a folder, or in a file of Python."""
    path = ROOT / place
    if path.is_dir():
        return [message for _name, _line, message, *_rest in extract_from_dir(
            path, method_map=METHODS, keywords=KEYWORDS,
            options_map={"**.html": {"trimmed": "true"}})]
    return [message for _line, message, *_rest in extract_from_file(
        "python", path, keywords=KEYWORDS)]


def strings_of(room):
    """The strings in the code and templates of ``room``, singular first."""
    return {message if isinstance(message, str) else message[0]
            for place in ROOMS[room] for message in messages_of(place)} - {""}


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
def test_no_string_stands_twice_in_the_file_of_the_room(room):
    path = ROOT / room / "translations" / "vi.po"
    counts = Counter(STRING.findall(path.read_text(encoding="utf-8")))

    assert [string for string, count in counts.items() if count > 1] == []


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
