"""The working papers of a unit: one page for its head, a list to phone from.  Plain values."""
from courses.reports.contents import (
    CENTRE,
    DAY,
    NUMBER,
    RATE,
    Column,
    Grid,
    Heading,
    Paper,
    Text,
    counted,
    dated,
    rate,
    shown,
)
from courses.reports.writing import RULE, share

#: So many names and classes stand on the one page of a unit; the rest is counted.
NAMES, CLASSES = 12, 3
#: A number is called until somebody answers: three lines of room.
CALL_HEIGHT = 12


def summary(unit, on, figures, missing, classes, heading):
    """What the head of ``unit`` needs to know on one page."""
    body = [Text(answer(figure)) for figure in figures[:4]]
    if unit.valid_to and unit.valid_to <= on:
        body.insert(0, Text(f"Đơn vị này kết thúc ngày {shown(unit.valid_to)}."))
    if not figures:
        body += [Text(f"Không có chỉ tiêu nào tính người của đơn vị vào ngày {shown(on)}.")]
    else:
        body.append(figure_grid(figures))
        body += left_over(missing)
        body += [Text(f"Lớp nhận học viên: {'; '.join(map(class_words, classes[:CLASSES]))}.")] \
            if classes else []
    return Paper(
        superior=heading["superior"], issuer=heading["issuer"], number="",
        place_date=dated(heading["place"], on), kind="TÌNH HÌNH TẬP HUẤN CỦA ĐƠN VỊ",
        about=f"{unit.name_vi} - tính đến ngày {shown(on)}", body=tuple(body), one_page=True,
        facts=working_facts(unit, on))


def left_over(missing):
    """Who still has to be trained."""
    if not missing:
        return [Text("Mọi người thuộc diện đã hoàn thành.")]
    return [Heading(f"Còn {counted(len(missing))} người chưa hoàn thành"), name_grid(missing)]


def answer(figure):
    """A goal in one sentence, the answer first."""
    if not figure.required:
        return f"{figure.goal.title_vi}: mọi người thuộc diện được miễn."
    sentence = (f"{counted(figure.met)} trên {counted(figure.required)} người đạt "
                f"({rate(figure.rate)}%): {figure.goal.title_vi}")
    if figure.goal.share is None:
        return f"{sentence}."
    if figure.reached:
        return f"{sentence}; đạt chỉ tiêu {share(figure.goal.share)}%."
    late = f", {counted(figure.overdue)} người quá hạn" if figure.overdue else ""
    return f"{sentence}; còn thiếu {counted(figure.short)} người{late}."


def figure_grid(figures):
    """The goals of a unit."""
    return Grid("", (
        Column("Chỉ tiêu", 44), *(Column(title, 11, NUMBER) for title in (
            "Thuộc diện", "Miễn", "Phải đạt", "Đã đạt")),
        Column("Tỷ lệ (%)", 11, RATE), Column("Chỉ tiêu (%)", 11, RATE),
        Column("Quá hạn", 11, NUMBER)),
        (("", tuple((f.goal.title_vi, f.members, f.exempt, f.required, f.met, f.rate,
                     None if f.goal.share is None else f"{f.goal.share:.1f}", f.overdue)
                    for f in figures)),))


def name_grid(missing):
    """The first of those still to be trained; the others are counted."""
    rows = tuple((number, one.person.full_name, units_of(one), "; ".join(one.courses.values()),
                  one.due_on) for number, one in enumerate(missing[:NAMES], 1))
    more = len(missing) - len(rows)
    return Grid("", (Column("STT", 8, CENTRE), Column("Họ và tên", 28), Column("Đơn vị", 30),
                     Column("Còn thiếu", 30), Column("Hạn", 17, DAY)), (("", rows),),
                notes=(f"Và {counted(more)} người khác trong danh sách gọi điện.",) if more else ())


def units_of(one):
    """The units somebody works in, as a line names them."""
    return "; ".join(unit.name_vi for unit in one.units)


def class_words(course_class):
    """A class in a few words."""
    place = f", {course_class.place}" if course_class.place else ""
    return f"{course_class.title_vi} ({shown(course_class.starts_on)}{place})"


def call_sheet(unit, on, missing, next_classes, heading):
    """The list of those still to be trained, to phone from: a box for each answer."""
    rows = tuple(
        (number, one.person.full_name, units_of(one), phone(one.phone),
         "; ".join(one.courses.values()), one.due_on,
         "; ".join(class_words(next_classes[course]) for course in one.courses
                   if course in next_classes) or None, "")
        for number, one in enumerate(missing, 1))
    grid = Grid("", (
        Column("STT", 7, CENTRE), Column("Họ và tên", 23), Column("Đơn vị", 22),
        Column("Điện thoại", 16), Column("Còn thiếu", 23), Column("Hạn", 15, DAY),
        Column("Lớp tới", 40), Column("Trả lời", 22)), (("", rows),), row_height=CALL_HEIGHT)
    overdue = sum(one.overdue for one in missing)
    late = f"trong đó {counted(overdue)} người quá hạn" if overdue else "không có người quá hạn"
    said = (f"Có {counted(len(rows))} người còn phải tập huấn, {late}. Danh sách có số điện thoại, "
            "dùng xong phải hủy.")
    return Paper(
        superior=heading["superior"], issuer=heading["issuer"], number="",
        place_date=dated(heading["place"], on), kind="DANH SÁCH GỌI ĐIỆN",
        about=f"Những người còn phải tập huấn - {unit.name_vi}, tính đến ngày {shown(on)}",
        body=(Text(said), grid), across=True, facts=working_facts(unit, on))


def phone(text):
    """A phone number as it is read out: 0912 345 678."""
    digits = f"0{text[3:]}" if text.startswith("+84") else text
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}" if len(digits) == 10 else digits


def working_facts(unit, on):
    """What a sheet of the workbook says of the figures."""
    return (("Đơn vị", unit.name_vi), ("Số liệu tính đến ngày (D)", on),
            ("Theo số liệu lúc (K)", "lúc lập danh sách"), ("Mã báo cáo đã chốt", "không có"),
            ("Cách đếm", RULE))
