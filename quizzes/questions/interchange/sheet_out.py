"""Questions written as a workbook, and the template to fill in."""
import json
from itertools import islice

from lms.kernel.i18n import _l
from lms.kernel.sheets import Table, write_workbook

from quizzes.questions.interchange import sheet_words as words
from quizzes.questions.interchange import texts
from quizzes.questions.interchange.draft import (
    TRUE_FALSE,
    Draft,
    Fault,
    Writing,
    gap,
    in_order,
    letters,
    normal,
    paired,
    pairs_of,
)
from quizzes.questions.interchange.judged import statements
from quizzes.questions.kinds.statements import EACH

FEWEST_OPTIONS = 5
#: The settings that a column tells, by kind.
TOLD = {"single": ("partial",), "multiple": ("partial",), "statements": ("scale",),
        "number": ("tolerance", "unit")}
TOO_LONG = 3900


def write(drafts):
    """The drafts as a workbook; what it cannot hold is told at the key of its question."""
    lost, kept = [], []
    for draft in drafts:
        if draft.kind not in words.KINDS or draft.files or not fits(draft):
            lost.append(Fault(draft.key or draft.at, _l(
                "A workbook cannot hold this question; it is left out. Choose Moodle XML.")))
        else:
            kept.append(draft)
    return Writing(write_workbook([_table(words.QUESTIONS, kept)], HELP, words.HELP), tuple(lost))


def template():
    """An empty workbook to fill in, with a sheet of examples and one of help."""
    return write_workbook([_table(words.QUESTIONS, []), _table(words.EXAMPLES, examples())], HELP,
                          words.HELP)


def _table(name, drafts):
    rows = [Row(draft) for draft in drafts]
    most = max([FEWEST_OPTIONS, *(len(row.options) for row in rows)])
    names = [words.OPTION.format(letter) for letter in islice(letters(), most)]
    header = [*(name for _field, name in words.BEFORE), *names,
              *(name for _field, name in words.AFTER)]
    return Table(name, header, [row.cells(most) for row in rows])


def fits(draft):
    """Whether the marks of the sheet stand in none of its texts, and no cell overflows."""
    row = Row(draft)
    lines = [line for option in [*draft.options, *draft.matches]
             for field in ("vi", "en", "feedback_vi", "feedback_en")
             for line in texts.write_either(option.get(field, "")).split("\n")]
    return not any(line.startswith(tuple(words.MARKS)) for line in lines) and all(
        len(str(cell)) < TOO_LONG for cell in row.cells(len(row.options)))


class Row:
    """One question as the cells of its row."""

    def __init__(self, draft):
        self.draft = draft
        self.options = OPTIONS.get(draft.kind, lambda _draft: [])(draft)

    def cells(self, most):
        """The cells, with ``most`` of them for options."""
        draft = self.draft
        told = {"kind": words.KINDS[draft.kind], "right": self._right(),
                "tolerance": draft.settings.get("tolerance", "") if draft.kind == "number" else "",
                "unit": draft.settings.get("unit", "") if draft.kind == "number" else "",
                "marking": self._marking(), "basis": draft.basis,
                "valid_until": draft.valid_until, "category": draft.category,
                "tags": ", ".join(draft.tags),
                "difficulty": words.DIFFICULTIES[draft.difficulty],
                "key": draft.key, "settings": self._settings()}
        told |= {name: texts.write_either(getattr(draft, name))
                 for name in ("stem_vi", "stem_en", "explanation_vi", "explanation_en")}
        return [*(told[field] for field, _name in words.BEFORE),
                *self.options, *[""] * (most - len(self.options)),
                *(told[field] for field, _name in words.AFTER)]

    def _right(self):
        draft = self.draft
        if draft.kind in ("single", "multiple"):
            return ", ".join(draft.right)
        if draft.kind == "statements":
            return ", ".join("Đ" if pair.endswith("T") else "S" for pair in draft.right)
        if draft.kind == "truefalse":
            return TRUE_FALSE[draft.right[0] == "F"]["vi"]
        return "\n".join(draft.right) if draft.kind in ("short", "number") else ""

    def _marking(self):
        if self.draft.kind == "statements":
            return words.SCALES[self.draft.settings.get("scale", EACH)]
        if self.draft.kind != "multiple":
            return ""
        return words.PARTLY if self.draft.settings.get("partial") else words.WHOLE

    def _settings(self):
        kept = {name: value for name, value in self.draft.settings.items()
                if name not in TOLD.get(self.draft.kind, ())}
        return json.dumps(kept, ensure_ascii=False) if kept else ""


def _cell(option, marks):
    """An option as the lines of its cell."""
    lines = [texts.write_either(option.get("vi", ""))] if option.get("vi") else []
    return "\n".join(lines + [f"{mark} {texts.write_either(option[field])}" for field, mark in marks
                              if option.get(field)])


SAID = (("en", words.ENGLISH), ("feedback_vi", words.FEEDBACK),
        ("feedback_en", words.FEEDBACK_ENGLISH), ("share", words.SHARE))
PAIR = (("en", words.ENGLISH), ("partner_vi", words.PARTNER), ("partner_en", words.PARTNER_ENGLISH))


def _choice(draft):
    if draft.kind == "multiple" and not any("share" in option for option in draft.options):
        return [_cell(option, SAID) for option in draft.options]
    # Once one share is written, every option has its own.
    partial = draft.settings.get("partial")
    return [_cell(option | ({"share": option.get("share") or (
        "100" if draft.kind == "single" and option["key"] in draft.right else "0")}
        if partial else {}), SAID) for option in draft.options]


def _true_false(draft):
    if not any(option.get("feedback_vi") for option in draft.options):
        return []
    return [_cell(option, SAID[1:3] if option.get("feedback_vi") else SAID)
            for option in draft.options]


def _ordering(draft):
    return [_cell(option, SAID[:1]) for option in in_order(draft)]


def _statements(draft):
    return [_cell(option, SAID[:1]) for option in draft.options]


def _matching(draft):
    pairs, others = pairs_of(draft)
    both = [left | {"partner_vi": right["vi"], "partner_en": right["en"]} for left, right in pairs]
    return [_cell(pair, PAIR) for pair in
            [*both, *({"partner_vi": match["vi"], "partner_en": match["en"]} for match in others)]]


OPTIONS = {"single": _choice, "multiple": _choice, "truefalse": _true_false,
           "statements": _statements, "ordering": _ordering, "matching": _matching}


def examples():
    """A question of each kind, as the sheet of examples shows them."""
    def options(*texts_of):
        return [{"key": key, "vi": text, "en": ""}
                for key, text in zip(letters(), texts_of, strict=False)]
    drafts = (
        Draft("single", "Thủ đô của Việt Nam là gì?", "What is the capital of Viet Nam?",
              options("Hà Nội", "Huế", "Đà Nẵng"), right=["A"], explanation_vi="Từ năm 1976."),
        Draft("multiple", "Chọn các nguyên tắc tác nghiệp.", "",
              options("Trung thực", "Khách quan", "Nhanh bằng mọi giá"), right=["A", "B"],
              settings={"partial": True}),
        Draft("truefalse", "Cao Bằng giáp Trung Quốc.", options=list(TRUE_FALSE), right=["T"]),
        Draft(stem_vi="Về Cao Bằng:", **statements(options(
            "Giáp Trung Quốc.", "Giáp Lào.", "Có thác Bản Giốc.", "Có đường bờ biển."), [*"TFTF"])),
        Draft("short", "Luật Báo chí mang số nào?", right=["126/2025/QH15", "Luật 126/2025/QH15"],
              basis="Luật 126/2025/QH15"),
        Draft("number", "Từ Hà Nội đến Cao Bằng khoảng bao nhiêu?", right=["280"],
              settings={"tolerance": "20", "unit": "km"}),
        Draft("matching", "Ghép nước với thủ đô.", **paired(
            [("Lào", ""), ("Thái Lan", "")], [("Viêng Chăn", ""), ("Băng Cốc", "")],
            [("Phnôm Pênh", "")])),
        Draft("ordering", "Sắp xếp các bước của một tin.", "",
              options("Viết", "Biên tập", "Duyệt", "Đăng"), right=["A", "B", "C", "D"]),
        Draft("gaps", "Thủ đô của Việt Nam là [[1]].", settings={"gaps": [
            gap(1, "text", ["Hà Nội"])]}),
        Draft("essay", "Trình bày cách xử lý khi đăng tin sai.", settings={"most_words": 300}))
    return [normal(draft) for draft in drafts]


HELP = (
    ("Mỗi dòng một câu", "Cột “Câu hỏi” và “Đáp án đúng” là đủ; các cột khác để trống được."),
    ("Loại câu", ", ".join(words.KINDS.values()) + ". Để trống thì tự nhận biết."),
    ("Đáp án đúng", "Chữ cái của phương án (A hoặc A, C); Đúng hoặc Sai; Đ, S, S, Đ cho từng ý; "
     "mỗi đáp án được chấp nhận một dòng."),
    ("Trong ô phương án", "Dòng bắt đầu bằng “EN:” là tiếng Anh, “Nhận xét:” là lời nhắn cho người "
     "chọn, “Điểm:” là phần trăm điểm, “→” là vế ghép."),
    ("Cách chấm", f"{words.WHOLE}: phải chọn đúng tất cả. {words.PARTLY}: đúng bao nhiêu tính bấy "
     f"nhiêu. {words.SCALES['official']} (bốn ý): đúng 1, 2, 3, 4 ý được 10, 25, 50, 100% điểm."),
    ("Mức độ", ", ".join(words.DIFFICULTIES.values()) + ". Để trống là trung bình."),
    ("Sắp thứ tự", "Viết các phương án theo thứ tự đúng; hệ thống tự trộn."),
    ("Điền chỗ trống", "Viết trong câu hỏi: {1:SHORTANSWER:=Hà Nội} hoặc {1:MC:=đúng~sai}."),
)
