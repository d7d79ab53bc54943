"""The official report in words: sentences and tables from the figures.  Plain values only.

The layout is that of Decree 30/2020/NĐ-CP, annex I; a paper is in Vietnamese.
"""
from decimal import Decimal

from lms.kernel.i18n import partial_day
from lms.organisations.naming import in_a_sentence

from courses.coverage.matrix import laid_out, parts_of
from courses.reports.contents import (
    CENTRE,
    NUMBER,
    RATE,
    TEXT,
    Annex,
    Column,
    Grid,
    Heading,
    Paper,
    Seal,
    Text,
    counted,
    dated,
    rate,
    shown,
)

RULE = ("Mỗi người tính một lần trong một đơn vị, dù giữ nhiều vị trí; đạt chỉ tiêu là có kết quả "
        "hoàn thành còn giá trị của mọi khóa học thuộc chỉ tiêu vào ngày chốt số liệu. Một người "
        "làm việc ở hai đơn vị được tính ở cả hai, nên cộng các đơn vị có thể lớn hơn toàn bộ.")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
RECAST = "quy về tổ chức hiện nay"
#: Where money comes from, as papers say it.
SOURCES = {"budget": "Dự toán năm", "programme": "Lồng ghép chương trình mục tiêu quốc gia",
           "other": "Nguồn hợp pháp khác"}
STATUS = {"met": "Đạt", "exempt": "Được miễn", "overdue": "Quá hạn", "within_time": "Còn hạn"}
GAP = "…" * 29


def official_report(matter, address="", people=None):
    """The report of ``matter`` with Biểu 01–06 as annexes; the last two where they tell something.

    ``address`` is behind the QR of a locked one.  ``people``, id → (key to sort by, name, year
    of birth, names of units), adds the names behind every figure as further annexes.
    """
    heading = matter.heading
    belongs = (f"(Kèm theo Báo cáo số ……/BC-{heading['sign']} {dated_gap(matter)} "
               f"của {heading['issuer']})")
    tables = [goal_table(matter), class_table(matter), unit_table(matter), document_table(matter),
              *cost_table(matter), *quality_table(matter)]
    tables += name_tables(matter, people) if people is not None else []
    return Paper(
        superior=heading["superior"], issuer=heading["issuer"],
        number=f"Số: ……/BC-{heading['sign']}",
        place_date=dated(heading["place"], year=matter.on.year),
        kind="BÁO CÁO", about=matter.title, to=(heading["to"],),
        body=tuple(body(matter)), recipients=recipients(heading),
        signer_title=heading["signer_title"].upper(), signer=heading["signer"],
        annexes=tuple(Annex(f"Phụ lục {roman(number)}", grid.title, belongs, grid)
                      for number, grid in enumerate(tables, 1)),
        seal=Seal(matter.code, matter.sha256, address) if matter.code else None,
        facts=workbook_facts(matter))


def roman(number):
    """A number as annexes are numbered; beyond the first eight in figures."""
    return ROMAN[number - 1] if number <= len(ROMAN) else str(number)


def dated_gap(matter):
    """The day of the report, which its clerk writes."""
    return f"ngày … tháng … năm {matter.on.year}"


def recipients(heading):
    """Who receives the report; its last line says who keeps it."""
    return (f"{heading['to']} (b/c);", "Các sở, ban, ngành liên quan;", "Lưu: VT.")


def body(matter):
    """The parts of the report; what only people know is left to them as a gap."""
    yield Heading("I. TÌNH HÌNH TRIỂN KHAI")
    yield Text(f"Báo cáo nêu kết quả trong kỳ từ ngày {shown(matter.first)} đến ngày "
               f"{shown(matter.on)} của {in_a_sentence(matter.unit)}; số liệu tính đến ngày "
               f"{shown(matter.on)}{', ' + RECAST if matter.recast else ''}.")
    yield Text(class_sentence(matter.numbers["classes"]["rows"]))
    yield Text(GAP, gap=True)
    yield Heading("II. KẾT QUẢ THỰC HIỆN CHỈ TIÊU")
    for number, goal in enumerate(matter.goals, 1):
        yield Text(goal_sentence(matter, number, goal))
    yield Text("Số liệu chi tiết tại các Phụ lục kèm theo.")
    yield Heading("III. ĐÁNH GIÁ")
    yield Text("1. Ưu điểm", leads=True)
    yield Text(GAP, gap=True)
    yield Text("2. Tồn tại, hạn chế", leads=True)
    yield Text(shortfall_sentence(matter))
    yield Text("3. Nguyên nhân", leads=True)
    yield Text(GAP, gap=True)
    yield Heading("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ")
    yield Text(GAP, gap=True)
    yield Heading("V. KIẾN NGHỊ, ĐỀ XUẤT")
    yield Text(GAP, gap=True)
    yield Text(f"Trên đây là báo cáo {lowered(matter.title)}, {matter.heading['issuer']} kính báo "
               f"cáo {matter.heading['to']}./.", leads=True)


def lowered(title):
    """A title inside a sentence."""
    return title[:1].lower() + title[1:]


def class_sentence(rows):
    """How many classes and attendances, beside the same period before."""
    row, earlier = rows[-1], rows[-2]
    if not row["classes"]:
        return "Trong kỳ báo cáo không tổ chức lớp nào."
    return (f"Trong kỳ báo cáo đã tổ chức {counted(row['classes'])} lớp với "
            f"{counted(row['attendances'])} lượt người tham dự "
            f"{compared(row['attendances'], earlier['attendances'])}, gồm "
            f"{counted(row['people'])} người, mỗi người tính một lần.")


def compared(now, earlier):
    """(tăng 75 lượt, tương đương 31,3% so với cùng kỳ năm trước)"""
    if not earlier:
        return "(cùng kỳ năm trước không có)"
    if now == earlier:
        return "(bằng cùng kỳ năm trước)"
    word, change = ("tăng", now - earlier) if now > earlier else ("giảm", earlier - now)
    return (f"({word} {counted(change)} lượt, tương đương {share_of(change, earlier)}% so với "
            "cùng kỳ năm trước)")


def share_of(part, whole):
    """``part`` in per cent of ``whole``: one decimal, rounded half up, with the comma."""
    tenths = (2000 * part + whole) // (2 * whole)
    return rate(f"{Decimal(tenths) / 10:.1f}")


def goal_sentence(matter, number, goal):
    """One goal: how many of how many, the target, and the same period before."""
    figure, counts = matter.whole(goal), matter.numbers["goals"][str(goal.id)]
    if not figure.required:
        return (f"{number}. {goal.title_vi}: không có người phải hoàn thành vào ngày "
                f"{shown(matter.on)}.")
    sentence = (f"{number}. {goal.title_vi}: {counted(figure.met)}/{counted(figure.required)} "
                f"người đạt, tỷ lệ {rate(figure.rate)}%")
    if goal.share is not None:
        sentence += f" (chỉ tiêu {share(goal.share)}%)"
    if counts["before"]:
        met, required = counts["before"]["met"], counts["before"]["required"]
        sentence += (f"; cùng kỳ năm trước {counted(met)}/{counted(required)} người, "
                     f"{share_of(met, required) if met in (0, required) else near(met, required)}%")
    if figure.exempt:
        sentence += f"; {counted(figure.exempt)} người được miễn, không tính vào tổng số"
    return sentence + "."


def near(met, required):
    """A rate between nobody and everybody is never printed as either."""
    return rate(printed_share(met, required))


def share(value):
    """A target as it is written: 100, 70, 66,5."""
    return f"{value.normalize():f}".replace(".", ",")


def shortfall_sentence(matter):
    """Which goals are not reached, by how many people, and how many are overdue."""
    if not any(goal.share is not None and matter.whole(goal).required for goal in matter.goals):
        return (f"Không có chỉ tiêu nào có mức giao tính người của {in_a_sentence(matter.unit)} "
                f"vào ngày {shown(matter.on)}.")
    short = [(goal, matter.whole(goal)) for goal in matter.goals if matter.whole(goal).short]
    if not short:
        return "Các chỉ tiêu có mức giao đều đạt."
    parts = "; ".join(f"“{goal.title_vi}” còn thiếu {counted(figure.short)} người"
                      + (f", trong số chưa đạt có {counted(figure.overdue)} người quá hạn"
                         if figure.overdue else "") for goal, figure in short)
    return f"Chưa đạt chỉ tiêu: {parts}."


def goal_table(matter):
    """Biểu 01: the goals."""
    rows = []
    for number, goal in enumerate(matter.goals, 1):
        figure, counts = matter.whole(goal), matter.numbers["goals"][str(goal.id)]
        rows.append((number, goal.title_vi, figure.required, counts["women"], counts["trained"],
                     counts["equipped"], figure.met, figure.rate,
                     None if goal.share is None else f"{goal.share:.1f}",
                     figure.required - figure.met))
    exempt = [f"{goal.title_vi}: {shown(matter.whole(goal).exempt)}" for goal in matter.goals
              if matter.whole(goal).exempt]
    return Grid(
        f"Biểu 01. Kết quả thực hiện chỉ tiêu (số liệu {'chốt' if matter.code else 'tính đến'} "
        f"ngày {shown(matter.on)})",
        (Column("STT", 6, CENTRE), Column("Chỉ tiêu", 33), Column("Tổng số thuộc diện (người)",
                                                                  11, NUMBER),
         Column("Trong đó: nữ", 9, NUMBER), Column("Đã được tập huấn", 10, NUMBER),
         Column("Đã được trang bị tài liệu", 11, NUMBER), Column("Đạt chỉ tiêu", 9, NUMBER),
         Column("Tỷ lệ (%)", 9, RATE), Column("Chỉ tiêu (%)", 9, RATE),
         Column("Chưa đạt", 9, NUMBER)),
        (("", tuple(rows)),),
        notes=(RULE, *(["Không tính người được miễn: " + "; ".join(exempt) + "."] if exempt
                       else [])))


def class_table(matter):
    """Biểu 02: classes, attendances and people; the last row counts people afresh."""
    classes = matter.numbers["classes"]
    return Grid(
        "Biểu 02. Số lớp, số lượt người",
        (Column("Kỳ", 22), *(Column(title, 10, NUMBER) for title in (
            "Số lớp", "Trực tiếp", "Trực tuyến", "Kết hợp", "Số lượt người",
            "Số người (không trùng)", "Nữ", "DTTS", "GCN đã cấp"))),
        (("", tuple(_class_cells(row, span(row)) for row in classes["rows"])),),
        total=_class_cells(classes["total"], "Cộng"),
        notes=("Số người ở dòng Cộng được đếm lại, không cộng dồn các kỳ. Lớp tính vào kỳ có ngày "
               "kết thúc. Nữ tính theo số người; hệ thống không lưu dân tộc nên cột DTTS để "
               "trống.",))


def span(row):
    """The days of a period as a table writes them."""
    return " - ".join(partial_day(row[name]) for name in ("first", "last"))


def _class_cells(row, label):
    return (label, row["classes"], row["in_person"], row["online"], row["blended"],
            row["attendances"], row["people"], row["women"], None, row["certificates"])


def unit_table(matter):
    """Biểu 03: each goal in each unit that lies in no other of the table, by precedence."""
    groups = []
    for goal in matter.goals:
        figures = [figure for figure in matter.figures if figure.goal.id == goal.id]
        _goals, blocks, _whole = laid_out(figures, matter.unit_id)
        parts = [matter.cells[goal.id, unit.id] for unit in parts_of(blocks)]
        rows = [(number, figure.unit.name_vi, *_unit_cells(figure))
                for number, figure in enumerate(parts, 1)]
        rows.append((None, f"{matter.unit.name_vi} (mỗi người một lần)",
                     *_unit_cells(matter.whole(goal))))
        groups.append((goal.title_vi, tuple(rows)))
    return Grid(
        "Biểu 03. Kết quả theo đối tượng và đơn vị",
        (Column("STT", 6, CENTRE), Column("Đơn vị", 46), Column("Phải tập huấn", 12, NUMBER),
         Column("Đã đạt", 12, NUMBER), Column("Tỷ lệ (%)", 12, RATE),
         Column("Còn lại", 12, NUMBER), Column("Trong đó: quá hạn", 12, NUMBER)),
        tuple(groups), group_word="Chỉ tiêu")


def _unit_cells(figure):
    return (figure.required, figure.met, figure.rate, figure.required - figure.met,
            figure.overdue)


LANGUAGES = {"vi": "Tiếng Việt", "en": "Tiếng Anh", "zh": "Tiếng Trung", "tyz": "Tiếng Tày",
             "nut": "Tiếng Nùng", "hmn": "Tiếng Mông", "mww": "Tiếng Mông", "ium": "Tiếng Dao"}


def document_table(matter):
    """Biểu 04: the documents of the goals' courses."""
    rows = [(number, row["title"], row["kind"], LANGUAGES.get(row["language"], row["language"]),
             None, None, row["received"], row["received"] if row["acknowledge"] else None)
            for number, row in enumerate(matter.numbers["documents"], 1)]
    return Grid(
        "Biểu 04. Tài liệu",
        (Column("STT", 6, CENTRE), Column("Tên tài liệu", 40), Column("Thuộc", 26),
         Column("Ngôn ngữ", 14, TEXT), Column("Số bản in", 9, NUMBER),
         Column("Số bản cấp", 9, NUMBER), Column("Số người đã nhận", 11, NUMBER),
         Column("Đã xác nhận đọc", 11, NUMBER)),
        (("", tuple(rows)),),
        notes=("Số bản in và số bản cấp do đơn vị phát hành điền; hệ thống chỉ ghi người nhận và "
               "xác nhận trên mạng.",))


def cost_table(matter):
    """Biểu 05: what the classes of the period cost; none where nobody entered anything."""
    costs = matter.numbers.get("costs")
    if costs:
        groups = tuple((words, tuple(
            (number, row["title"], thousands(row["planned"]), thousands(row["actual"]))
            for number, row in enumerate((one for one in costs if one["source"] == key), 1)))
            for key, words in SOURCES.items() if any(one["source"] == key for one in costs))
        yield Grid(
            "Biểu 05. Kinh phí (nghìn đồng)",
            (Column("STT", 6, CENTRE), Column("Cơ quan, đơn vị chi", 60),
             Column("Dự toán", 17, NUMBER), Column("Thực hiện", 17, NUMBER)), groups,
            total=("", "Cộng", *(thousands(sum(one[name] for one in costs))
                                 for name in ("planned", "actual"))),
            notes=("Tính các lớp kết thúc trong kỳ. Từng dòng và tổng làm tròn riêng, nên tổng các "
                   "dòng có thể lệch.",), group_word="Nguồn")


def thousands(amount):
    """đồng as thousands of đồng, rounded half up."""
    return (amount + 500) // 1000


def quality_table(matter):
    """Biểu 06: how good the classes of the period were; none where none was closed."""
    rows = matter.numbers.get("quality")
    if rows:
        yield Grid(
            "Biểu 06. Chất lượng",
            (Column("STT", 6, CENTRE), Column("Khóa học", 42), Column("Số lớp", 9, NUMBER),
             Column("Số học viên", 10, NUMBER), Column("Số người đạt", 10, NUMBER),
             Column("Tỷ lệ đạt (%)", 10, RATE), Column("Điểm TB trước", 10, RATE),
             Column("Điểm TB sau", 10, RATE), Column("Hài lòng (1–5)", 10, CENTRE)),
            (("", tuple(
                (number, row["title"], row["classes"], row["people"], row["passed"],
                 printed_share(row["passed"], row["people"]), row["before"], row["after"],
                 (row["satisfaction"] or "–").replace(".", ","))
                for number, row in enumerate(rows, 1))),),
            notes=("Tính các lớp đã đóng, kết thúc trong kỳ. Điểm trước, sau là của người làm cả "
                   "hai bài kiểm tra; hài lòng là trung bình các câu có thang điểm trong phiếu "
                   "đánh giá lớp, khi có từ năm phiếu.",))


def printed_share(part, whole):
    """``part`` in per cent of ``whole`` as tables hold a rate; None of nobody.  What is neither
    nobody nor everybody is never printed as either.
    """
    if not whole:
        return None
    tenths = (2000 * part + whole) // (2 * whole)
    if 0 < part < whole:
        tenths = min(max(tenths, 1), 999)
    return f"{Decimal(tenths) / 10:.1f}"


def name_tables(matter, people):
    """The people behind each goal, by name, each with status and units on the day."""
    for goal in matter.goals:
        rows = matter.people[goal.id]
        order = sorted(rows, key=lambda key: people[key][0])
        yield Grid(
            f"Danh sách: {goal.title_vi} ({counted(len(rows))} người)",
            (Column("STT", 6, CENTRE), Column("Họ và tên", 32), Column("Năm sinh", 10, CENTRE),
             Column("Đơn vị", 46), Column("Kết quả", 14)),
            (("", tuple((number, people[key][1], people[key][2] or "", people[key][3],
                         STATUS[rows[key][0]]) for number, key in enumerate(order, 1))),))


def workbook_facts(matter):
    """What a sheet of the workbook says of the figures: D, K, code, rule."""
    facts = [("Đơn vị", matter.unit.name_vi), ("Kỳ báo cáo từ ngày", matter.first),
             ("Số liệu tính đến ngày (D)", matter.on), ("Theo số liệu lúc (K)", matter.known),
             ("Tổ chức", RECAST.capitalize() if matter.recast else "Như lúc đó")]
    if matter.code:
        facts += [("Mã báo cáo đã chốt", matter.code), ("SHA-256", matter.sha256)]
    else:
        facts += [("Tình trạng", "Dự thảo, chưa chốt số liệu")]
    return (*facts, ("Cách đếm", RULE))
