"""The goals of the plan and of its successor programme."""
from datetime import date

from courses.coverage.actions import exempt, set_goal

PLAN = "Kế hoạch 3432/KH-UBND ngày 25/10/2018, II.2"
PROGRAMME = "Quyết định 1079/QĐ-TTg ngày 14/9/2022"


def build(groups, courses, people):
    """Write the goals, two at 100 per cent, one at 70, one only counted, and the exemptions."""
    since = date(2018, 10, 25)
    rows = [
        ("A", "Phóng viên, nhà báo nội chính, đối ngoại được tập huấn",
         "Reporters on internal and foreign affairs are trained", ("C01",), 100, 365, PLAN, since),
        ("B", "Cán bộ nhân quyền và quản lý báo chí được tập huấn và trang bị tài liệu",
         "Officials in human rights and press management are trained and equipped",
         ("C01", "K-B"), 100, date(2026, 12, 14), PLAN, since),
        ("D", "Cán bộ chủ chốt tổ chức chính trị - xã hội được tập huấn",
         "Key officials of socio-political organisations are trained", ("C01",), 70, 730,
         PROGRAMME, date(2023, 1, 1)),
        ("C", "Biên tập viên, báo cáo viên, tuyên truyền viên được bồi dưỡng",
         "Editors, speakers and communicators are trained", ("C08",), None, None, PLAN, since),
    ]
    goals = {key: set_goal({
        "key": key, "group": groups[key], "title_vi": vi, "title_en": en, "share": share,
        "courses": [courses[course] for course in asked], "basis": basis, "valid_from": start,
        "deadline" if isinstance(due, date) else "due_days": due}, by=people["CB001"])
        for key, vi, en, asked, share, due, basis, start in rows}
    for key, goal, kind, reason, since, until in (
        ("CB017", "B", "study", "Đi học tập trung dài hạn", date(2026, 3, 1), date(2027, 3, 1)),
        ("CB018", "B", "maternity", "Nghỉ thai sản", date(2026, 8, 1), date(2027, 2, 1)),
    ):
        exempt(people[key], goals[goal], {"kind": kind, "reason": reason, "valid_from": since,
                                          "valid_to": until}, by=people["CB001"])
    return goals
