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

from demo.names import birth, name
from demo.organisation import START, TWO_LEVELS, believed, communes

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
#: key, name, birth, gender, posts [(unit, title, main, from, to)], groups [(group, from, to)]
EDGES = [
    ("CB001", "Lý Hoài Ân", "1979-01-15", "f", [("STTTT", "Phó Trưởng phòng", True, START,
                                                date(2025, 3, 1)),
     ("SVHTTDL", "Phụ trách đào tạo", True, date(2025, 3, 1), None)], []),
    ("CB002", "Bế Văn Hạ", "1984-05-30", "m", [("SVHTTDL", "Chuyên viên Văn phòng", True, START,
                                               None)], [("B", date(2018, 10, 25), None)]),
    ("CB003", "Bế Thị Hoa", "1972-09-02", "f", [
        ("BAO", "Tổng Biên tập", True, START, TWO_LEVELS),
        ("BPTTH", "Giám đốc, Tổng Biên tập", True, TWO_LEVELS, None)], []),
    ("CB004", "Triệu Văn Ấn", "1976-11-20", "m", [("TCT", "Giảng viên chính", True, START, None)],
     [("B", date(2019, 1, 1), None)]),
    ("CB005", "Hoàng Thị Ánh", "1991-02-06", "f", [
        ("BAO", "Phóng viên", True, date(2016, 8, 1), TWO_LEVELS),
        ("BPTTH", "Phóng viên", True, TWO_LEVELS, None)], [("A", date(2018, 10, 25), None)]),
    ("CB006", "Vàng A Páo", "1988", "m", [
        ("STTTT", "Chuyên viên", True, START, date(2025, 3, 1)),
        ("SVHTTDL", "Chuyên viên", True, date(2025, 3, 1), None)],
     [("B", date(2018, 10, 25), None)]),
    ("CB007", "Đàm Thị Vi", "1970-07-07", "f", [("TTR", "Thanh tra viên chính", True, START, None)],
     []),
    ("CB008", "Nông Văn Dũng", "1985-03-03", "m", [
        ("SVHTTDL", "Phó Trưởng phòng", True, START, None),
        ("HNB", "Ủy viên Ban Chấp hành", False, date(2022, 1, 1), None)],
     [("B", date(2018, 10, 25), None), ("A", date(2022, 1, 1), None)]),
    ("CB009", "Hoàng Thị Bích", "1987-04-12", "f", [
        ("H-TRALINH", "Chuyên viên", True, START, date(2020, 3, 1)),
        ("H-TRUNGKHANH", "Chuyên viên", True, date(2020, 3, 1), TWO_LEVELS),
        ("X-01477", "Công chức văn hóa - xã hội", True, TWO_LEVELS, None)],
     [("B", date(2018, 10, 25), None)]),
    ("CB010", "Lục Văn Bá", "1983-12-24", "m", [
        ("H-TRALINH", "Cán bộ xã Quốc Toản", True, START, date(2020, 3, 1)),
        ("H-QUANGHOA", "Cán bộ xã Quốc Toản", True, date(2020, 3, 1), TWO_LEVELS),
        ("X-01576", "Công chức văn hóa - xã hội", True, TWO_LEVELS, None)],
     [("B", date(2018, 10, 25), None)]),
    ("CB011", "Mã Thị Dung", "1968-06-01", "f", [("SVHTTDL", "Chuyên viên chính", True, START,
                                                 date(2026, 7, 1))],
     [("B", date(2018, 10, 25), date(2026, 7, 1))]),
    ("CB012", "Đinh Thị Thủy", "1994-03-09", "f", [("SVHTTDL", "Thanh tra viên", True,
                                                   date(2026, 10, 1), None)],
     [("B", date(2026, 10, 1), None)]),
    ("CB013", "Nông Thị Hương", "1988-03-12", "f", [("SVHTTDL", "Chuyên viên", True,
                                                    date(2020, 1, 1), None)],
     [("B", date(2020, 1, 1), None)]),
    ("CB014", "Nông Thị Hương", "1990", "f", [("SVHTTDL", "Kế toán viên", True, date(2021, 5, 1),
                                              None)], []),
    ("CB015", "Páo", "1992", "m", [("BPTTH", "Quay phim", True, TWO_LEVELS, None)], []),
    ("CB016", "Nguyễn Hoàng Phương Thảo Nguyên An Nhiên", "1995-01-01", "f", [
        ("BPTTH", "Phóng viên", True, TWO_LEVELS, None)], [("A", TWO_LEVELS, None)]),
    ("CB017", "Sầm Văn Sơn", "1981-08-08", "m", [("SNV", "Chuyên viên", True, START, None)],
     [("B", date(2018, 10, 25), None)]),
    ("CB018", "Phan Thị Lan", "1989-10-10", "f", [("STP", "Chuyên viên", True, START, None)],
     [("B", date(2018, 10, 25), None)]),
    ("CB019", "Hứa Văn Long", "1986-01-30", "m", [("CTV", "Cộng tác viên", True, START, None)],
     [("E", date(2019, 1, 1), None)]),
]
ROLES = [("CB001", "officer", None), ("CB002", "contact", "SVHTTDL"), ("CB003", "manager", "BPTTH"),
         ("CB004", "trainer", None), ("CB007", "auditor", None)]
SIGN_INS = {"CB001": "an.lh", "CB002": "ha.bv", "CB003": "hoa.bt", "CB004": "an.tv",
            "CB005": "anh.ht", "CB006": "pao.va", "CB007": "vi.dt"}
TOTAL = 420


def build(units):
    """Write groups, people, posts, memberships, roles and the accounts of the demonstration."""
    groups = {key: TargetGroup(key=key, name_vi=vi, name_en=en) for key, vi, en in GROUPS}
    db.session.add_all(groups.values())
    people = [edge(units, groups, *row) for row in EDGES]
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
    for key, kind, unit in ROLES:
        db.session.add(Role(person=by_key[key], kind=kind, unit=units.get(unit), valid_from=START))
    for key, username in SIGN_INS.items():
        make_demo_account(by_key[key], username, PASSWORD)
    db.session.flush()
    return by_key, groups


def edge(units, groups, key, full_name, born, gender, posts, memberships):  # noqa: PLR0913 - a row
    """One of the edge people, exactly as written down."""
    person = Person(key=key, full_name=full_name, birth=born, gender=gender)
    db.session.add(person)
    for unit, title, main, since, until in posts:
        hold(person, units[unit], title, (since, until), main)
    for group, since, until in memberships:
        belong(person, groups[group], since, until)
    return person


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


