"""The header of a clerk's list: which column holds what."""
import re
from hashlib import sha256

from lms.kernel.text import fold

#: What a column can hold.  A list names its people in one column or in two, and may give the
#: births of men and women, or only a mark, in a column for each.
FIELDS = ("number", "full_name", "family_middle", "given", "birth", "birth_male",
          "birth_female", "gender", "title", "unit", "phone", "email", "staff_code", "group",
          "note")
NAMES = ("full_name", "family_middle", "given")
#: In this order, for the folded words of a label; the whole label must fit.
LABELS = tuple((field, re.compile(pattern)) for field, pattern in (
    ("number", r"s?tt|so tt|so thu tu|no|number"),
    ("birth_male", r"(?:.*(?:sinh|gioi tinh|phai) )?nam(?: gioi)?"),
    ("birth_female", r"(?:.*(?:sinh|gioi tinh|phai) )?nu(?: gioi)?"),
    ("gender", r"(?:gioi tinh|phai|gt)(?: nam nu)?|nam(?: hoac| hay)? nu|gender|sex"),
    ("birth", r"(?:ngay|thang|nam|nam va)\b.*\bsinh|sinh (?:ngay|nam).*|date of birth|birth.*|"
              r"year of birth|ngay sinh.*|nam sinh.*"),
    ("family_middle", r"ho(?: va)?(?: ten)? (?:dem|chu dem|lot|chu lot|ten dem|ten lot)|ho|"
                      r"family(?: and middle)? name"),
    ("given", r"ten|ten goi|given name"),
    ("full_name", r"ho(?: dem| ten dem| chu dem)?(?: va)? ten\b.*|ten (?:can bo|hoc vien|nguoi).*|"
                  r"hoc vien|dai bieu|full name|name"),
    ("staff_code", r"ma(?: so)?(?: (?:can bo|cb|nhan vien|nv|vien chuc|cong chuc|cbccvc|ccvc).*)?|"
                   r"so hieu(?: (?:can bo|cong chuc|vien chuc|cbccvc).*)?|staff code"),
    ("group", r"(?:thuoc |nhom )?doi tuong.*|nhom|(?:target )?group"),
    ("phone", r"(?:so )?(?:dien thoai|dt|di dong|dtdd)(?: .*)?|sdt|phone(?: number)?|mobile|"
              r"tel|so lien (?:he|lac)"),
    ("email", r"(?:dia chi )?(?:e ?mail|thu dien tu|hop thu)(?: .*)?"),
    ("title", r"chuc (?:vu|danh)(?: .*)?|vi tri viec lam|vi tri cong tac|nghe nghiep|"
              r"(?:job )?title|position|post"),
    ("unit", r"(?:ten )?(?:don vi(?! tinh)|co quan|to chuc)(?: .*)?|phong(?: ban)?|"
             r"noi (?:cong tac|lam viec)|unit|organisation|department"),
    ("note", r"ghi chu.*|notes?|remarks?"),
))
LENGTH_OF_SIGNATURE = 16


def plain(label):
    """The words of a label as they are compared: folded, without signs."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(str(label or ""))))


def field_of(label):
    """The field that a column with this label holds, or None."""
    words = plain(label)
    return next((field for field, pattern in LABELS if pattern.fullmatch(words)), None)


def propose_mapping(labels):
    """Which field each column holds by its label: {column: field}, columns from 0.

    One label over two columns beside each other (Họ và tên) is the two halves of a name;
    otherwise the first column with a field keeps it.
    """
    mapping = {}
    for column, label in enumerate(labels):
        field = field_of(label)
        if (field == "full_name" and mapping.get(column - 1) == "full_name"
                and plain(label) == plain(labels[column - 1])):
            mapping[column - 1], field = "family_middle", "given"
        if field and field not in mapping.values():
            mapping[column] = field
    return mapping


def header_signature(labels):
    """What is the same for lists with the same header, so that its mapping can be remembered."""
    words = "|".join(plain(label) for label in labels).strip("|")
    return sha256(words.encode()).hexdigest()[:LENGTH_OF_SIGNATURE]
