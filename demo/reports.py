"""The two reports of the demonstration that were locked: of the year 2025, of half of 2026."""
from datetime import date, timedelta

from courses.reports.actions import lock
from demo.past import on

#: The first day and the day of the figures, and what the report is called.
REPORTS = (
    (date(2024, 12, 15), date(2025, 12, 14),
     "Kết quả tập huấn, bồi dưỡng kiến thức về quyền con người năm 2025"),
    (date(2026, 1, 1), date(2026, 6, 30),
     "Kết quả tập huấn, bồi dưỡng kiến thức về quyền con người 6 tháng đầu năm 2026"),
)
HEADING = {"superior": "UBND tỉnh Cao Bằng", "issuer": "Sở Văn hóa, Thể thao và Du lịch",
           "sign": "SVHTTDL", "place": "Cao Bằng", "to": "Ủy ban nhân dân tỉnh Cao Bằng",
           "signer_title": "Giám đốc", "signer": "Hà Minh Ngọc"}


def build(units, people):
    """Lock each the morning after the day of its figures, as it was known then."""
    for first, last, title in REPORTS:
        with on(last + timedelta(days=1)):
            lock(units["CB"], first, last, HEADING | {"title": title}, by=people["CB001"])
