"""A province of any size as a facts folder: eight years of postings, goals and completions."""
import csv
from datetime import date, timedelta
from random import Random

from courses.coverage.facts.files import FILES

BEGINNING, TODAY = date(2018, 11, 1), date(2026, 11, 25)
DAYS = (TODAY - BEGINNING).days
UNITS, GOALS, GROUPS, COURSES = 90, 20, 12, 20
#: A unit for so many people, where the units grow with them.
PEOPLE_A_UNIT = 66
REORGANISED = date(2025, 3, 1)
SURNAMES = ("Nông", "Bế", "Triệu", "Hoàng", "Lý", "Đàm", "Vàng", "Lục", "Hà", "Mạc")
GIVEN = ("Lan", "Hạ", "Minh", "Ân", "Đức", "Yến", "Sáng", "Thủy", "Páo", "Ngọc")


def build(folder, people, seed=3432):
    """Write the facts of a province of ``people`` into ``folder``; the same every time."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(people, seed=seed).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            width = len(rows[0]) if rows else len(FILES[name].names)
            writer.writerow(FILES[name].names[:width])
            writer.writerows(rows)


def tables(people, count=UNITS, seed=3432):
    """The rows of every file for a province of ``people`` in ``count`` units."""
    chance = Random(seed)
    facts = {"units": list(units(count)), "placements": list(placements(count)),
             "groups": [(f"G{n}", f"Nhóm {n}", f"Group {n}") for n in range(GROUPS)],
             "courses": [(f"C{n:02}", f"Khóa {n}", f"Course {n}", "36" if n % 3 else "", "12")
                         for n in range(COURSES)],
             "goals": list(goals())}
    facts |= {"people": [], "postings": [], "memberships": [], "completions": [],
              "exemptions": []}
    for number in range(people):
        live(f"P{number:06}", facts, chance, count)
    return facts


def units(count):
    """A province, nine departments or districts, the other units under them."""
    for number in range(count):
        yield (f"U{number}", f"{number:03}", f"Đơn vị {number}", f"Unit {number}", f"ĐV{number}",
               "unit", number, BEGINNING, "")


def placements(count):
    """Each tenth unit moves under another department at the reorganisation."""
    for number in range(1, count):
        parent = 0 if number < 10 else 1 + number % 9
        if number >= 10 and number % 10 == 0:
            yield f"U{number}", f"U{parent}", BEGINNING, REORGANISED
            yield f"U{number}", f"U{1 + (number + 1) % 9}", REORGANISED, ""
        else:
            yield f"U{number}", f"U{parent}", BEGINNING, ""


def goals():
    """Half give newcomers ninety days, half have a deadline; every fourth asks for two courses."""
    for n in range(GOALS):
        wanted = f"C{n:02};C{(n + 7) % COURSES:02}" if n % 4 == 0 else f"C{n:02}"
        yield (f"T{n:02}", f"G{n % GROUPS}", wanted, f"Chỉ tiêu {n}", f"Goal {n}",
               "70" if n % 5 == 0 else "100", "90" if n % 2 else "",
               "" if n % 2 else date(2026, 6, 30), "Kế hoạch", date(2019, 1, 1), "")


def live(key, tables, chance, count):
    """The eight years of one person in one of ``count`` units."""
    name = f"{chance.choice(SURNAMES)} Văn {chance.choice(GIVEN)}"
    tables["people"].append((key, name, str(chance.randint(1962, 2002)), "m", "", ""))
    begun = BEGINNING + timedelta(days=chance.randrange(DAYS // 2))
    for unit, start, end in career(begun, chance, count):
        tables["postings"].append((key, unit, "Chuyên viên", "1", start, end))
    if chance.random() < 0.1:
        unit = f"U{chance.randrange(count)}"
        tables["postings"].append((key, unit, "Kiêm nhiệm", "0", begun, ""))
    for group in chance.sample(range(GROUPS), 2):
        cut = begun + timedelta(days=chance.randrange(30, 900))
        tables["memberships"] += [(key, f"G{group}", begun, cut), (key, f"G{group}", cut, "")]
    for _ in range(10):
        course = chance.randrange(COURSES)
        learned = begun + timedelta(days=chance.randrange((TODAY - begun).days))
        until = learned + timedelta(days=1095) if course % 3 else ""
        tables["completions"].append((key, f"C{course:02}", learned, until,
                                      chance.choice(("online", "class", "outside")), ""))
    if chance.random() < 0.03:
        tables["exemptions"].append((f"T{chance.randrange(GOALS):02}", key, "leave", "Nghỉ phép",
                                     date(2026, 1, 1), ""))


def career(begun, chance, count):
    """Two or three posts one after the other."""
    moves = sorted(chance.sample(range(60, DAYS), chance.choice((1, 1, 2))))
    edges = [begun, *(begun + timedelta(days=days) for days in moves), ""]
    for start, end in zip(edges, edges[1:], strict=False):
        yield f"U{chance.randrange(10, count)}", start, end
