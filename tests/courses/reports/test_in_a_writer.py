"""The Word files opened by LibreOffice: pages, what stands on them, and that none is blank.

One conversion serves all of it: starting the writer costs more than all else here.
"""
import os
import re
import shutil
import subprocess
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader

from lms.kernel.paper import FONTS as FACES

from courses.classes.actions import nominate, set_quota
from courses.reports.drawing import pdf, word
from courses.reports.letters import nominating, opening
from courses.reports.papers import call_paper, locked_paper, summary_paper
from courses.reports.queries.letters import matter_of_class
from tests.courses.classes.classroom import newcomers
from tests.courses.reports.test_papers import many

pytestmark = [pytest.mark.slow, pytest.mark.looks]

PAPERS = ("report", "summary", "call", "letter", "decision")
#: An office has Times New Roman; here Tinos alone stands in for it, whose letters
#: are as wide; what this machine has would break the lines elsewhere.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{faces}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family"><string>Times New Roman</string></test>
    <edit name="family" mode="assign" binding="same"><string>Tinos</string></edit>
  </match>
</fontconfig>
"""


def letters(world):
    """The letter that asks two units for people, and the decision that sends fifty-one."""
    course_class = world.december_class
    course_class.seats = None
    for unit in (world.newspaper, world.department):
        set_quota(course_class, unit, 60, by=world.an)
    nominate(course_class, newcomers(world.newspaper, 50), world.newspaper, by=world.an)
    matter = matter_of_class(course_class)
    return {"letter": nominating(matter), "decision": opening(matter)}


def convert(world, folder):
    """Write the papers, let the writer open all of them at once, and take pictures."""
    assert shutil.which("soffice"), (
        "soffice is missing: install the Debian package libreoffice-writer-nogui")
    report = locked_paper(world.report, names=True)
    many(world, 60)
    papers = {"report": report,
              "summary": summary_paper(world.department, date(2026, 11, 25), world.ha),
              "call": call_paper(world.department, date(2026, 11, 25), world.an),
              **letters(world)}
    for name, paper in papers.items():
        (folder / f"{name}.docx").write_bytes(word(paper))
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS.format(faces=FACES, cache=folder), encoding="utf-8")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", folder, *(folder / f"{name}.docx" for name in PAPERS)],
        check=True, capture_output=True, timeout=120,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)})
    (folder / "ours.pdf").write_bytes(pdf(report))
    for name in ("report", "ours", "summary", "letter", "decision"):
        subprocess.run(["pdftoppm", "-r", "30", "-gray", "-png", folder / f"{name}.pdf",
                        folder / name], check=True)
    return papers


def texts(folder, name):
    """The words of each page of a PDF."""
    return [" ".join(page.extract_text().split())
            for page in PdfReader(folder / f"{name}.pdf").pages]


def pictures(folder, name):
    """The pages of a PDF as small grey pictures, in order."""
    found = []
    for path in sorted(folder.glob(f"{name}-*.png")):
        with Image.open(path) as picture:
            found.append(picture.convert("L"))
    return found


def darkness(picture, box):
    """The share of dark points in a part of a picture, given in shares of its sides."""
    wide, high = picture.size
    left, top, right, bottom = box
    part = picture.crop((int(left * wide), int(top * high), int(right * wide),
                         int(bottom * high)))
    points = part.histogram()
    return sum(points[:160]) / sum(points)


#: Parts of the first page: the two heads, the title, the text; and where nothing stands.
INKED = {"agency": (0.15, 0.06, 0.45, 0.14), "nation": (0.48, 0.06, 0.93, 0.14),
         "title": (0.3, 0.16, 0.75, 0.24), "text": (0.15, 0.3, 0.93, 0.8)}
BLANK = {"left margin": (0, 0, 0.12, 1), "top margin": (0, 0, 1, 0.05),
         "right margin": (0.945, 0, 1, 1)}


def test_the_word_files_open_as_they_were_meant(world, tmp_path):
    convert(world, tmp_path)

    report, summary, call, letter, decision = (texts(tmp_path, name) for name in PAPERS)
    ours = texts(tmp_path, "ours")
    pages = pictures(tmp_path, "report")

    # As many pages as our own PDF, each of them with the same head.
    assert len(report) == len(ours) == len(pages) == 8
    assert [page.size[0] > page.size[1] for page in pages] == [False] * 2 + [True] * 6
    assert [re.search(r"Phụ lục \w+", page)[0] for page in report[2:]] == [
        f"Phụ lục {number}" for number in ("I", "II", "III", "IV", "V", "VI")]
    # No page is blank, and the first one is inked where the decree wants it and nowhere else.
    assert all(darkness(page, (0, 0, 1, 1)) > 0.002 for page in pages)
    for picture in (pages[0], pictures(tmp_path, "ours")[0]):
        assert [name for name, box in INKED.items() if darkness(picture, box) < 0.01] == []
        assert [name for name, box in BLANK.items() if darkness(picture, box) > 0] == []
    # The number stands on top from the second page on, and the annexes begin again.
    assert [page.split()[0] for page in report] == [
        report[0].split()[0], "2", "Phụ", "2", "3", "4", "5", "6"]
    # The summary is one page with the longest of names, and nothing of it is lost.
    assert len(summary) == 1
    assert "Và 50 người khác trong danh sách gọi điện." in summary[0]
    # The header of a long table returns on each of its pages.
    assert len(call) > 2
    assert all("Điện thoại" in page for page in call)
    # Letters stand upright to the end, their first page as the decree wants it.
    assert [re.search(r"Phụ lục I+", page) is not None for page in letter] == [False, True, True]
    assert [page.split()[0] for page in decision] == ["UBND", "Phụ", "2", "3"]
    assert "Kính gửi: - Báo Cao Bằng; - Sở Văn hóa." in letter[0]
    assert all("Họ và tên" in page for page in decision[1:-1])
    for name in ("letter", "decision"):
        first, *others = pictures(tmp_path, name)
        assert [page.size[0] > page.size[1] for page in (first, *others)] == [False] * (
            len(others) + 1)
        assert [place for place, box in BLANK.items() if darkness(first, box) > 0] == []
        assert all(darkness(first, INKED[place]) > 0.01 for place in ("agency", "nation"))
