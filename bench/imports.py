"""A clerk's list of ten thousand rows, from its bytes to the preview of every row."""
import tempfile
import time
from datetime import date
from pathlib import Path

from sqlalchemy import select

from lms import create_app
from lms.kernel.db import db
from lms.kernel.sheets import Table, read_workbook, write_workbook
from lms.organisations.models import Unit
from lms.people.import_queries import known_on
from lms.people.models import Person, Role
from lms.people.plan import planned
from lms.people.workbook import read_people

ROWS = 10_000
SYLLABLES = ("An", "Bình", "Chi", "Dũng", "Đào", "Giang", "Hà", "Hương", "Khánh", "Lan", "Minh",
             "Nga", "Oanh", "Phúc", "Quân", "Sơn", "Thủy", "Uyên", "Việt", "Yến")


def workbook():
    """The bytes of a list of ten thousand people, and half of them as rows."""
    rows = [[n, f"Nông {SYLLABLES[n % 20]} {SYLLABLES[n // 20 % 20]} {SYLLABLES[n // 400 % 20]}",
             f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/{1966 + n % 33}", "Chuyên viên",
             "Sở Nội vụ", f"09{n:08d}"] for n in range(ROWS)]
    return rows, write_workbook([Table("Danh sách", [
        "STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Điện thoại"], rows)])


def main():
    """Print the seconds of reading and of comparing."""
    rows, content = workbook()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"SECRET_KEY": "bench", "DATABASE_URL": f"sqlite:///{folder}/x.sqlite",
                          "STORAGE": str(Path(folder) / "files"), "JOBS_FILE": f"{folder}/jobs"})
        with app.app_context():
            db.create_all()
            officer = Person(key="O", full_name="Lý Hoài Ân")
            db.session.add_all([officer, Role(person=officer, kind="officer",
                                              valid_from=date(2018, 1, 1)),
                                Unit(key="SNV", name_vi="Sở Nội vụ", valid_from=date(2018, 1, 1))])
            db.session.add_all(Person(key=str(n), full_name=row[1], birth="1980")
                               for n, row in enumerate(rows[::2]))
            db.session.flush()
            begun = time.perf_counter()
            listing = read_people(read_workbook(content, "list.xlsx")[0])
            read = time.perf_counter()
            officer = db.session.scalar(select(Person).filter_by(key="O"))
            plan = planned(listing.rows, known_on(date(2026, 11, 25), officer))
            done = time.perf_counter()
            db.session.rollback()
    print(f"A list of {len(plan):,} rows: read in {read - begun:.1f} s, "
          f"compared in {done - read:.1f} s (the promise is 20 s)")


if __name__ == "__main__":
    main()
