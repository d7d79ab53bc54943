"""The 420 people of the province: who works where since when, and who belongs to which group.

All of them are fictional.  The edge people stand first, each for something that goes wrong
in systems which count heads instead of keeping facts.
"""
from datetime import date, timedelta
from random import Random

from lms.accounts.actions import make_demo_account
from lms.accounts.demo import PASSWORD
from lms.kernel.db import db
from lms.people.models import Membership, Person, Posting, Role, TargetGroup

from demo.edges import EDGES
from demo.names import birth, name
from demo.organisation import START, TWO_LEVELS, believed, communes, day

#: Before this unit there was that one, until the day.
BEFORE = {"SVHTTDL": None, "BPTTH": ("BAO", TWO_LEVELS), "BTGDV": ("BTG", date(2025, 3, 1)),
          "SNNMT": ("SNN", date(2025, 3, 1)), "SDTTG": ("BDT", date(2025, 3, 1))}
BEFORE |= {f"X-{code}": (district, TWO_LEVELS) for district, code, _name in communes()}
BEFORE |= {"H-QUANGHOA": ("H-QUANGUYEN", date(2020, 3, 1))}

GROUPS = [
    ("A", "Phóng viên, nhà báo chuyên viết về nội chính, đối ngoại",
     "Reporters on internal and foreign affairs"),
    ("B", "Cán bộ làm công tác nhân quyền và quản lý báo chí",
     "Officials in human rights and press management"),
    ("C", "Biên tập viên, báo cáo viên, tuyên truyền viên", "Editors, speakers, communicators"),
    ("D", "Cán bộ chủ chốt các tổ chức chính trị - xã hội",
     "Key officials of socio-political organisations"),
    ("E", "Cộng tác viên báo chí", "Press contributors"),
]
#: Where the people of a group work, how many there are, and what they are.
PLANS = [
    ("A", 56, ("BPTTH",) * 7 + ("HNB",), ("Phóng viên", "Phóng viên", "Biên tập viên",
                                         "Trưởng phòng")),
    ("B", 104, ("BTGDV", "BTGDV", "BNC", "VPUB", "SNV", "STP", "SCT", "SKHCN", "SVHTTDL", "SVHTTDL",
                "SVHTTDL", "SNGV", "SDTTG", "CAT", "BDBP", "X-01273", "X-01477", "X-01321",
                "X-01576", "X-01654", "X-01786"),
     ("Chuyên viên", "Chuyên viên", "Chuyên viên chính", "Phó Trưởng phòng", "Trưởng phòng")),
    ("C", 38, ("BPTTH", "BPTTH", "BTGDV", "SVHTTDL"), ("Biên tập viên", "Kỹ thuật viên",
                                                      "Báo cáo viên")),
    ("D", 41, ("MTTQ", "LDLD", "HPN", "HND", "TD", "HCCB"), ("Phó Chủ tịch", "Trưởng ban",
                                                            "Ủy viên Thường trực")),
    ("C", 118, tuple(f"X-{code}" for _d, code, _n in communes()),
     ("Công chức văn hóa - xã hội", "Phó Chủ tịch UBND xã", "Tuyên truyền viên")),
    ("E", 24, ("CTV",), ("Cộng tác viên",)),
]
SIGN_INS = {"CB001": "an.lh", "CB002": "ha.bv", "CB003": "hoa.bt", "CB004": "an.tv",
            "CB005": "anh.ht", "CB006": "pao.va", "CB007": "vi.dt"}
TOTAL = 420


def build(units):
    """Write groups, people, posts, memberships, roles and the accounts of the demonstration."""
    groups = {key: TargetGroup(key=key, name_vi=vi, name_en=en) for key, vi, en in GROUPS}
    db.session.add_all(groups.values())
    people = [edge(units, groups, row) for row in EDGES]
    chance = Random(2026)  # noqa: S311 - the same province every time
    for group, count, places, titles in PLANS:
        for number in range(count):
            person = somebody(chance, len(people) + 1)
            people.append(person)
            since = employ(chance, person, units, places[number % len(places)], titles)
            belong(person, groups[group], max(since, date(2018, 10, 25)), None)
    while len(people) < TOTAL:
        person = somebody(chance, len(people) + 1)
        people.append(person)
        employ(chance, person, units, chance.choice(("SGDDT", "SYT", "STC", "SXD", "TCT")),
               ("Chuyên viên", "Giảng viên"))
    db.session.flush()
    by_key = {person.key: person for person in people}
    for key, username in SIGN_INS.items():
        make_demo_account(by_key[key], username, PASSWORD)
    db.session.flush()
    return by_key, groups


def edge(units, groups, row):
    """One of the edge people, exactly as written down."""
    person = Person(key=row["key"], full_name=row["full_name"], birth=row["birth"],
                    gender=row["gender"], phone=row["phone"])
    db.session.add(person)
    for post in row["postings"]:
        hold(person, units[post["unit"]], post["title"], span(post), post["main"])
    for membership in row["groups"]:
        belong(person, groups[membership["group"]], *span(membership))
    for role in row.get("roles", ()):
        db.session.add(Role(person=person, kind=role["kind"], unit=units.get(role["unit"]),
                            valid_from=day(role["valid_from"])))
    return person


def span(row):
    """From when until when a row of the file holds."""
    return day(row["valid_from"]), day(row["valid_to"])


def somebody(chance, number):
    """A person with a name, a birth date and a phone that rings nowhere."""
    gender = "f" if chance.random() < 0.46 else "m"
    person = Person(key=f"CB{number:03d}", full_name=name(chance, gender), birth=birth(chance),
                    gender=gender)
    db.session.add(person)
    return person


def employ(chance, person, units, key, titles):
    """Give ``person`` a post in the unit and in those before it; the day it began comes back."""
    since = max(START, date(2018, 1, 1) + timedelta(days=chance.randint(-900, 2700)))
    title, until = chance.choice(titles), None
    while key:
        unit = units[key]
        if unit.valid_from <= since:
            hold(person, unit, title, (since, until), True)
            break
        hold(person, unit, title, (unit.valid_from, until), True)
        until = unit.valid_from
        key = (BEFORE.get(key) or (None,))[0]
        if key is None:
            return unit.valid_from
    return since


def hold(person, unit, title, span, main):
    """A post, known since the day it began."""
    db.session.add(Posting(person=person, unit=unit, title=title, main=main, valid_from=span[0],
                           valid_to=span[1], recorded_at=believed(span[0])))


def belong(person, group, since, until):
    """A membership, known since the day it began."""
    db.session.add(Membership(person=person, group=group, valid_from=since, valid_to=until,
                              recorded_at=believed(since)))


