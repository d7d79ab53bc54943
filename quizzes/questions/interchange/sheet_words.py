"""The words of a workbook of questions: its columns, kinds and marks, in Vietnamese."""
import re
import string

from lms.kernel.text import fold

#: The columns in their order; those of the options stand between the two groups.
BEFORE = (("kind", "Loại câu"), ("stem_vi", "Câu hỏi"), ("stem_en", "Câu hỏi (tiếng Anh)"))
AFTER = (("right", "Đáp án đúng"), ("marking", "Cách chấm"), ("tolerance", "Sai số"),
         ("unit", "Đơn vị"), ("explanation_vi", "Giải thích"),
         ("explanation_en", "Giải thích (tiếng Anh)"), ("basis", "Căn cứ"),
         ("valid_until", "Dùng đến ngày"), ("category", "Danh mục"), ("tags", "Nhãn"),
         ("difficulty", "Mức độ"), ("key", "Mã"), ("settings", "Thiết đặt khác"))
OPTION = "Phương án {}"
#: What people call the columns, folded.
CALLED = {
    "kind": ("loai cau", "loai", "loai cau hoi", "dang cau hoi", "type", "kind",
             "kieu cau hoi", "question type"),
    "stem_vi": ("cau hoi", "noi dung", "noi dung cau hoi", "question", "question text",
                "question title", "cau hoi trac nghiem", "de bai"),
    "stem_en": ("cau hoi (tieng anh)", "question (english)"),
    "choices": ("cac phuong an", "phuong an", "phuong an tra loi", "cac phuong an tra loi",
                "lua chon", "cac lua chon", "cac dap an", "options", "choices"),
    "right": ("dap an dung", "dap an", "dap an dung la", "tra loi dung", "answer", "correct",
              "correct answer", "key", "phuong an dung", "lua chon dung", "cau tra loi dung",
              "dap an chinh xac", "dap an dung nhat", "correct answers", "correct answer(s)",
              "correct option", "da", "d/a", "d.a", "d/an", "dap an dung (a, b, c, d)"),
    "truth": ("dung/sai", "dung / sai", "dung sai", "dung hay sai", "la dap an dung",
              "la dap an dung?", "true/false", "is correct", "correct?"),
    "marking": ("cach cham",), "tolerance": ("sai so", "tolerance"), "unit": ("don vi", "unit"),
    "explanation_vi": ("giai thich", "explanation", "loi giai", "huong dan giai",
                                             "loi giai chi tiet", "giai thich dap an",
                                             "answer explanation"),
    "explanation_en": ("giai thich (tieng anh)",), "basis": ("can cu", "nguon", "source"),
    "valid_until": ("dung den ngay", "hieu luc den"), "category": (
        "danh muc", "hang muc", "chu de", "chuyen de", "linh vuc", "chuong", "topic", "category"),
    "tags": ("nhan", "tags"), "key": ("ma", "ma cau hoi", "id"),
    "difficulty": ("muc do", "do kho", "muc do kho", "muc do nhan thuc", "muc do tu duy",
                   "difficulty", "level"),
    "settings": ("thiet dat khac",),
}
#: What counts the rows and says nothing of a question.
COUNTED = ("stt", "tt", "so tt", "so thu tu", "no", "#")
FIELDS = {name: field for field, names in CALLED.items() for name in names}
#: Phương án A, Đáp án 1, Lựa chọn b, A.
OPTION_CALLED = re.compile(r"(?:(?:phuong an|dap an|lua chon|option|y|menh de|phat bieu|nhan dinh"
                           r"|tra loi|answer|choice)\s*)?([a-z]|\d{1,2})")

KINDS = {"single": "Một đáp án", "multiple": "Nhiều đáp án", "truefalse": "Đúng sai",
         "statements": "Đúng sai từng ý",
         "short": "Trả lời ngắn", "number": "Số", "matching": "Ghép cặp",
         "ordering": "Sắp thứ tự", "gaps": "Điền chỗ trống", "essay": "Tự luận",
         "upload": "Nộp tệp", "description": "Đoạn dẫn"}
#: A choice of which only the key says how many options are right.
CHOICE_CALLED = ("trac nghiem", "multiple choice", "multiple_choice", "mcq", "quiz")
KIND_CALLED = {
    "mot dap an dung": "single", "trac nghiem mot dap an": "single", "mot lua chon": "single",
    "trac nghiem 1 dap an": "single", "single choice": "single", "radio": "single",
    "nhieu dap an dung": "multiple", "trac nghiem nhieu dap an": "multiple",
    "nhieu lua chon": "multiple", "checkbox": "multiple", "checkboxes": "multiple",
    "multiple answer": "multiple", "multiple answers": "multiple", "true/false": "truefalse",
    "true or false": "truefalse", "fill-in-the-blank": "short", "fill in the blank": "short",
    "short answer": "short", "short_answer": "short", "open-ended": "essay",
    "paragraph": "essay",
    "dung sai 4 y": "statements", "dung sai bon y": "statements", "dung sai nhieu y": "statements",
    "trac nghiem dung sai": "statements", "dung/sai 4 y": "statements",
    "dung hay sai": "truefalse", "dung/sai": "truefalse", "dien so": "number",
    "ghep doi": "matching", "sap xep": "ordering", "dien khuyet": "gaps",
} | {fold(name): kind for kind, name in KINDS.items()} | {kind: kind for kind in KINDS}
#: The difficulties, the usual first word of each; schools name them by what a question asks for.
DIFFICULTIES = {1: "Dễ", 2: "Trung bình", 3: "Khó"}
DIFFICULTY_CALLED = {
    "biet": 1, "muc 1": 1, "m1": 1, "tb": 2, "hieu": 2, "muc 2": 2, "m2": 2, "muc 3": 3, "m3": 3,
    "muc 4": 3, "m4": 3, "nhan biet": 1, "nb": 1, "easy": 1,
    "thong hieu": 2, "th": 2, "vua": 2, "medium": 2,
    "van dung": 3, "vd": 3, "van dung thap": 3, "van dung cao": 3, "vdc": 3, "hard": 3,
} | {fold(name): level for level, name in DIFFICULTIES.items()} | {
    str(level): level for level in DIFFICULTIES}
WHOLE, PARTLY = "Trọn câu", "Từng phần"
#: How statements count.
SCALES = {"official": "Thang của Bộ", "each": PARTLY, "whole": WHOLE}
TRUE, FALSE = ("dung", "true", "t", "d", "1"), ("sai", "false", "f", "s", "0")

#: The marks with which a line of an option's cell begins, and what it then tells.
ENGLISH, FEEDBACK, FEEDBACK_ENGLISH = "EN:", "Nhận xét:", "Nhận xét EN:"
SHARE, PARTNER, PARTNER_ENGLISH = "Điểm:", "→", "→EN:"
MARKS = {ENGLISH: "en", FEEDBACK_ENGLISH: "feedback_en", FEEDBACK: "feedback_vi", SHARE: "share",
         PARTNER_ENGLISH: "partner_en", PARTNER: "partner_vi", "->": "partner_vi"}

QUESTIONS, EXAMPLES, HELP = "Câu hỏi", "Ví dụ", "Hướng dẫn"


#: What templates add behind the name of a column: how long a text may be, and the like.
ADDED = re.compile(r"\s+[-–]\s.*", re.DOTALL)


def field_of(heading):
    """The field of the column called ``heading``: a name, or the place of an option from 0."""
    called = ADDED.sub("", fold(str(heading))).strip(" .:*")
    if called in FIELDS:
        return FIELDS[called]
    option = OPTION_CALLED.fullmatch(called)
    if option is None:
        return None
    if option[1].isalpha():
        return string.ascii_lowercase.index(option[1])
    return int(option[1]) - 1 if int(option[1]) else None
