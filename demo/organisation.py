"""The organisation of the province from 2018 to 2026, with the reorganisations it went through.

Names and events are public; the dates marked so in the README of this folder are assumed.
"""
from datetime import date

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.text import fold
from lms.organisations.models import Placement, Succession, Unit

START = date(2018, 1, 1)
SPLIT, MERGED, TWO_LEVELS = date(2020, 3, 1), date(2025, 3, 1), date(2025, 7, 1)
EARLY = date(2020, 2, 1)

PROVINCE = ("Tỉnh Cao Bằng", "Cao Bằng province")
#: key, Vietnamese, English, short name, kind, parent; in the official order within each parent.
BLOCKS = [
    ("K-DANG", "Khối Đảng", "Party bodies"), ("K-UBND", "Khối Ủy ban nhân dân tỉnh",
                                              "People's Committee"),
    ("K-LLVT", "Lực lượng vũ trang", "Armed forces"),
    ("K-MTDT", "Mặt trận và các tổ chức chính trị - xã hội", "Front and mass organisations"),
    ("K-HUYEN", "Huyện, thành phố", "Districts and city"), ("K-XA", "Xã, phường", "Communes"),
]
#: key, Vietnamese, English, short, parent, from, until
UNITS = [
    ("VPTU", "Văn phòng Tỉnh ủy", "Office of the Provincial Party Committee", "VPTU", "K-DANG",
     START, None),
    ("BTC", "Ban Tổ chức Tỉnh ủy", "Party Organisation Board", "BTCTU", "K-DANG", START, None),
    ("BTG", "Ban Tuyên giáo Tỉnh ủy", "Party Board of Communication and Education", "BTGTU",
     "K-DANG", START, MERGED),
    ("BDV", "Ban Dân vận Tỉnh ủy", "Party Board of Mass Mobilisation", "BDVTU", "K-DANG", START,
     MERGED),
    ("BTGDV", "Ban Tuyên giáo và Dân vận Tỉnh ủy",
     "Party Board of Communication, Education and Mass Mobilisation", "BTGDVTU", "K-DANG", MERGED,
     None),
    ("BNC", "Ban Nội chính Tỉnh ủy", "Party Board of Internal Affairs", "BNCTU", "K-DANG", START,
     None),
    ("UBKT", "Ủy ban Kiểm tra Tỉnh ủy", "Party Inspection Commission", "UBKTTU", "K-DANG", START,
     None),
    ("BAO", "Báo Cao Bằng", "Cao Bằng Newspaper", "BCB", "K-DANG", START, TWO_LEVELS),
    ("BPTTH", "Báo và Phát thanh, Truyền hình Cao Bằng", "Cao Bằng Newspaper, Radio and Television",
     "BPTTH", "K-DANG", TWO_LEVELS, None),
    ("TCT", "Trường Chính trị Hoàng Đình Giong", "Hoàng Đình Giong Political School", "TCT",
     "K-DANG", START, None),
    ("VPUB", "Văn phòng Ủy ban nhân dân tỉnh", "Office of the People's Committee", "VPUBND",
     "K-UBND", START, None),
    ("SNV", "Sở Nội vụ", "Department of Home Affairs", "SNV", "K-UBND", START, None),
    ("STP", "Sở Tư pháp", "Department of Justice", "STP", "K-UBND", START, None),
    ("SKHDT", "Sở Kế hoạch và Đầu tư", "Department of Planning and Investment", "SKHĐT", "K-UBND",
     START, MERGED),
    ("STC", "Sở Tài chính", "Department of Finance", "STC", "K-UBND", START, None),
    ("SCT", "Sở Công Thương", "Department of Industry and Trade", "SCT", "K-UBND", START, None),
    ("SNN", "Sở Nông nghiệp và Phát triển nông thôn",
     "Department of Agriculture and Rural Development", "SNN&PTNT", "K-UBND", START, MERGED),
    ("STNMT", "Sở Tài nguyên và Môi trường", "Department of Natural Resources and Environment",
     "STN&MT", "K-UBND", START, MERGED),
    ("SNNMT", "Sở Nông nghiệp và Môi trường", "Department of Agriculture and Environment", "SNN&MT",
     "K-UBND", MERGED, None),
    ("SGTVT", "Sở Giao thông vận tải", "Department of Transport", "SGTVT", "K-UBND", START, MERGED),
    ("SXD", "Sở Xây dựng", "Department of Construction", "SXD", "K-UBND", START, None),
    ("STTTT", "Sở Thông tin và Truyền thông", "Department of Information and Communications",
     "STTTT", "K-UBND", START, MERGED),
    ("SKHCN", "Sở Khoa học và Công nghệ", "Department of Science and Technology", "SKHCN",
     "K-UBND", START, None),
    ("SLDTBXH", "Sở Lao động - Thương binh và Xã hội", "Department of Labour and Social Affairs",
     "SLĐTBXH", "K-UBND", START, MERGED),
    ("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch", "Department of Culture, Sports and Tourism",
     "SVHTTDL", "K-UBND", START, None),
    ("SGDDT", "Sở Giáo dục và Đào tạo", "Department of Education and Training", "SGDĐT", "K-UBND",
     START, None),
    ("SYT", "Sở Y tế", "Department of Health", "SYT", "K-UBND", START, None),
    ("SNGV", "Sở Ngoại vụ", "Department of Foreign Affairs", "SNgV", "K-UBND", START, None),
    ("TTR", "Thanh tra tỉnh", "Provincial Inspectorate", "TTr", "K-UBND", START, None),
    ("BDT", "Ban Dân tộc", "Board of Ethnic Affairs", "BDT", "K-UBND", START, MERGED),
    ("SDTTG", "Sở Dân tộc và Tôn giáo", "Department of Ethnic and Religious Affairs", "SDTTG",
     "K-UBND", MERGED, None),
    ("DAI", "Đài Phát thanh - Truyền hình Cao Bằng", "Cao Bằng Radio and Television", "ĐPTTH",
     "K-UBND", START, TWO_LEVELS),
    ("CAT", "Công an tỉnh", "Provincial Public Security", "CAT", "K-LLVT", START, None),
    ("BCHQS", "Bộ Chỉ huy Quân sự tỉnh", "Provincial Military Command", "BCHQS", "K-LLVT", START,
     None),
    ("BDBP", "Bộ đội Biên phòng tỉnh", "Provincial Border Guard", "BĐBP", "K-LLVT", START, None),
    ("MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Provincial Fatherland Front", "UBMTTQ",
     "K-MTDT", START, None),
    ("LDLD", "Liên đoàn Lao động tỉnh", "Provincial Labour Federation", "LĐLĐ", "K-MTDT", START,
     None),
    ("HPN", "Hội Liên hiệp Phụ nữ tỉnh", "Provincial Women's Union", "HLHPN", "K-MTDT", START,
     None),
    ("HND", "Hội Nông dân tỉnh", "Provincial Farmers' Union", "HND", "K-MTDT", START, None),
    ("TD", "Tỉnh đoàn", "Provincial Youth Union", "TĐ", "K-MTDT", START, None),
    ("HCCB", "Hội Cựu chiến binh tỉnh", "Provincial Veterans' Association", "HCCB", "K-MTDT", START,
     None),
    ("HNB", "Hội Nhà báo tỉnh", "Provincial Journalists' Association", "HNB", "K-MTDT", START,
     None),
    ("CTV", "Mạng lưới cộng tác viên báo chí", "Network of press contributors", "CTV", "K-MTDT",
     START, None),
]
#: key, code, name, from, until
DISTRICTS = [
    ("H-TP", "040", "Thành phố Cao Bằng", START, TWO_LEVELS),
    ("H-BAOLAM", "042", "Huyện Bảo Lâm", START, TWO_LEVELS),
    ("H-BAOLAC", "043", "Huyện Bảo Lạc", START, TWO_LEVELS),
    ("H-THONGNONG", "044", "Huyện Thông Nông", START, EARLY),
    ("H-HAQUANG", "045", "Huyện Hà Quảng", START, TWO_LEVELS),
    ("H-TRALINH", "046", "Huyện Trà Lĩnh", START, SPLIT),
    ("H-TRUNGKHANH", "047", "Huyện Trùng Khánh", START, TWO_LEVELS),
    ("H-HALANG", "048", "Huyện Hạ Lang", START, TWO_LEVELS),
    ("H-QUANGUYEN", "049", "Huyện Quảng Uyên", START, SPLIT),
    ("H-PHUCHOA", "050", "Huyện Phục Hòa", START, SPLIT),
    ("H-QUANGHOA", "049", "Huyện Quảng Hòa", SPLIT, TWO_LEVELS),
    ("H-HOAAN", "051", "Huyện Hòa An", START, TWO_LEVELS),
    ("H-NGUYENBINH", "052", "Huyện Nguyên Bình", START, TWO_LEVELS),
    ("H-THACHAN", "053", "Huyện Thạch An", START, TWO_LEVELS),
]
#: district they came from → codes and names of the communes and wards since 01/07/2025.
COMMUNES = {
    "H-TP": "01273 Phường Thục Phán·01279 Phường Nùng Trí Cao·01288 Phường Tân Giang",
    "H-BAOLAM": "01290 Bảo Lâm·01294 Lý Bôn·01297 Nam Quang·01304 Quảng Lâm·01318 Yên Thổ",
    "H-BAOLAC": "01321 Bảo Lạc·01324 Cốc Pàng·01327 Cô Ba·01336 Khánh Xuân·01339 Xuân Trường"
                "·01351 Hưng Đạo·01354 Huy Giáp·01360 Sơn Lộ",
    "H-HAQUANG": "01363 Thông Nông·01366 Cần Yên·01387 Thanh Long·01392 Trường Hà·01393 Lũng Nặm"
                 "·01414 Tổng Cọt·01438 Hà Quảng",
    "H-TRUNGKHANH": "01447 Trà Lĩnh·01456 Quang Hán·01465 Quang Trung·01477 Trùng Khánh"
                    "·01489 Đình Phong·01501 Đàm Thủy·01525 Đoài Dương",
    "H-HALANG": "01537 Lý Quốc·01552 Quang Long·01558 Hạ Lang·01561 Vinh Quý",
    "H-QUANGHOA": "01576 Quảng Uyên·01594 Độc Lập·01618 Hạnh Phúc·01636 Bế Văn Đàn·01648 Phục Hòa",
    "H-HOAAN": "01654 Hòa An·01660 Nam Tuấn·01699 Nguyễn Huệ·01708 Bạch Đằng",
    "H-NGUYENBINH": "01726 Nguyên Bình·01729 Tĩnh Túc·01738 Ca Thành·01747 Minh Tâm"
                    "·01768 Phan Thanh·01774 Tam Kim·01777 Thành Công",
    "H-THACHAN": "01786 Đông Khê·01789 Canh Tân·01792 Kim Đồng·01795 Minh Khai·01807 Thạch An"
                 "·01822 Đức Long",
}
#: from, to, day, kind, act
EVENTS = [
    ("H-THONGNONG", "H-HAQUANG", EARLY, "merge", "NQ 864/NQ-UBTVQH14"),
    ("H-QUANGUYEN", "H-QUANGHOA", SPLIT, "merge", "NQ 897/NQ-UBTVQH14"),
    ("H-PHUCHOA", "H-QUANGHOA", SPLIT, "merge", "NQ 897/NQ-UBTVQH14"),
    ("H-TRALINH", "H-TRUNGKHANH", SPLIT, "split", "NQ 897/NQ-UBTVQH14"),
    ("H-TRALINH", "H-QUANGHOA", SPLIT, "split", "NQ 897/NQ-UBTVQH14"),
    ("BTG", "BTGDV", MERGED, "merge", ""), ("BDV", "BTGDV", MERGED, "merge", ""),
    ("STTTT", "SKHCN", MERGED, "merge", ""), ("STTTT", "SVHTTDL", MERGED, "transfer", ""),
    ("SKHDT", "STC", MERGED, "merge", ""), ("SGTVT", "SXD", MERGED, "merge", ""),
    ("SNN", "SNNMT", MERGED, "merge", ""), ("STNMT", "SNNMT", MERGED, "merge", ""),
    ("SLDTBXH", "SNV", MERGED, "merge", ""), ("BDT", "SDTTG", MERGED, "merge", ""),
    ("BAO", "BPTTH", TWO_LEVELS, "merge", ""), ("DAI", "BPTTH", TWO_LEVELS, "merge", ""),
]


def believed(day):
    """The moment a fact of ``day`` was recorded: the morning of that day."""
    return clock.end_of(day).replace(hour=2, minute=0, second=0, microsecond=0)


def build():
    """Write the units, where they stood, and what became of them; gives them by key."""
    units = {}

    def add(key, names, kind, parent, span, short="", code=""):  # noqa: PLR0913 - a row's cells
        unit = Unit(key=key, code=code or key, name_vi=names[0], name_en=names[1], kind=kind,
                    short_name=short, precedence=10 * len(units), valid_from=span[0],
                    valid_to=span[1], fold=fold(f"{names[0]} {short}"))
        units[key] = unit
        db.session.add(unit)
        if parent:
            db.session.add(Placement(unit=unit, parent=units[parent], valid_from=span[0],
                                     valid_to=span[1], recorded_at=believed(span[0])))

    add("CB", PROVINCE, "province", None, (START, None))
    for key, name_vi, name_en in BLOCKS:
        since, until = {"K-HUYEN": (START, TWO_LEVELS), "K-XA": (TWO_LEVELS, None)}.get(
            key, (START, None))
        add(key, (name_vi, name_en), "block", "CB", (since, until))
        for unit in [row for row in UNITS if row[4] == key]:
            kind = "press" if unit[0] in ("BAO", "DAI", "BPTTH") else "agency"
            add(unit[0], unit[1:3], kind, key, unit[5:7], short=unit[3])
        add_local(key, add)
    db.session.flush()
    for source, target, day, kind, act in [*EVENTS, *commune_events()]:
        db.session.add(Succession(from_unit=units[source], to_unit=units[target], on=day,
                                  kind=kind, act=act))
    db.session.flush()
    return units


def add_local(block, add):
    """The districts under their block, the communes under theirs."""
    if block == "K-HUYEN":
        for key, code, name, since, until in DISTRICTS:
            english = name.replace("Huyện ", "") + " district"
            english = english.replace("Thành phố Cao Bằng district", "Cao Bằng city")
            add(key, (name, english), "district", block, (since, until), code=code)
    if block == "K-XA":
        for _district, code, name in communes():
            ward = name.startswith("Phường ")
            bare = name.removeprefix("Phường ")
            kind = "ward" if ward else "commune"
            add(f"X-{code}", (name if ward else f"Xã {name}", f"{bare} {kind}"), kind, block,
                (TWO_LEVELS, None), code=code)


def communes():
    """(district key, code, name) of each commune and ward."""
    for district, listed in COMMUNES.items():
        for item in listed.split("·"):
            code, name = item.split(" ", 1)
            yield district, code, name


def commune_events():
    """Each district went over to its communes when the district level ended."""
    for district, code, _name in communes():
        yield district, f"X-{code}", TWO_LEVELS, "split", "QĐ 759/QĐ-TTg"
