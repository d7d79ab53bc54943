"""The headings of a clerk's list: which row they stand in, what each column holds."""
import re
from hashlib import sha256

from lms.kernel.text import fold

#: What each column may hold, and the folded headings under which clerks write it.
HEADINGS = {
    "number": ("stt", "tt", "so tt", "so thu tu", "no", "no."),
    "full_name": ("ho va ten", "ho ten", "ho va ten can bo", "ho ten can bo", "full name", "name",
                  "ho, ten", "ho & ten"),
    "family_middle": ("ho va dem", "ho dem", "ho va ten dem", "ho, dem", "ho, ten dem", "ho"),
    "given": ("ten",),
    "birth": ("ngay sinh", "nam sinh", "ngay thang nam sinh", "sinh ngay", "date of birth", "born",
              "ngay, thang, nam sinh", "ngay/thang/nam sinh"),
    "birth_male": ("nam",), "birth_female": ("nu",),
    "gender": ("gioi tinh", "gt", "gender", "nam/nu"),
    "title": ("chuc vu", "chuc danh", "vi tri viec lam", "chuc vu, chuc danh", "title",
              "chuc vu, don vi"),
    "unit": ("don vi", "don vi cong tac", "co quan", "co quan, don vi", "co quan cong tac", "unit",
             "phong, don vi", "noi cong tac"),
    "phone": ("dien thoai", "so dien thoai", "sdt", "dt", "di dong", "dien thoai di dong", "phone",
              "so dt", "dtdd"),
    "email": ("email", "e-mail", "thu dien tu", "dia chi email"),
    "staff_code": ("ma", "ma can bo", "ma so", "ma so can bo", "staff code", "ma cbcc"),
    "group": ("doi tuong", "nhom", "nhom doi tuong", "group", "dien"),
    "note": ("ghi chu", "note"),
}
FIELDS = tuple(HEADINGS)
#: How far down a letterhead may push the headings.
DEEPEST = 30


def heading_of(cell):
    """What a column with this heading holds, or None where nobody could tell."""
    words = re.sub(r"\(.*?\)", "", fold(str(cell or ""))).strip(" .:*")
    return next((field for field, known in HEADINGS.items() if words in known), None)


def propose_mapping(cells):
    """column → field for a row of headings; of two columns for one field the first is taken."""
    mapping = {}
    for column, cell in enumerate(cells):
        field = heading_of(cell)
        if field and field not in mapping.values():
            mapping[column] = field
    return mapping


def signature(cells):
    """Sixteen letters that are the same for the same headings: a mapping is remembered by them."""
    text = "|".join(fold(str(cell or "")) for cell in cells).rstrip("|")
    return sha256(text.encode()).hexdigest()[:16]


def find_headings(rows):
    """(row number, headings, rows they span), or None; below the letterhead, above the people."""
    best, found = 0, None
    for number, row in enumerate(rows[:DEEPEST]):
        mapping = propose_mapping(row)
        named = {"full_name", "given", "family_middle"} & set(mapping.values())
        if named and len(mapping) > max(1, best):
            best, found = len(mapping), number
    if found is None:
        return None
    cells, span = list(rows[found]), 1
    below = rows[found + 1] if found + 1 < len(rows) else []
    under = {column: heading_of(cell) for column, cell in enumerate(below)}
    if {"birth_male", "birth_female"} <= set(under.values()):
        # "Năm sinh" stands above "Nam" and "Nữ": the lower row says which is which.
        span = 2
        for column, field in under.items():
            if field in ("birth_male", "birth_female"):
                cells[column] = below[column]
    return found, cells, span
